package ingest

import "strings"

// Field is one of our fields of a kind, as a column of a file may be taken for it. Type is the dictionary's: text, name,
// id, number, target, integer, share, date, boolean, cycle, rating, attributes or word.
type Field struct{ Name, Type string }

// Fields lists the fields of a kind in the dictionary's order; none for no kind.
func Fields(kindName string) []Field {
	k := dictionary().kind(kindName)
	if k == nil {
		return nil
	}
	fields := make([]Field, len(k.Fields))
	for i, f := range k.Fields {
		fieldType, _, isTable := strings.Cut(f.Type, ":")
		if isTable {
			fieldType = "word"
		}
		fields[i] = Field{Name: f.Name, Type: fieldType}
	}
	return fields
}
