package demo

import "iter"

// improvementPlanFile lists improvement plans and development actions of all cycles.
func (c *company) improvementPlanFile() file {
	lang := c.lang("en")
	return file{
		name: fileName(lang, text{"improvement_plans", "绩效改进计划"}, ".xlsx"), lang: lang,
		sheets: []sheet{{
			name: text{"Plans", "改进计划"}.in(lang), kind: "improvement_plan",
			fields: append([]string{"cycle", "plan_id"}, append(whoFields(), "plan_kind", "focus", "starts_on", "ends_on", "outcome", "outcome_on")...),
			rows:   c.improvementPlans(),
		}},
	}
}

func (c *company) improvementPlans() iter.Seq[[]any] {
	kinds := map[string]text{"improvement": {"Improvement", "绩效改进"}, "development": {"Development", "培训"}}
	outcomes := map[string]text{"passed": {"Passed", "通过"}, "extended": {"Extended", "延长"}, "failed": {"Failed", "未通过"}, "left": {"Left", "离职"}}
	focus := []text{{"Plan the week with the manager", "与主管共同制定周计划"}, {"Product knowledge", "产品知识"}, {"Response time to customers", "客户响应速度"}, {"Quality of handovers", "交接质量"}}
	return func(yield func([]any) bool) {
		for _, cy := range c.cycles {
			for n, e := range cy.entries {
				p := e.plan
				if p == nil {
					continue
				}
				row := []any{kinds[p.kind], focus[n%len(focus)].in(e.p.lang), p.starts, p.ends, outcomes[p.outcome], p.closed}
				if !yield(join([]any{cy.label, "IP-" + cy.label + "-" + e.p.id}, e.who(), row)) {
					return
				}
			}
		}
	}
}
