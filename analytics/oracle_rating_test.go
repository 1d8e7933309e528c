package analytics_test

import (
	"math"
	"strconv"
)

func parse(text string) float64 {
	x, err := strconv.ParseFloat(text, 64)
	if err != nil {
		return none
	}
	return x
}

// rating is somebody's final one.
type rating struct {
	source, label     string
	rank              int
	share, self, boss float64
	on                day
	original          string
	originalShare     float64
	reviewer          string
}

func at(employee, cycle string) string { return employee + "/" + cycle }

// onScale is a label's or score's rank and place between the lowest and the highest.
func (o *oracle) onScale(label string, score float64) (string, int, float64) {
	low, high := o.labels[0].value, o.labels[len(o.labels)-1].value
	if label != "" {
		for _, l := range o.labels {
			if l.code == label {
				return l.code, int(l.rank), (l.value - low) / (high - low)
			}
		}
	}
	if !known(score) {
		return "", 0, none
	}
	nearest := o.labels[0]
	for _, l := range o.labels {
		if math.Abs(l.value-score) < math.Abs(nearest.value-score) {
			nearest = l
		}
	}
	return nearest.code, int(nearest.rank), (score - low) / (high - low)
}

// latest overall judgement of somebody in a role, up to the date of the report.
func (o *oracle) latest(role, employee, cycle string) *appraisalRow {
	var last *appraisalRow
	for i, a := range o.appraisals {
		if a.role == role && a.employee == employee && a.cycle == cycle && a.on <= o.asOf && (last == nil || a.on >= last.on) {
			last = &o.appraisals[i]
		}
	}
	return last
}

// rate settles final ratings: calibrated, else the manager's, else the committee's.
func (o *oracle) rate() {
	for _, id := range o.ids() {
		for _, cycle := range o.cycles {
			if r := o.finalRating(id, cycle.id); r != nil {
				o.ratings[at(id, cycle.id)] = r
			}
		}
	}
}

func (o *oracle) finalRating(id, cycle string) *rating {
	r := &rating{share: none, self: none, boss: none, originalShare: none, on: never}
	for _, role := range []string{"committee", "manager"} {
		if a := o.latest(role, id, cycle); a != nil {
			r.source, r.on, r.reviewer = role, a.on, a.reviewer
			r.label, r.rank, r.share = o.onScale(a.label, a.score)
			if role == "manager" {
				r.boss = r.share
			}
		}
	}
	r.original, r.originalShare = r.label, r.share
	decided := never
	for _, k := range o.calibrations {
		if k.employee == id && k.cycle == cycle && k.on <= o.asOf && k.on >= decided {
			decided, r.source, r.on = k.on, "calibrated", k.on
			r.label, r.rank, r.share = o.onScale(k.to, k.score)
		}
	}
	if a := o.latest("self", id, cycle); a != nil {
		_, _, r.self = o.onScale(a.label, a.score)
	}
	if r.source == "" {
		return nil
	}
	return r
}

func (o *oracle) ratingTable() *table {
	t := &table{mart: "fct_rating", keys: []string{"employee_id", "cycle_id"}}
	for _, id := range o.ids() {
		for _, cycle := range o.cycles {
			if r := o.ratings[at(id, cycle.id)]; r != nil {
				t.add(figures{"label": r.label, "rank": r.rank, "value_share": r.share, "rating_source": r.source, "self_value_share": r.self, "manager_value_share": r.boss,
					"self_manager_gap_points": r.self - r.boss, "rated_on": r.on, "original_label": r.original, "original_value_share": r.originalShare}, id, cycle.id)
			}
		}
	}
	return t
}

func (o *oracle) ids() []string {
	var ids []string
	for _, e := range o.employees {
		if len(ids) == 0 || ids[len(ids)-1] != e.id {
			ids = append(ids, e.id)
		}
	}
	return ids
}
