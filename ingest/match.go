package ingest

import (
	"fmt"
	"slices"
	"strings"
)

// matcher takes the labels over the columns for headers of one kind.
type matcher struct {
	kind    *kind
	labels  [][]string
	taken   map[string]bool // fields that a column gives whole
	wide    map[string]bool // fields that columns give once a period, item or the like
	columns []planColumn
	score   float64
	below   sample
}

func newMatcher(k *kind, labels [][]string, below sample) *matcher {
	return &matcher{kind: k, labels: labels, below: below, taken: map[string]bool{}, wide: map[string]bool{}, columns: make([]planColumn, len(labels))}
}

// match names each column: by the mapping, else by a header, else by a weak header, else as one of several that state the
// same of different things, else by what kind of rest it is. Of two columns for one field the first wins.
func (m *matcher) match(mapping *Mapping, why string) {
	for i, labels := range m.labels {
		m.columns[i] = planColumn{Index: i, Header: strings.Join(labels, " ")}
	}
	if mapping != nil {
		m.byMapping(mapping, why)
	}
	m.byLevels()
	m.byHeaders(func(key string) *field { return m.kind.strong[key] }, byHeader, 1)
	m.byHeaders(m.weak, byWeak, 0.5)
	m.byAspects()
	m.leaveReadings()
	m.byKeyResult()
	m.byValues()
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
			if f := m.kind.field(name); f != nil && c.Why == "" && !m.taken[name] && mapping.names(name, *c) {
				if c.Header == "" {
					c.Header = letterOf(i)
				}
				m.take(c, f, why, 1)
			}
		}
	}
}

// weak is the first field without a column that the header may mean. Beside a Goal ID an ID is not the person's: an id is
// never the second choice.
func (m *matcher) weak(key string) *field {
	for i, f := range m.kind.weak[key] {
		if f.Name == "employee_id" && key == "id" && m.isOfRecord() {
			continue
		}
		if !m.taken[f.Name] && (i == 0 || f.Type != "id") {
			return f
		}
	}
	return nil
}

// isOfRecord says whether an ID is that of the row: another column, called Employee or Owner, says which person it is about.
// Beside a Name it is the person's.
func (m *matcher) isOfRecord() bool {
	return m.kind.Name != "employee" && slices.ContainsFunc(m.columns, func(c planColumn) bool {
		return c.Field == "employee_name" && c.Why == byHeader && !callsName(c.Header)
	})
}

// givesIDs says whether a column called Employee or Owner holds the ids of people and not their names.
func (m *matcher) givesIDs(column int) bool {
	isID := func(labels []string) bool {
		f := m.kind.strongly(strings.Join(labels, " "))
		return f != nil && f.Name == "employee_id"
	}
	return m.kind.field("employee_id") != nil && !callsName(m.columns[column].Header) && m.below.numberedIDs(column) && !slices.ContainsFunc(m.labels, isID)
}

// callsName says whether a header of people says that their names stand below.
func callsName(header string) bool {
	key := foldHeader(header)
	return slices.ContainsFunc([]string{"name", "名", "作者"}, func(word string) bool { return strings.Contains(key, word) })
}

// byHeaders takes columns whose whole header names a field; of a header of several rows also those whose last label does,
// where the labels above say nothing of it.
func (m *matcher) byHeaders(named func(key string) *field, why string, part float64) {
	for i := range m.columns {
		c := &m.columns[i]
		if c.Header == "" || c.Why != "" && c.Why != asDuplicate {
			continue
		}
		f := namedBy(named, c.Header)
		if labels := m.labels[i]; f == nil && len(labels) > 1 && !m.isWide(i) {
			f = namedBy(named, labels[len(labels)-1])
		}
		if f != nil && f.Name == "unit" && m.measures(i) {
			f = m.kind.field("unit_of_measure")
		}
		if f != nil && f.Name == "reviewer_name" && why == byWeak && m.taken["self_rating"] && m.below.rated(i) {
			f = m.kind.field("manager_rating")
		}
		if f != nil && f.Name == "employee_name" && m.givesIDs(i) {
			f = m.kind.field("employee_id")
		}
		if f != nil && f.Name == "confidence" && m.below.statuses(i) {
			f = m.kind.field("status")
		}
		if f != nil && f.isWhat() && m.below.figures(i) {
			f = m.kind.field("target")
		}
		switch {
		case f == nil, why == byWeak && f.Type == "rating" && m.below.prose(i):
		case m.taken[f.Name]:
			if why == byHeader {
				c.Why = asDuplicate
			}
		default:
			m.take(c, f, why, part)
		}
	}
}

// measures says whether a column called Unit holds units of measure and not departments.
func (m *matcher) measures(column int) bool {
	f := m.kind.field("unit_of_measure")
	return f != nil && !m.taken[f.Name] && foldHeader(m.columns[column].Header) == "unit" && m.below.measures(column)
}

// isWhat says whether a field says what somebody wants. Where figures stand below 目标 or Goal, it says how much.
func (f *field) isWhat() bool { return f.Name == "title" || f.Name == "goal_title" }

// namedBy looks a header up whole, else without its hint of a unit, else in each of its two languages.
func namedBy(named func(key string) *field, header string) *field {
	if f := named(foldWhole(header)); f != nil {
		return f
	}
	if f := named(foldHeader(header)); f != nil {
		return f
	}
	return inEither(named, header)
}

func (m *matcher) take(c *planColumn, f *field, why string, part float64) {
	c.Field, c.Why = f.Name, why
	m.taken[f.Name] = true
	m.score += f.Weight * part
}

func (m *matcher) isWide(column int) bool {
	return aspectOf(m.kind, m.labels[column]).settle(func() bool { return m.below.rated(column) })
}

// byAspects takes columns that state the same of several periods, roles, items, parts or numbered things.
func (m *matcher) byAspects() {
	days, parts := false, 0
	for i := range m.columns {
		if a := m.aspect(i); a != nil {
			if a.period != "" && a.period != wholeYear {
				parts++
			}
			days = days || len(a.period) == 10 && !isMonthEdge(a.period)
		}
	}
	for i := range m.columns {
		a := m.aspect(i)
		if a == nil || a.period == wholeYear && parts == 0 {
			continue
		}
		if len(a.period) == 10 && !days {
			a.period = a.period[:7]
		}
		m.takeAspect(&m.columns[i], a)
	}
}

// aspect is what the column's labels say, nil where it is none of several.
func (m *matcher) aspect(column int) *aspect {
	c := m.columns[column]
	if c.Why != "" || c.Header == "" || dictionary().sensitive(c.Header) {
		return nil
	}
	a := aspectOf(m.kind, m.labels[column])
	if !a.settle(func() bool { return m.below.rated(column) }) || m.kind.Name == "reading" && m.taken["metric"] && a.sets["metric"] != "" {
		return nil
	}
	if a.isWhat && !m.below.figures(column) || a.sets["title"] != "" && (m.taken["title"] || m.taken["metric"]) {
		return nil
	}
	return a
}

// leaveReadings leaves what was reached month by month to the readings where a goal has one target for all of it: a goal a
// month would have none.
func (m *matcher) leaveReadings() {
	if m.kind.Name != "goal" || !m.taken["target"] || !m.taken["metric"] {
		return
	}
	isDated := func(c planColumn) bool { return c.Why == byPeriod }
	if slices.ContainsFunc(m.columns, func(c planColumn) bool {
		return isDated(c) && (c.Field != "actual" || len(c.Sets) > 0 || isYear(c.Period) || c.Period == wholeYear)
	}) {
		return
	}
	for i := range m.columns {
		if c := &m.columns[i]; isDated(*c) {
			*c = planColumn{Index: c.Index, Header: c.Header}
		}
	}
}

// slot is what a column of several states: of two columns with the same, the first counts.
func (a *aspect) slot() string {
	return fmt.Sprint(a.field.Name, "|", a.period, "|", a.number, "|", a.sets)
}

func (m *matcher) takeAspect(c *planColumn, a *aspect) {
	if m.wide[a.slot()] {
		c.Why = asDuplicate
		return
	}
	m.wide[a.slot()] = true
	c.Field, c.Period, c.Number = a.field.Name, a.period, a.number
	c.IsKeyResult = a.number > 0 && isKeyResult(c.Header)
	if len(a.sets) > 0 {
		c.Sets = a.sets
	}
	switch {
	case a.number > 0:
		c.Why = byNumber
	case a.period != "":
		c.Why = byPeriod
	default:
		c.Why = byItem
	}
	if m.wide[a.field.Name] {
		m.score += 0.1
	} else {
		m.score += a.field.Weight
	}
	m.wide[a.field.Name] = true
	if role := a.sets["reviewer_role"]; role != "" && !m.wide["reviewer_role="+role] {
		m.wide["reviewer_role="+role] = true // ratings by several roles are of appraisals alone
		m.score++
	}
	for name := range a.sets {
		m.wide[name] = true
	}
}

// byKeyResult takes a column of key results beside one of objectives: each row states a key result of its objective, or is a
// check-in of it.
func (m *matcher) byKeyResult() {
	if m.kind.Name == "check_in" {
		m.checkKeyResult()
	}
	if m.kind.Name != "goal" || !m.taken["title"] {
		return
	}
	for i := range m.columns {
		if c := &m.columns[i]; c.Why == asDuplicate && isKeyResult(c.Header) && m.kind.strongly(c.Header).Name == "title" {
			c.Field, c.Why, c.IsKeyResult = "title", byNumber, true
			m.score += m.kind.field("title").Weight
			return
		}
	}
}

// checkKeyResult gives check-ins the key result that they are of, where its objective stands further left.
func (m *matcher) checkKeyResult() {
	isTitle := func(c planColumn) bool { return c.Field == "goal_title" && c.Why == byHeader && !isKeyResult(c.Header) }
	isKR := func(c planColumn) bool { return c.Why == asDuplicate && isKeyResult(c.Header) }
	objective, result := slices.IndexFunc(m.columns, isTitle), slices.IndexFunc(m.columns, isKR)
	if objective < 0 || result < 0 {
		return
	}
	m.columns[result].Field, m.columns[result].Why = "goal_title", byHeader
	m.columns[objective].Field, m.columns[objective].Why = "", asIgnored
}

// byValues takes a column without a header for what tells people apart, if its cells look like it and no other does.
func (m *matcher) byValues() {
	for i := range m.columns {
		c := &m.columns[i]
		if c.Header != "" || c.Why != "" {
			continue
		}
		for _, try := range []struct {
			field string
			is    func(column int) bool
		}{{"employee_id", m.below.ids}, {"employee_name", m.below.people}} {
			f := m.kind.field(try.field)
			if f == nil || m.taken[f.Name] || f.Name == "employee_name" && (m.taken["employee_id"] || m.taken["employee_email"]) || !try.is(i) {
				continue
			}
			c.Header = letterOf(i)
			m.take(c, f, byValues, 0.5)
		}
	}
}

// isMonthEdge says whether a day is the first or the last of its month, as spreadsheet programs write a month.
func isMonthEdge(day string) bool {
	last, ok := lastDayOf(day[:7])
	return strings.HasSuffix(day, "-01") || ok && fmt.Sprintf("%02d", last.Day()) == day[8:]
}

// rest says what becomes of a column that no header of the kind names.
func (m *matcher) rest(c *planColumn) {
	item, isItem := cutItem(c.Header)
	switch {
	case c.Header == "":
	case dictionary().sensitive(c.Header):
		c.Why = asSensitive
	case m.kind.Name == "appraisal" && (isItem || m.kind.items[foldHeader(c.Header)] || m.isUnknownItem(c)):
		c.Field, c.Why, c.Header, c.Sets = "label", byItem, item, map[string]string{"item": item, "part": "competencies"}
		m.wide["label"] = true
	case m.kind.Name == "employee":
		c.Why = asAttribute
	default:
		c.Why = asIgnored
	}
}

// isUnknownItem says whether a column that nobody names is an item: nothing else is known by that name, somebody is said to
// have rated somebody, and what stands below are ratings.
func (m *matcher) isUnknownItem(c *planColumn) bool {
	isRated := m.taken["reviewer_name"] || m.taken["reviewer_id"] || m.taken["reviewer_role"]
	return isRated && !dictionary().isLabel(c.Header) && !slices.ContainsFunc(m.kind.NoItems.all(), func(word string) bool {
		return strings.Contains(foldWhole(c.Header), foldWhole(word))
	}) && m.below.rated(c.Index)
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
