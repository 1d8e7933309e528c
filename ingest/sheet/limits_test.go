package sheet_test

import (
	"archive/zip"
	"bytes"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/perfloop/perfloop/ingest/sheet"
)

// Each file would cost more than the limit allows, and is refused with the limit's own message.
func TestEachLimitHasItsOwnMessage(t *testing.T) {
	large := strings.Repeat("a,b\n", 1<<20)
	var many [][2]string
	for i := range 20 {
		many = append(many, [2]string{fmt.Sprintf("%d.csv", i), "a,b\n1,2\n"})
	}
	for _, c := range []struct {
		name, key string
		data      []byte
		limits    sheet.Limits
	}{
		{"a large file", "limit_bytes", []byte(large), sheet.Limits{Bytes: 1000}},
		{"an archive that holds much", "limit_unzipped", packed(t, [2]string{"a.csv", large}), sheet.Limits{Unzipped: 1 << 20}},
		{"an archive that is packed too well", "limit_ratio", rawZip(t, &zip.FileHeader{Name: "a.csv", CompressedSize64: 11, UncompressedSize64: 257 << 20}), sheet.Limits{}},
		{"an archive of many files", "limit_entries", packed(t, many...), sheet.Limits{Entries: 10}},
		{"many sheets", "limit_sheets", packed(t, many...), sheet.Limits{Sheets: 10}},
		{"many lists of JSON", "limit_sheets", []byte(`{"a": [{"x": 1}], "b": [{"x": 1}], "c": [{"x": 1}]}`), sheet.Limits{Sheets: 2}},
		{"many rows", "limit_rows", []byte(large), sheet.Limits{Rows: 1000}},
		{"many columns", "limit_columns", []byte("a,b,c,d\n1,2,3,4\n"), sheet.Limits{Columns: 3}},
		{"many fields of JSON", "limit_columns", []byte(`[{"a": 1, "b": 2, "c": 3}]`), sheet.Limits{Columns: 2}},
		{"a long cell", "limit_cell", []byte("a,b\n" + strings.Repeat("x", 2000) + ",1\n"), sheet.Limits{Cell: 1000}},
		{"a line that does not end", "limit_memory", []byte("a,b\n" + strings.Repeat("x", 10<<20)), sheet.Limits{Memory: 1 << 20}},
		{"a record that does not end", "limit_memory", []byte(`[{"a": "` + strings.Repeat("x", 10<<20)), sheet.Limits{Memory: 1 << 20}},
	} {
		t.Run(c.name, func(t *testing.T) {
			began := time.Now()
			book, err := sheet.Open("x", bytes.NewReader(c.data), c.limits)
			if err == nil {
				err = rowError(book.Sheets()[0])
			}
			wantKey(t, err, c.key)
			if took := time.Since(began); took > 10*time.Second {
				t.Errorf("took %s", took)
			}
		})
	}
}

func TestACellThatIsTooLongCostsItsRowOnly(t *testing.T) {
	book, err := sheet.Open("x", strings.NewReader("a,b\n"+strings.Repeat("x", 2000)+",1\n2,3\n"), sheet.Limits{Cell: 1000})
	if err != nil {
		t.Fatal(err)
	}
	wantRows(t, book.Sheets()[0], `1 "a" "b"`, `2 limit_cell "`+strings.Repeat("x", 100)+`"`, `3 "2" "3"`)
}

func TestParseLimits(t *testing.T) {
	got, err := sheet.ParseLimits("rows=5, seconds=60")
	if want := (sheet.Limits{Rows: 5, Seconds: 60}); err != nil || got != want {
		t.Errorf("got %v, %v", got, err)
	}
	for _, text := range []string{"rows", "rows=x", "rows=0", "stars=5"} {
		if _, err := sheet.ParseLimits(text); err == nil {
			t.Errorf("%s is taken for a limit", text)
		}
	}
}

func TestTheEngineStopsWhenTheTimeForAParquetFileIsOver(t *testing.T) {
	small := parquet(t, "select range as id, 'x' as name, [range, 1, 2] as tags, {'a': range} as who from range(6000000)")
	began := time.Now()
	_, err := sheet.Open("x", bytes.NewReader(small), sheet.Limits{Seconds: 1})
	wantKey(t, err, "limit_seconds")
	if took := time.Since(began); took > 5*time.Second {
		t.Errorf("stopped after %s", took)
	}
}
