package sheet_test

import (
	"bytes"
	"database/sql"
	"os"
	"path/filepath"
	"testing"

	_ "github.com/duckdb/duckdb-go/v2"

	"github.com/perfloop/perfloop/ingest/sheet"
)

// parquet is the result of a query as a Parquet file.
func parquet(t testing.TB, query string) []byte {
	t.Helper()
	db, err := sql.Open("duckdb", "")
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	path := filepath.Join(t.TempDir(), "x.parquet")
	if _, err := db.Exec("copy (" + query + ") to '" + path + "' (format parquet)"); err != nil {
		t.Fatal(err)
	}
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func TestParquetTypes(t *testing.T) {
	book := open(t, "x.csv", parquet(t, `select '007' as id, '张三' as name, date '2025-06-30' as due, timestamp '2025-06-30 18:38:00' as at, 12345678901234567.89::decimal(38, 2) as pay,
		1234567890123456789 as big, 0.1::double as share, null::varchar as nothing, true as is_active, ['a', 'b'] as tags, {'id': 'E1', 'unit': {'name': 'Sales'}} as who
		union all by name select '008' as id, 2.50::decimal(38, 2) as pay order by id`))
	wantRows(t, book.Sheets()[0],
		`0 "id" "name" "due" "at" "pay" "big" "share" "nothing" "is_active" "tags" "who.id" "who.unit.name" "who"`,
		`1 "007" "张三" "2025-06-30" "2025-06-30 18:38:00" "12345678901234567.89" "1234567890123456789" "0.1" "" "true" "a, b" "E1" "Sales"`,
		`2 "008" "" "" "" "2.50"`)
	if book.Format() != "parquet" {
		t.Errorf("got format %s", book.Format())
	}
}

func TestParquetListsOfRecordsAreSheets(t *testing.T) {
	book := open(t, "x", parquet(t, `select 5 as id, 'Grow' as title, [{'id': 1, 'title': 'Visit'}, {'id': 2, 'title': 'Sell'}] as key_results`))
	want := lines(`[]`, `0 "id" "title"`, `1 "5" "Grow"`, `[key_results]`, `0 "id" "title" "parent_id" "parent_title"`, `1 "1" "Visit" "5" "Grow"`, `2 "2" "Sell" "5" "Grow"`)
	if got := dumpBook(book); got != want {
		t.Errorf("got\n%swant\n%s", got, want)
	}
}

func TestDamagedParquet(t *testing.T) {
	whole := parquet(t, "select range as id, 'x' || range as name from range(1000)")
	for name, data := range map[string][]byte{"cut": whole[:len(whole)/2], "head alone": []byte("PAR1"), "end broken": append(bytes.Clone(whole[:len(whole)-8]), "\xff\xff\xff\x7fPAR1"...)} {
		_, err := sheet.Open(name, bytes.NewReader(data), sheet.Limits{})
		wantKey(t, err, "damaged_file")
	}
	_, err := sheet.Open("x", bytes.NewReader([]byte("PARE....")), sheet.Limits{})
	wantKey(t, err, "password_protected")
	_, err = sheet.Open("x", bytes.NewReader(whole), sheet.Limits{Rows: 999})
	wantKey(t, err, "limit_rows")
}
