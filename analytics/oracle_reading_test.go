package analytics_test

import (
	"fmt"
	"math"
	"slices"
	"time"
)

// judged is a reading with what its series lets expect. Series are shorter than two years, so that none has seasons.
type judged struct {
	readingRow
	family         string
	expected, z    float64
	peers          []float64 // z of the job family in the month, the person's own among them
	isDip, isShift bool
	shiftCount     int
	shiftBegan     day
}

func (d day) month() string { return d.String()[:7] }

// seriesOf are the readings of a person on a metric up to the date of the report, in time.
func (o *oracle) series() (all [][]judged) {
	at := map[string]int{}
	for _, r := range o.readings {
		if r.on > o.asOf {
			continue
		}
		key := r.employee + "/" + r.metric
		i, ok := at[key]
		if !ok {
			i = len(all)
			at[key] = i
			all = append(all, nil)
		}
		all[i] = append(all[i], judged{readingRow: r, family: o.who(r.employee, r.on).family, expected: none, z: none})
	}
	byPeriod := map[string][]float64{}
	for _, s := range all {
		slices.SortFunc(s, func(a, b judged) int { return int(a.on - b.on) })
		judgeSeries(s)
		for _, r := range s {
			if known(r.z) {
				byPeriod[r.metric+r.family+r.on.month()] = append(byPeriod[r.metric+r.family+r.on.month()], r.z)
			}
		}
	}
	for _, s := range all {
		for i := range s {
			s[i].peers = byPeriod[s[i].metric+s[i].family+s[i].on.month()] // whoever has no family is a peer of the others without
		}
	}
	return all
}

// judgeSeries: from the eighth reading on, against the median of the twelve before, in robust deviations with a floor; then the running sums.
func judgeSeries(s []judged) {
	high, low := 0.0, 0.0
	var highFrom, lowFrom int
	for i := range s {
		r := &s[i]
		if i < 7 {
			continue
		}
		var base, distances []float64
		for _, before := range s[max(0, i-12):i] {
			base = append(base, before.value)
		}
		r.expected = quantile(base, 0.5)
		for _, x := range base {
			distances = append(distances, math.Abs(x-r.expected))
		}
		r.z = (r.value - r.expected) / max(1.4826*quantile(distances, 0.5), 0.02*math.Abs(r.expected))
		adverse := -r.z
		if r.direction == "decrease" {
			adverse = r.z
		}
		r.isDip = adverse >= 3.5-tiny
		counted := max(-3.5, min(3.5, r.z))
		before := []float64{high, low}
		if high == 0 {
			highFrom = i
		}
		if low == 0 {
			lowFrom = i
		}
		high, low = max(0, high+counted-0.5), max(0, low-counted-0.5)
		if high == 0 {
			highFrom = i + 1
		}
		if low == 0 {
			lowFrom = i + 1
		}
		now, was, from := low, before[1], lowFrom
		if r.direction == "decrease" {
			now, was, from = high, before[0], highFrom
		}
		if r.isShift = now > 5+tiny && was <= 5+tiny; r.isShift {
			r.shiftBegan, r.shiftCount = s[from].on, i-from+1
		}
	}
}

func (r judged) cause(shift float64) string {
	switch {
	case !known(shift) || !r.isDip:
		return ""
	case math.Abs(shift) < 2-tiny:
		return "individual"
	case math.Abs(r.z-shift) < 2-tiny:
		return "environment"
	}
	return "both"
}

func (o *oracle) readingTable() *table {
	t := &table{mart: "fct_reading", keys: []string{"metric", "employee_id", "read_on"}}
	for _, s := range o.series() {
		for i, r := range s {
			f := figures{"reading_number": i + 1, "expected": r.expected, "z": r.z, "is_alarm": r.isDip, "is_shift_alarm": r.isShift, "peer_count": nil,
				"shift_reading_count": nil, "shift_began_on": never, "job_family": r.family}
			if r.isShift {
				f["shift_reading_count"], f["shift_began_on"] = r.shiftCount, r.shiftBegan
			}
			shift := none
			if f["peer_count"] = len(r.peers); len(r.peers) >= 5 {
				shift = quantile(r.peers, 0.5)
			}
			f["peer_shift"], f["cause_hint"] = shift, r.cause(shift)
			t.add(f, r.metric, r.employee, r.on)
		}
	}
	return t
}

// gap is a stretch of a series in which a reading was due and did not come.
type gap struct {
	last, arrived judged
	hasArrived    bool
	days          float64
	due, from     day
	count         int
}

// gaps of series of eight readings and more: longer than the usual days between two and half of them.
func (o *oracle) gaps() (all []gap) {
	for _, s := range o.series() {
		if len(s) < 8 {
			continue
		}
		var days []float64
		for i := range s[1:] {
			days = append(days, float64(s[i+1].on-s[i].on))
		}
		usual := quantile(days, 0.5)
		for i, r := range s {
			g := gap{last: r, days: usual, due: r.on + day(math.Round(usual)), from: r.on + day(math.Round(usual)+math.Ceil(usual/2))}
			until := o.asOf
			if i+1 < len(s) {
				g.arrived, g.hasArrived = s[i+1], true
				until = s[i+1].on
				g.count = max(1, int(math.Round(float64(until-r.on)/usual))-1)
			} else {
				g.count = max(1, int(math.Floor(float64(until-r.on)/usual)))
			}
			left := o.who(r.employee, o.asOf).left
			if hasLeft := left != never && left <= g.from; until > g.from && !hasLeft {
				all = append(all, g)
			}
		}
	}
	return all
}

func (o *oracle) gapTable() *table {
	t := &table{mart: "fct_reading_missing", keys: []string{"metric", "employee_id", "due_on"}}
	for _, g := range o.gaps() {
		f := figures{"missing_from_on": g.from, "arrived_on": never, "gap_days": g.days, "missing_count": g.count, "is_still_missing": !g.hasArrived}
		if g.hasArrived {
			f["arrived_on"] = g.arrived.on
		}
		t.add(f, g.last.metric, g.last.employee, g.due)
	}
	return t
}

// alarm is a dip, a shift or a reading that did not come.
type alarm struct {
	kind, metric, employee, cycle string
	on, reacted                   day
	of                            judged // nothing of a reading that did not come
}

func (o *oracle) alarms() (all []alarm) {
	note := func(kind string, of judged, on day) {
		r := of.readingRow
		a := alarm{kind, r.metric, r.employee, o.cycleOn(on), on, never, of}
		react := func(when day) {
			if when != never && when > on && when <= o.asOf && (a.reacted == never || when < a.reacted) {
				a.reacted = when
			}
		}
		for _, talk := range o.conversations {
			if talk.employee == r.employee {
				react(talk.on)
			}
		}
		for _, report := range o.checkIns {
			if report.owner == r.employee {
				react(report.on)
			}
		}
		all = append(all, a)
	}
	for _, s := range o.series() {
		for _, r := range s {
			if r.isDip {
				note("dip", r, r.on)
			}
			if r.isShift {
				note("shift", r, r.on)
			}
		}
	}
	for _, g := range o.gaps() {
		nothing := judged{readingRow: g.last.readingRow, expected: none, z: none}
		nothing.value = none
		note("missing", nothing, g.from+1)
	}
	return all
}

// cycleOn is the shortest cycle that holds a day.
func (o *oracle) cycleOn(on day) (id string) {
	shortest := 1000
	for _, c := range o.cycles {
		if c.starts <= on && on <= c.ends && int(c.ends-c.starts) < shortest {
			id, shortest = c.id, int(c.ends-c.starts)
		}
	}
	return id
}

func (o *oracle) alarmTable() *table {
	t := &table{mart: "fct_alarm", keys: []string{"alarm_kind", "metric", "employee_id", "alarm_on"}}
	for _, a := range o.alarms() {
		f := figures{"cycle_id": a.cycle, "reacted_on": a.reacted, "reaction_days": nil, "reaction_days_reason": "no_evidence", "is_unanswered": a.reacted == never, "waiting_days": nil,
			"value": a.of.value, "expected": a.of.expected, "z": a.of.z, "peer_shift": nil}
		if a.kind == "dip" && len(a.of.peers) >= 5 { // a shift is of many readings: it is not held against the peers
			f["peer_shift"] = quantile(a.of.peers, 0.5)
		}
		if a.reacted != never {
			f["reaction_days"], f["reaction_days_reason"] = int(a.reacted-a.on), ""
		} else {
			f["waiting_days"] = int(o.asOf - a.on)
		}
		t.add(f, a.kind, a.metric, a.employee, a.on)
	}
	return t
}

func (o *oracle) personAlarmTable() *table {
	t := &table{mart: "fct_employee_alarm", keys: []string{"employee_id", "cycle_id"}}
	byPerson := map[[2]string][]alarm{}
	for _, a := range o.alarms() {
		if a.cycle != "" {
			byPerson[[2]string{a.employee, a.cycle}] = append(byPerson[[2]string{a.employee, a.cycle}], a)
		}
	}
	for key, all := range byPerson {
		n := map[string]int{}
		since := never
		var days []float64
		for _, a := range all {
			n[a.kind]++
			if a.reacted != never {
				days = append(days, float64(a.reacted-a.on))
			} else if n["waiting"]++; since == never || a.on < since {
				since = a.on
			}
		}
		f := figures{"alarm_count": len(all), "dip_count": n["dip"], "shift_count": n["shift"], "missing_count": n["missing"], "unanswered_count": n["waiting"], "unanswered_since_on": since}
		f.why("median_reaction_days", quantile(days, 0.5), "no_evidence")
		t.add(f, key[0], key[1])
	}
	return t
}

// readings are monthly, of twenty months, now and then with a gap, a dip, a lasting drop or a bad month of a whole job family.
func (m maker) readings() {
	for _, id := range m.ids() {
		for metric, direction := range []string{"increase", "decrease"} {
			if m.one(3) {
				continue
			}
			level, drop := float64(100+m.IntN(4)*50), 8+m.IntN(30)
			for month := range 21 {
				first := day(time.Date(2024, time.Month(2+month), 1, 0, 0, 0, 0, time.UTC).Unix() / 86400)
				value := level + float64(m.IntN(9))
				bad := 1 - 2*float64(metric)
				if m.one(25) || month == 11 || month == 15 && id < "E30" {
					value -= bad * 60
				}
				if month >= drop {
					value -= bad * 7
				}
				if month > 17 && m.one(3) {
					break
				}
				if !m.one(12) {
					m.c.readings = append(m.c.readings, readingRow{fmt.Sprint("Metric ", metric), id, first + day(m.IntN(28)), value, direction})
				}
			}
		}
	}
}
