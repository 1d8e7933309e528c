package ingest

import (
	"slices"
	"strings"
)

const (
	tieMargin  = 1.05 // two kinds whose scores are closer cannot be told apart
	minColumns = 2    // a header names at least these
)

// guess is one kind tried on one header.
type guess struct {
	kind    *kind
	header  header
	columns []planColumn
	score   float64
	lacks   string // the first requirement that is not met

	mapping *Mapping // that holds for the header, if there is one
	why     string   // byMapping, or how it was found
}

// best is the kind and header that explain the rows best, and all kinds that do it as well.
func (d *detector) best(headers []header, above surroundings) (best guess, rivals []string) {
	var all []guess
	for _, k := range dictionary().kinds {
		if g := d.bestHeader(k, headers, above); len(g.columns) > 0 {
			all = append(all, g)
		}
	}
	fits := slices.DeleteFunc(slices.Clone(all), func(g guess) bool { return g.lacks != "" })
	if len(fits) == 0 {
		fits = all
	}
	fits = withoutRoster(withoutMeasured(fits))
	for _, g := range fits {
		if best.kind == nil || g.score > best.score {
			best = g
		}
	}
	if main, found := mainOf(fits, best); found {
		return main, nil
	}
	for _, g := range fits {
		beside := slices.Contains(companions[best.kind.Name], g.kind.Name) && len(unusedBy(best, g)) > 0
		isFaint := g.kind.Name != best.kind.Name && g.kind.Name == "calibration" && !g.namesResult()
		if g.lacks == "" && g.score > best.score-tieMargin && !beside && !isFaint {
			rivals = append(rivals, g.kind.Name)
		}
	}
	if len(rivals) < 2 && best.lacks == "" && d.hangsOnBareID(best, above) {
		best.lacks = "employee_id"
	}
	return best, rivals
}

// hangsOnBareID says whether nothing but an ID, 编号 or the like says who a row is about: it may be that of anything.
// Whoever names the kind says that it is a person's.
func (d *detector) hangsOnBareID(g guess, above surroundings) bool {
	if g.kind == nil || len(d.candidates(g.mapping)) == 1 {
		return false
	}
	at := slices.IndexFunc(g.kind.Required, func(r group) bool { return slices.Contains(r.Any, "employee_id") })
	if at < 0 {
		return false
	}
	bare := false
	for _, name := range g.kind.Required[at].Any {
		column := slices.IndexFunc(g.columns, func(c planColumn) bool { return c.Field == name })
		_, stated := above.value(g.kind, name)
		switch {
		case column >= 0 && name == "employee_id" && g.columns[column].Why == byWeak:
			bare = true
		case column >= 0 || stated:
			return false
		}
	}
	return bare
}

// candidates are the kinds to try: all, or the one that was forced.
func (d *detector) candidates(m *Mapping) []*kind {
	name := d.file.options.Kind
	if name == "" && m != nil {
		name = m.Kind
	}
	if k := dictionary().kind(name); k != nil {
		return []*kind{k}
	}
	return dictionary().kinds
}

// bestHeader tries the headers for the kind; of equals the first wins.
func (d *detector) bestHeader(k *kind, headers []header, above surroundings) guess {
	var best guess
	for _, h := range headers {
		if m, _ := d.file.mapping(h.line, h.texts()); !slices.Contains(d.candidates(m), k) {
			continue
		}
		g := d.try(k, h, above)
		better := best.kind == nil || (best.lacks != "" && g.lacks == "") || ((best.lacks == "") == (g.lacks == "") && g.score > best.score)
		if len(g.columns) > 0 && better {
			best = g
		}
	}
	return best
}

// try takes one header for that of the kind.
func (d *detector) try(k *kind, h header, above surroundings) guess {
	mapping, why := d.file.mapping(h.line, h.texts())
	if mapping != nil && mapping.HeaderRow > 0 && mapping.HeaderRow != h.line {
		return guess{}
	}
	m := newMatcher(k, h.labels, d.sampleOf(h))
	m.match(mapping, why)
	g := guess{kind: k, header: h, score: m.score, mapping: mapping, why: why}
	matched := 0
	for _, c := range m.columns {
		switch {
		case c.Header == "":
			continue
		case c.Field != "":
			matched++
		default:
			g.score -= 0.1
		}
		g.columns = append(g.columns, c)
	}
	if matched < minColumns && (mapping == nil || mapping.HeaderRow == 0) {
		return guess{}
	}
	g.score += d.nameBonus(k, above)
	g.lacks = d.lacking(g, m, above)
	return g
}

// nameBonus is what the names of sheet and file, and the titles above, say for the kind.
func (d *detector) nameBonus(k *kind, above surroundings) float64 {
	bonus := 0.0
	for _, name := range append([]string{d.sheet.Name, d.file.name}, above.titles...) {
		longest := 0
		for _, w := range k.Words {
			if word := foldWord(w); strings.Contains(foldWord(name), word) {
				longest = max(longest, len(word))
			}
		}
		if longest > 0 {
			bonus += 1.5 + min(float64(longest), 20)/20
		}
	}
	return bonus
}

// lacking names the first requirement that is met neither by columns nor by what stands above them or names file and sheet.
func (d *detector) lacking(g guess, m *matcher, above surroundings) string {
	hints, periods := d.hintsOf(above), 0
	for _, c := range g.columns {
		if c.Period != "" {
			periods++
		}
	}
	given := func(name string) bool {
		if g.mapping != nil && g.mapping.Constants[name] != "" {
			return true
		}
		if g.kind.Name == "reading" && m.wide["value"] && periods < 2 && !m.taken[name] {
			return false
		}
		_, stated := above.value(g.kind, name)
		return m.taken[name] || m.wide[name] || periods > 0 && name == "read_on" || stated && isContext(name) ||
			hints[name] != "" && (name == "unit" || name == g.kind.hintedDate())
	}
	for _, group := range g.kind.Required {
		if !slices.ContainsFunc(group.Any, given) {
			return group.Name
		}
	}
	stated := func(name string) bool {
		return m.taken[name] || m.wide[name] || g.mapping != nil && g.mapping.Constants[name] != ""
	}
	if len(g.kind.ColumnsAny) > 0 && !slices.ContainsFunc(g.kind.ColumnsAny, stated) {
		return strings.Join(g.kind.ColumnsAny, ", ")
	}
	for _, name := range g.kind.ColumnsAll {
		if !given(name) {
			return name
		}
	}
	return ""
}

// withoutRoster leaves employees out where another kind can be read as well and has a field for what would be an attribute of
// theirs: a roster takes any column.
func withoutRoster(fits []guess) []guess {
	at := slices.IndexFunc(fits, func(g guess) bool { return g.kind.Name == "employee" })
	if at < 0 || fits[at].lacks != "" {
		return fits
	}
	roster := fits[at]
	explains := func(g guess) bool {
		return g.lacks == "" && g.score > roster.score-tieMargin && slices.ContainsFunc(g.columns, func(c planColumn) bool {
			isNew := slices.ContainsFunc(roster.columns, func(r planColumn) bool { return r.Index == c.Index && r.Field == "" })
			return isNew && (c.Why == byHeader || c.isWide()) && g.kind.field(c.Field).isMeasure()
		})
	}
	if slices.ContainsFunc(fits, explains) {
		return slices.Delete(slices.Clone(fits), at, at+1)
	}
	return fits
}
