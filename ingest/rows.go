package ingest

import (
	"iter"
	"slices"

	"github.com/perfloop/perfloop/ingest/sheet"
)

// totals open a row that sums up the rows above it.
var totals = []string{"合计", "总计", "小计", "汇总", "合计数", "总数", "total", "grandtotal", "subtotal", "sum", "totals"}

// dataRows are the rows below the header that state a thing of the kind. skipped is told the others:
// totals, notes and section bands of a single cell, and headers that stand there again, in their own or our words;
// and hidden rows where the plan leaves them out.
func dataRows(s *sheet.Sheet, p *plan, skipped func(sheet.Row)) iter.Seq2[sheet.Row, error] {
	a := asides{columns: map[int]planColumn{}, kind: dictionary().kind(p.Kind)}
	for _, c := range p.Columns {
		a.columns[c.Index] = c
	}
	return func(yield func(sheet.Row, error) bool) {
		for row, err := range s.Rows() {
			if err == nil && row.Line <= p.HeaderLine {
				continue
			}
			if err == nil && (p.leavesOut(row) || a.kind != nil && a.isOne(row.Cells)) {
				skipped(row)
				continue
			}
			if !yield(row, err) {
				return
			}
		}
	}
}

// leavesOut says whether the row is one of the hidden rows that a mapping does not want.
func (p *plan) leavesOut(row sheet.Row) bool { return row.Hidden && p.SkipHidden }

// asides tells rows of data from what else stands below a header.
type asides struct {
	columns map[int]planColumn
	kind    *kind
}

func (a asides) isOne(cells []string) bool {
	opening := slices.IndexFunc(cells, func(c string) bool { return c != "" })
	if opening < 0 {
		return true
	}
	if len(cells) == opening+1 && len(a.columns) > 2 {
		return true
	}
	if len(cells[opening]) < 32 && slices.Contains(totals, foldWhole(cells[opening])) {
		return true
	}
	for i, cell := range cells[opening:min(opening+4, len(cells))] {
		if cell != "" && !a.isHeader(opening+i, cell) {
			return false
		}
	}
	return true
}

// isHeader says whether a cell names its own column.
func (a asides) isHeader(index int, cell string) bool {
	column, key := a.columns[index], foldWhole(cell)
	if key == "" || column.Header == "" {
		return false
	}
	named := a.kind.strong[key]
	return key == foldWhole(column.Header) || named != nil && named.Name == column.Field
}
