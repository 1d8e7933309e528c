// Package workbook writes what queries answered as files that leave the product: CSV, JSON, XLSX and
// the calibration book. Everything in them came through a Querier, so nobody gets rows in a file that
// they could not see on a page.
package workbook

import (
	"fmt"
	"io"
	"math"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/xuri/excelize/v2"

	"github.com/perfloop/perfloop/analytics"
)

// Sheet is a result and what is said about it. Title and Note stand above the table where they are not
// empty. A result that was cut does not say so by itself: say it in Note. Header says a column's
// heading; nil: its name.
type Sheet struct {
	Name, Title, Note string
	Result            *analytics.Result
	Header            func(string) string
	IsWrapped         bool // long texts go on in further lines
}

const (
	lastSheetRow = excelize.TotalRows
	exactInteger = 1 << 53 // spreadsheets keep numbers as floats: larger ids would change
	sampledRows  = 500     // rows looked at for the width of a column
	maxTextWidth = 60
)

// WriteXLSX writes a workbook of results. A result too long for a sheet goes on in a further one.
func WriteXLSX(w io.Writer, sheets []Sheet) error {
	b := newBook("")
	err := b.addResults(sheets)
	if err := b.finish(w, err); err != nil {
		return fmt.Errorf("write workbook: %w", err)
	}
	return nil
}

func (b *book) addResults(sheets []Sheet) error {
	taken := map[string]bool{}
	for _, s := range sheets {
		rows := s.Result.Rows
		for {
			fits := min(len(rows), lastSheetRow-s.headerRow())
			if err := b.addResult(s, sheetName(s.Name, taken), rows[:fits]); err != nil {
				return err
			}
			if rows = rows[fits:]; len(rows) == 0 {
				break
			}
		}
	}
	return nil
}

// headerRow is the row of the headings: the first, or the one after title, note and a gap.
func (s Sheet) headerRow() int {
	row := 1
	for _, text := range []string{s.Title, s.Note} {
		if text != "" {
			row++
		}
	}
	if row > 1 {
		row++
	}
	return row
}

func (b *book) addResult(s Sheet, name string, rows [][]any) error {
	if err := b.add(name); err != nil {
		return err
	}
	if err := b.setUpTable(name, s.headerRow(), 0); err != nil {
		return err
	}
	g, err := b.grid(name, s.widths(rows))
	if err != nil {
		return err
	}
	if err := s.writeHead(g); err != nil {
		return err
	}
	for _, row := range rows {
		cells := make([]cell, len(row))
		for i, value := range row {
			cells[i] = dataCell(value, s.Result.Columns[i].Unit)
			cells[i].look.isWrap = s.IsWrapped
		}
		if err := g.write(cells...); err != nil {
			return err
		}
	}
	return g.finishTable(s.headerRow(), len(s.Result.Columns))
}

func (s Sheet) writeHead(g *grid) error {
	if s.Title != "" {
		if err := g.write(cell{value: s.Title, look: look{kind: lookTitle}}); err != nil {
			return err
		}
	}
	if s.Note != "" {
		if err := g.write(cell{value: s.Note, look: look{kind: lookNote}}); err != nil {
			return err
		}
	}
	g.row = s.headerRow() - 1
	headings := make([]cell, len(s.Result.Columns))
	for i, c := range s.Result.Columns {
		headings[i] = cell{value: heading(c.Name, s.Header), look: look{kind: lookHeader, isRight: isNumeric(c.Unit)}}
	}
	return g.write(headings...)
}

// dataCell is a value of a result as a spreadsheet holds it best.
func dataCell(value any, unit string) cell {
	switch x := value.(type) {
	case string:
		return cell{value: x, look: look{format: "@"}}
	case float64:
		if math.IsNaN(x) || math.IsInf(x, 0) {
			return cell{}
		}
	case int64:
		if x > exactInteger || x < -exactInteger {
			return cell{value: strconv.FormatInt(x, 10), look: look{format: "@"}}
		}
	case time.Time:
		if x.Year() < 1900 || x.Year() > 9999 { // spreadsheets have no such days
			return cell{value: isoTime(x, unit), look: look{format: "@"}}
		}
		if unit != "time" {
			unit = "date"
		}
		value = x.UTC()
	}
	return cell{value: value, look: look{format: numberFormats[unit]}}
}

// isNumeric says that a unit's values stand at the right, and so do their headings.
func isNumeric(unit string) bool {
	return unit != "text" && unit != "flag" && unit != ""
}

// numberFormats show a unit's numbers; a unit not named is shown as it is.
var numberFormats = map[string]string{
	"share":  "0.0%",
	"points": "+0.0%;-0.0%;0.0%",
	"count":  "#,##0",
	"days":   "#,##0.0",
	"date":   "yyyy-mm-dd",
	"time":   "yyyy-mm-dd hh:mm",
	"amount": "#,##0.00",
}

func (s Sheet) widths(rows [][]any) []float64 {
	widths := make([]float64, len(s.Result.Columns))
	for i, c := range s.Result.Columns {
		widths[i] = textWidth(heading(c.Name, s.Header)) + 4 // room for the filter's arrow
		for _, row := range rows[:min(len(rows), sampledRows)] {
			widths[i] = max(widths[i], shownWidth(row[i], c.Unit)+2)
		}
		widths[i] = min(max(widths[i], 8), maxTextWidth)
	}
	return widths
}

func shownWidth(value any, unit string) float64 {
	switch x := value.(type) {
	case string:
		return textWidth(x)
	case time.Time:
		return float64(len(isoTime(x, "date")))
	case float64:
		if unit == "share" || unit == "points" || unit == "amount" || unit == "days" {
			return textWidth(strconv.FormatFloat(x, 'f', 2, 64)) + 2
		}
	}
	return textWidth(csvText(value, unit))
}

// sheetName makes a name that a workbook accepts and that is not taken yet: at most 31 UTF-16 units, no
// : \ / ? * [ ], no apostrophe. Case does not tell names apart.
func sheetName(wish string, taken map[string]bool) string {
	clean := strings.Map(func(r rune) rune {
		if strings.ContainsRune(`:\/?*[]'`, r) || r < ' ' || r == utf8.RuneError {
			return '-'
		}
		return r
	}, wish)
	clean = strings.TrimSpace(clean)
	if clean == "" || strings.EqualFold(clean, "history") { // Excel keeps that one for itself
		clean = "Sheet " + clean
	}
	name := strings.TrimSpace(cutName(clean, ""))
	for n := 2; taken[strings.ToLower(name)]; n++ {
		name = cutName(clean, fmt.Sprintf(" (%d)", n))
	}
	taken[strings.ToLower(name)] = true
	return name
}

// cutName shortens name so that it fits with ending after it.
func cutName(name, ending string) string {
	room := excelize.MaxSheetNameLength - len(ending)
	used := 0
	for i, r := range name {
		used += len16(r)
		if used > room {
			return strings.TrimSpace(name[:i]) + ending
		}
	}
	return name + ending
}

func len16(r rune) int {
	if r > 0xffff {
		return 2
	}
	return 1
}
