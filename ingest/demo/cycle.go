package demo

import "iter"

// cycleFile is the calendar of cycles with the due dates HR set. Feedback and improvement are due so many
// days after a rating, which no calendar can say.
func (c *company) cycleFile() file {
	lang := c.lang("en")
	return file{
		name: fileName(lang, text{"cycles", "考核周期"}, ".csv"), lang: lang,
		sheets: []sheet{{
			kind: "cycle",
			fields: []string{
				"cycle", "cycle_name", "cycle_kind", "starts_on", "ends_on", "goals_due_on", "plans_due_on",
				"monitoring_due_on", "appraisal_due_on", "check_in_days",
			},
			rows: c.cycleRows(),
		}},
	}
}

func (c *company) cycleRows() iter.Seq[[]any] {
	return func(yield func([]any) bool) {
		for _, cy := range c.cycles {
			_, name := cy.cells(1, c.tongue(-1))
			row := []any{
				cy.label, name[0], text{"Half year", "半年"}, cy.starts, cy.ends, cy.starts.AddDate(0, 0, 18), cy.starts.AddDate(0, 0, 27),
				cy.ends, cy.ends.AddDate(0, 0, 30), 30,
			}
			if !yield(row) {
				return
			}
		}
	}
}
