package analytics

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	sqltext "github.com/perfloop/perfloop/sql"
)

// change is one import, or an undoing of one, as statements with $import_id and $seed.
type change struct {
	name      string
	isPartial bool    // it must not build everything
	imports   []int64 // whose ids the statement has already
	statement string
}

// restated is a raw table's rows as last stated, some of them, as the next import states them again.
func restated(table, with string) string {
	return fmt.Sprintf(`insert into raw.%[1]s
		select * replace ($import_id as import_id, %[2]s)
		from raw.%[1]s
		where hash(natural_key, $seed) %% 5 = 0
		qualify row_number() over (partition by natural_key order by import_id desc, line desc) = 1`, table, with)
}

// added is rows of a select that lacks import_id, sheet and line.
func added(table, rows string) string {
	return fmt.Sprintf(`insert into raw.%[1]s by name
		select $import_id as import_id, 'added' as sheet, row_number() over (order by row) as line, *
		from (select distinct * from (%[2]s)) as row qualify row_number() over (partition by natural_key order by row) = 1`, table, rows)
}

// aCycle is one of the cycles, by the seed.
const aCycle = "(select cycle from raw.cycle order by hash(cycle, $seed) limit 1)"

// someGoals are goals of people, some of one cycle.
const someGoals = "(select distinct natural_key, goal_id, title, cycle, employee_id, starts_on, due_on from raw.goal where cycle = " + aCycle +
	" and employee_id is not null and goal_id is not null and hash(natural_key, $seed) % 3 = 0) as goal"

var changes = []change{
	{"check-ins", true, nil, added("check_in", `select goal_id || '|' || $import_id as natural_key, goal_id, employee_id,
		due_on - (hash(goal_id, $seed) % 150)::integer as checked_on, 60.0 + hash(goal_id, $seed) % 60 as value from `+someGoals)},
	{"check-ins by name and title", true, nil, added("check_in", `select title || '|' || $import_id as natural_key, title as goal_title,
		replace(employee_id, 'E', 'Person ') as employee_name, cycle, due_on - 5 as checked_on, 0.4 as progress from `+someGoals)},
	{"check-ins on goals no file has", true, nil, added("check_in", `select goal_id || '|unknown|' || $import_id as natural_key, 'Side job of ' || employee_id as goal_title,
		employee_id, due_on - 9 as checked_on, 0.5 as progress from `+someGoals)},
	{"check-ins of strangers", false, nil, added("check_in", `select goal_id || '|stranger|' || $import_id as natural_key, 'X-' || goal_id as goal_id,
		'X' || hash(goal_id, $seed) % 4 as employee_id, 'New unit ' || $import_id % 3 as unit, due_on - 9 as checked_on, 0.5 as progress from `+someGoals)},
	{"check-ins of people not on the roster by name", false, nil, added("check_in", `select goal_id || '|name|' || $import_id as natural_key, 'Y' as goal_title,
		case when $import_id % 2 = 0 then 'ada' else 'Ada' end as employee_name, due_on - 9 as checked_on, 0.5 as progress from `+someGoals)},
	{"check-ins in a new year", false, nil, added("check_in", `select 'late|' || $import_id as natural_key, 'E1' as employee_id, 'Z' as goal_title,
		make_date(2005 + ($import_id % 30)::integer, 4, 4) as checked_on, 0.5 as progress`)},
	{"check-ins without an owner", true, nil, added("check_in", `select 'nobody|' || $import_id as natural_key, 'Z' as goal_title, `+aCycle+` as cycle, 0.5 as progress`)},
	{"corrected check-ins", true, nil, restated("check_in", "value + 1 as value, 'at_risk' as status")},
	{"check-ins moved to another cycle", false, nil, restated("check_in", aCycle+" as cycle")},
	{"goals", true, nil, added("goal", `select natural_key || '|' || $import_id as natural_key, goal_id || '/' || $import_id as goal_id, cycle, employee_id,
		'Goal of ' || employee_id as title, 10.0 as target, 8.0 as actual, 0.2 as weight from `+someGoals)},
	{"goals on a metric of earlier cycles", true, nil, added("goal", `select natural_key || '|again|' || $import_id as natural_key, cycle, employee_id,
		'Raise sales of spare parts in Poland by 20%' as title, ['Growth', 'Quality'][1 + (hash(goal_id, $seed) % 2)::integer] as category,
		'metric 2' as metric, 90.0 as target, 91.0 as actual from `+someGoals)},
	{"goals of quarters that nobody knew", false, nil, added("goal", `select natural_key || '|q|' || $import_id as natural_key, '2031Q' || (1 + hash(goal_id, $seed) % 4) as cycle,
		employee_id, title, 10.0 as target from `+someGoals)},
	{"goals with ids in use", true, nil, added("goal", `select natural_key || '|' || $import_id as natural_key, goal_id, `+aCycle+` as cycle, employee_id,
		title, 10.0 as target from `+someGoals)},
	{"goals for what was known from check-ins only", true, nil, added("goal", `select 'side|' || cycle || employee_id as natural_key, cycle, employee_id,
		'Side job of ' || employee_id as title from `+someGoals)},
	{"goals under goals of any cycle", true, nil, added("goal", `select natural_key || '|under|' || $import_id as natural_key, `+aCycle+` as cycle, employee_id,
		'Part of ' || title as title, goal_id as parent_goal_id from `+someGoals)},
	{"goals under a goal that comes later", true, nil, added("goal", `select natural_key || '|before|' || $import_id as natural_key, cycle, employee_id,
		'Early ' || title as title, 'Objective ' || (1 + $import_id % 20) as parent_goal_id from `+someGoals)},
	{"an objective", true, nil, added("goal", `select 'objective' || $import_id as natural_key, 'Objective ' || $import_id % 20 as title, `+aCycle+` as cycle, true as is_strategic`)},
	{"corrected goals", true, nil, restated("goal", "weight * 1.1 as weight, target + 5 as target")},
	{"goals with other parents", true, nil, restated("goal", "case when hash(natural_key) % 2 = 0 then 'Goal 1 of person 3' end as parent_goal_id, not is_strategic as is_strategic")},
	{"goals with other titles", false, nil, restated("goal", "title || '!' as title")},
	{"plan items", true, nil, added("plan_item", `select goal_id || '|' || $import_id as natural_key, goal_id, employee_id, 'Step' as title, due_on - 30 as due_on from `+someGoals)},
	{"plan items of no goal", true, nil, added("plan_item", `select goal_id || '|none|' || $import_id as natural_key, 'Side job of ' || employee_id as goal_title, employee_id, due_on - 30 as due_on from `+someGoals)},
	{"plan items done", true, nil, restated("plan_item", "true as is_done, 0.5 as weight")},
	{"appraisals", true, nil, added("appraisal", `select cycle || employee_id || $import_id as natural_key, cycle, employee_id, 'manager' as reviewer_role,
		['A', 'B', '4.5', 'Splendid'][1 + (hash(goal_id, $seed) % 4)::integer] as label, due_on + 5 as appraised_on from `+someGoals)},
	{"appraisals of a part", true, nil, added("appraisal", `select cycle || employee_id || $import_id as natural_key, cycle, employee_id, 'manager' as reviewer_role,
		'competencies' as part, 1.0 + hash(goal_id, $seed) % 4 as score, due_on + 5 as appraised_on from `+someGoals)},
	{"appraisals by date", true, nil, added("appraisal", `select employee_id || $import_id as natural_key, employee_id, 'self' as reviewer_role,
		1.0 + hash(goal_id, $seed) % 4 as score, due_on + 5 as appraised_on from `+someGoals)},
	{"corrected appraisals", true, nil, restated("appraisal", "'S' as label")},
	{"calibrations", true, nil, added("calibration", `select cycle || employee_id as natural_key, cycle, employee_id, 'C' as to_label from `+someGoals)},
	{"conversations", true, nil, added("conversation", `select goal_id || $import_id as natural_key, employee_id, 'feedback' as conversation_kind,
		due_on + 20 as held_on, true as is_acknowledged from `+someGoals)},
	{"corrected conversations", true, nil, restated("conversation", "not is_acknowledged as is_acknowledged")},
	{"improvement plans", true, nil, added("improvement_plan", `select goal_id || $import_id as natural_key, cycle, employee_id, 'improvement' as plan_kind,
		due_on + 25 as starts_on from `+someGoals)},
	{"incentives", true, nil, added("incentive", `select goal_id || $import_id as natural_key, employee_id, 'bonus' as incentive_kind, 100.0 as amount,
		due_on + 25 as awarded_on from `+someGoals)},
	{"readings", true, nil, added("reading", `select 'orders|' || employee_id || $import_id as natural_key, 'Orders' as metric, employee_id,
		due_on - 3 as read_on, 40.0 as value, 'increase' as direction from `+someGoals)},
	{"everything again", true, nil, `insert into raw.check_in select * from raw.check_in where false and $import_id = $seed`},
	{"employees", false, nil, added("employee", `select employee_id || $import_id as natural_key, employee_id, coalesce(starts_on, date '2030-01-01') + 13 as effective_on, 'T2' as unit from `+someGoals)},
	{"new employees", false, nil, added("employee", `select 'n' || $import_id as natural_key, 'N' || $import_id as employee_id, 'Person 3' as employee_name, date '2020-01-01' as hired_on, 'T1' as unit`)},
	{"units", false, nil, added("unit", `select 'T2' as natural_key, 'T2' as unit_id, 'Team ' || $import_id as unit, 'T1' as parent_unit`)},
	{"cycles", false, nil, added("cycle", `select '2026' as natural_key, '2026' as cycle`)},
	{"a scale", false, nil, restated("rating_scale", "label_en || '+' as label_en")},
	{"a setting", false, nil, `insert into raw.setting (name, value) select 'cadence_from', (0.5 + 0.01 * ($import_id % 30) + 0 * $seed)::varchar`},
}

// TestAnUpdateEqualsABuildOfEverything makes every change in one warehouse on disk, as a company's years would, takes some
// back and brings them in again. Now and then a build of everything, which is not kept, must say the same.
func TestAnUpdateEqualsABuildOfEverything(t *testing.T) {
	random := rand.New(rand.NewPCG(historySeed, 3))
	day := time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)
	db := openSmall(t, func() time.Time { return day })
	var done []string
	steps := history(random)
	for i, step := range steps {
		if i == len(steps)/2 {
			day = day.AddDate(0, 0, 1)
			step.isPartial = false
		}
		done = append(done, step.name)
		before := tableID(t, db)
		update(t, db, step.load(0, random.Int64N(1000)))
		if step.isPartial && tableID(t, db) != before {
			t.Errorf("%s: everything was built", step.name)
		}
		if i%compareEvery == compareEvery-1 || i == len(steps)-1 {
			mustEqualEverything(t, db, done)
		}
	}
}

const (
	historySeed  = 1
	compareEvery = 3 // a build of everything takes as long as some updates
)

// history is every change, some in one update, in any order, and among them updates taken back and brought in again.
func history(random *rand.Rand) []change {
	shuffled := slices.Clone(changes)
	random.Shuffle(len(shuffled), func(i, j int) { shuffled[i], shuffled[j] = shuffled[j], shuffled[i] })
	var steps []change
	importID := int64(2)
	for _, isPartial := range []bool{true, false} {
		alike := slices.DeleteFunc(slices.Clone(shuffled), func(c change) bool { return c.isPartial != isPartial })
		for together := range slices.Chunk(alike, 4) {
			steps = append(steps, atOnce(together, importID))
			importID += int64(len(together))
		}
	}
	random.Shuffle(len(steps), func(i, j int) { steps[i], steps[j] = steps[j], steps[i] })
	for i := 3; i < len(steps); i += 6 {
		taken := steps[i-1-random.IntN(3)]
		steps = slices.Insert(steps, i,
			change{name: taken.name + " undone", statement: undo(taken.imports)},
			change{name: taken.name + " brought back", statement: redo(taken.imports)},
		)
	}
	return steps
}

// atOnce is several changes in one update, as imports from importID.
func atOnce(together []change, importID int64) change {
	all := change{isPartial: true}
	var names []string
	for _, c := range together {
		names = append(names, c.name)
		all.statement += strings.ReplaceAll(c.statement, "$import_id", fmt.Sprint(importID)) + ";"
		all.isPartial = all.isPartial && c.isPartial
		all.imports = append(all.imports, importID)
		importID++
	}
	all.name = strings.Join(names, " and ")
	return all
}

// TestUndoingIsFollowed takes imports of each kind of fact back and brings them in again: neither builds everything.
func TestUndoingIsFollowed(t *testing.T) {
	db := openSmall(t, func() time.Time { return time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC) })
	before := tableID(t, db)
	var all []change
	for _, name := range []string{
		"check-ins", "check-ins by name and title", "corrected check-ins", "check-ins on goals no file has", "goals", "goals with ids in use", "corrected goals",
		"goals for what was known from check-ins only", "goals under goals of any cycle", "an objective", "plan items", "appraisals", "corrected appraisals", "conversations",
		"improvement plans", "incentives", "readings",
	} {
		all = append(all, changes[slices.IndexFunc(changes, func(c change) bool { return c.name == name })])
	}
	loaded := atOnce(all, 2)
	update(t, db, loaded.load(0, 7))
	for imports := range slices.Chunk(loaded.imports, 6) {
		for _, statement := range []string{undo(imports), redo(imports)} {
			update(t, db, change{statement: statement}.load(0, 0))
			if tableID(t, db) != before {
				t.Fatalf("imports %d undone or brought back: everything was built", imports)
			}
			mustEqualEverything(t, db, []string{fmt.Sprintf("imports %d undone or brought back", imports)})
		}
	}
}

// mustEqualEverything compares the marts with those of a build of everything, which is rolled back.
func mustEqualEverything(t *testing.T, db *DB, done []string) {
	t.Helper()
	var got, want map[string][]string
	err := db.Preview(t.Context(), func(ctx context.Context, conn *sql.Conn) error {
		got = mainRows(t, conn)
		err := errors.Join(execAll(ctx, conn, "delete from kept.input"), buildEverything(ctx, conn))
		want = mainRows(t, conn)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Fatalf("after %s (-everything built +changes built):\n%.4000s", strings.Join(done, ", "), diff)
	}
}

// openSmall is a warehouse on disk with a small company.
func openSmall(t *testing.T, now func() time.Time) *DB {
	t.Helper()
	db, err := Open(t.Context(), t.TempDir(), Options{Now: now})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	update(t, db, func(ctx context.Context, conn *sql.Conn) error {
		return errors.Join(
			scale{employees: 30, cycles: 4, goals: 3, checkIns: 4}.load(ctx, conn),
			execAll(ctx, conn, "create schema undone", "insert into raw.setting (name, value) values ('minimum_pair_count', '3'), ('peer_min_count', '2'), ('minimum_group_count', '2')",
				"insert into raw.scoring_rule by name select 'Metric 1' as metric, 'linear' as kind, 0.5 as from_attainment, 1 as to_attainment, 40 as from_score, 100 as to_score",
				"insert into raw.score_part by name select * from (values ('goals', null, 0.7, null), ('competencies', null, 0.3, 5), ('goals', 'all', 1, null)) as part(part, variant, weight, full_score)",
				"insert into raw.score_label by name select * from (values ('C', null), ('A', 80)) as label(label, from_score)"))
	})
	return db
}

func (c change) load(importID, seed int64) Load {
	statement := strings.NewReplacer("$import_id", fmt.Sprint(importID), "$seed", fmt.Sprint(seed)).Replace(c.statement)
	return func(ctx context.Context, conn *sql.Conn) error { return execAll(ctx, conn, statement) }
}

// undo deletes the raw rows of imports, as ingest does: it puts them aside first.
func undo(imports []int64) string {
	which := "import_id in (" + strings.Trim(strings.ReplaceAll(fmt.Sprint(imports), " ", ","), "[]") + ")"
	var statements strings.Builder
	for _, kind := range append(factKinds(), "employee", "unit", "cycle") {
		fmt.Fprintf(&statements, `create table if not exists undone.%[1]s as from raw.%[1]s limit 0;
			insert into undone.%[1]s from raw.%[1]s where %[2]s;
			create temp table removed_%[1]s as from raw.%[1]s where %[2]s;
			delete from raw.%[1]s where %[2]s;`, kind, which)
	}
	return statements.String()
}

// redo brings back the raw rows of imports that were undone.
func redo(imports []int64) string {
	which := "import_id in (" + strings.Trim(strings.ReplaceAll(fmt.Sprint(imports), " ", ","), "[]") + ")"
	var statements strings.Builder
	for _, kind := range append(factKinds(), "employee", "unit", "cycle") {
		fmt.Fprintf(&statements, `insert into raw.%[1]s from undone.%[1]s where %[2]s;
			delete from undone.%[1]s where %[2]s;`, kind, which)
	}
	return statements.String()
}

// tableID tells whether a mart's table is still the one it was: a build of everything makes it anew.
func tableID(t *testing.T, db *DB) int64 {
	t.Helper()
	r, err := db.Query(t.Context(), "select table_oid from duckdb_tables() where table_name = 'fct_goal' and schema_name = 'main'", nil, 1)
	if err != nil {
		t.Fatal(err)
	}
	return r.Rows[0][0].(int64)
}

// mainRows are the rows of each mart as sorted texts, numbers to six digits: sums of the same numbers in another
// order differ in their last.
func mainRows(t *testing.T, conn *sql.Conn) map[string][]string {
	t.Helper()
	all := map[string][]string{}
	for _, f := range sqltext.Files(sqltext.Marts) {
		found, err := conn.QueryContext(t.Context(), "select * from main."+f.Name)
		if err != nil {
			t.Fatal(err)
		}
		r, err := readRows(found, -1)
		if err = errors.Join(err, found.Close()); err != nil {
			t.Fatal(err)
		}
		rows := make([]string, len(r.Rows))
		for i, row := range r.Rows {
			for _, v := range row {
				if x, ok := v.(float64); ok {
					v = fmt.Sprintf("%.6g", x*(1+3e-8)+0) // no half of a last digit, which a sum's order would decide, and no -0
				}
				rows[i] += fmt.Sprint(v) + "|"
			}
		}
		slices.Sort(rows)
		all[f.Name] = rows
	}
	return all
}
