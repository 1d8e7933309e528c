package main

import (
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"
)

// Rejected rows come out with their reasons, are mended, and go in as if the file had been right at once.
func TestRejectedRowsAreMendedAndImportedAgain(t *testing.T) {
	text := "who,aim,goal line,done,by when,mobile phone\n0012,Sell 100 licences,many,80,3/4/2026,13800000001\n0013,Visit,20,10,31/4/2026,13800000002\n0014,Read,5,5,4/4/2026,13800000003\n"
	mapping := write(t, "m.yaml", "kind: goal\ncolumns: {employee_id: who, title: aim, target: goal line, actual: done, due_on: by when}\nconstants: {cycle: 2026H1}\ndate_order: DMY\n")
	data, book := t.TempDir(), filepath.Join(t.TempDir(), "rejected.xlsx")
	mustCall(t, exitRejected, "import", write(t, "goals.csv", text), "--mapping", mapping, "--data", data)
	mustCall(t, exitDone, "export", "rejected", "--import", "1", "-o", book, "--data", data, "--lang", "en")
	f, err := excelize.OpenFile(book)
	if err != nil {
		t.Fatal(err)
	}
	sheet := f.GetSheetName(0)
	rows, err := f.GetRows(sheet)
	if err != nil {
		t.Fatal(err)
	}
	want := [][]string{
		{"who", "aim", "goal line", "done", "by when", "mobile phone", "Perfloop: line", "Perfloop: reason"},
		{"0012", "Sell 100 licences", "many", "80", "3/4/2026", "***", "2"},
		{"0013", "Visit", "20", "10", "31/4/2026", "***", "3"},
	}
	for i := range want {
		if i >= len(rows) || !cmp.Equal(rows[i][:len(want[i])], want[i]) || i > 0 && (len(rows[i]) != 8 || rows[i][7] == "") {
			t.Fatalf("rows of the book: %q", rows)
		}
	}
	for cell, value := range map[string]string{"C2": "100", "E3": "30/4/2026"} {
		if err := f.SetCellValue(sheet, cell, value); err != nil {
			t.Fatal(err)
		}
	}
	if err := f.Save(); err != nil {
		t.Fatal(err)
	}
	for claim, again := range map[string][]string{
		"as it is":                         {book},
		"saved again by LibreOffice":       {savedAs(t, book, "xlsx")},
		"saved as OpenDocument":            {savedAs(t, book, "ods")},
		"saved in the format of old Excel": {savedAs(t, book, "xls")},
		"saved as text, with the mapping":  {savedAs(t, book, "csv"), "--mapping", mapping},
	} {
		t.Run(claim, func(t *testing.T) { mendedIsIn(t, copyOf(t, data), again) })
	}
}

// mendedIsIn imports the mended rows; then all is in as if the file had been right at once, and nothing is left to mend.
func mendedIsIn(t *testing.T, data string, again []string) {
	mustCall(t, exitDone, append(append([]string{"import"}, again...), "--data", data)...)
	got := query(t, data, "select employee_id, title, target, actual, due_on::varchar, cycle from raw.goal order by 1")
	wanted := [][]any{
		{"0012", "Sell 100 licences", float64(100), float64(80), "2026-04-03", "2026H1"},
		{"0013", "Visit", float64(20), float64(10), "2026-04-30", "2026H1"},
		{"0014", "Read", float64(5), float64(5), "2026-04-04", "2026H1"},
	}
	if diff := cmp.Diff(wanted, got); diff != "" {
		t.Error(diff)
	}
	mustCall(t, exitNothing, "export", "rejected", "--import", "2", "-o", filepath.Join(t.TempDir(), "none.xlsx"), "--data", data)
}

// savedAs has LibreOffice open a workbook and save it in a format.
func savedAs(t *testing.T, book, format string) string {
	t.Helper()
	dir := t.TempDir()
	cmd := exec.CommandContext(t.Context(), "soffice", "-env:UserInstallation=file://"+filepath.Join(dir, "profile"),
		"--headless", "--convert-to", format, "--outdir", dir, book)
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("save as %s: %v: %s", format, err, out)
	}
	return filepath.Join(dir, strings.TrimSuffix(filepath.Base(book), ".xlsx")+"."+format)
}
