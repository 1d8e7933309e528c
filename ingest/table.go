package ingest

import (
	"maps"
	"slices"

	"github.com/perfloop/perfloop/ingest/sheet"
)

// table is one table of a sheet: its header, and what stands above it.
type table struct {
	guess
	above surroundings
	last  int // its last row in the grid
	below int // the last row before the next table, forms and titles included
}

// tables finds the tables of the rows, the upper first. Rows between them that are forms or titles belong to the next.
func (d *detector) tables() []table {
	if d.file.isHeaderless() {
		return d.headerless()
	}
	var found []table
	data := dataWords{}
	var above surroundings
	for row := 0; row < len(d.rows); row++ {
		if len(found) == 0 && row >= headRows || row > 0 && d.sheet.IsRecords {
			break
		}
		title, pairs := pairsAbove(d.rows[row])
		text := onlyCell(d.rows[row].Cells)
		switch {
		case len(pairs) > 0 && !d.isHeadOf(row) && !d.isGroupRow(row, pairs):
			above.add(pairs)
			if title != "" {
				above.titles = append(above.titles, title)
			}
			continue
		case text != "":
			if isTitle(text) && (len(found) == 0 || !d.follows(row)) {
				above.titles = append(above.titles, text)
			}
			continue
		}
		if len(found) > 0 && !d.mayStartAnew(row, data) {
			continue
		}
		g := d.headed(row, above)
		if g.kind == nil || len(found) > 0 && !d.startsAnew(g, found[len(found)-1], above) {
			data.add(d.glanceAt(row))
			continue
		}
		if n := len(found); n > 0 {
			found[n-1].below = g.header.top - 1
			found[n-1].last = d.lastAbove(g.header.top, found[n-1].header.at)
		}
		found = append(found, table{guess: g, above: above, last: len(d.rows) - 1, below: len(d.rows) - 1})
		above.titles = nil
		row = d.firstData(g.header) - 1
	}
	return found
}

// mayStartAnew says whether the row, or one just below it, may be the header of another table: two cells of it name fields
// and stand in no row of data, where words such as manager may name a field as well, or a mapping knows it. Trying each of
// thousands of rows of data as a header of each kind takes minutes.
func (d *detector) mayStartAnew(row int, data dataWords) bool {
	for next := row; next < min(len(d.rows), row+headerDepth); next++ {
		g := d.glanceAt(next)
		named := 0
		for _, label := range g.labels {
			if !data[label] {
				named++
			}
		}
		if named >= minColumns || g.isKnown {
			return true
		}
	}
	return false
}

// glance is what a row shows of a header without trying it as one.
type glance struct {
	labels  []columnWord // cells that name fields
	isKnown bool         // a mapping knows it
}

// glanceAt looks at a row once: three rows ask for it.
func (d *detector) glanceAt(row int) glance {
	if g, known := d.glances[row]; known {
		return g
	}
	var g glance
	r := d.rows[row]
	for i, cell := range r.Cells {
		if len(cell) < maxHeaderName && dictionary().isLabel(cell) {
			g.labels = append(g.labels, columnWord{i, cell})
		}
	}
	mapping, _ := d.file.mapping(r.Line, r.Cells)
	g.isKnown = mapping != nil
	if d.glances == nil {
		d.glances = map[int]glance{}
	}
	d.glances[row] = g
	return g
}

// dataWords are cells of rows that turned out to be data though they name fields.
type dataWords map[columnWord]bool

type columnWord struct {
	column int
	text   string
}

func (w dataWords) add(g glance) {
	for _, label := range g.labels {
		w[label] = true
	}
}

const maxHeaderName = 200 // bytes

// isHeadOf says whether a row that reads like a form is the header of what stands below it: cells under most of its own.
func (d *detector) isHeadOf(row int) bool {
	if !d.follows(row+1) || len(pairsOf(d.rows[row+1])) > 0 {
		return false
	}
	both := 0
	for c := range d.rows[row].Cells {
		if plain(d.cell(row, c)) != "" && plain(d.cell(row+1, c)) != "" {
			both++
		}
	}
	return d.stated(row) > 2 && 4*both >= 3*d.stated(row) && d.labelsIn(row+1) < 2
}

// isGroupRow says whether a row that reads like a form holds the labels of groups over the labels below: what would be a value
// is a label too.
func (d *detector) isGroupRow(row int, pairs []pair) bool {
	isLabel := func(p pair) bool { return dictionary().isLabel(p.value) }
	return d.follows(row+1) && slices.ContainsFunc(pairs, isLabel) && d.headerAt(row+1).top <= row
}

// headed is the best reading of the row, or of one of the two below it that are headers too, as the header of a table.
// It has no kind where there is none.
func (d *detector) headed(row int, above surroundings) guess {
	best := d.readHeader(row, above)
	for next := row + 1; next < row+headerDepth && d.follows(next); next++ {
		if d.headerAt(next).top <= row { // the row is a group label of the next
			best = guess{}
		} else if d.labelsIn(next) < minColumns {
			break
		}
		if g := d.readHeader(next, above); g.kind != nil && (best.kind == nil || best.mapping == nil && (g.mapping != nil || g.score > best.score)) {
			best = g
		}
	}
	return best
}

// readHeader is the one kind whose header the row may be.
func (d *detector) readHeader(row int, above surroundings) guess {
	h := d.headerAt(row)
	if m, _ := d.file.mapping(h.line, h.texts()); m == nil && len(d.candidates(nil)) > 1 && !mayHead(h) {
		return guess{}
	}
	best, rivals := d.best([]header{h}, above)
	if len(rivals) > 1 && d.disputed.kind == nil {
		d.disputed, d.rivals = best, rivals
	}
	if best.kind == nil || best.lacks != "" || len(rivals) > 1 || best.missingHeader() != "" {
		return guess{}
	}
	return best
}

// mayHead says whether a row has enough that is known as a header.
func mayHead(h header) bool {
	known, figures, stated := 0, 0, 0
	for _, labels := range h.labels {
		if len(labels) > 0 {
			stated++
		}
		if slices.ContainsFunc(labels, func(l string) bool { return len(pairsInCell(l)) > 0 }) {
			return false
		}
		if slices.ContainsFunc(labels, func(l string) bool { return isFigure(l) && periodOf(l) == "" || dayIn(l) != "" }) {
			figures++
		}
		if slices.ContainsFunc(labels, func(l string) bool { return dictionary().isLabel(l) || saysWhich(l) }) {
			known++
		}
	}
	return known >= minColumns && 4*figures <= stated
}

// startsAnew says whether a row that could be a header is one, below a table: it has other columns than the table, or
// something new is said about it; and it does not read like data.
func (d *detector) startsAnew(g guess, before table, above surroundings) bool {
	for _, labels := range g.header.labels {
		for _, l := range labels {
			if isFigure(l) && periodOf(l) == "" {
				return false
			}
		}
	}
	if slices.Equal(foldAll(g.header.texts()), foldAll(before.header.texts())) {
		return above.objective() != before.above.objective() || !slices.Equal(above.pairs, before.above.pairs) || !maps.Equal(d.hintsOf(above), d.hintsOf(before.above))
	}
	named := 0
	for _, c := range g.columns {
		if isWhole[c.Why] && confidence[c.Why] == Certain || c.Why == byPeriod {
			named++
		}
	}
	apart := !d.follows(g.header.top) || d.stated(g.header.top-1) < 2 || len(pairsOf(d.rows[g.header.top-1])) > 0
	return apart && 2*named >= len(g.columns) || named > 2 && 5*named >= 4*len(g.columns)
}

func foldAll(texts []string) []string {
	folded := make([]string, len(texts))
	for i, t := range texts {
		folded[i] = foldWhole(t)
	}
	return slices.DeleteFunc(folded, func(t string) bool { return t == "" })
}

// lastAbove is the last row of a table that ends where the next begins: titles and forms belong to the next.
func (d *detector) lastAbove(next, header int) int {
	last := next - 1
	for last > header && (isTitle(onlyCell(d.rows[last].Cells)) || len(pairsOf(d.rows[last])) > 0) {
		last--
	}
	return last
}

// data are the rows of the table below its header.
func (d *detector) data(t table) []sheet.Row {
	if t.header.at >= len(d.rows) {
		return nil
	}
	return d.rows[t.header.at+1 : t.last+1]
}
