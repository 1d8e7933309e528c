package ingest

import (
	"errors"
	"fmt"
	"io"
	"os"
	"slices"

	"github.com/perfloop/perfloop/ingest/sheet"
)

// plan is everything that was settled about a sheet before its rows are read. It is kept in
// the manifest, so that reading the file again gives the same rows whatever the dictionary says by then.
type plan struct {
	Sheet      string            `json:"sheet"`
	Kind       string            `json:"kind,omitempty"`
	HeaderLine int               `json:"header_line,omitempty"` // the lowest of the header
	FirstLine  int               `json:"first_line,omitempty"`  // of the data; 0: below the header
	LastLine   int               `json:"last_line,omitempty"`   // of the table; 0: of the sheet
	Columns    []planColumn      `json:"columns,omitempty"`
	Constants  map[string]string `json:"constants,omitempty"` // our field: value of every row that does not state it
	Decisions  []Decision        `json:"decisions,omitempty"`
	Findings   []Problem         `json:"findings,omitempty"` // about the sheet, not about a row
	Refused    *Problem          `json:"refused,omitempty"`  // why no row can be read
	SkipHidden bool              `json:"skip_hidden,omitempty"`
	Left       bool              `json:"left,omitempty"`      // no row is read: Refused, Findings or Decisions say why
	Words      Words             `json:"words,omitempty"`     // of the mapping
	Confirmed  map[string]string `json:"confirmed,omitempty"` // employee id: the name that the user says is right for it
	Shared     map[string]string `json:"shared,omitempty"`    // several owners in one cell: the same in a fixed order
	Repeated   map[string]string `json:"repeated,omitempty"`  // ids that stand for several goals: the title of the first

	Ratings map[string]float64 `json:"ratings,omitempty"` // word of a rating: the score that stands beside it in most rows

	mapping *Mapping // that applies to the header row, if any
	header  []string // texts of the header row

	FirstColumn   int   `json:"first_column,omitempty"`   // the table is cut to these columns
	LastColumn    int   `json:"last_column,omitempty"`    // 0: to all
	FillDown      []int `json:"fill_down,omitempty"`      // columns whose value holds until the next, left to right
	HeadingColumn int   `json:"heading_column,omitempty"` // which takes the heading above a block of rows; 0: none
	IsForm        bool  `json:"is_form,omitempty"`        // one row, of cells that stand all over the sheet
	IsBeside      bool  `json:"is_beside,omitempty"`      // read beside another plan of the same table

	Turn *sheet.Turn `json:"turn,omitempty"` // how the sheet is looked at so that each thing is a row; nil: it is one already

	isText bool // refused, but no table: cover, instructions, legend, list of codes

	Optional bool `json:"optional,omitempty"` // a second plan of its sheet: rows without a value for it are skipped
}

// planColumn says how one column is read.
type planColumn struct {
	Index   int     `json:"index"`
	Header  string  `json:"header"`
	Field   string  `json:"field,omitempty"`
	Why     string  `json:"why"`
	Scale   float64 `json:"scale,omitempty"`    // share, and numbers in rows of per cent: what a whole is written as
	Order   string  `json:"order,omitempty"`    // date: monthFirst, dayFirst or shortYearFirst
	IsDate  bool    `json:"is_date,omitempty"`  // text: numbers are serial dates
	AsScore bool    `json:"as_score,omitempty"` // rating: the column holds numbers

	// Of a column that states the same of one of several things: which of them.
	Period      string            `json:"period,omitempty"` // 2025, 2025Q1, 2025-01, or Q1 or 01 of the row's year
	Number      int               `json:"number,omitempty"`
	IsKeyResult bool              `json:"is_key_result,omitempty"` // its parent is the row's objective
	Sets        map[string]string `json:"sets,omitempty"`          // our field: its value

	From *spot `json:"from,omitempty"` // where a form has it

	Decimals decimals `json:"decimals,omitempty"` // number: what separates the fraction
	Ratio    string   `json:"ratio,omitempty"`    // number: how 3/5 is read, asQuotient or asPoints
	Percent  bool     `json:"percent,omitempty"`  // number: without a unit of measure it is per cent
}

// Reasons why a column was taken for a field, or not.
const (
	byHeader    = "header"
	byWeak      = "weak_header"
	byMapping   = "mapping"
	byMemory    = "remembered"
	byPreset    = "preset"
	byPeriod    = "period"
	byNumber    = "number"
	byHeading   = "heading"
	byForm      = "form"
	byValues    = "values"
	byItem      = "item"
	asAttribute = "attribute"
	asIgnored   = "ignored"
	asSensitive = "sensitive"
	asDuplicate = "duplicate"

	asCalibration = "calibration" // read by the sheet's second plan
)

// isWhole holds for columns that give their field whole: not one item or month of it.
var isWhole = map[string]bool{byHeader: true, byWeak: true, byMapping: true, byMemory: true, byPreset: true, byHeading: true, byForm: true, byValues: true}

// column finds the column that gives the field, or nil.
func (p *plan) column(field string) *planColumn {
	for i := range p.Columns {
		c := &p.Columns[i]
		if c.Field == field && isWhole[c.Why] {
			return c
		}
	}
	return nil
}

// owner is the text of a cell, or where it names several owners these in a fixed order.
func (p *plan) owner(field, text string) string {
	if shared := p.Shared[text]; shared != "" && (field == "unit" || field == "employee_name") {
		return shared
	}
	return text
}

func (p *plan) decide(field, key string, args map[string]any) {
	p.Decisions = append(p.Decisions, Decision{Field: field, Key: key, Args: args})
}

// count counts the columns of the role why.
func (p *plan) count(why string) int {
	n := 0
	for _, c := range p.Columns {
		if c.Why == why {
			n++
		}
	}
	return n
}

// report is the part of a sheet's report that is known before its rows are read.
func (p *plan) report() SheetReport {
	r := SheetReport{Sheet: p.Sheet, Kind: p.Kind, HeaderLine: p.HeaderLine, LastLine: p.LastLine, Decisions: p.Decisions, Mapping: p.recognised()}
	for _, c := range p.Columns {
		r.Columns = append(r.Columns, Column{Header: c.Header, Field: c.Field, Why: c.Why, Confidence: confidence[c.Why]})
	}
	if p.Refused == nil {
		r.Confidence = confidenceOf(r.Columns)
	}
	return r
}

// file is one opened source while it is imported.
type file struct {
	name    string
	path    string
	size    int64
	bytes   *os.File
	book    *sheet.Book
	options Options
	course  *course

	references sheet.References // that it uses
}

// openFile opens a source for reading. A fault of the file is a *sheet.Error.
func openFile(source Source, o Options) (*file, error) {
	bytes, err := os.Open(source.Path)
	if err != nil {
		return nil, fmt.Errorf("open file: %w", err)
	}
	f := &file{name: source.Name, path: source.Path, bytes: bytes, options: o}
	info, err := bytes.Stat()
	if err != nil {
		return nil, errors.Join(fmt.Errorf("open file: %w", err), bytes.Close())
	}
	f.size = info.Size()
	if f.book, err = sheet.OpenAs(source.Name, io.NewSectionReader(bytes, 0, info.Size()), o.reading()); err != nil {
		return nil, errors.Join(err, bytes.Close())
	}
	if f.references, err = f.book.Refer(o.references); err != nil {
		f.close()
		return nil, err
	}
	return f, nil
}

// close releases the file. It was only read: nothing can be lost.
func (f *file) close() {
	_ = f.book.Close()
	_ = f.bytes.Close()
}

const hidden = "***" // stands for a cell that is not kept

// withoutPrivate is the cells with those of sensitive columns hidden. In a single cell that may be a whole record nothing
// can be told apart.
func (p *plan) withoutPrivate(cells []string) []string {
	if p.count(asSensitive) == 0 {
		return cells
	}
	if len(cells) == 1 {
		return []string{hidden}
	}
	kept := slices.Clone(cells)
	for _, c := range p.Columns {
		if c.Why == asSensitive && c.Index < len(kept) && kept[c.Index] != "" {
			kept[c.Index] = hidden
		}
	}
	return kept
}

// isWide says whether the column states the same as others, of another thing.
func (c planColumn) isWide() bool { return c.Why == byPeriod || c.Why == byItem || c.Why == byNumber }
