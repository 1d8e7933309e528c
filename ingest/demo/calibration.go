package demo

import "iter"

// calibrationFile lists the labels moved in the meetings of all cycles, with the reasons noted.
func (c *company) calibrationFile() file {
	lang := c.lang("zh")
	return file{
		name: fileName(lang, text{"calibration_decisions", "绩效校准记录"}, ".csv"), lang: lang,
		sheets: []sheet{{
			kind:   "calibration",
			fields: append([]string{"cycle"}, append(whoFields(), "from_label", "to_label", "reason", "calibrated_by", "calibrated_on")...),
			rows:   c.calibrations(),
		}},
	}
}

func (c *company) calibrations() iter.Seq[[]any] {
	reasons := []text{
		{"Compared with peers on the same targets", "与同类目标的同事横向比较"}, {"Attainment points the other way", "与目标达成情况不符"},
		{"Took on an extra project", "承担了额外项目"}, {"Standard applied too strictly", "初评标准偏严"},
	}
	return func(yield func([]any) bool) {
		for _, cy := range c.cycles {
			for n, e := range cy.entries {
				if e.unrated || e.calibrated.IsZero() {
					continue
				}
				from, to := codes()[labelOf(e.manager)-1], codes()[e.label-1]
				chair := c.units[0].head.name
				if !yield(join([]any{cy.label}, e.who(), []any{from, to, reasons[n%len(reasons)].in(e.p.lang), chair, e.calibrated})) {
					return
				}
			}
		}
	}
}
