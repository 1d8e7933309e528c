package ingest

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"gopkg.in/yaml.v3"
)

// address is a mapping that is about the plan's table and says nothing of it yet.
func (p *plan) address() *Mapping {
	m := &Mapping{Sheet: p.Sheet, HeaderRow: max(1, p.HeaderLine), Form: p.IsForm}
	if p.IsForm {
		m.HeaderRow = p.firstLine()
	}
	if p.LastColumn > 0 {
		m.ColumnRange = letterOf(p.FirstColumn) + ":" + letterOf(p.LastColumn)
	}
	return m
}

// recognised is the mapping that reads a table as the plan does, for a person to look at and to change; nil for what is read
// beside another plan of the same table, and for a table without a header.
func (p *plan) recognised() *Mapping {
	if p.mapping != nil && p.mapping.Skip {
		return p.mapping
	}
	if p.Refused != nil || p.Left || p.IsBeside || p.HeaderLine == 0 && !p.IsForm {
		return nil
	}
	m := p.address()
	m.Kind, m.SkipHidden, m.Words, m.Confirm = p.Kind, p.SkipHidden, p.Words, p.Confirmed
	m.Columns, m.Letters, m.Constants = map[string]string{}, map[string]string{}, map[string]string{}
	m.Percent, m.DateOrders = map[string]int{}, map[string]string{}
	for _, c := range p.Columns {
		m.takeColumn(p.Kind, c)
	}
	for name, value := range p.Constants {
		m.Constants[name] = value
	}
	return m
}

func (m *Mapping) takeColumn(kindName string, c planColumn) {
	switch {
	case c.Why == asIgnored && !slices.Contains(m.Ignore, c.Header):
		m.Ignore = append(m.Ignore, c.Header)
	case !isWhole[c.Why] || c.Header == "" || c.Why == byHeading:
	case c.Why == byValues:
		m.Letters[c.Field] = letterOf(c.Index)
	default:
		m.Columns[c.Field] = c.Header
	}
	switch typeOf(kindName, c) {
	case "share":
		if isWhole[c.Why] && (c.Scale == 1 || c.Scale == 100) {
			m.Percent[c.Field] = int(c.Scale)
		}
	case "date":
		if c.Order != "" && isWhole[c.Why] {
			m.DateOrders[c.Field] = c.Order
		}
	}
}

// OneLine is the mapping as a text that ReadMapping takes without indentation, which spreadsheet programs may lose: OpenDocument
// keeps one of several blanks.
func (m *Mapping) OneLine() string { return toJSON(m) }

// RecognisedYAML is the mapping of a whole file as its reports recognised it; comment says of a column why it was taken for
// its field. It is empty where nothing was recognised.
func RecognisedYAML(reports []SheetReport, comment func(Column) string) ([]byte, error) {
	var sheets []*Mapping
	why := map[string]string{}
	for _, r := range reports {
		if r.Mapping == nil {
			continue
		}
		sheets = append(sheets, r.Mapping)
		for _, c := range r.Columns {
			if c.Field != "" {
				why[c.Field+"\x00"+c.Header] = comment(c)
			}
		}
	}
	if len(sheets) == 0 {
		return nil, nil
	}
	whole := sheets[0]
	if len(reports) > 1 {
		whole = &Mapping{Sheets: sheets}
	}
	var node yaml.Node
	if err := node.Encode(whole); err != nil {
		return nil, fmt.Errorf("write mapping: %w", err)
	}
	explain(&node, why)
	text, err := yaml.Marshal(&node)
	if err != nil {
		return nil, fmt.Errorf("write mapping: %w", err)
	}
	return text, nil
}

// explain puts the reasons behind the columns of a mapping.
func explain(node *yaml.Node, why map[string]string) {
	for i, child := range node.Content {
		if node.Kind == yaml.MappingNode && i%2 == 1 && child.Kind == yaml.ScalarNode {
			child.LineComment = strings.ReplaceAll(why[node.Content[i-1].Value+"\x00"+child.Value], "\n", " ")
		}
		explain(child, why)
	}
}

// forSheet is what the mapping says of one sheet, and false where the sheet is not to be read.
func (m *Mapping) forSheet(name string) (*Mapping, bool) {
	if m == nil {
		return nil, true
	}
	if len(m.Sheets) == 0 {
		return m, !m.Skip && (m.Sheet == "" || m.Sheet == name)
	}
	var here []*Mapping
	for _, one := range m.Sheets {
		if one.Sheet == name {
			here = append(here, one)
		}
	}
	if len(here) == 1 && here[0].HeaderRow == 0 {
		return here[0], !here[0].Skip
	}
	if len(here) == 0 {
		return nil, true
	}
	return &Mapping{Sheets: here}, true
}

// Clone is a mapping whose columns, constants and the like can be changed without changing m.
func (m *Mapping) Clone() *Mapping {
	c := *m
	c.Columns, c.Letters, c.Constants = cloned(m.Columns), cloned(m.Letters), cloned(m.Constants)
	c.DateOrders, c.Percent, c.Ignore = cloned(m.DateOrders), cloned(m.Percent), slices.Clone(m.Ignore)
	c.Confirm = cloned(m.Confirm)
	return &c
}

// cloned is a copy that can be written to, of nil too.
func cloned[V any](from map[string]V) map[string]V {
	to := map[string]V{}
	maps.Copy(to, from)
	return to
}
