package analytics_test

import (
	"slices"

	"gonum.org/v1/gonum/stat"
)

// outlook is where a goal leads by its due date.
type outlook struct {
	g                 *goal
	method, reason    string
	own, forecast     float64
	peers             float64
	peerCount, points int
}

// told is the attainment that one check-in tells.
func (o *oracle) told(g *goal, r checkInRow) float64 {
	progress := r.progress
	if !known(progress) && r.status == "done" {
		progress = 1
	}
	only := *g
	only.actual, only.progress, only.checkIns, only.items, only.status = r.value, progress, nil, nil, ""
	raw, _ := o.rawAttainment(&only)
	return raw
}

// outlooks of the goals of people that are running and not due yet, in cycles that are not over.
func (o *oracle) outlooks() (all []outlook) {
	for _, g := range o.goals {
		if g.owner == "" || !g.isLive() || o.asOf > o.cycleOf[g.cycle].ends || g.due < o.asOf || g.starts > o.asOf {
			continue
		}
		all = append(all, o.outlookOf(g))
	}
	return all
}

func (o *oracle) outlookOf(g *goal) outlook {
	look := outlook{g: g, own: none, forecast: none}
	var xs, ys []float64
	for _, r := range g.checkIns {
		if y := o.told(g, r); known(y) && g.due > g.starts {
			xs, ys = append(xs, float64(r.on-g.starts)/float64(g.due-g.starts)), append(ys, y)
		}
	}
	look.points = len(xs)
	switch {
	case len(xs) >= 3 && slices.Max(xs) > slices.Min(xs):
		at0, slope := stat.LinearRegression(xs, ys, nil, false)
		look.own, look.method = at0+slope, "line"
	case !known(g.raw):
		look.reason = "no_evidence"
	case g.elapsed < 0.2-tiny:
		look.reason = "too_few"
	case g.isHeld():
		look.own, look.method = g.raw, "level"
	default:
		look.own, look.method = g.raw/g.elapsed, "pace"
	}
	look.peers, look.peerCount = o.peersOf(g)
	if known(look.own) {
		look.own = max(0, min(o.set("attainment_cap", g.cycle, 1.5), look.own))
		look.forecast = look.own
		if n := float64(max(1, look.points)); known(look.peers) {
			look.forecast = n/(n+3)*look.own + 3/(n+3)*look.peers
		}
	}
	return look
}

// peersOf a goal's owner: the mean attainment of the job family, else of the company, in the cycle before, where it is over and five are known.
func (o *oracle) peersOf(g *goal) (float64, int) {
	last := o.previous(g.cycle)
	if last == "" || o.asOf <= o.cycleOf[last].ends {
		return none, 0
	}
	family := ""
	if p := o.people[at(g.owner, g.cycle)]; p != nil {
		family = p.family
	}
	var kin, all []float64
	for _, p := range o.people {
		if p.cycle.id == last && known(p.attained) {
			if all = append(all, p.attained); family != "" && p.family == family {
				kin = append(kin, p.attained)
			}
		}
	}
	for _, peers := range [][]float64{kin, all} {
		if len(peers) >= 5 {
			return mean(peers), len(peers)
		}
	}
	return none, 0
}

func (o *oracle) forecastTable() *table {
	t := &table{mart: "fct_goal_forecast", keys: []string{"goal_id"}}
	for _, look := range o.outlooks() {
		f := figures{"elapsed_share": look.g.elapsed, "weight_share": look.g.part, "attainment": look.g.attained, "check_in_count": look.points,
			"method": look.method, "own_forecast": look.own, "own_share": nil, "peer_attainment": look.peers, "peer_count": nil}
		if known(look.peers) {
			f["peer_count"] = look.peerCount
		}
		if n := float64(max(1, look.points)); known(look.own) && known(look.peers) {
			f["own_share"] = n / (n + 3)
		} else if known(look.own) {
			f["own_share"] = 1
		}
		f.why("forecast", look.forecast, look.reason)
		t.add(f, look.g.id)
	}
	return t
}

func (o *oracle) personForecastTable() *table {
	t := &table{mart: "fct_employee_forecast", keys: []string{"employee_id", "cycle_id"}}
	byPerson := map[string][]outlook{}
	for _, look := range o.outlooks() {
		key := at(look.g.owner, look.g.cycle)
		byPerson[key] = append(byPerson[key], look)
	}
	for _, all := range byPerson {
		var forecasts, weights []float64
		weight := 0.0
		reason := "no_evidence"
		for _, look := range all {
			if known(look.g.part) {
				weight += look.g.part
			}
			if look.reason == "too_few" {
				reason = "too_few"
			}
			if known(look.forecast) {
				forecasts = append(forecasts, look.forecast)
				weights = append(weights, max(0, look.g.part))
			}
		}
		sum := 0.0
		for _, w := range weights {
			if known(w) {
				sum += w
			}
		}
		f := figures{"goal_count": len(all), "forecast_goal_count": len(forecasts), "forecast_weight_share": sum / weight}
		forecast := none
		if sum > 0 {
			forecast = stat.Mean(forecasts, weights)
		}
		f.why("forecast", forecast, reason)
		t.add(f, all[0].g.owner, all[0].g.cycle)
	}
	return t
}
