package demo

import (
	"math"
	"slices"
	"testing"
	"time"
)

// recount is what an analyst works out who has only the files.
type recount struct {
	people     map[string]record             // last roster line
	attainment map[[2]string]float64         // person and cycle
	unit       map[[2]string]string          // where the goals or the appraisal say the person works
	reviewer   map[[2]string]string          //
	manager    map[[2]string]float64         // rank of the manager's label
	final      map[[2]string]float64         // after calibration
	acked      map[[2]string]bool            // feedback acknowledged
	plan       map[[2]string]string          // kind
	goals      map[string][]attained         // by unit
	closed     map[string]bool               // cycles that are over
	orders     map[string]map[string]float64 // date, person
}

type attained struct {
	person, metric, direction, cycle string
	target, actual, attainment       float64
}

func recounted(t *testing.T, dir string, truth Truth) *recount {
	t.Helper()
	n := &recount{
		people: map[string]record{}, attainment: map[[2]string]float64{}, unit: map[[2]string]string{}, reviewer: map[[2]string]string{},
		manager: map[[2]string]float64{}, final: map[[2]string]float64{}, acked: map[[2]string]bool{}, plan: map[[2]string]string{},
		goals: map[string][]attained{}, closed: map[string]bool{}, orders: map[string]map[string]float64{},
	}
	for _, label := range truth.Cycles[:len(truth.Cycles)-1] {
		n.closed[label] = true
	}
	mails := map[string]string{}
	for _, r := range records(t, dir, truth, "employee") {
		n.people[r["employee_id"]], mails[r["employee_email"]] = r, r["employee_id"]
	}
	n.readGoals(t, dir, truth)
	n.readRatings(t, dir, truth)
	for _, r := range records(t, dir, truth, "conversation") {
		id := r["employee_id"] + mails[r["employee_email"]]
		if k := r["conversation_kind"]; (k == "Feedback" || k == "绩效面谈") && (r["is_acknowledged"] == "Yes" || r["is_acknowledged"] == "是") {
			n.acked[[2]string{id, r.cycleOf()}] = true
		}
	}
	for _, r := range records(t, dir, truth, "improvement_plan") {
		n.plan[[2]string{r["employee_id"], r.cycleOf()}] = r["plan_kind"]
	}
	for _, r := range records(t, dir, truth, "reading") {
		when, _ := dated(r["read_on"])
		if when.IsZero() {
			when, _ = time.Parse("2006/01/02", r["read_on"])
		}
		if x, ok := r.number("value"); ok && r["metric"] == truth.MarketFall.Metric {
			if n.orders[iso(when)] == nil {
				n.orders[iso(when)] = map[string]float64{}
			}
			n.orders[iso(when)][r["employee_id"]] = x
		}
	}
	return n
}

// readGoals works out attainment as the definitions say: a final actual, else the last check-in.
func (n *recount) readGoals(t *testing.T, dir string, truth Truth) {
	last, lastOn := map[string]float64{}, map[string]time.Time{}
	for _, r := range records(t, dir, truth, "check_in") {
		when, ok := dated(r["checked_on"])
		if x, has := r.number("value"); ok && has && !when.Before(lastOn[r["goal_id"]]) {
			last[r["goal_id"]], lastOn[r["goal_id"]] = x, when
		}
	}
	items, done := map[string]float64{}, map[string]float64{}
	for _, r := range records(t, dir, truth, "plan_item") {
		items[r["goal_id"]]++
		if _, ok := dated(r["done_on"]); ok {
			done[r["goal_id"]]++
		}
	}
	sums, weights := map[[2]string]float64{}, map[[2]string]float64{}
	for _, r := range records(t, dir, truth, "goal") {
		key := [2]string{r["employee_id"], r.cycleOf()}
		actual, ok := r.number("actual")
		if !ok {
			actual, ok = last[r["goal_id"]], !lastOn[r["goal_id"]].IsZero()
		}
		direction := map[string]string{"提升": "Increase", "降低": "Decrease", "保持": "Maintain", "里程碑": "Milestone", "是否型": "Binary"}[r["direction"]]
		if direction == "" {
			direction = r["direction"]
		}
		target, _ := r.number("target")
		a := attainment(r, direction, target, actual)
		if direction == "Milestone" {
			a, ok = done[r["goal_id"]]/items[r["goal_id"]], r["status"] != "Not Started" && r["status"] != "未开始"
		}
		weight, _ := r.number("weight")
		if !n.closed[key[1]] || !ok || key[0] == "" || r["status"] == "Cancelled" || r["status"] == "已取消" {
			continue
		}
		sums[key] += weight * min(1.5, max(0, a))
		weights[key] += weight
		n.unit[key] = r["unit"]
		n.goals[r["unit"]] = append(n.goals[r["unit"]], attained{key[0], r["metric"], direction, key[1], target, actual, a})
	}
	for key, w := range weights {
		n.attainment[key] = sums[key] / w
	}
}

func attainment(r record, direction string, target, actual float64) float64 {
	baseline, has := r.number("baseline")
	switch {
	case direction == "Maintain":
		return max(0, 1-max(0, math.Abs(actual-target)-0.05*target)/target)
	case has:
		return (actual - baseline) / (target - baseline)
	case direction == "Decrease":
		return 2 - actual/target
	}
	return actual / target
}

func (n *recount) readRatings(t *testing.T, dir string, truth Truth) {
	ranks := map[string]float64{"D": 1, "C": 2, "B": 3, "A": 4, "S": 5}
	for _, r := range records(t, dir, truth, "appraisal") {
		key := [2]string{r["employee_id"], r.cycleOf()}
		switch role := r["reviewer_role"]; {
		case role == "" && r["manager_rating"] != "":
			score, _ := r.number("manager_rating")
			n.manager[key] = 1
			for _, floor := range []float64{50, 65, 80, 90} {
				if score >= floor {
					n.manager[key]++
				}
			}
		case (role == "Manager" || role == "上级") && r["label"] != "":
			n.manager[key] = ranks[r["label"]]
		default:
			continue
		}
		n.reviewer[key], n.final[key], n.unit[key] = r["reviewer_id"], n.manager[key], r["unit"]
	}
	for _, r := range records(t, dir, truth, "calibration") {
		n.final[[2]string{r["employee_id"], r.cycleOf()}] = ranks[r["to_label"]]
	}
}

// residuals are managers' ranks less what a straight line over attainment gives, cycle by cycle.
func (n *recount) residuals() map[[2]string]float64 {
	found := map[[2]string]float64{}
	for label := range n.closed {
		var x, y []float64
		var keys [][2]string
		for key, rank := range n.manager {
			if a, ok := n.attainment[key]; ok && key[1] == label {
				x, y, keys = append(x, a), append(y, rank), append(keys, key)
			}
		}
		mx, my, xy, xx := average(x), average(y), 0.0, 0.0
		for i := range x {
			xy, xx = xy+(x[i]-mx)*(y[i]-my), xx+(x[i]-mx)*(x[i]-mx)
		}
		for i, key := range keys {
			found[key] = y[i] - my - xy/xx*(x[i]-mx)
		}
	}
	return found
}

func average(x []float64) float64 {
	sum := 0.0
	for _, v := range x {
		sum += v
	}
	return sum / float64(len(x))
}

func middle(x []float64) float64 {
	x = slices.Sorted(slices.Values(x))
	if len(x)%2 == 1 {
		return x[len(x)/2]
	}
	return (x[len(x)/2-1] + x[len(x)/2]) / 2
}

// z is a reading against the person's twelve before, as the definitions say; NaN with fewer than eight.
func (n *recount) z(person, date string) float64 {
	var before []float64
	for _, d := range slices.Backward(n.dates()) {
		if x, ok := n.orders[d][person]; ok && d < date && len(before) < 12 {
			before = append(before, x)
		}
	}
	if len(before) < 8 {
		return math.NaN()
	}
	expected, off := middle(before), make([]float64, len(before))
	for i, x := range before {
		off[i] = math.Abs(x - expected)
	}
	return (n.orders[date][person] - expected) / max(1.4826*middle(off), 0.02*expected)
}

func (n *recount) dates() []string {
	var dates []string
	for d := range n.orders {
		dates = append(dates, d)
	}
	slices.Sort(dates)
	return dates
}
