package analytics_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/perfloop/perfloop/analytics"
)

// What is worked out apart from the models, and where:
//
//	goals, plan items, people of a cycle      oracle_goal_test.go, oracle_person_test.go
//	units' goals, plans, steps, monitoring     oracle_unit_test.go, oracle_group_test.go, oracle_monitoring_test.go
//	six steps, their states and dates         oracle_loop_test.go
//	final ratings, scales, appraisals         oracle_rating_test.go, oracle_dimension_test.go
//	feedback, of people and units             oracle_feedback_test.go
//	change, adjusted change, trend, migration oracle_improvement_test.go
//	effects of plans and of timely feedback   oracle_effect_test.go
//	outcomes of plans, focus carried over     oracle_outcome_test.go, oracle_carried_test.go
//	awards, of people, labels, units, cycles  oracle_award_test.go
//	forecasts of goals and people             oracle_forecast_test.go
//	KPI readings, gaps, alarms                oracle_reading_test.go
//	raters, fairness, calibration, agenda     oracle_appraisal_*_test.go
//	SMART, soft targets, scores               goalsetting_definitions_test.go
//	back-test of forecasts, seasons           forecast_test.go, monitoring_test.go
//
// TestEveryFigureIsComputedTwice wants each figure of a mart to be worked out apart from the models: by the oracle of these files, by
// another test that computes it from its definition, or to be listed with the reason why not.
func TestEveryFigureIsComputedTwice(t *testing.T) {
	db, err := analytics.Open(t.Context(), "", analytics.Options{Now: func() time.Time { return time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC) }})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	c := randomCompany(0)
	if _, err := db.Update(t.Context(), c.load); err != nil {
		t.Fatal(err)
	}
	covered := map[string]bool{}
	for _, table := range newOracle(c).tables() {
		for _, column := range append(table.columns(), table.keys...) {
			covered[table.mart+"."+column] = true
		}
	}
	for _, list := range slices.Concat(computedElsewhere, onlyByHand, excepted) {
		for _, column := range strings.Fields(list.columns) {
			name := list.mart + "." + column
			if covered[name] && list.isException {
				t.Errorf("%s is computed twice and excepted", name)
			}
			covered[name] = true
		}
	}
	r, err := db.Query(t.Context(), "select table_name, column_name from duckdb_columns() where schema_name = 'main' and table_name similar to '(fct|dim)_.*'", nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	words, err := analytics.Catalogue()
	if err != nil {
		t.Fatal(err)
	}
	figures := []string{"share", "points", "number", "amount", "days", "count"}
	missing := map[string][]string{}
	for _, row := range r.Rows {
		mart, column := row[0].(string), row[1].(string)
		name := mart + "." + column
		entry, ok := words.Column(mart, column)
		if ok && slices.Contains(figures, entry.Unit) && !covered[name] && !isPlace(column) && !strings.HasSuffix(mart, "_setting") {
			missing[mart] = append(missing[mart], column)
		}
		delete(covered, name)
	}
	for mart, columns := range missing {
		t.Errorf("%s: no independent computation of %s", mart, strings.Join(columns, " "))
	}
	for name := range covered {
		t.Errorf("%s is listed, and no mart has it", name)
	}
}

// coverage is some columns of a mart and where they are computed apart from the models, or why they are not.
type coverage struct {
	mart, columns, where string
	isException          bool
}

// computedElsewhere are the figures that other tests work out from their definitions.
var computedElsewhere = []coverage{
	{mart: "fct_reading", columns: "expected spread z cusum_high cusum_low", where: "TestReadingsAgreeWithTheirDefinition"},
	{mart: "fct_goal_forecast", columns: "check_in_count forecast chance_share", where: "TestForecastsAgreeWithTheirDefinition"},
	{mart: "fct_forecast_backtest", where: "TestForecastsAgreeWithTheirDefinition",
		columns: "elapsed_share goal_count mean_absolute_error_points last_value_mean_absolute_error_points pace_mean_absolute_error_points brier"},
	{mart: "fct_goal_smart", columns: "attainable attainable_chance chance_count relevant", where: "TestGoalSettingAgreesWithItsDefinitions"},
	{mart: "fct_goal_smart", columns: "specific measurable time_bound", where: "TestSmartAgreesWithItsReader: a reader's scores, not a computation"},
	{mart: "fct_goal_score", columns: "attainment_raw base_score deducted_score bonus_score score", where: "TestGoalSettingAgreesWithItsDefinitions"},
	{mart: "fct_final_score", columns: "score weighted_score extra_score", where: "TestGoalSettingAgreesWithItsDefinitions"},
	{mart: "fct_target_sign", where: "TestGoalSettingAgreesWithItsDefinitions",
		columns: "person_count goal_count soft_target_share compared_count compared_person_count bunched_share just_below_share ended_count " +
			"ended_person_count late_progress_share dated_count dated_person_count stretch_difference_points stretched_count"},
	{mart: "fct_rating_distribution", where: "TestAppraisalAgreesWithItsDefinitions",
		columns: "rank rated_count person_count label_share interval_lower_share interval_upper_share guideline_share difference_points over_count p_value"},
	{mart: "fct_rating_spread", columns: "rated_count total_variation_share p_value", where: "TestAppraisalAgreesWithItsDefinitions"},
	{mart: "fct_rating_consistency", columns: "compared_count spearman mismatch_count", where: "TestAppraisalAgreesWithItsDefinitions"},
	{mart: "fct_rating_residual", columns: "value_share attainment expected_share residual", where: "TestAppraisalAgreesWithItsDefinitions"},
	{mart: "fct_rater", columns: "rated_count mean_residual severity interval_lower interval_upper p_value", where: "TestAppraisalAgreesWithItsDefinitions"},
	{mart: "fct_rater_trait", where: "TestAppraisalAgreesWithItsDefinitions",
		columns: "item_person_count item_spread_points company_item_spread_points halo_ratio rated_count rating_spread_points attainment_spread_points central_ratio"},
	{mart: "fct_rating_agreement", where: "TestAppraisalAgreesWithItsDefinitions",
		columns: "rated_count gap_count self_manager_gap_points median_gap_points lower_quartile_gap_points upper_quartile_gap_points panel_person_count judgement_count icc"},
	{mart: "fct_nine_box", columns: "performance_share performance_third potential_share potential_third box_number", where: "TestAppraisalAgreesWithItsDefinitions"},
	{mart: "fct_fairness", where: "TestAppraisalAgreesWithItsDefinitions",
		columns: "person_count favourable_count favourable_share reference_person_count gap_points selection_ratio p_value stratum_count dropped_stratum_count " +
			"stratified_person_count stratified_gap_points stratified_lower_points stratified_upper_points"},
	{mart: "fct_calibration", columns: "from_rank to_rank person_count", where: "TestAppraisalAgreesWithItsDefinitions"},
	{mart: "fct_calibration_case", columns: "move_count shift_points", where: "TestAppraisalAgreesWithItsDefinitions"},
	{mart: "fct_calibration_rater", columns: "compared_count up_count down_count net_label_count net_shift_points", where: "TestAppraisalAgreesWithItsDefinitions"},
	{mart: "fct_calibration_unit", where: "TestAppraisalAgreesWithItsDefinitions",
		columns: "compared_count up_count down_count net_label_count kappa placed_count spearman_before spearman_after"},
	{mart: "fct_calibration_group", where: "TestAppraisalAgreesWithItsDefinitions",
		columns: "compared_count other_count up_share down_share net_label_count up_p_value down_p_value"},
	{mart: "fct_calibration_agenda", where: "TestAppraisalAgreesWithItsDefinitions",
		columns: "rating_percentile_share attainment_percentile_share attainment_points rater_points disagreement_points jump_points evidence_points agenda_points what_if_share"},
}

// excepted are figures that no test works out apart from the models, and why.
var excepted = []coverage{
	{mart: "fct_goal", columns: "baseline target target_lower target_upper weight", where: "as files state it", isException: true},
	{mart: "fct_check_in", columns: "value progress confidence late_days", where: "as files state it", isException: true},
	{mart: "fct_incentive", columns: "amount base_share", where: "as files state it", isException: true},
	{mart: "fct_rating", columns: "score", where: "as files state it", isException: true},
	{mart: "dim_employee", columns: "base_pay_amount", where: "as files state it", isException: true},
	{mart: "fct_reading", columns: "value", where: "as files state it", isException: true},
	{mart: "dim_rating_label", columns: "value lower_score upper_score guideline_share", where: "as files state it", isException: true},
}

// onlyByHand are figures that golden cases show by hand.
var onlyByHand = []coverage{
	{mart: "fct_score_replay", columns: "score formula_score"},
	{mart: "fct_smart_code", columns: "specific_code measurable_code attainable_code relevant_code time_bound_code attainable_chance chance_count"},
	{mart: "fct_alarm", columns: "replan_days"},
	{mart: "fct_score_part", columns: "judgement_count score sum_score value_share"},
	{mart: "fct_target_difficulty", columns: "goal_count person_count stretch_share company_stretch_share company_goal_count stretch_difference_points unit_count spread_points"},
	{mart: "fct_forecast_backtest", columns: "met_share mean_error_points error_deviation_points last_value_brier pace_brier"},
	{mart: "fct_goal_forecast", columns: "error_count mean_error_points error_deviation_points"},
	{mart: "fct_goal_smart", columns: "smart_score"},
	{mart: "fct_quality", columns: "row_count rejected_count finding_count finding_row_count clean_share"},
}

// isPlace: columns that say where a row comes from or in which order it stands.
func isPlace(column string) bool {
	return column == "line" || column == "depth" || column == "cycle_order"
}
