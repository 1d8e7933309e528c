package ingest

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"maps"
	"regexp"
	"slices"
	"strings"

	"gopkg.in/yaml.v3"
)

// Mapping says how to read a sheet where its headers do not. Every part is optional.
type Mapping struct {
	Kind       string            `yaml:"kind,omitempty" json:"kind,omitempty"`
	Sheet      string            `yaml:"sheet,omitempty" json:"sheet,omitempty"`             // read this sheet alone
	HeaderRow  int               `yaml:"header_row,omitempty" json:"header_row,omitempty"`   // its line
	Columns    map[string]string `yaml:"columns,omitempty" json:"columns,omitempty"`         // our field: their header
	Constants  map[string]string `yaml:"constants,omitempty" json:"constants,omitempty"`     // our field: value of every row
	DateOrder  string            `yaml:"date_order,omitempty" json:"date_order,omitempty"`   // MDY or DMY
	DateOrders map[string]string `yaml:"date_orders,omitempty" json:"date_orders,omitempty"` // our field: MDY or DMY, where columns differ
	Percent    map[string]int    `yaml:"percent,omitempty" json:"percent,omitempty"`         // our field: 1 or 100, what a whole is written as
	Ignore     []string          `yaml:"ignore,omitempty" json:"ignore,omitempty"`           // their headers that are not read

	Letters    map[string]string `yaml:"column_letters,omitempty" json:"column_letters,omitempty"` // our field: their column's letter, for columns without a header
	Skip       bool              `yaml:"skip,omitempty" json:"skip,omitempty"`                     // leave the sheet out
	SkipHidden bool              `yaml:"skip_hidden,omitempty" json:"skip_hidden,omitempty"`       // leave out the rows that the workbook hides
	Encoding   string            `yaml:"encoding,omitempty" json:"encoding,omitempty"`             // of a text, instead of finding out
	Delimiter  string            `yaml:"delimiter,omitempty" json:"delimiter,omitempty"`           // of its fields: a character, or comma, semicolon, tab, pipe, caret

	Words   Words             `yaml:"words,omitempty" json:"words,omitempty"`     // table: our word: theirs
	Confirm map[string]string `yaml:"confirm,omitempty" json:"confirm,omitempty"` // employee id: the name that is right for it

	Sheets []*Mapping `yaml:"sheets,omitempty" json:"sheets,omitempty"` // instead of all that: a mapping for a sheet, or for the table on it under header_row; what none is about is read as without

	preset *Preset // it comes from
}

// MappingError is a fault of a mapping file, or with the key words_file of the data folder's words, for the person who
// wrote it, in the words problem.<Key>.
type MappingError struct {
	Line int
	Key  string
	Args map[string]any
}

// Error is for logs; the words say it better.
func (e *MappingError) Error() string {
	return fmt.Sprintf("line %d: %s: %s", e.Line, strings.ReplaceAll(e.Key, "_", " "), first([]string{text(e.Args["value"]), text(e.Args["detail"])}))
}

// text is an argument as text; "" for none.
func text(arg any) string {
	s, _ := arg.(string)
	return s
}

var yamlLine = regexp.MustCompile(`line (\d+): (.*)`)

// ReadMapping reads a mapping file. Its errors are *MappingError and name the line.
func ReadMapping(data []byte) (*Mapping, error) {
	m := &Mapping{}
	decoder := yaml.NewDecoder(bytes.NewReader(data))
	decoder.KnownFields(true)
	if err := decoder.Decode(m); err != nil && !errors.Is(err, io.EOF) {
		return nil, unreadable(err)
	}
	if e := m.check(data); e != nil {
		return nil, e
	}
	return m, nil
}

// unreadable is what the reader of YAML found wrong.
func unreadable(err error) *MappingError {
	e := &MappingError{Line: 1, Key: "mapping_unreadable", Args: map[string]any{"line": 1, "detail": err.Error()}}
	if found := yamlLine.FindStringSubmatch(err.Error()); found != nil {
		e.Line = atoi(found[1])
		e.Args = map[string]any{"line": e.Line, "detail": found[2]}
	}
	return e
}

// faultAt is a fault of a value, on the line where it stands.
func faultAt(data []byte, key, value string) *MappingError {
	line := lineOf(data, value)
	return &MappingError{Line: line, Key: key, Args: map[string]any{"line": line, "value": value}}
}

// check finds the first value that nothing can be done with.
func (m *Mapping) check(data []byte) *MappingError {
	fault := func(key, value string) *MappingError { return faultAt(data, key, value) }
	for _, one := range m.Sheets {
		if one == nil || one.Sheet == "" && one.HeaderRow == 0 || len(one.Sheets) > 0 || len(m.fields()) > 0 || m.Kind+m.Sheet != "" {
			return fault("mapping_sheets", "sheets")
		}
		if e := one.check(data); e != nil {
			return e
		}
	}
	if m.Kind != "" && dictionary().kind(m.Kind) == nil {
		e := fault("mapping_unknown_kind", m.Kind)
		e.Args["kinds"] = Kinds()
		return e
	}
	for _, order := range append(slices.Collect(maps.Values(m.DateOrders)), m.DateOrder) {
		if order != "" && order != monthFirst && order != dayFirst {
			return fault("mapping_date_order", order)
		}
	}
	for _, name := range m.fields() {
		if !knownField(m.Kind, name) {
			return fault("mapping_unknown_field", name)
		}
	}
	for name, letters := range m.Letters {
		if columnOf(letters) < 0 {
			e := fault("mapping_no_letter", letters)
			e.Args["field"] = name
			return e
		}
	}
	for name, scale := range m.Percent {
		if scale != 1 && scale != 100 {
			return fault("mapping_percent", name)
		}
	}
	if e := m.checkReading(data); e != nil {
		return e
	}
	return m.Words.check(data)
}

// fields lists our fields that the mapping names, in a fixed order.
func (m *Mapping) fields() []string {
	var names []string
	for name := range m.Columns {
		names = append(names, name)
	}
	for name := range m.Letters {
		names = append(names, name)
	}
	for name := range m.Constants {
		names = append(names, name)
	}
	for name := range m.Percent {
		names = append(names, name)
	}
	for name := range m.DateOrders {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}

// knownField says whether the kind, or without one any kind, has the field.
func knownField(kindName, field string) bool {
	return slices.ContainsFunc(dictionary().kinds, func(k *kind) bool {
		return (kindName == "" || k.Name == kindName) && k.field(field) != nil
	})
}

// lineOf is the line on which the value first stands as a key or a value of YAML.
func lineOf(data []byte, value string) int {
	var node yaml.Node
	if yaml.Unmarshal(data, &node) != nil {
		return 1
	}
	line := 1
	var walk func(n *yaml.Node) bool
	walk = func(n *yaml.Node) bool {
		if n.Kind == yaml.ScalarNode && n.Value == value {
			line = n.Line
			return true
		}
		return slices.ContainsFunc(n.Content, walk)
	}
	walk(&node)
	return line
}

// dateOrder is the order that the mapping gives the dates of a field; "" for none.
func (m *Mapping) dateOrder(field string) string {
	if m == nil {
		return ""
	}
	return first([]string{m.DateOrders[field], m.DateOrder})
}
