package demo

import (
	"iter"
	"math"
	"math/rand/v2"
	"time"
)

type checkIn struct {
	on              time.Time
	value, progress float64
	status, note    text
	confidence      float64
}

// elapsed is the part of a goal's time that is over at t.
func (g *goal) elapsed(t time.Time) float64 {
	return clamp(t.Sub(g.starts).Hours()/g.due.Sub(g.starts).Hours(), 0, 1)
}

// reached is the attainment at t of a goal that moves evenly; a level is there all the time.
func (g *goal) reached(t time.Time) float64 {
	if g.accumulates() {
		return g.attained * g.elapsed(t)
	}
	return g.attained
}

// checkIns are a goal's progress reports up to today, about one every thirty days, the last one at the end.
func (c *company) checkIns(e *entry, g *goal) []checkIn {
	if !g.evidence {
		return nil
	}
	r := stream(c.Seed, "check-in", g.id)
	skip := 0.04
	if !e.reports {
		skip = 0.5
	}
	last := g.due.AddDate(0, 0, -r.IntN(5))
	var found []checkIn
	for k := range 7 {
		t := g.starts.AddDate(0, 0, 30*k+8+r.IntN(20))
		if chance(r, skip) || !t.Before(last) {
			continue
		}
		found = append(found, c.report(e, g, t, r)...)
	}
	return append(found, c.report(e, g, last, r)...)
}

// report is the check-in of day t; none where that day is still to come or the person gone.
func (c *company) report(e *entry, g *goal, t time.Time, r *rand.Rand) []checkIn {
	a := g.reached(t)
	if t.Before(g.due.AddDate(0, 0, -5)) {
		a = max(0, a+0.03*r.NormFloat64())
	} else {
		a = g.attained
	}
	if !c.known(t) || !e.p.activeOn(t) || g.cancelled && g.elapsed(t) > 0.4 {
		return nil
	}
	x := checkIn{on: t, value: math.NaN(), progress: round(clamp(a, 0, 1), 2), confidence: round(clamp(0.5+0.5*(a-g.elapsed(t))+0.35, 0.1, 1), 1)}
	switch final := a == g.attained && g.accumulates(); {
	case final:
		x.value = g.actual
	case g.metric.name.en != "":
		x.value = round(g.value(a), g.metric.decimals+1)
	}
	pace := a - g.elapsed(t)
	if !g.accumulates() {
		pace, x.progress = a-1, math.NaN() // a level is no part of a way
	}
	if chance(r, 0.08) {
		pace += 0.2 // the owner sees it brighter than it is
	}
	if x.status = statusWord(pace); x.progress >= 1 {
		x.status = text{"Completed", "已完成"}
	}
	if pace < -0.1 {
		x.note = pick(r, []text{{"Waiting for a decision", "等待决策"}, {"Short of people this month", "本月人手不足"}, {"Supplier is late", "供应商延期"}, {"Demand is weak", "需求偏弱"}})
	}
	return []checkIn{x}
}

// checkInFile holds a cycle's monthly reports. The second cycle's is GB18030, the fourth writes percent signs.
func (c *company) checkInFile(i int) file {
	cy, lang := c.cycles[i], c.turns(i)
	f := file{name: fileName(lang, text{"check_ins_", "目标跟进_"}, cy.label+".csv"), lang: lang}
	s := sheet{kind: "check_in", fields: append([]string{"goal_id"}, append(whoFields(), "checked_on", "value", "progress", "status", "confidence", "note")...)}
	s.rows = c.checkInRows(cy)
	switch i % 4 {
	case 1:
		s.dates = text{"2006/1/2", "2006年1月2日"}.in(lang)
		if lang == "zh" {
			f.encoding = "gb18030"
		}
	case 2:
		s.dates = "02-Jan-2006"
	case 3:
		s.percents, f.quirks = asText, append(f.quirks, "percent_as_text")
	}
	if i == c.lastClosed() {
		s.rows = spoil(s.rows, 57, map[int]any{4: bad{"31-Sep-2025", "not_a_date"}})
		s.rows = spoil(s.rows, 203, map[int]any{4: cy.starts, 5: bad{text{"nearly there", "差不多了"}.in(lang), "not_a_number"}})
	}
	f.sheets = []sheet{s}
	return f
}

func (c *company) checkInRows(cy *cycle) iter.Seq[[]any] {
	return func(yield func([]any) bool) {
		for _, e := range cy.entries {
			for _, g := range e.goals {
				for _, x := range c.checkIns(e, g) {
					row := []any{g.id, e.p.id, e.p.name, e.post.unit.name, x.on, x.value, share(x.progress), x.status, share(x.confidence), x.note.in(e.p.lang)}
					if !yield(row) {
						return
					}
				}
			}
		}
	}
}
