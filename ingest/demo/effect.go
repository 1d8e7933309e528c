package demo

import (
	"math"
	"slices"
)

// pair is a low-rated person's attainment in the cycle that rated them and in the next closed one.
type pair struct {
	kind          string // of the plan between; "": none
	label, fifth  int
	before, after float64
}

// planTruth works out what plans of a kind seem to do and do: before against after, and against people of
// the same label and fifth of attainment who had no plan at all.
func (c *company) planTruth(kind string, effect float64) PlanEffect {
	t := PlanEffect{PlanKind: kind, Effect: effect}
	var naive, other mean
	strata := map[[2]int]*[2]mean{}
	for _, p := range c.pairs() {
		s := strata[[2]int{p.label, p.fifth}]
		if s == nil {
			s = &[2]mean{}
			strata[[2]int{p.label, p.fifth}] = s
		}
		switch p.kind {
		case kind:
			naive.add(p.after - p.before)
			s[0].add(p.after - p.before)
		case "":
			other.add(p.after - p.before)
			s[1].add(p.after - p.before)
		}
	}
	var sum, weight float64
	for i := range 10 { // in order: a sum of floats depends on it
		if s := strata[[2]int{1 + i/5, i % 5}]; s != nil && s[0].n > 0 && s[1].n > 0 {
			sum, weight = sum+s[0].n*(s[0].value()-s[1].value()), weight+s[0].n
		}
	}
	t.Treated, t.Untreated = int(naive.n), int(other.n)
	t.NaiveChange, t.UntreatedChange = naive.value(), other.value()
	if weight > 0 {
		t.Difference = round(sum/weight, 4)
	}
	margin := 0.25
	if n := min(naive.n, other.n); n > 0 {
		margin = min(margin, 2.5*0.13*math.Sqrt(1/naive.n+1/other.n))
	}
	t.Interval = Interval{round(effect-margin, 3), round(effect+margin, 3)}
	return t
}

// pairs follows everybody with a low label in one closed cycle into the next.
func (c *company) pairs() []pair {
	var found []pair
	for i := 0; i < c.lastClosed(); i++ {
		fifths := fifthsOf(c.cycles[i].entries)
		next := map[*person]*entry{}
		for _, e := range c.cycles[i+1].entries {
			next[e.p] = e
		}
		for _, e := range c.cycles[i].entries {
			n := next[e.p]
			if e.unrated || e.label > 2 || n == nil || math.IsNaN(e.attainment) || math.IsNaN(n.attainment) {
				continue
			}
			p := pair{label: e.label, fifth: fifths(e.attainment), before: e.attainment, after: n.attainment}
			if e.plan != nil {
				p.kind = e.plan.kind
			}
			found = append(found, p)
		}
	}
	return found
}

// fifthsOf tells in which fifth of a cycle's attainments a value lies, 0 the lowest.
func fifthsOf(entries []*entry) func(float64) int {
	var all []float64
	for _, e := range entries {
		if !math.IsNaN(e.attainment) {
			all = append(all, e.attainment)
		}
	}
	slices.Sort(all)
	return func(x float64) int {
		at, _ := slices.BinarySearch(all, x)
		return min(4, 5*at/max(1, len(all)))
	}
}
