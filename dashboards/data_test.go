package dashboards

import (
	"context"
	"database/sql"
	"encoding/csv"
	"fmt"
	"html"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"github.com/perfloop/perfloop/analytics"
	"github.com/perfloop/perfloop/dashboards/words"
)

// twoFiles are an import of goals, of whose four rows one was refused and one has a weight alone, and one of check-ins.
func twoFiles(ctx context.Context, conn *sql.Conn) error {
	for _, statement := range []string{
		`insert into raw.import by name select * from (values (1, 'goals.csv', timestamp '2026-02-01 09:00'), (2, 'check_ins.csv', timestamp '2026-11-01 09:00')) as t(import_id, file_name, imported_at)`,
		`insert into raw.import_sheet by name select * from (values (1, '', 'goal', 4, 3, 1), (2, '', 'check_in', 2, 2, 0)) as t(import_id, sheet, kind, read_count, new_count, rejected_count)`,
		`insert into raw.cycle by name select 3 as import_id, c as natural_key, c as cycle, a as starts_on, b as ends_on, 14 as check_in_days from (values ('2026H1', date '2026-01-01', date '2026-06-30'), ('2026H2', date '2026-07-01', date '2026-12-31')) as t(c, a, b)`,
		`insert into raw.employee by name select 3 as import_id, e as natural_key, e as employee_id, 'Person ' || e as employee_name, date '2020-01-01' as hired_on from (values ('E1'), ('E2')) as t(e)`,
		`insert into raw.goal by name select 1 as import_id, '' as sheet, n + 1 as line, 'g' || n as natural_key, '2026H1' as cycle, 'g' || n as goal_id, case when n < 3 then 'E1' else 'E2' end as employee_id, 'Sell' as title, 'increase' as direction, 0.0 as baseline, 10.0 as target, case when n < 3 then 0.5 else 0.9 end as weight, date '2026-01-02' as starts_on from range(1, 4) as t(n)`,
		`insert into raw.check_in by name select 2 as import_id, '' as sheet, n + 1 as line, 'c' || n as natural_key, '2026H1' as cycle, 'g1' as goal_id, 'E1' as employee_id, date '2026-10-01' + n::int * 10 as checked_on, 5.0 as value from range(1, 3) as t(n)`,
	} {
		if _, err := conn.ExecContext(ctx, statement); err != nil {
			return fmt.Errorf("%s: %w", statement, err)
		}
	}
	return nil
}

// fileOf is a panel's rows as its file has them, by the first column.
func fileOf(t *testing.T, s *site, path string) map[string]map[string]string {
	t.Helper()
	records, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(s.get(path).body, "\ufeff"))).ReadAll()
	if err != nil || len(records) == 0 {
		t.Fatalf("%s: %v", path, err)
	}
	found := map[string]map[string]string{}
	for _, record := range records[1:] {
		row := map[string]string{}
		for i, name := range records[0] {
			row[name] = record[i]
		}
		found[record[0]] = row
	}
	return found
}

func TestQualityIsWhatTheFilesDeserve(t *testing.T) {
	s := serve(t, openWarehouse(t, twoFiles))
	files := fileOf(t, s, "/panels/data/quality_files.csv?lang=en")
	if got := files["goals.csv"]; got["Clean"] != "0.5" || got["Not stored"] != "1" || got["To check"] != "1" {
		t.Errorf("goals.csv: %v, of four rows one refused and one odd", got)
	}
	if got := files["check_ins.csv"]["Clean"]; got != "1" {
		t.Errorf("check_ins.csv: clean %s", got)
	}
	page := s.get("/data/quality?lang=en").body
	for _, want := range []string{"Goals: 2 of 4 rows are doubtful, most often: Goal weights do not add up to 100 % (1).", "Rules broken by stored rows: "} {
		if !strings.Contains(plainSpaces(html.UnescapeString(page)), want) {
			t.Errorf("the page does not say %q:\n%s", want, page)
		}
	}
	for _, link := range regexp.MustCompile(`<li><a href="#([^"]+)"`).FindAllStringSubmatch(page, -1) {
		if !strings.Contains(page, `id="`+link[1]+`"`) {
			t.Errorf("a finding leads to %s, which is not on the page", link[1])
		}
	}
	steps := fileOf(t, s, "/panels/data/quality_steps.csv?lang=en")
	if got := steps["goals"]["Clean"]; got != "0.5" {
		t.Errorf("goals: clean %s in %v", got, steps)
	}
	trend := s.get("/panels/data/quality_trend?lang=en").body
	if !strings.Contains(plainSpaces(trend), "Goals: 50.0 %") {
		t.Errorf("the trend does not say how many goals are doubtful:\n%s", trend)
	}
}

func TestFreshnessIsHeldAgainstTheUsualGap(t *testing.T) {
	s := serve(t, openWarehouse(t, twoFiles))
	kinds := fileOf(t, s, "/panels/data/freshness.csv?lang=en")
	if page := s.get("/data?lang=en").body; !strings.Contains(page, "Of check-ins, the newest day is 32 days ago; one is expected every 14 days.") {
		t.Errorf("the page does not open with what is stale:\n%s", page)
	}
	// The newest check-in is of 21 October, 32 days before today; the cycle asks for one every 14 days.
	if got := kinds["check_in"]; got["Days ago"] != "32" || got["Expected every (days)"] != "14" || got["State"] != "stale" {
		t.Errorf("check-ins: %v", got)
	}
	if got := kinds["goal"]; !strings.HasPrefix(got["Newest day"], "2026-01-02") || got["State"] != "due" {
		t.Errorf("goals: %v", got)
	}
	if page := s.get("/panels/data/freshness?lang=zh").body; !strings.Contains(page, "过时") {
		t.Errorf("the state is not said:\n%s", page)
	}
}

func TestMetricsAreFoundInEitherLanguage(t *testing.T) {
	s := serve(t, openWarehouse(t, nil))
	known, err := analytics.Catalogue()
	if err != nil {
		t.Fatal(err)
	}
	for _, lang := range words.Languages {
		all := html.UnescapeString(s.get("/data/metrics?lang=" + lang).body)
		for _, m := range known.Metrics {
			if !strings.Contains(all, `id="`+m.ID+`"`) || !strings.Contains(all, m.Worked.In(lang)) {
				t.Errorf("%s: %s is not listed with its worked example", lang, m.ID)
			}
		}
		for _, q := range []string{"closure RATE", "闭环率", "closed_share"} {
			got := s.get("/data/metrics?lang=" + lang + "&q=" + url.QueryEscape(q)).body
			if !strings.Contains(got, `id="closure_rate"`) || strings.Contains(got, `id="halo"`) {
				t.Errorf("%s: %q is not found alone", lang, q)
			}
		}
	}
	if got := s.get("/data/metrics?q=" + url.QueryEscape(`"><script>x`)).body; !strings.Contains(got, "No metric is named so") || strings.Contains(got, "<script>x") {
		t.Errorf("an odd search: %.2000s", got)
	}
}

var (
	leftBox = regexp.MustCompile(`<a href="([^"]+)" class="box \w+" transform="translate\(0 `)
	lineAt  = regexp.MustCompile(`href="(/data/(?:lineage|metrics)[^"]*)"`)
)

// TestTheLineageIsTheParsers compares the graph of every model with what the engine's parser reads.
func TestTheLineageIsTheParsers(t *testing.T) {
	db := openWarehouse(t, nil)
	s := serve(t, db)
	lineage, err := analytics.ReadLineage(t.Context(), db)
	if err != nil {
		t.Fatal(err)
	}
	for _, model := range lineage.Models {
		body := s.get("/data/lineage?model=" + model.Name).body
		drawn := map[string]bool{}
		for _, found := range leftBox.FindAllStringSubmatch(body, -1) {
			drawn[html.UnescapeString(found[1])] = true
		}
		for _, input := range model.Inputs {
			if !drawn[lineageURL(input)] {
				t.Errorf("%s reads %s, which is not drawn", model.Name, input)
			}
			delete(drawn, lineageURL(input))
		}
		if len(drawn) > 0 {
			t.Errorf("%s: %v are drawn and not read", model.Name, drawn)
		}
	}
	body := s.get("/data/lineage?model=fct_rater").body
	for _, want := range []string{`href="/appraisal#loop-raters"`, "raw.appraisal", `href="/data/metrics#rater_severity"`} {
		if !strings.Contains(body, want) {
			t.Errorf("fct_rater: no %s", want)
		}
	}
	for _, link := range lineAt.FindAllStringSubmatch(body, -1) {
		if got := s.get(html.UnescapeString(link[1])); got.StatusCode != http.StatusOK {
			t.Errorf("%s: %s", link[1], got.Status)
		}
	}
	if got := s.get("/data/lineage?model=nothing"); got.StatusCode != http.StatusNotFound {
		t.Errorf("an unknown table: %s", got.Status)
	}
}

// TestBuildsSayWhatChanged imports twice into a folder: the second import moves a person's attainment.
func TestBuildsSayWhatChanged(t *testing.T) {
	db, err := analytics.Open(t.Context(), t.TempDir(), analytics.Options{Now: today})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	first, err := db.Update(t.Context(), twoFiles)
	if err != nil {
		t.Fatal(err)
	}
	_, err = db.Update(t.Context(), func(ctx context.Context, conn *sql.Conn) error {
		_, err := conn.ExecContext(ctx, `
			insert into raw.import by name select 4 as import_id, 'late <b>.csv' as file_name, timestamp '2026-11-20 09:00' as imported_at, 'Ada' as imported_by;
			insert into raw.check_in by name select 4 as import_id, '' as sheet, 2 as line, 'late' as natural_key, '2026H1' as cycle, 'g1' as goal_id, 'E1' as employee_id, date '2026-06-20' as checked_on, 9.0 as value`)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	handler, err := New(Config{DB: db, Log: slog.New(slog.DiscardHandler), Now: today})
	if err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(handler)
	t.Cleanup(func() { server.Close(); handler.Close() })
	s := &site{t: t, url: server.URL, db: db}
	since := fmt.Sprintf("/data/builds/%d", first.ID)
	list := s.get("/data/builds?lang=en").body
	for _, want := range []string{`href="` + since + `"`, "late &lt;b&gt;.csv by Ada", "the newest", "22 Nov 2026"} {
		if !strings.Contains(list, want) {
			t.Errorf("the list of builds has no %q:\n%s", want, list)
		}
	}
	counts := s.get(since + "?lang=en").body
	if !strings.Contains(counts, since+"?mart=fct_employee_cycle") || strings.Contains(counts, "?mart=dim_cycle#") {
		t.Errorf("a person moved and no cycle did:\n%s", counts)
	}
	for build, want := range map[int64]string{first.ID: "fct_employee_cycle moved 1 1", first.ID - 1: "fct_employee_cycle new 4 2"} {
		history, err := db.History()
		if err != nil {
			t.Fatal(err)
		}
		got, err := history.ChangeCounts(t.Context(), analytics.Span{Since: build, Mart: "fct_employee_cycle"})
		if err != nil || len(got.Rows) != 1 || strings.Trim(fmt.Sprint(got.Rows[0]), "[]") != want {
			t.Errorf("since build %d: %v, want %s (%v)", build, got, want, err)
		}
	}
	rows := s.get(since + "?mart=fct_employee_cycle&lang=en").body
	if !strings.Contains(rows, "employee_id=E1") || strings.Contains(rows, "employee_id=E2") || !strings.Contains(rows, "moved") {
		t.Errorf("E1 moved and E2 did not:\n%s", rows)
	}
	if file := s.get(since + ".csv?mart=fct_employee_cycle"); !strings.Contains(file.body, "E1") || !strings.HasPrefix(file.Header.Get("Content-Type"), "text/csv") {
		t.Errorf("the file: %s\n%s", file.Status, file.body)
	}
	for _, path := range []string{"/data/builds/99", "/data/builds/x"} {
		if got := s.get(path); got.StatusCode != http.StatusNotFound {
			t.Errorf("%s: %s", path, got.Status)
		}
	}
}

func TestDataPagesOfAnEmptyProduct(t *testing.T) {
	s := serve(t, openWarehouse(t, nil))
	for _, tab := range dataTabs() {
		got := s.get("/data/" + tab + "?lang=en")
		if tab == "" {
			got = s.get("/data?lang=en")
		}
		if got.StatusCode != http.StatusOK || strings.Count(got.body, `aria-current="page">`) < 2 {
			t.Errorf("/data/%s: %s, its tab is not lit", tab, got.Status)
		}
	}
	if got := s.get("/data/builds?lang=en").body; !strings.Contains(got, "No build is kept yet") {
		t.Errorf("no build, and nothing is said:\n%s", got)
	}
}
