package ingest

import (
	"slices"
	"strings"

	"github.com/perfloop/perfloop/ingest/sheet"
)

const (
	headRows  = 50      // the first header of a sheet stands in these first rows
	gridRows  = 3_000   // rows that tables are looked for in; what stands below belongs to the last of them
	gridCells = 200_000 // so that wide sheets stay small in memory
)

// grid is the first rows of a sheet, or of some of its columns: where layouts are looked for.
type grid struct {
	rows  []sheet.Row
	width int
	whole bool // there are no more rows

	firstColumn, lastColumn int // the columns of the sheet it is cut to; lastColumn is 0 where it is not cut
}

// readGrid copies the first rows.
func readGrid(s *sheet.Sheet) (*grid, error) {
	g := &grid{whole: true}
	cells := 0
	for row, err := range s.Rows() {
		if isRowFault(err) {
			continue
		}
		if err != nil {
			return nil, err
		}
		if len(g.rows) == gridRows || len(g.rows) > headRows && cells > gridCells {
			g.whole = false
			break
		}
		cells += len(row.Cells)
		row.Cells = slices.Clone(row.Cells)
		g.rows = append(g.rows, row)
		g.width = max(g.width, len(row.Cells))
	}
	return g, nil
}

// cell is the cell of a row, "" beyond its end.
func (g *grid) cell(row, column int) string {
	if column < len(g.rows[row].Cells) {
		return g.rows[row].Cells[column]
	}
	return ""
}

// stated counts the cells of a row that say something.
func (g *grid) stated(row int) int {
	n := 0
	for _, c := range g.rows[row].Cells {
		if plain(c) != "" {
			n++
		}
	}
	return n
}

// follows says whether a row stands directly below the one before it.
func (g *grid) follows(row int) bool {
	return row > 0 && row < len(g.rows) && g.rows[row].Line == g.rows[row-1].Line+1
}

// strips cuts the rows at columns that are blank from top to bottom. Without such columns the grid is the only strip.
func (g *grid) strips() []*grid {
	blank := make([]bool, g.width)
	for c := range blank {
		blank[c] = !slices.ContainsFunc(g.rows, func(r sheet.Row) bool { return c < len(r.Cells) && plain(r.Cells[c]) != "" })
	}
	var strips []*grid
	for first := 0; first < g.width; first++ {
		if blank[first] {
			continue
		}
		last := first
		for last+1 < g.width && !blank[last+1] {
			last++
		}
		strips = append(strips, g.cut(first, last))
		first = last
	}
	if len(strips) < 2 {
		return []*grid{g}
	}
	return strips
}

// overlaps says whether two parts of a grid have a column in common.
func (g *grid) overlaps(other *grid) bool {
	return g.firstColumn <= other.lastColumn && other.firstColumn <= g.lastColumn
}

// cut keeps the cells of some columns, at their places.
func (g *grid) cut(first, last int) *grid {
	part := &grid{width: last + 1, whole: g.whole, firstColumn: first, lastColumn: last}
	for _, row := range g.rows {
		if row.Cells = within(row.Cells, first, last); len(row.Cells) > 0 {
			part.rows = append(part.rows, row)
		}
	}
	return part
}

// within blanks the cells outside the columns. It answers no cells where nothing is left.
func within(cells []string, first, last int) []string {
	var kept []string
	for i := first; i <= last && i < len(cells); i++ {
		if cells[i] == "" {
			continue
		}
		if kept == nil {
			kept = make([]string, min(last+1, len(cells)))
		}
		kept[i] = cells[i]
	}
	return kept
}

// onlyCell is the text of a row that has no other, "" for other rows.
func onlyCell(cells []string) string {
	text := ""
	for _, c := range cells {
		if c = plain(c); c == "" {
			continue
		}
		if text != "" {
			return ""
		}
		text = c
	}
	return text
}

// isTitle says whether a text alone in its row may name what stands below it, and is no sentence.
func isTitle(text string) bool {
	return text != "" && len([]rune(text)) <= 40 && !strings.ContainsAny(text, "。；;") && !isNote(text)
}
