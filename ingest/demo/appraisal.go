package demo

import (
	"iter"
	"strings"
)

// appraisalFile holds a closed cycle's judgements: in the last cycle but one that closed, self and manager
// side by side in a workbook; else a line a judgement.
func (c *company) appraisalFile(i int) file {
	cy, lang := c.cycles[i], c.turns(i)
	name := fileName(lang, text{"appraisals_", "绩效评估_"}, cy.label)
	fields, label := cy.cells(i+2, lang)
	fields = append(fields, whoFields()...)
	if i == max(0, c.lastClosed()-1) {
		fields = append(fields, "reviewer_id", "reviewer_name", "self_rating", "manager_rating", "potential_rating", "teamwork", "communication", "appraised_on")
		s := sheet{name: text{"Appraisals", "绩效评估"}.in(lang), kind: "appraisal", fields: fields, rows: c.sideBySide(cy, label)}
		s.titles = []string{text{"Appraisal results ", "绩效评估结果 "}.in(lang) + cy.label}
		return file{name: name + ".xlsx", lang: lang, quirks: []string{"title_rows", "self_and_manager_side_by_side"}, sheets: []sheet{s}}
	}
	at := len(fields)
	fields = append(fields, "reviewer_role", "reviewer_id", "reviewer_name", "part", "item", "score", "label", "appraised_on")
	s := sheet{kind: "appraisal", fields: fields, rows: c.judgements(cy, label, i == 0)}
	if i == c.lastClosed() {
		s.rows = spoil(s.rows, 8, map[int]any{at + 4: text{"Punctuality", "守时"}, at + 5: bad{text{"rather good", "还不错"}.in(lang), "not_a_number"}})
	}
	f := file{name: name + ".csv", lang: lang, sheets: []sheet{s}}
	if i == 0 {
		f.quirks = []string{"full_width_digits"}
	}
	return f
}

func (c *company) sideBySide(cy *cycle, label []any) iter.Seq[[]any] {
	return func(yield func([]any) bool) {
		for _, e := range cy.entries {
			if e.unrated {
				continue
			}
			id, name := e.reviewer()
			items := c.items(e)
			row := []any{id, name, scoreOf(e.self), scoreOf(e.manager), items[2], items[0], items[1], e.appraised}
			if !yield(join(label, e.who(), row)) {
				return
			}
		}
	}
}

// reviewer is who gives the manager's judgement; nobody where the committee does.
func (e *entry) reviewer() (id, name string) {
	if m := e.post.manager; m != nil {
		return m.id, m.name
	}
	return "", ""
}

// items are scores for teamwork, communication and potential.
func (c *company) items(e *entry) [3]float64 {
	r := stream(c.Seed, "items", e.p.id, e.cy.label)
	near := func(x float64) float64 { return round(clamp(x+7*r.NormFloat64(), 20, 100), 0) }
	s := scoreOf(e.manager)
	return [3]float64{near(s), near(s), near(70 + 120*e.p.ability)}
}

// judgements yields one line a judgement; wide writes some scores with the digits of a Chinese keyboard.
func (c *company) judgements(cy *cycle, label []any, wide bool) iter.Seq[[]any] {
	return func(yield func([]any) bool) {
		for n, e := range cy.entries {
			if e.unrated {
				continue
			}
			for _, row := range c.judgement(e) {
				if wide && n%50 == 7 {
					row[5] = fullWidth(plain(row[5].(float64)))
				}
				if !yield(join(label, e.who(), row)) {
					return
				}
			}
		}
	}
}

func (c *company) judgement(e *entry) [][]any {
	id, name := e.reviewer()
	self, role := text{"Self", "自评"}, text{"Manager", "上级"}
	if id == "" {
		role = text{"Committee", "委员会"}
	}
	items, competencies := c.items(e), text{"Competencies", "能力"}
	code := func(u float64) string { return codes()[labelOf(u)-1] }
	return [][]any{
		{self, e.p.id, e.p.name, "", "", scoreOf(e.self), code(e.self), e.appraised.AddDate(0, 0, -4)},
		{role, id, name, "", "", scoreOf(e.manager), code(e.manager), e.appraised},
		{role, id, name, competencies, text{"Teamwork", "团队协作"}, items[0], "", e.appraised},
		{role, id, name, competencies, text{"Communication", "沟通能力"}, items[1], "", e.appraised},
		{role, id, name, text{"Potential", "潜力"}, "", items[2], "", e.appraised},
	}
}

func fullWidth(digits string) string {
	return strings.Map(func(r rune) rune {
		if r >= '0' && r <= '9' {
			return r - '0' + '０'
		}
		return r
	}, digits)
}
