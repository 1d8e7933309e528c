package dashboards

import (
	"html"
	"net/http"
	"regexp"
	"strings"
	"testing"

	"github.com/perfloop/perfloop/analytics"
	"github.com/perfloop/perfloop/dashboards/words"
	sqltext "github.com/perfloop/perfloop/sql"
)

// talkedCompany has a person whose figures of two closed cycles are all known, and five peers.
const talkedCompany = `
insert into raw.cycle by name select 1 as import_id, cycle as natural_key, cycle, cycle as cycle_name, 'half' as cycle_kind, starts_on, ends_on, 30 as check_in_days
from (values ('2025H2', date '2025-07-01', date '2025-12-31'), ('2026H1', date '2026-01-01', date '2026-06-30')) as c(cycle, starts_on, ends_on);
insert into raw.employee by name select 1 as import_id, 'E' || i as natural_key, 'E' || i as employee_id, 'Person ' || i as employee_name, 'Sales' as unit, 'M1' as manager_id, date '2020-01-01' as hired_on
from range(1, 7) as n(i);
insert into raw.goal by name select 1 as import_id, id || cycle || title as natural_key, id || cycle || title as goal_id, cycle, id as employee_id, title, 0.0 as baseline, 100.0 as target, weight, starts_on, ends_on as due_on
from (values ('E1', 'Orders', 0.5), ('E1', 'Visits', 0.3), ('E1', 'Reports', 0.2), ('E2', 'Orders', 1.0)) as g(id, title, weight),
	(values ('2025H2', date '2025-07-01', date '2025-12-31'), ('2026H1', date '2026-01-01', date '2026-06-30')) as c(cycle, starts_on, ends_on);
insert into raw.check_in by name select 1 as import_id, 2 as line, goal || checked_on as natural_key, goal as goal_id, 'E1' as employee_id, checked_on, value
from (values ('E12025H2Orders', date '2025-12-20', 60.0), ('E12026H1Orders', date '2026-03-20', 40.0), ('E12026H1Orders', date '2026-06-20', 120.0), ('E12026H1Visits', date '2026-06-20', 50.0)) as c(goal, checked_on, value);
insert into raw.rating_scale by name select 1 as import_id, code as natural_key, code, en as label_en, zh as label_zh, rank, value from (values ('A', 'Good', '良好', 2, 1.0), ('B', 'Poor', '较差', 1, 0.0)) as s(code, en, zh, rank, value);
insert into raw.appraisal by name select 1 as import_id, cycle || id || coalesce(item, '') as natural_key, cycle, id as employee_id, 'manager' as reviewer_role, 'M1' as reviewer_id, item, label, appraised_on
from (values ('2025H2', 'E1', null, 'B', date '2026-01-10'), ('2026H1', 'E1', null, 'A', date '2026-07-10'), ('2026H1', 'E1', 'Teamwork', 'A', date '2026-07-10'), ('2026H1', 'E1', 'Care', 'B', date '2026-07-10')) as a(cycle, id, item, label, appraised_on)
union all select 1, '2026H1E' || i || item, '2026H1', 'E' || i, 'manager', 'M1', item, label, date '2026-07-10'
from range(2, 7) as n(i), (values ('Teamwork', 'B'), ('Care', 'A')) as t(item, label);
insert into raw.conversation by name select 1 as import_id, 'talk' as natural_key, '2025H2' as cycle, 'E1' as employee_id, 'feedback' as conversation_kind, date '2026-01-20' as held_on, 'keeps promises' as strengths, 'plans too late' as improvements;
insert into raw.improvement_plan by name select 1 as import_id, 'plan' as natural_key, '2025H2' as cycle, 'E1' as employee_id, 'improvement' as plan_kind, 'Visits' as focus, date '2026-02-01' as starts_on, date '2026-12-31' as ends_on;
insert into raw.plan_item by name select 1 as import_id, 'item' as natural_key, 'E12026H1Orders' as goal_id, 'E1' as employee_id, '2026H1' as cycle, 'Call all' as title, date '2026-06-01' as due_on`

// plainText is a page without its markup, its spaces all of one kind.
func plainText(page string) string {
	return strings.NewReplacer("\u00a0", " ", "\u202f", " ").Replace(html.UnescapeString(tag.ReplaceAllString(page, "")))
}

var tag = regexp.MustCompile(`<[^>]+>`)

// TestTheBriefSaysWhatTheFiguresSay reads the brief's sentences, each with its figure, in both languages.
func TestTheBriefSaysWhatTheFiguresSay(t *testing.T) {
	s := serve(t, openWarehouse(t, loaded(talkedCompany)))
	for lang, sentences := range map[string][]string{
		"en": {
			"“Orders” came to 120.0 % of what was agreed (120 against a target of 100); its weight is 50.0 %.",
			"“Visits” stayed at 50.0 % of what was agreed (50 against a target of 100); its weight is 30.0 %.",
			"1 of 3 goals have no evidence",
			"Others rate Teamwork at 100.0 % of the scale; the mean of 6 people is 16.7 %.",
			"Others rate Care at 0.0 % of the scale; the mean of 6 people is 83.3 %.",
			"Attainment went from 60.0 % to 93.8 %: +33.8 points. How much of it is chance cannot be said.",
			"The rating went from Poor to Good.",
			"“Call all” was due on 1 Jun 2026 and is 174 days late.",
			"The plan “Visits” runs until 31 Dec 2026.",
			"The talk of 20 Jan 2026 named to improve: plans too late.",
			"“Visits” was to improve and came back as the goal “Visits”.",
			"No KPI alarm in the cycle.",
		},
		"zh": {"“Orders”达成 120.0 %", "评级由 较差 变为 良好。", "2026年1月20日 的面谈指出的优点：keeps promises。", "其中偶然因素有多少无法判断。"},
	} {
		got := s.get("/people/E1/brief?lang=" + lang)
		text := plainText(got.body)
		for _, sentence := range sentences {
			if !strings.Contains(text, sentence) {
				t.Errorf("%s: %s, the brief lacks %q:\n%s", lang, got.Status, sentence, text)
			}
		}
		if strings.Contains(text, "point.") || strings.Contains(text, "{") {
			t.Errorf("%s: a sentence has no words:\n%s", lang, text)
		}
	}
	if got := s.get("/people/nobody/brief"); got.StatusCode != http.StatusNotFound {
		t.Errorf("nobody: %s", got.Status)
	}
}

// pointKey is a key of a sentence, or the beginning of one that a column completes.
var pointKey = regexp.MustCompile(`'((?:goal|goals|trait|traits|change|rating|alarm|item|plan|talk|focus|agreed)_[a-z_]*|waits|noted)'`)

// TestEveryPointOfABriefHasWords reads the keys out of the queries: a sentence is found for each in both languages.
func TestEveryPointOfABriefHasWords(t *testing.T) {
	for _, lang := range words.Languages {
		w := words.For(lang)
		for _, query := range briefQueries() {
			f, _ := sqltext.Panel(query)
			keys := pointKey.FindAllStringSubmatch(f.Text, -1)
			if len(keys) == 0 {
				t.Errorf("%s: no key found", query)
			}
			for _, found := range keys {
				isSaid := w.Has("point." + found[1])
				for _, key := range w.Keys() {
					isSaid = isSaid || strings.HasSuffix(found[1], "_") && strings.HasPrefix(key, "point."+found[1])
				}
				if !isSaid {
					t.Errorf("%s: %s says %s, which has no words", lang, query, found[1])
				}
			}
		}
	}
}

// TestAGoalsCourseIsDrawnFromItsCheckIns follows the numbers of the check-ins to the points of the line.
func TestAGoalsCourseIsDrawnFromItsCheckIns(t *testing.T) {
	s := serve(t, openWarehouse(t, loaded(talkedCompany)))
	got := s.get("/panels/person/goals?employee_id=E1&lang=en")
	body := strings.NewReplacer("\u00a0", " ", "\u202f", " ").Replace(got.body)
	for _, want := range []string{`<polyline points="3.0,12.3 93.0,3.0"/>`, "2 check-ins: from 40.0 % to 120.0 %", `<polyline points="93.0,11.2"/>`} {
		if !strings.Contains(body, want) {
			t.Errorf("no %s in\n%s", want, body)
		}
	}
	if json := s.get("/panels/person/goals.json?employee_id=E1"); !strings.Contains(json.body, "0.4 1.2") {
		t.Errorf("the export lacks the course: %s", json.body)
	}
	for _, list := range []string{"", "x", "NaN inf"} {
		if sparkOf(&request{Words: words.For("en")}, list) != nil {
			t.Errorf("%q is drawn", list)
		}
	}
}

// TestAPersonsPageIsNotEmpty asks for every panel of somebody in the generated company.
func TestAPersonsPageIsNotEmpty(t *testing.T) {
	s := serve(t, openWarehouse(t, scale(120)))
	for _, p := range personPanels() {
		id := "E7"
		if p.Name == "person/readings" || p.Name == "person/incentives" || p.Name == "person/plans" {
			id = oneWith(t, s, map[string]string{"person/readings": "fct_reading", "person/incentives": "fct_incentive", "person/plans": "fct_improvement_plan"}[p.Name])
		}
		if got := s.get("/panels/" + p.Name + "?employee_id=" + id); p.Name != "person/notes" && strings.Contains(got.body, `class="nothing"`) {
			t.Errorf("%s is empty for %s", p.Name, id)
		}
	}
	if got := s.get("/people/E7"); !strings.Contains(got.body, "/people/E7/brief") {
		t.Error("the page does not lead to the brief")
	}
}

func oneWith(t *testing.T, s *site, mart string) string {
	t.Helper()
	found, err := s.db.Query(t.Context(), "select min(employee_id) from "+mart, analytics.Args{}, 1)
	if err != nil {
		t.Fatal(err)
	}
	return found.Rows[0][0].(string)
}
