package analytics_test

import (
	"slices"
	"time"
)

// outcome is what became of an improvement plan.
type outcome struct {
	planRow
	state             string
	settled           day
	startDays, days   float64
	isLow             bool
	isKept, keptAsked bool // asked: it can be told
	keptReason        string
}

func (d day) addMonths(n int) day {
	from := time.Unix(int64(d)*86400, 0).UTC()
	to := from.AddDate(0, n, 0)
	for to.Day() != from.Day() && to.Day() < 4 { // the month has no such day: its last
		to = to.AddDate(0, 0, -1)
		if to.Day() > 27 {
			break
		}
	}
	return day(to.Unix() / 86400)
}

// outcomes of the improvement plans that have started.
func (o *oracle) outcomes() (all []outcome) {
	for _, plan := range o.plans {
		if plan.kind != "improvement" || plan.starts > o.asOf {
			continue
		}
		k := outcome{planRow: plan, state: plan.outcome, settled: never, startDays: none, days: none}
		if plan.ended > o.asOf {
			k.state = ""
		}
		if r := o.ratings[at(plan.employee, plan.cycle)]; r != nil {
			k.isLow = o.isLow(r, plan.cycle)
			if plan.starts != never {
				k.startDays = float64(plan.starts - r.on)
			}
		}
		switch {
		case k.state != "" && plan.ended != never:
			k.settled = plan.ended
		case k.state != "":
			k.settled = plan.ends
		case plan.ends != never && plan.ends < o.asOf:
			k.state = "unrecorded"
		default:
			k.state = "running"
		}
		if k.settled != never && plan.starts != never {
			k.days = float64(k.settled - plan.starts)
		}
		o.follow(&k)
		all = append(all, k)
	}
	return all
}

// follow looks at the person twelve months after passing: at ratings of cycles that ended in them, for what came before passing is past.
func (o *oracle) follow(k *outcome) {
	switch k.state {
	case "passed":
	case "running":
		k.keptReason = "not_due"
		return
	default:
		k.keptReason = "no_definition"
		return
	}
	if k.settled == never {
		k.keptReason = "no_evidence"
		return
	}
	until := k.settled.addMonths(int(o.set("plan_kept_months", k.cycle, 12)))
	rated, low := false, false
	for _, cycle := range o.cycles {
		if r := o.ratings[at(k.employee, cycle.id)]; r != nil && r.rank > 0 && cycle.ends > k.settled && cycle.ends <= until {
			rated, low = true, low || o.isLow(r, cycle.id)
		}
	}
	left := o.who(k.employee, o.asOf).left
	switch {
	case left != never && left <= until && left <= o.asOf, low:
		k.keptAsked = true
	case until > o.asOf:
		k.keptReason = "not_due"
	case !rated:
		k.keptReason = "no_evidence"
	default:
		k.isKept, k.keptAsked = true, true
	}
}

func (k *outcome) isStartJudged() bool { return k.isLow && known(k.startDays) }

func (o *oracle) isInTime(k *outcome) bool {
	return k.isStartJudged() && k.startDays >= 0 && k.startDays <= o.set("plan_start_days", k.cycle, 30)
}

func (k *outcome) isSettled() bool {
	return slices.Contains([]string{"passed", "extended", "failed", "left"}, k.state)
}

func (o *oracle) outcomeTable() *table {
	t := &table{mart: "fct_plan_outcome", keys: []string{"plan_id"}}
	for _, k := range o.outcomes() {
		f := figures{"outcome_state": k.state, "settled_on": k.settled, "plan_days": k.days, "start_days": k.startDays, "is_started_in_time": nil, "is_kept": nil,
			"is_kept_reason": k.keptReason, "is_low_rated": k.isLow}
		if k.isStartJudged() {
			f["is_started_in_time"] = o.isInTime(&k)
		}
		if k.keptAsked {
			f["is_kept"] = k.isKept
		}
		t.add(f, k.id)
	}
	return t
}

func (o *oracle) outcomeUnitTable() *table {
	t := &table{mart: "fct_plan_outcome_unit", keys: []string{"cycle_id", "unit_id"}}
	byGroup := map[[2]string][]outcome{}
	for _, k := range o.outcomes() {
		unit := ""
		if p := o.people[at(k.employee, k.cycle)]; p != nil {
			unit = p.unit
		}
		for _, unit := range o.unitsOf(unit) {
			byGroup[[2]string{k.cycle, unit}] = append(byGroup[[2]string{k.cycle, unit}], k)
		}
	}
	for group, all := range byGroup {
		t.add(o.outcomesOf(all), group[0], group[1])
	}
	return t
}

func (o *oracle) outcomesOf(all []outcome) figures {
	n := map[string]int{}
	var days []float64
	for _, k := range all {
		n[k.state]++
		n["notDue"] += int(truth(k.state == "passed" && k.keptReason == "not_due"))
		n["settled"] += int(truth(k.isSettled()))
		n["low"] += int(truth(k.isStartJudged()))
		n["inTime"] += int(truth(o.isInTime(&k)))
		n["followed"] += int(truth(k.keptAsked))
		n["kept"] += int(truth(k.isKept))
		if known(k.days) {
			days = append(days, k.days)
		}
	}
	f := figures{"plan_count": len(all), "settled_count": n["settled"], "passed_count": n["passed"], "extended_count": n["extended"], "failed_count": n["failed"],
		"left_count": n["left"], "running_count": n["running"], "unrecorded_count": n["unrecorded"], "dated_count": len(days), "low_rated_count": n["low"],
		"started_in_time_count": n["inTime"], "followed_count": n["followed"], "kept_count": n["kept"],
		"plan_lower_quartile_days": quantile(days, 0.25), "plan_upper_quartile_days": quantile(days, 0.75)}
	unsettled := "no_evidence"
	if n["settled"] == 0 && n["running"] > 0 {
		unsettled = "not_due"
	}
	f.share("passed_share", n["passed"], n["settled"], unsettled)
	f.share("extended_share", n["extended"], n["settled"], unsettled)
	f.why("plan_median_days", quantile(days, 0.5), unsettled) // those that are settled have no dates
	f.share("started_in_time_share", n["inTime"], n["low"], "no_evidence")
	unfollowed := "no_evidence"
	if n["passed"] == 0 {
		unfollowed = "no_counterpart"
	} else if n["notDue"] > 0 {
		unfollowed = "not_due"
	}
	f.share("kept_share", n["kept"], n["followed"], unfollowed)
	return f
}
