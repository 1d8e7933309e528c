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
	"github.com/google/go-cmp/cmp/cmpopts"
)

// childArgs is the call that a child process of the test makes instead of testing.
const childArgs = "PERFLOOP_KILL_ARGS"

// A program that is killed while it imports, undoes or redoes has done all of it or nothing; the next start makes good what
// was left half-way, and the same can be asked again.
func TestAKillLeavesAllOrNothing(t *testing.T) {
	if args := os.Getenv(childArgs); args != "" {
		os.Exit(run(context.Background(), strings.Split(args, "\n"), os.Stdout, os.Stderr))
	}
	empty := state{data: t.TempDir()}
	first := empty.after(t, "import", write(t, "roster.csv", manyPeople(100)), write(t, "goals.csv", manyGoals(100, 80)))
	more := write(t, "goals-2.csv", manyGoals(60, 90))
	standing := first.after(t, "import", more)
	undone := standing.after(t, "undo", "2")
	for name, k := range map[string]killing{
		"import": {from: first, to: standing, args: []string{"import", more}},
		"undo":   {from: standing, to: undone, args: []string{"undo", "2"}},
		"redo":   {from: undone, to: standing, args: []string{"redo", "2"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			k.run(t)
		})
	}
}

// state is a data folder and what is in it.
type state struct {
	data  string
	facts [][]any
}

// after is the state to which a call leads.
func (s state) after(t *testing.T, args ...string) state {
	t.Helper()
	data := copyOf(t, s.data)
	mustCall(t, exitDone, append(args, "--data", data)...)
	return state{data: data, facts: facts(t, data)}
}

// killing is a call that is killed on its way from one state to another.
type killing struct {
	from, to state
	args     []string
}

func (k killing) run(t *testing.T) {
	took := k.kill(t, copyOf(t, k.from.data), func(done <-chan error) { <-done })
	killed := 0
	for _, moment := range []float64{0.5, 0.9} {
		data := copyOf(t, k.from.data)
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
		isBefore := cmp.Diff(k.from.facts, got, inAnyOrderAdded) == ""
		if diff := cmp.Diff(k.to.facts, got, inAnyOrderAdded); !isBefore && diff != "" {
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
		if diff := cmp.Diff(k.to.facts, facts(t, data), inAnyOrderAdded); diff != "" {
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

var inAnyOrderAdded = cmpopts.EquateApprox(1e-9, 1e-6)

// facts are what the imported files decide, sums for each table (of numbers one of their own: the last digits depend on the order in which
// they were added up), and which imports there are and which of them undone.
func facts(t *testing.T, data string) [][]any {
	t.Helper()
	var sums []string
	for _, table := range query(t, data, `
		select
			schema_name || '.' || table_name,
			string_agg('one.' || column_name, ', ') filter (where data_type != 'DOUBLE'),
			coalesce(string_agg('coalesce(one.' || column_name || ', 0)', ' + ') filter (where data_type = 'DOUBLE'), '0')
		from duckdb_columns()
		where schema_name in ('raw', 'main')
			and table_name not in ('build', 'quality_history', 'import')
			and table_name in (select table_name from duckdb_tables())
		group by schema_name, table_name
		order by schema_name, table_name`) {
		sums = append(sums, fmt.Sprintf("select '%[1]s', count(*)::varchar || ' ' || coalesce(bit_xor(hash(%[2]s)), 0)::varchar, sum(%[3]s)::double from %[1]s as one", table...))
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
