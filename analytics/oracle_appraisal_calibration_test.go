package analytics

import (
	"math"
	"strings"

	"gonum.org/v1/gonum/stat"
)

// move is by how many labels calibration raised the person.
func (x rated) move() int { return labelIndex(x.label) - labelIndex(x.before) }

// calibratedCycles have a decision.
func (f *firm) calibratedCycles() []string {
	var all []string
	for _, cycle := range halves {
		for key, p := range f.records {
			if key[0] == cycle && p.ruling != nil {
				all = append(all, cycle)
				break
			}
		}
	}
	return all
}

// compared are the people of calibrated cycles whose labels before and after are known, by cycle and unit.
func (f *firm) compared() map[[2]string][]rated {
	cycles := strings.Join(f.calibratedCycles(), " ")
	all := map[[2]string][]rated{}
	for group, people := range f.groups() {
		for _, x := range people {
			if strings.Contains(cycles, group[0]) && x.before != "" {
				all[group] = append(all[group], x)
			}
		}
	}
	return all
}

func (f *firm) matrix() map[string]line {
	want := map[string]line{}
	for group, people := range f.compared() {
		for _, x := range people {
			key := keyed(group[0], group[1], x.before, x.label)
			if want[key] == nil {
				want[key] = line{"from_rank": labelIndex(x.before) + 1, "to_rank": labelIndex(x.label) + 1, "person_count": 0}
			}
			want[key]["person_count"] = want[key]["person_count"].(int) + 1
		}
	}
	return want
}

func (f *firm) cases() map[string]line {
	want := map[string]line{}
	for key, x := range f.rates {
		if x.source != "calibrated" {
			continue
		}
		hasTalk := false
		for _, on := range x.talks {
			hasTalk = hasTalk || !on.After(x.ruling.on)
		}
		l := line{"from_label": nil, "to_label": x.label, "move": nil, "move_count": nil, "move_reason": "no_counterpart", "shift_points": x.share - x.original,
			"has_reason": strings.TrimSpace(x.ruling.reason) != "", "has_check_in": x.checkIns > 0, "has_conversation": hasTalk,
			"is_against_attainment": nil, "is_against_attainment_reason": "no_counterpart", "is_without_evidence": false}
		if x.before != "" {
			move := x.move()
			l["from_label"], l["move_count"], l["move_reason"], l["is_against_attainment_reason"] = x.before, move, nil, nil
			l["move"] = map[bool]any{true: "same", false: map[bool]any{true: "up", false: "down"}[move > 0]}[move == 0]
			isAgainst := false
			if left, isKnown := f.leftovers(key[0])[key[1]]; move != 0 && isKnown {
				isAgainst = (move > 0) == (left.excess > 0)
				l["is_against_attainment"] = isAgainst
			} else if move != 0 {
				l["is_against_attainment_reason"] = "no_evidence"
			}
			l["is_without_evidence"] = move != 0 && (x.checkIns == 0 && !hasTalk || isAgainst)
		}
		want[keyed(key[0], key[1])] = l
	}
	return want
}

func (f *firm) shifts() map[string]line {
	of := map[string][]rated{}
	for group, people := range f.compared() {
		if group[1] == "" {
			for _, x := range people {
				of[keyed(group[0], x.rater)] = append(of[keyed(group[0], x.rater)], x)
			}
		}
	}
	want := map[string]line{}
	for key, people := range of {
		l := moved(people)
		shift := 0.0
		for _, x := range people {
			shift += (x.share - x.original) / float64(len(people))
		}
		l["net_shift_points"], l["net_shift_points_reason"] = shift, nil
		want[key] = l
	}
	return want
}

func moved(people []rated) line {
	net := 0
	for _, x := range people {
		net += x.move()
	}
	return line{"compared_count": len(people), "net_label_count": float64(net) / float64(len(people)),
		"up_count": count(people, func(x rated) bool { return x.move() > 0 }), "down_count": count(people, func(x rated) bool { return x.move() < 0 })}
}

// kappa has quadratic weights: what differs, by what would differ if any label before went with any after.
func kappa(people []rated) float64 {
	var observed, expected float64
	for i, x := range people {
		for j, y := range people {
			square := math.Pow(float64(labelIndex(x.before)-labelIndex(y.label)), 2)
			expected += square
			if i == j {
				observed += square
			}
		}
	}
	return 1 - observed/(expected/float64(len(people)))
}

func (f *firm) calibrated() map[string]line {
	want := map[string]line{}
	for group, people := range f.compared() {
		l := moved(people)
		k := kappa(people)
		l["kappa_reason"] = tooFew(len(people), k)
		l["kappa"] = unless(l["kappa_reason"], k)
		var before, after, attainments []float64
		for _, x := range people {
			if !math.IsNaN(x.attainment) {
				before, after, attainments = append(before, x.original), append(after, x.share), append(attainments, x.attainment)
			}
		}
		l["placed_count"] = len(before)
		for name, ratings := range map[string][]float64{"spearman_before": before, "spearman_after": after} {
			if len(ratings) == 0 {
				l[name], l[name+"_reason"] = nil, "no_evidence"
				continue
			}
			rho := spearman(ratings, attainments)
			reason := tooFew(len(ratings), rho)
			l[name], l[name+"_reason"] = unless(reason, rho), reason
		}
		want[keyed(group[0], group[1])] = l
	}
	return want
}

// widest is the greatest difference between those that are known; NaN where fewer than two are.
func widest(xs ...float64) float64 {
	low, high, n := math.Inf(1), math.Inf(-1), 0
	for _, x := range xs {
		if !math.IsNaN(x) {
			low, high, n = min(low, x), max(high, x), n+1
		}
	}
	if n < 2 {
		return nan
	}
	return high - low
}

func orZero(x float64) float64 {
	if math.IsNaN(x) {
		return 0
	}
	return x
}

func (x rated) peers() float64 {
	var all []float64
	for key, share := range x.judges() {
		if strings.HasPrefix(key, "peer|") {
			all = append(all, share)
		}
	}
	if len(all) == 0 {
		return nan
	}
	return stat.Mean(all, nil)
}

// nearestLabel is the label whose value is nearest; of two as near the higher.
func nearestLabel(share float64) string {
	best, distance := "", math.Inf(1)
	for _, label := range labels {
		if d := math.Abs(labelShare(label) - share); d <= distance+1e-9 {
			best, distance = label, d
		}
	}
	return best
}

func (f *firm) agenda() map[string]line {
	raters := f.raters()
	want := map[string]line{}
	for key, x := range f.rates {
		l := line{"rating_percentile_share": x.ratingAt, "attainment_percentile_share": x.attainmentAt, "what_if_share": nil, "what_if_label": nil,
			"what_if_label_reason": "no_counterpart", "is_what_if_other": nil}
		var parts [5]float64
		parts[0] = math.Abs(x.ratingAt - x.attainmentAt)
		l["is_mismatch"] = parts[0] > 0.5+1e-9
		parts[1] = nan
		severityReason := any("no_counterpart")
		if rater := raters[keyed(key[0], x.rater)]; rater != nil && !math.IsNaN(x.manager) {
			if severityReason = rater["severity_reason"]; severityReason == nil {
				tilt := rater["severity"].(float64)
				parts[1] = min(1, math.Abs(tilt)*4)
				straight := min(1, max(0, x.manager-tilt))
				label := nearestLabel(straight)
				l["what_if_share"], l["what_if_label"], l["is_what_if_other"] = straight, label, label != x.label
			}
		}
		l["what_if_label_reason"] = severityReason
		parts[2] = widest(x.own, x.manager, x.peers())
		parts[3] = nan
		for i, cycle := range halves[1:] {
			if before, ok := f.rates[[2]string{halves[i], key[1]}]; ok && cycle == key[0] {
				parts[3] = math.Abs(x.share - before.share)
			}
		}
		parts[4] = (1 - orZero(x.measured) + one(x.checkIns == 0) + one(len(x.talks) == 0)) / 3
		for i, name := range []string{"attainment", "rater", "disagreement", "jump", "evidence"} {
			if l[name+"_points"] = parts[i]; name != "evidence" {
				l[name+"_points_reason"] = missingAs(parts[i], []any{"no_evidence", severityReason, "no_counterpart", "no_history"}[i])
			}
		}
		l["agenda_points"] = (orZero(parts[0]) + orZero(parts[1]) + orZero(parts[2]) + orZero(parts[3]) + parts[4]) / 5
		want[keyed(key[0], key[1])] = l
	}
	return want
}

// missingAs is the reason where there is no figure.
func missingAs(x float64, reason any) any {
	if math.IsNaN(x) {
		return reason
	}
	return nil
}
