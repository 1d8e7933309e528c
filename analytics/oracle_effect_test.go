package analytics_test

import (
	"math"
	"slices"

	"gonum.org/v1/gonum/stat"
	"gonum.org/v1/gonum/stat/distuv"
)

// subject is somebody whose change can be compared with others who started alike.
type subject struct {
	stratum   string // rating and fifth of attainment before
	isTreated bool
	change    float64
}

// subjects of a cycle: rated and measured in the one before, measured now. Who cannot be said to be treated is left out.
func (o *oracle) subjects(cycle, effect, figure string) (all []subject) {
	last := o.previous(cycle)
	var before []float64
	changes := o.changes(cycle)
	for _, c := range changes {
		if known(c.attainedBefore) {
			before = append(before, c.attainedBefore)
		}
	}
	for _, c := range changes {
		r := o.ratings[at(c.id, last)]
		if c.now == nil || c.before == nil || r == nil || r.label == "" || !known(c.attained) {
			continue
		}
		s := subject{change: c.attained}
		if figure == "rating" {
			s.change = c.rating
		}
		fifth := 1
		for _, p := range []float64{0.2, 0.4, 0.6, 0.8} {
			fifth += int(truth(c.attainedBefore > quantile(before, p)+tiny))
		}
		s.stratum = r.label + string(rune('0'+fifth))
		if s.isTreated = o.onPlan(c.id, last); effect == "timely_feedback" {
			f := o.feedbackOn(c.before, r)
			if f.isDelivered && !known(f.days) {
				continue
			}
			s.isTreated = f.isDelivered && o.isTimely(f, last)
		}
		if known(s.change) {
			all = append(all, s)
		}
	}
	return all
}

// arm is the changes of one side of a stratum.
type arm []float64

func (a arm) variance(otherwise float64) float64 {
	if len(a) < 2 {
		return otherwise
	}
	return stat.Variance(a, nil)
}

func (o *oracle) effectTable() *table {
	t := &table{mart: "fct_plan_effect", keys: []string{"effect", "cycle_id", "figure"}}
	for _, cycle := range o.cycles {
		for _, effect := range []string{"improvement_plan", "timely_feedback"} {
			for _, figure := range []string{"attainment", "rating"} {
				if all := o.subjects(cycle.id, effect, figure); len(all) > 0 && o.hasBegun(cycle) {
					t.add(o.effectOf(all, cycle.id), effect, cycle.id, figure)
				}
			}
		}
	}
	return t
}

func (o *oracle) effectOf(all []subject, cycle string) figures {
	treated, untreated := map[string]arm{}, map[string]arm{}
	counts := map[bool]int{}
	for _, s := range all {
		counts[s.isTreated]++
		if s.isTreated {
			treated[s.stratum] = append(treated[s.stratum], s.change)
		} else {
			untreated[s.stratum] = append(untreated[s.stratum], s.change)
		}
	}
	var strata []string
	nt, nu, dropped, droppedTreated := 0, 0, 0, 0
	for stratum, t := range treated {
		if u := untreated[stratum]; len(u) > 0 {
			strata, nt, nu = append(strata, stratum), nt+len(t), nu+len(u)
		} else {
			dropped, droppedTreated = dropped+1, droppedTreated+len(t)
		}
	}
	slices.Sort(strata)
	effect, deviation := 0.0, 0.0
	alone := pooled(strata, treated, untreated) // of one person in a stratum there is no variance
	for _, stratum := range strata {
		t, u := treated[stratum], untreated[stratum]
		w := float64(len(t)) / float64(nt)
		effect += w * (stat.Mean(t, nil) - stat.Mean(u, nil))
		deviation += w * w * (t.variance(alone)/float64(len(t)) + u.variance(alone)/float64(len(u)))
	}
	deviation = math.Sqrt(deviation)
	reason := ""
	switch {
	case counts[true] < int(o.set("minimum_treated_count", cycle, 20)):
		reason = "too_few"
	case len(strata) == 0:
		reason = "no_counterpart"
	case nt < int(o.set("minimum_treated_count", cycle, 20)):
		reason = "too_few" // of those who can be compared
	case !known(deviation) || deviation < 1e-9:
		reason = "no_variance"
	}
	f := figures{"effect_points_reason": reason, "treated_count": nt, "untreated_count": nu, "all_treated_count": counts[true], "all_untreated_count": counts[false],
		"stratum_count": len(strata), "dropped_stratum_count": dropped, "dropped_treated_count": droppedTreated, "effect_points": nil,
		"standard_error_points": nil, "interval_lower_points": nil, "interval_upper_points": nil, "is_inconclusive": nil}
	if reason == "" {
		reach := distuv.UnitNormal.Quantile(0.975) * deviation
		f["effect_points"], f["standard_error_points"] = effect, deviation
		f["interval_lower_points"], f["interval_upper_points"] = effect-reach, effect+reach
		f["is_inconclusive"] = effect-reach <= 0 && effect+reach >= 0
	}
	return f
}

// pooled is the variance within strata of all of them together.
func pooled(strata []string, sides ...map[string]arm) float64 {
	squares, free := 0.0, 0.0
	for _, arms := range sides {
		for _, stratum := range strata {
			if a := arms[stratum]; len(a) > 1 {
				squares += stat.Variance(a, nil) * float64(len(a)-1)
				free += float64(len(a) - 1)
			}
		}
	}
	return squares / free
}
