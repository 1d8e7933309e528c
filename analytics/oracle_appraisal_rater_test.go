package analytics

import (
	"fmt"
	"maps"
	"math"
	"slices"
	"strings"

	"gonum.org/v1/gonum/stat"
	"gonum.org/v1/gonum/stat/distuv"
)

// panels are the judgements of each person by two raters or more other than themselves, by cycle and group. A rater's last counts.
func (f *firm) panels() map[[2]string][][]float64 {
	all := map[[2]string][][]float64{}
	for key, p := range f.records {
		judged := p.judges()
		if len(judged) < 2 {
			continue
		}
		for unit := p.who.unit; unit != ""; unit = parents[unit] {
			all[[2]string{key[0], unit}] = append(all[[2]string{key[0], unit}], slices.Collect(maps.Values(judged)))
		}
		all[[2]string{key[0], ""}] = append(all[[2]string{key[0], ""}], slices.Collect(maps.Values(judged)))
	}
	return all
}

// judges are the last overall judgements by role and rater, without the person's own.
func (p *record) judges() map[string]float64 {
	last := map[string]verdict{}
	for _, v := range p.verdicts {
		key := v.role + "|" + v.by
		if before, ok := last[key]; v.role != "self" && v.item == "" && v.part == "" && (!ok || !v.on.Before(before.on)) {
			last[key] = v
		}
	}
	shares := map[string]float64{}
	for key, v := range last {
		shares[key] = v.share()
	}
	return shares
}

// icc1 is ICC(1) of a one-way analysis of variance with unequal numbers of raters.
func icc1(panels [][]float64) line {
	n := float64(len(panels))
	var all []float64
	var within, squares float64
	for _, panel := range panels {
		all = append(all, panel...)
		squares += float64(len(panel) * len(panel))
		for _, x := range panel {
			within += math.Pow(x-stat.Mean(panel, nil), 2)
		}
	}
	l := line{"panel_person_count": len(panels), "judgement_count": len(all), "icc": nil, "icc_reason": "too_few"}
	if len(panels) == 0 {
		l["icc_reason"] = "no_counterpart"
	}
	if len(panels) < fewest {
		return l
	}
	between := 0.0
	for _, panel := range panels {
		between += float64(len(panel)) * math.Pow(stat.Mean(panel, nil)-stat.Mean(all, nil), 2)
	}
	between /= n - 1
	within /= float64(len(all)) - n
	k := (float64(len(all)) - squares/float64(len(all))) / (n - 1)
	if l["icc_reason"] = "no_variance"; between+(k-1)*within > 1e-12 {
		l["icc"], l["icc_reason"] = (between-within)/(between+(k-1)*within), nil
	}
	return l
}

// leftover is what a manager's rating is above what attainment lets expect.
type leftover struct {
	rater                      string
	rating, attainment, excess float64
}

func (f *firm) leftovers(cycle string) map[string]leftover {
	all := map[string]leftover{}
	var ratings, attainments []float64
	for key, x := range f.rates {
		if key[0] == cycle && !math.IsNaN(x.manager) && !math.IsNaN(x.attainment) {
			all[key[1]] = leftover{x.rater, x.manager, x.attainment, nan}
			ratings, attainments = append(ratings, x.manager), append(attainments, x.attainment)
		}
	}
	at, slope := stat.LinearRegression(attainments, ratings, nil, false)
	if deviation(attainments) == 0 {
		slope = nan
	}
	for id, o := range all {
		o.excess = o.rating - at - slope*o.attainment
		all[id] = o
	}
	return all
}

func (f *firm) residuals() map[string]line {
	want := map[string]line{}
	for _, cycle := range halves {
		for id, o := range f.leftovers(cycle) {
			want[keyed(cycle, id)] = line{"reviewer_id": o.rater, "value_share": o.rating, "attainment": o.attainment,
				"expected_share": o.rating - o.excess, "residual": o.excess, "residual_reason": missingAs(o.excess, "no_variance")}
		}
	}
	return want
}

func (f *firm) raters() map[string]line {
	want := map[string]line{}
	for _, cycle := range halves {
		of := map[string][]float64{}
		for _, o := range f.leftovers(cycle) {
			of[o.rater] = append(of[o.rater], o.excess)
		}
		var means, inverse []float64
		var squares, degrees float64
		for _, xs := range of {
			n := float64(len(xs))
			means, inverse = append(means, stat.Mean(xs, nil)), append(inverse, 1/n)
			degrees += n - 1
			for _, x := range xs {
				squares += math.Pow(x-stat.Mean(xs, nil), 2)
			}
		}
		within := squares / degrees
		between := max(0, stat.Variance(means, nil)-within*stat.Mean(inverse, nil))
		for rater, xs := range of {
			want[keyed(cycle, rater)] = severity(xs, within, between, degrees)
		}
		discover(want, cycle)
	}
	return want
}

func severity(xs []float64, within, between, degrees float64) line {
	n, mean := float64(len(xs)), stat.Mean(xs, nil)
	l := line{"rated_count": len(xs), "mean_residual": mean, "severity": nil, "severity_reason": "too_few", "interval_lower": nil, "interval_upper": nil,
		"interval_reason": "too_few", "p_value": nil, "p_value_reason": "too_few", "is_flagged": false}
	if len(xs) < 2 {
		return l
	}
	l["severity_reason"], l["interval_reason"], l["p_value_reason"] = missingAs(mean, "no_variance"), "no_variance", missingAs(mean, "no_variance")
	if math.IsNaN(mean) {
		return l
	}
	t := distuv.StudentsT{Mu: 0, Sigma: 1, Nu: degrees}
	l["p_value"] = 2 * t.CDF(-math.Abs(mean)/math.Sqrt(within/n))
	l["severity"] = 0.0
	if between > 0 {
		shrunk := n / (n + within/between) * mean
		half := 1.96 * math.Sqrt(within/(n+within/between))
		l["severity"], l["interval_lower"], l["interval_upper"], l["interval_reason"] = shrunk, shrunk-half, shrunk+half, nil
	}
	return l
}

// discover follows Benjamini and Hochberg: the largest p that is at most its rank's part of 5 %, and all below it.
func discover(all map[string]line, cycle string) {
	var ps []float64
	for key, l := range all {
		if p, ok := l["p_value"].(float64); ok && strings.HasPrefix(key, cycle) {
			ps = append(ps, p)
		}
	}
	slices.Sort(ps)
	limit := -1.0
	for i, p := range ps {
		if p <= 0.05*float64(i+1)/float64(len(ps)) {
			limit = p
		}
	}
	for key, l := range all {
		if p, ok := l["p_value"].(float64); ok && strings.HasPrefix(key, cycle) {
			l["is_flagged"] = p <= limit
		}
	}
}

// deviation of a sample, 0 where all are alike.
func deviation(xs []float64) float64 {
	if len(xs) == 0 {
		return nan
	}
	if slices.Max(xs)-slices.Min(xs) < 1e-9 {
		return 0
	}
	return stat.StdDev(xs, nil)
}

// itemVariances are those of each person's competencies as managers scored them, by rater; all of the cycle under *.
func (f *firm) itemVariances(cycle string) map[string][]float64 {
	all := map[string][]float64{}
	for key, p := range f.records {
		if key[0] != cycle {
			continue
		}
		items := map[string][]float64{}
		for _, v := range p.verdicts {
			if v.role == "manager" && strings.HasPrefix(v.item, "Skill") {
				by := v.by
				if by == "" {
					by = p.who.manager
				}
				items[by] = append(items[by], v.share())
			}
		}
		for by, shares := range items {
			if len(shares) >= 2 {
				all[by] = append(all[by], stat.Variance(shares, nil))
				all["*"] = append(all["*"], stat.Variance(shares, nil))
			}
		}
	}
	return all
}

func (f *firm) traits() map[string]line {
	want := map[string]line{}
	for _, cycle := range halves {
		items := f.itemVariances(cycle)
		ratings, attainments := map[string][]float64{}, map[string][]float64{}
		for _, o := range f.leftovers(cycle) {
			for _, by := range []string{o.rater, "*"} {
				ratings[by], attainments[by] = append(ratings[by], o.rating), append(attainments[by], o.attainment)
			}
		}
		usual := math.Sqrt(stat.Mean(items["*"], nil))
		for i := range 10 {
			by := fmt.Sprintf("M%d", i)
			if len(items[by])+len(ratings[by]) == 0 {
				continue
			}
			halo := nan
			l := line{"item_person_count": len(items[by]), "item_spread_points": nil, "company_item_spread_points": nil}
			if len(items[by]) > 0 {
				spread := math.Sqrt(stat.Mean(items[by], nil))
				halo, l["item_spread_points"], l["company_item_spread_points"] = spread/usual, spread, usual
			}
			trait(l, "halo", len(items[by]), halo)
			rating, attainment := deviation(ratings[by]), deviation(attainments[by])
			l["rated_count"], l["rating_spread_points"], l["attainment_spread_points"] = len(ratings[by]), rating, attainment
			central := nan
			if attainment > 0 {
				central = rating / deviation(ratings["*"]) / (attainment / deviation(attainments["*"]))
			}
			trait(l, "central", len(ratings[by]), central)
			want[keyed(cycle, by)] = l
		}
	}
	return want
}

func trait(l line, name string, n int, ratio float64) {
	reason := tooFew(n, ratio)
	if n == 0 {
		reason = "no_evidence"
	}
	l[name+"_ratio"], l[name+"_ratio_reason"], l["is_"+name] = unless(reason, ratio), reason, nil
	if n >= fewest && !math.IsNaN(ratio) {
		l["is_"+name] = ratio <= 0.5
	}
}

func third(x float64) any {
	switch {
	case math.IsNaN(x):
		return nil
	case x >= 2.0/3:
		return 3
	case x >= 1.0/3:
		return 2
	}
	return 1
}

func (f *firm) boxes() map[string]line {
	want := map[string]line{}
	for key, x := range f.rates {
		of := map[string][]float64{}
		for _, v := range x.verdicts {
			if v.part == "potential" || v.item == "潜力" {
				of[v.role] = append(of[v.role], v.share())
			}
		}
		potential := nan
		for _, role := range []string{"committee", "manager"} {
			if len(of[role]) > 0 {
				potential = stat.Mean(of[role], nil)
			}
		}
		l := line{"performance_share": x.share, "performance_third": third(x.share), "potential_share": potential, "potential_third": third(potential),
			"potential_third_reason": "no_evidence", "box_number": nil, "box_number_reason": "no_evidence", "performance_third_reason": nil}
		if !math.IsNaN(potential) {
			l["box_number"], l["potential_third_reason"], l["box_number_reason"] = third(x.share).(int)+3*(third(potential).(int)-1), nil, nil
		}
		want[keyed(key[0], key[1])] = l
	}
	return want
}
