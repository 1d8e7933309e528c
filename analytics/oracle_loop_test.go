package analytics_test

import "slices"

// step of the loop for one person and cycle.
type step struct {
	state     string
	due, done day
	isDone    bool
}

var stepNames = []string{"goals", "plan", "monitoring", "appraisal", "feedback", "improvement"}

// walk goes through the six steps of somebody's cycle.
func (o *oracle) walk(p *person) {
	r := o.ratings[at(p.id, p.cycle.id)]
	o.setDue(p, r)
	live := slices.DeleteFunc(slices.Clone(p.goals), func(g *goal) bool { return !g.isLive() })
	p.steps[0].isDone = p.isComplete
	p.steps[1].isDone = p.plans >= o.set("plan_coverage_from", p.cycle.id, 0.8)-tiny
	p.steps[2].isDone = p.cadence >= o.set("cadence_from", p.cycle.id, 0.75)-tiny
	if _, last := p.reports(); true {
		p.steps[2].done = min(last, p.steps[2].due)
	}
	p.steps[2].isDone = p.steps[2].isDone && o.asOf > p.cycle.ends
	p.steps[0].done, p.steps[1].done = never, never
	for _, g := range live {
		p.steps[0].done = max(p.steps[0].done, g.goalRow.starts)
		begun := never
		for _, i := range g.items {
			if i.due != never && i.starts != never && (begun == never || i.starts < begun) {
				begun = i.starts
			}
		}
		p.steps[1].done = max(p.steps[1].done, begun)
	}
	if p.steps[0].done == never {
		p.steps[0].done = p.cycle.starts // no file says when goals were agreed
	}
	for i := 3; i < 6; i++ {
		p.steps[i].done = never
	}
	if r != nil {
		p.steps[3].isDone, p.steps[3].done = true, r.on
		p.steps[4].isDone, p.steps[4].done = o.talked(p, r)
		p.steps[5].isDone, p.steps[5].done = o.followed(p, r)
	}
	for i := range p.steps {
		p.steps[i].judge(o.asOf, p.status == "leave")
	}
}

// judge gives a step its state.
func (s *step) judge(asOf day, isOnLeave bool) {
	switch {
	case !s.isDone && isOnLeave:
		s.state = "exempt"
	case s.isDone && s.done > s.due:
		s.state = "late"
	case s.isDone:
		s.state = "on_time"
	case asOf > s.due:
		s.state = "missed"
	default:
		s.state = "open"
	}
	if !s.isDone {
		s.done = never
	}
}

// setDue takes the cycle's own dates, else the defaults; who joins late has as long from the hire date.
func (o *oracle) setDue(p *person, r *rating) {
	c := p.cycle
	length := float64(c.ends - c.starts + 1)
	joined := day(0)
	if p.hired > c.starts {
		joined = min(p.hired, c.ends) - c.starts
	}
	or := func(own, otherwise day) day {
		if own != never {
			return own
		}
		return otherwise
	}
	p.steps[0].due = or(c.goalsDue, c.starts+day(o.set("goals_due_share", c.id, 0.1)*length+0.5)) + joined
	p.steps[1].due = or(c.plansDue, c.starts+day(o.set("plan_due_share", c.id, 0.15)*length+0.5)) + joined
	p.steps[2].due = or(c.watchDue, c.ends)
	p.steps[3].due = or(c.ratingDue, c.ends+day(o.set("appraisal_due_days", c.id, 30)))
	rated := p.steps[3].due
	if r != nil {
		rated = r.on
	}
	p.steps[4].due = or(c.feedbackDue, rated+day(o.set("feedback_due_days", c.id, 14)))
	p.steps[5].due = or(c.followDue, rated+day(o.set("improvement_due_days", c.id, 30)))
}

// talked: a feedback conversation since the rating is acknowledged; on the day of the first acknowledgement.
func (o *oracle) talked(p *person, r *rating) (isDone bool, done day) {
	done = never
	for _, talk := range o.conversations {
		if talk.employee != p.id || talk.cycle != p.cycle.id || talk.kind != "feedback" || !o.isAcknowledged(talk) || talk.on != never && talk.on < r.on {
			continue
		}
		when := talk.ackOn
		if when == never {
			when = talk.on
		}
		if when != never && (done == never || when < done) {
			done = when
		}
		isDone = true
	}
	return isDone, done
}

func (o *oracle) isAcknowledged(talk conversationRow) bool {
	if talk.on > o.asOf {
		return false
	}
	if talk.ackOn != never {
		return talk.ackOn <= o.asOf
	}
	return talk.acknowledged == "true"
}

// followed: a plan, development action, award or promotion since the rating; after a low rating only an improvement plan.
func (o *oracle) followed(p *person, r *rating) (isDone bool, done day) {
	done = never
	isLow := r.rank > 0 && r.rank <= int(o.set("low_label_count", p.cycle.id, 2))
	note := func(when day) {
		if when != never && (when < r.on || when > o.asOf) {
			return
		}
		if isDone = true; when != never && (done == never || when < done) {
			done = when
		}
	}
	for _, plan := range o.plans {
		if plan.employee == p.id && plan.cycle == p.cycle.id && (plan.kind == "improvement" || !isLow) {
			note(plan.starts)
		}
	}
	for _, award := range o.incentives {
		if award.employee == p.id && award.cycle == p.cycle.id && !isLow {
			note(award.on)
		}
	}
	return isDone, done
}

func (p *person) doneSteps() (done, inTime int, leak string) {
	for i, s := range p.steps {
		if s.isDone {
			done++
		}
		if s.state == "on_time" {
			inTime++
		}
		if s.state == "missed" && leak == "" {
			leak = stepNames[i]
		}
	}
	return done, inTime, leak
}

func (o *oracle) stepTable() *table {
	t := &table{mart: "fct_step", keys: []string{"employee_id", "cycle_id", "step_number"}}
	for _, p := range o.people {
		for i, s := range p.steps {
			f := figures{"step": stepNames[i], "state": s.state, "due_on": s.due, "done_on": s.done, "days_from_previous": nil}
			if i > 0 && s.done != never && p.steps[i-1].done != never {
				f["days_from_previous"] = int(s.done - p.steps[i-1].done)
			}
			t.add(f, p.id, p.cycle.id, i+1)
		}
	}
	return t
}

func (o *oracle) loopTable() *table {
	t := &table{mart: "fct_loop", keys: []string{"employee_id", "cycle_id"}}
	for _, p := range o.people {
		done, inTime, leak := p.doneSteps()
		t.add(figures{"step_done_count": done, "is_closed_loop": done == 6, "is_closed_loop_on_time": inTime == 6, "leak_step": leak}, p.id, p.cycle.id)
	}
	return t
}
