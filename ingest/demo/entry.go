package demo

import (
	"math"
	"math/rand/v2"
	"time"
)

// entry is one person's way through one cycle.
type entry struct {
	p       *person
	cy      *cycle
	index   int // of the cycle
	post    post
	gamed   bool // works where targets are set to be met
	start   time.Time
	goals   []*goal
	planned bool // has plan items for all goals
	reports bool // checks in as asked

	tendency   float64 // what attainment would be without luck in single goals
	attainment float64 // of the closed cycle; NaN: no evidence
	self       float64 // judgements in labels: 1.0 is the lower edge of the lowest, 5.99 the top
	manager    float64
	unrated    bool
	appraised  time.Time
	calibrated time.Time // zero: the manager's label stood
	label      int       // final, 1 to 5
	talk       talk
	plan       *improvement
	awards     []award
	promoted   bool
}

// talk is the feedback conversation; held zero: there was none.
type talk struct{ held, acknowledged time.Time }

type improvement struct {
	kind, outcome        string
	starts, ends, closed time.Time
}

type award struct {
	kind    string
	amount  float64
	share   float64
	on      time.Time
	toGrade int
}

// live takes everybody through cycle i.
func (c *company) live(i int) {
	cy := c.cycles[i]
	c.setUnitGoals(cy)
	for _, p := range c.people {
		if e := c.enter(p, i); e != nil {
			cy.entries = append(cy.entries, e)
		}
	}
	if c.closed(cy) {
		c.appraise(cy)
		for _, e := range cy.entries {
			c.follow(e)
		}
	}
}

// enter lets a person take part in a cycle who is there for most of it.
func (c *company) enter(p *person, i int) *entry {
	cy := c.cycles[i]
	if p.hired.After(cy.starts.AddDate(0, 0, 60)) || p.hired.After(c.AsOf) || !p.left.IsZero() && p.left.Before(cy.starts.AddDate(0, 0, 100)) {
		p.boost = 0
		return nil
	}
	r := stream(c.Seed, "entry", p.id, cy.label)
	e := &entry{p: p, cy: cy, index: i, post: p.at(cy.ends), attainment: math.NaN()}
	e.gamed = e.post.unit == c.planted.gamed
	e.tendency = 0.90 + p.ability + 0.095*r.NormFloat64() + p.boost
	p.boost = 0
	e.planned, e.reports = chance(r, 0.90), chance(r, 0.87)
	e.start = later(cy.starts, p.hired).AddDate(0, 0, r.IntN(15))
	c.setGoals(e, r)
	return e
}

// setGoals gives most people goals in time with weights that add up to 1; a few late, a few with weights
// that do not add up, a few none.
func (c *company) setGoals(e *entry, r *rand.Rand) {
	luck := r.Float64()
	if luck < 0.03 {
		return
	}
	if luck < 0.09 {
		e.start = e.start.AddDate(0, 0, 22+r.IntN(15))
	}
	count := 3 + r.IntN(4)
	var kinds []string
	for _, k := range []struct {
		kind string
		p    float64
	}{{"milestone", 0.5}, {"maintain", 0.25}, {"binary", 0.25}} {
		if len(kinds) < count-2 && chance(r, k.p) {
			kinds = append(kinds, k.kind)
		}
	}
	rest := 100
	for n, kind := range kinds {
		w := 10 + 5*r.IntN(2)
		rest -= w
		e.goals = append(e.goals, c.newGoal(e, n+1, float64(w)/100))
		c.setSpecial(e, kind, r)
	}
	c.setMeasured(e, r, shares(r, rest, count-len(kinds)))
	if luck > 0.97 {
		e.goals[len(e.goals)-1].weight -= 0.05
	}
	e.attainment = weighted(e.goals)
}

// shares cuts whole into n parts of whole fives, as people do; each part is 5 at least.
func shares(r *rand.Rand, whole, n int) []float64 {
	parts := make([]float64, n)
	for i := range parts {
		parts[i] = 0.05
	}
	for range whole/5 - n {
		i := r.IntN(n)
		if j := r.IntN(n); parts[j] < parts[i] {
			i = j
		}
		parts[i] += 0.05
	}
	for i := range parts {
		parts[i] = round(parts[i], 2)
	}
	return parts
}

// weighted is the attainment of a person over goals with evidence.
func weighted(goals []*goal) float64 {
	var sum, weight float64
	for _, g := range goals {
		if g.evidence && !g.cancelled {
			sum += g.weight * clamp(g.attained, 0, 1.5)
			weight += g.weight
		}
	}
	return sum / weight
}

func later(a, b time.Time) time.Time {
	if b.After(a) {
		return b
	}
	return a
}

func round(x float64, decimals int) float64 {
	p := math.Pow(10, float64(decimals))
	return math.Round(x*p) / p
}
