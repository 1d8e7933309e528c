package analytics_test

import (
	"fmt"
	"math/rand/v2"
	"strings"
)

// maker makes companies at random, with the gaps and oddities that files have.
type maker struct {
	*rand.Rand
	c *company
}

// randomCompany is a company of 64 people over eight cycles, some of them running.
func randomCompany(seed uint64) *company {
	m := maker{rand.New(rand.NewPCG(seed, 2025)), &company{}}
	m.c.asOf = on([]string{"2025-10-17", "2026-01-30", "2025-12-31", "2025-08-01"}[seed%4])
	m.c.settings = []settingRow{
		{"as_of", m.c.asOf.String(), ""}, {"minimum_pair_count", "8", ""}, {"minimum_treated_count", fmt.Sprint(2 + seed%2), ""},
		{"cadence_from", "0.4", ""},
	}
	m.thresholds()
	m.c.units = []unitRow{{"C", "Company", ""}, {"S", "Sales", "C"}, {"SN", "North", "S"}, {"SS", "South", "S"}, {"L", "Lab", "C"}, {"X", "Apart", ""}}
	for rank, code := range []string{"D", "C", "B", "A", "S"} {
		m.c.labels = append(m.c.labels, labelRow{code, "Label " + code, "", float64(rank + 1), float64(rank + 1)})
	}
	m.cycles()
	for i := range 64 {
		m.person(fmt.Sprintf("E%02d", i))
	}
	m.objectives()
	m.readings()
	for _, cycle := range m.c.cycles {
		for _, id := range m.ids() {
			m.personIn(id, cycle)
		}
	}
	return m.c
}

// thresholds of their own, other than the company's, are set for some cycles.
func (m maker) thresholds() {
	for _, s := range []struct{ name, values string }{
		{"attainment_cap", "1.2 2"}, {"maintain_band_share", "0.1"}, {"weight_tolerance_share", "0.25"}, {"aspirational_met_from", "0.6"}, {"not_started_from", "0.3"},
		{"on_track_from_points", "-0.02"}, {"at_risk_from_points", "-0.5"}, {"goals_due_share", "0.2"}, {"plan_due_share", "0.05"}, {"plan_coverage_from", "0.5"},
		{"cadence_from", "0.1 0.75"}, {"check_in_days", "20"}, {"appraisal_due_days", "10"}, {"feedback_due_days", "40"}, {"improvement_due_days", "5"}, {"low_label_count", "1 3"},
	} {
		if m.one(2) {
			m.c.settings = append(m.c.settings, settingRow{s.name, pick(m, strings.Fields(s.values)...), pick(m, "2024H1", "2024H2", "2025H1", "2025H2")})
		}
	}
}

// one in n.
func (m maker) one(n int) bool { return m.IntN(n) == 0 }

func pick[T any](m maker, of ...T) T { return of[m.IntN(len(of))] }

// maybe is a number, or none one time in n.
func (m maker) maybe(n int, x float64) float64 {
	if m.one(n) {
		return none
	}
	return x
}

// within is a day from first to last.
func (m maker) within(first, last day) day { return first + day(m.IntN(int(last-first)+1)) }

func (m maker) ids() []string {
	var ids []string
	for _, e := range m.c.employees {
		if len(ids) == 0 || ids[len(ids)-1] != e.id {
			ids = append(ids, e.id)
		}
	}
	return ids
}

func (m maker) cycles() {
	for _, c := range []struct{ id, kind, starts, ends string }{
		{"2023H2", "half", "2023-07-01", "2023-12-31"}, {"2024H1", "half", "2024-01-01", "2024-06-30"}, {"2024", "year", "2024-01-01", "2024-12-31"},
		{"2024H2", "half", "2024-07-01", "2024-12-31"}, {"2025H1", "half", "2025-01-01", "2025-06-30"}, {"2025", "year", "2025-01-01", "2025-12-31"},
		{"2025H2", "half", "2025-07-01", "2025-12-31"}, {"2026H1", "half", "2026-01-01", "2026-06-30"},
	} {
		row := cycleRow{c.id, c.kind, on(c.starts), on(c.ends), never, never, never, never, never, never, pick(m, none, 30, 14, 45)}
		if m.one(3) {
			row.goalsDue, row.plansDue = row.starts+day(m.IntN(40)), row.starts+day(m.IntN(60))
		}
		if m.one(3) {
			row.ratingDue, row.watchDue = row.ends+day(m.IntN(40)), row.ends-day(m.IntN(20))
		}
		if m.one(3) {
			row.feedbackDue, row.followDue = row.ends+40, row.ends+70
		}
		m.c.cycles = append(m.c.cycles, row)
	}
}

// person states somebody, once or twice: with another unit and manager from some day on.
func (m maker) person(id string) {
	e := employeeRow{id: id, name: "Name " + id, from: never, unit: pick(m, "S", "SN", "SN", "SS", "SS", "L", "L", "X", ""), family: pick(m, "Sales", "Lab", ""),
		manager: pick(m, "E00", "E01", "E02", ""), status: pick(m, "active", "active", "probation", ""), hired: on("2020-01-01"), left: never, pay: m.maybe(4, float64(1000*(3+m.IntN(5))))}
	if m.one(4) {
		e.hired = m.within(on("2023-06-01"), on("2025-12-01"))
	}
	if m.one(12) {
		e.hired = never
	} else if m.one(6) {
		e.left = m.within(e.hired+1, on("2026-03-01"))
	}
	if e.hired != never && m.one(30) {
		e.left = on("2025-06-30")
	}
	m.c.employees = append(m.c.employees, e)
	if m.one(4) {
		m.c.employees = append(m.c.employees, employeeRow{id: id, from: m.within(max(e.hired, on("2022-01-01")), on("2025-12-01")), unit: pick(m, "SN", "SS", "L", ""), manager: pick(m, "E03", "E04"),
			status: pick(m, "", "leave"), hired: never, left: never, pay: none})
	}
}

// objectives are strategic goals of nobody, goals of units below them, and some that run in a ring.
func (m maker) objectives() {
	for _, cycle := range m.c.cycles {
		top := m.blank(cycle.id, "TOP-"+cycle.id)
		top.strategic = pick(m, "true", "")
		flagged := m.blank(cycle.id, "FLAG-"+cycle.id)
		flagged.unit, flagged.strategic = "S", "true"
		under := m.measured(m.blank(cycle.id, "UNDER-"+cycle.id), cycle)
		under.unit, under.parent, under.weight = "SN", top.id, m.maybe(2, 0.6)
		apart := m.measured(m.blank(cycle.id, "APART-"+cycle.id), cycle)
		apart.unit, apart.weight = "SN", m.maybe(2, 0.2)
		ring := m.blank(cycle.id, "RING1-"+cycle.id)
		ring.unit, ring.parent = "L", "RING2-"+cycle.id
		back := m.blank(cycle.id, "RING2-"+cycle.id)
		back.unit, back.parent = "L", ring.id
		m.c.goals = append(m.c.goals, top, flagged, under, apart, ring, back)
		for _, g := range []goalRow{under, apart} {
			m.c.items = append(m.c.items, m.itemsOf(g, cycle)...)
			m.c.checkIns = append(m.c.checkIns, m.checkInsOf(g, cycle)...)
		}
	}
}

func (m maker) blank(cycle, id string) goalRow {
	return goalRow{cycle: cycle, id: id, title: "Goal " + id, baseline: none, target: none, lower: none, upper: none, actual: none, progress: none, weight: none, starts: never, due: never}
}

// measured gives a goal something to measure and, often, a measurement.
func (m maker) measured(g goalRow, cycle cycleRow) goalRow {
	g.direction = pick(m, "increase", "increase", "increase", "decrease", "decrease", "maintain", "milestone", "binary", "")
	g.target = m.maybe(8, float64(pick(m, 0, 10, 20, 50, 100, 100, -20)))
	g.baseline = m.maybe(2, float64(pick(m, 0, 10, 40, 100, 150)))
	if g.direction == "maintain" && m.one(2) {
		g.lower, g.upper = m.maybe(4, g.target-pick(m, 1, 5.0)), m.maybe(4, g.target+pick(m, 2, 10.0))
	}
	if g.direction == "binary" {
		g.target = pick(m, none, 1, 100)
	}
	g.actual = m.maybe(2, m.value(g))
	g.progress = m.maybe(2, float64(m.IntN(13))/10)
	g.level = pick(m, "", "", "", "", "true", "false")
	g.commitment = pick(m, "", "", "committed", "aspirational")
	g.status = pick(m, "", "", "", "on_track", "at_risk", "off_track", "not_started", "done", "cancelled")
	if !m.one(3) {
		g.starts = cycle.starts + day(m.IntN(45))
	}
	if !m.one(3) {
		g.due = m.within(cycle.starts+50, cycle.ends+10)
	}
	if m.one(12) && m.c.asOf > cycle.starts+50 && m.c.asOf <= cycle.ends {
		g.due = m.c.asOf - day(m.IntN(2))
	}
	return g
}

// value is near what the goal asks for, often exactly there or at its baseline.
func (m maker) value(g goalRow) float64 {
	if g.direction == "binary" {
		if g.target == 100 {
			return pick(m, 0, 1, 100.0)
		}
		return float64(m.IntN(2))
	}
	if !known(g.target) {
		return float64(m.IntN(120))
	}
	x := g.target * (0.5 + float64(m.IntN(16))/20)
	switch {
	case m.one(5):
		x = g.target
	case m.one(6) && known(g.baseline):
		x = g.baseline
	case known(g.baseline):
		x = g.baseline + (g.target-g.baseline)*(float64(m.IntN(36)-8)/20)
	}
	return x
}

// personIn gives somebody goals, plans, check-ins, judgements and what follows from them in a cycle.
func (m maker) personIn(id string, cycle cycleRow) {
	if m.isAway(id, cycle) && !m.one(20) || cycle.kind == "year" && !m.one(3) {
		return
	}
	if id > "E58" && !m.one(3) {
		m.diligent(id, cycle)
		return
	}
	goals := m.goalsOf(id, cycle)
	for _, g := range goals {
		items := m.itemsOf(g, cycle)
		m.c.items = append(m.c.items, items...)
		m.c.checkIns = append(m.c.checkIns, m.checkInsOf(g, cycle)...)
	}
	m.c.goals = append(m.c.goals, goals...)
	m.judge(id, cycle)
	for range m.IntN(3) {
		m.c.conversations = append(m.c.conversations, conversationRow{cycle: cycle.id, employee: id, kind: pick(m, "one_on_one", "observation", "suggestion", "appeal"),
			on: m.within(cycle.starts, cycle.ends), ackOn: never})
	}
}

// isAway reports whether somebody was hired after the cycle's middle or left before it.
func (m maker) isAway(id string, cycle cycleRow) bool {
	middle := (cycle.starts + cycle.ends) / 2
	for _, e := range m.c.employees {
		if e.id == id && e.hired != never && (e.hired > middle || e.left != never && e.left < middle) {
			return true
		}
	}
	return false
}

func (m maker) goalsOf(id string, cycle cycleRow) []goalRow {
	goals := make([]goalRow, pick(m, 0, 1, 2, 3, 3, 4))
	weights := pick(m, []float64{none, none, none, none}, []float64{0.5, 0.3, 0.2, 0}, []float64{0.25, 0.25, 0.25, 0.25}, []float64{0.6, 0.6, 0.1, 0.2},
		[]float64{0.6, 0.4, none, none}, []float64{none, 0.5, none, 0.2}, []float64{1.003, none, none, none}, []float64{0, 0, 0, 0})
	for i := range goals {
		g := m.measured(m.blank(cycle.id, fmt.Sprintf("%s-%s-%d", id, cycle.id, i)), cycle)
		g.owner, g.weight = id, weights[i]
		g.title = fmt.Sprintf("%s %s %d", pick(m, "Safety", "Budget", "Quality"), pick(m, "training", "budget", "reviews"), i)
		if len(goals) == 2 && m.one(2) {
			g.weight = 0.5
		}
		g.parent = pick(m, "", "", "TOP-", "FLAG-", "UNDER-", "APART-", "RING1-", "nowhere-")
		if g.parent != "" {
			g.parent += cycle.id
		}
		if i > 0 && m.one(4) {
			g.parent = goals[i-1].id
		}
		if m.one(30) {
			g.parent = g.id
		}
		goals[i] = g
	}
	return goals
}

func (m maker) itemsOf(g goalRow, cycle cycleRow) []itemRow {
	if m.one(2) && g.direction != "milestone" {
		return nil
	}
	items := make([]itemRow, m.IntN(5))
	isWeighed := m.one(2)
	for i := range items {
		row := itemRow{cycle: g.cycle, id: fmt.Sprintf("%s/%d", g.id, i), goal: g.id, owner: g.owner, weight: none, starts: never, due: never, doneOn: never, isDone: pick(m, "", "", "", "true", "false")}
		if isWeighed {
			row.weight = pick(m, 0.1, 0.2, 0.5)
		}
		if !m.one(3) {
			row.starts = m.within(cycle.starts, cycle.starts+60)
		}
		if !m.one(4) {
			row.due = m.within(cycle.starts+30, cycle.ends)
		}
		if m.one(2) {
			row.doneOn = m.within(cycle.starts+20, cycle.ends+20)
			if m.one(3) && row.due != never {
				row.doneOn = row.due
			}
			row.isDone = pick(m, "", "true")
		}
		items[i] = row
	}
	return items
}

// checkInsOf reports on a goal, now and then twice on one day, without a number, or after the date of the report.
func (m maker) checkInsOf(g goalRow, cycle cycleRow) []checkInRow {
	rows := make([]checkInRow, pick(m, 0, 0, 1, 2, 3, 5, 8))
	for i := range rows {
		row := checkInRow{goal: g.id, owner: g.owner, on: m.within(cycle.starts, cycle.ends+15), value: m.maybe(8, m.value(g)), progress: m.maybe(3, float64(m.IntN(12))/10),
			status: pick(m, "", "", "", "on_track", "at_risk", "off_track", "on_track", "done")}
		if m.one(40) {
			row.status = "cancelled"
		}
		if i > 0 && m.one(8) {
			row.on = rows[i-1].on
		}
		rows[i] = row
	}
	return rows
}
