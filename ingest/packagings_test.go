package ingest_test

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
	"pgregory.net/rapid"

	"github.com/perfloop/perfloop/ingest"
)

// office saves workbooks in another format, with LibreOffice, and answers the folder of the files made.
func office(t testing.TB, format string, paths ...string) string {
	t.Helper()
	dir := t.TempDir()
	cmd := exec.CommandContext(t.Context(), "soffice", append([]string{"-env:UserInstallation=file://" + filepath.Join(dir, "profile"), "--headless",
		"--convert-to", format, "--outdir", dir}, paths...)...)
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("convert with LibreOffice: %v\n%s", err, out)
	}
	return dir
}

// writeOfficeWorkbooks makes the files of LibreOffice that are missing: no two of its files are the same.
func writeOfficeWorkbooks(t *testing.T) {
	for name, build := range map[string]func(f *excelize.File) error{
		"real_dates_and_percents_in_an_old_workbook.xls":  realDates,
		"hidden_rows_of_an_old_workbook_are_data.xls":     hiddenRows,
		"merged_keys_and_formulas_of_an_old_workbook.xls": mergedFormulas,
		"merged_keys_and_formulas_of_opendocument.ods":    mergedFormulas,
	} {
		path := filepath.Join(workbooks, name)
		if _, err := os.Stat(path); err == nil {
			continue
		}
		f, from := excelize.NewFile(), filepath.Join(t.TempDir(), strings.TrimSuffix(name, filepath.Ext(name))+".xlsx")
		if err := errors.Join(build(f), f.SaveAs(from), f.Close()); err != nil {
			t.Fatal(err)
		}
		data, err := os.ReadFile(filepath.Join(office(t, filepath.Ext(name)[1:], from), name))
		if err == nil {
			err = os.WriteFile(path, data, 0o644)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
}

// mergedFormulas has a department merged over its people, and scores, shares and cycles that are formulas.
func mergedFormulas(f *excelize.File) error {
	err := fillSheet(f, "Sheet1", []any{"部门", "工号", "姓名", "考核周期", "得分"}, []any{"销售部", "007", "张三", nil, nil}, []any{nil, "008", "李四", nil, nil}, []any{"财务部", "009", "王五", nil, nil})
	for row, score := range []string{"80+1.5", "90*0.9", "1/0"} {
		err = errors.Join(err, f.SetCellFormula("Sheet1", fmt.Sprintf("D%d", row+2), `"2025"&"H1"`), f.SetCellFormula("Sheet1", fmt.Sprintf("E%d", row+2), score))
	}
	return errors.Join(err, f.MergeCell("Sheet1", "A2", "A3"))
}

// goals draws goals as people enter them: ids as text and as numbers, shares, amounts, real dates, two languages.
func goals(t *rapid.T) [][]any {
	people := rapid.SampledFrom([]any{"E1", "007", "0012", 13, "E1E5", "张三"})
	title := rapid.StringOfN(rapid.SampledFrom([]rune("ab 业绩目标“”’–é%&<😀\n")), 1, 40, -1)
	var rows [][]any
	for i := range rapid.IntRange(1, 12).Draw(t, "rows") {
		rows = append(rows, []any{
			people.Draw(t, "person"), i + 1, rapid.SampledFrom([]string{"2025H1", "2025-Q2", "FY26"}).Draw(t, "cycle"),
			fmt.Sprintf("G%d %s.", i, title.Draw(t, "title")), float64(rapid.IntRange(0, 100).Draw(t, "weight")) / 100,
			float64(rapid.IntRange(-99999, 99999).Draw(t, "target")) / 100, 45292 + rapid.IntRange(0, 700).Draw(t, "due"),
		})
	}
	return rows
}

// writeGoals writes a workbook of goals.
func writeGoals(t testing.TB, path string, rows [][]any) {
	t.Helper()
	f := excelize.NewFile()
	header := []any{"Employee ID", "Goal ID", "Cycle", "Goal", "Weight", "Target", "Due Date"}
	err := fillSheet(f, "Sheet1", append([][]any{header}, rows...)...)
	for column, format := range map[string]string{"E": "0%", "F": "0.00", "G": "yyyy-mm-dd"} {
		style, styleErr := f.NewStyle(&excelize.Style{CustomNumFmt: &format})
		if err == nil {
			err = styleErr
		}
		if err == nil {
			err = f.SetCellStyle("Sheet1", column+"2", fmt.Sprintf("%s%d", column, len(rows)+1), style)
		}
	}
	if err == nil {
		err = f.SaveAs(path)
	}
	if err != nil {
		t.Fatal(err)
	}
}

// Whatever a spreadsheet program saves the same table as, it is stored once.
func TestAnyPackagingOfTheSameDataIsStoredOnce(t *testing.T) {
	const tables = 6
	formats := []string{"xls", "ods", "fods", "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true"}
	dir := t.TempDir()
	var paths []string
	for i := range tables {
		paths = append(paths, filepath.Join(dir, fmt.Sprintf("goals%d.xlsx", i)))
		writeGoals(t, paths[i], rapid.Custom(goals).Example(i))
	}
	folders := map[string]string{"xlsx": dir}
	for _, format := range formats {
		extension, _, _ := strings.Cut(format, ":")
		folders[extension] = office(t, format, paths...)
	}
	for i := range tables {
		w := newWarehouse(t)
		first := ""
		for _, extension := range []string{"xlsx", "xls", "ods", "fods", "csv"} {
			name := fmt.Sprintf("goals%d.%s", i, extension)
			r := w.importSources(t, []ingest.Source{{Name: name, Path: filepath.Join(folders[extension], name)}})[0]
			got := fmt.Sprintf("read %d rejected %d", r.Read(), r.Rejected())
			if first == "" {
				first = got
			} else if got != first || r.Stored() > 0 {
				text, _ := os.ReadFile(filepath.Join(folders["csv"], fmt.Sprintf("goals%d.csv", i)))
				t.Errorf("%s: got %s, stored %d; want %s, all unchanged\n%s\n%s", name, got, r.Stored(), first, text, keys(r))
			}
		}
		if first == "" || strings.HasPrefix(first, "read 0 ") {
			t.Errorf("table %d: %q", i, first)
		}
	}
}

// Each workbook of testdata reads the same when an older or a free program saves it.
func TestWorkbooksInOtherFormats(t *testing.T) {
	if *update {
		return // the golden files are those of the originals
	}
	originals, err := filepath.Glob(filepath.Join(workbooks, "*.xlsx"))
	if err != nil || len(originals) == 0 {
		t.Fatalf("no workbooks: %v", err)
	}
	originals = slices.DeleteFunc(originals, func(path string) bool { // which the other program calculates
		return strings.HasPrefix(filepath.Base(path), "formulas_")
	})
	w := newWarehouse(t)
	for _, format := range []string{"xls", "ods"} {
		dir := office(t, format, originals...)
		for _, original := range originals {
			name := strings.TrimSuffix(filepath.Base(original), "xlsx") + format
			t.Run(name, func(t *testing.T) {
				w.trial(t, func(w *warehouse) { testWorkbook(t, w, filepath.Join(dir, name), original) })
			})
		}
	}
}
