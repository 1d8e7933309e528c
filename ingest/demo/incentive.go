package demo

import (
	"iter"
	"math"
	"strconv"
)

// incentiveFile lists what was awarded after each cycle; amounts carry thousands separators.
func (c *company) incentiveFile() file {
	lang := c.lang("zh")
	s := sheet{
		kind:   "incentive",
		fields: append([]string{"cycle"}, append(whoFields(), "incentive_kind", "amount", "base_share", "awarded_on", "to_grade")...),
		rows:   c.incentives(), percents: asText,
	}
	s.rows = spoil(s.rows, 5, map[int]any{5: bad{text{"ask finance", "问财务"}.in(lang), "not_a_number"}, 7: c.cycles[0].starts})
	return file{
		name: fileName(lang, text{"incentives", "激励发放记录"}, ".csv"), lang: lang,
		quirks: []string{"thousands_separators", "percent_as_text"}, sheets: []sheet{s},
	}
}

func (c *company) incentives() iter.Seq[[]any] {
	kinds := map[string]text{"bonus": {"Bonus", "绩效奖金"}, "merit": {"Merit increase", "调薪"}, "promotion": {"Promotion", "晋升"}}
	return func(yield func([]any) bool) {
		for _, cy := range c.cycles {
			for _, e := range cy.entries {
				for _, a := range e.awards {
					amount, part, grade := thousands(a.amount), share(a.share), ""
					if a.kind == "promotion" {
						amount, part, grade = "", share(math.NaN()), gradeName(a.toGrade)
					}
					if !yield(join([]any{cy.label}, e.who(), []any{kinds[a.kind], amount, part, a.on, grade})) {
						return
					}
				}
			}
		}
	}
}

// thousands writes a whole amount as 12,345.
func thousands(x float64) string {
	s := strconv.Itoa(int(x))
	for at := len(s) - 3; at > 0; at -= 3 {
		s = s[:at] + "," + s[at:]
	}
	return s
}
