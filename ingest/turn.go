package ingest

import (
	"slices"

	"github.com/perfloop/perfloop/ingest/sheet"
)

const (
	turnedRows    = 200 // a transposed sheet has no more: they are its fields
	turnedColumns = 300 // and no more of these: they are its things
	turnedLabels  = 3   // it names at least so many fields
)

// turnOf says how a sheet must be turned so that each thing is a row; nil where it is one already.
func (f *file) turnOf(s *sheet.Sheet) (*sheet.Turn, error) {
	if s.IsRecords {
		return nil, nil
	}
	g, err := readGrid(s)
	if err != nil || len(g.rows) < 2 {
		return nil, err
	}
	if turn := g.transposed(); turn != nil {
		return turn, nil
	}
	return g.pivoted(), nil
}

// transposed finds fields down the first column and things beside each other. One thing alone is a form.
func (g *grid) transposed() *sheet.Turn {
	if !g.whole || len(g.rows) > turnedRows || g.width > turnedColumns {
		return nil
	}
	turn, rows, labels, inside, hints, cells := &sheet.Turn{Transposed: true}, 0, map[string]bool{}, 0, 0, 0
	first := g.firstColumnStated()
	for i, row := range g.rows {
		if g.stated(i) < 2 {
			continue
		}
		if rows == 0 && (g.stated(i) < 3 || dictionary().attributeNames[foldHeader(cellIn(row.Cells, first))] || 2*g.labelsIn(i) > g.stated(i)) {
			return nil
		}
		if rows++; turn.First == 0 {
			turn.First = row.Line
		}
		for c, cell := range row.Cells {
			isLabel := plain(cell) != "" && len(cell) < maxHeaderName && dictionary().isLabel(cell)
			switch {
			case c == first && isLabel:
				labels[foldWhole(cell)] = true
			case c > first && plain(cell) != "":
				cells++
				if isLabel {
					inside++
				}
				if dictionary().fillHints[foldWhole(cell)] {
					hints++
				}
			}
		}
	}
	if len(labels) < turnedLabels || 5*len(labels) < 4*rows || 10*inside > 3*cells || 10*hints > cells {
		return nil
	}
	return turn
}

// labelsIn counts the cells of a row that are known as headers.
func (g *grid) labelsIn(row int) int {
	n := 0
	for _, cell := range g.rows[row].Cells {
		if len(cell) < 80 && dictionary().isLabel(cell) {
			n++
		}
	}
	return n
}

// firstColumnStated is the first column in which anything stands.
func (g *grid) firstColumnStated() int {
	for c := range g.width {
		if slices.ContainsFunc(g.rows, func(r sheet.Row) bool { return c < len(r.Cells) && plain(r.Cells[c]) != "" }) {
			return c
		}
	}
	return 0
}

// pivoted finds a column whose cells name what the cells beside it hold: attributes of people, target and actual of figures.
func (g *grid) pivoted() *sheet.Turn {
	head := slices.IndexFunc(g.rows, func(r sheet.Row) bool { return onlyCell(r.Cells) == "" })
	if head < 0 || head+2 >= len(g.rows) || len(g.rows[head].Cells) < 3 {
		return nil
	}
	names := g.rows[head].Cells
	for at := range names {
		if values := g.valuesOf(head, at); len(values) > 0 && len(values)+1 < len(names) {
			return &sheet.Turn{Attribute: at, Values: values, First: g.rows[head].Line}
		}
	}
	return nil
}

// valuesOf are the columns with the values of what a column names, none where it names nothing.
func (g *grid) valuesOf(head, at int) []int {
	names, all := g.rows[head].Cells, map[string]bool{}
	for _, row := range g.rows[head+1:] {
		if cell := foldWhole(cellIn(row.Cells, at)); cell != "" {
			all[cell] = true
		}
	}
	known, measures := 0, 0
	for word := range all {
		if dictionary().labels[word] {
			known++
		}
		if dictionary().measures[word] {
			measures++
		}
	}
	isAttribute := dictionary().attributeNames[foldHeader(names[at])] && 5*known >= 3*len(all)
	if len(all) < 2 || !isAttribute && measures < len(all) {
		return nil
	}
	var values []int
	for c := at + 1; c < len(names); c++ {
		if foldWhole(names[c]) != "" && (dictionary().valueNames[foldHeader(names[c])] || periodOf(names[c]) != "") {
			values = append(values, c)
		}
	}
	return values
}

// turnPlans are the plans of a sheet that has to be turned, nil where it has not or nothing comes of it. A mapping that
// names headers of the sheet as it is does not fit the turned one.
func (f *file) turnPlans(s *sheet.Sheet) ([]*plan, error) {
	turn, err := f.turnOf(s)
	if err != nil || turn == nil {
		return nil, err
	}
	plans, err := detect(f, s.Turned(*turn))
	isRead := func(p *plan) bool { return p.Refused == nil && !p.Left }
	if err != nil || !slices.ContainsFunc(plans, isRead) {
		return nil, err
	}
	for _, p := range plans {
		p.Turn = turn
		if turn.Transposed {
			p.decide("", "turned_columns", map[string]any{"line": turn.First})
			continue
		}
		p.decide("", "turned_attributes", map[string]any{"column": letterOf(turn.Attribute), "line": turn.First})
	}
	return plans, nil
}

// view is the sheet as the plan looks at it.
func (p *plan) view(s *sheet.Sheet) *sheet.Sheet {
	if p.Turn == nil {
		return s
	}
	return s.Turned(*p.Turn)
}
