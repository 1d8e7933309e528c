package demo

import "math"

// mean gathers an average; of nothing it is 0, so that it can stand in JSON.
type mean struct{ n, sum float64 }

func (m *mean) add(x float64) { m.n, m.sum = m.n+1, m.sum+x }

func (m mean) value() float64 {
	if m.n == 0 {
		return 0
	}
	return round(m.sum/m.n, 4)
}

// rated yields the rated entries of closed cycles that have an attainment.
func (c *company) rated(visit func(*entry)) {
	for _, cy := range c.cycles {
		for _, e := range cy.entries {
			if c.closed(cy) && !e.unrated && !math.IsNaN(e.attainment) {
				visit(e)
			}
		}
	}
}

// residuals are the manager's label less the one attainment would give by a line through all of a cycle.
func (c *company) residuals() map[*entry]float64 {
	type sums struct{ n, x, y, xx, xy float64 }
	lines := map[*cycle]*sums{}
	c.rated(func(e *entry) {
		s := lines[e.cy]
		if s == nil {
			s = &sums{}
			lines[e.cy] = s
		}
		x, y := e.attainment, float64(labelOf(e.manager))
		s.n, s.x, s.y, s.xx, s.xy = s.n+1, s.x+x, s.y+y, s.xx+x*x, s.xy+x*y
	})
	found := map[*entry]float64{}
	c.rated(func(e *entry) {
		s := lines[e.cy]
		slope := (s.n*s.xy - s.x*s.y) / (s.n*s.xx - s.x*s.x)
		found[e] = float64(labelOf(e.manager)) - s.y/s.n - slope*(e.attainment-s.x/s.n)
	})
	return found
}

func (c *company) raterTruth(p *person, i Interval) Rater {
	t := Rater{EmployeeID: p.id, Name: p.name, Unit: p.posts[0].unit.name, Shift: p.bias, Rated: map[string]int{}, Interval: i}
	residuals, m := c.residuals(), mean{}
	c.rated(func(e *entry) {
		if e.post.manager == p {
			t.Rated[e.cy.label]++
			m.add(residuals[e])
		}
	})
	t.Simulated = m.value()
	return t
}

func (c *company) leakTruth() FeedbackLeak {
	u := c.planted.leaky
	t := FeedbackLeak{UnitID: u.code, Unit: u.name, Interval: Interval{0.6, 0.9}, OthersInterval: Interval{0, 0.15}}
	var here, there mean
	for i := max(0, c.lastClosed()-1); i <= c.lastClosed(); i++ {
		t.Cycles = append(t.Cycles, c.cycles[i].label)
		for _, e := range c.cycles[i].entries {
			if e.unrated {
				continue
			}
			missing := 0.0
			if e.talk.acknowledged.IsZero() {
				missing = 1
			}
			if e.post.unit == u {
				here.add(missing)
			} else {
				there.add(missing)
			}
		}
	}
	t.Rated, t.MissingShare, t.OthersMissing = int(here.n), here.value(), there.value()
	return t
}

func (c *company) fallTruths() (market, own Fall) {
	x := c.planted
	lang := c.tongue(salesFamily)
	name, family := c.families[salesFamily].metrics[0].name.in(lang), c.families[salesFamily].name.in(lang)
	market = Fall{
		Metric: name, JobFamily: family, From: iso(x.marketFrom), To: iso(x.marketTo), Fall: marketFall,
		PeerShift: Interval{-9, -2}, Cause: "environment",
	}
	for p := range c.readers(salesFamily) {
		if p.activeOn(x.marketFrom) && p.activeOn(x.marketTo) {
			market.EmployeeIDs = append(market.EmployeeIDs, p.id)
		}
	}
	own = Fall{
		Metric: name, JobFamily: family, EmployeeIDs: []string{x.dropped.id}, From: iso(x.dropFrom.AddDate(0, 0, 1)), To: iso(x.dropTo),
		Fall: personFall, Z: Interval{-30, -3.5}, PeerShift: Interval{-2, 2}, Cause: "individual",
	}
	return market, own
}

func (c *company) gapTruth() RatingGap {
	f := c.families[c.planted.gapFamily]
	t := RatingGap{JobFamily: f.name.in(c.tongue(c.planted.gapFamily)), Lower: "F", Gap: ratingGap, Interval: Interval{0.3, 0.7}, Others: Interval{-0.12, 0.12}}
	residuals := c.residuals()
	var men, women [2]mean // in the family, elsewhere
	c.rated(func(e *entry) {
		at := 1
		if e.p.family == c.planted.gapFamily {
			at = 0
		}
		if e.p.gender == "F" {
			women[at].add(residuals[e])
		} else {
			men[at].add(residuals[e])
		}
	})
	t.Rated = int(men[0].n + women[0].n)
	t.Simulated = round(men[0].value()-women[0].value(), 4)
	t.Elsewhere = round(men[1].value()-women[1].value(), 4)
	return t
}

func (c *company) gamedTruth() GamedTargets {
	u := c.planted.gamed
	t := GamedTargets{UnitID: u.code, Unit: u.name, Bunched: Interval{0.85, 1}, Soft: Interval{0.85, 1}}
	var bunched, soft [2]mean
	last := map[string]float64{}
	for _, cy := range c.cycles {
		for _, e := range cy.entries {
			for _, g := range e.goals {
				at := 1
				if e.gamed {
					at = 0
				}
				if c.closed(cy) && g.metric.name.en != "" {
					bunched[at].add(oneIf(g.attained >= 1 && g.attained <= 1.0201))
				}
				key := e.p.id + g.metric.name.en
				if before, ok := last[key]; ok && (g.direction == "increase" || g.direction == "decrease") {
					soft[at].add(oneIf(g.direction == "increase" && g.target <= before || g.direction == "decrease" && g.target >= before))
				}
				last[key] = g.actual
			}
		}
	}
	t.BunchedShare, t.OthersBunched = bunched[0].value(), bunched[1].value()
	t.SoftShare, t.OthersSoft = soft[0].value(), soft[1].value()
	return t
}

func oneIf(is bool) float64 {
	if is {
		return 1
	}
	return 0
}
