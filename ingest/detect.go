package ingest

import (
	"slices"

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
	if line, list := g.nobodysConcern(); line > 0 && f.given() == nil && f.options.Kind == "" {
		return []*plan{{Sheet: s.Name, HeaderLine: line, Left: true, Refused: &Problem{
			Sheet: s.Name, Line: line, Severity: Rejected, Key: list,
		}}}, nil
	}
	var plans []*plan
	strips := f.strips(s, g)
	for _, strip := range strips {
		d := &detector{file: f.about(strip, false), sheet: s, grid: strip}
		var tables []table
		if m := f.given(); m == nil || !m.Form {
			tables = d.tables()
		}
		for _, t := range tables {
			last := t.last
			foreign := d.cutForeign(&t)
			plans = append(plans, d.plans(t)...)
			if foreign > 0 {
				plans = append(plans, d.leftover(foreign, last))
			}
		}
		if m := f.given(); len(tables) == 0 && (m == nil || m.Form) {
			forms := &detector{file: f.about(strip, true), sheet: s, grid: strip}
			plans = append(plans, forms.forms()...)
		}
	}
	if len(plans) == 0 {
		if len(strips) == 1 {
			g = strips[0]
		}
		d := &detector{file: f.about(g, false), sheet: s, grid: g}
		d.tables()
		plans = d.whole()
	}
	return plans, nil
}

// strips cuts a sheet whose tables stand side by side, where a mapping says so or each of the parts has a table of its own.
func (f *file) strips(s *sheet.Sheet, g *grid) []*grid {
	named := f.named(g)
	if f.given() != nil {
		return append(named, g)[:1]
	}
	parts, isCut := g.strips(), true
	parts = slices.DeleteFunc(parts, func(part *grid) bool {
		return slices.ContainsFunc(named, part.overlaps) || len(named) > 0 && part == g
	})
	for _, part := range parts {
		d := &detector{file: f.about(part, false), sheet: s, grid: part}
		isCut = isCut && part != g && len(d.tables()) > 0
	}
	switch {
	case len(named) == 0 && !isCut:
		return []*grid{g}
	case isCut:
		named = append(named, parts...)
	}
	slices.SortFunc(named, func(a, b *grid) int { return a.firstColumn - b.firstColumn })
	return named
}

// named are the columns that mappings are about.
func (f *file) named(g *grid) []*grid {
	m := f.options.Mapping
	if m == nil {
		return nil
	}
	var parts []*grid
	for _, one := range append([]*Mapping{m}, m.Sheets...) {
		first, last, isRange := one.columnRange()
		isKnown := func(part *grid) bool { return part.firstColumn == first && part.lastColumn == last }
		if isRange && !slices.ContainsFunc(parts, isKnown) {
			parts = append(parts, g.cut(first, last))
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
	mayHead := headRows
	if d.sheet.IsRecords {
		mayHead = 1
	}
	for row := range d.rows[:min(mayHead, len(d.rows))] {
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
