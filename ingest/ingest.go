// Package ingest turns files into typed rows of schema raw, each with its import, sheet and line,
// and keeps the files. What a column, a kind or a word is called is data, in dictionary/.
package ingest

import (
	"context"
	"database/sql"
	"time"

	"github.com/perfloop/perfloop/ingest/sheet"
)

// Source is one file as it was handed in: its name there, and where it is now.
type Source struct {
	Name, Path string
	Mapping    *Mapping // of this file alone, instead of Options.Mapping
}

// Options say how to read; the zero value detects everything.
type Options struct {
	Kind     string   // force this kind on every sheet
	Mapping  *Mapping // how to read the columns, instead of the dictionary
	Limits   sheet.Limits
	BulkFrom int64  // bytes of a CSV file from which on the warehouse reads it in bulk; 0 is 8 MiB
	By       string // who imports
	Now      func() time.Time
	Progress func(Progress)

	Remember bool // keep Mapping for later files with the same headers, once the import is done

	words      Words               // the user's, for every import
	remembered map[string]*Mapping // by the fingerprint of a header row
	references sheet.References    // the records of the import's database dumps
}

// Severities of a problem: a rejected row is not stored, a finding is about a stored one.
const (
	Rejected = "rejected"
	Finding  = "finding"
)

// Problem is one thing the file's owner should know, in the words problem.<Key>. A fault of a
// whole file found by package sheet has the key "sheet.<key>" and is worded there.
// Args always holds file, sheet, line, header and cell.
type Problem struct {
	Sheet    string         `json:"sheet,omitempty"`
	Line     int            `json:"line,omitempty"`
	Kind     string         `json:"kind,omitempty"`
	Severity string         `json:"severity"`
	Field    string         `json:"field,omitempty"`
	Header   string         `json:"header,omitempty"`
	Cell     string         `json:"cell,omitempty"`
	Key      string         `json:"key"`
	Args     map[string]any `json:"args,omitempty"`
}

// Column says which of our fields a column of the file was taken for. Why is header, weak_header, mapping, remembered,
// preset or values (what its cells look like); period, item or number where it states the same as other columns, of one of
// several periods, items, reviewers or numbered things; heading or form where it stands above the rows or all over the sheet;
// attribute, ignored, sensitive or duplicate; calibration, reading or appraisal where the table's second report reads it.
// Field is empty where the column is not stored.
type Column struct {
	Header string `json:"header"`
	Field  string `json:"field,omitempty"`
	Why    string `json:"why"`

	Confidence string `json:"confidence,omitempty"` // Certain, Likely or Doubtful; empty where no field is taken
}

// Decision is something the file left open and how it was settled, in the words problem.<Key>.
type Decision struct {
	Field string         `json:"field,omitempty"`
	Key   string         `json:"key"`
	Args  map[string]any `json:"args,omitempty"`
}

// SheetReport says what became of one table of a sheet. A sheet has one for each of its tables, and a second one for a table
// that states things of two kinds: appraisals with calibrations beside them. Read is the sum of New, Changed, Unchanged and
// Rejected: rows of the file, however many rows of raw one of them makes.
type SheetReport struct {
	Sheet      string     `json:"sheet"`
	Kind       string     `json:"kind,omitempty"`
	HeaderLine int        `json:"header_line,omitempty"` // the lowest line of the header
	LastLine   int        `json:"last_line,omitempty"`   // 0: the table goes to the end of the sheet
	Columns    []Column   `json:"columns,omitempty"`
	Decisions  []Decision `json:"decisions,omitempty"`
	Read       int        `json:"read"`
	New        int        `json:"new"`
	Changed    int        `json:"changed"`
	Unchanged  int        `json:"unchanged"`
	Rejected   int        `json:"rejected"`
	Problems   []Problem  `json:"problems,omitempty"` // the first 10,000

	Confidence string         `json:"confidence,omitempty"` // Certain, Likely or Doubtful that it is of its kind; empty for a refused one
	Mapping    *Mapping       `json:"mapping,omitempty"`    // that would read the sheet in the same way
	Groups     []ProblemGroup `json:"groups,omitempty"`     // all problems by reason and column
	Sample     []SampleRow    `json:"sample,omitempty"`     // the first rows that can be stored
	Changes    []Change       `json:"changes,omitempty"`    // of the first rows that change what is stored
}

// IsLeftOut says whether a mapping leaves the table out.
func (r SheetReport) IsLeftOut() bool { return r.Mapping != nil && r.Mapping.Skip }

// Report says what became of one file. A refused file has no import and no sheets.
// A duplicate repeats the counts of the import that already holds the same bytes.
type Report struct {
	ImportID  int64         `json:"import_id,omitempty"`
	File      string        `json:"file"`
	Refused   *Problem      `json:"refused,omitempty"`
	Duplicate int64         `json:"duplicate,omitempty"`
	Sheets    []SheetReport `json:"sheets,omitempty"`
}

// Read counts the rows of the file that hold anything.
func (r Report) Read() int { return r.sum(func(s SheetReport) int { return s.Read }) }

// Stored counts the rows that are in the warehouse now and were not, in this form, before.
func (r Report) Stored() int { return r.sum(func(s SheetReport) int { return s.New + s.Changed }) }

// Unchanged counts the rows that say nothing new.
func (r Report) Unchanged() int { return r.sum(func(s SheetReport) int { return s.Unchanged }) }

// Rejected counts the rows that are not stored.
func (r Report) Rejected() int { return r.sum(func(s SheetReport) int { return s.Rejected }) }

func (r Report) sum(count func(SheetReport) int) int {
	total := 0
	for _, s := range r.Sheets {
		total += count(s)
	}
	return total
}

// Updater runs load in a transaction on a connection of the warehouse whose raw tables exist, and keeps or
// drops what it did: analytics.DB.Update keeps it, analytics.DB.Preview does not.
type Updater func(ctx context.Context, load func(ctx context.Context, conn *sql.Conn) error) error

// Kinds lists the import kinds by name, in the order of the loop.
func Kinds() []string {
	var names []string
	for _, k := range dictionary().kinds {
		names = append(names, k.Name)
	}
	return names
}
