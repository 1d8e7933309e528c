package ingest

import (
	"maps"
	"math"
	"slices"
	"strconv"
	"strings"
	"time"
)

// rounded takes off the noise of binary fractions beyond 12 digits.
func rounded(n float64) float64 {
	if n == math.Trunc(n) {
		return n
	}
	r, err := strconv.ParseFloat(strconv.FormatFloat(n, 'g', 12, 64), 64)
	if err != nil {
		return n
	}
	return r
}

// ourWords lists the words of a table, for the one who used another.
func (b *book) ourWords(table string) string {
	unique := map[string]bool{}
	for _, ours := range b.words[table] {
		unique[ours] = true
	}
	return strings.Join(slices.Sorted(maps.Keys(unique)), ", ")
}

// text is the text of a field, "" where the kind lacks it or nothing is stated.
func (c *converter) text(v values, name string) string {
	if at, found := c.kind.index[name]; found {
		s, _ := v[at].(string)
		return s
	}
	return ""
}

// number is the number of a field, if one is stated.
func (c *converter) number(v values, name string) (float64, bool) {
	if at, found := c.kind.index[name]; found {
		n, ok := v[at].(float64)
		return n, ok
	}
	return 0, false
}

func (c *converter) date(v values, name string) (time.Time, bool) {
	if at, found := c.kind.index[name]; found {
		d, ok := v[at].(time.Time)
		return d, ok
	}
	return time.Time{}, false
}

// fill sets a field that the kind has and nothing stated yet.
func (c *converter) fill(v values, name string, value any) {
	if at, found := c.kind.index[name]; found {
		fillAt(v, at, value)
	}
}

// complete folds columns that are parts of one field, and judges the row.
func (c *converter) complete(v values) []Problem {
	var problems []Problem
	c.joinName(v)
	c.joinLevels(v)
	c.joinUnit(v)
	c.joinStatus(v)
	c.settlePeople(v)
	if p := c.settleOwner(v); p != nil {
		problems = append(problems, *p)
	}
	if p := c.joinPeriod(v); p != nil {
		problems = append(problems, *p)
	}
	c.settleSpan(v)
	c.joinThresholds(v)
	if c.kind.Name == "goal" && c.text(v, "title") == "" {
		if metric := c.text(v, "metric"); metric != "" {
			c.fill(v, "title", metric)
		}
	}
	c.joinKeyResult(v)
	if c.kind.Name == "unit" {
		c.joinUnitID(v)
	}
	return problems
}

// cellOf is the cell of the field's column as the file has it.
func (c *converter) cellOf(cells []string, field string) string {
	if column := c.plan.column(field); column != nil && column.Index < len(cells) {
		return cells[column.Index]
	}
	return ""
}

func (c *converter) joinName(v values) {
	given, family := c.text(v, "first_name"), c.text(v, "last_name")
	if given == "" && family == "" {
		return
	}
	name := strings.TrimSpace(given + " " + family)
	if !isASCII(given+family) && isHan(given+family) {
		name = family + given
	}
	c.fill(v, "employee_name", name)
}

func isHan(s string) bool {
	return !strings.ContainsFunc(s, func(r rune) bool { return r < 0x3400 || r > 0x9fff })
}

func (c *converter) joinUnit(v values) {
	path := c.levels(v)
	if len(path) > 0 {
		c.fill(v, "unit", strings.Join(path, "/"))
	}
}

func (c *converter) joinUnitID(v values) {
	c.fill(v, "unit_id", nonEmpty(c.text(v, "unit")))
	c.fill(v, "unit", nonEmpty(c.text(v, "unit_id")))
}

// nonEmpty is nil for no text: nothing stated.
func nonEmpty(s string) any {
	if s == "" {
		return nil
	}
	return s
}

// joinStatus reads employment from a column that says yes or no.
func (c *converter) joinStatus(v values) {
	for name, whenTrue := range map[string]bool{"has_left": false, "is_active": true} {
		at, found := c.kind.index[name]
		if !found {
			continue
		}
		if says, stated := v[at].(bool); stated {
			status := "left"
			if says == whenTrue {
				status = "active"
			}
			c.fill(v, "employment_status", status)
		}
	}
}

// joinPeriod makes a cycle of year and quarter, half or month.
func (c *converter) joinPeriod(v values) *Problem {
	if c.kind.Name == "reading" {
		return nil
	}
	year, half, quarter, month := c.text(v, "year"), c.text(v, "half"), c.text(v, "quarter"), c.text(v, "month")
	if c.text(v, "cycle") != "" || year+half+quarter+month == "" {
		return nil
	}
	if year == "" {
		whole := canonicalCycle(first([]string{quarter, half, month}))
		if len(whole) < 6 {
			p := reject("missing_year", "year", "")
			return &p
		}
		c.fill(v, "cycle", whole)
		return nil
	}
	label, ok := joinCycle(year, half, quarter, month)
	if !ok {
		field := first([]string{has(quarter, "quarter"), has(half, "half"), has(month, "month"), "year"})
		p := reject("not_a_period", field, first([]string{quarter, half, month, year}))
		return &p
	}
	c.fill(v, "cycle", label)
	return nil
}

// has is name where text is stated.
func has(text, name string) string {
	if text == "" {
		return ""
	}
	return name
}

// missing lists the requirements that the row does not meet, but for those whose cell could not be read.
func (c *converter) missing(v values, known []Problem) []Problem {
	var problems []Problem
	for _, g := range c.kind.Required {
		stated := slices.ContainsFunc(g.Any, func(name string) bool {
			at, found := c.kind.index[name]
			return found && v[at] != nil
		})
		unreadable := slices.ContainsFunc(known, func(p Problem) bool {
			return p.Severity == Rejected && slices.Contains(g.Any, p.Field)
		})
		if stated || unreadable || c.givenLater(g) {
			continue
		}
		p := reject("missing_"+g.Name, g.Any[0], "")
		p.Header = c.headersOf(g.Any)
		problems = append(problems, p)
	}
	return problems
}

// givenLater says whether columns that make rows of their own state the group.
func (c *converter) givenLater(g group) bool {
	return slices.ContainsFunc(c.columns, func(r reader) bool {
		if !r.isWide() {
			return false
		}
		return slices.ContainsFunc(g.Any, func(name string) bool {
			return name == r.Field || r.Sets[name] != "" || name == "read_on" && r.Period != ""
		})
	})
}

// headersOf names the columns of which one should be filled.
func (c *converter) headersOf(fields []string) string {
	var headers []string
	for _, name := range fields {
		if column := c.plan.column(name); column != nil {
			headers = append(headers, column.Header)
		}
	}
	if len(headers) == 0 {
		return fields[0]
	}
	return strings.Join(headers, " / ")
}

// contradictions are fields of one row that cannot both be so.
func (c *converter) contradictions(v values, statusCell string) []Problem {
	var problems []Problem
	if c.kind.Name == "cycle" {
		starts, okStart := c.date(v, "starts_on")
		ends, okEnd := c.date(v, "ends_on")
		if okStart && okEnd && ends.Before(starts) {
			p := reject("ends_before_it_starts", "ends_on", ends.Format(time.DateOnly))
			p.Args = map[string]any{"starts": starts.Format(time.DateOnly), "ends": ends.Format(time.DateOnly)}
			problems = append(problems, p)
		}
		return problems
	}
	find := func(key, field, cell string) {
		problems = append(problems, Problem{Severity: Finding, Key: key, Field: field, Cell: cell})
	}
	status := c.text(v, "status")
	isOpen := slices.Contains([]string{"not_started", "on_track", "at_risk", "off_track", "overdue"}, status)
	if at, found := c.kind.index["is_done"]; found {
		done, stated := v[at].(bool)
		if stated && !done && status == "done" || stated && done && isOpen {
			find("done_contradicts_status", "is_done", statusCell)
		}
	}
	_, unfinished := c.dict.words["unfinished"][foldWord(statusCell)]
	if progress, stated := c.number(v, "progress"); stated && progress >= 1 && unfinished {
		find("full_progress_but_open", "status", statusCell)
	}
	for _, span := range [][2]string{{"starts_on", "due_on"}, {"starts_on", "ends_on"}, {"hired_on", "left_on"}} {
		from, okFrom := c.date(v, span[0])
		to, okTo := c.date(v, span[1])
		if okFrom && okTo && to.Before(from) {
			find("end_before_start", span[1], to.Format(time.DateOnly))
		}
	}
	return problems
}
