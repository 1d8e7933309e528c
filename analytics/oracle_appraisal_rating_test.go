package analytics

import (
	"maps"
	"math"
	"math/big"
	"math/rand/v2"
	"slices"
	"sort"
	"strings"

	"gonum.org/v1/gonum/stat"
	"gonum.org/v1/gonum/stat/distuv"
)

// rated is a person with a final rating in a cycle, and what the definitions make of them.
type rated struct {
	*record
	label, before                 string // final and before calibration; empty: unknown
	source, rater                 string
	own, manager, share, original float64 // on the scale from 0 to 1; NaN: unknown
	attainment, measured          float64 // NaN: no evidence
	checkIns                      int
	ratingAt, attainmentAt        float64 // percentiles
}

const fewest = 5 // people that a figure needs

var nan = math.NaN()

func pick[T any](r *rand.Rand, all ...T) T { return all[r.IntN(len(all))] }

func labelIndex(label string) int { return slices.Index(labels, label) }

func scaled(v float64) float64 { return (v - 1) / 5 }

func labelShare(label string) float64 {
	if i := labelIndex(label); i >= 0 {
		return scaled(labelValue[i])
	}
	return nan
}

func (v verdict) share() float64 {
	if v.label != "" {
		return labelShare(v.label)
	}
	return scaled(v.score)
}

// overall is the last overall verdict of the role: the later day, of one day the later line.
func (p *record) overall(role string) *verdict {
	var last *verdict
	for i, v := range p.verdicts {
		if v.role == role && v.item == "" && v.part == "" && (last == nil || !v.on.Before(last.on)) {
			last = &p.verdicts[i]
		}
	}
	return last
}

// attained is the mean by weight of goals with evidence, each within 0 and 1.5, and their share of all weight.
func (p *record) attained() (attainment, measured float64, checkIns int) {
	var sum, known, all float64
	for _, g := range p.goals {
		all += g.weight
		if g.isKnown {
			sum, known = sum+g.weight*min(1.5, max(0, math.Round(g.attained*100)/100)), known+g.weight
			checkIns += g.checkIns
		}
	}
	if all == 0 {
		return nan, nan, 0
	}
	return sum / known, known / all, checkIns
}

// rate finds everybody's final rating: calibrated, else the manager's, else the committee's.
func (f *firm) rate() map[[2]string]rated {
	all := map[[2]string]rated{}
	for key, p := range f.records {
		x := rated{record: p, own: nan, manager: nan, share: nan, original: nan, rater: p.who.manager, ratingAt: nan, attainmentAt: nan}
		x.attainment, x.measured, x.checkIns = p.attained()
		if self := p.overall("self"); self != nil {
			x.own = self.share()
		}
		if committee := p.overall("committee"); committee != nil {
			x.label, x.before, x.source = committee.label, committee.label, "committee"
		}
		if manager := p.overall("manager"); manager != nil {
			x.label, x.before, x.source, x.manager = manager.label, manager.label, "manager", manager.share()
			if manager.by != "" {
				x.rater = manager.by
			}
		}
		if c := p.ruling; c != nil {
			if x.before == "" {
				x.before = c.from
			}
			if x.label, x.source = c.to, "calibrated"; labelIndex(c.to) < 0 {
				x.label = labels[slices.Index(labelWords, c.to)]
			}
		}
		if x.share, x.original = labelShare(x.label), labelShare(x.before); x.source != "" {
			all[key] = x
		}
	}
	for _, cycle := range halves {
		place(all, cycle)
	}
	return all
}

// place says where in the company ratings and attainments stand: (rank − ½) / n, among those who have both.
func place(all map[[2]string]rated, cycle string) {
	var keys [][2]string
	var ratings, attainments []float64
	for key, x := range all {
		if key[0] == cycle && !math.IsNaN(x.attainment) {
			keys, ratings, attainments = append(keys, key), append(ratings, x.share), append(attainments, x.attainment)
		}
	}
	byRating, byAttainment := ranks(ratings), ranks(attainments)
	for i, key := range keys {
		x := all[key]
		x.ratingAt, x.attainmentAt = (byRating[i]-0.5)/float64(len(keys)), (byAttainment[i]-0.5)/float64(len(keys))
		all[key] = x
	}
}

// ranks from 1, those alike at the middle of theirs.
func ranks(xs []float64) []float64 {
	all := make([]float64, len(xs))
	for i, x := range xs {
		for _, y := range xs {
			if y < x-1e-7 {
				all[i]++
			} else if y < x+1e-7 {
				all[i] += 0.5
			}
		}
		all[i] += 0.5
	}
	return all
}

func spearman(xs, ys []float64) float64 {
	return stat.Correlation(ranks(xs), ranks(ys), nil)
}

// groups are the units whose people these are, with all units above, and the company; each with its people.
func (f *firm) groups() map[[2]string][]rated {
	all := map[[2]string][]rated{}
	for key, x := range f.rates {
		for unit := x.who.unit; unit != ""; unit = parents[unit] {
			all[[2]string{key[0], unit}] = append(all[[2]string{key[0], unit}], x)
		}
		all[[2]string{key[0], ""}] = append(all[[2]string{key[0], ""}], x)
	}
	return all
}

func keyed(keys ...string) string { return strings.Join(keys, "|") }

// unless is the figure where there is no reason against it.
func unless(reason any, figure float64) float64 {
	if reason != nil {
		return nan
	}
	return figure
}

// tooFew is the reason of a figure about n people, or of one that came to nothing.
func tooFew(n int, figure float64) any {
	switch {
	case n < fewest:
		return "too_few"
	case math.IsNaN(figure):
		return "no_variance"
	}
	return nil
}

func (f *firm) finals() map[string]line {
	want := map[string]line{}
	for key, x := range f.rates {
		var rater any = x.rater
		want[keyed(key[0], key[1])] = line{"label": x.label, "value_share": x.share, "rating_source": x.source, "self_value_share": x.own,
			"manager_value_share": x.manager, "self_manager_gap_points": x.own - x.manager, "reviewer_id": rater}
	}
	return want
}

func guideline(unit string) (owner string, shares map[string]float64, isWhole bool) {
	for guidelines[unit] == nil {
		unit = parents[unit]
	}
	sum := 0.0
	for _, share := range guidelines[unit] {
		sum += share
	}
	return unit, guidelines[unit], math.Abs(sum-1) <= 0.005
}

// binomialP is twice the smaller tail, k included.
func binomialP(k, n int, chance float64) float64 {
	upTo := func(k int) float64 {
		sum := 0.0
		for i := 0; i <= k; i++ {
			ways, _ := new(big.Float).SetInt(new(big.Int).Binomial(int64(n), int64(i))).Float64()
			sum += ways * math.Pow(chance, float64(i)) * math.Pow(1-chance, float64(n-i))
		}
		return sum
	}
	from := 1.0
	if k > 0 {
		from = 1 - upTo(k-1)
	}
	return min(1, 2*min(upTo(k), from))
}

// exactInterval is Clopper and Pearson's.
func exactInterval(k, n int) (lower, upper float64) {
	lower, upper = 0, 1
	if k > 0 {
		lower = distuv.Beta{Alpha: float64(k), Beta: float64(n - k + 1)}.Quantile(0.025)
	}
	if k < n {
		upper = distuv.Beta{Alpha: float64(k + 1), Beta: float64(n - k)}.Quantile(0.975)
	}
	return lower, upper
}

func (f *firm) distribution() map[string]line {
	want := map[string]line{}
	for group, people := range f.groups() {
		owner, shares, isWhole := guideline(group[1])
		n := len(people)
		for i, label := range labels {
			k := 0
			for _, x := range people {
				if x.label == label {
					k++
				}
			}
			l := line{"rank": i + 1, "rated_count": n, "person_count": k, "label_share": float64(k) / float64(n), "guideline_share": nil, "difference_points": nil,
				"over_count": nil, "p_value": nil, "is_beyond_chance": nil, "difference_points_reason": "no_counterpart", "p_value_reason": "no_counterpart", "guideline_unit_id": nil}
			l["interval_lower_share"], l["interval_upper_share"] = exactInterval(k, n)
			if owner != "" {
				l["guideline_unit_id"] = owner
			}
			if share, isNamed := shares[label]; isNamed || isWhole {
				p := binomialP(k, n, share)
				l["guideline_share"], l["difference_points"], l["over_count"] = share, float64(k)/float64(n)-share, float64(k)-float64(n)*share
				l["p_value"], l["is_beyond_chance"], l["difference_points_reason"], l["p_value_reason"] = p, p*5 <= 0.05, nil, nil
			}
			want[keyed(group[0], group[1], label)] = l
		}
	}
	return want
}

func (f *firm) spread() map[string]line {
	labelled := f.distribution()
	want := map[string]line{}
	for group, people := range f.groups() {
		_, _, isWhole := guideline(group[1])
		distance, least := 0.0, 1.0
		for _, label := range labels {
			l := labelled[keyed(group[0], group[1], label)]
			if l["p_value"] != nil {
				distance += math.Abs(l["difference_points"].(float64)) / 2
				least = min(least, l["p_value"].(float64))
			}
		}
		var reason any
		if !isWhole {
			reason = "no_definition"
		} else if len(people) < fewest {
			reason = "too_few"
		}
		want[keyed(group[0], group[1])] = line{"rated_count": len(people), "total_variation_share": unless(reason, distance), "total_variation_share_reason": reason,
			"p_value": min(1, least*5), "p_value_reason": nil, "is_beyond_chance": least*5 <= 0.05}
	}
	return want
}

func (f *firm) consistency() map[string]line {
	want := map[string]line{}
	for group, people := range f.groups() {
		var ratings, attainments []float64
		far := 0
		for _, x := range people {
			if !math.IsNaN(x.attainment) {
				ratings, attainments = append(ratings, x.share), append(attainments, x.attainment)
				if math.Abs(x.ratingAt-x.attainmentAt) > 0.5+1e-9 {
					far++
				}
			}
		}
		if len(ratings) > 0 {
			rho := spearman(ratings, attainments)
			reason := tooFew(len(ratings), rho)
			want[keyed(group[0], group[1])] = line{"compared_count": len(ratings), "spearman": unless(reason, rho), "spearman_reason": reason, "mismatch_count": far}
		}
	}
	return want
}

// quantile lies between the two nearest by its place.
func quantile(sorted []float64, q float64) float64 {
	at := q * float64(len(sorted)-1)
	low := int(at)
	high := min(low+1, len(sorted)-1)
	return sorted[low] + (at-float64(low))*(sorted[high]-sorted[low])
}

func (f *firm) agreement() map[string]line {
	panels := f.panels()
	want := map[string]line{}
	for group, people := range f.groups() {
		var gaps []float64
		for _, x := range people {
			if gap := x.own - x.manager; !math.IsNaN(gap) {
				gaps = append(gaps, gap)
			}
		}
		sort.Float64s(gaps)
		l := line{"rated_count": len(people), "gap_count": len(gaps), "self_manager_gap_points": nil, "median_gap_points": nil, "lower_quartile_gap_points": nil, "upper_quartile_gap_points": nil, "self_manager_gap_points_reason": "too_few"}
		if len(gaps) == 0 {
			l["self_manager_gap_points_reason"] = "no_counterpart"
		} else if len(gaps) >= fewest {
			l["self_manager_gap_points"], l["self_manager_gap_points_reason"] = stat.Mean(gaps, nil), nil
			l["lower_quartile_gap_points"], l["median_gap_points"], l["upper_quartile_gap_points"] = quantile(gaps, 0.25), quantile(gaps, 0.5), quantile(gaps, 0.75)
		}
		maps.Copy(l, icc1(panels[group]))
		want[keyed(group[0], group[1])] = l
	}
	return want
}
