package ingest

import "strings"

// quickAsides finds rows that are no data as asides does, and most of those that are data at a glance.
type quickAsides struct {
	asides
	hasDigits bool            // in a header or a name that a header may have
	openings  map[string]bool // first cells: do they alone make a row no data?
}

func newQuickAsides(p *plan) quickAsides {
	a := quickAsides{asides: newAsides(p), openings: map[string]bool{}}
	for _, c := range p.Columns {
		a.hasDigits = a.hasDigits || hasDigit(c.Header)
	}
	if a.kind != nil {
		for name := range a.kind.strong {
			a.hasDigits = a.hasDigits || hasDigit(name)
		}
	}
	return a
}

func hasDigit(s string) bool {
	for i := range len(s) {
		if isDigit(s[i]) {
			return true
		}
	}
	return false
}

const manyCells = 9 // no note and no row of signatures has so many

// isOne is asides.isOne. A row is data if it has many cells, several of them words, one at its start with a digit, as no
// header has, and its first cell does not say otherwise.
func (a quickAsides) isOne(cells []string) bool {
	opening, stated, words, hasFigure := -1, 0, 0, false
	for i, c := range cells {
		if c == "" {
			continue
		}
		if opening < 0 {
			opening = i
		}
		stated++
		if c[0]|0x20 >= 'a' && c[0]|0x20 <= 'z' || c[0] >= 0xe4 && c[0] <= 0xe9 {
			words++
		}
		hasFigure = hasFigure || i < opening+4 && hasDigit(c)
	}
	if a.hasDigits || stated < manyCells || words < 3 || !hasFigure {
		return a.asides.isOne(cells)
	}
	is, known := a.openings[cells[opening]]
	if !known {
		others := strings.Split(strings.Repeat("data 7,", manyCells), ",")
		is = a.asides.isOne(append(append(make([]string, opening), cells[opening]), others...))
		if len(a.openings) < maxKnownCells {
			a.openings[strings.Clone(cells[opening])] = is
		}
	}
	return is && a.asides.isOne(cells)
}
