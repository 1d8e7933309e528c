package ingest

import (
	"iter"
	"slices"

	"github.com/perfloop/perfloop/ingest/sheet"
)

const minPairs = 3 // a form states at least these

// formRow is the one row of a form: its cells stand all over the sheet.
func formRow(s *sheet.Sheet, p *plan) iter.Seq2[sheet.Row, error] {
	return func(yield func(sheet.Row, error) bool) {
		form := sheet.Row{Line: p.firstLine(), Cells: make([]string, len(p.Columns))}
		for row, err := range s.Rows() {
			if err != nil && !isRowFault(err) {
				yield(row, err)
				return
			}
			for _, c := range p.Columns {
				if c.From != nil && c.From.Line == row.Line && err == nil {
					form.Cells[c.Index] = valueAt(row.Cells, *c.From)
				}
			}
		}
		yield(form, nil)
	}
}

// forms are the plans of a sheet that has forms and no tables, one a person or thing.
func (d *detector) forms() []*plan {
	var plans []*plan
	var form surroundings
	finish := func() {
		if p := d.formPlan(form); p != nil {
			plans = append(plans, p)
		}
		form.pairs = nil
	}
	for _, row := range d.rows {
		pairs := pairsOf(row)
		if len(pairs) == 0 {
			if text := onlyCell(row.Cells); isTitle(text) {
				form.titles = append(form.titles, text)
			}
			continue
		}
		if form.isOther(pairs) {
			finish()
		}
		form.pairs = append(form.pairs, pairs...)
	}
	finish()
	return plans
}

// formPlan reads the pairs of a form as one row of the kind that they state; nil where it is not clear which.
func (d *detector) formPlan(form surroundings) *plan {
	var pairs []pair
	for _, p := range form.pairs {
		if p.value != "" {
			pairs = append(pairs, p)
		}
	}
	if len(pairs) < minPairs {
		return nil
	}
	h := header{at: len(d.rows), line: pairs[0].at.Line}
	for _, p := range pairs {
		h.labels = append(h.labels, []string{p.label})
	}
	best, rivals := d.best([]header{h}, surroundings{titles: form.titles})
	if best.kind == nil || best.lacks != "" || len(rivals) > 1 {
		return nil
	}
	p := d.planOf(table{guess: best, above: surroundings{titles: form.titles}, last: len(d.rows) - 1})
	p.placeColumns(pairs)
	d.settle(table{guess: best, above: surroundings{titles: form.titles}}, p)
	return p
}

// placeColumns makes the plan that of a form.
func (p *plan) placeColumns(pairs []pair) {
	p.IsForm, p.HeaderLine, p.FirstLine, p.LastLine = true, 0, pairs[0].at.Line, pairs[len(pairs)-1].at.Line
	for i := range p.Columns {
		c := &p.Columns[i]
		at := pairs[c.Index].at
		c.From = &at
		if isWhole[c.Why] && c.Why != byMapping {
			c.Why = byForm
		}
	}
}

// overall is the plan of what a form states about its person as a whole, below its table: total scores, the grade. The
// ratings in the table are those of single items.
func (d *detector) overall(t table, plans []*plan, below int) *plan {
	at := slices.IndexFunc(plans, func(p *plan) bool { return p.Kind == "appraisal" && p.givesItems() })
	if at < 0 {
		return nil
	}
	items := plans[at]
	if items.Constants["employee_id"] == "" && items.Constants["employee_name"] == "" && items.Constants["employee_email"] == "" {
		return nil
	}
	k := dictionary().kind("appraisal")
	p := &plan{Sheet: items.Sheet, Kind: k.Name, Constants: map[string]string{}, FirstColumn: items.FirstColumn, LastColumn: items.LastColumn, mapping: items.mapping}
	for row := t.header.at + 1; row <= below && row < len(d.rows); row++ {
		pairs := pairsOf(d.rows[row])
		if (surroundings{pairs: pairs}).person() != "" {
			break
		}
		if opening := firstText(d.rows[row].Cells); !dictionary().isOverall(opening) || !d.addTotals(p, d.rows[row], items) {
			p.addResults(k, pairs)
		}
	}
	if len(p.Columns) == 0 {
		return nil
	}
	for name, value := range items.Constants {
		if name != "item" && name != "part" {
			p.Constants[name] = value
		}
	}
	p.IsForm, p.FirstLine = true, p.Columns[0].From.Line
	p.decide("", "overall_from_form", map[string]any{"line": p.FirstLine})
	return p
}

// givesItems says whether the ratings of the plan are about items.
func (p *plan) givesItems() bool {
	return p.column("item") != nil || p.givesWide("item")
}

// addResults takes the pairs that state a rating.
func (p *plan) addResults(k *kind, pairs []pair) {
	for _, pair := range pairs {
		f := k.named(pair.label)
		if f != nil && (f.isRating() || f.Name == "comment") && pair.value != "" && p.column(f.Name) == nil {
			p.Columns = append(p.Columns, planColumn{Index: len(p.Columns), Header: pair.label, Field: f.Name, Why: byForm, From: &pair.at})
		}
	}
}

const fewPoints = 5 // ratings on a scale of so many points add up to nothing

// addTotals takes the sums below columns of ratings, if there are any.
func (d *detector) addTotals(p *plan, row sheet.Row, items *plan) bool {
	before := len(p.Columns)
	for _, c := range items.Columns {
		f := dictionary().kind(p.Kind).field(c.Field)
		if f == nil || !f.isRating() || c.isWide() || c.Index >= len(row.Cells) || p.column(f.Name) != nil {
			continue
		}
		total, isNumber := dictionary().parseNumber(row.Cells[c.Index], false)
		if highest := d.highest(items, c.Index, row.Line); !isNumber || highest <= fewPoints && total.value > highest {
			continue
		}
		p.Columns = append(p.Columns, planColumn{
			Index: len(p.Columns), Header: c.Header, Field: f.Name, Why: byForm, From: &spot{Line: row.Line, Index: c.Index},
		})
	}
	return len(p.Columns) > before
}

// highest is the greatest number of a column above a line.
func (d *detector) highest(p *plan, column, line int) float64 {
	highest := 0.0
	for row := range d.rows {
		if at := d.rows[row].Line; at < p.firstLine() || at >= line {
			continue
		}
		if n, isNumber := dictionary().parseNumber(d.cell(row, column), false); isNumber {
			highest = max(highest, n.value)
		}
	}
	return highest
}

func (f *field) isRating() bool { return f.Type == "rating" || f.Name == "score" }

// firstText is the first cell that says something.
func firstText(cells []string) string {
	for _, c := range cells {
		if c = plain(c); c != "" {
			return c
		}
	}
	return ""
}
