package analytics

import (
	"context"
	"database/sql"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// plantedSeeds is how many small companies testdata/planted makes twice: once with effects planted, once with none. Each has two
// cycles of a kind of its own, so that one build judges them all.
const plantedSeeds = 50

// planted is what the companies with effects have: how much more attainment those with an improvement plan, and with timely
// feedback, have in the second cycle.
const (
	plantedPlan     = 0.06
	plantedFeedback = 0.04
)

// TestPlantedEffectsAreFoundAndNoneIsNot plants effects in some companies and none in others.
func TestPlantedEffectsAreFoundAndNoneIsNot(t *testing.T) {
	db, err := Open(t.Context(), "", Options{Now: func() time.Time { return time.Date(2025, 8, 31, 12, 0, 0, 0, time.UTC) }})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	companies, err := os.ReadFile(filepath.Join("..", "testdata", "planted", "companies.sql"))
	if err != nil {
		t.Fatal(err)
	}
	numbers := strings.NewReplacer("$seeds", fmt.Sprint(plantedSeeds), "$plan", fmt.Sprint(plantedPlan), "$feedback", fmt.Sprint(plantedFeedback))
	update(t, db, func(ctx context.Context, conn *sql.Conn) error {
		return execAll(ctx, conn, numbers.Replace(string(companies)))
	})
	t.Run("intervals hold the planted effects, and nothing planted is rarely flagged", func(t *testing.T) { compareEffects(t, db) })
	t.Run("the naive improvement misleads and the adjusted does not", func(t *testing.T) { compareImprovements(t, db) })
}

// compareEffects wants the intervals to hold the truth, and nothing to be flagged, as often as they state. testdata/planted/README.md has the shares.
func compareEffects(t *testing.T, db *DB) {
	for effect, truth := range map[string]float64{"improvement_plan": plantedPlan, "timely_feedback": plantedFeedback} {
		held := planted(t, db, fmt.Sprintf(`select count(*) filter (%g between interval_lower_points and interval_upper_points)::double from fct_plan_effect
			where effect = '%s' and figure = 'attainment' and split_part(cycle_id, '-', 1)[2:]::integer %% 2 = 1`, truth, effect))
		mean := planted(t, db, fmt.Sprintf(`select avg(effect_points) from fct_plan_effect
			where effect = '%s' and figure = 'attainment' and split_part(cycle_id, '-', 1)[2:]::integer %% 2 = 1`, effect))
		t.Logf("%s: planted %g, mean found %.4f", effect, truth, mean)
		wantShare(t, effect+" inside its interval", portion{held, plantedSeeds}, 0.95)
	}
	nothings := planted(t, db, `select count(effect_points)::double from fct_plan_effect where figure = 'attainment' and split_part(cycle_id, '-', 1)[2:]::integer % 2 = 0`)
	flagged := planted(t, db, `select count(*) filter (not is_inconclusive)::double from fct_plan_effect
		where figure = 'attainment' and split_part(cycle_id, '-', 1)[2:]::integer % 2 = 0`)
	if nothings != 2*plantedSeeds {
		t.Errorf("%.0f figures of nothing, want %d", nothings, 2*plantedSeeds)
	}
	wantAtMost(t, "figures of nothing that are flagged", portion{flagged, nothings}, 0.05)
}

// compareImprovements looks at the companies where nothing was done: the unit of the weak seems to improve and that of the
// strong to decline, those on a plan most of all. Adjusted, the units stand still.
func compareImprovements(t *testing.T, db *DB) {
	for unit, sign := range map[string]float64{"Low": 1, "High": -1} {
		where := fmt.Sprintf("from fct_improvement where unit_id = '%s' and split_part(cycle_id, '-', 1)[2:]::integer %% 2 = 0", unit)
		naive := planted(t, db, "select avg(attainment_change_points) "+where)
		adjusted := planted(t, db, "select avg(adjusted_attainment_change_points) "+where)
		misled := planted(t, db, fmt.Sprintf("select avg((%g * attainment_change_points > 0.02)::integer) ", sign)+where)
		worst := planted(t, db, "select max(abs(adjusted_attainment_change_points)) "+where)
		t.Logf("%s, where nothing was done: naive %+.4f, adjusted %+.4f (worst %.4f), naive misleads in %.0f %% of the companies", unit, naive, adjusted, worst, 100*misled)
		if misled < 0.95 || sign*naive < 0.03 {
			t.Errorf("%s: the naive change is %+.4f and misleads in %.0f %%: the companies do not regress to the mean", unit, naive, 100*misled)
		}
		if abs := max(adjusted, -adjusted); abs > 0.01 || worst > 0.04 {
			t.Errorf("%s: the adjusted change is %+.4f in the mean and %.4f in the worst company, want nothing", unit, adjusted, worst)
		}
	}
	naive := planted(t, db, `select avg(person.attainment_change_points) from fct_employee_cycle as person
		join fct_improvement_plan as plan on plan.employee_id = person.employee_id and plan.cycle_id = person.previous_cycle_id
		where split_part(person.cycle_id, '-', 1)[2:]::integer % 2 = 0`)
	found := planted(t, db, `select avg(effect_points) from fct_plan_effect
		where effect = 'improvement_plan' and figure = 'attainment' and split_part(cycle_id, '-', 1)[2:]::integer % 2 = 0`)
	t.Logf("people on plans that do nothing: naive %+.4f, effect %+.4f", naive, found)
	if naive < 0.03 || max(found, -found) > 0.01 {
		t.Errorf("plans that do nothing: naive change %+.4f, want it to mislead; effect %+.4f, want nothing", naive, found)
	}
}

func planted(t *testing.T, db *DB, query string) float64 {
	t.Helper()
	r, err := db.Query(t.Context(), query, nil, 1)
	if err != nil {
		t.Fatal(err)
	}
	x, ok := r.Rows[0][0].(float64)
	if !ok {
		t.Fatalf("%s: got %v, want a number", query, r.Rows[0][0])
	}
	return x
}
