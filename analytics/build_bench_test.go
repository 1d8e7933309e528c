package analytics

import (
	"context"
	"database/sql"
	"flag"
	"fmt"
	"os"
	"strings"
	"syscall"
	"testing"
	"time"
)

var (
	benchEmployees = flag.Int("employees", 0, "the one size of company for BenchmarkBuild and BenchmarkCycle, for example 1000000")
	benchMemory    = flag.String("memory", "", "the engine's memory limit in benchmarks, for example 9GB; empty: its own")
)

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

// work is what something took: the time that passed, and the time of all processors that this process used meanwhile, which
// depends little on what else the machine does.
type work struct{ elapsed, cpu time.Duration }

func workOf(do func()) work {
	began, used := time.Now(), cpuTime()
	do()
	return work{elapsed: time.Since(began), cpu: cpuTime() - used}
}

// over is how many times the other work this is: by the time that passed, and by the processors' time.
func (w work) over(other work) (elapsed, cpu float64) {
	return float64(w.elapsed) / float64(other.elapsed), float64(w.cpu) / float64(other.cpu)
}

func cpuTime() time.Duration {
	var usage syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &usage); err != nil {
		panic(err)
	}
	return time.Duration(usage.Utime.Nano() + usage.Stime.Nano())
}

// bareWork does the bare work in the warehouse.
func bareWork(b *testing.B, db *DB) work {
	b.Helper()
	mustExec(b, db, "create schema bare")
	took := workOf(func() { mustExec(b, db, bare...) })
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
// work of the same run it takes. 8 cycles of 5 goals with 3 check-ins each. A million employees need 60 GB of disk and an hour:
//
//	go test ./analytics -run '^$' -bench BenchmarkBuild -benchtime 1x -timeout 3h -args -employees 1000000 -memory 9GB
func BenchmarkBuild(b *testing.B) {
	for _, employees := range sizes() {
		b.Run(fmt.Sprintf("employees=%d", employees), func(b *testing.B) {
			db := openOnDisk(b)
			company := scale{employees: employees, cycles: 8, goals: 5, checkIns: 3}
			if err := db.inTransaction(b.Context(), func(conn *sql.Conn) error { return company.load(b.Context(), conn) }); err != nil {
				b.Fatal(err)
			}
			unit := bareWork(b, db)
			var whole work
			for b.Loop() {
				whole = workOf(func() { mustUpdate(b, db, buildAllNext) })
			}
			elapsed, cpu := whole.over(unit)
			b.ReportMetric(unit.elapsed.Seconds(), "bare-s")
			b.ReportMetric(elapsed, "x-bare")
			b.ReportMetric(cpu, "x-bare-cpu")
			b.ReportMetric(peakMB(b), "peak-MB")
		})
	}
}

func mustUpdate(b *testing.B, db *DB, load Load) {
	b.Helper()
	if _, err := db.Update(b.Context(), load); err != nil {
		b.Fatal(err)
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
				cycle := workOf(func() { mustUpdate(b, db, bringLastCycle) })
				b.StopTimer()
				department := workOf(func() { mustUpdate(b, db, correctDepartment) })
				everything := workOf(func() { mustUpdate(b, db, buildAllNext) })
				reportShare(b, "cycle", cycle, everything)
				reportShare(b, "department", department, everything)
				b.StartTimer()
			}
		})
	}
}

// reportShare reports a part's work and what share of everything's it is.
func reportShare(b *testing.B, name string, part, everything work) {
	elapsed, cpu := part.over(everything)
	b.ReportMetric(part.elapsed.Seconds(), name+"-s")
	b.ReportMetric(elapsed, name+"/everything")
	b.ReportMetric(cpu, name+"/everything-cpu")
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
