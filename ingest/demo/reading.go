package demo

import (
	"iter"
	"math"
	"math/rand/v2"
	"time"
)

// readingFiles are three metrics as their systems export them: orders weekly, satisfaction with a column a
// month, defects monthly.
func (c *company) readingFiles() []file {
	zh, en := c.lang("zh"), c.lang("en")
	long := []string{"metric", "employee_id", "employee_name", "unit", "read_on", "value", "unit_of_measure", "direction"}
	months := c.months()
	wide := []string{"metric", "employee_id", "employee_name", "unit", "unit_of_measure", "direction"}
	for _, m := range months {
		wide = append(wide, m.Format("2006-01"))
	}
	satisfaction := sheet{name: text{"Monthly values", "月度数据"}.in(en), kind: "reading", fields: wide, rows: c.satisfaction(months)}
	satisfaction.titles = []string{text{"Customer satisfaction by agent", "客服满意度月度数据"}.in(en)}
	return []file{
		{
			name: fileName(zh, text{"kpi_orders_weekly", "订单量周数据"}, ".csv"), lang: zh, encoding: "bom",
			sheets: []sheet{{kind: "reading", fields: long, rows: c.orders(), dates: "2006/01/02"}},
		},
		{
			name: fileName(en, text{"kpi_satisfaction_monthly", "客户满意度月数据"}, ".xlsx"), lang: en,
			quirks: []string{"title_rows", "column_per_month"}, sheets: []sheet{satisfaction},
		},
		{name: fileName(en, text{"kpi_defects_monthly", "不良品月数据"}, ".csv"), lang: en, sheets: []sheet{{kind: "reading", fields: long, rows: c.defects(months)}}},
	}
}

// weeks are the Fridays from the last cycle that closed on, forty of them at least.
func (c *company) weeks() []time.Time {
	t := c.cycles[c.lastClosed()].starts
	if enough := c.AsOf.AddDate(0, 0, -7*40); enough.Before(t) {
		t = enough
	}
	t = t.AddDate(0, 0, (int(time.Friday)-int(t.Weekday())+7)%7)
	var weeks []time.Time
	for ; c.known(t); t = t.AddDate(0, 0, 7) {
		weeks = append(weeks, t)
	}
	return weeks
}

// months are the last days of the complete months since the first cycle began, 24 at least.
func (c *company) months() []time.Time {
	t := c.cycles[0].starts
	if enough := c.AsOf.AddDate(-2, 0, 0); enough.Before(t) {
		t = day(enough.Year(), enough.Month(), 1)
	}
	var months []time.Time
	for ; c.known(t.AddDate(0, 1, -1)); t = t.AddDate(0, 1, 0) {
		months = append(months, t.AddDate(0, 1, -1))
	}
	return months
}

// readers are the people of a job family below its head, with a chance of their own each.
func (c *company) readers(family int) iter.Seq2[*person, *rand.Rand] {
	return func(yield func(*person, *rand.Rand) bool) {
		for _, p := range c.people {
			if p.family == family && p.posts[0].grade < 4 && !yield(p, stream(c.Seed, "readings", p.id)) {
				return
			}
		}
	}
}

func within(t, from, to time.Time) bool { return !t.Before(from) && !t.After(to) }

// orders swing by eight in a hundred at most around the person's level, apart from the planted falls.
func (c *company) orders() iter.Seq[[]any] {
	m, weeks, x := c.families[salesFamily].metrics[0], c.weeks(), c.planted
	return func(yield func([]any) bool) {
		for p, r := range c.readers(salesFamily) {
			level := 60 * (0.9 + 0.5*r.Float64())
			for _, t := range weeks {
				value := level * (0.92 + 0.16*r.Float64())
				if within(t, x.marketFrom, x.marketTo) {
					value *= 1 - marketFall + 0.06*(r.Float64()-0.5)
				}
				if p == x.dropped && t.After(x.dropFrom) {
					value *= 1 - personFall
				}
				row := []any{m.name.in(p.lang), p.id, p.name, p.at(t).unit.name, t, math.Round(value), m.unit.in(p.lang), text{"Increase", "提升"}}
				if p.activeOn(t) && !yield(row) {
					return
				}
			}
		}
	}
}

func (c *company) satisfaction(months []time.Time) iter.Seq[[]any] {
	return func(yield func([]any) bool) {
		for p, r := range c.readers(serviceFamily) {
			name, unit := text{"Customer satisfaction", "客户满意度"}.in(p.lang), text{"points", "分"}.in(p.lang)
			row := []any{name, p.id, p.name, p.at(c.AsOf).unit.name, unit, text{"Increase", "提升"}}
			level := 78 + 10*r.Float64()
			for _, t := range months {
				value := math.NaN()
				if p.activeOn(t) {
					value = round(level+8*(r.Float64()-0.5), 1)
				}
				row = append(row, value)
			}
			if !yield(row) {
				return
			}
		}
	}
}

func (c *company) defects(months []time.Time) iter.Seq[[]any] {
	return func(yield func([]any) bool) {
		for p, r := range c.readers(operationsFamily) {
			name, unit := text{"Defects per million", "百万件不良数"}.in(p.lang), text{"ppm", "ppm"}.in(p.lang)
			level := 1800 * (0.7 + 0.6*r.Float64())
			for _, t := range months {
				row := []any{name, p.id, p.name, p.at(t).unit.name, t, math.Round(level * (0.88 + 0.24*r.Float64())), unit, text{"Decrease", "降低"}}
				if p.activeOn(t) && !yield(row) {
					return
				}
			}
		}
	}
}
