package analytics

import (
	"context"
	"database/sql"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"
)

// A company made at random, and the figures of goal setting and final scores worked out from their definitions, apart from the models.
type (
	worker struct{ id, unit, family string }
	report struct {
		on    time.Time
		value float64
	}
	aim struct {
		id, owner, unit, metric, category, direction, parent string
		year                                                 int
		baseline, target, actual                             *float64
		isCancelled                                          bool
		reports                                              []report
	}
	company struct {
		workers []worker
		aims    []aim // without an owner: the unit's
		marks   map[string]map[string]float64
	}
)

var (
	firstYear, lastYear = 2021, 2025 // the last is running: builds are of 31 August 2025
	teams               = []string{"North", "South", "East"}
	families            = []string{"Sales", "Lab", ""}
	categories          = []string{"Growth", "Cost", "growth ", ""}
)

func randomCompany(r *rand.Rand) company {
	c := company{marks: map[string]map[string]float64{}}
	for i := range 36 {
		w := worker{fmt.Sprintf("W%02d", i), teams[r.IntN(len(teams))], families[r.IntN(len(families))]}
		c.workers = append(c.workers, w)
		c.marks[w.id] = map[string]float64{}
		for _, part := range []string{"competencies", "values", "bonus", "penalty"} {
			if r.IntN(4) > 0 {
				c.marks[w.id][part] = float64(1 + r.IntN(5))
			}
		}
	}
	for year := firstYear; year <= lastYear; year++ {
		for _, unit := range teams {
			c.aims = append(c.aims, aim{id: fmt.Sprintf("U%d%s", year, unit), unit: unit, year: year, category: categories[r.IntN(len(categories))]})
		}
		c.aims = append(c.aims, aim{id: fmt.Sprintf("S%d", year), year: year})
		for _, w := range c.workers {
			for n := range r.IntN(4) {
				c.aims = append(c.aims, randomAim(r, w, aim{id: fmt.Sprintf("%s-%d-%d", w.id, year, n), year: year}))
			}
		}
	}
	return c
}

func randomAim(r *rand.Rand, w worker, a aim) aim {
	a.owner, a.unit = w.id, w.unit
	a.metric = []string{"Orders", " orders", "Defects", ""}[r.IntN(4)]
	a.category = categories[r.IntN(len(categories))]
	if a.category == "Cost" && w.family == "Lab" && r.IntN(8) > 0 {
		a.category = "Growth"
	}
	a.direction = []string{"increase", "decrease"}[r.IntN(2)]
	a.target = some(float64(20 + 10*r.IntN(4)))
	if r.IntN(2) == 0 {
		a.baseline = some(float64(10 * r.IntN(6)))
	}
	if r.IntN(5) > 0 {
		a.actual = some(float64(20+10*r.IntN(4)) * []float64{1, 1, 1.01, 0.99, 1.3}[r.IntN(5)])
	}
	a.isCancelled = r.IntN(10) == 0
	if r.IntN(3) == 0 {
		a.parent = fmt.Sprintf("S%d", a.year)
	}
	for range r.IntN(3) {
		on := a.starts().AddDate(0, 0, r.IntN(240))
		if r.IntN(3) == 0 {
			on = a.cutOn().AddDate(0, 0, r.IntN(3)-1)
		}
		if !slices.ContainsFunc(a.reports, func(other report) bool { return other.on.Equal(on) }) {
			a.reports = append(a.reports, report{on, float64(15 + 5*r.IntN(8))})
		}
	}
	return a
}

func some(x float64) *float64 { return &x }

func (a aim) starts() time.Time { return time.Date(a.year, 1, 1, 0, 0, 0, 0, time.UTC) }
func (a aim) due() time.Time    { return a.starts().AddDate(0, 0, 200) }
func (a aim) cutOn() time.Time  { return a.starts().AddDate(0, 0, 180) }

var today = time.Date(2025, 8, 31, 0, 0, 0, 0, time.UTC)

// evidence is the final actual, else the last report up to today.
func (a aim) evidence() *float64 {
	if a.actual != nil {
		return a.actual
	}
	return a.reportedBy(today)
}

func (a aim) reportedBy(day time.Time) *float64 {
	var last *report
	for i, r := range a.reports {
		if !r.on.After(day) && (last == nil || r.on.After(last.on)) {
			last = &a.reports[i]
		}
	}
	if last == nil {
		return nil
	}
	return &last.value
}

// attainment of a value, by the table of directions; nil without a value.
func (a aim) attainment(value *float64) *float64 {
	if value == nil || a.target == nil {
		return nil
	}
	x, t := *value, *a.target
	switch {
	case a.baseline != nil && *a.baseline == t:
		isMet := x >= t
		if a.direction == "decrease" {
			isMet = x <= t
		}
		if isMet {
			return some(1)
		}
		return some(0)
	case a.baseline != nil:
		return some(round9((x - *a.baseline) / (t - *a.baseline)))
	case a.direction == "decrease":
		return some(round9(2 - x/t))
	}
	return some(round9(x / t))
}

func round9(x float64) float64 { return math.Round(x*1e9) / 1e9 }

func same(a, b string) bool {
	strip := func(s string) string { return strings.ToLower(strings.ReplaceAll(s, " ", "")) }
	return strip(a) == strip(b)
}

// load writes the company to the raw tables.
func (c company) load(ctx context.Context, conn *sql.Conn) error {
	if err := ClearRaw(ctx, conn); err != nil {
		return err
	}
	line := 0
	insert := func(table, columns string, values ...any) error {
		line++
		marks := strings.TrimSuffix(strings.Repeat("nullif(?, ''), ", len(values)), ", ")
		for i, v := range values {
			if x, ok := v.(*float64); ok {
				values[i] = ""
				if x != nil {
					values[i] = fmt.Sprint(*x)
				}
			}
		}
		_, err := conn.ExecContext(ctx, fmt.Sprintf("insert into raw.%s (%s, natural_key, import_id, sheet, line) values (%s, '%d', 1, 's', %d)", table, columns, marks, line, line), values...)
		return err
	}
	for _, w := range c.workers {
		if err := insert("employee", "employee_id, employee_name, unit, job_family, hired_on", w.id, "Name "+w.id, w.unit, w.family, "2015-01-01"); err != nil {
			return err
		}
		for part, score := range c.marks[w.id] {
			if err := insert("appraisal", "cycle, employee_id, reviewer_role, part, score", "2024", w.id, "manager", part, some(score)); err != nil {
				return err
			}
		}
	}
	for _, a := range c.aims {
		status, unit, title, isStrategic := "", "", "Raise it", ""
		if a.isCancelled {
			status = "cancelled"
		}
		if a.owner == "" {
			unit = a.unit
		}
		if strings.HasPrefix(a.id, "S") {
			isStrategic = "true"
		}
		err := insert("goal", "cycle, goal_id, employee_id, unit, title, metric, category, direction, baseline, target, actual, status, parent_goal_id, is_strategic, starts_on, due_on",
			fmt.Sprint(a.year), a.id, a.owner, unit, title, a.metric, a.category, a.direction, a.baseline, a.target, a.actual, status, a.parent, isStrategic,
			a.starts().Format(time.DateOnly), a.due().Format(time.DateOnly))
		if err != nil {
			return err
		}
		for _, r := range a.reports {
			if err := insert("check_in", "goal_id, employee_id, checked_on, value", a.id, a.owner, r.on.Format(time.DateOnly), some(r.value)); err != nil {
				return err
			}
		}
	}
	return c.loadRules(ctx, conn)
}

// loadRules: linear up to the target and 20 points over it for the company; on defects a point for each full unit short.
func (c company) loadRules(ctx context.Context, conn *sql.Conn) error {
	return execAll(ctx, conn,
		`insert into raw.scoring_rule by name select * from (values
			(null, 'linear', 0.5, 1, 0, 100, null, null, null, null, null), (null, 'bonus', null, null, null, null, 40, 1, 'attainment', null, 20),
			(null, 'bounds', null, null, null, null, null, null, null, null, 120), ('DEFECTS', 'deduct', null, null, null, null, 3, 2, 'value', 'down', 60))
			as rule(metric, kind, from_attainment, to_attainment, from_score, to_score, points, per_unit, basis, rounding, cap)`,
		`insert into raw.score_part by name select * from (values ('2024', 'goals', 0.5, null, 110), ('2024', 'competencies', 0.3, 5, null), ('2024', 'values', 0.2, 5, null),
			('2024', 'bonus', null, null, 3), ('2024', 'penalty', null, null, null)) as part(cycle, part, weight, full_score, cap)`,
		"insert into raw.score_label by name select * from (values ('C', null), ('B', 60), ('A', 85)) as label(label, from_score)")
}

// TestGoalSettingAgreesWithItsDefinitions compares, on companies made at random, every goal and every unit.
func TestGoalSettingAgreesWithItsDefinitions(t *testing.T) {
	db, err := Open(t.Context(), "", Options{Now: func() time.Time { return today }})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	for seed := range uint64(3) {
		c := randomCompany(rand.New(rand.NewPCG(seed, 4)))
		update(t, db, c.load)
		for name, pair := range map[string]struct {
			query string
			want  map[string]figures
		}{
			"chances":     {"select goal_id, attainable_chance, chance_count, attainable from fct_goal_smart", c.chances()},
			"relevance":   {"select goal_id, relevant from fct_goal_smart", c.relevance()},
			"goal scores": {"select goal_id, score, base_score, deducted_score, bonus_score, attainment_raw from fct_goal_score where employee_id is not null", c.goalScores()},
			"final":       {"select employee_id, score, weighted_score, extra_score from fct_final_score", c.finalScores()},
			"signs": {`select cycle_id || unit_id, soft_target_share, bunched_share, just_below_share, late_progress_share, stretch_difference_points,
				stretched_count, compared_count, compared_person_count, ended_count, ended_person_count, dated_count, dated_person_count, goal_count, person_count
				from fct_target_sign`, c.signs()},
		} {
			t.Run(fmt.Sprintf("%s of company %d", name, seed), func(t *testing.T) { mustAgree(t, db, pair.query, pair.want) })
		}
	}
}

// figures of a row; NaN stands for one that cannot be said.
type figures []float64

func mustAgree(t *testing.T, db *DB, query string, want map[string]figures) {
	t.Helper()
	r, err := db.Query(t.Context(), query, nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	if len(r.Rows) != len(want) || len(want) == 0 {
		t.Errorf("%d rows, want %d", len(r.Rows), len(want))
	}
	said := 0
	for _, row := range r.Rows {
		key := row[0].(string)
		for i, v := range row[1:] {
			got := math.NaN()
			switch x := v.(type) {
			case float64:
				got = x
			case int64:
				got = float64(x)
			}
			if i >= len(want[key]) {
				t.Fatalf("%s is not expected", key)
			}
			w := want[key][i]
			if !math.IsNaN(w) {
				said++
			}
			if math.IsNaN(got) != math.IsNaN(w) || math.Abs(got-w) > 1e-9 {
				t.Errorf("%s %s: got %v, want %v", key, r.Columns[i+1].Name, got, w)
			}
		}
	}
	if said == 0 {
		t.Error("no figure can be said: nothing is compared")
	}
}
