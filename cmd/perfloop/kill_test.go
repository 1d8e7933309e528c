package main

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// childArgs is the call that a child process of the test makes instead of testing.
const childArgs = "PERFLOOP_KILL_ARGS"

// A program that is killed while it imports, undoes or redoes has done all of it or nothing; the next start makes good what
// was left half-way, and the same can be asked again.
func TestAKillLeavesAllOrNothing(t *testing.T) {
	if args := os.Getenv(childArgs); args != "" {
		os.Exit(run(context.Background(), strings.Split(args, "\n"), os.Stdout, os.Stderr))
	}
	first := t.TempDir()
	mustCall(t, exitDone, "import", write(t, "roster.csv", manyPeople(500)), write(t, "goals.csv", manyGoals(500, 80)), "--data", first)
	more := write(t, "goals-2.csv", manyGoals(300, 90))
	standing := copyOf(t, first)
	mustCall(t, exitDone, "import", more, "--data", standing)
	undone := copyOf(t, standing)
	mustCall(t, exitDone, "undo", "2", "--data", undone)
	for name, k := range map[string]killing{
		"import": {from: first, to: standing, args: []string{"import", more}},
		"undo":   {from: standing, to: undone, args: []string{"undo", "2"}},
		"redo":   {from: undone, to: standing, args: []string{"redo", "2"}},
	} {
		t.Run(name, func(t *testing.T) { k.run(t) })
	}
}

// killing is a call that is killed on its way from one state to another.
type killing struct {
	from, to string // data folders
	args     []string
}

func (k killing) run(t *testing.T) {
	from, to := facts(t, k.from), facts(t, k.to)
	took := k.kill(t, copyOf(t, k.from), func(done <-chan error) { <-done })
	killed := 0
	for _, moment := range []float64{0.4, 0.7, 0.9} {
		data := copyOf(t, k.from)
		delay := time.Duration(moment * float64(took))
		k.kill(t, data, func(done <-chan error) {
			select {
			case <-time.After(delay):
				killed++
			case <-done:
			}
		})
		mustCall(t, exitDone, "build", "--data", data)
		got := facts(t, data)
		isBefore := cmp.Diff(from, got) == ""
		if diff := cmp.Diff(to, got); !isBefore && diff != "" {
			t.Errorf("killed after %.0f %%: neither as before nor as after: %s", 100*moment, diff)
			continue
		}
		if left, err := filepath.Glob(filepath.Join(data, "imports", "*.*")); err != nil || len(left) > 0 {
			t.Errorf("killed after %.0f %%: left %v, %v", 100*moment, left, err)
		}
		if isBefore {
			mustCall(t, exitDone, append(k.args, "--data", data)...)
		}
		mustCall(t, exitDone, "build", "--from-files", "--data", data)
		if diff := cmp.Diff(to, facts(t, data)); diff != "" {
			t.Errorf("killed after %.0f %%, asked again and made anew from the files: %s", 100*moment, diff)
		}
	}
	if killed == 0 {
		t.Error("never killed before its end")
	}
}

// kill makes the call in a process of its own, which is killed when wait comes back. It answers how long that lived.
func (k killing) kill(t *testing.T, data string, wait func(done <-chan error)) time.Duration {
	t.Helper()
	child := exec.Command(os.Args[0], "-test.run", "^TestAKillLeavesAllOrNothing$")
	child.Env = append(os.Environ(), childArgs+"="+strings.Join(append(k.args, "--data", data), "\n"))
	began := time.Now()
	if err := child.Start(); err != nil {
		t.Fatal(err)
	}
	done := make(chan error, 1)
	go func() {
		done <- child.Wait()
		close(done)
	}()
	wait(done)
	_ = child.Process.Kill() // it may have ended by itself
	<-done
	return time.Since(began)
}

// facts are what the imported files decide, a sum for each table, and which imports there are and which of them undone.
func facts(t *testing.T, data string) [][]any {
	t.Helper()
	var sums []string
	for _, name := range query(t, data, `select schema_name || '.' || table_name from duckdb_tables()
		where schema_name in ('raw', 'main') and table_name not in ('build', 'import') order by all`) {
		sums = append(sums, fmt.Sprintf("select '%s', count(*)::varchar || ' ' || coalesce(bit_xor(hash(one)), 0)::varchar from %[1]s as one", name[0]))
	}
	all := query(t, data, strings.Join(sums, " union all ")+" order by 1")
	return append(all, query(t, data, "select file_name, undone_at is not null from raw.import order by import_id")...)
}

func copyOf(t *testing.T, data string) string {
	t.Helper()
	to := filepath.Join(t.TempDir(), "data")
	if err := os.CopyFS(to, os.DirFS(data)); err != nil {
		t.Fatal(err)
	}
	return to
}

func manyPeople(n int) string {
	var b strings.Builder
	b.WriteString("Employee ID,Name,Department,Hire Date\n")
	for i := range n {
		fmt.Fprintf(&b, "E%d,Person %d,Unit %d,2020-01-06\n", i, i, i%40)
	}
	return b.String()
}

func manyGoals(n, actual int) string {
	var b strings.Builder
	b.WriteString("Employee ID,Cycle,Goal ID,Goal,Target,Actual,Weight\n")
	for i := range n {
		fmt.Fprintf(&b, "E%d,2025H1,G1,Sell,100,%d,100%%\n", i, actual)
	}
	return b.String()
}
