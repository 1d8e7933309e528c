package sheet

import (
	"slices"
	"strings"
)

// Turn says how a sheet is looked at so that each thing is a row.
type Turn struct {
	Transposed bool  `json:"transposed,omitempty"` // a column is a thing: its line is the number of the column
	Attribute  int   `json:"attribute,omitempty"`  // else a row is one attribute of a thing: the column that names it
	Values     []int `json:"values,omitempty"`     // and those with its values
	First      int   `json:"first,omitempty"`      // line of the header; of a transposed sheet its first line
}

// Turned is the sheet as the turn says. The rows of one thing are one row, on the line of the first of them.
func (s *Sheet) Turned(t Turn) *Sheet {
	view := *s
	view.source, view.IsTurned = turned{of: s, turn: t}, true
	return &view
}

// turned is another look at a sheet.
type turned struct {
	of   *Sheet
	turn Turn
}

// styles is none: what the original shows of a column is not of one column here.
func (turned) styles(int, int) []ColumnStyle { return nil }

func (t turned) rows(yield func(Row, error) bool) {
	if t.turn.Transposed {
		t.columns(yield)
		return
	}
	t.things(yield)
}

// columns yields a row a column. Rows that say one thing alone are titles.
func (t turned) columns(yield func(Row, error) bool) {
	var rows [][]string
	first, width := -1, 0
	for row, err := range t.of.Rows() {
		if err != nil {
			yield(row, err)
			return
		}
		if stated := countStated(row.Cells); row.Line < t.turn.First || stated < 2 {
			continue
		}
		rows, width = append(rows, slices.Clone(row.Cells)), max(width, len(row.Cells))
		if at := slices.IndexFunc(row.Cells, isStated); first < 0 || at < first {
			first = at
		}
	}
	for c := max(first, 0); c < width; c++ {
		cells := make([]string, len(rows))
		for i, row := range rows {
			if c < len(row) {
				cells[i] = row[c]
			}
		}
		if countStated(cells) > 0 && !yield(Row{Line: c + 1, Cells: cells}, nil) {
			return
		}
	}
}

func isStated(cell string) bool { return strings.TrimSpace(cell) != "" }

func countStated(cells []string) int {
	return len(slices.DeleteFunc(slices.Clone(cells), func(c string) bool { return !isStated(c) }))
}

// pivot puts the rows of one thing together.
type pivot struct {
	Turn
	attributes []string
	keys       []int // columns that say which thing
}

// things yields a header, and a row for the rows of each thing.
func (t turned) things(yield func(Row, error) bool) {
	p, header, ok := t.survey(yield)
	if !ok || !yield(header, nil) {
		return
	}
	var things []*Row
	places := map[string]*Row{}
	for row, err := range t.of.Rows() {
		if err != nil {
			yield(row, err)
			return
		}
		if row.Line <= t.turn.First {
			continue
		}
		key := p.key(row.Cells)
		if places[key] == nil {
			places[key] = p.open(row, len(header.Cells))
			things = append(things, places[key])
		}
		p.put(row.Cells, places[key].Cells)
	}
	for _, thing := range things {
		if !yield(*thing, nil) {
			return
		}
	}
}

const maxAttributes = 200 // that a thing may have

// survey reads the sheet once for its attributes and makes the header.
func (t turned) survey(yield func(Row, error) bool) (pivot, Row, bool) {
	p := pivot{Turn: t.turn}
	var names []string
	for row, err := range t.of.Rows() {
		if err != nil {
			yield(row, err)
			return p, Row{}, false
		}
		if row.Line == t.turn.First {
			names = slices.Clone(row.Cells)
		}
		name := cellOf(row.Cells, t.turn.Attribute)
		if row.Line > t.turn.First && isStated(name) && len(p.attributes) < maxAttributes && !slices.Contains(p.attributes, name) {
			p.attributes = append(p.attributes, name)
		}
	}
	header := Row{Line: t.turn.First}
	for c, name := range names {
		if c != t.turn.Attribute && !slices.Contains(t.turn.Values, c) {
			p.keys, header.Cells = append(p.keys, c), append(header.Cells, name)
		}
	}
	for _, value := range t.turn.Values {
		for _, attribute := range p.attributes {
			if len(t.turn.Values) > 1 {
				attribute = strings.TrimSpace(cellOf(names, value)) + " " + attribute
			}
			header.Cells = append(header.Cells, attribute)
		}
	}
	return p, header, true
}

func cellOf(cells []string, column int) string {
	if column < len(cells) {
		return strings.TrimSpace(cells[column])
	}
	return ""
}

// key says which thing a row is about.
func (p pivot) key(cells []string) string {
	var parts []string
	for _, c := range p.keys {
		parts = append(parts, cellOf(cells, c))
	}
	return strings.Join(parts, "\x00")
}

// open is the row of a thing without its attributes.
func (p pivot) open(row Row, width int) *Row {
	thing := &Row{Line: row.Line, Hidden: row.Hidden, Cells: make([]string, width)}
	for i, c := range p.keys {
		thing.Cells[i] = cellOf(row.Cells, c)
	}
	return thing
}

// put takes the values of one row.
func (p pivot) put(cells, into []string) {
	at := slices.Index(p.attributes, cellOf(cells, p.Attribute))
	if at < 0 {
		return
	}
	for i, value := range p.Values {
		if text := cellOf(cells, value); text != "" {
			into[len(p.keys)+i*len(p.attributes)+at] = text
		}
	}
}
