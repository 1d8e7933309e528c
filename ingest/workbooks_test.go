package ingest_test

import (
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"

	"github.com/perfloop/perfloop/ingest"
)

var update = flag.Bool("update", false, "rewrite the workbooks and golden files of testdata")

const workbooks = "../testdata/workbooks"

// Every workbook of testdata has one quirk and is named for it; its golden file says what becomes of it.
func TestWorkbooks(t *testing.T) {
	if *update {
		writeWorkbooks(t)
	}
	w := newWarehouse(t)
	err := filepath.WalkDir(workbooks, func(path string, entry fs.DirEntry, err error) error {
		if err == nil && !entry.IsDir() && !slices.Contains([]string{".golden", ".yaml"}, filepath.Ext(path)) {
			t.Run(filepath.Base(path), func(t *testing.T) {
				w.trial(t, func(w *warehouse) { testWorkbook(t, w, path, path) })
			})
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

// testWorkbook imports the file of path, which is to become what the golden file of original says.
func testWorkbook(t *testing.T, w *warehouse, path, original string) {
	options := ingest.Options{By: "tester"}
	mapping, err := os.ReadFile(strings.TrimSuffix(original, filepath.Ext(original)) + ".mapping.yaml")
	if err == nil {
		options.Mapping, err = ingest.ReadMapping(mapping)
	}
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		t.Fatal(err)
	}
	report := w.importSources(t, []ingest.Source{{Name: filepath.Base(path), Path: path}}, options)[0]
	checkCounts(t, w, report)
	checkWords(t, report)
	got := w.describe(t, report)
	golden := original + ".golden"
	if *update {
		if err := os.WriteFile(golden, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Errorf("%s (-want +got):\n%s", golden, diff)
	}
}

// checkCounts holds for every file: each row is stored, known or rejected, and each rejected row is kept with a reason.
func checkCounts(t *testing.T, w *warehouse, r ingest.Report) {
	t.Helper()
	if sum := r.Stored() + r.Unchanged() + r.Rejected(); sum != r.Read() {
		t.Errorf("%s: read %d rows, but %d are accounted for", r.File, r.Read(), sum)
	}
	wantEqual(t, "rejected rows kept", w.table(t, "select count(*) from raw.rejected_row"), fmt.Sprint(r.Rejected()))
	if r.Rejected() > 0 {
		unexplained := w.table(t, `select line
from raw.rejected_row
where line not in (select line from raw.problem where severity = 'rejected' and line is not null)
and not exists (from raw.problem where severity = 'rejected' and line is null)`)
		wantEqual(t, "rejected rows without a reason", unexplained, "")
	}
}

// describe is a report and the rows it made, for people to read.
func (w *warehouse) describe(t *testing.T, r ingest.Report) string {
	var b strings.Builder
	if r.Refused != nil {
		fmt.Fprintf(&b, "refused: %s\n", r.Refused.Key)
	}
	for _, s := range r.Sheets {
		fmt.Fprintf(&b, "sheet %q: kind %q, header on line %d; read %d, new %d, changed %d, unchanged %d, rejected %d\n",
			s.Sheet, s.Kind, s.HeaderLine, s.Read, s.New, s.Changed, s.Unchanged, s.Rejected)
		for _, c := range s.Columns {
			fmt.Fprintf(&b, "  column %s: %s (%s)\n", c.Header, c.Field, c.Why)
		}
		for _, d := range s.Decisions {
			fmt.Fprintf(&b, "  decision %s %s %s\n", d.Field, d.Key, arguments(d.Args))
		}
		for _, p := range s.Problems {
			fmt.Fprintf(&b, "  line %d %s %s: %s, column %q, cell %q\n", p.Line, p.Severity, p.Field, p.Key, p.Header, p.Cell)
		}
	}
	for _, kind := range append(ingest.Kinds(), "rejected_row") {
		b.WriteString(w.rows(t, kind))
	}
	return b.String()
}

func arguments(args map[string]any) string {
	var parts []string
	for _, name := range slices.Sorted(maps.Keys(args)) {
		parts = append(parts, fmt.Sprintf("%s=%v", name, args[name]))
	}
	return strings.Join(parts, " ")
}

// rows lists what a raw table holds, a row a line, stated columns alone.
func (w *warehouse) rows(t *testing.T, kind string) string {
	t.Helper()
	rows, err := w.conn.QueryContext(t.Context(), "select * from raw."+kind+" order by all")
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	names, err := rows.Columns()
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	for rows.Next() {
		cells, into := make([]any, len(names)), make([]any, len(names))
		for i := range cells {
			into[i] = &cells[i]
		}
		if err := rows.Scan(into...); err != nil {
			t.Fatal(err)
		}
		b.WriteString(kind)
		for i, text := range texts(cells) {
			if text != "" && i > 0 {
				fmt.Fprintf(&b, " %s=%s", names[i], text)
			}
		}
		b.WriteString("\n")
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// writeWorkbooks makes the .xlsx files. CSV files are written by hand.
func writeWorkbooks(t *testing.T) {
	for name, build := range map[string]func(f *excelize.File) error{
		"one_sheet_per_department.xlsx":                  oneSheetPerDepartment,
		"real_dates_percent_styles_and_number_ids.xlsx":  realDates,
		"several_kinds_in_one_workbook.xlsx":             severalKinds,
		"days_and_months_swapped_in_part.xlsx":           swappedDates,
		"months_as_real_dates_in_the_header.xlsx":        monthHeaders,
		"hidden_rows_and_a_stale_filter_are_data.xlsx":   hiddenRows,
		"hidden_rows_left_out_by_a_mapping.xlsx":         hiddenRows,
		"a_workbook_with_macros_is_a_workbook.xlsm":      severalKinds,
		"group_labels_in_merged_cells.xlsx":              mergedGroupLabels,
		"a_form_a_sheet.xlsx":                            formPerSheet,
		"cover_instructions_and_lists.xlsx":              coverAndLists,
		"a_sheet_a_month.xlsx":                           monthSheets,
		"people_in_merged_cells.xlsx":                    mergedPeople,
		"two_sheets_state_parts_of_the_same_people.xlsx": partsOfPeople,
	} {
		f := excelize.NewFile()
		if err := errors.Join(build(f), f.SaveAs(filepath.Join(workbooks, name)), f.Close()); err != nil {
			t.Fatal(err)
		}
	}
	writeOfficeWorkbooks(t)
	writeFormulas(t)
}

func fillSheet(f *excelize.File, name string, rows ...[]any) error {
	if _, err := f.NewSheet(name); err != nil {
		return err
	}
	for i, row := range rows {
		if err := f.SetSheetRow(name, fmt.Sprintf("A%d", i+1), &row); err != nil {
			return err
		}
	}
	return nil
}

func oneSheetPerDepartment(f *excelize.File) error {
	header := []any{"姓名", "考核周期", "目标", "权重", "目标值"}
	return errors.Join(
		fillSheet(f, "销售部", []any{"2025年上半年绩效目标"}, header, []any{"张三", "2025H1", "提高华东区销售额", 0.6, "12万"}, []any{"合计", nil, nil, 1}),
		fillSheet(f, "财务部", header, []any{"李四", "2025H1", "月结缩短到5天", 1, 5}),
		f.DeleteSheet("Sheet1"),
	)
}

func realDates(f *excelize.File) error {
	date, err := f.NewStyle(&excelize.Style{NumFmt: 14})
	percent, err2 := f.NewStyle(&excelize.Style{NumFmt: 9})
	return errors.Join(err, err2,
		fillSheet(f, "Sheet1", []any{"Employee ID", "Goal ID", "Cycle", "Goal", "Weight", "Due Date"},
			[]any{1001, 1, "2025H1", "Sell more", 0.6, 45838}, []any{1001, 2, "2025H1", "Visit customers", 0.4, "2025-06-30"}),
		f.SetCellStyle("Sheet1", "F2", "F2", date), f.SetCellStyle("Sheet1", "E2", "E3", percent))
}

func severalKinds(f *excelize.File) error {
	return errors.Join(
		fillSheet(f, "Sheet1"),
		fillSheet(f, "Roster", []any{"Employee ID", "Name", "Department"}, []any{"E1", "Ann Lee", "Sales"}),
		fillSheet(f, "Ratings", []any{"Employee ID", "Cycle", "Rating"}, []any{"E1", "2025H1", "Exceeds"}),
		fillSheet(f, "Read me", []any{"Please fill in every sheet."}, []any{"Questions to HR."}),
	)
}

// swappedDates is what a spreadsheet program makes of 03/04/2024, 15/04/2024 … where it expects the month first.
func swappedDates(f *excelize.File) error {
	date, err := f.NewStyle(&excelize.Style{NumFmt: 14})
	return errors.Join(err,
		fillSheet(f, "Sheet1", []any{"Employee ID", "Name", "Department", "Hire Date"},
			[]any{"E1", "Ann Lee", "Sales", 45355}, []any{"E2", "Bo Chen", "Sales", "15/04/2024"}, []any{"E3", "Cy Day", "Sales", 45481},
			[]any{"E4", "Di Eng", "Sales", "28/02/2023"}, []any{"E5", "Ed Fox", "Sales", 45296}),
		f.SetCellStyle("Sheet1", "D2", "D2", date), f.SetCellStyle("Sheet1", "D4", "D4", date), f.SetCellStyle("Sheet1", "D6", "D6", date))
}

func monthHeaders(f *excelize.File) error {
	style, err := f.NewStyle(&excelize.Style{NumFmt: 17})
	return errors.Join(err,
		fillSheet(f, "Sheet1", []any{"KPI", "工号", 45658, 45689}, []any{"订单量", "E1", 100, 120}),
		f.SetCellStyle("Sheet1", "C1", "D1", style))
}

// hiddenRows hides one row by hand and one by a filter that nobody has used since rows were added.
func hiddenRows(f *excelize.File) error {
	return errors.Join(
		fillSheet(f, "Sheet1", []any{"工号", "考核周期", "得分"}, []any{"E1", "2025H1", 81}, []any{"E2", "2025H1", 82}, []any{"E3", "2025H1", 83}, []any{"E4", "2025H1", 84}),
		f.AutoFilter("Sheet1", "A1:C4", []excelize.AutoFilterOptions{{Column: "C", Expression: "x != 82"}}),
		f.SetRowVisible("Sheet1", 3, false), f.SetRowVisible("Sheet1", 4, false))
}

// problemWords are the words of problems, by language. Without them there is nothing to test.
var problemWords = sync.OnceValue(func() map[string]map[string]string {
	all := map[string]map[string]string{}
	for _, language := range []string{"en", "zh"} {
		words := map[string]string{}
		for _, area := range []string{"problem", "sheet"} {
			data, err := os.ReadFile("../dashboards/words/" + language + "/" + area + ".json")
			if err == nil {
				err = json.Unmarshal(data, &words)
			}
			if err != nil {
				panic(err)
			}
		}
		all[language] = words
	}
	return all
})

// checkWords holds for every file: the words of each problem and decision find all their arguments.
func checkWords(t *testing.T, r ingest.Report) {
	t.Helper()
	for _, language := range []string{"en", "zh"} {
		words := problemWords()[language]
		say := func(key string, args map[string]any) {
			if !strings.Contains(key, ".") {
				key = "problem." + key
			}
			sentence, known := words[key]
			for name, value := range args {
				sentence = strings.ReplaceAll(sentence, "{"+name+"}", fmt.Sprint(value))
				sentence = strings.ReplaceAll(sentence, "{"+name+"|", "(") // a word that goes with the number
			}
			if !known || strings.Contains(sentence, "{") {
				t.Errorf("%s, %s: %q with %v", language, key, sentence, args)
			}
		}
		for _, s := range r.Sheets {
			for _, p := range s.Problems {
				say(p.Key, p.Args)
			}
			for _, d := range s.Decisions {
				say(d.Key, d.Args)
			}
		}
	}
}
