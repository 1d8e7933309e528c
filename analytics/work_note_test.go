package analytics

import (
	"context"
	"database/sql"
	"errors"
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// notesNow are the notes as pages read them.
func notesNow(t *testing.T, db *DB) [][]any {
	t.Helper()
	r, err := db.Query(t.Context(), "select note_id, item_key, note, cause, noted_by, is_latest from fct_work_note order by note_id", nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	return r.Rows
}

// TestNotesOutliveTheWarehouse adds notes, then replays all files, then loses the warehouse: every note is there, once.
func TestNotesOutliveTheWarehouse(t *testing.T) {
	dir := t.TempDir()
	db := openDB(t, dir)
	update(t, db, addUnit("Sales"))
	const item = "feedback:E1:2026H1"
	for _, n := range []WorkNote{{Item: item, Note: "first", By: "Ada"}, {Item: item, Cause: "environment", By: "Ada"}, {Item: "check_in:E1:2026H1:2026-03-01", Note: `=1+1 "; drop`, Cause: "other", By: "Bo"}} {
		if err := db.AddNote(t.Context(), n); err != nil {
			t.Fatal(err)
		}
	}
	want := [][]any{
		{int64(1), item, "first", nil, "Ada", false},
		{int64(2), item, nil, "environment", "Ada", true},
		{int64(3), "check_in:E1:2026H1:2026-03-01", `=1+1 "; drop`, "other", "Bo", true},
	}
	if diff := cmp.Diff(want, notesNow(t, db)); diff != "" {
		t.Fatalf("as written (-want +got):\n%s", diff)
	}
	if unitCount(t, db) != 1 {
		t.Error("a note has changed what was imported")
	}
	update(t, db, func(ctx context.Context, conn *sql.Conn) error {
		return errors.Join(ClearRaw(ctx, conn), addUnit("Finance")(ctx, conn), db.ReplaySettings(ctx, conn))
	})
	if diff := cmp.Diff(want, notesNow(t, db)); diff != "" {
		t.Errorf("after a replay (-want +got):\n%s", diff)
	}
	db.Close()
	if err := errors.Join(os.Remove(filepath.Join(dir, "warehouse.duckdb")), os.WriteFile(filepath.Join(dir, "notes", "000004.json.pending"), []byte("{"), 0o600)); err != nil {
		t.Fatal(err)
	}
	db = openDB(t, dir)
	if diff := cmp.Diff(want, notesNow(t, db)); diff != "" {
		t.Errorf("after the warehouse was lost (-want +got):\n%s", diff)
	}
	if left, _ := filepath.Glob(filepath.Join(dir, "notes", "*.pending")); len(left) != 0 {
		t.Errorf("a note cut short is left behind: %v", left)
	}
}

// TestANoteThatCannotBeKeptIsNotStored fills the place of its file: the note is neither in the warehouse nor in the log.
func TestANoteThatCannotBeKeptIsNotStored(t *testing.T) {
	dir := t.TempDir()
	db := openDB(t, dir)
	if err := os.WriteFile(filepath.Join(dir, "notes"), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := db.AddNote(t.Context(), WorkNote{Item: "x", Note: "y"}); err == nil {
		t.Error("no error")
	}
	if got := notesNow(t, db); len(got) != 0 {
		t.Errorf("stored: %v", got)
	}
}
