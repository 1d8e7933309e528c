package analytics

import (
	"slices"
	"strings"
	"testing"
	"time"

	sqltext "github.com/perfloop/perfloop/sql"
)

func openEmpty(t *testing.T) *DB {
	t.Helper()
	db, err := Open(t.Context(), "", Options{Now: func() time.Time { return time.Date(2025, 8, 31, 12, 0, 0, 0, time.UTC) }})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	return db
}

// TestLineageKnowsTheBuiltColumns compares the columns found in the models' texts with those of the built tables.
func TestLineageKnowsTheBuiltColumns(t *testing.T) {
	db := openEmpty(t)
	l, err := ReadLineage(t.Context(), db)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range sqltext.Files(sqltext.Marts) {
		r, err := db.Query(t.Context(), "select column_name from duckdb_columns() where schema_name = 'main' and table_name = $name order by column_index", Args{"name": f.Name}, 0)
		if err != nil {
			t.Fatal(err)
		}
		var want, got []string
		for _, row := range r.Rows {
			want = append(want, row[0].(string))
		}
		for _, c := range l.Model(f.Name).Columns {
			got = append(got, c.Name)
		}
		if !slices.Equal(want, got) {
			t.Errorf("%s: built %v, read %v", f.Name, want, got)
		}
	}
}

// TestEveryColumnReachesTheFiles follows every column of every mart: to raw fields, a raw table's rows or, as constants are, to nothing.
func TestEveryColumnReachesTheFiles(t *testing.T) {
	db := openEmpty(t)
	l, err := ReadLineage(t.Context(), db)
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range l.Models {
		if len(m.Inputs) == 0 {
			t.Errorf("%s reads nothing", m.Name)
		}
		for _, input := range m.Inputs {
			if l.Model(input) == nil && l.raw[input] == nil {
				t.Errorf("%s reads %s, which is nothing", m.Name, input)
			}
		}
		if m.Layer != string(sqltext.Marts) {
			continue
		}
		for _, c := range m.Columns {
			reached := l.Trace(Ref{m.Name, c.Name}, func(string) bool { return false })
			for _, ref := range reached {
				if !strings.HasPrefix(ref.Table, "raw.") || (ref.Column != "*" && !slices.Contains(l.raw[ref.Table], ref.Column)) {
					t.Errorf("%s.%s ends at %s", m.Name, c.Name, ref)
				}
			}
		}
	}
}

// TestLineageFollowsNames pins traces that go through parts of a statement, macros, unions, stars, windows and counts.
func TestLineageFollowsNames(t *testing.T) {
	l, err := ReadLineage(t.Context(), openEmpty(t))
	if err != nil {
		t.Fatal(err)
	}
	isMart := func(table string) bool { return strings.HasPrefix(table, "fct_") || strings.HasPrefix(table, "dim_") }
	for column, want := range map[string][]string{
		"fct_goal.title":                           {"raw.check_in.goal_id", "raw.check_in.goal_title", "raw.goal.title"},
		"fct_goal.is_inferred":                     {},
		"fct_rater.mean_residual":                  {"fct_rating_residual.residual"},
		"fct_employee_cycle.goal_off_track_count":  {"fct_goal.*", "fct_goal.status"},
		"fct_employee_cycle.previous_rating_share": {"fct_rating.value_share"},
		"fct_employee_cycle.leak_step":             {"fct_loop.leak_step"},
		"fct_step.step":                            {},
		"fct_rater.rated_count":                    {"fct_rating_residual.*"},
		"dim_setting.attainment_cap":               {"raw.setting.value"},
	} {
		model, name, _ := strings.Cut(column, ".")
		got := []string{}
		for _, ref := range l.Trace(Ref{model, name}, isMart) {
			got = append(got, ref.String())
		}
		slices.Sort(got)
		if !slices.Equal(want, got) {
			t.Errorf("%s comes from %v, want %v", column, got, want)
		}
	}
}
