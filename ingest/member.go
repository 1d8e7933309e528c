package ingest

import (
	"errors"
	"maps"
	"slices"

	"github.com/perfloop/perfloop/ingest/sheet"
)

// reading is what the options say about how to open a file.
func (o Options) reading() sheet.Reading {
	r := sheet.Reading{Limits: o.Limits}
	if m := o.Mapping; m != nil {
		r.Encoding, r.Delimiter = sheet.EncodingNamed(m.Encoding), m.delimiter()
	}
	return r
}

// delimiter is the character that the mapping names, "" if it names none.
func (m *Mapping) delimiter() string {
	if named := map[string]string{"tab": "\t", "comma": ",", "semicolon": ";", "pipe": "|", "caret": "^"}[m.Delimiter]; named != "" {
		return named
	}
	return m.Delimiter
}

// checkReading finds what of encoding and delimiter nothing can be done with.
func (m *Mapping) checkReading(data []byte) *MappingError {
	if m.Encoding != "" && sheet.EncodingNamed(m.Encoding) == "" {
		return faultAt(data, "mapping_encoding", m.Encoding)
	}
	if d := m.delimiter(); d != "" && (len(d) != 1 || d[0] == '"' || d[0] == '\n' || d[0] == '\r' || d[0] >= 0x80) {
		return faultAt(data, "mapping_delimiter", m.Delimiter)
	}
	return nil
}

// unreadSheet is the plan of a sheet of an archive that cannot be read, so that the others can: nil for other errors.
func unreadSheet(s *sheet.Sheet, err error) *plan {
	var fault *sheet.Error
	if s.Member == "" || !errors.As(err, &fault) {
		return nil
	}
	return &plan{Sheet: s.Name, Left: true, Refused: &Problem{Sheet: s.Name, Severity: Rejected, Key: "sheet." + fault.Key, Args: maps.Clone(fault.Args)}}
}

// leaveOut makes of a sheet nobody knows one that is left out: a dump of a database has many that are no concern of ours.
// In the dump of a system that there are presets for, those are the others.
func (f *file) leaveOut(s *sheet.Sheet, p *plan) {
	nobodys := p.Refused != nil && p.Refused.Key == "no_kind"
	if !s.IsModel || !nobodys && (p.mapping != nil || f.options.Kind != "" || !f.isKnownDump()) {
		return
	}
	*p = plan{Sheet: p.Sheet, Left: true}
	p.decide("", "model_left_out", map[string]any{"sheet": s.Name})
}

// isKnownDump says whether there is a preset for one of the models of a dump.
func (f *file) isKnownDump() bool {
	return slices.ContainsFunc(f.book.Sheets(), func(s *sheet.Sheet) bool {
		for row, err := range s.Rows() {
			return err == nil && s.IsModel && presetFor(row.Cells) != nil
		}
		return false
	})
}
