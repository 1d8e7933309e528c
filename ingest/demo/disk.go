package demo

import (
	"iter"
	"math"
	"path/filepath"
	"strconv"
	"strings"
	"time"
)

// disk writes files and notes what is wrong in them.
type disk struct {
	dir   string
	files []FileTruth
	dirt  []Dirt
}

// file is one spreadsheet. Its name's ending says whether it is a workbook or CSV.
type file struct {
	name, lang, encoding string // encoding, of CSV: "" UTF-8, bom, gb18030
	quirks               []string
	sheets               []sheet
}

type sheet struct {
	name, kind string
	titles     []string // lines above the header
	fields     []string // keys of headers; a text with a blank or a digit stands for itself
	rows       iter.Seq[[]any]
	dates      string // layout of dates written as text; "": real dates in a workbook, ISO in CSV
	percents   percents
	gap        int    // a blank line after so many rows; 0: none
	total      string // text of a last line that is no row; "": none
}

// percents says how shares are written.
type percents int

const (
	asFraction percents = iota
	asHundred
	asText
)

// share is a part of a whole; bad a cell that nobody can read, with the reason it is refused for.
type (
	share float64
	bad   struct{ text, reason string }
)

// plain writes a number as a person would.
func plain(x float64) string {
	if math.IsNaN(x) {
		return ""
	}
	return strconv.FormatFloat(x, 'f', -1, 64)
}

func lowerFirst(s string) string { return strings.ToLower(s[:1]) + s[1:] }

// value turns a cell into what CSV and workbooks both take: text, a number, a date or nothing.
func (s sheet) value(lang string, v any) any {
	switch v := v.(type) {
	case text:
		return v.in(lang)
	case bad:
		return v.text
	case bool:
		if v {
			return text{"Yes", "是"}.in(lang)
		}
		return text{"No", "否"}.in(lang)
	case share:
		return s.share(float64(v))
	case float64:
		if math.IsNaN(v) {
			return nil
		}
	case time.Time:
		if v.IsZero() {
			return nil
		}
		if s.dates != "" {
			return v.Format(s.dates)
		}
	case int:
		return float64(v)
	}
	return v
}

func (s sheet) share(x float64) any {
	switch {
	case math.IsNaN(x):
		return nil
	case s.percents == asHundred:
		return round(100*x, 1)
	case s.percents == asText:
		return plain(round(100*x, 1)) + "%"
	}
	return round(x, 4)
}

// out takes the lines of a sheet one after the other.
type out interface {
	begin(sheet string) error
	line(cells []any) error
	close() error
}

func (d *disk) write(f file) error {
	o, err := d.open(f)
	if err != nil {
		return err
	}
	note := FileTruth{File: f.name, Language: f.lang, Encoding: f.encoding, Quirks: f.quirks}
	for _, s := range f.sheets {
		rows, err := d.writeSheet(o, f, s)
		if err != nil {
			return err
		}
		note.Sheets = append(note.Sheets, SheetTruth{Sheet: s.name, Kind: s.kind, Rows: rows})
	}
	d.files = append(d.files, note)
	return o.close()
}

func (d *disk) open(f file) (out, error) {
	name := filepath.Join(d.dir, f.name)
	if filepath.Ext(f.name) == ".xlsx" {
		return newWorkbook(name)
	}
	return newText(name, f.encoding)
}

// writeSheet writes titles, header, rows and total, and says how many rows there were. It notes where
// cells are that nobody can read.
func (d *disk) writeSheet(o out, f file, s sheet) (rows int, err error) {
	if err := o.begin(s.name); err != nil {
		return 0, err
	}
	line := 0
	put := func(cells []any) {
		if err == nil {
			err, line = o.line(cells), line+1
		}
	}
	for _, t := range s.titles {
		put([]any{t})
	}
	put(headers(s.kind, f.lang, s.fields))
	for row := range s.rows {
		if rows++; s.gap > 0 && rows%s.gap == 0 {
			put(nil)
		}
		cells := make([]any, len(row))
		for i, v := range row {
			cells[i] = s.value(f.lang, v)
			if b, ok := v.(bad); ok {
				d.dirt = append(d.dirt, Dirt{File: f.name, Sheet: s.name, Line: line + 1, Kind: s.kind, Cell: b.text, Reason: b.reason})
			}
		}
		put(cells)
	}
	if s.total != "" {
		put([]any{s.total, nil, nil, float64(rows)})
	}
	return rows, err
}
