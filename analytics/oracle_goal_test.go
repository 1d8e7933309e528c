package analytics_test

import (
	"math"
	"slices"
)

// oracle works out from the raw rows of a company what metrics.md defines.
type oracle struct {
	*company
	cycleOf map[string]cycleRow
	goalOf  map[string]*goal
	goals   []*goal
	people  map[string]*person // by employee and cycle
	ratings map[string]*rating // by employee and cycle
}

// goal is one with what can be said of it.
type goal struct {
	goalRow
	starts, due                        day
	items                              []itemRow
	checkIns                           []checkInRow // up to the date of the report, the last one last
	attained, raw, pace, elapsed, part float64      // part: of the owner's weights
	periods, kept                      int
	isAligned                          bool
	source, state                      string
}

func newOracle(c *company) *oracle {
	o := &oracle{company: c, cycleOf: map[string]cycleRow{}, goalOf: map[string]*goal{}, people: map[string]*person{}, ratings: map[string]*rating{}}
	for _, cycle := range c.cycles {
		o.cycleOf[cycle.id] = cycle
	}
	for _, row := range c.goals {
		g := &goal{goalRow: row, starts: row.starts, due: row.due}
		if g.starts == never {
			g.starts = o.cycleOf[row.cycle].starts
		}
		if g.due == never {
			g.due = o.cycleOf[row.cycle].ends
		}
		o.goalOf[row.id] = g
		o.goals = append(o.goals, g)
	}
	for _, item := range c.items {
		o.goalOf[item.goal].items = append(o.goalOf[item.goal].items, item)
	}
	for _, report := range c.checkIns {
		if g := o.goalOf[report.goal]; report.on <= c.asOf {
			g.checkIns = append(g.checkIns, report)
		}
	}
	for _, g := range o.goals {
		slices.SortStableFunc(g.checkIns, func(a, b checkInRow) int { return int(a.on - b.on) })
	}
	for _, g := range o.goals {
		o.measure(g)
	}
	o.weigh()
	o.rate()
	o.meet()
	return o
}

// set is a threshold: the cycle's own, else the company's, else the default of metrics.md.
func (o *oracle) set(name, cycle string, otherwise float64) float64 {
	value := otherwise
	for _, isOwn := range []bool{false, true} {
		for _, s := range o.settings {
			if s.name == name && (s.cycle == cycle && isOwn || s.cycle == "" && !isOwn) {
				value = parse(s.value)
			}
		}
	}
	return value
}

// shownStatus is the owner's: the goal's own, else that of the last check-in with one.
func (g *goal) shownStatus() string {
	for i := len(g.checkIns) - 1; i >= 0 && g.status == ""; i-- {
		if g.checkIns[i].status != "" {
			return g.checkIns[i].status
		}
	}
	return g.status
}

func (g *goal) isLive() bool { return g.shownStatus() != "cancelled" }

func (g *goal) isMilestone() bool { return g.direction == "milestone" }

// isMoved: to be increased, which a goal is without a word about it, or decreased.
func (g *goal) isMoved() bool {
	return g.direction == "" || g.direction == "increase" || g.direction == "decrease"
}

// isDone reports whether a plan item is done by a day.
func (i itemRow) isDoneBy(asOf day) bool {
	if i.doneOn != never {
		return i.doneOn <= asOf
	}
	return i.isDone == "true"
}

// shareOf is the weighted share of a goal's plan items that are so; those without weights count alike.
func (g *goal) shareOf(isSo func(itemRow) bool) float64 {
	part, all := 0.0, 0.0
	for _, item := range g.items {
		weight := item.weight
		if !known(weight) {
			weight = 1
		}
		all += weight
		if isSo(item) {
			part += weight
		}
	}
	return part / all // without items nothing can be said
}

// last value and progress: of the last check-in that has one.
func (g *goal) last(of func(checkInRow) float64) float64 {
	for i := len(g.checkIns) - 1; i >= 0; i-- {
		if x := of(g.checkIns[i]); known(x) {
			return x
		}
	}
	return none
}

// value is the final actual, else that of the last check-in with one.
func (g *goal) value() float64 {
	if known(g.actual) {
		return g.actual
	}
	return g.last(func(r checkInRow) float64 { return r.value })
}

// measure follows the table of directions, then pace and status.
func (o *oracle) measure(g *goal) {
	if g.raw, g.source = o.rawAttainment(g); !known(g.raw) {
		g.source = ""
	}
	g.attained = none
	if known(g.raw) {
		g.attained = max(0, min(o.set("attainment_cap", g.cycle, 1.5), g.raw))
	}
	g.elapsed = 1
	if g.due > g.starts {
		g.elapsed = max(0, min(1, float64(o.asOf-g.starts)/float64(g.due-g.starts)))
	} else if o.asOf < g.due {
		g.elapsed = 0
	}
	expected := g.elapsed
	if planned := *g; g.isHeld() {
		expected = 1
	} else if g.hasDatedItem() {
		planned.items = slices.DeleteFunc(slices.Clone(g.items), func(i itemRow) bool { return i.due == never })
		expected = planned.shareOf(func(i itemRow) bool { return i.due <= o.asOf })
	}
	g.pace = g.attained - expected
	o.state(g)
	o.watch(g)
}

// isHeld: a level that is expected to be there all the time.
func (g *goal) isHeld() bool {
	return g.level == "true" || g.direction == "maintain" || g.direction == "decrease" && !known(g.baseline)
}

// rawAttainment also says what it rests on.
func (o *oracle) rawAttainment(g *goal) (float64, string) {
	value, source := g.value(), "final"
	if !known(g.actual) {
		source = "check_in"
	}
	progress := g.last(func(r checkInRow) float64 {
		if !known(r.progress) && r.status == "done" {
			return 1
		}
		return r.progress
	})
	if !known(progress) {
		progress = g.progress
	}
	hasAim := known(g.target) || g.direction == "binary" || g.direction == "maintain" && (known(g.lower) || known(g.upper))
	switch {
	case g.isMilestone() && len(g.items) > 0:
		return g.shareOf(func(i itemRow) bool { return i.isDoneBy(o.asOf) }), "milestones"
	case g.isMilestone() || !hasAim || !known(value):
		if g.direction == "binary" && known(progress) {
			progress = truth(progress >= 1)
		}
		switch {
		case !known(progress) && g.direction == "binary" && g.status == "done":
			return 1, "progress" // whoever owns it says so
		case !known(progress) && !known(g.target) && g.isMoved():
			progress = g.shareOf(func(i itemRow) bool { return i.isDoneBy(o.asOf) })
			if !known(value) {
				source = "milestones"
			}
		case known(progress) && !known(value):
			return progress, "progress"
		}
		return progress, source
	case g.direction == "binary" && known(g.target):
		return truth(value >= g.target), source
	case g.direction == "binary":
		return truth(value >= 1), source
	case g.direction == "maintain":
		return o.held(g, value), source
	}
	return g.moved(value), source
}

// held: 1 inside the band, else less by the distance to it in terms of the target.
func (o *oracle) held(g *goal, value float64) float64 {
	lower, upper, size := g.lower, g.upper, math.Abs(g.target)
	if !known(lower) && !known(upper) {
		lower, upper = g.target-o.set("maintain_band_share", g.cycle, 0.05)*size, g.target+o.set("maintain_band_share", g.cycle, 0.05)*size
	}
	distance := 0.0
	if known(lower) && value < lower {
		distance = lower - value
	}
	if known(upper) && value > upper {
		distance = value - upper
	}
	switch {
	case distance < 1e-12:
		return 1
	case size == 0:
		return 0
	}
	return max(0, 1-distance/size)
}

// moved: of the way from the baseline to the target; without one, the share of the target.
func (g *goal) moved(value float64) float64 {
	isMet := value >= g.target
	better := value - g.target
	if g.direction == "decrease" {
		isMet, better = value <= g.target, -better
	}
	switch {
	case known(g.baseline) && g.baseline == g.target, !known(g.baseline) && g.target == 0:
		return truth(isMet)
	case known(g.baseline):
		return (value - g.baseline) / (g.target - g.baseline)
	}
	return 1 + better/math.Abs(g.target) // actual / target, and 2 - actual / target for less is better
}

func truth(is bool) float64 {
	if is {
		return 1
	}
	return 0
}

// tiny keeps figures that equal a threshold from falling short of it in the last digit.
const tiny = 1e-10

func (o *oracle) state(g *goal) {
	switch {
	case !g.isLive():
		g.state = "cancelled"
	case !known(g.attained) && g.elapsed > o.set("not_started_from", g.cycle, 0.1)+tiny:
		g.state = "not_started"
	case !known(g.attained):
		g.state = ""
	case g.attained >= 1-tiny:
		g.state = "done"
	case o.asOf > g.due:
		g.state = "overdue"
	case g.pace >= o.set("on_track_from_points", g.cycle, -0.1)-tiny:
		g.state = "on_track"
	case g.pace >= o.set("at_risk_from_points", g.cycle, -0.25)-tiny:
		g.state = "at_risk"
	default:
		g.state = "off_track"
	}
}

// watch counts full periods of the goal's active time and those with a check-in.
func (o *oracle) watch(g *goal) {
	length := o.period(g.cycle)
	g.periods = max(0, (int(min(g.due, o.asOf)-g.starts)+1)/length)
	for n := range g.periods {
		from := g.starts + day(n*length)
		if slices.ContainsFunc(g.checkIns, func(r checkInRow) bool { return r.on >= from && r.on < from+day(length) }) {
			g.kept++
		}
	}
}

func (o *oracle) period(cycle string) int {
	if own := o.cycleOf[cycle].period; known(own) {
		return int(own)
	}
	return int(o.set("check_in_days", cycle, 30))
}

func (g *goal) cadence() float64 {
	if g.periods == 0 {
		return none
	}
	return float64(g.kept) / float64(g.periods)
}

// aligned: the chain of parents ends at a strategic objective; the same goal met again ends it nowhere.
func (o *oracle) aligned(g *goal) bool {
	seen := map[string]bool{}
	for ; g != nil && !seen[g.id]; g = o.goalOf[g.parent] {
		if g.strategic == "true" || g.owner == "" && g.unit == "" {
			return true
		}
		seen[g.id] = true
	}
	return false
}

// weigh gives each live goal its part of its owner's weights; goals without a weight have equal shares of what the others leave.
func (o *oracle) weigh() {
	sums, stated, missing := map[string]float64{}, map[string]float64{}, map[string]float64{}
	owner := func(g *goal) string { return g.cycle + "/" + g.owner + "/" + g.unit }
	for _, g := range o.goals {
		if g.isLive() && known(g.weight) {
			stated[owner(g)] += g.weight
		} else if g.isLive() {
			missing[owner(g)]++
		}
	}
	weight := func(g *goal) float64 {
		if known(g.weight) {
			return g.weight
		}
		return max(0, 1-stated[owner(g)]) / missing[owner(g)]
	}
	for _, g := range o.goals {
		if g.isLive() {
			sums[owner(g)] += weight(g)
		}
	}
	for _, g := range o.goals {
		g.isAligned, g.part = o.aligned(g), none
		if g.isLive() && sums[owner(g)] > 0 {
			g.part = weight(g) / sums[owner(g)]
		}
	}
}

func (o *oracle) goalTable() *table {
	t := &table{mart: "fct_goal", keys: []string{"goal_id"}}
	for _, g := range o.goals {
		f := figures{
			"actual": g.value(), "attainment_raw": g.raw, "attainment": g.attained, "actual_source": g.source, "elapsed_share": g.elapsed, "pace": g.pace, "status": g.state,
			"is_held": g.isHeld(), "weight_share": g.part, "is_aligned": g.isAligned, "check_in_count": len(g.checkIns), "full_period_count": g.periods,
			"cadence_share": g.cadence(), "plan_item_count": len(g.items), "milestone_share": g.shareOf(func(i itemRow) bool { return i.isDoneBy(o.asOf) }),
			"has_dated_plan": g.hasDatedItem(), "is_met": nil, "last_check_in_on": never,
		}
		if known(g.attained) {
			from := 1.0
			if g.commitment == "aspirational" {
				from = o.set("aspirational_met_from", g.cycle, 0.7)
			}
			f["is_met"] = g.attained >= from-tiny
		}
		if n := len(g.checkIns); n > 0 {
			f["last_check_in_on"] = g.checkIns[n-1].on
		}
		t.add(f, g.id)
	}
	return t
}

func (g *goal) hasDatedItem() bool {
	return slices.ContainsFunc(g.items, func(i itemRow) bool { return i.due != never })
}
