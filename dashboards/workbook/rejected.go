package workbook

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/perfloop/perfloop/analytics"
	"github.com/perfloop/perfloop/dashboards/words"
	"github.com/perfloop/perfloop/ingest"
	sqltext "github.com/perfloop/perfloop/sql"
)

// Rejected says which import's rejected rows are wanted, and how its tables were read.
type Rejected struct {
	ImportID int64
	Plans    []ingest.SheetPlan
	Lang     string
}

// rejectedRow is a row that was not stored, and why.
type rejectedRow struct {
	sheet, kind string
	line        int
	cells       []string
	reasons     []string
	headers     []string // of the cells that are wrong
}

// WriteRejected writes the rows of an import that were not stored under their own headers, each with its line and what is
// wrong with it. Mended and imported again they are read as the file was that they come from. Cells that are not kept are shown
// as ***. Where there is none the error is a *UserError.
func WriteRejected(ctx context.Context, w io.Writer, q analytics.Querier, r Rejected) error {
	spoken := words.For(r.Lang)
	rows, err := readRejected(ctx, q, r, spoken)
	if err != nil {
		return err
	}
	if len(rows) == 0 {
		return &UserError{Key: "nothing_rejected", Args: map[string]any{"import": r.ImportID}}
	}
	rb := &rejectedBook{book: newBook(spoken.Lang), words: spoken, taken: map[string]bool{}}
	if err := rb.finish(w, rb.write(r, rows)); err != nil {
		return fmt.Errorf("write rejected rows: %w", err)
	}
	return nil
}

func readRejected(ctx context.Context, q analytics.Querier, r Rejected, spoken *words.Words) ([]rejectedRow, error) {
	args := analytics.Args{"import_id": r.ImportID}
	found, err := askPanel(ctx, q, "data/rejected", args)
	if err != nil {
		return nil, err
	}
	var rows []rejectedRow
	at := map[string]int{}
	for _, values := range found.Rows {
		from := record{found, values}
		row := rejectedRow{sheet: from.text("sheet"), kind: from.text("kind"), line: from.count("line")}
		if err := json.Unmarshal([]byte(from.text("cells")), &row.cells); err != nil {
			return nil, fmt.Errorf("read cells of line %d: %w", row.line, err)
		}
		at[row.place()] = len(rows)
		rows = append(rows, row)
	}
	reasons, err := askPanel(ctx, q, "data/rejected_reasons", args)
	if err != nil {
		return nil, err
	}
	for _, values := range reasons.Rows {
		from := record{reasons, values}
		i, known := at[rejectedRow{sheet: from.text("sheet"), kind: from.text("kind"), line: from.count("line")}.place()]
		if !known {
			continue
		}
		var args map[string]any
		if err := json.Unmarshal([]byte(from.text("arguments")), &args); err != nil {
			return nil, fmt.Errorf("read arguments of a problem: %w", err)
		}
		key := from.text("problem_key")
		if !strings.Contains(key, ".") {
			key = "problem." + key
		}
		rows[i].reasons = append(rows[i].reasons, spoken.Say(key, args))
		rows[i].headers = append(rows[i].headers, from.text("header"))
	}
	return rows, nil
}

func askPanel(ctx context.Context, q analytics.Querier, name string, args analytics.Args) (*analytics.Result, error) {
	panel, _ := sqltext.Panel(name)
	found, err := q.Query(ctx, panel.Text, args, lastSheetRow-1)
	if err != nil {
		return nil, fmt.Errorf("ask %s: %w", name, err)
	}
	return found, nil
}

func (r rejectedRow) place() string { return fmt.Sprintf("%s|%s|%d", r.sheet, r.kind, r.line) }

// rejectedBook is the workbook of rejected rows while it is written.
type rejectedBook struct {
	*book
	words   *words.Words
	taken   map[string]bool
	mapping ingest.Mapping
}

// write makes a sheet of each table that has rejected rows, and the hidden one that says how they are read.
func (rb *rejectedBook) write(r Rejected, rows []rejectedRow) error {
	for len(rows) > 0 {
		same := func(row rejectedRow) bool { return row.sheet == rows[0].sheet && row.kind == rows[0].kind }
		var these, others []rejectedRow
		for _, row := range rows {
			if same(row) {
				these = append(these, row)
			} else {
				others = append(others, row)
			}
		}
		plan := ingest.SheetPlan{Sheet: rows[0].sheet}
		if i := slices.IndexFunc(r.Plans, func(p ingest.SheetPlan) bool { return p.Sheet == rows[0].sheet && p.Kind == rows[0].kind }); i >= 0 {
			plan = r.Plans[i]
		}
		if err := rb.table(plan, these); err != nil {
			return err
		}
		rows = others
	}
	return rb.writeMapping()
}

// table writes the rows of one table under its headers; line and reason stand to the right, where they shift nothing.
func (rb *rejectedBook) table(plan ingest.SheetPlan, rows []rejectedRow) error {
	width := len(plan.Headers)
	for _, row := range rows {
		width = max(width, len(row.cells))
	}
	extra := []string{rb.words.T("workbook.rejected.line"), rb.words.T("workbook.rejected.reason")}
	name := sheetName(first(plan.Sheet, rb.words.T("workbook.rejected.sheet")), rb.taken)
	rb.mapTable(name, plan, extra)
	if err := rb.add(name); err != nil {
		return err
	}
	if err := rb.setUpTable(name, 1, 0); err != nil {
		return err
	}
	widths := slices.Repeat([]float64{16}, width)
	g, err := rb.grid(name, append(widths, 10, 70))
	if err != nil {
		return err
	}
	heads := make([]cell, width+len(extra))
	for i := range heads {
		heads[i].look = look{kind: lookHeader}
		switch {
		case i >= width:
			heads[i].value = extra[i-width]
		case i < len(plan.Headers):
			heads[i].value = plan.Headers[i]
		}
	}
	if err := g.write(heads...); err != nil {
		return err
	}
	for _, row := range rows {
		if err := g.write(row.written(plan, width)...); err != nil {
			return err
		}
	}
	return g.finishTable(1, width+len(extra))
}

// written is the row as it came, the cells that are wrong marked, with its line and the reasons.
func (r rejectedRow) written(plan ingest.SheetPlan, width int) []cell {
	cells := make([]cell, width+2)
	for i := range width {
		cells[i].look = look{format: "@", isInput: true}
		if i < len(r.cells) && r.cells[i] != "" {
			cells[i].value = r.cells[i]
		}
		if i >= len(plan.Headers) || plan.Headers[i] == "" {
			continue
		}
		if slices.Contains(r.headers, plan.Headers[i]) {
			cells[i].look.kind = lookWarning
		}
		if day, isDay := dayOf(cells[i].value); isDay && plan.IsDate[i] {
			cells[i].value, cells[i].look.format = day, "yyyy-mm-dd"
		}
	}
	cells[width] = cell{value: r.line, look: look{isWeak: true}}
	cells[width+1] = cell{value: strings.Join(r.reasons, "\n"), look: look{isWeak: true, isWrap: true}}
	return cells
}

// dayOf is the day that a whole number is to spreadsheet programs, if it is one of our time.
func dayOf(value any) (time.Time, bool) {
	text, _ := value.(string)
	n, err := strconv.Atoi(text)
	if err != nil || n < 10_000 || n > 80_000 {
		return time.Time{}, false
	}
	return time.Date(1899, 12, 30+n, 0, 0, 0, 0, time.UTC), true
}

// mapTable adds how a sheet of this book is read.
func (rb *rejectedBook) mapTable(name string, plan ingest.SheetPlan, extra []string) {
	m := ingest.Mapping{Ignore: extra}
	if plan.Mapping != nil {
		m = *plan.Mapping
		m.HeaderRow, m.Form, m.ColumnRange, m.Ignore = 1, false, "", append(slices.Clone(m.Ignore), extra...)
	}
	m.Sheet = name
	rb.mapping.Sheets = append(rb.mapping.Sheets, &m)
}

func (rb *rejectedBook) writeMapping() error {
	if err := rb.add(ingest.MappingSheet); err != nil {
		return err
	}
	if err := rb.file.SetSheetVisible(ingest.MappingSheet, false, true); err != nil {
		return err
	}
	g, err := rb.grid(ingest.MappingSheet, nil)
	if err != nil {
		return err
	}
	if err := g.write(cell{value: rb.mapping.OneLine(), look: look{format: "@"}}); err != nil {
		return err
	}
	return g.stream.Flush()
}

func first(texts ...string) string {
	for _, text := range texts {
		if text != "" {
			return text
		}
	}
	return ""
}
