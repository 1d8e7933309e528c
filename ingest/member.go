package ingest

import (
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"slices"
	"strings"

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

// checkReading notes what of encoding and delimiter nothing can be done with.
func (m *Mapping) checkReading(at *yamlPlace, f *faults) {
	if m.Encoding != "" && sheet.EncodingNamed(m.Encoding) == "" {
		f.at(at.under("encoding").line, "mapping_encoding", m.Encoding)
	}
	if d := m.delimiter(); d != "" && (len(d) != 1 || d[0] == '"' || d[0] == '\n' || d[0] == '\r' || d[0] >= 0x80) {
		f.at(at.under("delimiter").line, "mapping_delimiter", m.Delimiter)
	}
}

// unreadSheet is the plan of a sheet of an archive that cannot be read, so that the others can: nil for other errors.
func unreadSheet(s *sheet.Sheet, err error) *plan {
	var fault *sheet.Error
	if s.Member == "" || !errors.As(err, &fault) {
		return nil
	}
	return &plan{Sheet: s.Name, Left: true, Refused: &Problem{Sheet: s.Name, Severity: Rejected, Key: "sheet." + fault.Key, Args: maps.Clone(fault.Args)}}
}

// leaveOut makes a plan that reads nothing of one of a database dump's model that is not named for what it was taken for: a
// dump has many models that are no concern of ours, and most have a title, a person or a date.
func (f *file) leaveOut(s *sheet.Sheet, p *plan) {
	isUnknown := p.Refused != nil && p.Refused.Key == "no_kind"
	if !s.IsModel || p.mapping != nil || f.options.Kind != "" || !isUnknown && isNamedFor(s.Title, p.Kind) {
		return
	}
	*p = plan{Sheet: p.Sheet, Left: true}
	p.decide("", "model_left_out", map[string]any{"sheet": s.Name})
}

// isNamedFor says whether the name of a model begins or ends with a word of the kind, of any kind if none was found.
func isNamedFor(model, kindName string) bool {
	name := foldWord(model[strings.LastIndexByte(model, '.')+1:])
	if strings.HasPrefix(name, "historical") { // what a model held before
		return false
	}
	return slices.ContainsFunc(dictionary().kinds, func(k *kind) bool {
		return (kindName == "" || k.Name == kindName) && slices.ContainsFunc(k.Words, func(w string) bool {
			word := foldWord(w)
			return strings.HasPrefix(name, word) || strings.HasSuffix(name, word)
		})
	})
}

// references are the records of all database dumps among the files, so that each can say the names of what it refers to.
func references(sources []Source, o Options) (sheet.References, error) {
	all := sheet.References{}
	for _, source := range sources {
		f, err := openDump(source, o)
		var fault *sheet.Error
		if errors.As(err, &fault) || err == nil && f == nil {
			continue // it is refused later
		}
		if err != nil {
			return nil, err
		}
		for model, records := range f.book.References() {
			if all[model] == nil {
				all[model] = map[string]sheet.Reference{}
			}
			maps.Copy(all[model], records)
		}
		f.close()
	}
	return all, nil
}

// openDump opens a file that looks like a dump, or like an archive, which may hold one; nil for others.
func openDump(source Source, o Options) (*file, error) {
	in, err := os.Open(source.Path)
	if err != nil {
		return nil, fmt.Errorf("open file: %w", err)
	}
	defer in.Close()
	info, err := in.Stat()
	if err != nil {
		return nil, fmt.Errorf("open file: %w", err)
	}
	if !sheet.MayHoldDump(io.NewSectionReader(in, 0, info.Size())) {
		return nil, nil
	}
	return openFile(source, o)
}
