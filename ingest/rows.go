package ingest

import (
	"iter"
	"slices"

	"github.com/perfloop/perfloop/ingest/sheet"
)

// dataRows are the rows of the plan's table that state a thing of the kind, completed with what stands once for several of
// them. skipped is told the others: totals, notes, signatures and section bands, and headers that stand there again; and
// hidden rows where the plan leaves them out. The cells are valid until the next row.
func dataRows(s *sheet.Sheet, p *plan, skipped func(sheet.Row)) iter.Seq2[sheet.Row, error] {
	if p.IsForm {
		return formRow(s, p)
	}
	a, f := newQuickAsides(p), newFiller(p)
	return func(yield func(sheet.Row, error) bool) {
		for row, err := range s.Rows() {
			if err == nil && row.Line < p.firstLine() {
				continue
			}
			if p.LastLine > 0 && row.Line > p.LastLine {
				return
			}
			if err == nil && p.LastColumn > 0 {
				if row.Cells = within(row.Cells, p.FirstColumn, p.LastColumn); len(row.Cells) == 0 {
					continue
				}
			}
			if err == nil && (p.leavesOut(row) || a.kind != nil && a.isOne(row.Cells)) {
				f.look(row.Cells)
				skipped(row)
				continue
			}
			if err == nil {
				row.Cells = f.fill(row.Cells)
			}
			if !yield(row, err) {
				return
			}
		}
	}
}

// firstLine is the line on which the plan's data begin.
func (p *plan) firstLine() int {
	if p.FirstLine > 0 {
		return p.FirstLine
	}
	return p.HeaderLine + 1
}

// leavesOut says whether the row is one of the hidden rows that a mapping does not want.
func (p *plan) leavesOut(row sheet.Row) bool { return row.Hidden && p.SkipHidden }

// asides tells rows of data from what else stands below a header.
type asides struct {
	columns   map[int]planColumn
	kind      *kind
	textCount int // columns that hold text in every row of data
}

func newAsides(p *plan) asides {
	a := asides{columns: map[int]planColumn{}, kind: dictionary().kind(p.Kind)}
	for _, c := range p.Columns {
		a.columns[c.Index] = c
		if a.kind != nil && isWhole[c.Why] {
			switch f := a.kind.field(c.Field); {
			case f == nil:
			case f.Type == "id", f.Type == "name", f.Type == "text", f.Type == "cycle":
				a.textCount++
			}
		}
	}
	return a
}

func (a asides) isOne(cells []string) bool {
	opening := slices.IndexFunc(cells, func(c string) bool { return c != "" })
	if opening < 0 {
		return true
	}
	if len(cells) == opening+1 && len(a.columns) > 2 {
		return true
	}
	if dictionary().isTotal(cells[opening]) || a.isOverallRow(cells[opening:]) || a.isTotalInside(cells[opening:]) || a.isRemark(cells[opening:]) {
		return true
	}
	for i, cell := range cells[opening:min(opening+4, len(cells))] {
		if cell != "" && !a.isHeader(opening+i, cell) {
			return false
		}
	}
	return true
}

// isTotalInside says whether the only text of a row says that it sums up others, though it does not open the row.
func (a asides) isTotalInside(cells []string) bool {
	if a.textCount < 2 {
		return false
	}
	text := ""
	for _, c := range cells {
		if c == "" || isDigit(c[0]) || isFigure(c) {
			continue
		}
		if text != "" || len(c) > 48 {
			return false
		}
		text = c
	}
	return text != "" && (dictionary().isTotal(text) || dictionary().endsAsTotal(text) || 2*len(cells) <= len(a.columns) && dictionary().opensAsTotal(text))
}

// isOverallRow says whether a row rates the whole, below rows that rate its items: its other cells are figures.
func (a asides) isOverallRow(cells []string) bool {
	return a.kind.Name == "appraisal" && dictionary().isOverall(cells[0]) && !slices.ContainsFunc(cells[1:], func(c string) bool {
		return c != "" && !isFigure(c)
	})
}

func isDigit(c byte) bool { return '0' <= c && c <= '9' }

const remarkCells = 8 // a row of signatures or of a note has no more cells

// isRemark says whether a row holds a note, or signatures and the like: 制表人：… 日期：…
func (a asides) isRemark(cells []string) bool {
	stated := 0
	for _, c := range cells {
		if c != "" {
			stated++
		}
	}
	if stated > remarkCells || len(cells[0]) > 400 {
		return false
	}
	if stated <= 2 && isNote(cells[0]) || stated <= 4 && isSignature(cells[0]) {
		return true
	}
	if opens := pairsInCell(cells[0]); len(opens) == 0 {
		return stated == 2 && (a.isResult(cells[0]) || dictionary().formLabels[foldHeader(cells[0])])
	}
	return len(pairsOf(sheet.Row{Cells: cells})) > 0 ||
		!slices.ContainsFunc(cells, func(c string) bool { return c != "" && len(pairsInCell(c)) == 0 })
}

// isResult says whether a label names what a form states as a whole, below its table: Overall Rating, 考核等级.
func (a asides) isResult(label string) bool {
	f := dictionary().kind("appraisal").strongly(label)
	return len(a.columns) > 2 && f != nil && (f.isRating() || f.Name == "comment")
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

// filler completes rows with cells that are stated once for several of them: keys in the first row of a group, a heading
// above it.
type filler struct {
	plan    *plan
	above   []string // of the plan's keys: the value last stated
	heading string
	cells   []string
}

func newFiller(p *plan) *filler { return &filler{plan: p, above: make([]string, len(p.FillDown))} }

// look takes a row that is no data for the heading of those below it.
func (f *filler) look(cells []string) {
	if text := onlyCell(cells); f.plan.HeadingColumn > 0 && isTitle(text) {
		f.heading = headingText(text)
	}
}

// fill completes a row. A key is not repeated where one that stands further left changes.
func (f *filler) fill(cells []string) []string {
	if len(f.plan.FillDown) == 0 && f.plan.HeadingColumn == 0 {
		return cells
	}
	f.cells = append(f.cells[:0], cells...)
	changed := false
	for i, column := range f.plan.FillDown {
		switch {
		case column < len(cells) && plain(cells[column]) != "":
			changed = changed || cells[column] != f.above[i]
			f.above[i] = cells[column]
		case changed:
			f.above[i] = ""
		default:
			f.set(column, f.above[i])
		}
	}
	if f.heading != "" {
		f.set(f.plan.HeadingColumn, f.heading)
	}
	return f.cells
}

func (f *filler) set(column int, text string) {
	for len(f.cells) <= column {
		f.cells = append(f.cells, "")
	}
	f.cells[column] = text
}
