package ingest

import (
	"math"
	"strconv"
	"strings"
	"time"
)

// doubts are findings about what a row says against itself, or against the other rows of its sheet.
func (c *converter) doubts(v values) []Problem {
	var problems []Problem
	for _, doubt := range []func(values) *Problem{c.cycleTooLong, c.ratingAgainstScore, c.goalUnderOtherID} {
		if p := doubt(v); p != nil {
			problems = append(problems, *p)
		}
	}
	return problems
}

// cycleTooLong doubts a half-year that lasts 13 months.
func (c *converter) cycleTooLong(v values) *Problem {
	if c.kind.Name != "cycle" {
		return nil
	}
	starts, isStated := c.date(v, "starts_on")
	ends, ends2 := c.date(v, "ends_on")
	from, to, isPeriod := periodDays(c.text(v, "cycle"))
	const slack = 31 * 24 * time.Hour
	if !isStated || !ends2 || !isPeriod || ends.Sub(starts) <= to.Sub(from)+slack {
		return nil
	}
	p := Problem{Severity: Finding, Key: "cycle_too_long", Field: "ends_on", Cell: c.text(v, "cycle")}
	p.Args = map[string]any{"starts": starts.Format(time.DateOnly), "ends": ends.Format(time.DateOnly)}
	return &p
}

// ratingAgainstScore doubts a rating whose word has another number in most other rows: PerfScoreID 3 beside "Exceeds".
func (c *converter) ratingAgainstScore(v values) *Problem {
	usual, known := c.plan.Ratings[foldWord(c.text(v, "label"))]
	score, isStated := c.number(v, "score")
	if !known || !isStated || score == usual {
		return nil
	}
	p := Problem{Severity: Finding, Key: "rating_contradicts_score", Field: "label", Cell: c.text(v, "label")}
	p.Args = map[string]any{"score": score, "usual": usual}
	return &p
}

// goalUnderOtherID says that a goal's id stands for other goals as well.
func (c *converter) goalUnderOtherID(v values) *Problem {
	if c.kind.Name != "goal" || !c.isRepeated(v) {
		return nil
	}
	p := Problem{Severity: Finding, Key: "goal_id_repeated", Field: "goal_id", Cell: c.text(v, "goal_id")}
	p.Args = map[string]any{"title": c.plan.Repeated[foldText(c.text(v, "goal_id"))]}
	return &p
}

// isRepeated says whether the row's goal id stood for another goal above.
func (c *converter) isRepeated(v values) bool {
	firstTitle, repeated := c.plan.Repeated[foldText(c.text(v, "goal_id"))]
	return repeated && foldText(c.text(v, "title")) != foldText(firstTitle)
}

// directionAgainstNumbers doubts a direction that leads away from the target: increase, from 16 to 11.
func (c *converter) directionAgainstNumbers(stated string, rows []values) *Problem {
	if c.kind.Name != "goal" || stated != "increase" && stated != "decrease" {
		return nil
	}
	for _, v := range rows {
		baseline, isFrom := c.number(v, "baseline")
		target, isTo := c.number(v, "target")
		leadsAway := stated == "increase" && target < baseline || stated == "decrease" && target > baseline
		if isFrom && isTo && leadsAway && c.text(v, "direction") == stated {
			p := Problem{Severity: Finding, Key: "direction_contradicts_numbers", Field: "direction", Cell: stated}
			p.Args = map[string]any{"baseline": baseline, "target": target}
			return &p
		}
	}
	return nil
}

// ratingProfile counts which score stands beside which word of a rating.
type ratingProfile map[string]map[float64]int

const (
	ratingWords   = 20  // a scale has no more
	ratingsNeeded = 10  // rows that settle what a word's score is
	usualShare    = 0.8 // of a word's rows have its usual score
)

func (p *ratingProfile) add(label, score string) {
	n, err := strconv.ParseFloat(strings.TrimSpace(score), 64)
	if err != nil || label == "" || n != math.Trunc(n) || len(*p) > ratingWords {
		return
	}
	if *p == nil {
		*p = ratingProfile{}
	}
	word := foldWord(label)
	if (*p)[word] == nil {
		(*p)[word] = map[float64]int{}
	}
	(*p)[word][n]++
}

// usual is the score of each word; nothing where words and scores do not go together.
func (p ratingProfile) usual() map[string]float64 {
	usual, seen, total := map[string]float64{}, map[float64]bool{}, 0
	for word, scores := range p {
		count, most := 0, 0
		for score, n := range scores {
			count += n
			if n > most {
				most, usual[word] = n, score
			}
		}
		if float64(most) < usualShare*float64(count) || seen[usual[word]] {
			return nil
		}
		seen[usual[word]] = true
		total += count
	}
	if total < ratingsNeeded || len(usual) < 2 || len(usual) > ratingWords {
		return nil
	}
	return usual
}

// goalProfile finds ids that stand for several goals: folded id, first title.
type goalProfile struct {
	first    map[string]string
	repeated map[string]string
}

const goalIDsKept = 200_000 // that are looked at

func (p *goalProfile) add(id, title string) {
	if id == "" || title == "" {
		return
	}
	if p.first == nil {
		p.first, p.repeated = map[string]string{}, map[string]string{}
	}
	id, title = foldText(id), plain(title)
	before, known := p.first[id]
	switch {
	case !known && len(p.first) < goalIDsKept:
		p.first[id] = title
	case known && foldText(before) != foldText(title):
		p.repeated[id] = before
	}
}
