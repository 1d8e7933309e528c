package demo

import (
	"fmt"
	"math"
	"math/rand/v2"
	"time"
)

// hire fills every unit: a head for the company and each division, leads and staff for the departments.
func (c *company) hire() {
	root := c.units[0]
	chief := c.leader(root, nil, 5)
	divisions := 0
	for _, u := range c.units[1:] {
		if u.parent == root {
			c.leader(u, chief, 5)
			divisions++
		}
	}
	sizes := c.departmentSizes(c.Employees - 1 - divisions)
	for i, u := range c.departments() {
		leads := max(1, int(math.Round(float64(sizes[i])/17)))
		c.leader(u, u.parent.head, 4)
		for range leads - 1 {
			c.leader(u, u.head, 3)
		}
		for slot := range sizes[i] - leads {
			c.fill(u, slot)
		}
	}
}

// departmentSizes shares people out. The first two departments are larger, so that the managers planted
// there have reports enough in a small company too.
func (c *company) departmentSizes(people int) []int {
	n := len(c.departments())
	weights, sum := make([]float64, n), 0.0
	for i := range weights {
		weights[i] = 1
		if n <= 6 {
			weights[i] = 0.75
		}
		if i < 2 {
			weights[i] = 1.6 - 0.25*float64(i)
		}
		sum += weights[i]
	}
	sizes, left := make([]int, n), people
	for i := n - 1; i > 0; i-- {
		sizes[i] = int(float64(people) * weights[i] / sum)
		left -= sizes[i]
	}
	sizes[0] = left
	return sizes
}

// leader hires somebody who stays through all cycles and leads u.
func (c *company) leader(u *unit, manager *person, grade int) *person {
	p := c.newcomer(u, c.cycles[0].starts.AddDate(-2, -len(c.people)%40, 0))
	p.settled = true
	p.posts = []post{{p.hired, u, grade, manager}}
	if u.head == nil {
		u.head = p
	}
	u.leads = append(u.leads, p)
	return p
}

// fill keeps one job of a department filled: who leaves is followed by somebody new some weeks later.
func (c *company) fill(u *unit, slot int) {
	r := stream(c.Seed, "slot", u.code, fmt.Sprint(slot))
	hired := c.cycles[0].starts.AddDate(0, -1-r.IntN(90), -r.IntN(28))
	for !hired.After(c.AsOf) {
		p := c.newcomer(u, hired)
		grade := min(3, int(c.cycles[0].starts.Sub(hired).Hours()/24/365/3)+r.IntN(2))
		p.posts = []post{{hired, u, max(0, grade), u.leads[slot%len(u.leads)]}}
		p.left = c.leaving(r, p)
		c.transfer(r, p)
		if p.left.IsZero() {
			return
		}
		hired = p.left.AddDate(0, 0, 15+r.IntN(30))
	}
}

// leaving draws the day a person goes: about four in a hundred go in a half-year.
func (c *company) leaving(r *rand.Rand, p *person) time.Time {
	for _, cy := range c.cycles {
		if cy.ends.Before(p.hired.AddDate(0, 4, 0)) || !chance(r, 0.04) {
			continue
		}
		if t := cy.starts.AddDate(0, 0, 20+r.IntN(150)); t.After(p.hired.AddDate(0, 3, 0)) && c.known(t) {
			return t
		}
	}
	return time.Time{}
}

// transfer moves one person in fifty to another department of the division at a cycle's start.
func (c *company) transfer(r *rand.Rand, p *person) {
	cy := c.cycles[r.IntN(len(c.cycles))]
	if !chance(r, 0.09) || !p.activeOn(cy.starts) {
		return
	}
	here := p.posts[0].unit
	for _, u := range c.departments() {
		if u.family == here.family && u != here && len(u.leads) > 0 {
			p.posts = append(p.posts, post{cy.starts, u, p.posts[0].grade, u.leads[r.IntN(len(u.leads))]})
			return
		}
	}
}

func (c *company) newcomer(u *unit, hired time.Time) *person {
	p := &person{id: fmt.Sprintf("%06d", 1001+len(c.people)), hired: hired, family: max(u.family, 0)}
	r := stream(c.Seed, "person", p.id)
	p.lang = c.tongue(u.family)
	p.gender = pick(r, []string{"F", "M"})
	p.name = personName(r, p.lang, p.gender)
	p.birth = hired.AddDate(-22-r.IntN(25), -r.IntN(12), -r.IntN(28))
	p.ability = 0.105 * r.NormFloat64()
	p.bias = 0.12 * r.NormFloat64()
	p.location = r.IntN(len(locations()))
	p.source = pick(r, []string{"Referral", "Campus", "Agency", "Job board"})
	p.pay = 80000 * (1 + 0.3*r.Float64())
	p.lastActual, p.lastTarget = map[string]float64{}, map[string]float64{}
	c.people = append(c.people, p)
	return p
}

// plant chooses who carries the effects that an analysis must find.
func (c *company) plant() {
	d := c.departments()
	x := &c.planted
	x.lenient, x.severe, x.gapFamily, x.gamed = d[0].head, d[1].head, engineeringFamily, d[3]
	x.lenient.bias, x.severe.bias = 1, -1
	x.leaky = d[2]
	if len(d) > 4 {
		x.leaky = d[4]
	}
	month := day(c.AsOf.Year(), c.AsOf.Month(), 1)
	x.marketFrom, x.marketTo = month.AddDate(0, -2, 0), month.AddDate(0, -1, -1)
	x.dropFrom, x.dropTo = c.AsOf.AddDate(0, 0, -14), c.AsOf
	for _, p := range c.people {
		if p.family == salesFamily && !p.settled && p.left.IsZero() && len(p.posts) == 1 && p.hired.Before(c.cycles[0].starts) {
			x.dropped = p
		}
	}
}

// position is the job title that goes with a grade.
func (c *company) position(p *person, grade int) string {
	if c.units[0].head == p {
		return text{"Chief Executive", "总经理"}.in(p.lang)
	}
	return c.families[p.family].positions[grade].in(p.lang)
}
