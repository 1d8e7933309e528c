package dashboards

import (
	"context"
	"database/sql"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/perfloop/perfloop/analytics"
)

// TestMonitoringAndFeedbackAreNotEmpty guards the other tests: pages of empty panels would pass them.
func TestMonitoringAndFeedbackAreNotEmpty(t *testing.T) {
	s := serve(t, openWarehouse(t, scale(120)))
	for _, b := range []Page{monitoringPage(), feedbackPage()} {
		for _, p := range b.Panels {
			cycle := "2026H2"
			if b.IsClosed || p.Name == "monitoring/missing" {
				cycle = "2026H1"
			}
			got := s.get("/panels/" + p.Name + "?cycle=" + cycle)
			if strings.Contains(got.body, `class="nothing"`) {
				t.Errorf("%s is empty on the generated company", p.Name)
			}
		}
	}
}

// watched loads twelve people in two units. In A nobody has checked in for a month, two call a goal on track that is
// far behind, the orders of five fell at once, and feedback on the half-year before has reached one of six; in B
// everybody looks, the quality of one fell alone, and feedback has reached all.
func watched(ctx context.Context, conn *sql.Conn) error {
	for _, text := range []string{
		`insert into raw.cycle by name select 1 as import_id, label as natural_key, label as cycle, 'half' as cycle_kind, starts_on, ends_on, 30 as check_in_days
			from (values ('2026H1', date '2026-01-01', date '2026-06-30'), ('2026H2', date '2026-07-01', date '2026-12-31')) as c(label, starts_on, ends_on)`,
		`insert into raw.unit by name select 1 as import_id, unit_id as natural_key, unit_id, unit, parent_unit
			from (values ('C', 'Company', null), ('A', 'Orders desk', 'C'), ('B', 'Workshop', 'C')) as u(unit_id, unit, parent_unit)`,
		`insert into raw.employee by name select 1 as import_id, unit || i as natural_key, unit || i as employee_id, 'Person ' || unit || i as employee_name,
			unit, 'M' || unit as manager_id, case unit when 'A' then 'Sales' else 'Craft' end as job_family, date '2020-01-01' as hired_on
			from range(1, 7) as n(i) cross join (values ('A'), ('B')) as u(unit)
			union all by name select 1 as import_id, 'M' || unit as natural_key, 'M' || unit as employee_id, 'Manager ' || unit as employee_name,
			unit, date '2020-01-01' as hired_on from (values ('A'), ('B')) as u(unit)`,
		`insert into raw.goal by name select 1 as import_id, 'g' || employee_id as natural_key, 'g' || employee_id as goal_id, '2026H2' as cycle, employee_id,
			'Goal of ' || employee_id as title, 'increase' as direction, 0 as baseline, 100 as target, 1 as weight,
			date '2026-07-01' as starts_on, date '2026-12-31' as due_on from raw.employee where manager_id is not null`,
		`insert into raw.check_in by name select 1 as import_id, row_number() over () as line, employee_id || checked_on as natural_key, 'g' || employee_id as goal_id, employee_id, checked_on,
			case unit when 'A' then 20 else 80 end as value, case when employee_id in ('A1', 'A2') or unit = 'B' then 'on_track' end as status
			from raw.employee cross join (values (date '2026-10-10'), (date '2026-11-10')) as d(checked_on)
			where manager_id is not null and (unit = 'B' or checked_on < '2026-11-01')`,
		`insert into raw.reading by name select 1 as import_id, metric || employee_id || m as natural_key, metric, employee_id,
			last_day(date '2025-09-01' + to_months(m::integer)) as read_on, 'increase' as direction,
			case when m = 13 and employee_id in ('A1', 'A2', 'A3', 'A4', 'A5', 'B1') then 50 else 100 + m % 4 end as value
			from (select employee_id, case unit when 'A' then 'Orders' else 'Quality' end as metric from raw.employee where manager_id is not null)
			cross join range(14) as n(m)`,
		`insert into raw.rating_scale by name select 1 as import_id, code as natural_key, code, label as label_en, label as label_zh, rank, rank as value
			from (values ('D', 'Poor', 1), ('C', 'Fair', 2), ('B', 'Good', 3), ('A', 'Excellent', 4)) as s(code, label, rank)`,
		`insert into raw.appraisal by name select 1 as import_id, employee_id as natural_key, '2026H1' as cycle, employee_id, 'manager' as reviewer_role,
			manager_id as reviewer_id, case when employee_id in ('A1', 'A2') then 'D' else 'B' end as label, date '2026-07-10' as appraised_on
			from raw.employee where manager_id is not null`,
		`insert into raw.conversation by name select 1 as import_id, 'f' || employee_id as natural_key, '2026H1' as cycle, employee_id, 'feedback' as conversation_kind,
			case unit when 'B' then date '2026-07-15' else date '2026-08-20' end as held_on, 'Careful' as strengths,
			case when employee_id not in ('B5', 'B6') then 'Slow' end as improvements, case when employee_id < 'B4' then 'Agreed' end as response,
			employee_id != 'B6' as is_acknowledged from raw.employee where manager_id is not null and (unit = 'B' or employee_id = 'A3')`,
	} {
		if _, err := conn.ExecContext(ctx, text); err != nil {
			return err
		}
	}
	return nil
}

func TestMonitoringAndFeedbackOpenWithWhatToLookAt(t *testing.T) {
	s := serve(t, openWarehouse(t, watched))
	for path, want := range map[string][]string{
		"/monitoring": {
			"Orders desk has stopped checking in: 0 of 6 people with goals did so in the last 30 days, 6 in as many before.",
			"5 KPI alarms of 5 people still wait for a check-in or a talk, the longest for 22 days: Orders, Person A1.",
			"Orders points to the environment: 5 of its 5 alarms since 31 Oct 2026 came while peers fell too. Look at the market or the plan before the person.",
		},
		"/feedback": {
			"2 people rated low were never met although the feedback is due; 2 of them report to Manager A.",
			"In Orders desk 83.3\u00a0% of rated people still wait for feedback, 0.0\u00a0% elsewhere.",
			"2 of 7 feedback conversations name no strengths or no points to improve (28.6\u00a0%).",
		},
		"/monitoring?unit=B": {"Quality fell for Person B1 alone (1 alarm) while peers were as usual: a talk is due."},
	} {
		page := s.get(path).body
		for _, sentence := range want {
			if !strings.Contains(page, sentence) {
				t.Errorf("%s does not say %q; it says %v", path, sentence, between(page, `<ul class="findings"`, "</ul>"))
			}
		}
	}
	if page := s.get("/monitoring?unit=B").body; strings.Contains(page, "has stopped checking in") {
		t.Error("a unit that checks in is told that it has stopped")
	}
}

func between(text, from, to string) string {
	_, after, _ := strings.Cut(text, from)
	before, _, _ := strings.Cut(after, to)
	return before
}

// TestFindingsAreOfTheirPeople follows each finding to its people.
func TestFindingsAreOfTheirPeople(t *testing.T) {
	db := openWarehouse(t, watched)
	list := panelText(t, "people/list")
	for name, c := range map[string]struct {
		filter Filter
		want   string
	}{
		"nobody looks":           {Filter{Cycle: "2026H2", Unit: "A", Sign: "check_in_overdue"}, "A1 A2 A3 A4 A5 A6"},
		"unanswered alarms":      {Filter{Cycle: "2026H2", Sign: "alarm_unanswered"}, "A1 A2 A3 A4 A5"},
		"flattered goals":        {Filter{Cycle: "2026H2", Sign: "owner_flatters"}, "A1 A2"},
		"environment":            {Filter{Cycle: "2026H2", Alarm: "dip", Cause: "environment"}, "A1 A2 A3 A4 A5"},
		"individual":             {Filter{Cycle: "2026H2", Cause: "individual"}, "B1"},
		"low rated, never met":   {Filter{Cycle: "2026H1", Sign: "low_unmet"}, "A1 A2"},
		"waiting":                {Filter{Cycle: "2026H1", Sign: "feedback_waiting"}, "A1 A2 A4 A5 A6"},
		"late":                   {Filter{Cycle: "2026H1", Sign: "feedback_late"}, "A3"},
		"within a week":          {Filter{Cycle: "2026H1", Measure: "feedback_days", From: "4", To: "8"}, "B1 B2 B3 B4 B5 B6"},
		"not acknowledged":       {Filter{Cycle: "2026H1", Sign: "feedback_unacknowledged"}, "B6"},
		"calls behind on track":  {Filter{Cycle: "2026H2", Status: "off_track", OwnerStatus: "on_track"}, "A1 A2"},
		"answered within a week": {Filter{Cycle: "2026H2", Measure: "reaction_days", From: "8", To: "15"}, "B1"},
	} {
		want := map[string]bool{}
		for _, id := range strings.Fields(c.want) {
			want[id] = true
		}
		if diff := cmp.Diff(want, employees(t, db, list, c.filter)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
}

// cells are the values of some columns, row by row, as text.
func cells(result *analytics.Result, columns ...string) []string {
	var rows []string
	for _, row := range result.Rows {
		var found []string
		for _, column := range columns {
			found = append(found, value(result, row, column))
		}
		rows = append(rows, strings.Join(found, " "))
	}
	return rows
}

// TestMonitoringPanelsSayWhatIsThere holds panels against what the small company was made of.
func TestMonitoringPanelsSayWhatIsThere(t *testing.T) {
	db := openWarehouse(t, watched)
	now, before := Filter{Cycle: "2026H2"}, Filter{Cycle: "2026H1"}
	for _, c := range []struct {
		panel   string
		filter  Filter
		columns string
		want    []string
	}{
		{"monitoring/status", now, "owner_status status goal_count agreement", []string{"on_track off_track 2 owner_kinder", "on_track on_track 6 agreed"}},
		{"monitoring/disagreements", now, "employee_id owner_status status", []string{"A1 on_track off_track", "A2 on_track off_track"}},
		{"monitoring/overdue", now, "employee_id check_in_overdue_days", []string{"A1 13", "A2 13", "A3 13", "A4 13", "A5 13", "A6 13"}},
		{"monitoring/alarms", now, "metric environment_count both_count individual_count unknown_count", []string{"Orders 5 0 0 0", "Quality 0 0 1 0"}},
		{"monitoring/reaction", now, "reaction_span alarm_count replanned_count", []string{"0–3 0 0", "4–7 0 0", "8–14 1 0", "15–30 0 0", "31+ 0 0", "none 5 0"}},
		{"monitoring/forecast", now, "chance_band goal_count reason_key", []string{"unknown 12 no_history"}},
		{"monitoring/pace", Filter{Cycle: "2026H2", Unit: "A"}, "pace_band goal_count people_count", []string{"< −50 6 6"}},
		{"feedback/unmet", before, "employee_id rating waiting_days", []string{"A1 Poor 135", "A2 Poor 135"}},
		{"feedback/days", before, "days_span people_count", []string{"0–3 0", "4–7 6", "8–14 0", "15–30 0", "31+ 1", "none 5"}},
		{"feedback/managers", before, "manager_id waiting_count low_unmet_count people_count", []string{"MA 5 2 6"}},
		{"feedback/content", before, "content conversation_count total_count", []string{"strengths 7 7", "improvements 5 7", "both 5 7", "response 4 7", "acknowledgement 6 7"}},
		{"feedback/figures", before, "figure value_share people_count", []string{"delivered 0.5833 12", "timely 0.8571 7", "acknowledged 0.5 12", "both_named 0.7143 7", "responded 0.5714 7", "low_met 0 2"}},
	} {
		result := rowsOf(t, db, panelText(t, c.panel), c.filter)
		if diff := cmp.Diff(c.want, cells(result, strings.Fields(c.columns)...)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", c.panel, diff)
		}
	}
}

// TestUnitPanelsAgreeWithTheMarts: without a filter, units compared from their people are what the marts of units say.
func TestUnitPanelsAgreeWithTheMarts(t *testing.T) {
	db := openWarehouse(t, scale(400))
	for _, c := range []struct{ panel, mart string }{
		{"monitoring/units", `select unit_id, people_count, round(cadence_share, 4) as cadence_share, cadence_people_count, round(disagreement_share, 4) as disagreement_share,
			owner_kinder_count, one_on_one_count, observation_count, round(1 - no_conversation_people_count / people_count, 4) as talked_share
			from fct_unit_monitoring where cycle_id = '2026H1' and unit_id like 'D%' order by cadence_share, unit_id`},
		{"feedback/units", `select unit_id, appraised_count as people_count, round(delivered_share, 4) as delivered_share, round(acknowledged_share, 4) as acknowledged_share,
			round(timely_share, 4) as timely_share, dated_count, round(both_named_share, 4) as both_named_share, round(response_share, 4) as response_share, low_rated_count, low_unmet_count
			from fct_feedback_unit where cycle_id = '2026H1' and unit_id like 'D%' order by delivered_share, unit_id`},
		{"feedback/unit_days", `select unit_id, feedback_median_days as median_days, feedback_lower_quartile_days as lower_quartile_days, feedback_upper_quartile_days as upper_quartile_days,
			dated_count as people_count from fct_feedback_unit where cycle_id = '2026H1' and unit_id like 'D%'
			order by median_days, upper_quartile_days, unit_id`},
	} {
		want := rowsOf(t, db, c.mart, Filter{})
		var columns []string
		for _, column := range want.Columns {
			columns = append(columns, column.Name)
		}
		got := rowsOf(t, db, panelText(t, c.panel), Filter{Cycle: "2026H1"})
		if diff := cmp.Diff(cells(want, columns...), cells(got, columns...)); diff != "" || len(want.Rows) < 5 {
			t.Errorf("%s: %d units (-mart +panel):\n%s", c.panel, len(want.Rows), diff)
		}
	}
}

// TestTheAddressChoosesTheSeries: an alarm in the list leads to its own series, which the page keeps while it is filtered.
func TestTheAddressChoosesTheSeries(t *testing.T) {
	s := serve(t, openWarehouse(t, watched))
	if got := s.get("/panels/monitoring/series?cycle=2026H2").body; !strings.Contains(got, "Orders · Person A1 · Orders desk") {
		t.Errorf("the newest alarm that is farthest off is not shown: %s", between(got, `class="subject">`, "</p>"))
	}
	list := s.get("/panels/monitoring/unanswered?cycle=2026H2").body
	const link = "/monitoring?compare=2026H1&amp;cycle=2026H2&amp;employee_id=B1&amp;metric=Quality"
	if !strings.Contains(list, link) {
		t.Fatalf("no row of the list leads to %s", link)
	}
	page := s.get(strings.ReplaceAll(link, "&amp;", "&")).body
	const panel = "/panels/monitoring/series?compare=2026H1&amp;cycle=2026H2&amp;employee_id=B1&amp;metric=Quality"
	if !strings.Contains(page, panel) {
		t.Errorf("the page does not ask for %s", panel)
	}
	for _, name := range []string{"series", "cusum"} {
		if got := s.get("/panels/monitoring/" + name + "?cycle=2026H2&employee_id=B1&metric=Quality").body; !strings.Contains(got, "Quality · Person B1 · Workshop") {
			t.Errorf("%s shows %q", name, between(got, `class="subject">`, "</p>"))
		}
	}
	if got := s.get("/panels/monitoring/series?cycle=2026H2&employee_id=B2").body; !strings.Contains(got, "Quality · Person B2 · Workshop") {
		t.Error("a series without an alarm is not shown when asked for")
	}
}
