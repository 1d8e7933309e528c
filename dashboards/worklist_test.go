package dashboards

import (
	"bytes"
	"context"
	"database/sql"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"

	"github.com/perfloop/perfloop/analytics"
)

// waitingCompany has one thing of each kind waiting in 2026H2, and people for whom nothing waits beside each.
const waitingCompany = `
insert into raw.cycle by name select 1 as import_id, cycle as natural_key, cycle, cycle as cycle_name, 'half' as cycle_kind, starts_on, ends_on, 30 as check_in_days
from (values ('2026H1', date '2026-01-01', date '2026-06-30'), ('2026H2', date '2026-07-01', date '2026-12-31')) as c(cycle, starts_on, ends_on);
insert into raw.employee by name select 1 as import_id, id as natural_key, id as employee_id, name as employee_name, 'Sales' as unit, manager as manager_id, status as employment_status, date '2020-01-01' as hired_on, left_on
from (values ('M1', '=HYPERLINK("http://evil")', null, 'active', null), ('E1', '=1+1', 'M1', 'active', null), ('E2', 'Ann', 'M1', 'active', null),
	('E3', 'Bo', 'M1', 'leave', null), ('E4', 'Cy', 'M1', 'left', date '2026-11-01')) as e(id, name, manager, status, left_on);
insert into raw.goal by name select 1 as import_id, id || cycle as natural_key, id || cycle as goal_id, cycle, id as employee_id, 'Sell' as title, 0.0 as baseline, 100.0 as target, 1.0 as weight, starts_on, ends_on as due_on
from (values ('M1'), ('E2'), ('E4')) as e(id), (values ('2026H1', date '2026-01-01', date '2026-06-30'), ('2026H2', date '2026-07-01', date '2026-12-31')) as c(cycle, starts_on, ends_on);
insert into raw.check_in by name select 1 as import_id, 2 as line, id || checked_on as natural_key, id || '2026H2' as goal_id, id as employee_id, '2026H2' as cycle, checked_on, 50.0 as value
from (values ('M1', date '2026-11-20'), ('E2', date '2026-10-01')) as e(id, checked_on);
insert into raw.plan_item by name select 1 as import_id, title as natural_key, 'E22026H2' as goal_id, 'E2' as employee_id, '2026H2' as cycle, title, due_on, done_on
from (values ('Visit ten', date '2026-11-02', null), ('Call all', date '2026-09-01', date '2026-09-01')) as p(title, due_on, done_on);
insert into raw.rating_scale by name select 1 as import_id, code as natural_key, code, rank, value from (values ('A', 3, 1.0), ('B', 2, 0.5), ('C', 1, 0.0)) as s(code, rank, value);
insert into raw.setting (name, value) values ('low_label_count', '1');
insert into raw.appraisal by name select 1 as import_id, id as natural_key, '2026H1' as cycle, id as employee_id, 'manager' as reviewer_role, 'M1' as reviewer_id, label, date '2026-07-10' as appraised_on
from (values ('M1', 'A'), ('E2', 'C'), ('E4', 'C')) as a(id, label);
insert into raw.conversation by name select 1 as import_id, 'talk' as natural_key, '2026H1' as cycle, 'M1' as employee_id, 'feedback' as conversation_kind, date '2026-07-20' as held_on;
insert into raw.improvement_plan by name select 1 as import_id, 'plan' as natural_key, '2026H1' as cycle, 'M1' as employee_id, 'development' as plan_kind, 'Coaching' as focus, date '2026-08-01' as starts_on;
insert into raw.reading by name select 1 as import_id, 'r' || i as natural_key, 'E2' as employee_id, 'Orders' as metric, 'increase' as direction, date '2025-11-30' + (i * 30)::integer as read_on, case i when 10 then 20.0 else 100.0 + i % 3 end as value
from range(1, 11) as n(i)`

// loaded runs the statements of a text, which are parted by semicolons at the lines' ends.
func loaded(text string) analytics.Load {
	return func(ctx context.Context, conn *sql.Conn) error {
		for _, statement := range strings.Split(text, ";\n") {
			if _, err := conn.ExecContext(ctx, statement); err != nil {
				return err
			}
		}
		return nil
	}
}

// TestTheWorklistSaysWhatWaitsAndForHowLong holds every item, its days and who must act against the company above as of 22 November 2026.
func TestTheWorklistSaysWhatWaitsAndForHowLong(t *testing.T) {
	db := openWarehouse(t, loaded(waitingCompany))
	got := map[string]string{}
	result := rowsOf(t, db, panelText(t, "worklist/items"), Filter{Cycle: "2026H2", Compare: "2026H1"})
	for _, row := range result.Rows {
		key := value(result, row, "waiting_kind") + " " + value(result, row, "employee_id") + " " + value(result, row, "cycle_id") + " " + value(result, row, "about")
		got[key] = value(result, row, "waiting_days") + "/" + value(result, row, "overdue_days") + " " + value(result, row, "manager_id")
	}
	want := map[string]string{
		"no_goals E1 2026H2 ":           "126/126 M1", // due after a tenth of the half year: 19 July
		"check_in E2 2026H2 ":           "22/22 M1",   // 30 days after 1 October
		"plan_item E2 2026H2 Visit ten": "20/20 M1",
		"unrated E1 2026H1 ":            "145/115 M1", // since 30 June, due 30 days later
		"feedback E2 2026H1 ":           "135/121 M1", // since 10 July, due 14 days later
		"improvement E2 2026H1 ":        "135/105 M1",
		"acknowledgement M1 2026H1 ":    "125/121 ", // met on 20 July, and never acknowledged
	}
	for key, days := range got {
		if strings.HasPrefix(key, "alarm E2 2026H2 Orders") {
			want[key] = days
			if !strings.HasSuffix(days, "/ M1") {
				t.Errorf("%s: %s", key, days)
			}
		}
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if one := rowsOf(t, db, panelText(t, "worklist/items"), Filter{Cycle: "2026H2", Waiting: "feedback"}); len(one.Rows) != 1 {
		t.Errorf("narrowed to feedback: %d rows", len(one.Rows))
	}
	if closed := rowsOf(t, db, panelText(t, "worklist/items"), Filter{Cycle: "2026H1"}); len(closed.Rows) != 4 {
		t.Errorf("the closed cycle: %d rows, want unrated, feedback, acknowledgement and improvement", len(closed.Rows))
	}
}

// TestAStepNoFileTellsOfWaitsForNobody leaves conversations and plans out: that nobody was met cannot be said.
func TestAStepNoFileTellsOfWaitsForNobody(t *testing.T) {
	without := waitingCompany + ";\ndelete from raw.conversation;\ndelete from raw.improvement_plan"
	kinds := rowsOf(t, openWarehouse(t, loaded(without)), panelText(t, "worklist/kinds"), Filter{Cycle: "2026H2"})
	for _, row := range kinds.Rows {
		kind, count, reason := value(kinds, row, "waiting_kind"), value(kinds, row, "item_count"), value(kinds, row, "reason_key")
		if isTold := kind != "feedback" && kind != "acknowledgement" && kind != "improvement"; isTold != (reason == "") || isTold == (count == "0") {
			t.Errorf("%s: %s things, reason %q", kind, count, reason)
		}
	}
}

// itemKey is the key of the one thing of that kind.
func itemKey(t *testing.T, s *site, kind string) string {
	t.Helper()
	result := rowsOf(t, s.db, panelText(t, "worklist/items"), Filter{Cycle: "2026H2", Waiting: kind})
	if len(result.Rows) != 1 {
		t.Fatalf("%d things of kind %s", len(result.Rows), kind)
	}
	return value(result, result.Rows[0], "item_key")
}

// post sends a form as a browser does.
func (s *site) post(path string, form url.Values, headers ...string) answer {
	s.t.Helper()
	request, err := http.NewRequest(http.MethodPost, s.url+path, strings.NewReader(form.Encode()))
	if err != nil {
		s.t.Fatal(err)
	}
	request.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	return s.do(request, headers...)
}

// TestANoteIsKeptWithItsThing writes a note through the form; it is there after another import and after everything is built again.
func TestANoteIsKeptWithItsThing(t *testing.T) {
	s := serve(t, openWarehouse(t, loaded(waitingCompany)))
	path := "/worklist/item?" + url.Values{"cycle": {"2026H2"}, "key": {itemKey(t, s, "feedback")}}.Encode()
	const written = `<img src=x> & "he said"`
	if got := s.post(path, url.Values{"note": {"earlier"}}); got.StatusCode != http.StatusSeeOther {
		t.Fatalf("%s\n%s", got.Status, got.body)
	}
	if got := s.post(path, url.Values{"note": {written}, "note_cause": {"environment"}}); got.StatusCode != http.StatusSeeOther {
		t.Fatalf("%s\n%s", got.Status, got.body)
	}
	shown := func(when string) {
		t.Helper()
		for _, page := range []string{path, "/panels/worklist/items?cycle=2026H2&waiting=feedback", "/panels/person/notes?employee_id=E2"} {
			got := s.get(page)
			if !strings.Contains(got.body, "&lt;img src=x&gt;") || strings.Contains(got.body, "<img src=x") || !strings.Contains(got.body, "Environment") {
				t.Errorf("%s: %s does not show the note as text:\n%s", when, page, got.body)
			}
		}
	}
	shown("once written")
	u := sendFiles(t, s, map[string]string{"roster.csv": roster})
	u.wait(jobChecked)
	u.post("/import", nil)
	u.wait(jobImported)
	shown("after another import")
	if _, err := s.db.Update(t.Context(), func(ctx context.Context, conn *sql.Conn) error {
		_, err := conn.ExecContext(ctx, "insert into raw.setting (name, value) values ('feedback_due_days', '15')") // a setting: everything is built
		return err
	}); err != nil {
		t.Fatal(err)
	}
	shown("after everything was built again")
}

func TestANoteThatSaysNothingOrTooMuchIsRefused(t *testing.T) {
	s := serve(t, openWarehouse(t, loaded(waitingCompany)))
	path := "/worklist/item?" + url.Values{"cycle": {"2026H2"}, "key": {itemKey(t, s, "unrated")}}.Encode()
	long := url.Values{"note": {strings.Repeat("长", noteLimit+1)}}
	for _, c := range []struct {
		path   string
		form   url.Values
		header string
		want   int
	}{
		{path, url.Values{"note": {"  "}}, "same-origin", http.StatusUnprocessableEntity},
		{path, long, "same-origin", http.StatusUnprocessableEntity},
		{path, url.Values{"note": {strings.Repeat("x", formLimit)}}, "same-origin", http.StatusRequestEntityTooLarge},
		{path, url.Values{"note_cause": {"luck"}}, "same-origin", http.StatusBadRequest},
		{path, url.Values{"note": {"x"}}, "cross-site", http.StatusForbidden},
		{"/worklist/item?cycle=2026H2&key=feedback:none", url.Values{"note": {"x"}}, "same-origin", http.StatusNotFound},
		{path, url.Values{"note": {strings.Repeat("长", noteLimit)}}, "same-origin", http.StatusSeeOther},
	} {
		if got := s.post(c.path, c.form, "Sec-Fetch-Site", c.header); got.StatusCode != c.want {
			t.Errorf("%.40v from %s: %s, want %d", c.form, c.header, got.Status, c.want)
		}
	}
	if notes := rowsOf(t, s.db, "select * from fct_work_note", Filter{}); len(notes.Rows) != 1 {
		t.Errorf("%d notes were kept, want the one that fits", len(notes.Rows))
	}
}

// TestTheWorklistIsAWorkbookToSend opens the book again: every thing once, filters on the headings, codes in words, formulas in names as text.
func TestTheWorklistIsAWorkbookToSend(t *testing.T) {
	s := serve(t, openWarehouse(t, loaded(waitingCompany)))
	if got := s.post("/worklist/item?"+url.Values{"cycle": {"2026H2"}, "key": {itemKey(t, s, "no_goals")}}.Encode(), url.Values{"note": {"=2+2"}, "note_cause": {"other"}}); got.StatusCode != http.StatusSeeOther {
		t.Fatal(got.Status)
	}
	for lang, want := range map[string][]string{"en": {"Feedback due", "Agree goals for the rest of the cycle", "Manager"}, "zh": {"待反馈面谈", "为本周期余下时间商定目标", "上级"}} {
		got := s.get("/export/worklist?cycle=2026H2&lang=" + lang)
		book, err := excelize.OpenReader(bytes.NewReader([]byte(got.body)))
		if err != nil {
			t.Fatalf("%s %v", got.Status, err)
		}
		sheets := book.GetSheetList()
		rows, err := book.GetRows(sheets[0])
		if err != nil || len(sheets) != 2 {
			t.Fatalf("sheets %v: %v", sheets, err)
		}
		all := ""
		for i, row := range rows {
			all += strings.Join(row, "\t") + "\n"
			for j := range row {
				cell, _ := excelize.CoordinatesToCellName(j+1, i+1)
				if formula, _ := book.GetCellFormula(sheets[0], cell); formula != "" {
					t.Errorf("%s is the formula %s", cell, formula)
				}
			}
		}
		for _, text := range append(want, "=1+1", "=2+2", `=HYPERLINK("http://evil")`) {
			if !strings.Contains(all, text) {
				t.Errorf("%s: the book lacks %q:\n%s", lang, text, all)
			}
		}
		if strings.Contains(all, "no_goals") || len(rows) != 4+8 { // title, note, gap, headings
			t.Errorf("%s: %d rows, codes or rows too many:\n%s", lang, len(rows), all)
		}
		if names := book.GetDefinedName(); !strings.Contains(strings.ToLower(namesOf(names)), "filterdatabase") {
			t.Errorf("%s: the headings have no filter: %v", lang, names)
		}
	}
}

func namesOf(defined []excelize.DefinedName) string {
	all := ""
	for _, d := range defined {
		all += d.Name + " "
	}
	return all
}

// TestTheWorklistPageIsNotEmpty asks for it as a browser does, on the generated company.
func TestTheWorklistPageIsNotEmpty(t *testing.T) {
	s := serve(t, openWarehouse(t, scale(120)))
	for lang, want := range map[string]string{"en": "overdue", "zh": "逾期"} {
		got := s.get("/worklist?lang=" + lang)
		if _, findings, _ := strings.Cut(got.body, `class="findings"`); got.StatusCode != http.StatusOK || !strings.Contains(findings, want) || !strings.Contains(got.body, "/export/worklist?") {
			t.Errorf("%s: %s, no finding or no workbook:\n%s", lang, got.Status, got.body)
		}
	}
	for _, p := range worklistPage().Panels[:3] {
		if got := s.get("/panels/" + p.Name); strings.Contains(got.body, `class="nothing"`) {
			t.Errorf("%s is empty on the generated company", p.Name)
		}
	}
	narrowed := s.get("/worklist?waiting=feedback&manager=E2")
	if !strings.Contains(narrowed.body, "worklist/items?compare=2026H1&amp;cycle=2026H2&amp;manager=E2&amp;waiting=feedback") {
		t.Errorf("the narrowed page does not narrow its panels:\n%s", narrowed.body)
	}
}
