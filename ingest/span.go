package ingest

import (
	"regexp"
	"slices"
	"strings"
	"time"
)

var (
	spanParts = regexp.MustCompile(`^(.+?)\s*(?:\bto\b|\buntil\b|~|至|到|–|—|\s-\s)\s*(.+)$`)
	spanDash  = regexp.MustCompile(`^(\d{4}[./年]\d{1,2}月?|[a-z]{3,9}[ -]\d{4})-(.+)$`)
	yearGiven = regexp.MustCompile(`^(\d{4})\s*[-./年]`)
)

// daysOfSpan are the first and last day of a period that its ends name: (Oct-2006 to Sept-2007), 2026.01-2026.06, 2026年1月-6月.
func daysOfSpan(text string) (starts, ends time.Time, ok bool) {
	s := strings.Trim(foldText(text), "()[] ")
	m := spanParts.FindStringSubmatch(s)
	if m == nil {
		m = spanDash.FindStringSubmatch(s)
	}
	if m == nil {
		return starts, ends, false
	}
	year := yearGiven.FindStringSubmatch(m[1])
	if to := m[2]; year != nil && monthAlone.MatchString(to) && strings.Contains(to, "月") {
		m[2] = year[1] + "年" + to
	}
	starts, fault := parseDate(m[1], dateStyle{})
	ends, fault2 := parseDate(m[2], dateStyle{lastDay: true})
	return starts, ends, fault == "" && fault2 == "" && starts.Before(ends)
}

// labelOfSpan is the canonical label of a period with these ends; "" where it is no calendar year, half, quarter or month.
func labelOfSpan(starts, ends time.Time) string {
	year := starts.Format("2006")
	labels := []string{year, year + "H1", year + "H2", year + "Q1", year + "Q2", year + "Q3", year + "Q4", starts.Format("2006-01")}
	at := slices.IndexFunc(labels, func(label string) bool {
		from, to, _ := periodDays(label)
		return from.Equal(starts) && to.Equal(ends)
	})
	if at < 0 {
		return ""
	}
	return labels[at]
}

// settleSpan takes the days of a cycle that its label names by its ends, and the label that everybody else gives it.
func (c *converter) settleSpan(v values) {
	label := c.text(v, "cycle")
	if len(label) < 9 || len(label) > longestValue {
		return
	}
	starts, ends, ok := daysOfSpan(label)
	if !ok {
		return
	}
	if canonical := labelOfSpan(starts, ends); canonical != "" {
		c.set(v, "cycle", canonical)
		return
	}
	c.set(v, "cycle", strings.Trim(label, "()（） "))
	c.fill(v, "starts_on", starts)
	c.fill(v, "due_on", ends)
	c.fill(v, "ends_on", ends)
}

// undated are the kinds whose rows belong to no cycle of their own, or to one that the row always names.
var undated = []string{"employee", "unit", "cycle", "rating_scale", "guideline"}

// settlePeriod says where nothing tells to which cycle a sheet's rows belong: they are stored and counted nowhere.
func settlePeriod(p *plan, types []string) {
	k := dictionary().kind(p.Kind)
	if k.field("cycle") == nil || slices.Contains(undated, k.Name) {
		return
	}
	tells := func(name string) bool {
		f := k.field(name)
		return f != nil && (f.Type == "cycle" || f.Type == "date" || f.Into == "cycle")
	}
	for i, c := range p.Columns {
		if c.Period != "" || types[i] != "" && c.Why != asAttribute && tells(c.Field) {
			return
		}
		for name := range c.Sets {
			if tells(name) {
				return
			}
		}
	}
	for name := range p.Constants {
		if tells(name) {
			return
		}
	}
	p.Findings = append(p.Findings, Problem{Sheet: p.Sheet, Kind: p.Kind, Severity: Finding, Field: "cycle", Key: "no_period"})
}
