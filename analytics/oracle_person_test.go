package analytics_test

import (
	"math"

	"gonum.org/v1/gonum/floats"
	"gonum.org/v1/gonum/stat"
)

// person is somebody active in a cycle.
type person struct {
	id, unit, family, status        string
	cycle                           cycleRow
	seen                            day
	hired, left                     day
	goals                           []*goal // their own in the cycle
	attained, measured, pace, plans float64
	cadence, aligned, weightSum     float64
	isComplete                      bool
	steps                           [6]step
}

// state of somebody on a day, later rows of the file on top of earlier ones.
func (o *oracle) who(id string, by day) (e employeeRow) {
	e = employeeRow{id: id, from: never, hired: never, left: never, pay: none}
	for _, row := range o.employees {
		if row.id != id || row.from > by {
			continue
		}
		overlay(&e.unit, row.unit)
		overlay(&e.family, row.family)
		overlay(&e.manager, row.manager)
		overlay(&e.status, row.status)
		if row.hired != never {
			e.hired = row.hired
		}
		if row.left != never {
			e.left = row.left
		}
		if known(row.pay) {
			e.pay = row.pay
		}
	}
	return e
}

func overlay(text *string, by string) {
	if by != "" {
		*text = by
	}
}

// meet finds who was active in each cycle that has begun: employed on its last day, or today, or with goals or appraisals. Without a
// hire date only what files say of somebody counts.
func (o *oracle) meet() {
	for _, cycle := range o.cycles {
		if cycle.starts > o.asOf {
			continue
		}
		seen := min(cycle.ends, o.asOf)
		for _, id := range o.ids() {
			e := o.who(id, seen)
			isEmployed := e.hired != never && e.hired <= seen && (e.left == never || e.left > seen)
			if !isEmployed && !o.isMentioned(id, cycle.id) {
				continue
			}
			p := &person{id: id, unit: e.unit, family: e.family, status: e.status, cycle: cycle, seen: seen, hired: e.hired, left: e.left}
			for _, g := range o.goals {
				if g.owner == id && g.cycle == cycle.id {
					p.goals = append(p.goals, g)
				}
			}
			o.sum(p)
			o.walk(p)
			o.people[at(id, cycle.id)] = p
		}
	}
}

func (o *oracle) isMentioned(id, cycle string) bool {
	for _, g := range o.goals {
		if g.owner == id && g.cycle == cycle {
			return true
		}
	}
	for _, a := range o.appraisals {
		if a.employee == id && a.cycle == cycle && a.on <= o.asOf {
			return true
		}
	}
	return false
}

// weighted mean of the goals' figures by their parts, over those that have one.
func (p *person) weighted(of func(*goal) float64) float64 {
	var xs, weights []float64
	for _, g := range p.goals {
		if g.isLive() && known(g.part) && known(of(g)) {
			xs, weights = append(xs, of(g)), append(weights, g.part)
		}
	}
	if floats.Sum(weights) == 0 {
		return none
	}
	return stat.Mean(xs, weights)
}

func (o *oracle) sum(p *person) {
	p.attained = p.weighted(func(g *goal) float64 { return g.attained })
	p.measured = p.weighted(func(g *goal) float64 { return truth(known(g.attained)) })
	p.pace = p.weighted(func(g *goal) float64 { return g.pace })
	p.plans = p.weighted(func(g *goal) float64 { return truth(g.hasDatedItem()) })
	p.cadence = p.weighted((*goal).cadence)
	p.aligned = p.weighted(func(g *goal) float64 { return truth(g.isAligned) })
	p.weightSum = none
	sum, live, stated := 0.0, 0, 0
	for _, g := range p.goals {
		if g.isLive() {
			live++
			if known(g.weight) {
				sum, stated = sum+g.weight, stated+1
			}
		}
	}
	if stated > 0 {
		p.weightSum = sum
	}
	p.isComplete = live > 0 && (stated == 0 || math.Abs(sum-1) <= o.set("weight_tolerance_share", p.cycle.id, 0.005)+tiny)
}

func (p *person) count(state string) (n int) {
	for _, g := range p.goals {
		if g.isLive() && (state == "" || g.state == state) {
			n++
		}
	}
	return n
}

// reports are the check-ins on the person's goals, cancelled ones among them, and the last one's day.
func (p *person) reports() (n int, last day) {
	last = never
	for _, g := range p.goals {
		n += len(g.checkIns)
		for _, r := range g.checkIns {
			last = max(last, r.on)
		}
	}
	return n, last
}

func (o *oracle) personTable() *table {
	t := &table{mart: "fct_employee_cycle", keys: []string{"employee_id", "cycle_id"}}
	for _, p := range o.people {
		reports, last := p.reports()
		f := figures{
			"unit_id": p.unit, "goal_count": len(p.goals), "live_goal_count": p.count(""), "weight_sum": p.weightSum, "is_weight_complete": p.isComplete,
			"attainment": p.attained, "measured_share": p.measured, "pace": p.pace, "plan_coverage_share": p.plans, "cadence_share": p.cadence,
			"aligned_share": p.aligned, "goal_off_track_count": p.count("off_track"), "goal_at_risk_count": p.count("at_risk"),
			"goal_overdue_count": p.count("overdue"), "goal_not_started_count": p.count("not_started"), "check_in_count": reports, "last_check_in_on": last,
			"days_since_check_in": nil,
		}
		done, inTime, leak := p.doneSteps()
		f["step_done_count"], f["is_closed_loop"], f["is_closed_loop_on_time"], f["leak_step"] = done, done == 6, inTime == 6, leak
		if last != never {
			f["days_since_check_in"] = max(0, int(p.seen-last))
		}
		if r := o.ratings[at(p.id, p.cycle.id)]; r != nil {
			f["rating_label"], f["rating_rank"], f["rating_share"], f["rating_source"] = r.label, r.rank, r.share, r.source
		}
		t.add(f, p.id, p.cycle.id)
	}
	return t
}

func (o *oracle) tables() []*table {
	return []*table{
		o.cycleTable(), o.labelTable(), o.appraisalTable(), o.goalTable(), o.itemTable(), o.forecastTable(), o.readingTable(), o.gapTable(), o.alarmTable(), o.personAlarmTable(), o.personForecastTable(), o.ratingTable(), o.personTable(), o.stepTable(), o.loopTable(), o.planTable(), o.stepUnitTable(), o.loopUnitTable(),
		o.changeTable(), o.improvementTable(), o.trendTable(), o.migrationTable(), o.effectTable(), o.outcomeTable(), o.outcomeUnitTable(),
		o.awardTable(), o.awardCycleTable(), o.awardLabelTable(), o.awardUnitTable(), o.carriedTable(), o.feedbackTable(), o.feedbackUnitTable(), o.monitoringTable(), o.unitMonitoringTable(), o.unitGoalTable(),
	}
}
