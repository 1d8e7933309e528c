package dashboards

import (
	"context"
	"database/sql"
	"errors"
	"net/http"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/perfloop/perfloop/analytics"
)

// rated loads 24 people in two units, numbered 1 to 12 in each. In 2025H2 the upper seven were rated B, the others C.
// In 2026H1 two of each unit are rated D, three C, five B and two A; the calibration lifts A3 from C to B. Five of unit A rate themselves one label
// higher than their manager does. Feedback reached ten of A and two of B. Those rated D get a plan; who is rated B or A gets a bonus, and A1, rated D, the largest of all.
func rated(ctx context.Context, conn *sql.Conn) error {
	for _, text := range []string{
		`insert into raw.cycle by name select 1 as import_id, label as natural_key, label as cycle, 'half' as cycle_kind, starts_on, ends_on
			from (values ('2025H2', date '2025-07-01', date '2025-12-31'), ('2026H1', date '2026-01-01', date '2026-06-30')) as c(label, starts_on, ends_on)`,
		`insert into raw.unit by name select 1 as import_id, unit_id as natural_key, unit_id, unit, parent_unit
			from (values ('C', 'Company', null), ('A', 'Orders desk', 'C'), ('B', 'Workshop', 'C')) as u(unit_id, unit, parent_unit)`,
		`insert into raw.employee by name select 1 as import_id, unit || i as natural_key, unit || i as employee_id, 'Person ' || unit || i as employee_name,
			unit, 'M' || unit as manager_id, 'Sales' as job_family, 'G5' as grade, date '2020-01-01' as hired_on,
			case when i % 2 = 0 then 'female' else 'male' end as gender, 1000 as base_pay_amount
			from range(1, 13) as n(i) cross join (values ('A'), ('B')) as u(unit)
			union all by name select 1 as import_id, 'M' || unit as natural_key, 'M' || unit as employee_id, 'Manager ' || unit as employee_name,
			unit, date '2020-01-01' as hired_on from (values ('A'), ('B')) as u(unit)`,
		`create temp table person as select employee_id, unit, substr(employee_id, 2)::integer as i, manager_id from raw.employee where manager_id is not null`,
		`insert into raw.goal by name select 1 as import_id, cycle || employee_id as natural_key, cycle || employee_id as goal_id, cycle, employee_id,
			case when employee_id = 'A6' and cycle = '2026H1' then 'Quality of handovers to night shift' else 'Orders taken in ' || cycle end as title,
			'increase' as direction, 0 as baseline, 100 as target, 1 as weight, c.starts_on, c.ends_on as due_on
			from person cross join raw.cycle as c`,
		`insert into raw.check_in by name select 1 as import_id, row_number() over () as line, cycle || employee_id as natural_key, cycle || employee_id as goal_id,
			employee_id, c.ends_on - 5 as checked_on, case cycle when '2025H2' then 40 + 5 * i else 60 + 4 * i end as value
			from person cross join raw.cycle as c`,
		`insert into raw.rating_scale by name select 1 as import_id, code as natural_key, code, label as label_en, label as label_zh, rank, rank as value
			from (values ('D', 'Poor', 1), ('C', 'Fair', 2), ('B', 'Good', 3), ('A', 'Excellent', 4)) as s(code, label, rank)`,
		`insert into raw.guideline by name select 1 as import_id, label as natural_key, label, share
			from (values ('D', 0.01), ('C', 0.2), ('B', 0.59), ('A', 0.2)) as g(label, share)`,
		`insert into raw.appraisal by name
			with given as (
				select cycle, employee_id, manager_id, unit, i, c.ends_on + 10 as appraised_on,
					case when cycle = '2025H2' then if(i > 5, 'B', 'C') when i <= 2 then 'D' when i <= 5 then 'C' when i <= 10 then 'B' else 'A' end as label
				from person cross join raw.cycle as c
			)
			select 1 as import_id, cycle || employee_id || 'm' as natural_key, cycle, employee_id, 'manager' as reviewer_role, manager_id as reviewer_id, label, appraised_on from given
			union all by name select 1 as import_id, cycle || employee_id || 's' as natural_key, cycle, employee_id, 'self' as reviewer_role, employee_id as reviewer_id,
				case when unit = 'A' and i between 6 and 10 then 'A' else label end as label, appraised_on from given where cycle = '2026H1'
			union all by name select 1 as import_id, cycle || employee_id || 'p' as natural_key, cycle, employee_id, 'manager' as reviewer_role, manager_id as reviewer_id,
				'potential' as part, if(i % 2 = 0, 'D', 'A') as label, appraised_on from given where cycle = '2026H1'`,
		`insert into raw.calibration by name select 1 as import_id, 'A3' as natural_key, '2026H1' as cycle, 'A3' as employee_id, 'C' as from_label, 'B' as to_label,
			'Evidence of the second quarter' as reason, date '2026-07-15' as calibrated_on`,
		`insert into raw.improvement_plan by name select 1 as import_id, cycle || employee_id as natural_key, cycle, cycle || employee_id as plan_id, employee_id,
			'improvement' as plan_kind, focus, starts_on, starts_on + 90 as ends_on, outcome, starts_on + 90 as outcome_on
			from (values ('2026H1', 'A1', 'Orders', date '2026-07-20', 'passed'), ('2026H1', 'A2', 'Orders', date '2026-07-20', 'passed'),
				('2026H1', 'B1', 'Orders', date '2026-07-20', 'failed'), ('2026H1', 'B2', 'Orders', date '2026-07-20', 'extended'),
				('2025H2', 'A6', 'Quality of handovers', date '2026-01-20', 'passed'), ('2025H2', 'B6', 'Quality of handovers', date '2026-01-20', 'passed'))
				as p(cycle, employee_id, focus, starts_on, outcome)`,
		`insert into raw.conversation by name select 1 as import_id, employee_id as natural_key, '2026H1' as cycle, employee_id, 'feedback' as conversation_kind,
			date '2026-07-30' as held_on from person where i > if(unit = 'A', 2, 10)`,
		`insert into raw.incentive by name select 1 as import_id, employee_id as natural_key, '2026H1' as cycle, employee_id, 'bonus' as incentive_kind,
			case when i = 1 then 0.3 when i > 10 then 0.2 else 0.1 end as base_share, date '2026-08-01' as awarded_on
			from person where i > 5 or employee_id in ('A1', 'A3')`,
	} {
		if _, err := conn.ExecContext(ctx, text); err != nil {
			return err
		}
	}
	return nil
}

// TestAppraisalPanelsSayWhatIsThere holds panels against what the small company was made of.
func TestAppraisalPanelsSayWhatIsThere(t *testing.T) {
	db := openWarehouse(t, rated)
	all, one := Filter{Cycle: "2026H1"}, Filter{Cycle: "2026H1", Unit: "A"}
	for _, c := range []struct {
		panel   string
		filter  Filter
		columns string
		want    []string
	}{
		{"appraisal/guideline", all, "label people_count people_share guideline_share move_count", []string{"A 4 0.1667 0.2 -1", "B 11 0.4583 0.59 -3", "C 5 0.2083 0.2 0", "D 4 0.1667 0.01 4"}},
		{"appraisal/against_attainment", one, "label attainment_band people_count", []string{"A 100–110 2", "B 70–80 1", "B 80–90 2", "B 90–100 2", "B 100–110 1", "C 70–80 1", "C 80–90 1", "D 60–70 2"}},
		{"appraisal/calibrated", all, "original_rating rating people_count label_step", []string{"Fair Good 1 1"}},
		{"appraisal/gap", all, "unit_id median_gap_points lower_quartile_points upper_quartile_points mean_gap_points people_count", []string{"A 0 0 0.3333 0.1389 12", "B 0 0 0 0 12"}},
		{"appraisal/nine_box", all, "performance_level potential_level people_count", []string{"low high 2", "middle high 3", "high high 7", "low low 2", "middle low 2", "high low 8"}},
		{"appraisal/agreement", all, "unit_id people_count rank_correlation mean_gap_points", []string{"C 24 0.911 0.0694", "A 12 0.871 0.1389", "B 12 0.953 0"}},
		{"appraisal/fairness", all, "fairness_attribute fairness_group people_count favourable_share reference_group gap_points selection_ratio reason_key", []string{"gender female 12 0.6667 female   no_counterpart", "gender male 12 0.5833 female -0.0833 0.875 "}},
		{"appraisal/agenda", one, "employee_id rating what_if_rating mismatch_share jump_share", []string{"A3 Good Fair 0.3958 0.3333", "A1 Poor  0.0417 0.3333", "A2 Poor  0.0417 0.3333", "A10 Good  0.1875 0", "A6 Good  0.1458 0",
			"A9 Good  0.1042 0", "A7 Good  0.0625 0", "A12 Excellent  0.0417 0.3333", "A11 Excellent  0.0417 0.3333",
			"A8 Good  0.0208 0", "A5 Fair  0.1042 0", "A4 Fair  0.0208 0"}},
		{"improvement/change", all, "earlier_fifth naive_points people_count", []string{"lowest 0.182 5", "low 0.158 5", "middle 0.132 5", "high 0.108 5", "highest 0.085 4"}},
		{"improvement/effects", all, "effect_name effect_points verdict people_count reason_key", []string{"improvement_plan_attainment  none 2 too_few", "improvement_plan_rating  none 2 too_few", "timely_feedback_attainment  none 0 too_few", "timely_feedback_rating  none 0 too_few"}},
		{"improvement/migration", all, "earlier_rating rating people_count from_share", []string{"Good Excellent 4 0.2857", "Good Good 10 0.7143", "Fair Good 1 0.1", "Fair Fair 5 0.5", "Fair Poor 4 0.4"}},
		{"improvement/trend", all, "cycle_id naive_points people_count", []string{"2026H1 0.135 24"}},
		{"improvement/outcomes", all, "plan_outcome plan_count plan_share people_count", []string{"passed 2 0.5 2", "extended 1 0.25 1", "failed 1 0.25 1"}},
		{"improvement/outcome_units", all, "unit_id plan_count in_time_share median_plan_days passed_count extended_count failed_count kept_share", []string{"A 2 1 90 2 0 0 ", "B 2 1 90 0 1 1 "}},
		{"improvement/carried", all, "employee_id focus matched_share goal_title", []string{"B6 Quality of handovers 0 ", "A6 Quality of handovers 1 Quality of handovers to night shift"}},
		{"improvement/awards", all, "label median_award_share awarded_share awarded_count people_count reason_key", []string{"D  0.25 1 4 too_few", "C  0 0 5 no_evidence", "B 0.1 1 11 11 ", "A  1 4 4 too_few"}},
		{"improvement/award_units", all, "unit_id awarded_share people_count", []string{"A 0.6923 13", "B 0.5385 13"}},
		{"improvement/out_of_line", all, "employee_id rating out_of_line award_share", []string{"A1 Poor high_award_low_rating 0.3"}},
	} {
		result := rowsOf(t, db, panelText(t, c.panel), c.filter)
		if diff := cmp.Diff(c.want, cells(result, strings.Fields(c.columns)...)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", c.panel, diff)
		}
	}
}

// TestAppraisalFindingsAndDrills follows what the two pages open with, and their marks, to the people.
func TestAppraisalFindingsAndDrills(t *testing.T) {
	db := openWarehouse(t, rated)
	s := serve(t, db)
	for path, want := range map[string][]string{
		"/appraisal?cycle=2026H1": {"Poor: 16.7\u00a0% of people against a guideline of 1.0\u00a0%, about 4 people off and more than chance explains"},
		"/improvement?cycle=2026H1": {"The fifth who reached least before rose by &#43;18.2 points; less regression to the mean it is &#43;4.7 (5 people)",
			"1 award is out of line with the rating; over all, awards follow ratings by 0.47 of 1"},
	} {
		page := s.get(path).body
		for _, sentence := range want {
			if !strings.Contains(page, sentence) {
				t.Errorf("%s does not say %q; it says %v", path, sentence, between(page, `<ul class="findings"`, "</ul>"))
			}
		}
	}
	list := panelText(t, "people/list")
	for name, c := range map[string]struct {
		filter Filter
		want   string
	}{
		"a label":            {Filter{Cycle: "2026H1", Label: "A"}, "A11 A12 B11 B12"},
		"a label of a band":  {Filter{Cycle: "2026H1", Label: "B", From: "0.7", To: "0.8"}, "A3"},
		"a box of the nine":  {Filter{Cycle: "2026H1", Sign: "box_3"}, "A6 A8 A10 A12 B6 B8 B10 B12"},
		"a rater":            {Filter{Cycle: "2026H1", Unit: "A", Reviewer: "MA", Label: "D"}, "A1 A2"},
		"a unit and a label": {Filter{Cycle: "2026H1", Unit: "B", Label: "C"}, "B3 B4 B5"},
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

// TestFairnessIsForThoseWhoMaySeeIt: the permission is its own, whatever else a viewer may see.
func TestFairnessIsForThoseWhoMaySeeIt(t *testing.T) {
	s := &server{Config: Config{DB: openWarehouse(t, rated)}, answers: newAnswers(answerBytes)}
	may, mayNot := LocalViewer(), LocalViewer()
	mayNot.May.SeeFairness = false
	args := analytics.Args{"cycle": "2026H1", "unit": nil}
	if got, err := s.ask(t.Context(), may, "appraisal/fairness", args); err != nil || len(got.Rows) != 2 {
		t.Errorf("who may see it: %v", err)
	}
	_, err := s.ask(t.Context(), mayNot, "appraisal/fairness", args)
	var refused *UserError
	if !errors.As(err, &refused) || refused.Status != http.StatusForbidden {
		t.Errorf("who may not see it is told %v", err)
	}
}
