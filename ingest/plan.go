package ingest

import (
	"slices"

	"github.com/perfloop/perfloop/ingest/sheet"
)

// plan is everything that was settled about a sheet before its rows are read. It is kept in
// the manifest, so that reading the file again gives the same rows whatever the dictionary says by then.
type plan struct {
	Sheet      string            `json:"sheet"`
	Kind       string            `json:"kind,omitempty"`
	HeaderLine int               `json:"header_line,omitempty"`
	Columns    []planColumn      `json:"columns,omitempty"`
	Constants  map[string]string `json:"constants,omitempty"` // our field: value of every row that does not state it
	Decisions  []Decision        `json:"decisions,omitempty"`
	Findings   []Problem         `json:"findings,omitempty"` // about the sheet, not about a row
	Refused    *Problem          `json:"refused,omitempty"`  // why no row can be read
	Optional   bool              `json:"optional,omitempty"` // a second plan of its sheet: rows without a value for it are skipped
}

// planColumn says how one column is read.
type planColumn struct {
	Index   int     `json:"index"`
	Header  string  `json:"header"`
	Field   string  `json:"field,omitempty"`
	Why     string  `json:"why"`
	Scale   float64 `json:"scale,omitempty"`    // share: what a whole is written as
	Order   string  `json:"order,omitempty"`    // date: monthFirst or dayFirst
	IsDate  bool    `json:"is_date,omitempty"`  // text: numbers are serial dates
	AsScore bool    `json:"as_score,omitempty"` // rating: the column holds numbers
	Period  string  `json:"period,omitempty"`   // month column: 2025-01, or 01 of the row's year
}

// Reasons why a column was taken for a field, or not.
const (
	byHeader    = "header"
	byWeak      = "weak_header"
	byMapping   = "mapping"
	byMonth     = "month"
	byItem      = "item"
	asAttribute = "attribute"
	asIgnored   = "ignored"
	asSensitive = "sensitive"
	asDuplicate = "duplicate"

	asCalibration = "calibration" // read by the sheet's second plan
)

// column finds the column that gives the field, or nil.
func (p *plan) column(field string) *planColumn {
	for i := range p.Columns {
		c := &p.Columns[i]
		if c.Field == field && (c.Why == byHeader || c.Why == byWeak || c.Why == byMapping) {
			return c
		}
	}
	return nil
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
	r := SheetReport{Sheet: p.Sheet, Kind: p.Kind, HeaderLine: p.HeaderLine, Decisions: p.Decisions}
	for _, c := range p.Columns {
		r.Columns = append(r.Columns, Column{Header: c.Header, Field: c.Field, Why: c.Why})
	}
	return r
}

// file is one opened source while it is imported.
type file struct {
	name     string
	book     *sheet.Book
	options  Options
	progress func(row int)
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
