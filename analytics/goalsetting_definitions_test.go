package analytics

import (
	"fmt"
	"math"
	"strings"
)

var unsaid = math.NaN()

func (c company) familyOf(owner string) string {
	for _, w := range c.workers {
		if w.id == owner {
			return w.family
		}
	}
	return ""
}

// counts reports whether a goal's outcome tells of chances in a year: in the three years before, over, with evidence.
func (a aim) counts(year int) bool {
	return a.owner != "" && !a.isCancelled && a.year < year && a.year >= year-3 && a.year < lastYear && a.attainment(a.evidence()) != nil
}

// chances are (reached + 1) / (all + 2): of the years with a goal on the metric, else of the family's goals, from five on.
func (c company) chances() map[string]figures {
	want := map[string]figures{}
	for _, a := range c.aims {
		if a.owner == "" {
			continue
		}
		own := map[int]bool{}
		var onMetric, all, onMetricReached, allReached float64
		for _, b := range c.aims {
			if !b.counts(a.year) {
				continue
			}
			isReached := *b.attainment(b.evidence()) >= 1
			isSameMetric := a.metric != "" && same(a.metric, b.metric)
			if b.owner == a.owner && isSameMetric {
				before, isKnown := own[b.year]
				own[b.year] = isReached && (before || !isKnown)
			}
			if family := c.familyOf(a.owner); family != "" && family == c.familyOf(b.owner) {
				all, allReached = all+1, allReached+one(isReached)
				if isSameMetric {
					onMetric, onMetricReached = onMetric+1, onMetricReached+one(isReached)
				}
			}
		}
		reached := 0.0
		for _, isReached := range own {
			reached += one(isReached)
		}
		switch n := float64(len(own)); {
		case n > 0:
			want[a.id] = reachable(reached, n)
		case onMetric >= 5:
			want[a.id] = reachable(onMetricReached, onMetric)
		case all >= 5:
			want[a.id] = reachable(allReached, all)
		default:
			want[a.id] = figures{unsaid, 0, 0.5}
		}
	}
	return want
}

// reachable is the chance of reaching a target, what it rests on, and what that says of the goal being attainable.
func reachable(reached, all float64) figures {
	share, score := (reached+1)/(all+2), 0.5
	switch {
	case share >= 0.3 && share <= 0.9:
		score = 1
	case share < 0.1 || share > 0.97:
		score = 0
	}
	return figures{share, all, score}
}

// mean by weight; without weights each counts alike.
func mean(xs, weights []float64) float64 {
	sum, all := 0.0, 0.0
	for i, x := range xs {
		weight := 1.0
		if weights != nil {
			weight = weights[i]
		}
		sum, all = sum+weight*x, all+weight
	}
	return sum / all
}

func one(is bool) float64 {
	if is {
		return 1
	}
	return 0
}

// relevance: under a strategic objective 1, of a category of the unit's goal a half, else 0.
func (c company) relevance() map[string]figures {
	want := map[string]figures{}
	for _, a := range c.aims {
		if a.owner == "" {
			continue
		}
		score := 0.0
		for _, b := range c.aims {
			if b.owner == "" && b.unit == a.unit && b.year == a.year && a.category != "" && same(a.category, b.category) {
				score = 0.5
			}
		}
		if a.parent != "" {
			score = 1
		}
		want[a.id] = figures{score}
	}
	return want
}

func (a aim) score() float64 { return a.scores()[0] }

// scores are the score, its base, what was taken off and what was added.
func (a aim) scores() figures {
	attained := a.attainment(a.evidence())
	if attained == nil {
		return figures{unsaid, unsaid, unsaid, unsaid}
	}
	x := *attained
	if same(a.metric, "defects") {
		short := *a.target - *a.evidence()
		if a.direction == "decrease" {
			short = -short
		}
		off := min(60, 3*math.Floor(max(0, short)/2+1e-9))
		return figures{max(0, 100-off), 100, -off, 0}
	}
	base, bonus := 0.0, min(20, 40*max(0, x-1))
	if x >= 0.5 {
		base = min(x, 1)*200 - 100
	}
	return figures{min(120, base+bonus), base, 0, bonus}
}

func (c company) goalScores() map[string]figures {
	want := map[string]figures{}
	for _, a := range c.aims {
		if a.owner != "" && !a.isCancelled {
			want[a.id] = append(a.scores(), a.raw())
		}
	}
	return want
}

func (a aim) raw() float64 {
	if attained := a.attainment(a.evidence()); attained != nil {
		return *attained
	}
	return unsaid
}

// finalScores of 2024: parts of 0.5, 0.3 and 0.2 as far as they are there, bonus up to 3, penalty as it is.
func (c company) finalScores() map[string]figures {
	want := map[string]figures{}
	for _, w := range c.workers {
		var scores, parts, weights []float64
		for _, a := range c.aims {
			if a.owner == w.id && a.year == 2024 && !a.isCancelled && !math.IsNaN(a.score()) {
				scores = append(scores, a.score())
			}
		}
		if len(scores) > 0 {
			parts, weights = append(parts, min(110, mean(scores, nil))), append(weights, 0.5)
		}
		for part, weight := range map[string]float64{"competencies": 0.3, "values": 0.2} {
			if mark, ok := c.marks[w.id][part]; ok {
				parts, weights = append(parts, 20*mark), append(weights, weight)
			}
		}
		extra := min(3, c.marks[w.id]["bonus"]) - c.marks[w.id]["penalty"]
		if len(parts) == 0 {
			want[w.id] = figures{unsaid, unsaid, extra}
			continue
		}
		weighted := mean(parts, weights)
		want[w.id] = figures{max(0, weighted+extra), weighted, extra}
	}
	return want
}

// lastActual is the actual of the person's only goal on the metric in the year before.
func (c company) lastActual(a aim) *float64 {
	var found []*float64
	for _, b := range c.aims {
		if b.owner == a.owner && b.year == a.year-1 && a.metric != "" && same(b.metric, a.metric) && !b.isCancelled && b.evidence() != nil {
			found = append(found, b.evidence())
		}
	}
	if len(found) != 1 {
		return nil
	}
	return found[0]
}

// tally counts goals with and without a sign, and the people behind them.
type tally struct {
	shown, all float64
	people     map[string]bool
}

func (s *tally) add(owner string, isShown bool) {
	if s.people == nil {
		s.people = map[string]bool{}
	}
	s.people[owner], s.all, s.shown = true, s.all+1, s.shown+one(isShown)
}

func (s *tally) share() float64 {
	if len(s.people) < 5 {
		return unsaid
	}
	return s.shown / s.all
}

// stretching is how much better than before a unit's targets on a metric are, and whose they are.
type stretching struct {
	better []float64
	people map[string]bool
}

// signs per year and unit: soft, bunched, just below, late, and how much harder than others' the targets are.
func (c company) signs() map[string]figures {
	tallies := map[string]*[5]tally{}
	stretches := map[string]map[string]*stretching{} // by year and metric, by unit
	for _, a := range c.aims {
		if a.owner == "" || a.isCancelled {
			continue
		}
		key := fmt.Sprint(a.year) + a.unit
		if tallies[key] == nil {
			tallies[key] = &[5]tally{}
		}
		a.count(tallies[key], c.lastActual(a))
		if last := c.lastActual(a); last != nil && *last != 0 {
			better := *a.target - *last
			if a.direction == "decrease" {
				better = -better
			}
			metric := fmt.Sprint(a.year) + strings.ToLower(strings.TrimSpace(a.metric))
			if stretches[metric] == nil {
				stretches[metric] = map[string]*stretching{}
			}
			if stretches[metric][a.unit] == nil {
				stretches[metric][a.unit] = &stretching{people: map[string]bool{}}
			}
			s := stretches[metric][a.unit]
			s.better, s.people[a.owner] = append(s.better, max(-1, min(1, better/math.Abs(*last)))), true
		}
	}
	want := map[string]figures{}
	for key, s := range tallies {
		difference, stretched := harder(stretches, key)
		want[key] = figures{s[0].share(), s[1].share(), s[2].share(), s[3].share(), difference, stretched, s[0].all, float64(len(s[0].people)),
			s[1].all, float64(len(s[1].people)), s[3].all, float64(len(s[3].people)), s[4].all, float64(len(s[4].people))}
	}
	return want
}

func (a aim) count(s *[5]tally, last *float64) {
	s[4].add(a.owner, true)
	if last != nil {
		s[0].add(a.owner, (a.direction == "increase" && *a.target <= *last) || (a.direction == "decrease" && *a.target >= *last))
	}
	final := a.attainment(a.evidence())
	if final == nil || a.due().After(today) {
		return
	}
	s[1].add(a.owner, *final >= 1 && *final <= 1.02)
	s[2].add(a.owner, *final >= 0.98 && *final < 1)
	cut := a.attainment(a.reportedBy(a.cutOn()))
	if cut != nil && *final > 0 && (a.direction == "increase" || a.baseline != nil) {
		s[3].add(a.owner, round9(1 - *cut / *final) > 0.4)
	}
}

// harder is the mean over a unit's metrics, by goals, of its mean stretch less that of all units with five people on the metric.
func harder(stretches map[string]map[string]*stretching, key string) (difference, stretched float64) {
	year, unit := key[:4], key[4:]
	sum, count := 0.0, 0.0
	for metric, byUnit := range stretches {
		var all []float64
		compared := 0
		for _, s := range byUnit {
			if len(s.people) >= 5 {
				all = append(all, s.better...)
				compared++
			}
		}
		if own := byUnit[unit]; own != nil && strings.HasPrefix(metric, year) && len(own.people) >= 5 && compared >= 2 {
			sum += float64(len(own.better)) * (mean(own.better, nil) - mean(all, nil))
			count += float64(len(own.better))
		}
	}
	return sum / count, count
}
