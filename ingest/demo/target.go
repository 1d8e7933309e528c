package demo

import (
	"fmt"
	"math"
	"math/rand/v2"
	"time"
)

// goal is what somebody set out to do and, where the cycle is closed, how it ended.
type goal struct {
	id, parent        string
	owner             *person // nil: the unit's
	unit              *unit
	title             text
	metric            metric // zero: none
	direction         string
	baseline, target  float64 // NaN: none
	actual            float64 // at the end, also of a running cycle, where nobody knows it yet
	weight            float64
	attained          float64
	starts, due       time.Time
	items, itemsDone  int
	evidence          bool
	cancelled         bool
	vague, aspiration bool
	strategic         bool
}

func (c *company) newGoal(e *entry, n int, weight float64) *goal {
	g := &goal{
		id: fmt.Sprintf("G-%s-%s-%d", e.cy.label, e.p.id, n), owner: e.p, unit: e.post.unit, weight: weight,
		starts: e.start, due: e.cy.ends, baseline: math.NaN(), target: math.NaN(), actual: math.NaN(), evidence: true,
	}
	r := stream(c.Seed, "goal", g.id)
	if chance(r, 0.9) {
		g.parent = unitGoalID(e.cy, e.post.unit, 1+n%2)
	}
	g.evidence = !chance(r, 0.04)
	g.cancelled = chance(r, 0.015)
	g.vague = chance(r, 0.06)
	g.aspiration = chance(r, 0.05)
	g.items = 2 + r.IntN(3)
	if !e.planned && n > 1 {
		g.items = 0
	}
	return g
}

// setSpecial makes the goal set last one of a kind that has no free scale: milestones, a band, yes or no.
func (c *company) setSpecial(e *entry, kind string, r *rand.Rand) {
	g, f := e.goals[len(e.goals)-1], c.families[e.p.family]
	g.direction = kind
	tendency := e.tendency + 0.08*r.NormFloat64()
	if e.gamed {
		tendency = 1.01
	}
	switch kind {
	case "milestone":
		g.title, g.items = pick(r, f.milestones), 4+r.IntN(3)
		g.itemsDone = int(math.Round(float64(g.items) * clamp(tendency, 0, 1)))
		g.attained = float64(g.itemsDone) / float64(g.items)
	case "binary":
		g.title, g.target = pick(r, f.chances), 1
		if e.gamed || chance(r, clamp(tendency-0.02, 0.1, 0.97)) {
			g.attained = 1
		}
		g.actual = g.attained
	case "maintain":
		g.metric = f.hold
		g.target = round(f.hold.base*(0.9+0.2*r.Float64()), f.hold.decimals)
		off := 0.04 * r.Float64()
		if tendency+0.08 < 1 {
			off = 0.05 + (0.92 - tendency)
		}
		g.actual = round(g.target*(1+off), f.hold.decimals)
		g.settle()
	}
}

// setMeasured makes the goals with a number to reach, such that the person comes out at the tendency.
func (c *company) setMeasured(e *entry, r *rand.Rand, weights []float64) {
	metrics := c.families[e.p.family].metrics
	var sum, special float64
	for _, g := range e.goals {
		sum, special = sum+g.weight*g.attained, special+g.weight
	}
	mean := clamp((e.tendency-sum)/(1-special), 0.25, 1.45)
	first := int(e.p.id[5]) % len(metrics)
	if e.p.family == salesFamily {
		first = 0
	}
	for i, w := range weights {
		g := c.newGoal(e, len(e.goals)+1, w)
		g.metric = metrics[(first+i)%len(metrics)]
		if i >= len(metrics) {
			break
		}
		aim := clamp(mean+0.08*r.NormFloat64(), 0.05, 1.5)
		if e.gamed {
			aim = 1.002 + 0.016*r.Float64()
		}
		g.measure(aim, e.gamed, r)
		e.goals = append(e.goals, g)
	}
}

// measure sets baseline, target and actual such that the attainment comes near aim, and remembers them as
// the person's last. A gamed target asks for no more than what was reached before.
func (g *goal) measure(aim float64, gamed bool, r *rand.Rand) {
	m, p := g.metric, g.owner
	g.direction = m.direction
	last, lastTarget := p.lastActual[m.name.en], p.lastTarget[m.name.en]
	if last == 0 {
		last = m.base * (0.8 + 0.4*r.Float64())
		lastTarget = last
	}
	better, step := 1.0, math.Pow(10, -float64(m.decimals))
	if m.direction == "decrease" {
		better = -1
	}
	switch {
	case gamed:
		g.target = round(last*(1-better*0.03*r.Float64()), m.decimals)
		if better*(g.target-last) > 0 {
			g.target -= better * step
		}
	case m.baselined:
		g.baseline = round(last, m.decimals)
		g.target = round(last*(1+better*(0.08+0.1*r.Float64())), m.decimals)
	case better > 0:
		g.target = round(max(last*1.02, lastTarget*(1+0.02*r.Float64())), m.decimals)
	default:
		g.target = round(min(last*0.98, lastTarget*(1-0.02*r.Float64())), m.decimals)
	}
	g.actual = round(g.value(aim), m.decimals+1)
	g.settle()
	p.lastActual[m.name.en], p.lastTarget[m.name.en] = g.actual, g.target
}

// value is the metric's value at an attainment; settle is the way back.
func (g *goal) value(attained float64) float64 {
	switch {
	case g.direction == "binary":
		return math.Floor(attained)
	case g.direction == "maintain":
		return g.target * (1 + max(0, 1.05-attained))
	case !math.IsNaN(g.baseline):
		return g.baseline + attained*(g.target-g.baseline)
	case g.direction == "decrease":
		return (2 - attained) * g.target
	}
	return attained * g.target
}

// settle works out what was attained from what the files will say.
func (g *goal) settle() {
	switch {
	case g.direction == "maintain":
		distance := max(0, math.Abs(g.actual-g.target)-0.05*g.target)
		g.attained = max(0, 1-distance/g.target)
	case !math.IsNaN(g.baseline):
		g.attained = (g.actual - g.baseline) / (g.target - g.baseline)
	case g.direction == "decrease":
		g.attained = 2 - g.actual/g.target
	default:
		g.attained = g.actual / g.target
	}
}

// accumulates says whether the value grows over the cycle rather than being a level to hold.
func (g *goal) accumulates() bool {
	return g.direction != "maintain" && (g.direction != "decrease" || !math.IsNaN(g.baseline))
}

func unitGoalID(cy *cycle, u *unit, n int) string {
	return fmt.Sprintf("U-%s-%s-%d", cy.label, u.code, n)
}

// setUnitGoals hangs each department's goals below its division's and those below the company's.
func (c *company) setUnitGoals(cy *cycle) {
	for i, u := range c.units {
		r := stream(c.Seed, "unit goals", cy.label, u.code)
		for n := 1; n <= 2; n++ {
			g := &goal{
				id: unitGoalID(cy, u, n), unit: u, direction: "increase", weight: 0.5, starts: cy.starts, due: cy.ends,
				baseline: math.NaN(), evidence: true, strategic: u.parent == nil,
			}
			g.metric = metric{name: text{"Operating profit", "经营利润"}, unit: text{"10k CNY", "万元"}, direction: "increase"}
			if u.family >= 0 {
				g.metric = c.families[u.family].metrics[(n-1)*2]
				g.direction = g.metric.direction
				g.parent = unitGoalID(cy, u.parent, n)
			} else if n == 2 {
				g.metric.name = text{"Customers who recommend us", "愿意推荐我们的客户数"}
				g.metric.unit = text{"customers", "人"}
			}
			g.target = math.Round(max(g.metric.base*30, 5200) * (1 + 0.04*float64(i%7)))
			g.actual = math.Round(g.value(clamp(0.95+0.07*r.NormFloat64(), 0.6, 1.3)))
			g.settle()
			cy.unitGoals = append(cy.unitGoals, g)
		}
	}
}

// titleIn is what the owner wrote, with what changes, from where to where and until when.
func (g *goal) titleIn(c *company, lang string) string {
	if g.vague && g.owner != nil {
		return c.families[g.owner.family].vague.in(lang)
	}
	if g.metric.name.en == "" {
		return g.title.in(lang)
	}
	verb := map[string]text{"increase": {"Raise", "提升至"}, "decrease": {"Cut", "降至"}, "maintain": {"Hold", "保持在"}}[g.direction]
	if lang == "zh" {
		return fmt.Sprintf("%s前将%s的%s%s%s%s", g.due.Format("1月2日"), g.unit.name, g.metric.name.zh, verb.zh, plain(g.target), g.metric.unit.zh)
	}
	return fmt.Sprintf("%s %s in %s to %s %s by %s", verb.en, lowerFirst(g.metric.name.en), g.unit.name, plain(g.target), g.metric.unit.en, g.due.Format("2 January"))
}
