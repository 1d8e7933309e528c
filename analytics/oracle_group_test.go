package analytics_test

import (
	"math"
	"slices"
)

// quantile of numbers, between the two nearest in proportion; none without any.
func quantile(xs []float64, p float64) float64 {
	if len(xs) == 0 {
		return none
	}
	sorted := slices.Sorted(slices.Values(xs))
	place := p * float64(len(sorted)-1)
	below := int(math.Floor(place))
	above := min(below+1, len(sorted)-1)
	return sorted[below] + (place-float64(below))*(sorted[above]-sorted[below])
}

// group is the people of a unit and of those below it in a cycle; without a unit, of the whole company.
type group struct {
	cycle cycleRow
	unit  string
	of    []*person
}

// groups are those with anybody in them.
func (o *oracle) groups() []*group {
	var all []*group
	for _, cycle := range o.cycles {
		company := &group{cycle: cycle}
		byUnit := []*group{company}
		for _, u := range o.units {
			byUnit = append(byUnit, &group{cycle: cycle, unit: u.id})
		}
		for _, id := range o.ids() {
			p := o.people[at(id, cycle.id)]
			if p == nil {
				continue
			}
			company.of = append(company.of, p)
			for unit := p.unit; unit != ""; unit = o.above(unit) {
				g := byUnit[slices.IndexFunc(byUnit, func(g *group) bool { return g.unit == unit })]
				g.of = append(g.of, p)
			}
		}
		all = append(all, slices.DeleteFunc(byUnit, func(g *group) bool { return len(g.of) == 0 })...)
	}
	return all
}

func (o *oracle) above(unit string) string {
	for _, u := range o.units {
		if u.id == unit {
			return u.parent
		}
	}
	return ""
}

// figuresOf are the known figures of the people.
func (g *group) figuresOf(of func(*person) float64) (xs []float64) {
	for _, p := range g.of {
		if x := of(p); known(x) {
			xs = append(xs, x)
		}
	}
	return xs
}

// countOf is for how many people it is so.
func (g *group) countOf(isSo func(*person) bool) (n int) {
	for _, p := range g.of {
		if isSo(p) {
			n++
		}
	}
	return n
}

func mean(xs []float64) float64 {
	if len(xs) == 0 {
		return none
	}
	sum := 0.0
	for _, x := range xs {
		sum += x
	}
	return sum / float64(len(xs))
}

// share of a whole, with the reason where there is no whole.
func (f figures) share(name string, part, whole int, reason string) {
	f[name], f[name+"_reason"] = none, reason
	if whole > 0 {
		f[name], f[name+"_reason"] = float64(part)/float64(whole), nil
	}
}

// why states the reason beside a figure that is not known.
func (f figures) why(name string, x float64, reason string) {
	f[name], f[name+"_reason"] = x, nil
	if !known(x) {
		f[name+"_reason"] = reason
	}
}

// lateDays is how late a plan item is; unknown where it is not due.
func (o *oracle) lateDays(i itemRow) float64 {
	switch {
	case i.due == never:
		return none
	case i.isDoneBy(o.asOf) && i.doneOn == never:
		return 0
	case i.isDoneBy(o.asOf):
		return float64(max(0, i.doneOn-i.due))
	case i.due < o.asOf:
		return float64(o.asOf - i.due)
	}
	return none
}

func (o *oracle) itemTable() *table {
	t := &table{mart: "fct_plan_item", keys: []string{"plan_item_key"}}
	for _, i := range o.items {
		isDone := i.isDoneBy(o.asOf)
		f := figures{"is_done": isDone, "is_overdue": !isDone && i.due < o.asOf, "late_days": o.lateDays(i), "weight": i.weight, "due_on": i.due}
		if i.due == never {
			f["is_overdue"] = nil
			if isDone {
				f["is_overdue"] = false
			}
		}
		t.add(f, i.id)
	}
	return t
}

// dueItems are the days late of the plan items due by the date of the report, of the people's goals and the units' own, and how many were
// done by their due date.
func (o *oracle) dueItems(g *group) (late []float64, punctual int) {
	goals := slices.DeleteFunc(slices.Clone(o.goals), func(goal *goal) bool {
		return goal.owner != "" || goal.cycle != g.cycle.id || !slices.Contains(o.unitsOf(goal.unit), g.unit)
	})
	for _, p := range g.of {
		goals = append(goals, p.goals...)
	}
	for _, goal := range goals {
		for _, i := range goal.items {
			if !goal.isLive() || i.due == never || i.due > o.asOf {
				continue
			}
			days := 0.0 // due today and not done yet
			if known(o.lateDays(i)) {
				days = o.lateDays(i)
			}
			late = append(late, days)
			if i.isDoneBy(o.asOf) && days == 0 {
				punctual++
			}
		}
	}
	return late, punctual
}

// planTable: coverage is the mean of people's; punctual are items done by their due date, of those due by the date of the report.
func (o *oracle) planTable() *table {
	t := &table{mart: "fct_plan_unit", keys: []string{"cycle_id", "unit_id"}}
	for _, g := range o.groups() {
		covers := g.figuresOf(func(p *person) float64 { return p.plans })
		late, punctual := o.dueItems(g)
		due := len(late)
		f := figures{"person_count": len(g.of), "with_goal_count": len(covers), "due_count": due, "punctual_count": punctual,
			"plan_coverage_lower_quartile_share": quantile(covers, 0.25), "plan_coverage_median_share": quantile(covers, 0.5),
			"plan_coverage_upper_quartile_share": quantile(covers, 0.75), "late_lower_quartile_days": quantile(late, 0.25), "late_upper_quartile_days": quantile(late, 0.75)}
		f.why("plan_coverage_share", mean(covers), "no_evidence")
		f.share("punctual_share", punctual, due, "not_due")
		f.why("late_median_days", quantile(late, 0.5), "not_due")
		t.add(f, g.cycle.id, g.unit)
	}
	return t
}

// knownSteps are those of which some file says something in the cycle.
func (o *oracle) knownSteps(cycle string) (is [6]bool) {
	for _, p := range o.people {
		is[0] = is[0] || p.cycle.id == cycle && len(p.goals) > 0
		reports, _ := p.reports()
		is[2] = is[2] || p.cycle.id == cycle && reports > 0
	}
	is[1] = slices.ContainsFunc(o.items, func(i itemRow) bool { return i.cycle == cycle })
	is[3] = slices.ContainsFunc(o.appraisals, func(a appraisalRow) bool { return a.cycle == cycle && a.on <= o.asOf })
	for _, k := range o.calibrations {
		is[3] = is[3] || k.cycle == cycle && k.on <= o.asOf
	}
	is[4] = slices.ContainsFunc(o.conversations, func(talk conversationRow) bool {
		return talk.cycle == cycle && talk.kind == "feedback" && talk.on <= o.asOf
	})
	is[5] = slices.ContainsFunc(o.incentives, func(a incentiveRow) bool { return a.cycle == cycle && a.on <= o.asOf }) ||
		slices.ContainsFunc(o.plans, func(p planRow) bool { return p.cycle == cycle && p.starts <= o.asOf })
	return is
}

// leakOf is the first step missed of those known, from 0; -1 without one.
func (p *person) leakOf(isKnown [6]bool) int {
	return slices.IndexFunc(stepNumbers, func(i int) bool { return isKnown[i] && p.steps[i].state == "missed" })
}

var stepNumbers = []int{0, 1, 2, 3, 4, 5}

func (o *oracle) stepUnitTable() *table {
	t := &table{mart: "fct_step_unit", keys: []string{"cycle_id", "unit_id", "step_number"}}
	for _, g := range o.groups() {
		isKnown := o.knownSteps(g.cycle.id)
		for i, name := range stepNames {
			leads := g.figuresOf(func(p *person) float64 {
				if i == 0 || p.steps[i].done == never || p.steps[i-1].done == never {
					return none
				}
				return float64(p.steps[i].done - p.steps[i-1].done)
			})
			leak := g.countOf(func(p *person) bool { return p.leakOf(isKnown) == i })
			f := figures{"step": name, "is_known": isKnown[i], "person_count": len(g.of), "leak_count": leak, "lead_count": len(leads),
				"lead_lower_quartile_days": quantile(leads, 0.25), "lead_upper_quartile_days": quantile(leads, 0.75)}
			for _, state := range []string{"on_time", "late", "open", "missed", "exempt"} {
				f[state+"_count"] = g.countOf(func(p *person) bool { return p.steps[i].state == state })
			}
			whole, reason := len(g.of), "no_evidence"
			if !isKnown[i] {
				whole = 0
			}
			f.share("leak_share", leak, whole, reason)
			if i == 0 {
				reason = "no_definition"
			}
			f.why("lead_median_days", quantile(leads, 0.5), reason)
			t.add(f, g.cycle.id, g.unit, i+1)
		}
	}
	return t
}

func (o *oracle) loopUnitTable() *table {
	t := &table{mart: "fct_loop_unit", keys: []string{"cycle_id", "unit_id"}}
	for _, g := range o.groups() {
		isKnown := o.knownSteps(g.cycle.id)
		knownCount := 0
		for _, is := range isKnown {
			knownCount += int(truth(is))
		}
		closed := g.countOf(func(p *person) bool { done, _, _ := p.doneSteps(); return done == 6 })
		inTime := g.countOf(func(p *person) bool { _, inTime, _ := p.doneSteps(); return inTime == 6 })
		leaks, leakStep, leakMost := 0, "", 0
		for i, name := range stepNames {
			here := g.countOf(func(p *person) bool { return p.leakOf(isKnown) == i })
			leaks += here
			if here > leakMost {
				leakStep, leakMost = name, here
			}
		}
		f := figures{"person_count": len(g.of), "known_step_count": knownCount, "closed_count": closed, "closed_on_time_count": inTime,
			"leak_count": leaks, "leak_step": leakStep, "leak_step_count": leakMost}
		whole := len(g.of)
		if knownCount < 6 {
			whole = 0
		}
		f.share("closed_share", closed, whole, "no_evidence")
		f.share("closed_on_time_share", inTime, whole, "no_evidence")
		o.carry(g, f)
		t.add(f, g.cycle.id, g.unit)
	}
	return t
}
