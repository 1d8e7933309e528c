package analytics

import (
	"context"
	"database/sql"
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"
)

// scale is how large a company to generate.
type scale struct{ employees, cycles, goals, checkIns int }

// scaleTables are generated in this order: later ones are made from earlier ones.
var scaleTables = []string{
	"cycle", "unit", "employee", "goal", "check_in", "plan_item", "appraisal", "rating_scale",
	"guideline", "conversation", "improvement_plan", "incentive", "reading",
}

// load fills the raw tables from testdata/scale. Every statement is deterministic.
func (s scale) load(ctx context.Context, conn *sql.Conn) error {
	for _, table := range scaleTables {
		text, err := os.ReadFile(filepath.Join("..", "testdata", "scale", table+".sql"))
		if err != nil {
			return fmt.Errorf("read generator: %w", err)
		}
		_, err = conn.ExecContext(ctx, string(text),
			sql.Named("employees", s.employees), sql.Named("cycles", s.cycles),
			sql.Named("goals", s.goals), sql.Named("check_ins", s.checkIns))
		if err != nil {
			return fmt.Errorf("generate %s: %w", table, err)
		}
	}
	return nil
}

// openScale is a warehouse on disk that holds the company.
func openScale(tb testing.TB, s scale) *DB {
	tb.Helper()
	db := openOnDisk(tb)
	if _, err := db.Update(tb.Context(), s.load); err != nil {
		tb.Fatal(err)
	}
	return db
}

// openOnDisk is a warehouse on disk.
func openOnDisk(tb testing.TB) *DB {
	tb.Helper()
	now := func() time.Time { return time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC) }
	db, err := Open(tb.Context(), tb.TempDir(), Options{Now: now, MemoryLimit: *benchMemory})
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() { db.Close() })
	return db
}

// TestAGeneratedCompanyKeepsEverybody compares the marts with what the generator wrote.
func TestAGeneratedCompanyKeepsEverybody(t *testing.T) {
	s := scale{employees: 400, cycles: 4, goals: 3, checkIns: 6}
	db := openScale(t, s)
	for query, want := range map[string]int64{
		"select count(*) from fct_goal where owner_kind = 'employee'":                                              4800,
		"select count(*) from fct_goal where is_aligned":                                                           4800 + 20,
		"select count(distinct employee_id) from fct_employee_cycle":                                               400,
		"select count(*) - 6 * (select count(*) from fct_employee_cycle) from fct_step":                            0,
		"select count(*) - (select count(*) from raw.check_in where checked_on <= '2026-11-22') from fct_check_in": 0,
		"select count(*) from fct_check_in where goal_id is null":                                                  0,
		"select count(*) - (select count(*) from raw.appraisal where reviewer_role = 'manager') from fct_rating":   0,
		"select count(*) from fct_employee_cycle where attainment is null":                                         0,
		"select count(*) from dim_unit where depth = 3":                                                            10,
	} {
		r, err := db.Query(t.Context(), query, nil, 1)
		if err != nil {
			t.Fatal(err)
		}
		if got := r.Rows[0][0]; got != want {
			t.Errorf("%s: got %v, want %d", query, got, want)
		}
	}
}

// TestEveryFigureIsANumber looks for what no page could show in any mart: a company whose people are all alike has no variance anywhere.
func TestEveryFigureIsANumber(t *testing.T) {
	db := openScale(t, scale{employees: 60, cycles: 3, goals: 1, checkIns: 1})
	update(t, db, func(ctx context.Context, conn *sql.Conn) error {
		return execAll(ctx, conn, "delete from raw.check_in", "update raw.goal set actual = target", "update raw.appraisal set label = 'B'")
	})
	columns, err := db.Query(t.Context(), `
		select table_name, column_name from duckdb_columns()
		where schema_name = 'main' and database_name = current_database() and data_type = 'DOUBLE'`, nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	if len(columns.Rows) < 100 {
		t.Fatalf("only %d figures", len(columns.Rows))
	}
	for _, column := range columns.Rows {
		r, err := db.Query(t.Context(), fmt.Sprintf("select count(*) from %[1]s where not isfinite(%[2]s)", column...), nil, 1)
		if err != nil {
			t.Fatal(err)
		}
		if r.Rows[0][0] != int64(0) {
			t.Errorf("%s.%s: %d are no number", column[0], column[1], r.Rows[0][0])
		}
	}
}

// BenchmarkUpdate reports the import of 100,000 check-ins of the running cycle into the same company, which has so far
// reported so often that 1 or 10 million are stored, and how many such imports a build of everything takes.
func BenchmarkUpdate(b *testing.B) {
	times := map[int]time.Duration{}
	for _, perGoal := range []int{6, 56} {
		s := scale{employees: 5_000, cycles: 8, goals: 5, checkIns: perGoal}
		b.Run(fmt.Sprintf("millions=%d", 200_000*perGoal*9/10/1_000_000), func(b *testing.B) {
			db := openScale(b, s)
			importID := 1
			for b.Loop() {
				importID++
				if _, err := db.Update(b.Context(), reportAgain(importID, 100_000)); err != nil {
					b.Fatal(err)
				}
			}
			times[perGoal] = b.Elapsed() / time.Duration(b.N)
			b.StopTimer()
			began := time.Now()
			if _, err := db.Update(b.Context(), buildAllNext); err != nil {
				b.Fatal(err)
			}
			b.ReportMetric(float64(time.Since(began))/float64(times[perGoal]), "x-less-than-everything")
			if few := times[6]; perGoal != 6 && few > 0 {
				b.ReportMetric(float64(times[perGoal])/float64(few), "x-tenth-stored")
			}
		})
	}
}

// reportAgain loads some check-ins, at most four on each of the running cycle's goals.
func reportAgain(importID, count int) Load {
	return func(ctx context.Context, conn *sql.Conn) error {
		return execAll(ctx, conn, fmt.Sprintf(`insert into raw.check_in by name
			select
				%[1]d as import_id,
				'check-in' as sheet,
				row_number() over () as line,
				goal.goal_id || '|%[1]d|' || k as natural_key,
				goal.goal_id,
				goal.employee_id,
				date '2026-11-22' - k::integer as checked_on,
				80.0 + k as value
			from raw.goal as goal
			cross join range(1, 5) as numbers(k)
			where goal.cycle = '2026H2'
				and goal.employee_id is not null
			order by goal.natural_key, k
			limit %[2]d`, importID, count))
	}
}

// BenchmarkManyUpdates reports how much larger than a warehouse made at once one is that took fifty imports of 1,000
// check-ins.
func BenchmarkManyUpdates(b *testing.B) {
	s := scale{employees: 250, cycles: 8, goals: 5, checkIns: 6}
	for b.Loop() {
		db := openScale(b, s)
		for i := range 50 {
			if _, err := db.Update(b.Context(), reportAgain(i+2, 1_000)); err != nil {
				b.Fatal(err)
			}
		}
		info, err := os.Stat(db.livePath())
		if err != nil {
			b.Fatal(err)
		}
		atOnce := filepath.Join(b.TempDir(), "at-once.duckdb")
		for _, statement := range []string{"attach '" + atOnce + "' as at_once", "copy from database warehouse to at_once", "detach at_once"} {
			if _, err := db.writer.ExecContext(b.Context(), statement); err != nil {
				b.Fatal(err)
			}
		}
		compact, err := os.Stat(atOnce)
		if err != nil {
			b.Fatal(err)
		}
		b.ReportMetric(float64(info.Size())/float64(compact.Size()), "x-size-at-once")
	}
}
