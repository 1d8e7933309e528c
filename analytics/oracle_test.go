package analytics_test

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/perfloop/perfloop/analytics"
)

// figures are the columns of one row of a mart: numbers, days, texts, flags; nil, none, never or "" where nothing can be said.
type figures map[string]any

// table is what metrics.md says of a mart: its rows by their keys. Columns of keys are not figures.
type table struct {
	mart  string
	where string // empty: every row
	keys  []string
	rows  map[string]figures
}

// add states a row.
func (t *table) add(f figures, key ...any) {
	if t.rows == nil {
		t.rows = map[string]figures{}
	}
	t.rows[keyOf(key)] = f
}

func keyOf(values []any) string {
	texts := make([]string, len(values))
	for i, v := range values {
		if v = plain(v); v != nil {
			texts[i] = fmt.Sprint(v)
		}
	}
	return strings.Join(texts, " | ")
}

// columns of the figures, in alphabetical order.
func (t *table) columns() []string {
	seen := map[string]bool{}
	var names []string
	for _, f := range t.rows {
		for name := range f {
			if !seen[name] {
				seen[name] = true
				names = append(names, name)
			}
		}
	}
	slices.Sort(names)
	return names
}

// plain is a value as both sides can be compared: nil, float64, string or bool.
func plain(v any) any {
	switch x := v.(type) {
	case float64:
		if known(x) {
			return x
		}
		return nil
	case int:
		return float64(x)
	case int64:
		return float64(x)
	case day:
		if x != never {
			return x.String()
		}
		return nil
	case time.Time:
		return x.Format(time.DateOnly)
	case string:
		if x != "" {
			return x
		}
		return nil
	}
	return v
}

// alike reports whether both say the same, numbers to 1e-9.
func alike(got, want any) bool {
	x, isNumber := got.(float64)
	y, isToo := want.(float64)
	if isNumber && isToo {
		return math.Abs(x-y) <= 1e-9*max(1, math.Abs(y))
	}
	return got == want
}

const oracleSeeds = 4

// TestEveryFigureAgreesWithAnIndependentComputation compares the marts of companies made at random with figures worked out from
// the definitions, person by person and group by group.
func TestEveryFigureAgreesWithAnIndependentComputation(t *testing.T) {
	db, err := analytics.Open(t.Context(), "", analytics.Options{Now: func() time.Time { return time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC) }})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	said := map[string]bool{}
	for seed := range uint64(oracleSeeds) {
		c := randomCompany(seed)
		if _, err := db.Update(t.Context(), c.load); err != nil {
			t.Fatal(err)
		}
		for _, want := range newOracle(c).tables() {
			t.Run(fmt.Sprintf("%s of company %d", want.mart, seed), func(t *testing.T) { compare(t, db, want, said) })
		}
	}
	for _, want := range newOracle(randomCompany(0)).tables() {
		for _, column := range want.columns() {
			if !said[want.mart+"."+column] {
				t.Errorf("no company has a row where %s.%s says anything", want.mart, column)
			}
		}
	}
}

// compare notes in said the columns of which both sides say something.
func compare(t *testing.T, db *analytics.DB, want *table, said map[string]bool) {
	t.Helper()
	columns := want.columns()
	query := fmt.Sprintf("select %s from %s", strings.Join(append(slices.Clone(want.keys), columns...), ", "), want.mart)
	if want.where != "" {
		query += " where " + want.where
	}
	r, err := db.Query(t.Context(), query, nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	wrong := map[string][]string{}
	seen := map[string]bool{}
	for _, row := range r.Rows {
		key := keyOf(row[:len(want.keys)])
		expected, ok := want.rows[key]
		if !ok {
			wrong["(row)"] = append(wrong["(row)"], key+" is not expected")
			continue
		}
		seen[key] = true
		for i, name := range columns {
			got, should := plain(row[len(want.keys)+i]), plain(expected[name])
			if !alike(got, should) {
				wrong[name] = append(wrong[name], fmt.Sprintf("%s: got %v, want %v", key, got, should))
			} else if got != nil {
				said[want.mart+"."+name] = true
			}
		}
	}
	for key := range want.rows {
		if !seen[key] {
			wrong["(row)"] = append(wrong["(row)"], key+" is missing")
		}
	}
	for name, lines := range wrong {
		slices.Sort(lines)
		t.Errorf("%s: %d of %d rows\n\t%s", name, len(lines), len(want.rows), strings.Join(lines[:min(4, len(lines))], "\n\t"))
	}
}

// TestCompaniesHoldWhatIsRare wants the companies made at random to have rows of the rare kinds, or nothing of them would be compared.
func TestCompaniesHoldWhatIsRare(t *testing.T) {
	seen := map[string]bool{}
	for seed := range uint64(oracleSeeds) {
		for _, table := range newOracle(randomCompany(seed)).tables() {
			for _, row := range table.rows {
				for name, v := range row {
					seen[fmt.Sprintf("%s.%s=%v", table.mart, name, plain(v))] = true
				}
			}
		}
	}
	for _, rare := range []string{
		"goal.status=at_risk", "goal.status=not_started", "goal.attainment=0", "goal.attainment=1", "goal.attainment=1.2", "goal.attainment=<nil>", "goal.actual_source=milestones",
		"goal.actual_source=progress", "goal.pace=0", "goal.cadence_share=<nil>", "goal.weight_share=0", "goal.weight_share=<nil>", "step.state=exempt", "step.state=open",
		"step.days_from_previous=0", "loop.is_closed_loop=true", "loop.is_closed_loop_on_time=true", "employee_cycle.days_since_check_in=0",
		"employee_cycle.attainment=<nil>", "employee_cycle.measured_share=0", "employee_monitoring.cadence_share_reason=not_due", "unit_monitoring.cadence_share_reason=no_evidence",
		"feedback.feedback_days_reason=no_evidence", "feedback.feedback_days=0", "feedback_unit.timely_share_reason=no_evidence", "loop_unit.closed_share_reason=no_evidence",
		"improvement.adjusted_attainment_change_points_reason=too_few", "improvement.rating_change_points_reason=no_evidence", "employee_trend.trend=steady",
		"plan_effect.effect_points_reason=too_few", "plan_effect.effect_points_reason=no_counterpart", "plan_effect.effect_points_reason=no_variance", "plan_effect.is_inconclusive=false",
		"plan_outcome.is_kept=true", "plan_outcome.is_kept=false", "plan_outcome.is_kept_reason=no_evidence", "plan_outcome.outcome_state=unrecorded",
		"plan_outcome_unit.kept_share_reason=not_due", "carried_over.is_carried_over=true", "carried_over.is_carried_over_reason=no_definition",
		"award.out_of_line=high_award_low_rating", "award.out_of_line=low_award_high_rating", "award_cycle.award_rating_correlation_reason=too_few",
		"award_unit.used_amount_reason=no_evidence", "goal_forecast.method=line", "goal_forecast.method=level", "goal_forecast.method=pace",
		"goal_forecast.forecast_reason=too_few", "employee_forecast.forecast_reason=no_evidence", "reading.cause_hint=both", "reading.cause_hint=environment",
		"reading.cause_hint=individual", "reading.is_shift_alarm=true", "reading_missing.is_still_missing=true",
	} {
		if !seen["fct_"+rare] {
			t.Errorf("no company has fct_%s", rare)
		}
	}
}
