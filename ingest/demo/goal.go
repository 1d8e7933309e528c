package demo

import (
	"fmt"
	"iter"
	"math"
	"strings"
)

// goalFiles are a cycle's goals: usually one CSV; the second cycle is a workbook with a sheet a department,
// the third a workbook a division.
func (c *company) goalFiles(i int) []file {
	cy, lang := c.cycles[i], c.turns(i)
	name := fileName(lang, text{"goals_", "绩效目标_"}, cy.label)
	all := func(*unit) bool { return true }
	switch i {
	case 1:
		f := file{name: name + ".xlsx", lang: lang, quirks: []string{"title_rows", "sheet_per_department", "dates_as_text"}}
		f.sheets = append(f.sheets, c.goalSheet(i, lang, text{"Company", "公司及中心"}.in(lang), func(u *unit) bool { return u.code[0] != 'T' }))
		for _, u := range c.departments() {
			f.sheets = append(f.sheets, c.goalSheet(i, lang, u.sheetName(), func(v *unit) bool { return v == u }))
		}
		return []file{f}
	case 2:
		var files []file
		for _, u := range c.units {
			if u.code[0] == 'T' {
				continue
			}
			f := file{name: name + "_" + u.code + ".xlsx", lang: c.tongue(u.family), quirks: []string{"blank_rows", "total_row", "file_per_division"}}
			s := c.goalSheet(i, f.lang, text{"Goals", "目标"}.in(f.lang), func(v *unit) bool { return v == u || u.parent != nil && v.parent == u })
			s.gap, s.total = 40, total(f.lang)
			f.sheets = []sheet{s}
			files = append(files, f)
		}
		return files
	}
	return []file{{name: name + ".csv", lang: lang, quirks: []string{"stray_spaces"}, sheets: []sheet{c.goalSheet(i, lang, "", all)}}}
}

// sheetName is the unit's name, or its code where Excel would not take the name for its length.
func (u *unit) sheetName() string {
	if len(u.name) > 31 {
		return u.code
	}
	return u.name
}

func (c *company) goalSheet(i int, lang, name string, keep func(*unit) bool) sheet {
	cy := c.cycles[i]
	fields, label := cy.cells(i, lang)
	at := len(fields)
	fields = append(fields,
		"goal_id", "employee_id", "employee_name", "unit", "parent_goal_id", "title", "category", "metric", "unit_of_measure", "direction",
		"baseline", "target", "actual", "progress", "weight", "commitment", "is_strategic", "starts_on", "due_on", "status",
	)
	s := sheet{name: name, kind: "goal", fields: fields, percents: []percents{asHundred, asFraction, asHundred, asText}[i%4]}
	s.rows = c.goals(cy, lang, label, keep)
	if i == 1 {
		s.titles = []string{fmt.Sprintf("%s %s", name, cy.label)}
		s.dates = text{"2 Jan 2006", "2006年1月2日"}.in(lang)
	}
	if i == len(c.cycles)-1 && name == "" {
		s.rows = spoil(s.rows, 31, map[int]any{
			at: "G-" + cy.label + "-X1", at + 11: bad{text{"tbd soon", "年底再议"}.in(lang), "not_a_number"},
		})
		s.rows = spoil(s.rows, 64, map[int]any{at: "G-" + cy.label + "-X2", at + 19: bad{text{"ask the owner", "问一下本人"}.in(lang), "unknown_word"}})
	}
	return s
}

// goals yields a cycle's goals of the units kept: the unit's own, then its people's.
func (c *company) goals(cy *cycle, lang string, label []any, keep func(*unit) bool) iter.Seq[[]any] {
	return func(yield func([]any) bool) {
		for _, g := range cy.unitGoals {
			if keep(g.unit) && !yield(join(label, c.goal(cy, g, lang))) {
				return
			}
		}
		for _, e := range cy.entries {
			if !keep(e.post.unit) {
				continue
			}
			for _, g := range e.goals {
				if !yield(join(label, c.goal(cy, g, lang))) {
					return
				}
			}
		}
	}
}

func (c *company) goal(cy *cycle, g *goal, lang string) []any {
	id, name, wrote := "", "", c.tongue(g.unit.family)
	category := text{"Company", "公司"}
	if g.unit.family >= 0 {
		category = c.families[g.unit.family].category
	}
	if g.owner != nil {
		id, name, wrote = g.owner.id, g.owner.name, g.owner.lang
		category = c.families[g.owner.family].category
	}
	title := g.titleIn(c, wrote)
	if strings.HasSuffix(g.id, "7-2") {
		title = " " + title + "  "
	}
	commitment := text{"Committed", "承诺型"}
	if g.aspiration {
		commitment = text{"Aspirational", "挑战型"}
	}
	return []any{
		g.id, id, name, g.unit.name, g.parent, title, category.in(wrote), g.metric.name.in(wrote), g.metric.unit.in(wrote), directionWord(g.direction),
		g.baseline, g.target, c.finalActual(cy, g), c.statedProgress(cy, g), share(g.weight), commitment, g.strategic, g.starts, g.due, c.ownStatus(cy, g),
	}
}

func directionWord(direction string) text {
	return map[string]text{
		"increase": {"Increase", "提升"}, "decrease": {"Decrease", "降低"}, "maintain": {"Maintain", "保持"},
		"milestone": {"Milestone", "里程碑"}, "binary": {"Binary", "是否型"},
	}[direction]
}

// finalActual is what the goal file says at a cycle's end; for one goal in ten only the last check-in says it.
func (c *company) finalActual(cy *cycle, g *goal) float64 {
	if !c.closed(cy) || !g.evidence || g.owner != nil && stream(c.Seed, "final", g.id).Float64() < 0.1 {
		return math.NaN()
	}
	return g.actual
}

// statedProgress is given for units in the running cycle: nobody checks in for them.
func (c *company) statedProgress(cy *cycle, g *goal) share {
	if c.closed(cy) || g.owner != nil || !g.accumulates() {
		return share(math.NaN())
	}
	return share(round(clamp(g.reached(c.AsOf), 0, 1), 2))
}

func (c *company) ownStatus(cy *cycle, g *goal) text {
	switch {
	case g.cancelled:
		return text{"Cancelled", "已取消"}
	case !g.evidence:
		return text{"Not Started", "未开始"}
	case c.closed(cy) && g.attained >= 1:
		return text{"Completed", "已完成"}
	case c.closed(cy):
		return text{"Overdue", "已逾期"}
	case !g.accumulates():
		return statusWord(g.attained - 1)
	case round(g.reached(c.AsOf), 2) >= 1:
		return text{"Completed", "已完成"}
	}
	return statusWord(g.reached(c.AsOf) - g.elapsed(c.AsOf))
}

// statusWord is what an owner calls a pace.
func statusWord(pace float64) text {
	switch {
	case pace >= -0.10:
		return text{"On Track", "正常"}
	case pace >= -0.25:
		return text{"At Risk", "有风险"}
	}
	return text{"Off Track", "严重滞后"}
}
