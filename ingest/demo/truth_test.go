package demo

import (
	"math"
	"slices"
	"strings"
	"testing"
)

func (i Interval) holds(x float64) bool { return x >= i.Lower && x <= i.Upper }

// TestFilesBearOutTheTruth recounts everything planted from the files alone, for several companies.
func TestFilesBearOutTheTruth(t *testing.T) {
	for _, o := range []Options{{AsOf: today()}, {AsOf: day(2026, 5, 20), Seed: 3, Lang: "zh"}} {
		dir, truth := written(t, o)
		n := recounted(t, dir, truth)
		t.Logf("seed %d", truth.Seed)
		ordinaryPeople(t, n)
		raters(t, n, truth)
		leak(t, n, truth)
		falls(t, n, truth)
		gap(t, n, truth)
		gamed(t, n, truth)
		plans(t, n, truth)
	}
}

func expect(t *testing.T, what string, got float64, i Interval) {
	t.Helper()
	t.Logf("%s: %.3f in [%g, %g]", what, got, i.Lower, i.Upper)
	if !i.holds(got) {
		t.Errorf("%s is %.3f, truth promises [%g, %g]", what, got, i.Lower, i.Upper)
	}
}

func ordinaryPeople(t *testing.T, n *recount) {
	t.Helper()
	var all, squares []float64
	for _, a := range n.attainment {
		all = append(all, a)
	}
	m := average(all)
	for _, a := range all {
		squares = append(squares, (a-m)*(a-m))
	}
	expect(t, "mean attainment", m, Interval{0.87, 0.94})
	expect(t, "spread of attainment", math.Sqrt(average(squares)), Interval{0.12, 0.17})
	shares := make([]float64, 6)
	for _, rank := range n.final {
		shares[int(rank)] += 1 / float64(len(n.final))
	}
	for i, want := range guideline() {
		expect(t, "share of label "+codes()[i], shares[i+1], Interval{round(want-0.06, 2), round(want+0.06, 2)})
	}
}

func raters(t *testing.T, n *recount, truth Truth) {
	t.Helper()
	of := map[string][]float64{}
	for key, r := range n.residuals() {
		of[n.reviewer[key]] = append(of[n.reviewer[key]], r)
	}
	for _, x := range []Rater{truth.LenientManager, truth.SevereManager} {
		expect(t, "mean residual of "+x.Name, average(of[x.EmployeeID]), x.Interval)
		for label, rated := range x.Rated {
			if rated < 12 {
				t.Errorf("%s rated %d people in %s", x.Name, rated, label)
			}
		}
	}
	for id, r := range of {
		if id != truth.LenientManager.EmployeeID && id != truth.SevereManager.EmployeeID && len(r) > 40 && math.Abs(average(r)) > 0.5 {
			t.Errorf("rater %s is off by %.2f labels over %d people without having been planted", id, average(r), len(r))
		}
	}
}

func leak(t *testing.T, n *recount, truth Truth) {
	t.Helper()
	x := truth.FeedbackLeak
	var here, there []float64
	for key := range n.final {
		missing := oneIf(!n.acked[key])
		switch {
		case !slices.Contains(x.Cycles, key[1]):
		case n.unit[key] == x.Unit:
			here = append(here, missing)
		default:
			there = append(there, missing)
		}
	}
	expect(t, "without feedback in "+x.Unit, average(here), x.Interval)
	expect(t, "without feedback elsewhere", average(there), x.OthersInterval)
}

func falls(t *testing.T, n *recount, truth Truth) {
	t.Helper()
	market, own := truth.MarketFall, truth.PersonFall
	if len(market.EmployeeIDs) < 15 {
		t.Errorf("only %d people share the market's fall", len(market.EmployeeIDs))
	}
	shift := func(date, but string) (float64, float64) {
		var all []float64
		low := 0.0
		for person := range n.orders[date] {
			if z := n.z(person, date); !math.IsNaN(z) && person != but {
				all = append(all, z)
				low += oneIf(z <= -3.5)
			}
		}
		return middle(all), low / float64(len(all))
	}
	weeks, alarms := 0, 0.0
	for _, date := range n.dates() {
		if date >= market.From && date <= market.To {
			z, low := shift(date, "")
			expect(t, "peer shift "+date, z, market.PeerShift)
			weeks, alarms = weeks+1, max(alarms, low)
		}
		if date >= own.From && date <= own.To {
			z, _ := shift(date, own.EmployeeIDs[0])
			expect(t, "peer shift "+date, z, own.PeerShift)
			expect(t, "z of "+own.EmployeeIDs[0]+" "+date, n.z(own.EmployeeIDs[0], date), own.Z)
		}
	}
	expect(t, "people alarmed in the market's first week", alarms, Interval{0.6, 1})
	if weeks < 4 {
		t.Errorf("the market's fall has %d weeks of readings", weeks)
	}
}

func gap(t *testing.T, n *recount, truth Truth) {
	t.Helper()
	var of [2]map[string][]float64
	of[0], of[1] = map[string][]float64{}, map[string][]float64{}
	for key, r := range n.residuals() {
		p, at := n.people[key[0]], 1
		if p["job_family"] == truth.RatingGap.JobFamily {
			at = 0
		}
		gender := "M"
		if p["gender"] == "Female" || p["gender"] == "女" {
			gender = "F"
		}
		of[at][gender] = append(of[at][gender], r)
	}
	expect(t, "gap in "+truth.RatingGap.JobFamily, average(of[0]["M"])-average(of[0]["F"]), truth.RatingGap.Interval)
	expect(t, "gap elsewhere", average(of[1]["M"])-average(of[1]["F"]), truth.RatingGap.Others)
}

func gamed(t *testing.T, n *recount, truth Truth) {
	t.Helper()
	bunched, soft := map[bool][]float64{}, map[bool][]float64{}
	var all []attained
	in := map[string]bool{} // person and cycle
	for unit, goals := range n.goals {
		all = append(all, goals...)
		for _, g := range goals {
			in[g.person+g.cycle] = unit == truth.GamedTargets.Unit
		}
	}
	last := map[string]attained{}
	slices.SortStableFunc(all, func(a, b attained) int {
		return strings.Compare(a.cycle, b.cycle)
	})
	for _, g := range all {
		here := in[g.person+g.cycle]
		if g.metric == "" {
			continue
		}
		bunched[here] = append(bunched[here], oneIf(g.attainment >= 1 && g.attainment <= 1.0201))
		if was, ok := last[g.person+g.metric]; ok && (g.direction == "Increase" || g.direction == "Decrease") {
			better := g.target > was.actual
			if g.direction == "Decrease" {
				better = g.target < was.actual
			}
			soft[here] = append(soft[here], oneIf(!better))
		}
		last[g.person+g.metric] = g
	}
	x := truth.GamedTargets
	expect(t, "bunched in "+x.Unit, average(bunched[true]), x.Bunched)
	expect(t, "bunched elsewhere", average(bunched[false]), Interval{0, 0.2})
	expect(t, "soft targets in "+x.Unit, average(soft[true]), x.Soft)
	expect(t, "soft targets elsewhere", average(soft[false]), Interval{0, 0.1})
}

// plans compares the next attainment of low-rated people with a plan and without, within label and band
// of attainment; and shows that before against after would praise development actions too.
func plans(t *testing.T, n *recount, truth Truth) {
	t.Helper()
	type stratum struct{ rank, band int }
	of := map[stratum]map[string][]float64{}
	naive := map[string][]float64{}
	for key, before := range n.attainment {
		at := slices.Index(truth.Cycles, key[1])
		after, ok := n.attainment[[2]string{key[0], truth.Cycles[at+1]}]
		if rank := n.final[key]; ok && rank > 0 && rank <= 2 {
			kind := map[string]string{"绩效改进": "Improvement", "培训": "Development"}[n.plan[key]]
			if kind == "" {
				kind = n.plan[key]
			}
			s := stratum{int(rank), int(before * 12)}
			if of[s] == nil {
				of[s] = map[string][]float64{}
			}
			of[s][kind] = append(of[s][kind], after-before)
			naive[kind] = append(naive[kind], after-before)
		}
	}
	for kind, x := range map[string]PlanEffect{"Improvement": truth.PlanEffect, "Development": truth.NullEffect} {
		var sum, weight float64
		for _, s := range of {
			if len(s[kind]) > 0 && len(s[""]) > 0 {
				w := float64(len(s[kind]))
				sum, weight = sum+w*(average(s[kind])-average(s[""])), weight+w
			}
		}
		expect(t, "effect of "+kind, sum/weight, x.Interval)
		expect(t, "before against after, "+kind, average(naive[kind]), Interval{0.02, 0.3})
		if len(naive[kind]) < 20 {
			t.Errorf("%s: %d treated", kind, len(naive[kind]))
		}
	}
}
