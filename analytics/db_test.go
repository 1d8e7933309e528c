package analytics

import (
	"context"
	"database/sql"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

func openDB(t *testing.T, dir string) *DB {
	t.Helper()
	db, err := Open(t.Context(), dir, Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	return db
}

// addUnit is a Load that adds one row.
func addUnit(name string) Load {
	return func(ctx context.Context, conn *sql.Conn) error {
		_, err := conn.ExecContext(ctx, "insert into raw.unit (import_id, sheet, line, natural_key, unit_id, unit) values (1, '', 2, ?, ?, ?)", name, name, name)
		return err
	}
}

func unitCount(t *testing.T, q Querier) int64 {
	t.Helper()
	r, err := q.Query(t.Context(), "select count(*) as unit_count from raw.unit", nil, 1)
	if err != nil {
		t.Fatal(err)
	}
	return r.Rows[0][0].(int64)
}

func update(t *testing.T, db *DB, load Load) Build {
	t.Helper()
	built, err := db.Update(t.Context(), load)
	if err != nil {
		t.Fatal(err)
	}
	return built
}

func TestAFailedUpdateChangesNothing(t *testing.T) {
	for _, dir := range []string{"", t.TempDir()} {
		db := openDB(t, dir)
		update(t, db, addUnit("Sales"))
		before := db.Published()
		wrong := errors.New("the third file is broken")
		_, err := db.Update(t.Context(), func(ctx context.Context, conn *sql.Conn) error {
			return errors.Join(addUnit("Finance")(ctx, conn), wrong)
		})
		if !errors.Is(err, wrong) {
			t.Fatalf("Update: got %v, want the load's own error", err)
		}
		if got := unitCount(t, db); got != 1 {
			t.Errorf("units after a failed update: got %d, want 1", got)
		}
		if got := db.Published().ID; got != before.ID {
			t.Errorf("published build: got %d, want %d as before", got, before.ID)
		}
		update(t, db, addUnit("Finance"))
		if got := unitCount(t, db); got != 2 {
			t.Errorf("units after the next good update: got %d, want 2", got)
		}
	}
}

func TestAnEngineErrorInALoadRollsBack(t *testing.T) {
	db := openDB(t, t.TempDir())
	_, err := db.Update(t.Context(), func(ctx context.Context, conn *sql.Conn) error {
		if err := addUnit("Sales")(ctx, conn); err != nil {
			return err
		}
		_, err := conn.ExecContext(ctx, "insert into raw.unit (line) values ('not a number')")
		return err
	})
	if err == nil {
		t.Fatal("Update took a statement that the engine refused")
	}
	if got := unitCount(t, db); got != 0 {
		t.Errorf("units: got %d, want 0", got)
	}
}

func TestAPreviewKeepsNothing(t *testing.T) {
	db := openDB(t, t.TempDir())
	if err := db.Preview(t.Context(), addUnit("Sales")); err != nil {
		t.Fatal(err)
	}
	update(t, db, nil)
	if got := unitCount(t, db); got != 0 {
		t.Errorf("units after a preview: got %d, want 0", got)
	}
}

func TestReadersKeepTheirStateUntilTheyAskAgain(t *testing.T) {
	dir := t.TempDir()
	db := openDB(t, dir)
	update(t, db, addUnit("Sales"))
	reader, err := OpenReader(t.Context(), dir, Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer reader.Close()
	for range 5 { // more than the extracts that are kept
		update(t, db, addUnit("Finance"))
	}
	if got := unitCount(t, reader); got != 1 {
		t.Errorf("a reader opened before the updates sees %d units, want 1", got)
	}
	if got := unitCount(t, db); got != 6 {
		t.Errorf("a query after the updates sees %d units, want 6", got)
	}
	found, err := extractFiles(dir)
	if err != nil || len(found) != keptExtracts {
		t.Errorf("extracts kept: %v, %v; want %d", found, err, keptExtracts)
	}
}

func TestWhatWasPublishedIsServedAfterAReopen(t *testing.T) {
	dir := t.TempDir()
	db := openDB(t, dir)
	built := update(t, db, addUnit("Sales"))
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	again := openDB(t, dir)
	if again.IsNew() {
		t.Error("the warehouse was made anew")
	}
	if got := again.Published().ID; got != built.ID {
		t.Errorf("build: got %d, want %d", got, built.ID)
	}
	if got := unitCount(t, again); got != 1 {
		t.Errorf("units: got %d, want 1", got)
	}
}

func TestAnotherVersionsWarehouseIsMadeAnew(t *testing.T) {
	dir := t.TempDir()
	db := openDB(t, dir)
	update(t, db, addUnit("Sales"))
	if _, err := db.writer.Exec("comment on table raw.import is 'of another version'"); err != nil {
		t.Fatal(err)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	again := openDB(t, dir)
	if !again.IsNew() {
		t.Error("IsNew is false: nobody would replay the imported files")
	}
	var units int64
	if err := again.writer.QueryRow("select count(*) from raw.unit").Scan(&units); err != nil || units != 0 {
		t.Errorf("units: got %d, %v, want 0 before the replay", units, err)
	}
}

func TestASecondWriterIsRefused(t *testing.T) {
	dir := t.TempDir()
	openDB(t, dir)
	if _, err := Open(t.Context(), dir, Options{}); !errors.Is(err, ErrLocked) {
		t.Fatalf("second Open: got %v, want ErrLocked", err)
	}
}

func TestAnEmptyFolderHasNothingToRead(t *testing.T) {
	if _, err := OpenReader(t.Context(), t.TempDir(), Options{}); !errors.Is(err, ErrNothingPublished) {
		t.Fatalf("OpenReader: got %v, want ErrNothingPublished", err)
	}
}

func TestAskAnswersOneSelectAndNothingElse(t *testing.T) {
	dir := t.TempDir()
	db := openDB(t, dir)
	update(t, db, addUnit("Sales"))
	secret := filepath.Join(dir, "secret.csv")
	if err := os.WriteFile(secret, []byte("a,b\n1,2\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	refused := []string{
		"delete from raw.unit", "drop table raw.unit", "select 1; select 2", "select 1; drop table raw.unit", "",
		"create table x as select 1", "attach 'x.duckdb'", "copy (select 1) to '" + dir + "/out.csv'", "set threads = 1", "pragma database_list",
		"select * from read_csv('" + secret + "')", "select * from '" + secret + "'", "select content from read_blob('" + secret + "')",
		"select * from glob('" + dir + "/*')", "install httpfs", "load httpfs", "select load_extension('x')",
	}
	for _, text := range refused {
		if r, err := db.Ask(t.Context(), text, 10); err == nil {
			t.Errorf("Ask(%q) answered %v", text, r.Rows)
		}
	}
	if got := unitCount(t, db); got != 1 {
		t.Errorf("units: got %d, want 1", got)
	}
	r, err := db.Ask(t.Context(), "select unit from raw.unit order by unit; ", 10)
	if err != nil || len(r.Rows) != 1 || r.Rows[0][0] != "Sales" {
		t.Errorf("an honest select: got %v, %v", r, err)
	}
}

func TestALongResultIsCutAndKeepsItsOrder(t *testing.T) {
	db := openDB(t, "")
	r, err := db.Query(t.Context(), "select i as n from range(1000) t(i) order by i desc", nil, 3)
	if err != nil {
		t.Fatal(err)
	}
	if !r.IsCut || len(r.Rows) != 3 || r.Rows[0][0] != int64(999) || r.Rows[2][0] != int64(997) {
		t.Errorf("got cut %v, rows %v", r.IsCut, r.Rows)
	}
}

func TestResultsHoldPlainValuesAndUnits(t *testing.T) {
	db := openDB(t, "")
	r, err := db.Query(t.Context(), `select sum(i) as row_count, 0.5::decimal(4, 2) as met_share, date '2026-03-31' as due_on,
		null as nothing, true as is_met, ['a'] as list from range(4) t(i)`, nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	row := r.Rows[0]
	if row[0] != int64(6) || row[1] != 0.5 || row[3] != nil || row[4] != true || row[5] != `["a"]` {
		t.Errorf("values: %#v", row)
	}
	var got []string
	for _, c := range r.Columns {
		got = append(got, c.Unit)
	}
	if want := "count share date number flag text"; strings.Join(got[:5], " ") != strings.Join(strings.Fields(want)[:5], " ") {
		t.Errorf("units: got %v, want %s", got, want)
	}
}

// A child process is killed in the middle of an update that began after one was committed.
func TestKillLosesOnlyTheUncommittedUpdate(t *testing.T) {
	dir := os.Getenv("PERFLOOP_CRASH_DIR")
	if dir != "" {
		db := openDB(t, dir)
		update(t, db, addUnit("Sales"))
		db.Update(t.Context(), func(ctx context.Context, conn *sql.Conn) error {
			if err := addUnit("Finance")(ctx, conn); err != nil {
				return err
			}
			process, err := os.FindProcess(os.Getpid())
			if err != nil {
				return err
			}
			return process.Kill()
		})
		select {}
	}
	dir = t.TempDir()
	child := exec.Command(os.Args[0], "-test.run", "^"+t.Name()+"$")
	child.Env = append(os.Environ(), "PERFLOOP_CRASH_DIR="+dir)
	if err := child.Run(); err == nil {
		t.Fatal("the child was to be killed")
	}
	if got := unitCount(t, openDB(t, dir)); got != 1 {
		t.Errorf("units after the crash: got %d, want the committed 1", got)
	}
}

func TestACommittedUpdateStandsWhenPublishingFails(t *testing.T) {
	dir := t.TempDir()
	db := openDB(t, dir)
	if err := os.RemoveAll(filepath.Join(dir, extractsDir)); err != nil {
		t.Fatal(err)
	}
	if built := update(t, db, addUnit("Sales")); built.Unpublished == nil {
		t.Fatal("the folder of extracts is gone, yet the build was published")
	}
	if err := os.Mkdir(filepath.Join(dir, extractsDir), 0o700); err != nil {
		t.Fatal(err)
	}
	if built := update(t, db, nil); built.Unpublished != nil {
		t.Fatal(built.Unpublished)
	}
	if got := unitCount(t, db); got != 1 {
		t.Errorf("units: got %d, want the committed 1", got)
	}
}

func TestTheModelsAreRemadeWhenTheDayChanges(t *testing.T) {
	today := time.Date(2026, 3, 31, 12, 0, 0, 0, time.UTC)
	db, err := Open(t.Context(), t.TempDir(), Options{Now: func() time.Time { return today }})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	first := db.Published()
	if err := db.Refresh(t.Context()); err != nil {
		t.Fatal(err)
	}
	if got := db.Published().ID; got != first.ID {
		t.Errorf("on the same day: build %d, want %d still", got, first.ID)
	}
	today = today.AddDate(0, 0, 1)
	if err := db.Refresh(t.Context()); err != nil {
		t.Fatal(err)
	}
	if got := db.Published().AsOf.Format(time.DateOnly); got != "2026-04-01" {
		t.Errorf("the day after: as of %s, want 2026-04-01", got)
	}
}
