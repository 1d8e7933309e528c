package analytics

import (
	"context"
	"database/sql"
	"flag"
	"fmt"
	"os"
	"strings"
	"testing"
	"time"
)

var benchEmployees = flag.Int("employees", 0, "the one size of company for BenchmarkBuild and BenchmarkCycle, for example 1000000")

// sizes are the companies that a benchmark is about: up to 100,000 employees, or what -employees says.
func sizes() []int {
	if *benchEmployees > 0 {
		return []int{*benchEmployees}
	}
	return []int{1_000, 10_000, 100_000}
}

// bare is the least that any tool would do for the same figures: the last check-in of each goal, its
// attainment, and each person's weighted mean.
var bare = []string{
	`create or replace table bare.goal as
	select
		goal.natural_key,
		goal.cycle,
		goal.employee_id,
		any_value(goal.weight) as weight,
		value_attainment(any_value(goal.direction), any_value(goal.baseline), any_value(goal.target), arg_max(check_in.value, check_in.checked_on)) as attainment
	from raw.goal as goal
	left join raw.check_in as check_in on check_in.goal_id = goal.goal_id and check_in.checked_on <= '2026-11-22'
	group by goal.natural_key, goal.cycle, goal.employee_id`,
	`create or replace table bare.person as
	select employee_id, cycle, sum(weight * attainment) / sum(weight) filter (attainment is not null) as attainment
	from bare.goal
	group by employee_id, cycle`,
}

// bareTime is how long the bare work takes in the warehouse.
func bareTime(b *testing.B, db *DB) time.Duration {
	b.Helper()
	mustExec(b, db, "create schema bare")
	began := time.Now()
	mustExec(b, db, bare...)
	took := time.Since(began)
	mustExec(b, db, "drop schema bare cascade")
	return took
}

func mustExec(b *testing.B, db *DB, statements ...string) {
	b.Helper()
	for _, statement := range statements {
		if _, err := db.writer.ExecContext(b.Context(), statement); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkBuild reports a build of everything from raw rows, checks and publishing included, and how many times the bare
// work of the same run it takes. 8 cycles of 5 goals with 3 check-ins each.
func BenchmarkBuild(b *testing.B) {
	for _, employees := range sizes() {
		b.Run(fmt.Sprintf("employees=%d", employees), func(b *testing.B) {
			db := openScale(b, scale{employees: employees, cycles: 8, goals: 5, checkIns: 3})
			unit := bareTime(b, db)
			for b.Loop() {
				if _, err := db.Update(b.Context(), buildAllNext); err != nil {
					b.Fatal(err)
				}
			}
			b.ReportMetric(unit.Seconds(), "bare-s")
			b.ReportMetric(float64(b.Elapsed())/float64(b.N)/float64(unit), "x-bare")
			b.ReportMetric(peakMB(b), "peak-MB")
		})
	}
}

// buildAllNext loads nothing and has the build take the one before for another program's.
func buildAllNext(ctx context.Context, conn *sql.Conn) error {
	return execAll(ctx, conn, "update raw.build set models_fingerprint = 'another'")
}

// BenchmarkCycle reports the import of one cycle of eight, its goals, check-ins and plan items, and of a correction of one
// department's goals in it, as shares of a build of everything.
func BenchmarkCycle(b *testing.B) {
	for _, employees := range sizes() {
		b.Run(fmt.Sprintf("employees=%d", employees), func(b *testing.B) {
			for b.Loop() {
				b.StopTimer()
				db := openWithoutLastCycle(b, scale{employees: employees, cycles: 8, goals: 5, checkIns: 3})
				b.StartTimer()
				cycle := timeOf(b, db, bringLastCycle)
				b.StopTimer()
				department := timeOf(b, db, correctDepartment)
				everything := timeOf(b, db, buildAllNext)
				b.ReportMetric(cycle.Seconds(), "cycle-s")
				b.ReportMetric(department.Seconds(), "department-s")
				b.ReportMetric(float64(cycle)/float64(everything), "cycle/everything")
				b.ReportMetric(float64(department)/float64(everything), "department/everything")
				b.StartTimer()
			}
		})
	}
}

func timeOf(b *testing.B, db *DB, load Load) time.Duration {
	b.Helper()
	began := time.Now()
	if _, err := db.Update(b.Context(), load); err != nil {
		b.Fatal(err)
	}
	return time.Since(began)
}

// cycleKinds are the raw tables that a cycle's import fills.
var cycleKinds = []string{"goal", "check_in", "plan_item"}

// openWithoutLastCycle is a warehouse of the company before the running cycle's files came; schema held has their rows.
func openWithoutLastCycle(b *testing.B, s scale) *DB {
	b.Helper()
	db := openOnDisk(b)
	if _, err := db.Update(b.Context(), func(ctx context.Context, conn *sql.Conn) error {
		if err := s.load(ctx, conn); err != nil {
			return err
		}
		statements := []string{"create schema held"}
		for _, kind := range cycleKinds {
			statements = append(statements,
				fmt.Sprintf("create table held.%[1]s as select * replace (2 as import_id) from raw.%[1]s where starts_with(natural_key, '2026H2')", kind),
				fmt.Sprintf("delete from raw.%s where starts_with(natural_key, '2026H2')", kind))
		}
		return execAll(ctx, conn, statements...)
	}); err != nil {
		b.Fatal(err)
	}
	return db
}

func bringLastCycle(ctx context.Context, conn *sql.Conn) error {
	for _, kind := range cycleKinds {
		if err := execAll(ctx, conn, fmt.Sprintf("insert into raw.%[1]s from held.%[1]s", kind)); err != nil {
			return err
		}
	}
	return nil
}

// correctDepartment states the running cycle's goals of some 40 people again, with other targets.
func correctDepartment(ctx context.Context, conn *sql.Conn) error {
	return execAll(ctx, conn, `insert into raw.goal
		select * replace (3 as import_id, target + 1 as target)
		from raw.goal
		where cycle = '2026H2'
			and employee_id in (select employee_id from raw.employee where unit = 'T1')`)
}

// peakMB is the most resident memory that this process has had.
func peakMB(b *testing.B) float64 {
	b.Helper()
	status, err := os.ReadFile("/proc/self/status")
	if err != nil {
		b.Fatal(err)
	}
	_, rest, _ := strings.Cut(string(status), "VmHWM:")
	kb := 0.0
	if _, err := fmt.Sscan(rest, &kb); err != nil {
		b.Fatal(err)
	}
	return kb / 1000
}
