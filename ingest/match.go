package ingest

import "strings"

// matcher takes the cells of one row for headers of one kind.
type matcher struct {
	kind    *kind
	cells   []string
	taken   map[string]bool // fields that have a column
	columns []planColumn
	score   float64
}

// match names each column: by the mapping, else by a header, else by a weak header, else by what kind of rest it is.
// Of two columns for one field the first wins.
func (m *matcher) match(mapping *Mapping, why string) {
	for i, cell := range m.cells {
		m.columns[i] = planColumn{Index: i, Header: plain(cell)}
	}
	if mapping != nil {
		m.byMapping(mapping, why)
	}
	m.byHeaders(func(key string) *field { return m.kind.strong[key] }, byHeader, 1)
	m.byHeaders(m.weak, byWeak, 0.5)
	for i := range m.columns {
		if c := &m.columns[i]; c.Why == "" || c.Why == asDuplicate && m.kind.Name == "employee" {
			m.rest(c)
		}
	}
}

func (m *matcher) byMapping(mapping *Mapping, why string) {
	for i := range m.columns {
		c := &m.columns[i]
		for _, header := range mapping.Ignore {
			if c.Header != "" && foldWhole(header) == foldWhole(c.Header) {
				c.Why = asIgnored
			}
		}
		for _, name := range mapping.fields() {
			f := m.kind.field(name)
			if f != nil && c.Why == "" && !m.taken[name] && mapping.Columns[name] != "" && foldWhole(mapping.Columns[name]) == foldWhole(c.Header) {
				m.take(c, f, why, 1)
			}
		}
	}
}

// weak is the first field without a column that the header may mean. Beside a Goal ID an ID is not the person's: an id is
// never the second choice.
func (m *matcher) weak(key string) *field {
	for i, f := range m.kind.weak[key] {
		if !m.taken[f.Name] && (i == 0 || f.Type != "id") {
			return f
		}
	}
	return nil
}

func (m *matcher) byHeaders(named func(key string) *field, why string, part float64) {
	for i := range m.columns {
		c := &m.columns[i]
		if c.Header == "" || c.Why != "" && c.Why != asDuplicate {
			continue
		}
		f := named(foldWhole(c.Header))
		if f == nil {
			f = named(foldHeader(c.Header))
		}
		switch {
		case f == nil:
		case m.taken[f.Name]:
			if why == byHeader {
				c.Why = asDuplicate
			}
		default:
			m.take(c, f, why, part)
		}
	}
}

func (m *matcher) take(c *planColumn, f *field, why string, part float64) {
	c.Field, c.Why = f.Name, why
	m.taken[f.Name] = true
	m.score += f.Weight * part
}

// rest says what becomes of a column that no header of the kind names.
func (m *matcher) rest(c *planColumn) {
	key := foldHeader(c.Header)
	item, isItem := cutItem(c.Header)
	switch {
	case c.Header == "":
	case dictionary().sensitive(c.Header):
		c.Why = asSensitive
	case m.kind.Name == "reading" && periodOf(c.Header) != "":
		c.Field, c.Why, c.Period = "value", byMonth, periodOf(c.Header)
		m.score++
	case m.kind.Name == "appraisal" && (isItem || m.kind.items[key]):
		c.Field, c.Why, c.Header = "item", byItem, item
	case m.kind.Name == "employee":
		c.Why = asAttribute
	default:
		c.Why = asIgnored
	}
}

// cutItem cuts the mark competency: from a header of an item.
func cutItem(header string) (item string, marked bool) {
	name, rest, found := strings.Cut(strings.ReplaceAll(header, "：", ":"), ":")
	switch foldWord(name) {
	case "competency", "competencies", "能力", "胜任力":
		if found && plain(rest) != "" {
			return plain(rest), true
		}
	}
	return header, false
}

// periodOf is the month or quarter that a header names: 2025-01, 2025Q1, or 01 without a year; else "".
func periodOf(header string) string {
	label := canonicalCycle(header)
	if _, ok := lastDayOf(label); ok {
		return label
	}
	if day, fault := parseDate(header, dateStyle{order: monthFirst}); fault == "" && day.Year() > 1980 && day.Year() < 2100 {
		return day.Format("2006-01")
	}
	s := foldText(header)
	if m := monthAlone.FindStringSubmatch(s); m != nil && isMonth(m[1]) && strings.Contains(s, "月") {
		return twoDigits(strings.TrimLeft(m[1], "0"))
	}
	if n := monthNumber(strings.TrimRight(s, ".")); n != "" {
		return twoDigits(n)
	}
	return ""
}
