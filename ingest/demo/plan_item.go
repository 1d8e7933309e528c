package demo

import (
	"fmt"
	"iter"
	"time"
)

// planItemFile holds the milestones of a cycle's goals.
func (c *company) planItemFile(i int) file {
	cy, lang := c.cycles[i], c.turns(i+1)
	fields, label := cy.cells(i+1, lang)
	s := sheet{kind: "plan_item", fields: append(append(fields, "plan_item_id", "goal_id"), append(whoFields(), "title", "starts_on", "due_on", "done_on", "status")...)}
	s.rows = c.planItems(cy, label)
	if i == 0 {
		s.rows = spoil(s.rows, 23, map[int]any{
			len(label): "PX-1", len(label) + 7: bad{text{"end of the quarter", "季度末前后"}.in(lang), "not_a_date"},
		})
	}
	return file{name: fileName(lang, text{"plan_items_", "行动计划_"}, cy.label+".csv"), lang: lang, sheets: []sheet{s}}
}

func (c *company) planItems(cy *cycle, label []any) iter.Seq[[]any] {
	return func(yield func([]any) bool) {
		for _, e := range cy.entries {
			for _, g := range e.goals {
				for n := range g.items {
					if !yield(join(label, c.planItem(e, g, n))) {
						return
					}
				}
			}
		}
	}
}

// planItem is a goal's nth item. Of a milestone goal so many are done as were attained; of others most are,
// most of them in time.
func (c *company) planItem(e *entry, g *goal, n int) []any {
	r := stream(c.Seed, "plan item", g.id, fmt.Sprint(n))
	span := g.due.Sub(g.starts) / time.Duration(g.items)
	starts := g.starts.Add(time.Duration(n) * span).Truncate(24 * time.Hour)
	due := g.starts.Add(time.Duration(n+1) * span).Truncate(24 * time.Hour)
	done := due.AddDate(0, 0, -r.IntN(8))
	if chance(r, 0.15) {
		done = due.AddDate(0, 0, 1+r.IntN(20))
	}
	finished := chance(r, clamp(e.tendency, 0, 0.97))
	if g.direction == "milestone" {
		finished = n < g.itemsDone
		if done.After(g.due) {
			done = g.due
		}
	}
	status := text{"Completed", "已完成"}
	if !finished || !g.evidence || !c.known(done) || !e.p.activeOn(done) {
		done, status = time.Time{}, text{"In Progress", "进行中"}
		if starts.After(c.AsOf) {
			status = text{"Not Started", "未开始"}
		}
	}
	stage := pick(r, []text{{"Agree the approach", "确定方案"}, {"First results", "取得阶段成果"}, {"Review with the team", "团队复盘"}, {"Train colleagues", "完成培训"}, {"Close open points", "遗留问题清零"}})
	title := fmt.Sprintf("%d. %s", n+1, stage.in(e.p.lang))
	return join([]any{fmt.Sprintf("%s-P%d", g.id, n+1), g.id}, e.who(), []any{title, starts, due, done, status})
}
