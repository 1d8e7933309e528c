package main

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/perfloop/perfloop/ingest"
)

// call runs the program as a person would and gives what it wrote and its exit code.
func call(t *testing.T, args ...string) (out, err string, code int) {
	t.Helper()
	var stdout, stderr bytes.Buffer
	code = run(t.Context(), args, &stdout, &stderr)
	return stdout.String(), stderr.String(), code
}

// mustCall fails the test unless the program ends with the wanted code.
func mustCall(t *testing.T, want int, args ...string) string {
	t.Helper()
	out, err, code := call(t, args...)
	if code != want {
		t.Fatalf("perfloop %s: exit %d, want %d\n%s%s", strings.Join(args, " "), code, want, out, err)
	}
	return out
}

// query answers a select as rows of text.
func query(t *testing.T, data, text string) [][]any {
	t.Helper()
	var answer struct{ Rows [][]any }
	out := mustCall(t, exitDone, "sql", text, "--data", data, "--format", "json")
	if err := json.Unmarshal([]byte(out), &answer); err != nil {
		t.Fatalf("%s: %v\n%s", text, err, out)
	}
	return answer.Rows
}

// write puts a file into a folder of the test's own.
func write(t *testing.T, name, text string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

const (
	roster = "Employee ID,Name,Department,Hire Date\n0012,Ada Lee,Sales,2020-01-06\n0013,Bo Ek,Sales,2021-02-01\n"
	goals  = "Employee ID,Cycle,Goal ID,Goal,Target,Actual,Weight\n0012,2025H1,G1,Sell 100 licences,100,80,60%\n0012,2025H1,G2,Visit 20 clients,20,20,40%\n"
)

func TestWrongUsageIs64(t *testing.T) {
	file := write(t, "roster.csv", roster)
	for _, args := range [][]string{
		{}, {"fly"}, {"import"}, {"import", file, "--wings"}, {"import", file, "--kind", "bird"}, {"import", "no such file"},
		{"import", file, "--mapping", "no such file"}, {"import", file, "--mapping", write(t, "m.yaml", "columns: [")},
		{"sql"}, {"sql", "select 1", "--format", "xml"}, {"serve", "--addr", "0.0.0.0:0"}, {"serve", "--addr", "8080"},
		{"export", "calibration"}, {"demo"}, {"demo", "--out", t.TempDir(), "--employees", "3"}, {"demo", "--out", t.TempDir(), "--as-of", "soon"}, {"version", "--lang", "fr"},
	} {
		out, err, code := call(t, append(args, "--data", t.TempDir())...)
		if code != exitUsage || err == "" {
			t.Errorf("perfloop %v: exit %d, want %d\n%s%s", args, code, exitUsage, out, err)
		}
	}
}

func TestImportThenAsk(t *testing.T) {
	data := t.TempDir()
	out := mustCall(t, exitDone, "import", write(t, "roster.csv", roster), write(t, "goals.csv", goals), "--data", data, "--lang", "en")
	if !strings.Contains(out, "4 rows read, 4 stored") {
		t.Errorf("report: %s", out)
	}
	got := query(t, data, "select employee_id, attainment from fct_employee_cycle where cycle_id = '2025H1' and goal_count > 0")
	if want := [][]any{{"0012", 0.88}}; !cmp.Equal(got, want) { // 0.6 × 0.8 + 0.4 × 1
		t.Errorf("attainment: got %v, want %v", got, want)
	}
	table := mustCall(t, exitDone, "sql", "select 'Ada' as name, 1 as n", "--data", data, "--lang", "en")
	if want := "name  n\n────  ─\nAda   1\n1 row in all\n"; table != want {
		t.Errorf("table: got %q, want %q", table, want)
	}
	csv := mustCall(t, exitDone, "sql", "select 'Ada' as name, 1 as n", "--data", data, "--format", "csv")
	if want := "\ufeffname,n\r\nAda,1\r\n"; csv != want {
		t.Errorf("CSV: got %q, want %q", csv, want)
	}
	if _, _, code := call(t, "sql", "drop table fct_goal", "--data", data); code != exitUsage {
		t.Errorf("drop table: exit %d, want %d", code, exitUsage)
	}
	if _, err, code := call(t, "sql", "select nothing from nowhere", "--data", data); code != exitNothing || !strings.Contains(err, "nowhere") {
		t.Errorf("a table that is not there: exit %d, %s", code, err)
	}
	mustCall(t, exitDone, "check", "--data", data)
}

func TestChecksTellHowCleanTheFilesAre(t *testing.T) {
	data := t.TempDir()
	mustCall(t, exitDone, "import", write(t, "roster.csv", roster), "--data", data)
	mustCall(t, exitRejected, "import", write(t, "goals.csv", "employee_id,cycle,goal_id,title,target,weight\n0012,2025H1,G1,Sell 80 licences,80,60%\n0012,2025H1,G2,Sell 9 licences,many,40%\n"), "--data", data)
	en := mustCall(t, exitDone, "check", "--data", data, "--lang", "en")
	zh := mustCall(t, exitDone, "check", "--data", data, "--lang", "zh")
	for _, want := range []string{"goals: ", "(2 rows, ", "import 2, goals.csv, goals: "} {
		if !strings.Contains(en, want) {
			t.Errorf("lacks %q: %s", want, en)
		}
	}
	if !strings.Contains(zh, "最需要修正的文件") || !strings.Contains(zh, "2 行中") {
		t.Errorf("in Chinese: %s", zh)
	}
	var answer struct {
		Quality struct {
			Steps []struct {
				Step   string    `json:"step"`
				Shares []float64 `json:"clean_shares"`
			} `json:"steps"`
		} `json:"quality"`
	}
	if err := json.Unmarshal([]byte(mustCall(t, exitDone, "check", "--data", data, "--json")), &answer); err != nil {
		t.Fatal(err)
	}
	if steps := answer.Quality.Steps; len(steps) != 2 || len(steps[0].Shares) != 2 || steps[0].Shares[1] != 1 || steps[1].Shares[0] >= 1 {
		t.Errorf("people, clean in both builds, then goals: %+v", steps)
	}
}

func TestImportingTwiceStoresNothingTwice(t *testing.T) {
	data, file := t.TempDir(), write(t, "goals.csv", goals)
	mustCall(t, exitDone, "import", file, "--data", data)
	if out := mustCall(t, exitDone, "import", file, "--data", data, "--lang", "en"); !strings.Contains(out, "imported before") {
		t.Errorf("the same file again: %s", out)
	}
	longer := write(t, "goals-2.csv", goals+"0013,2025H1,G1,Sell 50 licences,50,25,100%\n")
	out := mustCall(t, exitDone, "import", longer, "--data", data, "--json")
	var reports []ingest.Report
	if err := json.Unmarshal([]byte(out), &reports); err != nil {
		t.Fatal(err)
	}
	if reports[0].Stored() != 1 || reports[0].Unchanged() != 2 {
		t.Errorf("an overlapping file: %d stored, %d unchanged; want 1 and 2", reports[0].Stored(), reports[0].Unchanged())
	}
	if got := query(t, data, "select count(*) from fct_goal"); !cmp.Equal(got, [][]any{{float64(3)}}) {
		t.Errorf("goals: %v, want 3", got)
	}
}

func TestADryRunKeepsNothing(t *testing.T) {
	data, file := t.TempDir(), write(t, "goals.csv", goals)
	out := mustCall(t, exitDone, "import", file, "--data", data, "--dry-run", "--lang", "en")
	for _, want := range []string{"2 would be stored", "Employee ID → employee_id", "Weight → weight"} {
		if !strings.Contains(out, want) {
			t.Errorf("the report of a dry run lacks %q:\n%s", want, out)
		}
	}
	if got := query(t, data, "select count(*) from raw.goal"); !cmp.Equal(got, [][]any{{float64(0)}}) {
		t.Errorf("goals after a dry run: %v", got)
	}
	mustCall(t, exitDone, "import", file, "--data", data)
}

// Each bad file leaves the warehouse as it was and says where and what to do, in both languages.
func TestBadFiles(t *testing.T) {
	cases := []struct {
		claim, name, text string
		code              int
		en, zh            []string
	}{
		{"not a spreadsheet", "photo.xlsx", "\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00", exitNothing, []string{"photo.xlsx"}, []string{"photo.xlsx"}},
		{"empty", "empty.csv", "", exitNothing, []string{"empty.csv"}, []string{"empty.csv"}},
		{"no header", "poem.csv", "roses are red\nviolets are blue\n", exitNothing, []string{"poem.csv", "--kind"}, []string{"poem.csv", "--kind"}},
		{"a cycle that ends before it starts", "cycles.csv", "Cycle,Start Date,End Date\n2025H1,2025-06-30,2025-01-01\n", exitNothing,
			[]string{"cycles.csv", "line 2", "before"}, []string{"cycles.csv", "第 2 行", "早于"}},
		{"a cell that is no number", "targets.csv", goals + "0013,2025H1,G1,Sell more,tbd soon,25,100%\n", exitRejected,
			[]string{"targets.csv", "line 4", "“Target”", "tbd soon"}, []string{"targets.csv", "第 4 行", "“Target”", "tbd soon"}},
	}
	for _, c := range cases {
		t.Run(c.claim, func(t *testing.T) {
			data := t.TempDir()
			mustCall(t, exitDone, "import", write(t, "roster.csv", roster), "--data", data)
			path := write(t, c.name, c.text)
			for lang, wanted := range map[string][]string{"en": c.en, "zh": c.zh} {
				out, err, code := call(t, "import", path, "--data", data, "--lang", lang, "--dry-run")
				if code != c.code {
					t.Errorf("exit %d, want %d: %s%s", code, c.code, out, err)
				}
				for _, w := range wanted {
					if !strings.Contains(out+err, w) {
						t.Errorf("%s message lacks %q:\n%s%s", lang, w, out, err)
					}
				}
			}
			mustCall(t, c.code, "import", path, "--data", data)
			if got := query(t, data, "select count(*) from dim_employee"); !cmp.Equal(got, [][]any{{float64(2)}}) && c.code == exitNothing {
				t.Errorf("employees: %v, want the 2 from before", got)
			}
		})
	}
}

func TestTheWarehouseIsMadeAgainFromTheFiles(t *testing.T) {
	data := t.TempDir()
	mustCall(t, exitDone, "import", write(t, "roster.csv", roster), write(t, "goals.csv", goals), "--data", data)
	mustCall(t, exitDone, "import", write(t, "goals-2.csv", strings.ReplaceAll(goals, ",80,", ",90,")), "--data", data)
	before := snapshot(t, data)
	mustCall(t, exitDone, "build", "--from-files", "--data", data)
	if diff := cmp.Diff(before, snapshot(t, data)); diff != "" {
		t.Errorf("after build --from-files: %s", diff)
	}
	for _, name := range []string{"warehouse.duckdb", "extracts"} {
		if err := os.RemoveAll(filepath.Join(data, name)); err != nil {
			t.Fatal(err)
		}
	}
	mustCall(t, exitDone, "build", "--data", data)
	if diff := cmp.Diff(before, snapshot(t, data)); diff != "" {
		t.Errorf("after the warehouse was deleted: %s", diff)
	}
}

// snapshot is every row of the tables that the imported files decide.
func snapshot(t *testing.T, data string) map[string][][]any {
	t.Helper()
	all := map[string][][]any{}
	names := query(t, data, `select schema_name || '.' || table_name from duckdb_tables()
		where schema_name in ('raw', 'main') and table_name not in ('build', 'quality_history') order by all`)
	if len(names) < 25 {
		t.Fatalf("only %d tables", len(names))
	}
	for _, name := range names {
		all[name[0].(string)] = query(t, data, "select * from "+name[0].(string)+" order by all")
	}
	return all
}

func TestAMappingSaysWhatHeadersDoNot(t *testing.T) {
	file := write(t, "export.csv", "who,aim,goal line,done\n0012,Sell 100 licences,100,80\n")
	good := "kind: goal\ncolumns:\n  employee_id: who\n  title: aim\n  target: goal line\n  actual: done\nconstants:\n  cycle: 2025H1\n"
	data := t.TempDir()
	mustCall(t, exitDone, "import", file, "--mapping", write(t, "m.yaml", good), "--data", data)
	if got := query(t, data, "select employee_id, cycle_id, attainment from fct_goal"); !cmp.Equal(got, [][]any{{"0012", "2025H1", 0.8}}) {
		t.Errorf("goal: %v", got)
	}
	bad := write(t, "m.yaml", "kind: goal\ncolumns:\n  wingspan: who\ndate_order: soon\n")
	for lang, want := range map[string][]string{"en": {"Line 3 ", "Line 4 "}, "zh": {"第 3 行", "第 4 行"}} {
		_, err, code := call(t, "import", file, "--mapping", bad, "--data", data, "--lang", lang)
		for _, part := range append(want, "wingspan", "soon") {
			if code != exitUsage || !strings.Contains(err, part) {
				t.Errorf("a mapping with two faults: exit %d, no %s in %s", code, part, err)
			}
		}
	}
}

func TestAnEmptyFolderSaysWhatToDo(t *testing.T) {
	for _, args := range [][]string{{"sql", "select 1"}, {"check"}, {"export", "calibration", "--cycle", "2025H1", "-o", filepath.Join(t.TempDir(), "c.xlsx")}} {
		if _, err, code := call(t, append(args, "--data", t.TempDir(), "--lang", "en")...); code != exitNothing || !strings.Contains(err, "perfloop import") {
			t.Errorf("%v: exit %d, %s", args, code, err)
		}
	}
}

func TestTheSameSeedAndDayWriteTheSameCompany(t *testing.T) {
	folders := [2]string{t.TempDir(), t.TempDir()}
	for _, folder := range folders {
		mustCall(t, exitDone, "demo", "--out", folder, "--employees", "60", "--cycles", "2", "--seed", "7", "--lang", "zh", "--as-of", "2026-11-22")
	}
	first, err := os.ReadDir(folders[0])
	if err != nil || len(first) < 14 {
		t.Fatalf("%d files: %v", len(first), err)
	}
	for _, entry := range first {
		one, err := os.ReadFile(filepath.Join(folders[0], entry.Name()))
		if err != nil {
			t.Fatal(err)
		}
		other, err := os.ReadFile(filepath.Join(folders[1], entry.Name()))
		if err != nil || !bytes.Equal(one, other) {
			t.Errorf("%s differs (%v)", entry.Name(), err)
		}
	}
}

// What perfloop presets NAME prints is a mapping that --mapping takes.
func TestAPresetCanBeStartedFrom(t *testing.T) {
	if out := mustCall(t, exitDone, "presets", "--lang", "zh"); !strings.Contains(out, "frappe_goals  Frappe HR：目标（仅对照文档核对）") {
		t.Errorf("the list has no line for frappe_goals:\n%s", out)
	}
	mapping := write(t, "m.yaml", mustCall(t, exitDone, "presets", "frappe_goals"))
	file := filepath.Join(root, "testdata/workbooks/presets/frappe_goals.csv")
	for by, args := range map[string][]string{"preset": nil, "mapping": {"--mapping", mapping}} {
		out := mustCall(t, exitDone, append([]string{"import", file, "--dry-run", "--data", t.TempDir(), "--lang", "en"}, args...)...)
		if said := strings.Contains(out, "preset frappe_goals"); said != (by == "preset") || !strings.Contains(out, "Employee → employee_id") {
			t.Errorf("by %s:\n%s", by, out)
		}
	}
	if _, err, code := call(t, "presets", "none_such"); code != exitUsage || !strings.Contains(err, "none_such") {
		t.Errorf("exit %d, %q", code, err)
	}
}

func TestVersion(t *testing.T) {
	if out := mustCall(t, exitDone, "version", "--json"); !strings.Contains(out, `"version"`) {
		t.Errorf("version: %s", out)
	}
}
