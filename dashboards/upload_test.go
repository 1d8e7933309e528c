package dashboards

import (
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"testing"
	"time"
)

// sent is an upload of the tests' own.
type sent struct {
	t    *testing.T
	site *site
	path string
}

// sendFiles sends files through the form and answers the upload that the browser is led to.
func sendFiles(t *testing.T, s *site, files map[string]string) sent {
	t.Helper()
	got := s.send("/data", files, "Sec-Fetch-Site", "same-origin", "Origin", s.url)
	path := got.Header.Get("Location")
	if got.StatusCode != http.StatusSeeOther || !strings.HasPrefix(path, "/data/uploads/") {
		t.Fatalf("upload: %d to %q: %s", got.StatusCode, path, got.body)
	}
	return sent{t: t, site: s, path: path}
}

// wait answers the page once the upload is in the state, in which it must come to rest.
func (u sent) wait(state string) string {
	u.t.Helper()
	for deadline := time.Now().Add(time.Minute); time.Now().Before(deadline); time.Sleep(20 * time.Millisecond) {
		got := u.site.get(u.path)
		if !strings.Contains(got.body, `class="progress"`) {
			if !strings.Contains(got.body, `data-state="`+state+`"`) {
				u.t.Fatalf("not %s: %d %s", state, got.StatusCode, got.body)
			}
			return got.body
		}
	}
	u.t.Fatalf("the upload never came to rest")
	return ""
}

// importAll confirms the upload as it was checked.
func (u sent) importAll() {
	u.t.Helper()
	u.wait(jobChecked)
	u.post("/import", nil)
	u.wait(jobImported)
}

// post sends a form to one of the upload's actions.
func (u sent) post(action string, form url.Values) answer {
	u.t.Helper()
	request, err := http.NewRequest(http.MethodPost, u.site.url+u.path+action, strings.NewReader(form.Encode()))
	if err != nil {
		u.t.Fatal(err)
	}
	return u.site.do(request, "Content-Type", "application/x-www-form-urlencoded", "Sec-Fetch-Site", "same-origin")
}

func TestADiscardedUploadIsGone(t *testing.T) {
	s := serve(t, openWarehouse(t, nil))
	u := sendFiles(t, s, map[string]string{"people.csv": roster})
	u.wait(jobChecked)
	if got := u.post("/discard", nil); got.StatusCode != http.StatusSeeOther || got.Header.Get("Location") != "/data" {
		t.Errorf("discard: %d to %q", got.StatusCode, got.Header.Get("Location"))
	}
	if got := s.get(u.path); got.StatusCode != http.StatusNotFound || !strings.Contains(got.body, "Send the files again") {
		t.Errorf("after that: %d %s", got.StatusCode, got.body)
	}
}

func TestAnUploadIsForThisSiteAlone(t *testing.T) {
	s := serve(t, openWarehouse(t, nil))
	u := sendFiles(t, s, map[string]string{"people.csv": roster})
	u.wait(jobChecked)
	request, err := http.NewRequest(http.MethodPost, s.url+u.path+"/import", nil)
	if err != nil {
		t.Fatal(err)
	}
	if got := s.do(request, "Sec-Fetch-Site", "cross-site"); got.StatusCode != http.StatusForbidden {
		t.Errorf("confirmed from another site: %d", got.StatusCode)
	}
}

// oddly is a file whose one column nobody could know.
const oddly = "Employee ID,Goal,Målværdi,Due Date,Cycle\nE1,Grow,40,31/03/2026,2026H1\nE2,Save,50,30/06/2026,2026H1\n"

func TestWhatAFileWasTakenForCanBeCorrected(t *testing.T) {
	s := serve(t, openWarehouse(t, nil))
	u := sendFiles(t, s, map[string]string{"aims.csv": oddly})
	page := u.wait(jobChecked)
	if !strings.Contains(page, `name="field.0.0.2"`) || !strings.Contains(page, "not used") {
		t.Fatalf("the unknown column cannot be chosen: %s", page)
	}
	u.post("/check", url.Values{"field.0.0.2": {"target"}})
	if page = u.wait(jobChecked); !strings.Contains(page, "your mapping") || !strings.Contains(page, "target: Målværdi") {
		t.Fatalf("the choice is not taken: %s", page)
	}
	u.post("/import", url.Values{"remember": {"1"}})
	u.wait(jobImported)
	found, err := s.db.Query(t.Context(), "select sum(target) from raw.goal", nil, 1)
	if err != nil || found.Rows[0][0] != 90.0 {
		t.Errorf("targets: %v, %v", found, err)
	}
	next := sendFiles(t, s, map[string]string{"next.csv": strings.ReplaceAll(oddly, "2026H1", "2026H2")})
	if page = next.wait(jobChecked); !strings.Contains(page, "a mapping you confirmed before") {
		t.Errorf("the next file is not read with the remembered mapping: %s", page)
	}
}

// beside is two tables side by side.
const beside = "工号,姓名,部门,,等级,比例\nE1,张三,销售部,,S,10%\nE2,李四,销售部,,A,25%\nE3,王五,财务部,,B,50%\n"

func TestTablesSideBySideAndFormsCanBeCorrected(t *testing.T) {
	s := serve(t, openWarehouse(t, nil))
	form := "姓名,陈七,性别,男\n工号,0012,部门,研发部\n入职日期,2020/3/1,职位,工程师\n"
	u := sendFiles(t, s, map[string]string{"两表.csv": beside})
	u.wait(jobChecked)
	u.post("/check", url.Values{"skip.0.1": {"1"}, "field.0.0.2": {"position"}})
	if page := u.wait(jobChecked); !strings.Contains(page, "Left out, as you said") || !strings.Contains(page, "position: 部门") {
		t.Errorf("one corrected, one left out: %s", page)
	}
	u.post("/check", url.Values{"left.0.1": {"1"}, "skip.0.1": {"1"}, "field.0.0.2": {"grade"}})
	if page := u.wait(jobChecked); !strings.Contains(page, "Left out, as you said") || !strings.Contains(page, "grade: 部门") {
		t.Errorf("corrected once more, the other still left out: %s", page)
	}
	u.post("/check", url.Values{"left.0.1": {"1"}})
	if page := u.wait(jobChecked); strings.Contains(page, "Left out, as you said") || !strings.Contains(page, "column_range: E:F") {
		t.Errorf("taken in again: %s", page)
	}
	u.importAll()
	u = sendFiles(t, s, map[string]string{"form.csv": form})
	if page := u.wait(jobChecked); !strings.Contains(page, "A form, from line 1 on") {
		t.Errorf("a form: %s", page)
	}
	u.post("/check", url.Values{"field.0.0.5": {"grade"}, "field.0.0.1": {""}})
	if page := u.wait(jobChecked); !strings.Contains(page, "grade: 职位") || !strings.Contains(page, "form: true") {
		t.Errorf("a form corrected: %s", page)
	}
	u.importAll()
	found, err := s.db.Query(t.Context(), "select employee_id, grade, gender is null from raw.employee order by line, employee_id", nil, 9)
	if err != nil || len(found.Rows) != 4 || found.Rows[0][1] != "工程师" || found.Rows[0][2] != true || found.Rows[1][1] != "销售部" {
		t.Errorf("stored: %v, %v", found, err)
	}
}

func TestWhatIsCorrectedIsLookedAtBeforeItIsImported(t *testing.T) {
	s := serve(t, openWarehouse(t, nil))
	u := sendFiles(t, s, map[string]string{"aims.csv": oddly})
	u.wait(jobChecked)
	got := u.post("/import", url.Values{"field.0.0.2": {"target"}})
	if u.wait(jobChecked); !strings.Contains(s.get(got.Header.Get("Location")).body, "Look once more") {
		t.Errorf("imported without another look: %s", got.Header.Get("Location"))
	}
	u.post("/import", url.Values{"field.0.0.2": {"target"}})
	u.wait(jobImported)
}

func TestWhoIsInDoubtIsConfirmedWithAButton(t *testing.T) {
	s := serve(t, openWarehouse(t, nil))
	sendFiles(t, s, map[string]string{"people.csv": "Employee ID,Name,Department\nE1,Ann Lee,Sales\n"}).importAll()
	u := sendFiles(t, s, map[string]string{"doubtful.csv": "Employee ID,Name,Department\nE1,Ann Chen,Sales\nE3,Ann Lee,Sales\nE4,\"Lee, Ann\",Sales\n"})
	page := u.wait(jobChecked)
	for _, want := range []string{"Same person: use the name Ann Chen", "They are two people", `name="confirm.0.0" value="2"`} {
		if !strings.Contains(page, want) {
			t.Errorf("no %s in %s", want, page)
		}
	}
	u.post("/check", url.Values{"confirm.0.0": {"0"}})
	if page = u.wait(jobChecked); !strings.Contains(page, "Confirmed: E1 is Ann Chen") || strings.Contains(page, "use the name") {
		t.Errorf("confirmed: %s", page)
	}
	u.post("/check", url.Values{"confirm.0.0": {"all"}})
	if page = u.wait(jobChecked); !strings.Contains(page, "0 not to be stored") {
		t.Errorf("all confirmed: %s", page)
	}
	u.post("/check", url.Values{"unconfirm.0.0": {"E4"}})
	if page = u.wait(jobChecked); !strings.Contains(page, "1 not to be stored") || !strings.Contains(page, "E1: Ann Chen") {
		t.Errorf("taken back: %s", page)
	}
	if page = s.get(u.path + "?lang=zh").body; !strings.Contains(page, "已确认：E1 是 Ann Chen") || !strings.Contains(page, "是两个人") {
		t.Errorf("in Chinese: %s", page)
	}
	u.post("/import", nil)
	u.wait(jobImported)
	found, err := s.db.Query(t.Context(), "select employee_id, employee_name from raw.employee where import_id = 2 order by 1", nil, 9)
	if err != nil || len(found.Rows) != 2 || found.Rows[0][1] != "Ann Chen" || found.Rows[1][0] != "E3" {
		t.Errorf("stored: %v, %v", found, err)
	}
}

func TestAMappingWrittenByHandIsChecked(t *testing.T) {
	s := serve(t, openWarehouse(t, nil))
	u := sendFiles(t, s, map[string]string{"aims.csv": oddly})
	u.wait(jobChecked)
	got := u.post("/check", url.Values{"by_hand": {"0"}, "yaml.0": {"kind: goal\ncolumns:\n  colour: Målværdi\n"}})
	if got.StatusCode != http.StatusBadRequest || !strings.Contains(got.body, "Line 3") || !strings.Contains(got.body, "colour") {
		t.Errorf("a wrong mapping: %d %s", got.StatusCode, got.body)
	}
	got = u.post("/check?lang=zh", url.Values{"by_hand": {"0"}, "yaml.0": {"kind: gaol\npercent: {weight: 3}\n# mine"}})
	for _, want := range []string{"第 1 行", "gaol", "第 2 行", "# mine</textarea>", `data-state="checked"`} {
		if !strings.Contains(got.body, want) {
			t.Errorf("a mapping with two faults: no %s in %s", want, got.body)
		}
	}
	u.post("/check", url.Values{"by_hand": {"0"}, "yaml.0": {"kind: goal\ncolumns:\n  target: Målværdi\n"}})
	if page := u.wait(jobChecked); !strings.Contains(page, "your mapping") {
		t.Errorf("a right mapping: %s", page)
	}
	if text := s.get(u.path + "/mapping?file=0"); !strings.Contains(text.body, "target: Målværdi") {
		t.Errorf("the mapping to keep: %d %s", text.StatusCode, text.body)
	}
}

func TestAnImportIsUndoneWithItsEffectShownFirst(t *testing.T) {
	s := serve(t, openWarehouse(t, nil))
	u := sendFiles(t, s, map[string]string{"people.csv": roster})
	u.wait(jobChecked)
	u.post("/import", nil)
	u.wait(jobImported)
	one := sent{t: t, site: s, path: "/data/imports/1"}
	if page := s.get("/data/imports/1/undo"); !strings.Contains(page.body, "Undo 员工") && !strings.Contains(page.body, "Undo people.csv?") {
		t.Fatalf("effect: %d %s", page.StatusCode, page.body)
	}
	if people := one.people(); people != 2 {
		t.Fatalf("looking undid the import: %d people", people)
	}
	if got := one.post("/undo", nil); got.StatusCode != http.StatusSeeOther {
		t.Fatalf("undo: %d %s", got.StatusCode, got.body)
	}
	if page := s.get("/data/imports/1"); one.people() != 0 || !strings.Contains(page.body, "its rows do not count") {
		t.Errorf("undone: %d people, %s", one.people(), page.body)
	}
	if one.post("/redo", nil); one.people() != 2 {
		t.Errorf("brought back: %d people", one.people())
	}
	if got := one.post("/redo", nil); got.StatusCode != http.StatusConflict {
		t.Errorf("brought back twice: %d %s", got.StatusCode, got.body)
	}
}

// people counts who is known.
func (u sent) people() int64 {
	u.t.Helper()
	found, err := u.site.db.Query(u.t.Context(), "select count(*) from raw.employee", nil, 1)
	if err != nil {
		u.t.Fatal(err)
	}
	return found.Rows[0][0].(int64)
}

func TestRejectedRowsAreOfferedAsAWorkbook(t *testing.T) {
	s := serve(t, openWarehouse(t, nil))
	u := sendFiles(t, s, map[string]string{"aims.csv": "Employee ID,Goal,Target,Cycle\nE1,Grow,soon,2026H1\nE2,Save,5,2026H1\n"})
	u.wait(jobChecked)
	u.post("/import", nil)
	if page := u.wait(jobImported); !strings.Contains(page, "/data/imports/1/rejected.xlsx") {
		t.Fatalf("no workbook is offered: %s", page)
	}
	if got := s.get("/data/imports/1/rejected.xlsx"); got.StatusCode != http.StatusOK || !strings.HasPrefix(got.body, "PK") {
		t.Errorf("workbook: %d", got.StatusCode)
	}
}

func TestAStoppedUploadKeepsNothing(t *testing.T) {
	s := serve(t, openWarehouse(t, nil))
	var long strings.Builder
	long.WriteString("Employee ID,Name,Department\n")
	for i := range 60_000 {
		long.WriteString("E" + strings.Repeat("0", 3) + strconv.Itoa(i) + ",Person " + strconv.Itoa(i) + ",Sales\n")
	}
	u := sendFiles(t, s, map[string]string{"long.csv": long.String()})
	u.post("/stop", nil)
	u.wait(jobStopped)
	u.post("/check", nil)
	if page := u.wait(jobChecked); !strings.Contains(page, "60,000 new") {
		t.Errorf("checked again: %s", page)
	}
}

func TestThePreviewShowsWordsAndSharesAsPagesDo(t *testing.T) {
	s := serve(t, openWarehouse(t, nil))
	u := sendFiles(t, s, map[string]string{"目标.csv": "工号,目标,权重,目标值,状态,考核周期\nE1,客诉率,12.5%,≤3,进行中,2026H1\nE2,销售额,87.5%,≥100,已完成,2026H1\n"})
	u.wait(jobChecked)
	for lang, said := range map[string][]string{
		"en": {"Lower is better", "On track", "12.5\u00a0%"},
		"zh": {"越低越好", "正常", "87.5\u00a0%"},
	} {
		page := s.get(u.path + "?lang=" + lang).body
		for _, text := range said {
			if !strings.Contains(page, text) {
				t.Errorf("%s: the preview does not say %q", lang, text)
			}
		}
	}
}
