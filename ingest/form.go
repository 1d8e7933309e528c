package ingest

import (
	"regexp"
	"slices"
	"strings"

	"github.com/perfloop/perfloop/ingest/sheet"
)

// pair is a label with its value as forms have them: 部门：研发部 in one cell, or in two that stand side by side.
type pair struct {
	label, value string
	at           spot
}

// spot is where a value of a form stands.
type spot struct {
	Line  int `json:"line"`
	Index int `json:"index"`
	Part  int `json:"part,omitempty"` // of several pairs in one cell: which, from 1; 0: the cell is the value alone
}

// valueAt is the value that stands at a spot of its row.
func valueAt(cells []string, at spot) string {
	if at.Index >= len(cells) {
		return ""
	}
	if at.Part == 0 {
		return cells[at.Index]
	}
	parts := pairsInCell(cells[at.Index])
	if at.Part > len(parts) {
		return ""
	}
	return parts[at.Part-1].value
}

// pairsAbove reads a row above a table as part of a form, which may open with a title: 目标责任书    考核期：2025年.
func pairsAbove(row sheet.Row) (title string, pairs []pair) {
	if pairs = pairsOf(row); len(pairs) > 0 {
		return "", pairs
	}
	at := slices.IndexFunc(row.Cells, func(c string) bool { return plain(c) != "" })
	title = plain(row.Cells[at])
	rest := sheet.Row{Line: row.Line, Cells: slices.Clone(row.Cells)}
	rest.Cells[at] = ""
	isPairs := func(c string) bool { return plain(c) == "" || len(pairsInCell(plain(c))) > 0 }
	if !isTitle(title) || slices.ContainsFunc(rest.Cells, func(c string) bool { return !isPairs(c) }) {
		return "", nil
	}
	return title, pairsOf(rest)
}

// pairsOf reads a row as part of a form. It answers nothing for a row that has anything else in it.
func pairsOf(row sheet.Row) []pair {
	var pairs []pair
	values, open := 0, -1 // the last pair if it waits for its value
	for i, cell := range row.Cells {
		cell = plain(cell)
		inside := pairsInCell(cell)
		switch {
		case cell == "":
			continue
		case len(inside) > 0:
			for n, p := range inside {
				p.at = spot{Line: row.Line, Index: i, Part: n + 1}
				pairs = append(pairs, p)
			}
			open = -1
			values += len(inside)
			if last := len(pairs) - 1; pairs[last].value == "" {
				open = last
				values--
			}
		case open >= 0 && !dictionary().isFormLabel(cell):
			pairs[open].value, pairs[open].at = cell, spot{Line: row.Line, Index: i}
			values, open = values+1, -1
		case dictionary().isFormLabel(cell):
			pairs = append(pairs, pair{label: cell})
			open = len(pairs) - 1
		case isUnknownPair(cell):
			open = -1
		default:
			return nil
		}
	}
	if 2*values < len(pairs) || values == 0 {
		return alternating(row)
	}
	return pairs
}

var unknownPair = regexp.MustCompile(`^\p{L}[^:：]{1,30}[:：]\s*\S`)

// isUnknownPair says whether a cell has a label with its value, though nobody knows the label.
func isUnknownPair(cell string) bool { return unknownPair.MatchString(cell) && len(cell) < 80 }

// isForm says whether a row of pairs is part of a form and none of labels of groups, which stand over other labels and say
// which: 姓名 何静 工号 0088.
func isForm(pairs []pair) bool {
	values := 0
	for _, p := range pairs {
		if p.value != "" && !dictionary().isLabel(p.value) && !saysWhich(p.value) {
			values++
		}
	}
	return values >= 2
}

// alternating reads a row whose every other cell is a label, though a value may be one too: 职位 工程师.
func alternating(row sheet.Row) []pair {
	var pairs []pair
	named, isValue := 0, false
	for i, cell := range row.Cells {
		cell = plain(cell)
		switch {
		case cell == "":
			continue
		case isValue:
			last := &pairs[len(pairs)-1]
			last.value, last.at = cell, spot{Line: row.Line, Index: i}
			if dictionary().isFormLabel(cell) && !strings.HasSuffix(foldText(last.label), ":") {
				named++
			}
		case !dictionary().isFormLabel(cell):
			return nil
		default:
			pairs = append(pairs, pair{label: cell})
		}
		isValue = !isValue
	}
	if isValue && len(pairs) > 1 { // somebody is to sign there
		pairs, isValue = pairs[:len(pairs)-1], false
	}
	if isValue || 2*named > len(pairs) {
		return nil
	}
	return pairs
}

// pairsInCell cuts a cell with colons into labels and values: 姓名：张三  部门：研发部. It answers none where what stands
// before the first colon is no known label.
func pairsInCell(cell string) []pair {
	if len(cell) > 400 || !strings.ContainsAny(cell, ":：") {
		return nil
	}
	var pairs []pair
	rest := cell
	for {
		head, tail, found := cutColon(rest)
		if !found {
			break
		}
		value, label := "", plain(head)
		if len(pairs) > 0 {
			value, label = cutLabel(head)
			if label == "" { // the colon belongs to the value
				return pairs
			}
			pairs[len(pairs)-1].value = value
		}
		if !dictionary().isFormLabel(label) {
			return pairs
		}
		rest = tail
		pairs = append(pairs, pair{label: label, value: plain(rest)})
	}
	return pairs
}

func cutColon(s string) (head, tail string, found bool) {
	at := strings.IndexAny(s, ":：")
	if at < 0 {
		return s, "", false
	}
	size := 1
	if s[at] != ':' {
		size = len("：")
	}
	return s[:at], s[at+size:], true
}

// cutLabel cuts the longest known label from the end of the text between two colons.
func cutLabel(text string) (value, label string) {
	words := strings.FieldsFunc(text, func(r rune) bool { return strings.ContainsRune(" \u3000\t\n|;；,，", r) })
	for n := min(4, len(words)); n > 0; n-- {
		label = strings.Join(words[len(words)-n:], " ")
		if dictionary().isFormLabel(label) {
			at := strings.LastIndex(text, words[len(words)-n])
			return strings.Trim(text[:at], " \u3000\t\n|;；,，"), label
		}
	}
	return "", ""
}

// signatures end the labels of lines that somebody signs.
var signatures = []string{"签字", "签名", "签章", "盖章", "签字日期", "signature", "signed"}

// isSignature says whether a text labels a line that somebody signs.
func isSignature(text string) bool {
	key := foldHeader(text)
	return len(text) <= 60 && slices.ContainsFunc(signatures, func(s string) bool { return strings.HasSuffix(key, s) })
}

// isFormLabel says whether a text names something that a form may ask for.
func (b *book) isFormLabel(text string) bool {
	if len(text) > 60 {
		return false
	}
	return (b.isLabel(text) || b.formLabels[foldHeader(text)] || isSignature(text)) && !isFigure(text)
}

// surroundings are what stands above a table and holds for all its rows.
type surroundings struct {
	pairs  []pair
	titles []string
}

// value is what the context says of a field of the kind: the one that says it last.
func (c surroundings) value(k *kind, name string) (p pair, found bool) {
	for _, p := range slices.Backward(c.pairs) {
		if f := k.strongly(p.label); f != nil && f.Name == name && p.value != "" {
			return p, true
		}
	}
	for _, p := range slices.Backward(c.pairs) {
		if p.value != "" && k.strongly(p.label) == nil && k.weakly(p.label, name) {
			return p, true
		}
	}
	return pair{}, false
}

// add takes the pairs of one more row. A person who is named anew begins a new form.
func (c *surroundings) add(pairs []pair) {
	if c.isOther(pairs) {
		c.pairs = nil
	}
	c.pairs = append(slices.Clip(c.pairs), pairs...)
}

// isOther says whether pairs are about another person than those so far.
func (c surroundings) isOther(pairs []pair) bool {
	k, next := dictionary().kind("employee"), surroundings{pairs: pairs}
	return slices.ContainsFunc([]string{"employee_id", "employee_name", "employee_email"}, func(name string) bool {
		was, known := c.value(k, name)
		is, stated := next.value(k, name)
		return known && stated && was.value != is.value
	})
}

var objectiveTitle = regexp.MustCompile(`(?i)^(?:objective|goal|目标|o)\s*\d*\s*[:：.、]\s*(.+)$`)

// objective is the objective that the title above a table of key results names, "" for none.
func (c surroundings) objective() string {
	for _, title := range slices.Backward(c.titles) {
		if m := objectiveTitle.FindStringSubmatch(title); m != nil {
			return plain(m[1])
		}
	}
	return ""
}

// person is the name or id of the person that the form is about, "" where it says none.
func (c surroundings) person() string {
	k := dictionary().kind("employee")
	for _, name := range []string{"employee_id", "employee_name", "employee_email"} {
		if p, found := c.value(k, name); found {
			return p.value
		}
	}
	return ""
}
