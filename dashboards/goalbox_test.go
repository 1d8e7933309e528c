package dashboards

import (
	"context"
	"database/sql"
	"encoding/csv"
	"fmt"
	"html"
	"net/http"
	"net/url"
	"os"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/perfloop/perfloop/dashboards/words"
)

// labelledGoals are the goals of testdata/smart in a language: title, metric, unit, target and due date.
func labelledGoals(t *testing.T, lang string) [][]string {
	t.Helper()
	file, err := os.Open("../testdata/smart/" + lang + ".csv")
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	rows, err := csv.NewReader(file).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	return rows[1:]
}

// scoredRules are the sentences beside each goal of an answer, by goal and criterion.
func scoredRules(body string) [][]string {
	var all [][]string
	for _, section := range strings.Split(body, `<section class="scored">`)[1:] {
		var rules []string
		for _, m := range regexp.MustCompile(`<dd>(.*?)</dd>`).FindAllStringSubmatch(section, -1) {
			rules = append(rules, html.UnescapeString(m[1]))
		}
		all = append(all, rules)
	}
	return all
}

// TestPastedGoalsScoreAsTheModelsDo pastes every labelled goal as copied from a sheet: the box says of its text what the mart says of the
// same goal imported.
func TestPastedGoalsScoreAsTheModelsDo(t *testing.T) {
	for _, lang := range words.Languages {
		goals := labelledGoals(t, lang)
		s := serve(t, openWarehouse(t, func(ctx context.Context, conn *sql.Conn) error {
			for i, row := range goals {
				if _, err := conn.ExecContext(ctx, `insert into raw.goal by name select 1 as import_id, $1 as natural_key, $1 as goal_id, '2025' as cycle, 'E1' as employee_id,
					$2 as title, nullif($3, '') as metric, nullif($4, '') as unit_of_measure, nullif($5, '')::double as target, nullif($6, '')::date as due_on`,
					fmt.Sprintf("%03d", i), row[0], row[1], row[2], row[3], row[4]); err != nil {
					return err
				}
			}
			return nil
		}))
		mart := rowsOf(t, s.db, "select specific_reason, measurable_reason, time_bound_reason from fct_goal_smart order by goal_id", Filter{})
		say := words.For(lang).T
		for from := 0; from < len(goals); from += boxGoals {
			batch := goals[from:min(from+boxGoals, len(goals))]
			var text strings.Builder
			for _, row := range batch {
				text.WriteString(strings.Join(row[:5], "\t") + "\n")
			}
			got := s.post("/goals/score?cycle=2025&lang="+lang, url.Values{"text": {text.String()}}, "HX-Request", "true")
			rules := scoredRules(got.body)
			if len(rules) != len(batch) {
				t.Fatalf("%s: %d of %d goals are scored: %s", lang, len(rules), len(batch), got.Status)
			}
			for i, row := range batch {
				want := cells(mart, "specific_reason", "measurable_reason", "time_bound_reason")[from+i]
				keys := strings.Fields(want)
				said := []string{rules[i][0], rules[i][1], rules[i][4]}
				if diff := cmp.Diff([]string{say("smart." + keys[0]), say("smart." + keys[1]), say("smart." + keys[2])}, said); diff != "" {
					t.Errorf("%s %q (-mart +box):\n%s", lang, row[0], diff)
				}
			}
		}
	}
}

// TestThePastedTextOfAnImportedGoalScoresTheSame compares all five criteria, with the fields beside the text and without script.
func TestThePastedTextOfAnImportedGoalScoresTheSame(t *testing.T) {
	s := serve(t, openWarehouse(t, loaded(setCompany)))
	mart := rowsOf(t, s.db, `select goal_id, specific_reason, measurable_reason, attainable_reason, relevant_reason, time_bound_reason, smart_score
		from fct_goal_smart where goal_id in ('gA1', 'gB1', 'gB5') order by goal_id`, Filter{})
	const linked = "Raise repeat orders in the East region"
	forms := []url.Values{
		{"text": {linked}, "metric": {"Orders"}, "unit_of_measure": {"orders"}, "target": {"100"}, "due_on": {"2026-12-31"}, "parent": {"UA"}},
		{"text": {"Improve quality"}},
		{"text": {linked + "\tOrders\torders\t1,00 \t2026/12/31\tGrow repeat business"}},
	}
	for i, form := range forms {
		for _, lang := range words.Languages {
			var want []string
			for _, key := range strings.Fields(cells(mart, "specific_reason", "measurable_reason", "attainable_reason", "relevant_reason", "time_bound_reason")[i]) {
				want = append(want, words.For(lang).T("smart."+key))
			}
			got := s.post("/goals/score?cycle=2026H2&lang="+lang, form)
			if diff := cmp.Diff([][]string{want}, scoredRules(got.body)); diff != "" {
				t.Errorf("%s %v (-mart +box):\n%s", lang, form, diff)
			}
			score := words.For(lang).T("goalbox.score", "score", cells(mart, "smart_score")[i])
			if !strings.Contains(got.body, score) || !strings.Contains(got.body, "<html") || !strings.Contains(got.body, ">"+form.Get("text")[:15]) {
				t.Errorf("%s %v: no page with the text and %q", lang, form, score)
			}
		}
	}
}

// TestWhatIsPastedDoesNothing pastes what tries to be markup, script, formula or layout: it is text, and neither logged nor kept.
func TestWhatIsPastedDoesNothing(t *testing.T) {
	s := serve(t, openWarehouse(t, loaded(setCompany)))
	before := s.db.Published()
	for name, text := range map[string]string{
		"markup":      `<img src=x onerror=alert(1)></textarea><script>alert(1)</script>`,
		"formula":     `=HYPERLINK("http://evil")` + "\t=1+1\t@x\t=2\t2026-99-99\t'; drop table raw.goal; --",
		"emoji":       strings.Repeat("😀", boxCharacters),
		"layout":      "\u202egnp.exe {{.Words}} __f__alert(1)__f__ {count|a|b}",
		"long":        strings.Repeat("宽", boxCharacters),
		"half a rune": "goal \u00e9\u0301 \ufffd",
		"blanks":      "\n\n  \t \nImprove quality\n\n",
	} {
		for _, header := range []string{"", "true"} {
			got := s.post("/goals/score?cycle=2026H2", url.Values{"text": {text}}, "HX-Request", header)
			if got.StatusCode != http.StatusOK || len(scoredRules(got.body)) != 1 {
				t.Errorf("%s: %s, %d goals", name, got.Status, len(scoredRules(got.body)))
			}
			if strings.Contains(got.body, "<img") || strings.Contains(got.body, "<script>alert") || got.Header.Get("Cache-Control") != "no-store" {
				t.Errorf("%s: markup came through, or the answer may be kept", name)
			}
		}
	}
	if s.log.Len() > 0 {
		t.Errorf("something was logged: %s", s.log)
	}
	if s.db.Published().ID != before.ID {
		t.Error("a pasted goal changed the warehouse")
	}
}

func TestABoxThatSaysNothingOrTooMuchIsRefused(t *testing.T) {
	s := serve(t, openWarehouse(t, loaded(setCompany)))
	for _, c := range []struct {
		text, origin string
		want         int
		say          string
	}{
		{" \n\t ", "same-origin", http.StatusUnprocessableEntity, "error.empty_goals"},
		{strings.Repeat("x", boxCharacters+1), "same-origin", http.StatusRequestEntityTooLarge, "error.long_goals"},
		{strings.Repeat("x", boxFormLimit), "same-origin", http.StatusRequestEntityTooLarge, "error.long_goals"},
		{strings.Repeat("goal\n", boxGoals) + "goal", "same-origin", http.StatusRequestEntityTooLarge, "error.long_goals"},
		{"a\x00b", "same-origin", http.StatusBadRequest, "error.bad_request"},
		{"\xff\xfe", "same-origin", http.StatusBadRequest, "error.bad_request"},
		{"goal", "cross-site", http.StatusForbidden, "error.cross_origin"},
		{strings.Repeat("goal\n", boxGoals), "same-origin", http.StatusOK, "smart.vague"},
	} {
		for _, lang := range words.Languages {
			for _, header := range []string{"", "true"} {
				got := s.post("/goals/score?lang="+lang, url.Values{"text": {c.text}}, "HX-Request", header, "Sec-Fetch-Site", c.origin)
				sentence := words.For(lang).T(c.say, "count", boxCharacters, "goals", boxGoals)
				if got.StatusCode != c.want || !strings.Contains(html.UnescapeString(got.body), sentence) {
					t.Errorf("%s %.20q: %s, want %d and %q", lang, c.text, got.Status, c.want, sentence)
				}
			}
		}
	}
}

// TestGoalsAreScoredInTheBrowser types into the box on the page of goals; the page stays where it is.
func TestGoalsAreScoredInTheBrowser(t *testing.T) {
	s := serve(t, openWarehouse(t, loaded(setCompany)))
	b := openTab(t, s)
	for _, lang := range words.Languages {
		b.open("/goals?cycle=2026H2&lang=" + lang)
		fill := func(text string) {
			eval[bool](b, fmt.Sprintf(`(() => {
				const box = document.querySelector(".goalbox");
				box.open = true;
				box.querySelector("textarea").value = %q;
				box.querySelector("button").click();
				return true;
			})()`, text))
		}
		fill("Improve quality <img src=x onerror=window.hacked=1>")
		b.until(`document.querySelectorAll("#goal-scores .scored dd").length === 5`)
		if !eval[bool](b, `location.pathname === "/goals" && !("hacked" in window) && !document.querySelector("main img") && !location.href.includes("quality")`) {
			t.Error("the page was left, or the text became markup or part of the address")
		}
		for _, violation := range b.violations() {
			t.Error(violation)
		}
		for _, complaint := range b.taken() {
			t.Error(complaint)
		}
		fill(strings.Repeat("x", boxCharacters+1))
		b.until(`document.querySelector("#goal-scores [role=alert]")`)
		time.Sleep(100 * time.Millisecond)
		b.taken() // the browser notes the refused request itself
	}
}
