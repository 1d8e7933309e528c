package ingest

import (
	"github.com/perfloop/perfloop/ingest/sheet"
)

// detector looks at one sheet, or at some of its columns.
type detector struct {
	file  *file
	sheet *sheet.Sheet
	*grid

	disputed guess    // the first header that fits several kinds
	rivals   []string // which

	glances map[int]glance // by row
}

// detect makes the plans of a sheet, without what depends on the columns' values. A sheet without rows has none; one with
// several tables, or a table that states things of two kinds, has several.
func detect(f *file, s *sheet.Sheet) ([]*plan, error) {
	g, err := readGrid(s)
	if err != nil || len(g.rows) == 0 {
		return nil, err
	}
	var plans []*plan
	for _, strip := range f.strips(s, g) {
		d := &detector{file: f, sheet: s, grid: strip}
		tables := d.tables()
		for _, t := range tables {
			last := t.last
			foreign := d.cutForeign(&t)
			plans = append(plans, d.plans(t)...)
			if foreign > 0 {
				plans = append(plans, d.leftover(foreign, last))
			}
		}
		if len(tables) == 0 && f.given() == nil {
			plans = append(plans, d.forms()...)
		}
	}
	if len(plans) == 0 {
		d := &detector{file: f, sheet: s, grid: g}
		d.tables()
		plans = d.whole()
	}
	return plans, nil
}

// strips cuts a sheet whose tables stand side by side, if each of the parts has a table of its own.
func (f *file) strips(s *sheet.Sheet, g *grid) []*grid {
	parts := g.strips()
	for _, part := range parts {
		d := &detector{file: f, sheet: s, grid: part}
		if len(parts) == 1 || f.given() != nil || len(d.tables()) == 0 {
			return []*grid{g}
		}
	}
	return parts
}

// plans are the plans of a table: what it mainly states, and what stands beside it of another kind.
func (d *detector) plans(t table) []*plan {
	p := d.planOf(t)
	plans := []*plan{p}
	if second := d.companion(t, p); second != nil {
		plans = append(plans, second)
	}
	d.settle(t, p)
	for _, p := range plans {
		d.settleRepeats(t, p)
	}
	if whole := d.overall(t, plans, t.below); whole != nil {
		plans = append(plans, whole)
	}
	for _, beside := range plans[1:] {
		beside.header, beside.IsBeside = nil, true
	}
	return plans
}

// planOf is the plan of a table as far as its header and its place say.
func (d *detector) planOf(t table) *plan {
	p := &plan{
		Sheet: d.sheet.Name, Kind: t.kind.Name, HeaderLine: t.header.line, Columns: t.columns, Constants: map[string]string{},
		FirstColumn: d.firstColumn, LastColumn: d.lastColumn, mapping: t.mapping, header: t.header.texts(),
	}
	p.SkipHidden = t.mapping != nil && t.mapping.SkipHidden
	if t.last < len(d.rows)-1 {
		p.LastLine = d.rows[t.last].Line
	}
	if data := d.firstData(t.header); data > t.header.at+1 && data < len(d.rows) {
		p.FirstLine = d.rows[data].Line
	}
	return p
}

// whole are the plans of a sheet on which no tables could be told apart: of the best header there is, with all rows below
// it; else the reason why no row can be read.
func (d *detector) whole() []*plan {
	var headers []header
	for row := range d.rows[:min(headRows, len(d.rows))] {
		headers = append(headers, d.headerAt(row))
	}
	best, rivals := d.disputed, d.rivals
	if best.kind == nil {
		best, rivals = d.best(headers, surroundings{})
	}
	refused := d.refusal(best, rivals)
	if refused == nil {
		return d.plans(table{guess: best, last: len(d.rows) - 1, below: len(d.rows) - 1})
	}
	p := &plan{Sheet: d.sheet.Name, HeaderLine: best.header.line, Columns: d.privateColumns(), Refused: refused, mapping: best.mapping}
	p.isText = refused.Key == "code_list" || refused.Key == "no_kind" && d.grid.whole && isText(d.rows)
	if p.Refused.Key == "code_list" {
		p.HeaderLine = d.rows[0].Line
	}
	return []*plan{p}
}
