package analytics

import (
	"context"
	"database/sql"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func mustRead(t *testing.T, text string) *SettingsEdit {
	t.Helper()
	edit, err := ReadSettings([]byte(text))
	if err != nil {
		t.Fatal(err)
	}
	return edit
}

func changeSettings(t *testing.T, db *DB, text string) []SettingChange {
	t.Helper()
	changes, _, err := db.ChangeSettings(t.Context(), mustRead(t, text), "Ada")
	if err != nil {
		t.Fatal(err)
	}
	return changes
}

const everySection = `
settings: {as_of: 2026-06-30, check_in_days: 14, weight_tolerance_share: 1%}
cycles:
  2026H1: {on_track_from_points: -0.05}
rating_scales:
  - {code: A, label_en: Good, label_zh: 好, rank: 2, value: 2}
  - {code: B, label_en: Poor, label_zh: 差, rank: 1, value: 1}
guidelines:
  - {label: A, share: 0.3}
scoring_rules:
  - {kind: linear, from_attainment: 0, to_attainment: 1, from_score: 0, to_score: 100}
score_parts:
  - {part: goals, weight: 0.7}
score_labels:
  - {label: A, from_score: 80}
  - {label: B}
`

// settingsNow is what the warehouse and its record say of settings.
func settingsNow(t *testing.T, db *DB) [][]any {
	t.Helper()
	r, err := db.Query(t.Context(), `
		select 'setting' as source, name, coalesce(cycle, '') as cycle, value from raw.setting
		union all select 'change', name, coalesce(cycle, ''), coalesce(after, '') || changed_by || change_id || changed_at from raw.setting_change
		union all select 'rating_scale', code, '', label_zh from raw.rating_scale
		union all select 'guideline', label, '', share::varchar from raw.guideline
		union all select 'scoring_rule', kind, '', to_score::varchar from raw.scoring_rule
		union all select 'score_part', part, '', weight::varchar from raw.score_part
		union all select 'score_label', label, '', from_score::varchar from raw.score_label
		order by all`, nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	return r.Rows
}

func TestSettingsOutliveTheWarehouse(t *testing.T) {
	dir := t.TempDir()
	db := openDB(t, dir)
	if got := len(changeSettings(t, db, everySection)); got != 9 {
		t.Errorf("%d changes, want 9", got)
	}
	if again := changeSettings(t, db, everySection); len(again) != 0 {
		t.Errorf("the same file again changes %v", again)
	}
	changeSettings(t, db, "settings: {check_in_days: null}")
	want := settingsNow(t, db)
	if len(want) != 20 { // 3 settings, 10 changes, 7 rows of tables
		t.Errorf("%d rows of settings, want 20: %v", len(want), want)
	}
	exported, err := ExportSettings(t.Context(), db, "en")
	if err != nil {
		t.Fatal(err)
	}
	if same := changeSettings(t, db, exported); len(same) != 0 {
		t.Errorf("what was exported changes %v\n%s", same, exported)
	}
	update(t, db, func(ctx context.Context, conn *sql.Conn) error {
		return errors.Join(ClearRaw(ctx, conn), db.ReplaySettings(ctx, conn))
	})
	if diff := cmp.Diff(want, settingsNow(t, db)); diff != "" {
		t.Errorf("after a replay (-before +after):\n%s", diff)
	}
	db.Close()
	if err := errors.Join(os.Remove(filepath.Join(dir, "warehouse.duckdb")), os.WriteFile(filepath.Join(dir, settingsDir, "000003.json.pending"), []byte("{"), 0o600)); err != nil {
		t.Fatal(err)
	}
	db = openDB(t, dir)
	update(t, db, nil)
	if diff := cmp.Diff(want, settingsNow(t, db)); diff != "" {
		t.Errorf("after the warehouse was lost (-before +after):\n%s", diff)
	}
	if left, _ := filepath.Glob(filepath.Join(dir, settingsDir, "*.pending")); len(left) != 0 {
		t.Errorf("a change cut short is left behind: %v", left)
	}
}

func TestBadSettingsNameTheLineAndChangeNothing(t *testing.T) {
	for text, want := range map[string]string{
		"settings:\n  check_in_days: soon":                                   "line 2: setting_not_number",
		"settings:\n  check_in_days: 0":                                      "line 2: setting_out_of_range",
		"settings:\n  check_in_days: 1.5":                                    "line 2: setting_not_whole",
		"settings:\n  maintain_band_share: .nan":                             "line 2: setting_not_number",
		"settings:\n  as_of: 2026-02-30":                                     "line 2: setting_not_date",
		"settings:\n  age_bands: 30,40+":                                     "line 2: setting_not_like",
		"settings:\n  protected_attributes: gender,":                         "line 2: setting_not_like",
		"settings:\n\n  wings: 2":                                            "line 3: setting_unknown ",
		"settings: 3":                                                        "line 1: setting_not_names",
		"settings: [":                                                        "setting_not_yaml",
		"wishes: {}":                                                         "line 1: setting_unknown_section",
		"settings:\n  check_in_days: 3\n  check_in_days: 4":                  "setting_",
		"cycles:\n  2026H1:\n    minimum_group_count: 3":                     "line 3: setting_not_per_cycle",
		"cycles:\n  2062H9:\n    check_in_days: 7":                           "line 3: setting_not_a_cycle",
		"settings:\n  on_track_from_points: -0.5":                            "line 2: setting_below",
		"cycles:\n  2026H1: {on_track_from_points: -0.5}":                    "line 2: setting_below",
		"score_parts:\n  - {part: goals, colour: red}":                       "line 2: setting_unknown_field",
		"score_parts:\n  - {weight: 0.5}":                                    "line 2: setting_missing_field",
		"guidelines:\n  - {label: A, share: 30}":                             "line 2: setting_out_of_range",
		"rating_scales:\n  - {code: A, rank: 1.5}":                           "line 2: setting_not_number",
		"rating_scales: A":                                                   "line 1: setting_not_rows",
		"settings: {check_in_days: 7}\ncycles: {2026H1: {check_in_days: x}}": "line 2: setting_not_number",
	} {
		db := openDB(t, "")
		edit, err := ReadSettings([]byte(text))
		if err == nil {
			_, _, err = db.ChangeSettings(t.Context(), edit, "Ada")
		}
		var theirs *SettingsError
		if !errors.As(err, &theirs) || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v, want %s", text, err, want)
		}
		if left := settingsNow(t, db); len(left) != 0 {
			t.Errorf("%q left %v", text, left)
		}
	}
}

// A threshold at its equal is in order, and a percentage is a fraction.
func TestSettingsAtTheirBoundaries(t *testing.T) {
	db := openDB(t, "")
	changeSettings(t, db, "settings: {on_track_from_points: -25%, smart_sure_above: 0.9, check_in_days: 366, age_bands: \"35,50\"}")
	all, err := Settings(t.Context(), db, "")
	if err != nil {
		t.Fatal(err)
	}
	got := map[string]string{}
	for _, s := range all {
		if s.IsSet {
			got[s.Name] = s.Value
		}
	}
	want := map[string]string{"on_track_from_points": "-0.25", "smart_sure_above": "0.9", "check_in_days": "366", "age_bands": "35,50"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// Every threshold that models read can be set, and every cycle's own is one that a cycle has.
func TestEverySettingIsDescribed(t *testing.T) {
	known, err := Catalogue()
	if err != nil {
		t.Fatal(err)
	}
	db := openDB(t, "")
	for mart, isDescribed := range map[string]func(*SettingEntry) bool{
		"dim_setting":       func(*SettingEntry) bool { return true },
		"dim_cycle_setting": func(s *SettingEntry) bool { return s.PerCycle },
	} {
		r, err := db.Query(t.Context(), "select column_name from duckdb_columns() where schema_name = 'main' and table_name = $mart", Args{"mart": mart}, 0)
		if err != nil {
			t.Fatal(err)
		}
		has := map[string]bool{"cycle_id": true}
		for _, row := range r.Rows {
			name := row[0].(string)
			has[name] = true
			if s := known.Setting(name); name != "cycle_id" && (s == nil || !isDescribed(s) || s.En == "" || s.Zh == "") {
				t.Errorf("%s.%s is not described in catalogue/settings.yaml", mart, name)
			}
		}
		for _, s := range known.Settings {
			if isDescribed(s) && !has[s.Name] {
				t.Errorf("catalogue/settings.yaml describes %s, which %s has not", s.Name, mart)
			}
			if s.Unit != "date" && s.Default == "" {
				t.Errorf("%s has no default", s.Name)
			}
		}
	}
}
