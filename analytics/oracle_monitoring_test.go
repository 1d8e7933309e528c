package analytics_test

// levels of a status, from behind to done.
var levels = map[string]int{"not_started": 1, "off_track": 1, "overdue": 1, "at_risk": 2, "on_track": 3, "done": 4}

// watching is what is seen of somebody's goals in a cycle.
type watching struct {
	watched, overdue          int
	next                      day // the first day on which a check-in is due
	both, kinder, harder      int
	talks                     map[string]int
	lastTalk                  day
	disagreement, overdueDays float64
}

func (o *oracle) watchOver(p *person) watching {
	w := watching{next: never, lastTalk: never, talks: map[string]int{}, disagreement: none, overdueDays: none}
	for _, g := range p.goals {
		if !g.isLive() {
			continue
		}
		owner, computed := levels[g.shownStatus()], levels[g.state]
		if owner > 0 && computed > 0 {
			w.both++
			w.kinder += int(truth(owner > computed))
			w.harder += int(truth(owner < computed))
		}
		isRunning := o.asOf <= p.cycle.ends && g.due >= o.asOf && g.starts <= o.asOf
		if !isRunning || g.attained >= 1-tiny {
			continue
		}
		from := g.starts
		if n := len(g.checkIns); n > 0 {
			from = max(from, g.checkIns[n-1].on)
		}
		next := from + day(o.period(g.cycle))
		w.watched++
		w.overdue += int(truth(next < o.asOf))
		if w.next == never || next < w.next {
			w.next = next
		}
	}
	for _, talk := range o.conversations {
		if talk.employee == p.id && talk.cycle == p.cycle.id && talk.on <= o.asOf {
			w.talks[talk.kind]++
			w.talks[""]++
			w.lastTalk = max(w.lastTalk, talk.on)
		}
	}
	if w.both > 0 {
		w.disagreement = float64(w.kinder+w.harder) / float64(w.both)
	}
	if w.next != never && w.next < o.asOf {
		w.overdueDays = float64(o.asOf - w.next)
	}
	return w
}

func (o *oracle) monitoringTable() *table {
	t := &table{mart: "fct_employee_monitoring", keys: []string{"employee_id", "cycle_id"}}
	for _, p := range o.people {
		w := o.watchOver(p)
		reports, last := p.reports()
		f := figures{"check_in_count": reports, "last_check_in_on": last, "watched_goal_count": w.watched, "goal_check_in_overdue_count": w.overdue,
			"is_check_in_overdue": w.overdue > 0, "next_check_in_due_on": w.next, "check_in_overdue_days": w.overdueDays, "owner_status_count": w.both,
			"owner_kinder_count": w.kinder, "owner_harder_count": w.harder, "conversation_count": w.talks[""], "one_on_one_count": w.talks["one_on_one"],
			"observation_count": w.talks["observation"], "suggestion_count": w.talks["suggestion"], "feedback_count": w.talks["feedback"],
			"appeal_count": w.talks["appeal"], "last_conversation_on": w.lastTalk}
		f.why("cadence_share", p.cadence, "not_due")
		if !known(p.cadence) && p.count("") == 0 {
			f["cadence_share_reason"] = "no_evidence"
		}
		f.why("since_check_in_days", p.sinceCheckIn(), "no_evidence")
		f.why("disagreement_share", w.disagreement, "no_evidence")
		t.add(f, p.id, p.cycle.id)
	}
	return t
}

// sinceCheckIn is days from the last check-in to the cycle's end, or today.
func (p *person) sinceCheckIn() float64 {
	_, last := p.reports()
	if last == never {
		return none
	}
	return float64(max(0, p.seen-last))
}

func (o *oracle) unitMonitoringTable() *table {
	t := &table{mart: "fct_unit_monitoring", keys: []string{"unit_id", "cycle_id"}}
	for _, g := range o.groups() {
		if g.unit == "" {
			continue
		}
		cadences := g.figuresOf(func(p *person) float64 { return p.cadence })
		disagreements := g.figuresOf(func(p *person) float64 { return o.watchOver(p).disagreement })
		since := g.figuresOf((*person).sinceCheckIn)
		f := figures{"people_count": len(g.of), "cadence_people_count": len(cadences), "lower_cadence_share": quantile(cadences, 0.25),
			"median_cadence_share": quantile(cadences, 0.5), "upper_cadence_share": quantile(cadences, 0.75), "checked_in_people_count": len(since),
			"median_since_check_in_days": quantile(since, 0.5), "disagreement_people_count": len(disagreements),
			"check_in_overdue_people_count": g.countOf(func(p *person) bool { return o.watchOver(p).overdue > 0 }),
			"no_conversation_people_count":  g.countOf(func(p *person) bool { return o.watchOver(p).talks[""] == 0 })}
		for name, of := range map[string]func(watching) int{
			"goal_check_in_overdue_count": func(w watching) int { return w.overdue }, "owner_status_count": func(w watching) int { return w.both },
			"owner_kinder_count": func(w watching) int { return w.kinder }, "owner_harder_count": func(w watching) int { return w.harder },
			"conversation_count": func(w watching) int { return w.talks[""] }, "one_on_one_count": func(w watching) int { return w.talks["one_on_one"] },
			"observation_count": func(w watching) int { return w.talks["observation"] }, "suggestion_count": func(w watching) int { return w.talks["suggestion"] },
		} {
			sum := 0
			for _, p := range g.of {
				sum += of(o.watchOver(p))
			}
			f[name] = sum
		}
		reason := "not_due"
		if g.countOf(func(p *person) bool { return p.count("") > 0 }) == 0 {
			reason = "no_evidence"
		}
		f.why("cadence_share", mean(cadences), reason)
		f.why("disagreement_share", mean(disagreements), "no_evidence")
		t.add(f, g.unit, g.cycle.id)
	}
	return t
}
