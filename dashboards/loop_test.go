package dashboards

import (
	"context"
	"database/sql"
	"html"
	"regexp"
	"strings"
	"testing"

	"github.com/perfloop/perfloop/analytics"
)

// fourPeople go round a loop of 2025H2 as far as their number says: E1 has goals alone, E4 closes it. The improvements of E3 and E4
// are followed by a cycle in which E4 alone has theirs among the goals.
func fourPeople(ctx context.Context, conn *sql.Conn) error {
	for _, statement := range []string{
		`insert into raw.unit by name select 1 as import_id, 'u' || u as natural_key, u as unit_id, 'Unit ' || u as unit, case when u <> 'C' then 'C' end as parent_unit from (values ('C'), ('S'), ('T')) as t(u)`,
		`insert into raw.cycle by name select 1 as import_id, c as natural_key, c as cycle, a as starts_on, b as ends_on, b + 31 as feedback_due_on, b + 62 as improvement_due_on
			from (values ('2025H2', date '2025-07-01', date '2025-12-31'), ('2026H1', date '2026-01-01', date '2026-06-30')) as t(c, a, b)`,
		`insert into raw.employee by name select 1 as import_id, 'E' || i as natural_key, 'E' || i as employee_id, 'Person ' || i as employee_name, case when i < 3 then 'S' else 'T' end as unit, date '2020-01-01' as hired_on from range(1, 5) as t(i)`,
		`insert into raw.goal by name select 1 as import_id, c || i as natural_key, c as cycle, c || i as goal_id, 'E' || i as employee_id,
			case when c = '2026H1' and i = 4 then 'Reduce complaints' else 'Sell more' end as title, 'increase' as direction, 0.0 as baseline, 10.0 as target, 1.0 as weight, a as starts_on
			from range(1, 5) as t(i), (values ('2025H2', date '2025-07-01'), ('2026H1', date '2026-01-01')) as s(c, a)`,
		`insert into raw.plan_item by name select 1 as import_id, 'p' || i as natural_key, '2025H2' || i as goal_id, 'E' || i as employee_id, '2025H2' as cycle, 'Call all' as title, date '2025-08-15' as starts_on, date '2025-12-01' as due_on from range(2, 5) as t(i)`,
		`insert into raw.check_in by name select 1 as import_id, i || '-' || m as natural_key, '2025H2' as cycle, '2025H2' || i as goal_id, 'E' || i as employee_id, date '2025-07-20' + (m * 20)::int as checked_on, 10.0 * m / 8 as value from range(2, 5) as t(i), range(0, 9) as s(m)`,
		`insert into raw.appraisal by name select 1 as import_id, 'a' || i as natural_key, '2025H2' as cycle, 'E' || i as employee_id, 'manager' as reviewer_role, 'M' as reviewer_id, 'B' as label, date '2026-01-10' as appraised_on from range(3, 5) as t(i)`,
		`insert into raw.conversation by name select 1 as import_id, 'c' || i as natural_key, '2025H2' as cycle, 'E' || i as employee_id, 'feedback' as conversation_kind, date '2026-01-20' as held_on, 'calm' as strengths, 'complaints' as improvements, true as is_acknowledged, date '2026-01-21' as acknowledged_on from range(3, 5) as t(i)`,
		`insert into raw.improvement_plan by name select 1 as import_id, 'i' || i as natural_key, '2025H2' as cycle, 'E' || i as employee_id, 'improvement' as plan_kind, 'Complaints' as focus, date '2026-02-01' as starts_on from range(3, 5) as t(i)`,
	} {
		if _, err := conn.ExecContext(ctx, statement); err != nil {
			return err
		}
	}
	return nil
}

// TestTheRingSaysWhatTheMartsSay compares the ring with fct_step_unit and fct_loop_unit, which other queries make.
func TestTheRingSaysWhatTheMartsSay(t *testing.T) {
	db := openWarehouse(t, fourPeople)
	args := analytics.Args{"cycle": "2025H2", "compare": nil, "unit": nil, "job_family": nil, "location": nil, "grade": nil, "manager": nil, "attributes": nil,
		"lang": "en", "as_of": today()}
	s := &server{Config: Config{DB: db}, answers: newAnswers(answerBytes)}
	got, err := s.ask(t.Context(), LocalViewer(), "loop/steps", args)
	if err != nil {
		t.Fatal(err)
	}
	want, err := db.Query(t.Context(), `
		select step.step, step.leak_count, step.lead_median_days, loop.closed_share, onward.focus_count, onward.carried_over_share,
			step.on_time_count + step.late_count as done_count
		from fct_step_unit as step
		join fct_loop_unit as loop on loop.cycle_id = step.cycle_id and loop.unit_id is null
		join fct_loop_unit as onward on onward.cycle_id = '2026H1' and onward.unit_id is null
		where step.cycle_id = '2025H2' and step.unit_id is null order by step.step_number`, nil, 10)
	if err != nil {
		t.Fatal(err)
	}
	if len(want.Rows) != 6 {
		t.Fatalf("%d steps in the mart", len(want.Rows))
	}
	for _, mart := range want.Rows {
		done := int64(0)
		for _, row := range got.Rows {
			if row[got.Index("step")] != mart[0] {
				continue
			}
			if state := row[got.Index("state")]; state == "on_time" || state == "late" {
				done += row[got.Index("people_count")].(int64)
			}
			for i, column := range []string{"leak_count", "median_days", "closed_share", "focus_count", "carried_over_share"} {
				if row[got.Index(column)] != mart[i+1] {
					t.Errorf("%v, %s: %v, the mart says %v", mart[0], column, row[got.Index(column)], mart[i+1])
				}
			}
		}
		if done != mart[6] {
			t.Errorf("%v: %d done, the mart says %v", mart[0], done, mart[6])
		}
	}
	if want.Rows[0][5] != 0.5 || want.Rows[0][3] == 0.0 {
		t.Errorf("the company shows nothing: %v", want.Rows[0])
	}
}

var carriedSentence = regexp.MustCompile(`<p class="note carried">.*`)

var ringLink = regexp.MustCompile(`<a class="node (\w+)" href="([^"]+)"`)

// plainSpaces has no space that keeps a number and its sign together.
func plainSpaces(text string) string { return strings.ReplaceAll(text, "\u00a0", " ") }

// TestTheRingLeadsToEveryStepAndComesBack reads the drawing as it is served.
func TestTheRingLeadsToEveryStepAndComesBack(t *testing.T) {
	s := serve(t, openWarehouse(t, fourPeople))
	got := s.get("/panels/loop/steps?cycle=2025H2&unit=T&lang=en")
	got.body = plainSpaces(got.body)
	links := ringLink.FindAllStringSubmatch(got.body, -1)
	if len(links) != 6 {
		t.Fatalf("%d steps in the drawing\n%s", len(links), got.body)
	}
	for i, link := range links {
		to := html.UnescapeString(link[2])
		if link[1] != steps()[i] || !strings.HasPrefix(to, stepPaths()[link[1]]+"?") || !strings.Contains(to, "unit=T") {
			t.Errorf("step %d is %s and leads to %s", i+1, link[1], to)
		}
		if page := s.get(to); page.StatusCode != 200 {
			t.Errorf("%s: %s", to, page.Status)
		}
	}
	for _, want := range []string{"50.0 % carried over", "into the next goals", "Of 2 people with something to improve from 2025H2, 50.0 % have it among their goals of 2026H1."} {
		if !strings.Contains(got.body, want) {
			t.Errorf("no %q in %q", want, carriedSentence.FindString(got.body))
		}
	}
	if got := s.get("/panels/loop/steps?cycle=2026H1&lang=zh"); !strings.Contains(got.body, "来自上一周期") {
		t.Errorf("the improvements that came in are not said:\n%s", got.body)
	}
}

// TestALeakLeadsToThosePeople follows a step's leak to the list.
func TestALeakLeadsToThosePeople(t *testing.T) {
	s := serve(t, openWarehouse(t, fourPeople))
	body := plainSpaces(html.UnescapeString(s.get("/panels/loop/steps?cycle=2025H2&lang=en").body))
	if !strings.Contains(body, `href="/people?cycle=2025H2&leak=plan"`) || !strings.Contains(body, "1 lost here (25.0 %)") {
		t.Fatalf("no leak at the plan in\n%s", body)
	}
	list := s.get("/panels/people/list.csv?cycle=2025H2&leak=plan").body
	if !strings.Contains(list, "Person 1") || strings.Contains(list, "Person 2") {
		t.Errorf("the leak leads to\n%s", list)
	}
}

// TestUnitsAreRankedByMissedSteps holds the ranking against counting: both of T missed nothing, neither of S.
func TestUnitsAreRankedByMissedSteps(t *testing.T) {
	s := serve(t, openWarehouse(t, fourPeople))
	got := s.get("/panels/loop/units.csv?cycle=2025H2&lang=en").body
	first, second := strings.Index(got, "Unit T"), strings.Index(got, "Unit S")
	if first < 0 || second < first {
		t.Errorf("not ranked:\n%s", got)
	}
}

// TestARunningCycleIsNotSaidToHaveMissed: nobody can have closed a loop that has months to go.
func TestARunningCycleIsNotSaidToHaveMissed(t *testing.T) {
	s := serve(t, openWarehouse(t, scale(120)))
	figures := s.get("/panels/loop/figures?cycle=2026H2&lang=en").body
	if !strings.Contains(figures, "Not due yet.") || strings.Contains(plainSpaces(figures), "<strong>0.0 %") {
		t.Errorf("the headline figures of a running cycle:\n%s", figures)
	}
	if ring := s.get("/panels/loop/steps?cycle=2026H2&lang=en").body; !strings.Contains(ring, ">not due yet<") {
		t.Errorf("the ring of a running cycle:\n%s", ring)
	}
	if closed := s.get("/panels/loop/figures?cycle=2026H1&lang=en").body; strings.Contains(closed, "Not due yet.") {
		t.Errorf("the headline figures of a closed cycle:\n%s", closed)
	}
}
