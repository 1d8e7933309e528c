package ingest

import (
	"hash/maphash"
	"slices"
	"strings"
)

// bulkLayout says which columns of the file say something about their own field alone, and in which order the fields
// are written: those of persons and units, the others, and the free ones.
type bulkLayout struct {
	kind    *kind
	whom    []int // places of fields
	others  []int
	free    []int    // columns of the converter
	fixed   []reader // the other columns of the converter
	isWhom  []bool   // of these
	hashing maphash.Seed
}

// freeFields are the fields of each kind whose columns are free.
var freeFields = map[string][]string{
	"check_in": {"goal_id", "goal_title", "checked_on", "value", "progress", "confidence", "late_days", "note"},
	"reading":  {"metric", "read_on", "value"},
}

// isWhomField holds for the fields that say whose a row is.
func isWhomField(name string) bool {
	return strings.HasPrefix(name, "employee_") || strings.HasPrefix(name, "unit") && name != "unit_of_measure" || name == "first_name" || name == "last_name"
}

func newBulkLayout(c *converter) bulkLayout {
	y := bulkLayout{kind: c.kind, hashing: maphash.MakeSeed()}
	for i, r := range c.columns {
		if slices.Contains(freeFields[c.kind.Name], r.Field) {
			y.free = append(y.free, i)
			continue
		}
		y.fixed = append(y.fixed, r)
		y.isWhom = append(y.isWhom, isWhomField(r.Field))
	}
	for at, f := range c.kind.Fields {
		isFree := slices.ContainsFunc(y.free, func(i int) bool { return c.columns[i].at == at })
		switch {
		case !f.stored() || isFree:
		case isWhomField(f.Name):
			y.whom = append(y.whom, at)
		default:
			y.others = append(y.others, at)
		}
	}
	return y
}

// columns are the columns of the rows that are written, in order.
func (y bulkLayout) columns(c *converter) []*field {
	var fields []*field
	for _, at := range slices.Concat(y.whom, y.others) {
		fields = append(fields, y.kind.Fields[at])
	}
	for _, i := range y.free {
		fields = append(fields, c.columns[i].field)
	}
	return fields
}

// insert is the statement that reads the rows at path into raw; its arguments are the import and the sheet.
func (y bulkLayout) insert(c *converter, path string) string {
	var names, types []string
	for _, f := range y.columns(c) {
		names = append(names, f.Name)
		types = append(types, "'"+f.Name+"': '"+f.sqlType()+"'")
	}
	stated := "line, natural_key, " + strings.Join(names, ", ")
	return "insert into raw." + y.kind.Name + " (import_id, sheet, " + stated + ")\nselect $1::bigint, $2, " + stated + `
from read_csv(
    '` + strings.ReplaceAll(path, "'", "''") + `',
    auto_detect = false,
    header = false,
    delim = '\t',
    quote = '"',
    escape = '"',
    new_line = '\n',
    max_line_size = 4000000,
    columns = {'line': 'integer', 'natural_key': 'varchar', ` + strings.Join(types, ", ") + `}
)`
}
