package analytics_test

import (
	"slices"
	"strings"
)

// carried is a plan's focus looked for among the goals of the next cycle.
type carried struct {
	plan   planRow
	cycle  string
	share  float64
	reason string
	title  string
}

func (o *oracle) next(cycle string) (cycleRow, bool) {
	for _, c := range o.cycles {
		if c.id != cycle && c.kind == o.cycleOf[cycle].kind && c.starts > o.cycleOf[cycle].starts {
			return c, true // in order of time
		}
	}
	return cycleRow{}, false
}

func (o *oracle) previous(cycle string) string {
	for _, c := range o.cycles {
		if after, ok := o.next(c.id); ok && after.id == cycle {
			return c.id
		}
	}
	return ""
}

// words of a focus that say something.
func focusWords(text string) []string {
	var words []string
	for _, word := range strings.Fields(strings.ToLower(text)) {
		if word != "improve" && word != "and" && !slices.Contains(words, word) {
			words = append(words, word)
		}
	}
	return words
}

// carriedOver looks for the focus of each improvement plan whose next cycle has begun: the share of its words in the goal that has most.
func (o *oracle) carriedOver() (all []carried) {
	for _, plan := range o.plans {
		after, ok := o.next(plan.cycle)
		if !ok || plan.kind != "improvement" || after.starts > o.asOf || plan.starts > o.asOf {
			continue
		}
		c := carried{plan: plan, cycle: after.id, share: none}
		words := focusWords(plan.focus)
		live := 0
		for _, g := range o.goals {
			if g.owner != plan.employee || g.cycle != after.id || !g.isLive() {
				continue
			}
			live++
			found := 0
			title := focusWords(g.title)
			for _, word := range words {
				found += int(truth(slices.Contains(title, word)))
			}
			if share := float64(found) / float64(len(words)); !known(c.share) || share > c.share {
				c.share, c.title = share, g.title
			}
		}
		switch {
		case plan.focus == "":
			c.reason, c.share, c.title = "no_definition", none, ""
		case live == 0:
			c.reason = "no_evidence"
		case c.share == 0:
			c.title = ""
		}
		all = append(all, c)
	}
	return all
}

func (o *oracle) isCarried(c carried) bool {
	return c.share >= o.set("carried_over_from", c.cycle, 0.5)-tiny
}

func (o *oracle) carriedTable() *table {
	t := &table{mart: "fct_carried_over", keys: []string{"plan_id"}}
	for _, c := range o.carriedOver() {
		f := figures{"cycle_id": c.cycle, "from_cycle_id": c.plan.cycle, "matched_share": c.share, "is_carried_over": nil, "is_carried_over_reason": c.reason}
		if c.reason == "" {
			f["is_carried_over"] = o.isCarried(c)
		}
		t.add(f, c.plan.id)
	}
	return t
}

// carry counts people, not plans: whoever has a plan of which it can be told, and whoever has one carried over.
func (o *oracle) carry(g *group, f figures) {
	told, over := map[string]bool{}, map[string]bool{}
	for _, c := range o.carriedOver() {
		if c.cycle == g.cycle.id && c.reason == "" && slices.ContainsFunc(g.of, func(p *person) bool { return p.id == c.plan.employee }) {
			told[c.plan.employee] = true
			over[c.plan.employee] = over[c.plan.employee] || o.isCarried(c)
		}
	}
	count := 0
	for _, is := range over {
		count += int(truth(is))
	}
	f["focus_count"], f["carried_over_count"] = len(told), count
	f.share("carried_over_share", count, len(told), "no_counterpart")
}
