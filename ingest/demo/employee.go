package demo

import (
	"fmt"
	"iter"
)

// employeeFile is the roster: a line a person and day from which something else holds, leavers included.
func (c *company) employeeFile() file {
	lang := c.lang("en")
	return file{
		name: fileName(lang, text{"employee_roster", "员工花名册"}, ".xlsx"), lang: lang,
		quirks: []string{"title_rows", "total_row", "extra_columns"},
		sheets: []sheet{{
			name: text{"Roster", "花名册"}.in(lang), kind: "employee",
			titles: []string{text{"Demo Company: employee roster", "演示公司员工花名册"}.in(lang), text{"All data are fictional", "数据均为虚构"}.in(lang)},
			fields: []string{
				"employee_id", "employee_name", "employee_email", "effective_on", "unit", "position", "job_family", "grade", "location",
				"manager_id", "manager_name", "employment_status", "hired_on", "left_on", "gender", "birth_on", "base_pay_amount", "source", "work_mode",
			},
			total: total(lang),
			rows: spoil(c.employees(lang), 20, map[int]any{ // an id given out twice
				1: bad{personName(stream(c.Seed, "stranger"), c.tongue(0), "F"), "identity_conflict"}, 3: c.AsOf,
			}),
		}},
	}
}

func (c *company) employees(lang string) iter.Seq[[]any] {
	return func(yield func([]any) bool) {
		for _, p := range c.people {
			for _, q := range p.posts {
				if c.known(q.from) && !yield(c.employee(p, q, lang)) {
					return
				}
			}
		}
	}
}

func (c *company) employee(p *person, q post, lang string) []any {
	managerID, managerName := "", ""
	if q.manager != nil {
		managerID, managerName = q.manager.id, q.manager.name
	}
	status := text{"Active", "在职"}
	switch {
	case !p.left.IsZero():
		status = text{"Left", "离职"}
	case p.hired.AddDate(0, 3, 0).After(c.AsOf):
		status = text{"Probation", "试用期"}
	}
	gender := text{"Male", "男"}
	if p.gender == "F" {
		gender = text{"Female", "女"}
	}
	mode := text{"Office", "现场办公"}
	if p.id[5]%3 == 0 {
		mode = text{"Hybrid", "混合办公"}
	}
	source := map[string]text{
		"Referral": {"Referral", "内部推荐"}, "Campus": {"Campus", "校园招聘"}, "Agency": {"Agency", "猎头"}, "Job board": {"Job board", "招聘网站"},
	}[p.source]
	return []any{
		p.id, p.name, p.email(), q.from, q.unit.name, c.position(p, q.grade), c.families[p.family].name.in(p.lang), gradeName(q.grade),
		locations()[p.location].in(p.lang), managerID, managerName, status, p.hired, p.left, gender, p.birth,
		round(p.pay*(1+0.25*float64(q.grade)), -2), source, mode,
	}
}

func (p *person) email() string { return "e" + p.id + "@company.example" }

func gradeName(grade int) string { return fmt.Sprintf("P%d", grade+1) }
