package ingest

// given is the mapping that the user gives for a whole sheet, if there is one.
func (f *file) given() *Mapping {
	if m := f.options.Mapping; m != nil && len(m.Sheets) == 0 {
		return m
	}
	return nil
}

// about is the file as far as its mappings are about forms, or about tables, in the columns of the grid.
func (f *file) about(g *grid, isForm bool) *file {
	m := f.options.Mapping
	if m == nil || len(m.Sheets) == 0 {
		return f
	}
	here := &Mapping{}
	for _, one := range m.Sheets {
		first, last, isRange := one.columnRange()
		if one.Form == isForm && (!isRange || first == g.firstColumn && last == g.lastColumn) {
			here.Sheets = append(here.Sheets, one)
		}
	}
	own := *f
	if own.options.Mapping = here; len(here.Sheets) == 0 {
		own.options.Mapping = nil
	}
	return &own
}

// skipped is the mapping that leaves a table out, if one does.
func (f *file) skipped(p *plan) *Mapping {
	if f.options.Mapping == nil {
		return nil
	}
	for _, m := range f.options.Mapping.Sheets {
		if m.Skip && m.HeaderRow == p.address().HeaderRow && m.Form == p.IsForm && (m.ColumnRange == "" || m.ColumnRange == p.address().ColumnRange) {
			return m
		}
	}
	return nil
}

// mapping is the mapping that holds for a header on a line, and why: the one that was given, else one that is known for
// its texts.
func (f *file) mapping(line int, header []string) (m *Mapping, why string) {
	if m := f.given(); m != nil {
		return m, byMapping
	}
	if f.options.Mapping != nil {
		for _, m := range f.options.Mapping.Sheets {
			if m.HeaderRow == line {
				return m, byMapping
			}
		}
	}
	if known, why := f.known(header); known != nil {
		here := *known
		here.HeaderRow = line
		return &here, why
	}
	return nil, ""
}

// remembered is the mapping that is remembered for a header row, or nil.
func (f *file) remembered(row []string) *Mapping {
	if len(f.options.remembered) == 0 {
		return nil
	}
	return f.options.remembered[fingerprintOf(row)]
}

// known is the mapping that is known for a header row: remembered, else a preset. A kind that was asked for leaves out those of
// others.
func (f *file) known(row []string) (*Mapping, string) {
	if m := f.remembered(row); m != nil && (f.options.Kind == "" || m.Kind == "" || m.Kind == f.options.Kind) {
		return m, byMemory
	}
	p := presetFor(row)
	if p == nil || f.options.Kind != "" && p.Mapping.Kind != "" && p.Mapping.Kind != f.options.Kind {
		return nil, ""
	}
	return p.over(row), byPreset
}
