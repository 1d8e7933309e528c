package analytics_test

import "fmt"

// diligent gives somebody a cycle in which each step is done in time.
func (m maker) diligent(id string, cycle cycleRow) {
	g := m.blank(cycle.id, id+"-"+cycle.id)
	g.owner, g.weight, g.target, g.baseline, g.starts = id, 1, 100, 0, cycle.starts
	m.c.goals = append(m.c.goals, g)
	m.c.items = append(m.c.items, itemRow{cycle: cycle.id, id: g.id + "/0", goal: g.id, owner: id, weight: none, starts: cycle.starts, due: cycle.starts + 60, doneOn: never})
	for on := cycle.starts + 9; on <= cycle.ends; on += 10 {
		m.c.checkIns = append(m.c.checkIns, checkInRow{goal: g.id, owner: id, on: on, value: float64(on-cycle.starts) / 2, progress: none})
	}
	m.c.appraisals = append(m.c.appraisals, appraisalRow{cycle: cycle.id, employee: id, role: "manager", reviewer: "E00", label: "A", score: none, on: cycle.ends})
	m.c.conversations = append(m.c.conversations, conversationRow{cycle: cycle.id, employee: id, kind: "feedback", on: cycle.ends + 1, acknowledged: "true", ackOn: cycle.ends + 2})
	m.c.incentives = append(m.c.incentives, incentiveRow{cycle.id, id, "promotion", none, none, cycle.ends + 3})
}

// judge rates somebody in a cycle that is over, or nearly, by several judges, and lets feedback, plans and awards follow.
func (m maker) judge(id string, cycle cycleRow) {
	if m.one(6) || cycle.ends > m.c.asOf+40 {
		return
	}
	level := m.IntN(5)
	rate := func(role, reviewer string, level int) {
		row := appraisalRow{cycle: cycle.id, employee: id, role: role, reviewer: reviewer, score: none, on: m.within(cycle.ends-20, cycle.ends+45)}
		level = max(0, min(4, level))
		if m.one(5) {
			row.score = float64(level+1) + pick(m, -0.3, 0, 0.2, 0.4)
			row.score = max(1, min(5, row.score))
		} else {
			row.label = string("DCBAS"[level])
		}
		m.c.appraisals = append(m.c.appraisals, row)
	}
	if !m.one(6) {
		rate("manager", pick(m, "E00", "E01", "E02"), level)
	}
	if m.one(8) {
		rate("manager", "E03", level+m.IntN(3)-1)
	}
	if m.one(2) {
		rate("self", id, level+m.IntN(2))
	}
	if m.one(4) {
		rate("committee", "E05", level+m.IntN(3)-1)
	}
	for range m.IntN(3) {
		rate("peer", pick(m, "E06", "E07", "E08"), level+m.IntN(3)-1)
	}
	for m.one(5) {
		row := calibrationRow{cycle.id, id, "", string("DCBAS"[m.IntN(5)]), none, m.within(cycle.ends, cycle.ends+45)}
		if m.one(4) {
			row.to, row.score = "", 1+float64(m.IntN(9))*0.4
		}
		m.c.calibrations = append(m.c.calibrations, row)
	}
	m.follow(id, cycle)
}

// follow adds what may come after a rating.
func (m maker) follow(id string, cycle cycleRow) {
	for m.one(2) {
		row := conversationRow{cycle: cycle.id, employee: id, kind: "feedback", on: m.within(cycle.ends-10, cycle.ends+70), strengths: pick(m, "", "Exact"),
			improvements: pick(m, "", "Late"), response: pick(m, "", "", "I agree"), acknowledged: pick(m, "", "true", "true", "false"), ackOn: never}
		if row.acknowledged != "false" && m.one(2) {
			row.ackOn = row.on + day(m.IntN(15))
		}
		if m.one(15) {
			row.on = never
		}
		m.c.conversations = append(m.c.conversations, row)
	}
	for m.one(4) {
		m.planFor(id, cycle)
	}
	for m.one(2) {
		row := incentiveRow{cycle.id, id, pick(m, "bonus", "bonus", "merit", "promotion"), none, none, m.within(cycle.ends-5, cycle.ends+80)}
		if row.kind != "promotion" {
			row.amount, row.share = m.maybe(2, float64(100*(1+m.IntN(9)))), m.maybe(2, float64(1+m.IntN(10))/100)
		}
		m.c.incentives = append(m.c.incentives, row)
	}
}

func (m maker) planFor(id string, cycle cycleRow) {
	row := planRow{cycle: cycle.id, id: fmt.Sprintf("P%d", len(m.c.plans)), employee: id, kind: pick(m, "improvement", "improvement", "development"),
		starts: m.within(cycle.ends-10, cycle.ends+80), ends: never, outcome: pick(m, "", "passed", "passed", "extended", "failed", "left"), ended: never}
	row.focus = pick(m, "", "Safety", "budget training", "Improve quality and safety reviews", "Negotiation")
	if !m.one(5) {
		row.ends = row.starts + day(20+m.IntN(100))
	}
	if row.outcome != "" && !m.one(4) {
		row.ended = row.starts + day(10+m.IntN(130))
	}
	if m.one(10) {
		row.starts = never
	}
	m.c.plans = append(m.c.plans, row)
}
