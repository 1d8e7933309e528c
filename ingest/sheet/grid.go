package sheet

// gridRow is one row of a sheet whose cells come with their styles. Merges are those that became
// known with this row: each is told with the row that it starts on at the latest, in order.
type gridRow struct {
	line    int
	hidden  bool
	cells   []string
	numbers []styledNumber
	merges  []Merge
}

// styledNumber is the column of a number and how it is shown.
type styledNumber struct {
	column int
	style  ColumnStyle
}

func (r *gridRow) reset(line int) {
	r.line, r.hidden = line, false
	r.cells, r.numbers, r.merges = r.cells[:0], r.numbers[:0], r.merges[:0]
}

func (r *gridRow) set(column int, text string) {
	for len(r.cells) <= column {
		r.cells = append(r.cells, "")
	}
	r.cells[column] = text
}

func (r *gridRow) setNumber(column int, text string, style ColumnStyle) {
	r.set(column, text)
	r.numbers = append(r.numbers, styledNumber{column, style})
}

// grid is a sheet that hands out its rows in the order of their lines, blank ones too
// if it likes, until use answers false. The error is about line.
type grid interface {
	each(use func(*gridRow) bool) (line int, err error)
	fault(line int, err error) *Error
}

// gridSource makes a source of a grid.
type gridSource struct {
	grid
	merges *[]Merge // nil: not asked for yet
}

func (g *gridSource) rows(yield func(Row, error) bool) {
	var fill filler
	line, err := g.each(func(r *gridRow) bool {
		cells := trimRow(r.cells)
		fill.waiting = append(fill.waiting, upright(r.merges)...)
		fill.look(r.line, cells)
		if len(cells) == 0 {
			return true
		}
		r.cells = fill.fill(r.line, cells)
		return yield(Row{Line: r.line, Cells: r.cells, Hidden: r.hidden}, nil)
	})
	if err != nil {
		yield(Row{Line: line}, g.fault(line, err))
	}
}

func (g *gridSource) styles(firstLine, maxRows int) []ColumnStyle {
	var counts styleCounts
	_, err := g.each(func(r *gridRow) bool {
		if r.line < firstLine || len(r.cells) == 0 {
			return true
		}
		for _, n := range r.numbers {
			counts.add(n.column, n.style)
		}
		maxRows--
		return maxRows > 0
	})
	if err != nil {
		return nil // Rows says what is wrong
	}
	return counts.columns()
}

// mergedCells lists what it can read. Rows says it if the sheet is damaged.
func (g *gridSource) mergedCells() []Merge {
	if own, knows := g.grid.(interface{ mergedCells() []Merge }); knows {
		return own.mergedCells()
	}
	if g.merges == nil {
		merges := []Merge{}
		_, _ = g.each(func(r *gridRow) bool {
			merges = append(merges, r.merges...)
			return true
		})
		g.merges = &merges
	}
	return *g.merges
}
