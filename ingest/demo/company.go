package demo

import (
	"fmt"
	"time"
)

// company is everything that happened, before anybody wrote it into a spreadsheet.
type company struct {
	Options
	families []family
	units    []*unit
	people   []*person
	cycles   []*cycle
	planted  planted
}

type unit struct {
	code, name string
	parent     *unit
	family     int // -1: the company
	head       *person
	leads      []*person // who may be a direct manager of its staff; the head is the first
}

type person struct {
	id, name, gender, lang, source string
	birth, hired, left             time.Time // left: zero while employed
	ability                        float64   // what attainment owes to the person
	bias                           float64   // labels added to what the person gives as a manager
	family, location               int
	pay                            float64
	posts                          []post
	lastActual, lastTarget         map[string]float64 // by metric
	boost                          float64            // what an improvement plan adds in the next cycle
	settled                        bool               // never leaves and never moves
}

// post is what holds of a person from a day on.
type post struct {
	from    time.Time
	unit    *unit
	grade   int
	manager *person
}

type cycle struct {
	label      string // 2026H2
	year, half int
	starts     time.Time
	ends       time.Time
	entries    []*entry
	unitGoals  []*goal
}

// planted holds who was chosen for which effect.
type planted struct {
	lenient, severe, dropped *person
	leaky, gamed             *unit
	gapFamily                int
	marketFrom, marketTo     time.Time // orders fall for everybody
	dropFrom, dropTo         time.Time // orders of one person fall
}

func day(y int, m time.Month, d int) time.Time { return time.Date(y, m, d, 0, 0, 0, 0, time.UTC) }

// simulate makes the company and lives through all its cycles.
func simulate(o Options) *company {
	c := &company{Options: o, families: families()}
	c.foundCycles()
	c.foundUnits()
	c.hire()
	c.plant()
	for i := range c.cycles {
		c.live(i)
	}
	return c
}

func (c *company) foundCycles() {
	year, half := c.AsOf.Year(), 1
	if c.AsOf.Month() > 6 {
		half = 2
	}
	c.cycles = make([]*cycle, c.Cycles)
	for i := c.Cycles - 1; i >= 0; i-- {
		starts := day(year, time.Month(half*6-5), 1)
		c.cycles[i] = &cycle{
			label: fmt.Sprintf("%dH%d", year, half), year: year, half: half,
			starts: starts, ends: starts.AddDate(0, 6, -1),
		}
		if half--; half == 0 {
			year, half = year-1, 2
		}
	}
}

// closed says whether a cycle is over; lastClosed is the place of the last one that is.
func (c *company) closed(cy *cycle) bool { return c.AsOf.After(cy.ends) }
func (c *company) lastClosed() int       { return len(c.cycles) - 2 }

// known says whether something dated t can stand in a file today.
func (c *company) known(t time.Time) bool { return !t.IsZero() && !t.After(c.AsOf) }

// tongue is the language a family's people write in.
func (c *company) tongue(family int) string {
	switch {
	case c.Lang != "both":
		return c.Lang
	case family >= 0 && c.families[family].foreign:
		return "en"
	}
	return "zh"
}

// foundUnits makes the tree: the company, a division a job family, departments in turn.
func (c *company) foundUnits() {
	departments := max(4, (c.Employees+16)/33)
	root := &unit{code: "C0", name: text{"Demo Company", "演示公司"}.in(c.tongue(-1)), family: -1}
	c.units = append(c.units, root)
	divisions := make([]*unit, min(departments, len(c.families)))
	for i := range divisions {
		name := c.families[i].division.in(c.tongue(i))
		divisions[i] = &unit{code: fmt.Sprintf("D%d", i+1), name: name, parent: root, family: i}
	}
	c.units = append(c.units, divisions...)
	for i := range departments {
		f := i % len(divisions)
		u := &unit{code: fmt.Sprintf("T%03d", i+1), parent: divisions[f], family: f}
		u.name = c.departmentName(f, i/len(divisions))
		c.units = append(c.units, u)
	}
}

// departmentName names a family's nth department; names do not repeat.
func (c *company) departmentName(f, n int) string {
	stems, regions := c.families[f].stems, cities()
	stem, region, round := stems[n%len(stems)], regions[n/len(stems)%len(regions)], n/len(stems)/len(regions)
	lang := c.tongue(f)
	name := region.en + " " + stem.en
	if lang == "zh" {
		name = region.zh + stem.zh
	}
	if round > 0 {
		name += fmt.Sprintf(" %d", round+1)
	}
	return name
}

func (c *company) departments() []*unit {
	for i, u := range c.units {
		if u.code[0] == 'T' {
			return c.units[i:]
		}
	}
	return nil
}

// at is the post a person holds on a day; before the first one, the first.
func (p *person) at(t time.Time) post {
	found := p.posts[0]
	for _, q := range p.posts {
		if q.from.After(t) {
			break
		}
		found = q
	}
	return found
}

// activeOn says whether the person is employed on a day.
func (p *person) activeOn(t time.Time) bool {
	return !p.hired.After(t) && (p.left.IsZero() || p.left.After(t))
}
