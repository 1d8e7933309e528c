package dashboards

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// setCompany is fourteen people in two units. In A everybody's goal is written well, linked and planned; of its milestones one came ten days
// late, one is overdue and one still to come. In B four have a goal that would fit anybody at half the weight, one has a linked goal whose
// milestone is overdue, one only a cancelled goal. The managers have none.
const setCompany = `insert into raw.cycle by name select 1 as import_id, '2026H2' as natural_key, '2026H2' as cycle, 'half' as cycle_kind,
	date '2026-07-01' as starts_on, date '2026-12-31' as ends_on;
insert into raw.unit by name select 1 as import_id, unit_id as natural_key, unit_id, unit, parent_unit
	from (values ('C', 'Company', null), ('A', 'Orders desk', 'C'), ('B', 'Workshop', 'C')) as u(unit_id, unit, parent_unit);
insert into raw.employee by name select 1 as import_id, unit || i as natural_key, unit || i as employee_id, 'Person ' || unit || i as employee_name,
	unit, 'M' || unit as manager_id, date '2020-01-01' as hired_on from range(1, 7) as n(i) cross join (values ('A'), ('B')) as u(unit)
	union all by name select 1 as import_id, 'M' || unit as natural_key, 'M' || unit as employee_id, 'Manager ' || unit as employee_name,
	unit, date '2020-01-01' as hired_on from (values ('A'), ('B')) as u(unit);
insert into raw.goal by name select 1 as import_id, goal_id as natural_key, goal_id, '2026H2' as cycle, unit, title, parent_goal_id, is_strategic, date '2026-12-31' as due_on
	from (values ('S1', 'C', 'Grow repeat business', null, true), ('UA', 'A', 'More repeat orders', 'S1', false)) as g(goal_id, unit, title, parent_goal_id, is_strategic);
insert into raw.goal by name select 1 as import_id, 'g' || employee_id as natural_key, 'g' || employee_id as goal_id, '2026H2' as cycle, employee_id,
	'Raise repeat orders in the East region' as title, 'Orders' as metric, 'orders' as unit_of_measure, 100 as target, 1 as weight,
	case unit when 'A' then 'UA' else 'Grow repeat business' end as parent_goal_id, date '2026-12-31' as due_on
	from raw.employee where manager_id is not null and (unit = 'A' or employee_id = 'B5');
insert into raw.goal by name select 1 as import_id, 'g' || employee_id as natural_key, 'g' || employee_id as goal_id, '2026H2' as cycle, employee_id,
	'Improve quality' as title, 0.5 as weight, case employee_id when 'B6' then 'cancelled' end as status
	from raw.employee where manager_id is not null and unit = 'B' and employee_id != 'B5';
insert into raw.plan_item by name select 1 as import_id, 'p' || goal_id as natural_key, 'p' || goal_id as plan_item_id, goal_id, '2026H2' as cycle, employee_id,
	'Visit of ' || employee_id as title, case employee_id when 'A6' then date '2026-12-01' when 'B5' then date '2026-09-30' else date '2026-08-31' end as due_on,
	case when employee_id in ('A1', 'A2', 'A3') then date '2026-08-30' when employee_id = 'A4' then date '2026-09-10' end as done_on
	from raw.goal where employee_id is not null and (employee_id like 'A%' or employee_id in ('B5', 'B6'))`

// TestGoalAndPlanPanelsSayWhatIsThere holds panels against what the small company was made of.
func TestGoalAndPlanPanelsSayWhatIsThere(t *testing.T) {
	db := openWarehouse(t, loaded(setCompany))
	now := Filter{Cycle: "2026H2"}
	for _, c := range []struct {
		panel, columns string
		filter         Filter
		want           []string
	}{
		{"goals/figures", "figure value_share people_count", now, []string{"goals_covered 0.7857 14", "goals_timely 0.5 14", "weights_complete 0.6364 11", "smart 0.6091 11", "goals_aligned 0.6364 11"}},
		{"goals/smart", "criterion met_count half_met_count unmet_count people_count", now,
			[]string{"specific 7 0 4 11", "measurable 7 0 4 11", "attainable 0 11 0 11", "relevant 7 0 4 11", "time_bound 7 0 4 11"}},
		{"goals/rules", "smart_rule goal_count goal_share people_count", now,
			[]string{"no_number 4 0.3636 4", "unlinked 4 0.3636 4", "vague 4 0.3636 4", "no_time 4 0.3636 4", "no_history 11 1 11"}},
		{"goals/mend", "employee_id smart_score mend", now, []string{"B1 0.5 vague|no_number|unlinked|no_time", "B2 0.5 vague|no_number|unlinked|no_time",
			"B3 0.5 vague|no_number|unlinked|no_time", "B4 0.5 vague|no_number|unlinked|no_time"}},
		{"goals/tree", "goal_branch goal_count people_count drill_unit", now, []string{"Grow repeat business 7 7 ", "unlinked 4 4 ",
			"Orders desk 6 6 A", "Workshop 1 1 B", "Workshop 4 4 B"}},
		{"goals/tree", "branch_kind goal_branch goal_count drill_manager", Filter{Cycle: "2026H2", Unit: "B"}, []string{"objective Grow repeat business 1 ", "objective unlinked 4 ",
			"manager Manager B 1 MB", "manager Manager B 4 MB", "person Person B5 1 ", "person Person B1 1 ", "person Person B2 1 ", "person Person B3 1 ", "person Person B4 1 "}},
		{"goals/goal_count", "goal_number people_count people_share", now, []string{"0 3 0.2143", "1 11 0.7857"}},
		{"goals/weights", "weight_state people_count drill_sign", now, []string{"weight_complete 7 ", "weight_under 4 weight_under"}},
		{"goals/uncovered", "employee_id", now, []string{"MA", "MB", "B6"}},
		{"plans/figures", "figure value_share people_count", now, []string{"plan_covered 0.6364 11", "plan_reached 0.6364 11", "milestone_punctual 0.5 6", "milestone_done 0.6667 6", "milestone_overdue 0.3333 6"}},
		{"plans/slippage", "late_span milestone_count overdue_count people_count", now, []string{"0 3 0 3", "1–7 0 0 0", "8–14 1 0 1", "15–30 0 0 0", "31–60 1 1 1", "61+ 1 1 1"}},
		{"plans/months", "due_month punctual_count late_count overdue_count coming_count", now, []string{"2026-08 3 1 1 0", "2026-09 0 0 1 0", "2026-12 0 0 0 1"}},
		{"plans/overdue", "employee_id overdue_days milestone", now, []string{"A5 83 Visit of A5", "B5 53 Visit of B5"}},
		{"plans/coming", "employee_id left_days", now, []string{"A6 9"}},
		{"plans/unplanned", "employee_id weight_share", now, []string{"B1 1", "B2 1", "B3 1", "B4 1"}},
		{"plans/managers", "manager_id overdue_count due_count longest_days", now, []string{"MB 1 1 53", "MA 1 5 83"}},
		{"plans/coverage", "coverage_band people_count", now, []string{"0 % 4", "1–50 % 0", "50–80 % 0", "80–100 % 0", "100 % 7"}},
		{"plans/units", "unit_id plan_coverage_share punctual_share due_count overdue_count", now, []string{"B 0.2 0 1 1", "A 1 0.6 5 1"}},
	} {
		result := rowsOf(t, db, panelText(t, c.panel), c.filter)
		if diff := cmp.Diff(c.want, cells(result, strings.Fields(c.columns)...)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", c.panel, diff)
		}
	}
	timeline := rowsOf(t, db, panelText(t, "plans/timeline"), now)
	last := timeline.Rows[len(timeline.Rows)-1]
	if value(timeline, last, "due_count") != "7" || last[timeline.Index("done_count")] != nil {
		t.Errorf("the timeline ends with %v, want 7 due and nothing said of what will be done", last)
	}
	if got := cells(timeline, "due_count", "done_count", "behind_count"); !strings.Contains(strings.Join(got, "|"), "6 4 2") {
		t.Errorf("today is not on the timeline: %v", got)
	}
}

// TestGoalsToMendGoOutInWords: who gets the file reads what to write; a program gets the codes.
func TestGoalsToMendGoOutInWords(t *testing.T) {
	s := serve(t, openWarehouse(t, loaded(setCompany)))
	for path, want := range map[string]string{"mend.csv?lang=en": "anybody. Add a target figure and what it counts.", "mend.csv?lang=zh": "请补充目标值，并说明衡量什么。", "mend.json?lang=en": `"vague|no_number|unlinked|no_time"`} {
		if got := s.get("/panels/goals/" + path + "&cycle=2026H2").body; !strings.Contains(got, want) {
			t.Errorf("%s lacks %q:\n%s", path, want, got)
		}
	}
}

func TestGoalsAndPlansOpenWithWhatToLookAt(t *testing.T) {
	s := serve(t, openWarehouse(t, loaded(setCompany)))
	for path, want := range map[string][]string{
		"/goals": {
			"3 people have no goals, though these were due on 19 Jul 2026.",
			"4 goals of 4 people (36.4\u00a0%) have no target figure: progress on them cannot be measured.",
			"The weights of 4 people add up to less than 100 %, down to 50.0\u00a0%: a goal may be missing.",
		},
		"/plans": {
			"2 milestones of 2 people are overdue, the longest for 83 days: Visit of A5, Person A5.",
			"4 goals of 4 people have no dated plan; the heaviest is Improve quality of Person B1 (100.0\u00a0% of the weight).",
		},
	} {
		page := s.get(path).body
		for _, sentence := range want {
			if !strings.Contains(page, sentence) {
				t.Errorf("%s does not say %q; it says %v", path, sentence, between(page, `<ul class="findings"`, "</ul>"))
			}
		}
	}
}

// TestGoalAndPlanMarksLeadToTheirPeople follows marks of both pages.
func TestGoalAndPlanMarksLeadToTheirPeople(t *testing.T) {
	db := openWarehouse(t, loaded(setCompany))
	list := panelText(t, "people/list")
	for name, c := range map[string]struct {
		filter Filter
		want   string
	}{
		"no goals":           {Filter{Sign: "no_goals"}, "B6 MA MB"},
		"vague":              {Filter{Sign: "smart_vague"}, "B1 B2 B3 B4"},
		"not specific":       {Filter{Sign: "smart_specific"}, "B1 B2 B3 B4"},
		"unlinked":           {Filter{Sign: "smart_unlinked"}, "B1 B2 B3 B4"},
		"clear, not a fault": {Filter{Sign: "smart_clear"}, "A1 A2 A3 A4 A5 A6 B5"},
		"no history":         {Filter{Sign: "smart_no_history", Unit: "B"}, "B1 B2 B3 B4 B5"},
		"weights under":      {Filter{Sign: "weight_under"}, "B1 B2 B3 B4"},
		"weights":            {Filter{Sign: "weight_incomplete"}, "B1 B2 B3 B4"},
		"weights over":       {Filter{Sign: "weight_over"}, ""},
		"not aligned":        {Filter{Sign: "not_aligned"}, "B1 B2 B3 B4"},
		"one goal":           {Filter{Measure: "goal_count", From: "1", To: "2"}, "A1 A2 A3 A4 A5 A6 B1 B2 B3 B4 B5"},
		"overdue":            {Filter{Sign: "milestone_overdue"}, "A5 B5"},
		"unplanned":          {Filter{Sign: "goal_unplanned"}, "B1 B2 B3 B4"},
		"ten days late":      {Filter{Measure: "late_days", From: "8", To: "15"}, "A4"},
		"in time":            {Filter{Measure: "late_days", From: "0", To: "1"}, "A1 A2 A3"},
		"nothing planned":    {Filter{Measure: "plan_coverage", From: "0", To: "0.000001"}, "B1 B2 B3 B4"},
		"all planned":        {Filter{Measure: "plan_coverage", From: "1", To: "9"}, "A1 A2 A3 A4 A5 A6 B5"},
	} {
		c.filter.Cycle = "2026H2"
		want := map[string]bool{}
		for _, id := range strings.Fields(c.want) {
			want[id] = true
		}
		if diff := cmp.Diff(want, employees(t, db, list, c.filter)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
}

// TestGoalAndPlanUnitsAgreeWithTheMarts: without a filter, units compared from their people are what the marts of units say.
func TestGoalAndPlanUnitsAgreeWithTheMarts(t *testing.T) {
	db := openWarehouse(t, scale(400))
	for _, c := range []struct{ panel, mart string }{
		{"goals/units", `select unit_id, people_count, round(coverage_share, 4) as coverage_share, round(aligned_share, 4) as aligned_share, aligned_people_count,
			round(median_aligned_share, 4) as median_aligned_share from fct_unit_goal where cycle_id = '2026H2' and unit_id like 'D%' order by unit_id`},
		{"plans/units", `select unit_id, person_count as people_count, with_goal_count, round(plan_coverage_share, 4) as plan_coverage_share,
			round(plan_coverage_median_share, 4) as plan_coverage_median_share, round(punctual_share, 4) as punctual_share, due_count, late_median_days
			from fct_plan_unit where cycle_id = '2026H2' and unit_id like 'D%' order by unit_id`},
	} {
		want := rowsOf(t, db, c.mart, Filter{})
		var columns []string
		for _, column := range want.Columns {
			columns = append(columns, column.Name)
		}
		got := rowsOf(t, db, "from ("+panelText(t, c.panel)+") order by unit_id", Filter{Cycle: "2026H2"})
		if diff := cmp.Diff(cells(want, columns...), cells(got, columns...)); diff != "" || len(want.Rows) < 5 {
			t.Errorf("%s: %d units (-mart +panel):\n%s", c.panel, len(want.Rows), diff)
		}
	}
}

// TestGoalsAndPlansAreNotEmpty guards the other tests: pages of empty panels would pass them. In the generated company
// everybody has goals with a target, and no unit sets them otherwise than the rest.
func TestGoalsAndPlansAreNotEmpty(t *testing.T) {
	s := serve(t, openWarehouse(t, scale(120)))
	for _, b := range []Page{goalsPage(), plansPage()} {
		for _, p := range b.Panels {
			got := s.get("/panels/" + p.Name + "?cycle=2026H2")
			nothing := p.Name == "goals/mend" || p.Name == "goals/signs" || p.Name == "goals/uncovered"
			if strings.Contains(got.body, `class="nothing"`) != nothing {
				t.Errorf("%s on the generated company: empty is not %v", p.Name, nothing)
			}
		}
	}
}

// softCompany is two units of eight people with the same metric in two cycles: all reached 100 in the first; in the second A asks for 100 again, B for 120.
const softCompany = `insert into raw.cycle by name select 1 as import_id, label as natural_key, label as cycle, 'half' as cycle_kind, starts_on, ends_on
	from (values ('2026H1', date '2026-01-01', date '2026-06-30'), ('2026H2', date '2026-07-01', date '2026-12-31')) as c(label, starts_on, ends_on);
insert into raw.unit by name select 1 as import_id, unit_id as natural_key, unit_id, unit, parent_unit
	from (values ('C', 'Company', null), ('A', 'Orders desk', 'C'), ('B', 'Workshop', 'C')) as u(unit_id, unit, parent_unit);
insert into raw.employee by name select 1 as import_id, unit || i as natural_key, unit || i as employee_id, 'Person ' || unit || i as employee_name,
	unit, date '2020-01-01' as hired_on from range(1, 9) as n(i) cross join (values ('A'), ('B')) as u(unit);
insert into raw.goal by name select 1 as import_id, cycle || employee_id as natural_key, cycle || employee_id as goal_id, cycle, employee_id,
	'Orders of ' || employee_id as title, 'Orders' as metric, 'increase' as direction, 0 as baseline, case when cycle = '2026H2' and unit = 'B' then 120 else 100 end as target,
	1 as weight, starts_on, ends_on as due_on from raw.employee cross join raw.cycle;
insert into raw.check_in by name select 1 as import_id, row_number() over () as line, goal_id || 'c' as natural_key, goal_id, employee_id, date '2026-06-28' as checked_on, 100 as value
	from raw.goal where cycle = '2026H1'`

// TestAUnitWithSoftTargetsStandsOut: one unit alone asks for no more than it reached; the page says so first, and leads to the unit.
func TestAUnitWithSoftTargetsStandsOut(t *testing.T) {
	db := openWarehouse(t, loaded(softCompany))
	for _, c := range []struct {
		panel, columns string
		filter         Filter
		want           []string
	}{
		{"goals/signs", "unit gaming_sign sign_share elsewhere_share sign_count goal_count people_count", Filter{Cycle: "2026H2"}, []string{"Orders desk soft_target 1 0 8 8 8"}},
		{"goals/signs", "unit", Filter{Cycle: "2026H2", Unit: "B"}, nil},
		{"goals/signs", "unit", Filter{Cycle: "2026H1"}, nil},
		{"goals/difficulty", "unit_id stretch_difference_points lower_points upper_points goal_count", Filter{Cycle: "2026H2"}, []string{"A -0.1 -0.1 -0.1 8", "B 0.1 0.1 0.1 8"}},
	} {
		if diff := cmp.Diff(c.want, cells(rowsOf(t, db, panelText(t, c.panel), c.filter), strings.Fields(c.columns)...)); diff != "" {
			t.Errorf("%s of %v (-want +got):\n%s", c.panel, c.filter, diff)
		}
	}
	page := serve(t, db).get("/goals?cycle=2026H2").body
	const sentence = "Orders desk: 100.0\u00a0% of 8 comparable targets ask no more than last time’s actual, 0.0\u00a0% elsewhere. Ask how they were set."
	if found := between(page, `<ul class="findings"`, "</ul>"); !strings.Contains(found, sentence) || !strings.Contains(found, "/goals?compare=2026H1&amp;cycle=2026H2&amp;unit=A") {
		t.Errorf("the page opens with %s", found)
	}
}

// TestAUnitBehindItsPlansStandsOut: where everybody is late and nobody elsewhere, the page of plans opens with that unit.
func TestAUnitBehindItsPlansStandsOut(t *testing.T) {
	s := serve(t, openWarehouse(t, loaded(softCompany+`;
insert into raw.plan_item by name select 1 as import_id, 'p' || goal_id as natural_key, 'p' || goal_id as plan_item_id, goal_id, cycle, employee_id, 'Visit' as title,
	starts_on + 60 as due_on, starts_on + case when employee_id like 'A%' then 80 else 50 end as done_on from raw.goal where cycle = '2026H2'`)))
	found := between(s.get("/plans?cycle=2026H2").body, `<ul class="findings"`, "</ul>")
	if !strings.Contains(found, "Orders desk is behind its plans: 0.0\u00a0% of 8 milestones were done in time, 100.0\u00a0% elsewhere.") || !strings.Contains(found, "unit=A") {
		t.Errorf("the page opens with %s", found)
	}
	if found := s.get("/plans?cycle=2026H2&unit=B").body; strings.Contains(found, "behind its plans") {
		t.Error("a unit in time is told that it is behind")
	}
}
