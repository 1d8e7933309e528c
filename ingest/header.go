package ingest

import (
	"slices"
	"strings"
)

const headerDepth = 3 // rows that a header may span

// header is what heads the columns of a table: for each the labels that stand over it, the uppermost first.
type header struct {
	top, at int // its first and its last row in the grid
	line    int // of the last row, as a person sees it
	labels  [][]string
}

// texts are the labels as one text a column.
func (h header) texts() []string {
	texts := make([]string, len(h.labels))
	for i, labels := range h.labels {
		texts[i] = strings.Join(labels, " ")
	}
	return texts
}

// headerAt is the header whose last row is the row, with the rows of group labels above it.
func (d *detector) headerAt(row int) header {
	h := header{top: row, at: row, line: d.rows[row].Line}
	for _, cell := range d.rows[row].Cells {
		var labels []string
		if label := plain(cell); label != "" {
			labels = []string{label}
		}
		h.labels = append(h.labels, labels)
	}
	for h.top > 0 && row-h.top < headerDepth-1 && d.follows(h.top) {
		groups := d.groupsOver(h)
		if groups == nil {
			break
		}
		h.top--
		for i, label := range groups {
			if i == len(h.labels) {
				h.labels = append(h.labels, nil)
			}
			if label != "" && !slices.Contains(h.labels[i], label) {
				h.labels[i] = slices.Insert(h.labels[i], 0, label)
			}
		}
	}
	return h
}

// groupsOver takes the row above a header for labels of groups of its columns, each repeated over its group. It is nil
// where the row is none: a title, a form, another header.
func (d *detector) groupsOver(h header) []string {
	row := h.top - 1
	if slices.ContainsFunc(d.rows[row].Cells, func(cell string) bool { return len(pairsInCell(plain(cell))) > 0 }) {
		return nil
	}
	if isForm(pairsOf(d.rows[row])) {
		return nil
	}
	groups := make([]string, max(len(d.rows[row].Cells), len(h.labels)))
	stated, spans, upright := 0, map[string][]string{}, false
	open := ""
	for c := range groups {
		label, below := plain(d.cell(row, c)), ""
		if c < len(h.labels) && len(h.labels[c]) > 0 {
			below = h.labels[c][0]
		}
		switch {
		case label != "" && (below == "" || below == label):
			stated, open = stated+1, ""
			upright = upright || below == "" && dictionary().isLabel(label)
		case label != "":
			stated, open = stated+1, label
		case below == "" || !d.merged(row, c):
			open = ""
		default:
			label = open
		}
		groups[c] = label
		if open != "" && below != "" {
			spans[open] = append(spans[open], below)
		}
	}
	if stated == 0 || stated == 1 && groups[d.firstStated(h)] != "" || !isGrouping(spans, upright) {
		return nil
	}
	return groups
}

// merged says whether the blank cell may belong to the label left of it: always, unless the sheet knows its merged cells.
func (d *detector) merged(row, column int) bool {
	merges := d.sheet.Merges()
	if len(merges) == 0 {
		return true
	}
	line := d.rows[row].Line
	for _, m := range merges {
		if m.FirstLine <= line && line <= m.LastLine && m.FirstColumn < column && column <= m.LastColumn {
			return true
		}
	}
	return false
}

// firstStated is the first column that the header names.
func (d *detector) firstStated(h header) int {
	return max(0, slices.IndexFunc(h.labels, func(labels []string) bool { return len(labels) > 0 }))
}

// isGrouping says whether labels over several columns make groups of them that matter: the labels below are labels and
// not data, and the upper ones say something about them, or stand over columns that have no other name.
func isGrouping(spans map[string][]string, upright bool) bool {
	below, known, wide := map[string]int{}, 0, false
	for label, labels := range spans {
		wide = wide || len(labels) > 1
		if len(labels) > 1 && saysWhich(label) {
			upright = true
		}
		for _, b := range labels {
			below[b]++
			if dictionary().isLabel(b) || saysWhich(b) {
				known++
			} else if isFigure(b) {
				return false
			}
		}
	}
	repeated := 0
	for _, n := range below {
		if n > 1 {
			repeated += n
		}
	}
	return wide && known >= 2 && (upright || repeated > 2)
}

// isFigure says whether a text is a number.
func isFigure(text string) bool {
	_, ok := dictionary().parseNumber(text, true)
	return ok
}
