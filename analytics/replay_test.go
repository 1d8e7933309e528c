package analytics

import (
	"path/filepath"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// TestAFormulaThatIsTriedOutSaysWhatItsVariantWould replays a cycle with the terms and labels of its variant "even" given by hand: the
// people who would get another score or label are those of the mart.
func TestAFormulaThatIsTriedOutSaysWhatItsVariantWould(t *testing.T) {
	db, err := Open(t.Context(), "", Options{Now: func() time.Time { return time.Date(2025, 8, 31, 12, 0, 0, 0, time.UTC) }})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	update(t, db, loadCase(filepath.Join("..", "testdata", "models", "a_final_score_leaves_missing_parts_out_and_is_replayed_with_other_formulas")))
	tried, err := db.Query(t.Context(), `
		select employee_id, score, label, formula_score, formula_label, stored_label
		from replay_final_score(
			'2024',
			[
				{'part': 'goals', 'weight': 0.5, 'full_score': null, 'cap': null, 'floor': null},
				{'part': 'competencies', 'weight': 0.5, 'full_score': 5, 'cap': null, 'floor': null}
			],
			[{'label': 'C', 'from_score': '-infinity'::double}, {'label': 'B', 'from_score': 70}, {'label': 'A', 'from_score': 90}]
		)
		order by all`, nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	stored, err := db.Query(t.Context(), `
		select employee_id, score, label, formula_score, formula_label, stored_label
		from fct_score_replay
		where cycle_id = '2024' and variant = 'even' and (score is distinct from formula_score or label is distinct from formula_label)
		order by all`, nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	if len(stored.Rows) == 0 {
		t.Fatal("the variant changes nobody's score")
	}
	if diff := cmp.Diff(stored.Rows, tried.Rows); diff != "" {
		t.Errorf("replay (-variant +tried out):\n%s", diff)
	}
}
