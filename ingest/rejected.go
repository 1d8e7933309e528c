package ingest

import (
	"errors"
	"io/fs"

	"github.com/perfloop/perfloop/ingest/sheet"
)

// MappingSheet is the sheet of a workbook that says how the others are read: a mapping as text in its first cell. Workbooks of
// rejected rows have one, so that they are read as the files they come from.
const MappingSheet = "_perfloop_mapping"

// SheetPlan is how a table of an imported file was read.
type SheetPlan struct {
	Sheet   string
	Kind    string   // empty: none was recognised
	Headers []string // by column, empty where there is none
	IsDate  []bool   // by column: its numbers are days as spreadsheet programs count them
	Mapping *Mapping // nil: only the program itself can find out how
}

// SheetPlans lists the tables of an import in order. Of an import that does not exist there are none.
func (a *Archive) SheetPlans(importID int64) ([]SheetPlan, error) {
	m, err := a.manifest(importID)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	var all []SheetPlan
	for _, p := range m.Plans {
		s := SheetPlan{Sheet: p.Sheet, Kind: p.Kind, Mapping: p.recognised()}
		for _, c := range p.Columns {
			for len(s.Headers) <= c.Index {
				s.Headers, s.IsDate = append(s.Headers, ""), append(s.IsDate, false)
			}
			s.Headers[c.Index], s.IsDate[c.Index] = c.Header, c.IsDate || typeOf(p.Kind, c) == "date"
		}
		all = append(all, s)
	}
	return all, nil
}

// embedded is the mapping that a workbook brings along, or nil. One that cannot be read is none: the sheets are then read
// like any others.
func embedded(book *sheet.Book) *Mapping {
	for _, s := range book.Sheets() {
		if s.Name != MappingSheet {
			continue
		}
		for row, err := range s.Rows() {
			if err != nil || len(row.Cells) == 0 {
				return nil
			}
			m, err := ReadMapping([]byte(row.Cells[0]))
			if err != nil {
				return nil
			}
			return m
		}
	}
	return nil
}
