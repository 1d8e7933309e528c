package analytics_test

import (
	"slices"

	"gonum.org/v1/gonum/stat"
)

// award is what somebody was given in a cycle.
type award struct {
	id                   string
	count, promotions    int
	share, amount, value float64 // value: by the measure that more of the cycle's awards have
	rank, third          int
	label, outOfLine     string
}

// awards of a cycle, and whether they are compared as shares of base pay.
func (o *oracle) awards(cycle cycleRow) (all []*award, measure string) {
	for _, id := range o.ids() {
		a := &award{id: id, share: none, amount: none, value: none}
		pay := o.who(id, cycle.ends).pay
		isGiven := false
		for _, given := range o.incentives {
			if given.employee != id || given.cycle != cycle.id || given.on > o.asOf {
				continue
			}
			isGiven = true
			a.promotions += int(truth(given.kind == "promotion"))
			share, amount := given.share, given.amount
			a.count += int(truth(known(share) || known(amount)))
			if !known(share) {
				share = given.amount / pay
			}
			if !known(amount) {
				amount = given.share * pay
			}
			a.share, a.amount = plus(a.share, share), plus(a.amount, amount)
		}
		if r := o.ratings[at(id, cycle.id)]; r != nil {
			a.label, a.rank = r.label, r.rank
		}
		if isGiven {
			all = append(all, a)
		}
	}
	shares, amounts := knownOf(all, func(a *award) float64 { return a.share }), knownOf(all, func(a *award) float64 { return a.amount })
	measure = "amount"
	if len(shares) >= len(amounts) {
		measure = "share"
	}
	o.place(all, measure == "share")
	return all, measure
}

// plus adds what is known.
func plus(sum, x float64) float64 {
	switch {
	case !known(x):
		return sum
	case !known(sum):
		return x
	}
	return sum + x
}

func knownOf[T any](all []T, of func(T) float64) (xs []float64) {
	for _, a := range all {
		if x := of(a); known(x) {
			xs = append(xs, x)
		}
	}
	return xs
}

// place finds the third of each award, who stands on a cut in the lower one, and those out of line with the rating.
func (o *oracle) place(all []*award, isByShare bool) {
	for _, a := range all {
		if a.value = a.amount; isByShare {
			a.value = a.share
		}
	}
	values := knownOf(all, func(a *award) float64 { return a.value })
	for _, a := range all {
		if !known(a.value) {
			continue
		}
		a.third = 1 + int(truth(a.value > quantile(values, 1.0/3)+tiny)) + int(truth(a.value > quantile(values, 2.0/3)+tiny))
		switch {
		case a.third == 3 && a.rank == 1:
			a.outOfLine = "high_award_low_rating"
		case a.third == 1 && a.rank == len(o.labels) && a.value < quantile(values, 2.0/3)-tiny: // else it is in the middle third as well
			a.outOfLine = "low_award_high_rating"
		}
	}
}

func (o *oracle) awardTable() *table {
	t := &table{mart: "fct_award", keys: []string{"cycle_id", "employee_id"}}
	for _, cycle := range o.cycles {
		all, measure := o.awards(cycle)
		for _, a := range all {
			f := figures{"rating_label": a.label, "rating_rank": nil, "award_count": a.count, "award_share": a.share, "award_amount": a.amount, "award_measure": measure,
				"award": a.value, "award_third": nil, "promotion_count": a.promotions, "out_of_line": a.outOfLine, "label_count": nil}
			if a.rank > 0 {
				f["rating_rank"], f["label_count"] = a.rank, len(o.labels)
			}
			if a.third > 0 {
				f["award_third"] = a.third
			}
			t.add(f, cycle.id, a.id)
		}
	}
	return t
}

// ranks are places from 1, equal numbers sharing the mean of theirs.
func ranks(xs []float64) []float64 {
	places := make([]float64, len(xs))
	for i, x := range xs {
		below, equal := 0.0, 0.0
		for _, y := range xs {
			below += truth(y < x-tiny)
			equal += truth(y >= x-tiny && y <= x+tiny)
		}
		places[i] = below + (equal+1)/2
	}
	return places
}

// spearman is the correlation of places; unknown where one side does not vary.
func spearman(xs, ys []float64) float64 {
	rx, ry := ranks(xs), ranks(ys)
	if len(xs) < 2 || slices.Max(rx) == slices.Min(rx) || slices.Max(ry) == slices.Min(ry) {
		return none
	}
	return stat.Correlation(rx, ry, nil)
}

func (o *oracle) awardCycleTable() *table {
	t := &table{mart: "fct_award_cycle", keys: []string{"cycle_id"}}
	for _, cycle := range o.cycles {
		all, measure := o.awards(cycle)
		if len(all) == 0 {
			continue
		}
		var top, middle, values, places []float64
		n := map[string]int{}
		for _, a := range all {
			n["promotions"] += a.promotions
			n[a.outOfLine]++
			n["awarded"] += int(truth(a.count > 0))
			if !known(a.value) {
				continue
			}
			switch a.rank {
			case len(o.labels):
				top = append(top, a.value)
			case (len(o.labels) + 1) / 2, len(o.labels)/2 + 1:
				middle = append(middle, a.value)
			}
			if a.rank > 0 {
				values, places = append(values, a.value), append(places, float64(a.rank))
			}
		}
		f := figures{"award_measure": measure, "awarded_count": n["awarded"], "top_count": len(top), "middle_count": len(middle), "pair_count": len(values),
			"high_award_low_rating_count": n["high_award_low_rating"], "low_award_high_rating_count": n["low_award_high_rating"], "promotion_count": n["promotions"]}
		f.why("top_to_middle_ratio", mean(top)/mean(middle), "no_counterpart")
		rho, reason := spearman(values, places), "no_variance"
		if len(values) < int(o.set("minimum_group_count", cycle.id, 5)) {
			rho, reason = none, "too_few"
		}
		f.why("award_rating_correlation", rho, reason)
		t.add(f, cycle.id)
	}
	return t
}

// given sums up awards of some people.
func given(all []*award) (f figures, awarded, promoted int) {
	shares, amounts := knownOf(all, func(a *award) float64 { return a.share }), knownOf(all, func(a *award) float64 { return a.amount })
	promotions := 0
	for _, a := range all {
		awarded += int(truth(a.count > 0))
		promoted += int(truth(a.promotions > 0))
		promotions += a.promotions
	}
	f = figures{"awarded_count": awarded, "share_count": len(shares), "amount_count": len(amounts), "promotion_count": promotions}
	f.why("mean_award_share", mean(shares), "no_evidence")
	return f, awarded, promoted
}

func (o *oracle) awardLabelTable() *table {
	t := &table{mart: "fct_award_label", keys: []string{"cycle_id", "rating_rank"}}
	for _, cycle := range o.cycles {
		all, _ := o.awards(cycle)
		for i, label := range o.labels {
			rank := i + 1
			rated := 0
			for _, id := range o.ids() {
				if r := o.ratings[at(id, cycle.id)]; r != nil && r.rank == rank {
					rated++
				}
			}
			of := slices.DeleteFunc(slices.Clone(all), func(a *award) bool { return a.rank != rank })
			f, awarded, promoted := given(of)
			shares, amounts := knownOf(of, func(a *award) float64 { return a.share }), knownOf(of, func(a *award) float64 { return a.amount })
			f["rating_label"], f["rated_count"], f["promoted_count"] = label.code, rated, promoted
			f["median_award_share"], f["median_award_amount"] = quantile(shares, 0.5), quantile(amounts, 0.5)
			f.share("awarded_share", awarded, rated, "no_counterpart")
			f.share("promoted_share", promoted, rated, "no_counterpart")
			f.why("mean_award_amount", mean(amounts), "no_evidence")
			t.add(f, cycle.id, rank)
		}
	}
	return t
}

func (o *oracle) awardUnitTable() *table {
	t := &table{mart: "fct_award_unit", keys: []string{"cycle_id", "unit_id"}}
	used := map[string]float64{}
	for _, g := range o.groups() {
		all, _ := o.awards(g.cycle)
		if len(all) == 0 {
			continue
		}
		of := slices.DeleteFunc(all, func(a *award) bool { return !slices.ContainsFunc(g.of, func(p *person) bool { return p.id == a.id }) })
		f, awarded, _ := given(of)
		sum, outOfLine := none, 0
		for _, a := range of {
			sum = plus(sum, a.amount)
			outOfLine += int(truth(a.outOfLine != ""))
		}
		if g.unit == "" {
			used[g.cycle.id] = sum // the company comes first
		}
		f["person_count"], f["out_of_line_count"] = len(g.of), outOfLine
		f["awarded_share"] = float64(awarded) / float64(len(g.of))
		f.why("used_amount", sum, "no_evidence")
		f.why("company_budget_share", sum/used[g.cycle.id], "no_evidence")
		t.add(f, g.cycle.id, g.unit)
	}
	return t
}
