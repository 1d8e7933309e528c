package ingest

import (
	"fmt"
	"hash/maphash"
	"iter"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/duckdb/duckdb-go/v2"
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
	untaken map[int]bool // places of fields that the warehouse does not take: no row of the first block states them

	freeReaders []reader
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
			y.free, y.freeReaders = append(y.free, i), append(y.freeReaders, r)
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

// bulkColumn is a column of the rows that the warehouse takes.
type bulkColumn struct {
	field   *field
	part    int // of a row's texts
	index   int // in the part
	written duckdb.Type
}

// statedColumns are the columns of fields that a row of the worker's block states. The others are not taken from then on.
func (w *bulkWorker) statedColumns() []bulkColumn {
	w.untaken = map[int]bool{}
	var columns []bulkColumn
	for part, fields := range [][]int{ofWhom: w.whom, ofOthers: w.others, ofFree: w.freePlaces()} {
		for i, at := range fields {
			isStated := slices.ContainsFunc(w.rows, func(row bulkRow) bool { return row.texts[part][i] != "" })
			if f := w.kind.Fields[at]; isStated {
				columns = append(columns, bulkColumn{f, part, i, writtenType(f)})
			} else {
				w.untaken[at] = true
			}
		}
	}
	return columns
}

func (y bulkLayout) freePlaces() []int {
	var places []int
	for _, r := range y.freeReaders {
		places = append(places, r.at)
	}
	return places
}

// writtenType is the type in which values of a field are handed to the warehouse: days are counted from 1970.
func writtenType(f *field) duckdb.Type {
	switch f.sqlType() {
	case "double":
		return duckdb.TYPE_DOUBLE
	case "date":
		return duckdb.TYPE_INTEGER
	}
	return duckdb.TYPE_VARCHAR
}

// value is the expression for the column in raw.
func (c bulkColumn) value() string {
	switch t := c.field.sqlType(); t {
	case "double", "varchar":
		return c.field.Name
	case "date":
		return "date '1970-01-01' + " + c.field.Name
	default:
		return c.field.Name + "::" + t
	}
}

// bulkWriter writes rows into chunks of the warehouse.
type bulkWriter struct {
	columns []bulkColumn
	days    map[string]int32
}

func newBulkWriter(columns []bulkColumn) *bulkWriter { return &bulkWriter{columns, map[string]int32{}} }

// write writes the rows of a part. The library takes a chunk by its value: a column at a time, so that it is copied once for
// many rows.
func (w *bulkWriter) write(chunk duckdb.DataChunk, rows []bulkRow, keys []byte) error {
	for i, row := range rows {
		if err := duckdb.SetChunkValue(chunk, 0, i, row.line); err != nil {
			return err
		}
		if err := duckdb.SetChunkValue(chunk, 1, i, keys[row.keyStart:row.keyEnd]); err != nil {
			return err
		}
	}
	for i, c := range w.columns {
		var err error
		switch c.written {
		case duckdb.TYPE_DOUBLE:
			err = writeColumn(chunk, i+2, c.cells(rows), func(text string) (float64, error) { return strconv.ParseFloat(text, 64) })
		case duckdb.TYPE_INTEGER:
			err = writeColumn(chunk, i+2, c.cells(rows), w.day)
		default:
			err = writeColumn(chunk, i+2, c.cells(rows), func(text string) (string, error) { return text, nil })
		}
		if err != nil {
			return fmt.Errorf("write %s below line %d: %w", c.field.Name, rows[0].line, err)
		}
	}
	return nil
}

// cells are the texts of the column.
func (c bulkColumn) cells(rows []bulkRow) iter.Seq2[int, string] {
	return func(yield func(int, string) bool) {
		for i := range rows {
			if !yield(i, rows[i].texts[c.part][c.index]) {
				return
			}
		}
	}
}

// writeColumn writes what the cells mean.
func writeColumn[T any](chunk duckdb.DataChunk, column int, cells iter.Seq2[int, string], meaning func(string) (T, error)) error {
	for row, text := range cells {
		if text == "" {
			if err := chunk.SetValue(column, row, nil); err != nil {
				return err
			}
			continue
		}
		value, err := meaning(text)
		if err != nil {
			return err
		}
		if err := duckdb.SetChunkValue(chunk, column, row, value); err != nil {
			return err
		}
	}
	return nil
}

// day counts days from 1970-01-01.
func (w *bulkWriter) day(text string) (int32, error) {
	day, known := w.days[text]
	if known {
		return day, nil
	}
	t, err := time.Parse(time.DateOnly, text)
	if err != nil {
		return 0, err
	}
	day = int32(t.Unix() / int64(24*time.Hour/time.Second))
	if len(w.days) < maxKnownCells {
		w.days[strings.Clone(text)] = day
	}
	return day, nil
}
