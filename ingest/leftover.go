package ingest

import (
	"slices"
	"strings"

	"github.com/perfloop/perfloop/ingest/sheet"
)

// A block of rows below a gap is not the table's where it fills no more than this part of the columns that the table fills.
const foreignShare = 0.5

// cutForeign ends a table before rows that stand apart from it and are something else, and answers the first of them; 0 for
// none.
func (d *detector) cutForeign(t *table) int {
	first := d.firstData(t.header)
	a := newAsides(&plan{Kind: t.kind.Name, Columns: t.columns})
	core := d.filledColumns(t, first)
	if len(core) < 3 || d.file.given() != nil || d.sheet.IsTurned {
		return 0
	}
	for row := first + 1; row <= t.last; row++ {
		if d.follows(row) || !d.isForeign(row, t.last, core, a) {
			continue
		}
		t.last = row - 1
		return row
	}
	return 0
}

// filledColumns are the columns that most rows of the table's first block fill.
func (d *detector) filledColumns(t *table, first int) []int {
	end := first + 1
	for end <= t.last && d.follows(end) {
		end++
	}
	var core []int
	for _, c := range t.columns {
		n := 0
		for row := first; row < end && row < len(d.rows); row++ {
			if plain(d.cell(row, c.Index)) != "" {
				n++
			}
		}
		if c.Field != "" && 5*n >= 4*(end-first) {
			core = append(core, c.Index)
		}
	}
	return core
}

// isForeign says whether the rows from one on, up to the next gap, have cells in few of the columns.
func (d *detector) isForeign(row, last int, core []int, a asides) bool {
	rows, stated := 0, 0
	for at := row; at <= last && (at == row || d.follows(at)); at++ {
		if a.isOne(d.rows[at].Cells) {
			continue
		}
		rows++
		for _, c := range core {
			if plain(d.cell(at, c)) != "" {
				stated++
			}
		}
	}
	return rows > 0 && float64(stated) <= foreignShare*float64(rows*len(core))
}

// leftover is the plan of rows that belong to no table: a note where they are a legend or text, else a refusal.
func (d *detector) leftover(from, to int) *plan {
	p := &plan{
		Sheet: d.sheet.Name, FirstLine: d.rows[from].Line, LastLine: d.rows[to].Line, FirstColumn: d.firstColumn, LastColumn: d.lastColumn,
		Columns: d.privateColumns(),
	}
	args := map[string]any{"headers": shownCells(d.rows[from].Cells), "first": p.FirstLine, "last": p.LastLine}
	if isText(d.rows[from : to+1]) {
		p.Left = true
		p.Findings = []Problem{{Sheet: p.Sheet, Line: p.FirstLine, Severity: Finding, Key: "rows_not_read", Args: args}}
		return p
	}
	p.Refused = &Problem{Sheet: p.Sheet, Line: p.FirstLine, Severity: Rejected, Key: "block_not_recognised", Args: args}
	return p
}

// isText says whether rows have no table of people or goals: one or two cells each, or the names of fields.
func isText(rows []sheet.Row) bool {
	narrow, fields := 0, 0
	for _, row := range rows {
		stated := slices.DeleteFunc(slices.Clone(row.Cells), func(c string) bool { return plain(c) == "" })
		if len(stated) <= 2 {
			narrow++
		}
		if dictionary().isLabel(firstText(row.Cells)) {
			fields++
		}
	}
	return 5*narrow >= 4*len(rows) || 5*fields >= 3*len(rows)
}

func shownCells(cells []string) string {
	stated := slices.DeleteFunc(slices.Clone(cells), func(c string) bool { return plain(c) == "" })
	return shorten(strings.Join(stated, ", "), 200)
}

// noteTexts makes notes of the sheets that hold text, if another sheet of the file can be read.
func noteTexts(plans []*plan) {
	if !slices.ContainsFunc(plans, func(p *plan) bool { return p.Refused == nil && !p.Left }) {
		return
	}
	for _, p := range plans {
		if p.Refused != nil && p.isText {
			p.Findings = append(p.Findings, Problem{Sheet: p.Sheet, Severity: Finding, Key: "sheet_not_read", Args: p.Refused.Args})
			p.Refused, p.Left = nil, true
		}
	}
}
