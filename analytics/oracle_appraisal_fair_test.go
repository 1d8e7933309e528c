package analytics

import (
	"fmt"
	"math"
	"math/big"
	"slices"
)

// groupOf is the group that a person is in by a protected attribute on the cycle's last day; empty: not known.
func (p *record) groupOf(attribute string) string {
	switch attribute {
	case "gender":
		return p.who.gender
	case "Shift":
		return p.who.shift
	}
	age := 0
	for !p.who.birth.AddDate(age+1, 0, 0).After(halfEnds[p.cycle]) {
		age++
	}
	switch {
	case age < 30:
		return "-29"
	case age < 50:
		return fmt.Sprintf("%d-%d", age/10*10, age/10*10+9)
	}
	return "50+"
}

// isFavoured: one of the top two labels, in 2024H2 by its own setting the top one.
func (x rated) isFavoured() bool { return x.label == "S" || x.label == "A" && x.cycle != "2024H2" }

// stratum is the grade, job family and fifth of attainment.
func (x rated) stratum() string {
	fifth := "unknown"
	if !math.IsNaN(x.attainmentAt) {
		fifth = fmt.Sprint(min(4, int(x.attainmentAt*5)))
	}
	return keyed(x.who.grade, x.who.family, fifth)
}

// byGroup are the rated people of a cycle by group, where the attribute is known.
func (f *firm) byGroup(cycle, attribute string) map[string][]rated {
	all := map[string][]rated{}
	for key, x := range f.rates {
		if value := x.groupOf(attribute); key[0] == cycle && value != "" {
			all[value] = append(all[value], x)
		}
	}
	return all
}

// smallFirst lists the names of groups, the smallest first.
func smallFirst(counts map[string]int) []string {
	var names []string
	for name := range counts {
		names = append(names, name)
	}
	slices.SortFunc(names, func(a, b string) int {
		if counts[a] != counts[b] {
			return counts[a] - counts[b]
		}
		if a < b {
			return -1
		}
		return 1
	})
	return names
}

// hide leaves out groups that are too small or were not shown before, and the next where one alone could be worked out from the others.
func hide(counts map[string]int, shown map[string]bool) map[string]bool {
	var hidden, left []string
	for _, name := range smallFirst(counts) {
		if counts[name] < fewest || shown != nil && !shown[name] {
			hidden = append(hidden, name)
		} else {
			left = append(left, name)
		}
	}
	if len(hidden) == 1 && len(left) > 0 {
		left = left[1:]
	}
	may := map[string]bool{}
	for _, name := range left {
		may[name] = true
	}
	return may
}

func sizesOf(groups map[string][]rated) map[string]int {
	counts := map[string]int{}
	for name, people := range groups {
		counts[name] = len(people)
	}
	return counts
}

func count(people []rated, is func(rated) bool) int {
	n := 0
	for _, x := range people {
		if is(x) {
			n++
		}
	}
	return n
}

// midP is Fisher's exact test of k in n against otherK in otherN: tables less likely in full, those as likely by half.
func midP(k, n, otherK, otherN int) float64 {
	ways := func(i int) *big.Int {
		a, b := new(big.Int).Binomial(int64(n), int64(i)), new(big.Int).Binomial(int64(otherN), int64(k+otherK-i))
		return a.Mul(a, b)
	}
	less, all := new(big.Int), new(big.Int)
	for i := max(0, k+otherK-otherN); i <= min(n, k+otherK); i++ {
		w := ways(i)
		all.Add(all, w)
		switch w.Cmp(ways(k)) {
		case -1:
			less.Add(less, w).Add(less, w)
		case 0:
			less.Add(less, w)
		}
	}
	p, _ := new(big.Rat).SetFrac(less, all.Mul(all, big.NewInt(2))).Float64()
	return p
}

func (f *firm) fairness() map[string]line {
	want := map[string]line{}
	for _, cycle := range halves {
		for _, attribute := range []string{"gender", "age_band", "Shift"} {
			groups := f.byGroup(cycle, attribute)
			shown := hide(sizesOf(groups), nil)
			best, bestShare := "", -1.0
			for name := range shown {
				share := float64(count(groups[name], rated.isFavoured)) / float64(len(groups[name]))
				if share > bestShare || share == bestShare && (len(groups[name]) > len(groups[best]) || len(groups[name]) == len(groups[best]) && name > best) {
					best, bestShare = name, share
				}
			}
			for name, people := range groups {
				var others []rated // of the group to compare with
				if name != best {
					others = groups[best]
				}
				l := compare(people, others, shown[name])
				if l["reference_group"] = best; best == "" {
					l["reference_group"] = nil
				}
				gap(l, people, others, shown[name])
				want[keyed(cycle, attribute, name)] = l
			}
		}
	}
	return want
}

func compare(people, best []rated, isShown bool) line {
	k, n := count(people, rated.isFavoured), len(people)
	l := line{"person_count": n, "favourable_count": nil, "favourable_share": nil, "favourable_share_reason": "too_few", "gap_points": nil,
		"selection_ratio": nil, "selection_ratio_reason": "too_few", "is_below_four_fifths": nil, "p_value": nil, "p_value_reason": "too_few"}
	if !isShown {
		return l
	}
	share := float64(k) / float64(n)
	l["favourable_count"], l["favourable_share"], l["favourable_share_reason"] = k, share, nil
	if len(best) == 0 {
		l["selection_ratio_reason"], l["p_value_reason"] = "no_counterpart", "no_counterpart"
		return l
	}
	bestShare := float64(count(best, rated.isFavoured)) / float64(len(best))
	l["gap_points"], l["is_below_four_fifths"] = share-bestShare, share < 0.8*bestShare-1e-12
	l["p_value"], l["p_value_reason"] = midP(k, n, count(best, rated.isFavoured), len(best)), nil
	if l["selection_ratio"], l["selection_ratio_reason"] = share/bestShare, nil; bestShare == 0 {
		l["selection_ratio_reason"] = "no_variance"
	}
	return l
}

// gap is what remains within strata, weighted after Mantel and Haenszel, with the interval by Sato's variance.
func gap(l line, people, best []rated, isShown bool) {
	own, other := strata(people), strata(best)
	var kept, dropped, keptPeople int
	var sum, weights, p, q float64
	for name, a := range own {
		b := other[name]
		if len(best) == 0 {
			break
		}
		if len(b) == 0 {
			dropped++
			continue
		}
		kept, keptPeople = kept+1, keptPeople+len(a)
		n1, n0, x1, x0 := float64(len(a)), float64(len(b)), float64(count(a, rated.isFavoured)), float64(count(b, rated.isFavoured))
		weight := n1 * n0 / (n1 + n0)
		sum, weights = sum+weight*(x1/n1-x0/n0), weights+weight
		p += (n1*n1*x0 - n0*n0*x1 + n1*n0*(n0-n1)/2) / math.Pow(n1+n0, 2)
		q += (x1*(n0-x0) + x0*(n1-x1)) / (2 * (n1 + n0))
	}
	l["stratum_count"], l["dropped_stratum_count"], l["stratified_person_count"] = kept, dropped, keptPeople
	l["stratified_gap_points"], l["stratified_lower_points"], l["stratified_upper_points"] = nil, nil, nil
	reason := l["p_value_reason"]
	switch {
	case reason != nil:
	case kept == 0:
		reason = "no_counterpart"
	case keptPeople < fewest:
		reason = "too_few"
	}
	if l["stratified_gap_points_reason"] = reason; isShown && reason == nil {
		d := sum / weights
		half := 1.96 * math.Sqrt(max(0, d*p+q)) / weights
		l["stratified_gap_points"], l["stratified_lower_points"], l["stratified_upper_points"] = d, d-half, d+half
	}
}

func strata(people []rated) map[string][]rated {
	all := map[string][]rated{}
	for _, x := range people {
		all[x.stratum()] = append(all[x.stratum()], x)
	}
	return all
}

// movesByGroup compares how often calibration moved the labels of a group with those of everybody else whose group is known.
func (f *firm) movesByGroup() map[string]line {
	want := map[string]line{}
	for _, cycle := range f.calibratedCycles() {
		for _, attribute := range []string{"gender", "age_band", "Shift"} {
			all := f.byGroup(cycle, attribute)
			groups := map[string][]rated{}
			for name, people := range all {
				for _, x := range people {
					if x.before != "" {
						groups[name] = append(groups[name], x)
					}
				}
			}
			shown := hide(sizesOf(groups), hide(sizesOf(all), nil))
			for name, people := range groups {
				var others []rated
				for other, more := range groups {
					if other != name {
						others = append(others, more...)
					}
				}
				want[keyed(cycle, attribute, name)] = moves(people, others, shown[name])
			}
		}
	}
	return want
}

func moves(people, others []rated, isShown bool) line {
	n, m := len(people), len(others)
	l := line{"compared_count": n, "other_count": m, "up_share": nil, "down_share": nil, "net_label_count": nil, "up_share_reason": "too_few",
		"up_p_value": nil, "down_p_value": nil, "up_p_value_reason": "too_few"}
	if !isShown {
		return l
	}
	up, down := count(people, func(x rated) bool { return x.move() > 0 }), count(people, func(x rated) bool { return x.move() < 0 })
	net := 0
	for _, x := range people {
		net += x.move()
	}
	l["up_share"], l["down_share"], l["net_label_count"], l["up_share_reason"] = float64(up)/float64(n), float64(down)/float64(n), float64(net)/float64(n), nil
	switch {
	case m == 0:
		l["up_p_value_reason"] = "no_counterpart"
	case m >= fewest:
		l["up_p_value"] = midP(up, n, count(others, func(x rated) bool { return x.move() > 0 }), m)
		l["down_p_value"] = midP(down, n, count(others, func(x rated) bool { return x.move() < 0 }), m)
		l["up_p_value_reason"] = nil
	}
	return l
}
