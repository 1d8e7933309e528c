package ingest

import "github.com/perfloop/perfloop/ingest/sheet"

// mapping is the mapping that holds for a sheet, and why: the one that was given, else one that is known for a header
// row among its first rows.
func (f *file) mapping(rows []sheet.Row) (m *Mapping, why string) {
	if f.options.Mapping != nil {
		return f.options.Mapping, byMapping
	}
	for _, row := range rows {
		if known, why := f.known(row.Cells); known != nil {
			here := *known
			here.HeaderRow = row.Line
			return &here, why
		}
	}
	return nil, ""
}

// known is the mapping that is known for a header row: remembered, else a preset. A kind that was asked for leaves out those of
// others.
func (f *file) known(row []string) (*Mapping, string) {
	if m := f.options.remembered[fingerprintOf(row)]; m != nil && (f.options.Kind == "" || m.Kind == "" || m.Kind == f.options.Kind) {
		return m, byMemory
	}
	p := presetFor(row)
	if p == nil || f.options.Kind != "" && p.Mapping.Kind != "" && p.Mapping.Kind != f.options.Kind {
		return nil, ""
	}
	return p.over(row), byPreset
}
