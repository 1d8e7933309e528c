package ingest

import (
	"slices"
	"strings"
)

// Mapping says how to read a sheet where its headers do not. Every part is optional.
type Mapping struct {
	Kind       string            `yaml:"kind,omitempty" json:"kind,omitempty"`
	Sheet      string            `yaml:"sheet,omitempty" json:"sheet,omitempty"`             // read this sheet alone
	HeaderRow  int               `yaml:"header_row,omitempty" json:"header_row,omitempty"`   // its line
	Columns    map[string]string `yaml:"columns,omitempty" json:"columns,omitempty"`         // our field: their header
	Constants  map[string]string `yaml:"constants,omitempty" json:"constants,omitempty"`     // our field: value of every row
	DateOrder  string            `yaml:"date_order,omitempty" json:"date_order,omitempty"`   // MDY, DMY or YMD: 25.4.1
	DateOrders map[string]string `yaml:"date_orders,omitempty" json:"date_orders,omitempty"` // our field: MDY, DMY or YMD, where columns differ
	Percent    map[string]int    `yaml:"percent,omitempty" json:"percent,omitempty"`         // our field: 1 or 100, what a whole is written as
	Ignore     []string          `yaml:"ignore,omitempty" json:"ignore,omitempty"`           // their headers that are not read

	Form        bool   `yaml:"form,omitempty" json:"form,omitempty"`                 // it is a form: header_row is its first line, its labels are columns
	ColumnRange string `yaml:"column_range,omitempty" json:"column_range,omitempty"` // of tables side by side: A:D, the columns of this one

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

// ReadMapping reads a mapping file. Its errors are *MappingError: all faults with their lines.
func ReadMapping(data []byte) (*Mapping, error) {
	m, f := &Mapping{}, &faults{}
	m.check(f.read(data, m), f)
	if err := f.err(); err != nil {
		return nil, err
	}
	return m, nil
}

// check notes the values that nothing can be done with.
func (m *Mapping) check(at *yamlPlace, f *faults) {
	for i, one := range m.Sheets {
		here := at.under("sheets").item(i)
		switch {
		case one == nil, one.Sheet == "" && one.HeaderRow == 0, len(one.Sheets) > 0:
			f.at(here.line, "mapping_sheets", "sheets")
		default:
			one.check(here, f)
		}
	}
	if len(m.Sheets) > 0 && (len(m.fields()) > 0 || m.Kind+m.Sheet != "") {
		f.at(at.under("sheets").line, "mapping_sheets", "sheets")
	}
	kindName := m.Kind
	if kindName != "" && dictionary().kind(kindName) == nil {
		f.at(at.under("kind").line, "mapping_unknown_kind", kindName).Args["kinds"] = strings.Join(Kinds(), ", ")
		kindName = "" // its fields may be those of any
	}
	m.checkFields(kindName, at, f)
	if _, _, isRange := m.columnRange(); m.ColumnRange != "" && !isRange {
		f.at(at.under("column_range").line, "mapping_no_range", m.ColumnRange)
	}
	m.checkOrders(at, f)
	m.checkReading(at, f)
	m.Words.check(at.under("words"), f)
}

// checkFields notes names that are no field of the kind, and columns and scales that cannot be.
func (m *Mapping) checkFields(kindName string, at *yamlPlace, f *faults) {
	check := func(part, name string) *yamlPlace {
		here := at.under(part).under(name)
		if !knownField(kindName, name) {
			f.at(here.line, "mapping_unknown_field", name)
		}
		return here
	}
	for name := range m.Columns {
		check("columns", name)
	}
	for name := range m.Constants {
		check("constants", name)
	}
	for name := range m.DateOrders {
		check("date_orders", name)
	}
	for name, letters := range m.Letters {
		if here := check("column_letters", name); columnOf(letters) < 0 {
			f.at(here.line, "mapping_no_letter", letters).Args["field"] = name
		}
	}
	for name, scale := range m.Percent {
		if here := check("percent", name); scale != 1 && scale != 100 {
			f.at(here.line, "mapping_percent", name)
		}
	}
}

// checkOrders notes what is no order of day and month.
func (m *Mapping) checkOrders(at *yamlPlace, f *faults) {
	check := func(here *yamlPlace, order string) {
		if !slices.Contains([]string{"", monthFirst, dayFirst, shortYearFirst}, order) {
			f.at(here.line, "mapping_date_order", order)
		}
	}
	check(at.under("date_order"), m.DateOrder)
	for name, order := range m.DateOrders {
		check(at.under("date_orders").under(name), order)
	}
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

// dateOrder is the order that the mapping gives the dates of a field; "" for none.
func (m *Mapping) dateOrder(field string) string {
	if m == nil {
		return ""
	}
	return first([]string{m.DateOrders[field], m.DateOrder})
}
