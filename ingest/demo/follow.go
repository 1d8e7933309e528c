package demo

import (
	"cmp"
	"math"
	"math/rand/v2"
	"slices"
	"time"
)

// scoreFloors are the scores at which labels D, C, B, A, S begin; the last is the top.
func scoreFloors() []float64 { return []float64{0, 50, 65, 80, 90, 100} }

// codes are the labels from the lowest, guideline the shares expected of them.
func codes() []string       { return []string{"D", "C", "B", "A", "S"} }
func guideline() []float64  { return []float64{0.03, 0.12, 0.50, 0.25, 0.10} }
func labelOf(u float64) int { return int(clamp(math.Floor(u), 1, 5)) }

// scoreOf turns a judgement in labels into a score out of 100.
func scoreOf(u float64) float64 {
	u = clamp(u, 1, 5.99)
	floors, l := scoreFloors(), labelOf(u)
	return math.Floor(10*(floors[l-1]+(u-float64(l))*(floors[l]-floors[l-1]))) / 10
}

// judgement turns the share of people who stand lower into a judgement in labels, such that the labels
// come out with the shares of the guideline.
func judgement(lower float64) float64 {
	for l, share := range guideline() {
		if lower < share {
			return float64(l+1) + lower/share
		}
		lower -= share
	}
	return 5.99
}

// standings are, for everybody in a cycle, the share of people who did less well: by attainment and by chance.
func (c *company) standings(cy *cycle) map[*entry]float64 {
	mean, sd := spread(cy.entries)
	latent, order := map[*entry]float64{}, slices.Clone(cy.entries)
	for _, e := range cy.entries {
		z := e.p.ability / 0.105
		if !math.IsNaN(e.attainment) {
			z = clamp((e.attainment-mean)/sd, -3, 3)
		}
		latent[e] = 0.85*z + 0.53*stream(c.Seed, "standing", e.p.id, cy.label).NormFloat64()
	}
	slices.SortStableFunc(order, func(a, b *entry) int { return cmp.Compare(latent[a], latent[b]) })
	for i, e := range order {
		latent[e] = (float64(i) + 0.5) / float64(len(order))
	}
	return latent
}

// appraise gives labels: by attainment, by chance, by who judges, and in one job family by gender.
func (c *company) appraise(cy *cycle) {
	standings := c.standings(cy)
	for _, e := range cy.entries {
		r := stream(c.Seed, "appraisal", e.p.id, cy.label)
		e.unrated = chance(r, 0.03) || !e.p.activeOn(cy.ends)
		u := judgement(standings[e])
		e.self = clamp(u+0.5+0.5*r.NormFloat64(), 1, 5.99)
		if e.p.family == c.planted.gapFamily && e.p.gender == "F" {
			u -= ratingGap
		}
		if e.post.manager != nil {
			u += e.post.manager.bias
		}
		e.manager = clamp(u, 1, 5.99)
		e.appraised = cy.ends.AddDate(0, 0, 5+r.IntN(18))
		if chance(r, 0.07) {
			e.appraised = cy.ends.AddDate(0, 0, 33+r.IntN(20))
		}
		e.label = labelOf(e.manager)
		c.calibrate(e, r)
		e.unrated = e.unrated || !c.known(later(e.appraised, e.calibrated))
	}
}

func spread(entries []*entry) (mean, sd float64) {
	var n, sum, squares float64
	for _, e := range entries {
		if !math.IsNaN(e.attainment) {
			n, sum, squares = n+1, sum+e.attainment, squares+e.attainment*e.attainment
		}
	}
	mean = sum / n
	return mean, math.Sqrt(squares/n - mean*mean)
}

// calibrate moves a few labels by one: towards the middle, where the guideline has room, and more of them
// under managers known for their hand.
func (c *company) calibrate(e *entry, r *rand.Rand) {
	p, move := 0.12, 1
	if e.label > 3 || e.label == 3 && chance(r, 0.5) {
		move = -1
	}
	if e.label == 3 {
		p = 0.02
	}
	if m := e.post.manager; m == c.planted.lenient || m == c.planted.severe {
		p, move = 0.15, -int(m.bias)
	}
	to := int(clamp(float64(e.label+move), 1, 5))
	if chance(r, p) && to != e.label {
		e.label, e.calibrated = to, e.appraised.AddDate(0, 0, 3+r.IntN(4))
	}
}

// follow is what came after the rating: feedback, plan, award, promotion.
func (c *company) follow(e *entry) {
	if e.unrated {
		return
	}
	r := stream(c.Seed, "follow", e.p.id, e.cy.label)
	rated := later(e.appraised, e.calibrated)
	c.giveFeedback(e, r, rated)
	if e.label <= 2 && e.post.manager != nil && e.p.activeOn(rated.AddDate(0, 0, 40)) {
		c.startPlan(e, r, rated)
	}
	c.reward(e, r, rated)
}

func (c *company) giveFeedback(e *entry, r *rand.Rand, rated time.Time) {
	held, acknowledged := 0.97, 0.96
	if e.post.unit == c.planted.leaky && e.index >= c.lastClosed()-1 {
		held, acknowledged = 0.5, 0.5
	}
	if !chance(r, held) {
		return
	}
	t := rated.AddDate(0, 0, 1+r.IntN(12))
	if chance(r, 0.08) {
		t = rated.AddDate(0, 0, 16+r.IntN(20))
	}
	if !c.known(t) {
		return
	}
	e.talk.held = t
	if ack := t.AddDate(0, 0, r.IntN(2)); chance(r, acknowledged) && c.known(ack) {
		e.talk.acknowledged = ack
	}
}

// startPlan draws, among people with the same label, who gets an improvement plan (which helps), who a
// development action (which does not), and who nothing.
func (c *company) startPlan(e *entry, r *rand.Rand, rated time.Time) {
	luck, kind := r.Float64(), "improvement"
	if luck >= 0.75 {
		return
	}
	if luck >= 0.45 {
		kind = "development"
	}
	p := &improvement{kind: kind, starts: rated.AddDate(0, 0, 8+r.IntN(18))}
	p.ends = p.starts.AddDate(0, 3, 0)
	if !c.known(p.starts) {
		return
	}
	if kind == "improvement" {
		e.p.boost = planEffect
	}
	if c.known(p.ends) {
		p.closed = p.ends
		p.outcome = []string{"passed", "passed", "passed", "extended", "failed"}[r.IntN(5)]
		if !e.p.activeOn(p.ends) {
			p.outcome, p.closed = "left", e.p.left
		}
	}
	e.plan = p
}

// reward pays by label, with a few awards out of line, and promotes a few of the best.
func (c *company) reward(e *entry, r *rand.Rand, rated time.Time) {
	t := rated.AddDate(0, 0, 10+r.IntN(19))
	if chance(r, 0.07) {
		t = rated.AddDate(0, 0, 33+r.IntN(12))
	}
	if !c.known(t) || !e.p.activeOn(t) {
		return
	}
	share := []float64{0, 0, 0.08, 0.14, 0.20}[e.label-1]
	if chance(r, 0.01) {
		share = 0.20 - share
	}
	pay := math.Round(e.p.pay * (1 + 0.25*float64(e.post.grade)))
	if share > 0 && chance(r, 0.94) {
		share = round(share*(0.9+0.2*r.Float64()), 3)
		e.awards = append(e.awards, award{kind: "bonus", share: share, amount: math.Round(pay * share), on: t})
	}
	if e.label >= 4 && e.cy.half == 2 {
		e.awards = append(e.awards, award{kind: "merit", share: 0.04, amount: math.Round(pay * 0.04), on: t})
	}
	if e.label >= 4 && !e.p.settled && e.post.grade < 3 && chance(r, 0.12) {
		e.promoted = true
		grade := e.post.grade + 1
		e.awards = append(e.awards, award{kind: "promotion", on: t, toGrade: grade})
		e.p.promote(t, grade)
	}
}

// promote adds a post at a higher grade and lifts the posts already agreed for later.
func (p *person) promote(t time.Time, grade int) {
	now := p.at(t)
	now.from, now.grade = t, grade
	posts := p.posts[:0:0]
	for _, q := range p.posts {
		if q.from.Before(t) {
			posts = append(posts, q)
		}
	}
	posts = append(posts, now)
	for _, q := range p.posts {
		if !q.from.Before(t) {
			q.grade = grade
			posts = append(posts, q)
		}
	}
	p.posts = posts
}
