package analytics

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
)

// remembered is a warehouse on disk whose builds are remembered by a test as they were published.
type remembered struct {
	db   *DB
	day  *time.Time
	said map[int64]map[string][][]any // what a build's marts were, read from the published extract
}

func remember(t *testing.T, dir string, day *time.Time) *remembered {
	t.Helper()
	db, err := Open(t.Context(), dir, Options{Now: func() time.Time { return *day }})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	return &remembered{db: db, day: day, said: map[int64]map[string][][]any{}}
}

// update builds, and notes what the marts say now.
func (r *remembered) update(t *testing.T, statements ...string) int64 {
	t.Helper()
	b, err := r.db.Update(t.Context(), func(ctx context.Context, conn *sql.Conn) error { return execAll(ctx, conn, statements...) })
	if err = errors.Join(err, b.Unpublished); err != nil {
		t.Fatal(err)
	}
	r.said[b.ID] = sayAll(t, r.db, keptNames(t, r.db))
	return b.ID
}

func keptNames(t *testing.T, db *DB) []string {
	t.Helper()
	h, err := db.History()
	if err != nil {
		t.Fatal(err)
	}
	return h.Builds[len(h.Builds)-1].Marts
}

// sayAll are the rows of marts.
func sayAll(t *testing.T, q Querier, marts []string) map[string][][]any {
	t.Helper()
	said := map[string][][]any{}
	for _, mart := range marts {
		said[mart] = rowsOf(t, q, mart)
	}
	return said
}

// toNinePlaces compares as well as history keeps.
var toNinePlaces = cmpopts.EquateApprox(0, 1e-8)

func rowsOf(t *testing.T, q Querier, mart string) [][]any {
	t.Helper()
	r, err := q.Query(t.Context(), "select * from "+mart+" order by all", nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	return r.Rows
}

// TestABuildSaysTheSameForever corrects, takes back, waits a day, changes a setting and loses the warehouse: each build's marts, asked
// again as known on it, are what was published then.
func TestABuildSaysTheSameForever(t *testing.T) {
	dir := t.TempDir()
	day := time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)
	r := remember(t, dir, &day)
	company := scale{employees: 30, cycles: 4, goals: 3, checkIns: 4}
	if b, err := r.db.Update(t.Context(), company.load); err != nil || b.Unpublished != nil {
		t.Fatal(err, b.Unpublished)
	}
	imported := func(id int) string {
		return fmt.Sprintf("insert into raw.import (import_id, file_name, imported_at, imported_by) values (%[1]d, 'file-%[1]d.csv', '2026-11-22', 'ann')", id)
	}
	correct := `insert into raw.goal by name (select * replace (2::bigint as import_id, target * 2 as target) from raw.goal
		where employee_id = (select min(employee_id) from raw.goal) and cycle = '2026H1')`
	first := r.update(t, imported(1), "create schema undone")
	corrected := r.update(t, imported(2), correct)
	undone := r.update(t, undo([]int64{2}), "update raw.import set undone_at = '2026-11-22', undone_by = 'bob' where import_id = 2")
	day = day.AddDate(0, 0, 1)
	r.update(t)
	set := r.update(t, "insert into raw.setting (name, value) values ('attainment_cap', '0.5')")
	r.mustStand(t, dir)
	mustMove(t, dir, Span{Since: first, Until: corrected}, [2]string{"import", "2 file-2.csv-"})
	mustMove(t, dir, Span{Since: corrected, Until: undone}, [2]string{"undo", "-2 file-2.csv"})

	// The warehouse is a cache: without it the builds stand, numbers go on, and importing the same again is no news.
	rows := r.dumpRaw(t)
	if err := errors.Join(r.db.Close(), os.Remove(filepath.Join(dir, "warehouse.duckdb"))); err != nil {
		t.Fatal(err)
	}
	again := remember(t, dir, &day)
	again.said = r.said
	last := again.update(t, rows...)
	if last <= set {
		t.Errorf("build %d after build %d", last, set)
	}
	again.mustStand(t, dir)
	h, err := again.db.History()
	if err != nil {
		t.Fatal(err)
	}
	moves, err := h.Changes(t.Context(), Span{Since: set}, 0)
	if err != nil {
		t.Fatal(err)
	}
	if len(moves.Rows) != 0 {
		t.Errorf("importing the same files again moved %v", moves.Rows[0])
	}
}

// mustStand asks each build again.
func (r *remembered) mustStand(t *testing.T, dir string) {
	t.Helper()
	h, err := OpenHistory(dir)
	if err != nil {
		t.Fatal(err)
	}
	for build, want := range r.said {
		reader, err := h.AsKnownOn(t.Context(), build)
		if err != nil {
			t.Fatal(err)
		}
		got := map[string][][]any{}
		for mart, rows := range want {
			got[mart] = rows
			if len(rows) > 0 {
				got[mart] = rowsOf(t, reader, mart)
			}
		}
		if diff := cmp.Diff(want, got, toNinePlaces); diff != "" {
			t.Errorf("build %d (-published +asked again):\n%.3000s", build, diff)
		}
		if err := reader.Close(); err != nil {
			t.Error(err)
		}
	}
}

// mustMove expects that only one person's goals moved, for one cause, and what hangs on them.
func mustMove(t *testing.T, dir string, s Span, because [2]string) {
	t.Helper()
	cause, imports := because[0], because[1]
	h, err := OpenHistory(dir)
	if err != nil {
		t.Fatal(err)
	}
	r, err := h.Changes(t.Context(), s, 0)
	if err != nil {
		t.Fatal(err)
	}
	targets := 0
	for _, row := range r.Rows {
		moved := cellText(row[r.Index("imports_in")]) + "-" + cellText(row[r.Index("imports_out")])
		if row[r.Index("cause")] != cause || moved != imports {
			t.Fatalf("moved %v by %s, want cause %s, imports %s", row, moved, cause, imports)
		}
		if row[r.Index("mart")] == "fct_goal" && row[r.Index("figure")] == "target" {
			targets++
		}
	}
	if targets != 3 {
		t.Errorf("%d targets moved, want 3 (%d moves)", targets, len(r.Rows))
	}
}

// dumpRaw are statements that fill the raw tables as they are.
func (r *remembered) dumpRaw(t *testing.T) []string {
	t.Helper()
	var statements []string
	folder := t.TempDir()
	for _, table := range append(scaleTables, "import", "setting") {
		path := filepath.Join(folder, table+".parquet")
		if _, err := r.db.writer.ExecContext(t.Context(), fmt.Sprintf("copy raw.%s to '%s'", table, path)); err != nil {
			t.Fatal(err)
		}
		statements = append(statements, fmt.Sprintf("insert into raw.%s from '%s'", table, path))
	}
	return statements
}
