package ingest_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/perfloop/perfloop/ingest"
)

const oddGoals = "who,aim,goal line,by when\n0012,Sell 100 licences,100,3/4/2026\n0013,Visit,20,5/4/2026\n"

const oddMapping = "kind: goal\ncolumns: {employee_id: who, title: aim, target: goal line, due_on: by when}\nconstants: {cycle: 2026H1}\ndate_orders: {due_on: DMY}\n"

func mustMapping(t *testing.T, text string) *ingest.Mapping {
	t.Helper()
	m, err := ingest.ReadMapping([]byte(text))
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func TestAMappingIsRememberedByItsHeaders(t *testing.T) {
	w := newWarehouse(t)
	w.importText(t, "odd.csv", oddGoals, ingest.Options{Mapping: mustMapping(t, oddMapping), Remember: true, By: "tester"})
	r := w.importText(t, "next month.csv", "Aim,WHO,by when,Goal  line\nRead more,0014,6/4/2026,5\n")
	wantEqual(t, "counts", counts(r), "read 1 new 1 changed 0 unchanged 0 rejected 0")
	for _, c := range r.Sheets[0].Columns {
		if c.Why != "remembered" || c.Confidence != ingest.Certain {
			t.Errorf("column %s is taken by %s, %s", c.Header, c.Why, c.Confidence)
		}
	}
	if d := r.Sheets[0].Decisions; len(d) == 0 || d[0].Key != "mapping_remembered" {
		t.Errorf("the report does not say that a mapping was remembered: %v", d)
	}
	wantEqual(t, "rows", w.table(t, "select employee_id, title, target, due_on, cycle from raw.goal order by 1"), `
0012|Sell 100 licences|100|2026-04-03|2026H1
0013|Visit|20|2026-04-05|2026H1
0014|Read more|5|2026-04-06|`)
	known, err := w.Remembered()
	if err != nil || len(known) != 1 || known[0].Label != "odd.csv" || known[0].By != "tester" {
		t.Fatalf("remembered: %+v, %v", known, err)
	}
	before := w.everything(t)
	if found, err := w.Forget(known[0].Fingerprint); !found || err != nil {
		t.Errorf("forget: %v, %v", found, err)
	}
	if found, err := w.Forget(known[0].Fingerprint); found || err != nil {
		t.Errorf("forget twice: %v, %v", found, err)
	}
	w.replayAll(t)
	wantEqual(t, "replayed without the memory", w.everything(t), before)
}

func TestARememberedMappingThatWasSpoiledIsNamed(t *testing.T) {
	w := newWarehouse(t)
	folder := filepath.Join(filepath.Dir(w.dir), "mappings")
	if err := os.MkdirAll(folder, 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(folder, "0011.yaml"), []byte("label: x\nmapping:\n  kind: bird\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := w.Remembered(); err == nil || !strings.Contains(err.Error(), "bird") || !strings.Contains(err.Error(), "line 3") {
		t.Errorf("got %v", err)
	}
}

func TestSheetsHaveMappingsOfTheirOwn(t *testing.T) {
	for text, line := range map[string]int{
		"sheets:\n- kind: goal\n":                       2,
		"sheets:\n- sheet: A\nkind: goal\n":             1,
		"sheets:\n- sheet: A\n  kind: bird\n":           3,
		"sheets:\n- sheet: A\n  date_orders: {x: YY}\n": 3,
	} {
		_, err := ingest.ReadMapping([]byte(text))
		fault, ok := err.(*ingest.MappingError)
		if !ok || fault.Line != line {
			t.Errorf("%q: %v, want line %d", text, err, line)
		}
	}
	w := newWarehouse(t)
	r := w.importText(t, "odd.csv", oddGoals, ingest.Options{Mapping: mustMapping(t, "sheets:\n- sheet: Elsewhere\n  kind: goal\n")})
	wantEqual(t, "no such sheet", keys(r), "mapping_sheet_missing")
}

// Of tables side by side, and of several forms, a mapping is about one.
func TestAMappingIsAboutOneTableOfSeveral(t *testing.T) {
	sideBySide := "工号,姓名,部门,,等级,比例\nE1,张三,销售部,,S,10%\nE2,李四,销售部,,A,25%\nE3,王五,财务部,,B,50%\n"
	forms := "姓名,张三,性别,男\n工号,0012,部门,研发部\n入职日期,2020/3/1,职位,工程师\n\n姓名,李四,性别,男\n工号,0013,部门,研发部\n入职日期,2020/3/1,职位,工程师\n"
	for claim, c := range map[string]struct{ text, mapping, query, want string }{
		"a column of the second table": {sideBySide, "sheets:\n- {header_row: 1, column_range: 'E:F', kind: guideline, columns: {label: 等级, share: 比例}, percent: {share: 100}}\n",
			"select (select count(*) from raw.employee), sum(share) from raw.guideline", "3|0.85"},
		"the second table left out": {sideBySide, "sheets:\n- {header_row: 1, column_range: 'E:F', skip: true}\n",
			"select (select count(*) from raw.employee), count(*) from raw.guideline", "3|0"},
		"the first alone, with a column read otherwise": {sideBySide, "column_range: A:C\nheader_row: 1\ncolumns: {position: 部门}\n",
			"select (select count(*) from raw.employee), (select count(position) from raw.employee where unit is null), count(*) from raw.guideline", "3|3|0"},
		"a label of one form": {forms, "sheets:\n- {header_row: 5, form: true, kind: employee, columns: {employee_id: 工号, employee_name: 姓名, unit: 职位}, ignore: [部门]}\n",
			"select string_agg(employee_id || ' ' || unit, ', ' order by line) from raw.employee", "0012 研发部, 0013 工程师"},
		"a form left out": {forms, "sheets:\n- {header_row: 1, form: true, skip: true}\n",
			"select string_agg(employee_id, ', ') from raw.employee", "0013"},
	} {
		w := newWarehouse(t)
		r := w.importText(t, "file.csv", c.text, ingest.Options{Mapping: mustMapping(t, c.mapping)})
		if got := w.table(t, c.query); got != c.want {
			t.Errorf("%s: got %s, want %s: %s", claim, got, c.want, counts(r))
		}
	}
}

func TestThePreviewShowsRowsAndChanges(t *testing.T) {
	w := newWarehouse(t)
	w.importText(t, "people.csv", people2025)
	reports, err := w.Preview(t.Context(), w.rollback, []ingest.Source{textSource(t, "more.csv", "Employee ID,Name,Department,Hire Date\n0012,Ann Lee,Finance,2020-03-01\n15,Di Eng,Sales,soon\n16,Ed Fox,Sales,later\n")}, ingest.Options{})
	if err != nil {
		t.Fatal(err)
	}
	s := reports[0].Sheets[0]
	if len(s.Sample) != 1 || s.Sample[0].Line != 2 || len(s.Sample[0].Values) != 4 {
		t.Errorf("sample: %+v", s.Sample)
	}
	if len(s.Changes) != 1 || s.Changes[0] != (ingest.Change{Line: 2, Field: "unit", Old: "Sales", New: "Finance"}) {
		t.Errorf("changes: %+v", s.Changes)
	}
	if len(s.Groups) != 1 || s.Groups[0].Count != 2 || s.Groups[0].Key != "not_a_date" || len(s.Groups[0].Lines) != 2 {
		t.Errorf("groups: %+v", s.Groups)
	}
	if s.Confidence != ingest.Certain || s.Mapping.Columns["hired_on"] != "Hire Date" {
		t.Errorf("confidence %s, mapping %+v", s.Confidence, s.Mapping)
	}
}
