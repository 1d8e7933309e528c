package workbook

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"

	"github.com/perfloop/perfloop/analytics"
)

// everything has a value of each kind, and texts that a spreadsheet would run.
const everything = `
select * from (values
    ('00042', '=cmd()', 0.1 + 0.2, 0.031, 1234567::bigint, date '2026-03-31', timestamp '2026-03-31 14:05:00', 1234.5, true),
    ('+1', '引"号,行', null, -0.5, 9007199254740993, date '1013-01-02', null, 1e300, false),
    ('-1', '＝1', 'nan'::double, 0, null, null, null, null, null)
) as v(employee_id, note, attainment_share, change_points, row_count, due_on, seen_at, paid_amount, is_met)`

func resultOf(t *testing.T, db *analytics.DB, query string, limit int) *analytics.Result {
	t.Helper()
	r, err := db.Query(t.Context(), query, nil, limit)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func openEmpty(t *testing.T) *analytics.DB {
	t.Helper()
	db, err := analytics.Open(t.Context(), "", analytics.Options{Now: today})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	return db
}

func TestCSVIsReadAsItWasMeant(t *testing.T) {
	r := resultOf(t, openEmpty(t), everything, 0)
	var b bytes.Buffer
	header := func(column string) string { return map[string]string{"note": "@备注"}[column] + "|" + column }
	if err := WriteCSV(&b, r, header); err != nil {
		t.Fatal(err)
	}
	want := strings.Join([]string{
		"\ufeff|employee_id,'@备注|note,|attainment_share,|change_points,|row_count,|due_on,|seen_at,|paid_amount,|is_met",
		"00042,'=cmd(),0.3,0.031,1234567,2026-03-31,2026-03-31T14:05:00Z,1234.5,true",
		`'+1,"引""号,行",,-0.5,9007199254740993,1013-01-02,,1e+300,false`,
		"'-1,'＝1,,0,,,,,", "",
	}, "\r\n")
	if diff := cmp.Diff(want, b.String()); diff != "" {
		t.Errorf("csv (-want +got):\n%s", diff)
	}
}

func TestJSONHoldsTheWholeResult(t *testing.T) {
	r := resultOf(t, openEmpty(t), everything, 2)
	var b bytes.Buffer
	if err := WriteJSON(&b, r); err != nil {
		t.Fatal(err)
	}
	var got struct {
		Columns []analytics.Column `json:"columns"`
		Rows    [][]any            `json:"rows"`
		IsCut   bool               `json:"is_cut"`
	}
	decoder := json.NewDecoder(&b)
	decoder.UseNumber()
	if err := decoder.Decode(&got); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(r.Columns, got.Columns); diff != "" || !got.IsCut {
		t.Errorf("columns (-want +got):\n%s; is_cut %t, want true", diff, got.IsCut)
	}
	want := []string{
		"[00042 =cmd() 0.3 0.031 1234567 2026-03-31 2026-03-31T14:05:00Z 1234.5 true]",
		`[+1 引"号,行 <nil> -0.5 9007199254740993 1013-01-02 <nil> 1e+300 false]`,
	}
	for i, row := range got.Rows {
		if fmt.Sprint(row) != want[i] {
			t.Errorf("row %d: got %v, want %s", i, row, want[i])
		}
	}
}

func writeSheets(t *testing.T, sheets ...Sheet) *excelize.File {
	t.Helper()
	var b bytes.Buffer
	if err := WriteXLSX(&b, sheets); err != nil {
		t.Fatal(err)
	}
	f, err := excelize.OpenReader(&b)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { f.Close() })
	return f
}

func TestXLSXHoldsValuesAndShowsUnits(t *testing.T) {
	r := resultOf(t, openEmpty(t), everything, 0)
	f := writeSheets(t, Sheet{Name: "All", Title: "Everything", Note: "n = 3", Result: r})
	for cell, want := range map[string][2]string{ // raw, shown
		"A1": {"Everything", "Everything"}, "A4": {"employee_id", "employee_id"},
		"A5": {"00042", "00042"}, "B5": {"=cmd()", "=cmd()"}, "C5": {"0.3", "30.0%"}, "D5": {"0.031", "+3.1%"},
		"E5": {"1234567", "1,234,567"}, "F5": {"46112", "2026-03-31"}, "H5": {"1234.5", "1,234.50"}, "I5": {"1", "TRUE"},
		"D6": {"-0.5", "-50.0%"}, "E6": {"9007199254740993", "9007199254740993"}, "F6": {"1013-01-02", "1013-01-02"}, "C7": {"", ""}, "A7": {"-1", "-1"},
	} {
		shown, err := f.GetCellValue("All", cell)
		if err != nil {
			t.Fatal(err)
		}
		if got := [2]string{raw(t, f, "All", cell), shown}; got != want {
			t.Errorf("%s: got %q, want %q", cell, got, want)
		}
		if formula, err := f.GetCellFormula("All", cell); err != nil || formula != "" {
			t.Errorf("%s: got formula %q, %v, want none", cell, formula, err)
		}
	}
	panes, err := f.GetPanes("All")
	if err != nil || !panes.Freeze || panes.YSplit != 4 {
		t.Errorf("panes: got %+v, %v, want row 4 frozen", panes, err)
	}
	if width, err := f.GetColWidth("All", "B"); err != nil || width < 10 {
		t.Errorf("width of the column with Chinese text: got %v, %v, want 10 or more", width, err)
	}
}

func TestSheetNamesAreMadeToFit(t *testing.T) {
	r := resultOf(t, openEmpty(t), "select 1 as row_count", 0)
	long := strings.Repeat("达成率", 12)
	f := writeSheets(t,
		Sheet{Name: "a/b:c?", Result: r}, Sheet{Name: "A/B:C?", Result: r}, Sheet{Name: "", Result: r}, Sheet{Name: "It's", Result: r},
		Sheet{Name: long, Result: r}, Sheet{Name: long, Result: r}, Sheet{Name: "History", Result: r})
	want := []string{"a-b-c-", "A-B-C- (2)", "Sheet", "It-s", string([]rune(long)[:31]), string([]rune(long)[:27]) + " (2)", "Sheet History"}
	if diff := cmp.Diff(want, f.GetSheetList()); diff != "" {
		t.Errorf("sheet names (-want +got):\n%s", diff)
	}
}

func TestARowThatNoSheetHoldsStandsOnTheNext(t *testing.T) {
	r := resultOf(t, openEmpty(t), "select n from range(1048580) as numbers(n)", 1_048_580)
	f := writeSheets(t, Sheet{Name: "Numbers", Result: r})
	if diff := cmp.Diff([]string{"Numbers", "Numbers (2)"}, f.GetSheetList()); diff != "" {
		t.Fatalf("sheets (-want +got):\n%s", diff)
	}
	if got := raw(t, f, "Numbers (2)", "A1") + " " + raw(t, f, "Numbers (2)", "A2"); got != "n 1048575" {
		t.Errorf("second sheet begins with %q, want the heading and the next row", got)
	}
}
