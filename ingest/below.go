package ingest

import (
	"regexp"
	"slices"
	"strings"
)

var systemKey = regexp.MustCompile(`^[A-Za-z][A-Za-z0-9]*(?:[_.\-][A-Za-z0-9]+)*$`)

const hintDepth = 3 // rows below a header that may still explain it

// firstData is the first row below the header that is not about the columns: names of another system, a second language,
// what must be filled in.
func (d *detector) firstData(h header) int {
	row := h.at + 1
	for row < len(d.rows) && row <= h.at+hintDepth && d.follows(row) && d.isAboutColumns(row) {
		row++
	}
	return row
}

func (d *detector) isAboutColumns(row int) bool {
	stated, keys, marked, hints := 0, 0, 0, 0
	seen := map[string]bool{}
	for _, cell := range d.rows[row].Cells {
		cell = plain(cell)
		if cell == "" {
			continue
		}
		stated++
		if isFigure(cell) {
			return false
		}
		if systemKey.MatchString(cell) && !seen[cell] {
			keys++
			if strings.ContainsAny(cell, "_.") || hasHump(cell) {
				marked++
			}
		}
		seen[cell] = true
		if dictionary().fillHints[foldWhole(cell)] || isUnitOfMeasure(strings.Trim(foldText(cell), "()[]")) {
			hints++
		}
	}
	return stated >= minColumns && (keys == stated && 2*marked >= stated || 3*hints >= 2*stated || d.isLabelled(row, stated))
}

// isLabelled says whether most cells of a row are headers, each of another field.
func (d *detector) isLabelled(row, stated int) bool {
	var labels []string
	for _, cell := range d.rows[row].Cells {
		if key := foldWhole(cell); key != "" && dictionary().isLabel(cell) && !slices.Contains(labels, key) {
			labels = append(labels, key)
		}
	}
	return len(labels) >= minColumns && 4*len(labels) >= 3*stated
}

// hasHump says whether a capital follows a small letter: empName.
func hasHump(s string) bool {
	for i := 1; i < len(s); i++ {
		if 'a' <= s[i-1] && s[i-1] <= 'z' && 'A' <= s[i] && s[i] <= 'Z' {
			return true
		}
	}
	return false
}
