package ingest_test

import (
	"bufio"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/perfloop/perfloop/ingest"
)

const bulkRows = 2_000_000

// bareTypes are the columns of the file as a bare read takes them; a row of the thousandth that do not fit is left out.
const bareTypes = `{'Cycle': 'varchar', 'Employee ID': 'varchar', 'Employee': 'varchar', 'Employee Email': 'varchar', 'Department': 'varchar',
'Goal ID': 'varchar', 'Goal': 'varchar', 'Check-in Date': 'date', 'Current Value': 'double', 'Progress': 'double', 'Status': 'varchar', 'Comments': 'varchar'}`

// BenchmarkBulk imports 2,000,000 check-ins of 12 columns, one in a thousand of them with something wrong, into an empty
// warehouse, and reads the same file with a bare typed read_csv into a table of the same warehouse.
//
// The aim is 1.5 times the bare read; it is missed. In one run on two cores the import took 6.1 s against 3.0 s, and 11.3 s of
// processor time against 5.0 s. A copy of the rows of raw.check_in into an empty table takes 3.8 to 4.3 s of processor time, of
// which reading them is 0.2 s. Without the natural key it is 3.4 s, and 3.1 s if no text is compressed, so neither a shorter
// key nor a chosen compression would do. By a profile, conversion takes 2.4 s, writing into chunks 2.0 s, most of that in a
// call of the library for each text, and the survey 1.2 s, a third of that in parsing. The aim leaves 3.5 s for these: it would
// need both one pass for survey and conversion, and texts that are written a vector at a time.
func BenchmarkBulk(b *testing.B) {
	path := filepath.Join(b.TempDir(), "check-ins.csv")
	writeCheckIns(b, path, bulkRows)
	for b.Loop() {
		w := newFileWarehouse(b)
		bare, bareCPU := timed(func() {
			w.exec(b, "create table bare as select * from read_csv('"+path+"', header = true, ignore_errors = true, columns = "+bareTypes+")")
		})
		var reports []ingest.Report
		whole, wholeCPU := timed(func() { reports = w.importSources(b, []ingest.Source{{Name: "check-ins.csv", Path: path}}) })
		if r := reports[0]; r.Read() != bulkRows || r.Stored() < bulkRows*998/1000 {
			b.Fatalf("got %s", counts(r))
		}
		b.ReportMetric(bare.Seconds(), "bare-s")
		b.ReportMetric(whole.Seconds(), "import-s")
		b.ReportMetric(whole.Seconds()/bare.Seconds(), "import/bare")
		b.ReportMetric(bareCPU.Seconds(), "bare-cpu-s")
		b.ReportMetric(wholeCPU.Seconds(), "import-cpu-s")
		b.ReportMetric(wholeCPU.Seconds()/bareCPU.Seconds(), "import/bare-cpu")
		b.ReportMetric(peakMB(b), "peak-MB")
	}
}

// timed is how long the work takes, and the time of all processors that this process uses meanwhile, which does not depend
// on what else the machine does.
func timed(work func()) (elapsed, cpu time.Duration) {
	start, used := time.Now(), cpuTime()
	work()
	return time.Since(start), cpuTime() - used
}

func cpuTime() time.Duration {
	var usage syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &usage); err != nil {
		panic(err)
	}
	return time.Duration(usage.Utime.Nano() + usage.Stime.Nano())
}

// peakMB is the most resident memory that this process has had.
func peakMB(b *testing.B) float64 {
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

// newFileWarehouse is a warehouse in a file, in the format that the program has it in.
func newFileWarehouse(b *testing.B) *warehouse {
	b.Helper()
	db, err := sql.Open("duckdb", filepath.Join(b.TempDir(), "perfloop.duckdb")+"?storage_compatibility_version=latest")
	if err != nil {
		b.Fatal(err)
	}
	return warehouseOn(b, db)
}

func writeCheckIns(b *testing.B, path string, rows int) {
	b.Helper()
	file, err := os.Create(path)
	if err != nil {
		b.Fatal(err)
	}
	out := bufio.NewWriterSize(file, 1<<20)
	fmt.Fprintln(out, "Cycle,Employee ID,Employee,Employee Email,Department,Goal ID,Goal,Check-in Date,Current Value,Progress,Status,Comments")
	for i := range rows {
		writeCheckIn(out, i)
	}
	if err := errors.Join(out.Flush(), file.Close()); err != nil {
		b.Fatal(err)
	}
}

// writeCheckIn writes the i-th row: 20,000 people with 10 goals each report on one goal after the other.
func writeCheckIn(out *bufio.Writer, i int) {
	person, goal := i%20_000, i%200_000
	day := time.Date(2025, 1, 6, 0, 0, 0, 0, time.UTC).AddDate(0, 0, i/200_000*7).Format(time.DateOnly)
	value, note := fmt.Sprint(float64(i%9973)/8), fmt.Sprintf("Week %d: closed %d of %d tasks, waiting for review", i/200_000, i%17, i%17+4)
	switch {
	case i%1000 == 500:
		value = "about five"
	case i%1000 == 0:
		note = "本周完成客户回访\n下周继续"
	case i%7 == 0:
		note = fmt.Sprintf("本周完成 %d 项，说“正常”", i%90)
	}
	fmt.Fprintf(out, "2025H1,E%06d,%s,e%d@example.com,Department %d,G-%d-%d,Raise measure %d by spring,%s,%s,%d,%s,\"%s\"\n",
		person, []string{"Ada Lovelace", "张伟", "Grace Hopper", "王芳"}[person%4], person, person%40, person, goal/20_000, goal%300, day, value, i%100,
		[]string{"On Track", "At Risk", "Behind", "Not Started"}[i%4], note)
}
