package ingest_test

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
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
