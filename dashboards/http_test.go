package dashboards

import (
	"bytes"
	"encoding/json"
	"maps"
	"mime/multipart"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/perfloop/perfloop/analytics"
	"github.com/perfloop/perfloop/ingest"
)

func TestEmptyProductSaysWhatToDoFirst(t *testing.T) {
	s := serve(t, openWarehouse(t, nil))
	for lang, want := range map[string]string{"en": "perfloop import DIR", "zh": "还没有数据"} {
		got := s.get("/loop", "Accept-Language", lang)
		if got.StatusCode != http.StatusOK || !strings.Contains(got.body, want) || !strings.Contains(got.body, `type="file"`) {
			t.Errorf("%s: %s, want %q and a form in\n%s", lang, got.Status, want, got.body)
		}
	}
}

func TestEveryAnswerIsGuarded(t *testing.T) {
	s := serve(t, openWarehouse(t, nil))
	for _, path := range []string{"/", "/loop", "/data", "/nothing", "/healthz", "/panels/loop/steps", "/static/x/y.js"} {
		got := s.get(path)
		policy := got.Header.Get("Content-Security-Policy")
		if !strings.Contains(policy, "default-src 'none'") || strings.Contains(policy, "unsafe") || !strings.Contains(policy, "require-trusted-types-for 'script'") {
			t.Errorf("%s: policy %q", path, policy)
		}
		for header, want := range map[string]string{"X-Content-Type-Options": "nosniff", "Referrer-Policy": "same-origin", "Cross-Origin-Opener-Policy": "same-origin"} {
			if got.Header.Get(header) != want {
				t.Errorf("%s: %s is %q, want %q", path, header, got.Header.Get(header), want)
			}
		}
	}
}

func TestOnlyThisMachinesNamesAreAnswered(t *testing.T) {
	s := serve(t, openWarehouse(t, nil))
	for host, want := range map[string]int{
		"localhost": 200, "127.0.0.1:9": 200, "[::1]:9": 200, "evil.example": 421, "127.0.0.1.evil.example": 421, "10.0.0.1": 421,
	} {
		if got := s.get("/loop", "Host", host); got.StatusCode != want {
			t.Errorf("host %s: %d, want %d", host, got.StatusCode, want)
		}
	}
}

func TestUnknownThingsAreNamedWithWhatThereIs(t *testing.T) {
	s := serve(t, openWarehouse(t, scale(60)))
	for path, want := range map[string]string{
		"/loop?cycle=1066H1":         "2026H1",
		"/loop?compare=1066H1":       "1066H1",
		"/loop?unit=nowhere":         "nowhere",
		"/people/nobody":             "nobody",
		"/trace?kind=goal&key=none":  "none",
		"/trace?kind=import&key=1":   "1",
		"/data/imports/999":          "999",
		"/data/imports/x":            "x",
		"/data/imports/999/original": "999",
		"/panels/loop/nothing":       "no such page",
	} {
		got := s.get(path)
		if got.StatusCode != http.StatusNotFound || !strings.Contains(got.body, want) {
			t.Errorf("%s: %d, want 404 naming %q", path, got.StatusCode, want)
		}
	}
}

func TestErrorsComeInTheFormAskedFor(t *testing.T) {
	s := serve(t, openWarehouse(t, scale(60)))
	var said map[string]string
	if got := s.get("/panels/loop/steps.json?cycle=nope", "Accept-Language", "zh"); json.Unmarshal([]byte(got.body), &said) != nil ||
		said["error"] != "error.no_cycle" || !strings.Contains(said["message"], "没有周期") {
		t.Errorf("json: %d %s", got.StatusCode, got.body)
	}
	if got := s.get("/panels/loop/steps.csv?cycle=nope"); !strings.HasPrefix(got.Header.Get("Content-Type"), "text/csv") {
		t.Errorf("csv: %s", got.Header.Get("Content-Type"))
	}
	if got := s.get("/panels/loop/steps?cycle=nope", "HX-Request", "true"); strings.Contains(got.body, "<html") || !strings.Contains(got.body, `role="alert"`) {
		t.Errorf("fragment: %s", got.body)
	}
}

// TestABrokenPanelFailsAlone closes the warehouse under the server: the panel says an id that the log has.
func TestABrokenPanelFailsAlone(t *testing.T) {
	db := openWarehouse(t, nil)
	s := serve(t, db)
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	got := s.get("/panels/loop/steps", "HX-Request", "true")
	_, after, found := strings.Cut(s.log.String(), "id=")
	if got.StatusCode != http.StatusInternalServerError || !found || !strings.Contains(got.body, after[:8]) || strings.Contains(got.body, "published") {
		t.Errorf("%d %s; log %s", got.StatusCode, got.body, s.log)
	}
}

func TestChoicesAreRemembered(t *testing.T) {
	s := serve(t, openWarehouse(t, nil))
	first := s.get("/loop?lang=zh&theme=dark")
	cookies := []string{}
	for _, c := range first.Cookies() {
		cookies = append(cookies, c.Name+"="+c.Value)
	}
	got := s.get("/loop", "Cookie", strings.Join(cookies, "; "), "Accept-Language", "en")
	if !strings.Contains(got.body, `lang="zh-CN" data-theme="dark"`) {
		t.Errorf("after choosing zh and dark: cookies %v, page %.120s", cookies, got.body)
	}
	if got := s.get("/loop?lang=xx&theme=<b>"); !strings.Contains(got.body, `lang="en" data-theme="auto"`) {
		t.Errorf("unknown choices were taken: %.120s", got.body)
	}
}

func TestStaticFilesAreForEver(t *testing.T) {
	s := serve(t, openWarehouse(t, nil))
	a, err := readAssets()
	if err != nil {
		t.Fatal(err)
	}
	if got := s.get(a.URL("style.css")); got.StatusCode != http.StatusOK || !strings.Contains(got.Header.Get("Cache-Control"), "immutable") {
		t.Errorf("%d %s", got.StatusCode, got.Header.Get("Cache-Control"))
	}
	for _, path := range []string{"/static/0000/style.css", a.URL("nothing.css"), a.URL("vendor"), a.URL("../routes.go")} {
		if got := s.get(path); got.StatusCode != http.StatusNotFound {
			t.Errorf("%s: %d", path, got.StatusCode)
		}
	}
}

// roster is an employee file with names that try to be something else.
const roster = "Employee ID,Name,Department\n0012,<img src=x onerror=alert(1)>,Sales\n0013,=1+1,Sales\n"

func upload(t *testing.T, s *site, path string, headers ...string) answer {
	t.Helper()
	return s.send(path, map[string]string{"员工 roster.csv": roster}, headers...)
}

// send sends files given as texts, in the order of their names.
func (s *site) send(path string, files map[string]string, headers ...string) answer {
	t := s.t
	t.Helper()
	var body bytes.Buffer
	form := multipart.NewWriter(&body)
	for _, name := range slices.Sorted(maps.Keys(files)) {
		part, err := form.CreateFormFile("file", name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := part.Write([]byte(files[name])); err != nil {
			t.Fatal(err)
		}
	}
	if err := form.Close(); err != nil {
		t.Fatal(err)
	}
	request, err := http.NewRequest(http.MethodPost, s.url+path, &body)
	if err != nil {
		t.Fatal(err)
	}
	request.Header.Set("Content-Type", form.FormDataContentType())
	return s.do(request, headers...)
}

func TestFilesAreTakenFromTheCommandLineWithItsToken(t *testing.T) {
	s := serve(t, openWarehouse(t, nil))
	if got := upload(t, s, "/api/imports"); got.StatusCode != http.StatusUnauthorized {
		t.Errorf("without token: %d", got.StatusCode)
	}
	if got := upload(t, s, "/api/imports", "Authorization", "Bearer wrong"); got.StatusCode != http.StatusUnauthorized {
		t.Errorf("wrong token: %d", got.StatusCode)
	}
	if got := upload(t, s, "/data", "Sec-Fetch-Site", "cross-site"); got.StatusCode != http.StatusForbidden {
		t.Errorf("from another site: %d", got.StatusCode)
	}
	got := upload(t, s, "/api/imports", "Authorization", "Bearer "+testToken)
	var reports []ingest.Report
	if err := json.Unmarshal([]byte(got.body), &reports); err != nil || len(reports) != 1 || reports[0].Stored() != 2 {
		t.Fatalf("%d %s", got.StatusCode, got.body)
	}
}

// TestFromUploadToSource sends a file through the form, finds the people, and follows one to the file's bytes.
func TestFromUploadToSource(t *testing.T) {
	s := serve(t, openWarehouse(t, nil))
	u := sendFiles(t, s, map[string]string{"员工 roster.csv": roster})
	if page := u.wait(jobChecked); !strings.Contains(page, "2 new") {
		t.Fatalf("checked: %s", page)
	}
	if got := s.get("/data/imports/1"); got.StatusCode != http.StatusNotFound {
		t.Errorf("before it was confirmed: import 1 is %s", got.Status)
	}
	u.post("/import", nil)
	if page := u.wait(jobImported); !strings.Contains(page, "/data/imports/1") {
		t.Fatalf("imported: %s", page)
	}
	if got := s.get("/loop"); !strings.Contains(got.body, "loop-headcount") {
		t.Error("employees without a cycle: the overview shows no headcount")
	}
	person := s.get("/people/0012")
	if !strings.Contains(person.body, "&lt;img src=x") || strings.Contains(person.body, "<img src=x") {
		t.Errorf("the hostile name is not shown as text:\n%s", person.body)
	}
	found, err := s.db.Query(t.Context(), "select natural_key from raw.employee where employee_id = $id", analytics.Args{"id": "0012"}, 1)
	if err != nil || len(found.Rows) != 1 {
		t.Fatal(err)
	}
	trace := s.get(traceURL("employee", found.Rows[0][0].(string)))
	if !strings.Contains(trace.body, "员工 roster.csv") || !strings.Contains(trace.body, "line 2") {
		t.Errorf("trace: %d %s", trace.StatusCode, trace.body)
	}
	file := s.get("/data/imports/1/original")
	if file.body != roster || !strings.Contains(file.Header.Get("Content-Disposition"), "%E5%91%98") {
		t.Errorf("original: %q %s", file.body, file.Header.Get("Content-Disposition"))
	}
	again := sendFiles(t, s, map[string]string{"again.csv": roster})
	if page := again.wait(jobChecked); !strings.Contains(page, "imported before") {
		t.Errorf("the same file again: %s", page)
	}
}

func TestSmallGroupsAreSuppressed(t *testing.T) {
	r := &analytics.Result{
		Columns: []analytics.Column{{Name: "unit", Unit: "text"}, {Name: "people_count", Unit: "count"}, {Name: "attainment", Unit: "share"}},
		Rows:    [][]any{{"a", int64(4), 0.9}, {"b", int64(9), 0.8}, {"c", int64(7), 0.7}},
	}
	suppress(r, 5)
	for i, hidden := range []bool{true, false, true} { // c too: it could be worked out from the total
		if _, is := r.Rows[i][2].(suppressed); is != hidden {
			t.Errorf("row %d: hidden %v, want %v", i, is, hidden)
		}
	}
	people := &analytics.Result{Columns: []analytics.Column{{Name: "employee_name", Unit: "text"}}, Rows: [][]any{{"a"}}}
	if suppress(people, 5); len(people.Rows) != 0 {
		t.Error("a list of individuals was shown to one who may not see them")
	}
}
