package analytics_test

import (
	"math"
	"slices"

	"gonum.org/v1/gonum/stat"
)

// change is of somebody between a cycle and the one of its kind before: a joiner was not there before, a leaver is not there now.
type change struct {
	id, unit                     string
	now, before                  *person // nil: not there
	attained, adjusted, expected float64
	rating, adjustedRating       float64
	attainedBefore, ratingBefore float64
	ratedNow                     float64
}

// regression of a figure of one cycle on that of the cycle before, among people not on an improvement plan.
type regression struct {
	mean, meanBefore, rho float64
	isEnough              bool
}

func (r regression) expects(before float64) float64 {
	return r.mean + r.rho*(before-r.meanBefore)
}

func (o *oracle) onPlan(id, cycle string) bool {
	return slices.ContainsFunc(o.plans, func(p planRow) bool {
		return p.employee == id && p.cycle == cycle && p.kind == "improvement" && (p.starts == never || p.starts <= o.asOf)
	})
}

func (o *oracle) attainmentOf(id, cycle string) float64 {
	if p := o.people[at(id, cycle)]; p != nil {
		return p.attained
	}
	return none
}

func (o *oracle) ratingOf(id, cycle string) float64 {
	if r := o.ratings[at(id, cycle)]; r != nil && o.people[at(id, cycle)] != nil {
		return r.share
	}
	return none
}

func (o *oracle) regress(cycle string, of func(id, cycle string) float64) regression {
	var now, before []float64
	last := o.previous(cycle)
	for _, id := range o.ids() {
		x, y := of(id, last), of(id, cycle)
		if known(x) && known(y) && !o.onPlan(id, last) {
			now, before = append(now, y), append(before, x)
		}
	}
	r := regression{mean: none, meanBefore: none, rho: none, isEnough: len(now) >= int(o.set("minimum_pair_count", cycle, 20))}
	if r.isEnough {
		r.mean, r.meanBefore = stat.Mean(now, nil), stat.Mean(before, nil)
		if rho := stat.Correlation(before, now, nil); !math.IsInf(rho, 0) {
			r.rho = rho
		}
	}
	return r
}

// changes of everybody who was there in the cycle or the one before it.
func (o *oracle) changes(cycle string) (all []change) {
	last := o.previous(cycle)
	if last == "" {
		return nil
	}
	attainment, ratings := o.regress(cycle, o.attainmentOf), o.regress(cycle, o.ratingOf)
	for _, id := range o.ids() {
		c := change{id: id, now: o.people[at(id, cycle)], before: o.people[at(id, last)], attainedBefore: o.attainmentOf(id, last), ratingBefore: o.ratingOf(id, last)}
		switch {
		case c.now != nil:
			c.unit = c.now.unit
		case c.before != nil:
			c.unit = c.before.unit
		default:
			continue
		}
		c.expected = attainment.expects(c.attainedBefore)
		c.attained = o.attainmentOf(id, cycle) - c.attainedBefore
		c.adjusted = o.attainmentOf(id, cycle) - c.expected
		c.ratedNow = o.ratingOf(id, cycle)
		c.rating = c.ratedNow - c.ratingBefore
		c.adjustedRating = c.ratedNow - ratings.expects(c.ratingBefore)
		all = append(all, c)
	}
	return all
}

func (o *oracle) hasBegun(cycle cycleRow) bool { return cycle.starts <= o.asOf }

func (o *oracle) changeTable() *table {
	t := &table{mart: "fct_employee_cycle", keys: []string{"employee_id", "cycle_id"}}
	for _, cycle := range o.cycles {
		for _, p := range o.people {
			if p.cycle.id == cycle.id {
				t.add(figures{"previous_cycle_id": o.previous(cycle.id), "previous_attainment": nil}, p.id, cycle.id)
			}
		}
		for _, c := range o.changes(cycle.id) {
			if c.now != nil {
				t.add(figures{"previous_cycle_id": o.previous(cycle.id), "previous_attainment": c.attainedBefore, "attainment_change_points": c.attained,
					"previous_rating_share": c.ratingBefore, "rating_change_points": c.rating, "expected_attainment": c.expected,
					"adjusted_attainment_change_points": c.adjusted}, c.id, cycle.id)
			}
		}
	}
	return t
}

// unitsOf are a unit and those above it, and the company, which is "".
func (o *oracle) unitsOf(unit string) []string {
	all := []string{""}
	for ; unit != ""; unit = o.above(unit) {
		all = append(all, unit)
	}
	return all
}

func (o *oracle) improvementTable() *table {
	t := &table{mart: "fct_improvement", keys: []string{"cycle_id", "unit_id"}}
	for _, cycle := range o.cycles {
		byUnit := map[string][]change{}
		if o.hasBegun(cycle) {
			for _, c := range o.changes(cycle.id) {
				for _, unit := range o.unitsOf(c.unit) {
					byUnit[unit] = append(byUnit[unit], c)
				}
			}
		}
		attainment, ratings := o.regress(cycle.id, o.attainmentOf), o.regress(cycle.id, o.ratingOf)
		for unit, all := range byUnit {
			f := figures{"attainment_correlation": attainment.rho, "rating_correlation": ratings.rho}
			for name, isSo := range map[string]func(change) bool{
				"both_count":   func(c change) bool { return c.now != nil && c.before != nil },
				"joiner_count": func(c change) bool { return c.before == nil },
				"leaver_count": func(c change) bool { return c.now == nil },
			} {
				f[name] = len(all) - len(slices.DeleteFunc(slices.Clone(all), isSo))
			}
			f.spread(all, "attainment", attainment, [2]func(change) float64{func(c change) float64 { return c.attained }, func(c change) float64 { return c.adjusted }})
			f.spread(all, "rating", ratings, [2]func(change) float64{func(c change) float64 { return c.rating }, func(c change) float64 { return c.adjustedRating }})
			t.add(f, cycle.id, unit)
		}
	}
	return t
}

// spread states the mean and the quartiles of a change, naive and adjusted, and why there is none.
func (f figures) spread(all []change, figure string, r regression, of [2]func(change) float64) {
	for i, name := range []string{figure + "_change", "adjusted_" + figure + "_change"} {
		var xs []float64
		for _, c := range all {
			if x := of[i](c); known(x) {
				xs = append(xs, x)
			}
		}
		reason := "no_history"
		if i == 0 {
			f[figure+"_count"] = len(xs)
		}
		both, count := f["both_count"].(int), f[figure+"_count"].(int)
		switch {
		case both > 0 && count == 0:
			reason = "no_evidence"
		case both > 0 && i == 1 && !r.isEnough:
			reason = "too_few"
		case both > 0 && i == 1:
			reason = "no_variance"
		}
		f.why(name+"_points", mean(xs), reason)
		f[name+"_lower_quartile_points"], f[name+"_median_points"], f[name+"_upper_quartile_points"] = quantile(xs, 0.25), quantile(xs, 0.5), quantile(xs, 0.75)
	}
}

// trendTable: the slope through the attainments of the last four cycles of the kind, where three are known.
func (o *oracle) trendTable() *table {
	t := &table{mart: "fct_employee_trend", keys: []string{"employee_id", "cycle_id"}}
	for _, p := range o.people {
		var xs, ys []float64
		cycle := p.cycle.id
		for back := 0; back < int(o.set("trend_cycles", cycle, 4)) && cycle != ""; back++ {
			if y := o.attainmentOf(p.id, cycle); known(y) {
				xs, ys = append(xs, -float64(back)), append(ys, y)
			}
			cycle = o.previous(cycle)
		}
		f := figures{"cycle_count": len(xs), "trend": ""}
		slope := none
		if len(xs) >= int(o.set("trend_min_cycles", cycle, 3)) {
			_, slope = stat.LinearRegression(xs, ys, nil, false)
			steady := o.set("trend_steady_to_points", cycle, 0.03) + tiny
			f["trend"] = "steady"
			if slope > steady {
				f["trend"] = "improving"
			} else if slope < -steady {
				f["trend"] = "declining"
			}
		}
		f.why("attainment_slope_points", slope, "no_history")
		t.add(f, p.id, p.cycle.id)
	}
	return t
}

// stateOf is what somebody was in a cycle, and the label.
func (o *oracle) stateOf(p *person, cycle, absent string) (state, label string) {
	if p == nil {
		return absent, ""
	}
	if r := o.ratings[at(p.id, cycle)]; r != nil {
		return "rated", r.label
	}
	return "unrated", ""
}

func (o *oracle) migrationTable() *table {
	t := &table{mart: "fct_rating_migration", keys: []string{"cycle_id", "unit_id", "from_state", "from_label", "to_state", "to_label"}}
	type move struct{ fromState, from, toState, to string }
	for _, cycle := range o.cycles {
		if !o.hasBegun(cycle) {
			continue
		}
		moves, froms := map[string]map[move]int{}, map[string]map[move]int{}
		for _, c := range o.changes(cycle.id) {
			var m move
			m.fromState, m.from = o.stateOf(c.before, o.previous(cycle.id), "joined")
			m.toState, m.to = o.stateOf(c.now, cycle.id, "left")
			for _, unit := range o.unitsOf(c.unit) {
				if moves[unit] == nil {
					moves[unit], froms[unit] = map[move]int{}, map[move]int{}
				}
				moves[unit][m]++
				froms[unit][move{fromState: m.fromState, from: m.from}]++
			}
		}
		for unit, counts := range moves {
			for m, n := range counts {
				t.add(figures{"from_rank": o.rankOf(m.from), "to_rank": o.rankOf(m.to), "person_count": n, "from_share": float64(n) / float64(froms[unit][move{fromState: m.fromState, from: m.from}])},
					cycle.id, unit, m.fromState, m.from, m.toState, m.to)
			}
		}
	}
	return t
}
