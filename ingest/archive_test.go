package ingest_test

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/perfloop/perfloop/ingest"
)

const (
	people2025 = "Employee ID,Name,Department,Hire Date,Work mode\n0012,Ann Lee,Sales,2020-03-01,Office\n13,Bo Chen,Sales,2021-04-05,\n"
	people2026 = "Employee ID,Name,Department,Hire Date,Work mode,Shirt\n0012,Ann Lee,Finance,,,L\n13,Bo Chen,Sales,2021-04-05,,\n14,Cy Diaz,Sales,2026-01-02,Home,M\n"
)

// everything is all that schema raw holds.
func (w *warehouse) everything(t testing.TB) string {
	t.Helper()
	var b strings.Builder
	for _, name := range append(ingest.Kinds(), "import", "import_sheet", "problem", "rejected_row") {
		b.WriteString(name + "\n" + w.table(t, "select columns(* exclude (import_id)), import_id from raw."+name+" order by all") + "\n")
	}
	return b.String()
}

func TestTheSameFileAgainChangesNothing(t *testing.T) {
	w := newWarehouse(t)
	first := w.importText(t, "people.csv", people2025)
	before := w.everything(t)
	again := w.importText(t, "copy of people.csv", people2025)
	wantEqual(t, "counts", counts(again), "read 2 new 0 changed 0 unchanged 2 rejected 0")
	if again.Duplicate != first.ImportID || again.ImportID != 0 {
		t.Errorf("got duplicate %d and import %d, want duplicate %d and no import", again.Duplicate, again.ImportID, first.ImportID)
	}
	wantEqual(t, "raw", w.everything(t), before)
}

func TestAnOverlappingFileAddsOnlyWhatIsNew(t *testing.T) {
	w := newWarehouse(t)
	w.importText(t, "people 1.csv", people2025)
	r := w.importText(t, "people 2.csv", people2026)
	wantEqual(t, "counts", counts(r), "read 3 new 1 changed 1 unchanged 1 rejected 0")
	wantEqual(t, "rows: a blank cell erases nothing", w.table(t, "select import_id, line, employee_id, unit, hired_on, attributes from raw.employee order by 1, 2"), `
1|2|0012|Sales|2020-03-01|{"Work mode":"Office"}
1|3|13|Sales|2021-04-05|
2|2|0012|Finance|2020-03-01|{"Work mode":"Office","Shirt":"L"}
2|4|14|Sales|2026-01-02|{"Work mode":"Home","Shirt":"M"}`)
}

func TestTwoPackagingsAreStoredOnce(t *testing.T) {
	w := newWarehouse(t)
	var sources []ingest.Source
	for _, name := range []string{"chinese_in_gb18030.csv", "chinese_in_utf16.csv", "utf8_with_byte_order_mark_and_crlf.csv"} {
		sources = append(sources, ingest.Source{Name: name, Path: filepath.Join(workbooks, name)})
	}
	reports := w.importSources(t, sources)
	wantEqual(t, "first", counts(reports[0]), "read 2 new 2 changed 0 unchanged 0 rejected 0")
	wantEqual(t, "second", counts(reports[1]), "read 2 new 0 changed 0 unchanged 2 rejected 0")
	wantEqual(t, "third", counts(reports[2]), "read 2 new 0 changed 0 unchanged 2 rejected 0")
}

func TestAnIDUnderAnotherNameIsAConflict(t *testing.T) {
	w := newWarehouse(t)
	w.importText(t, "people.csv", people2025)
	r := w.importText(t, "more.csv", "Employee ID,Name,Department\n0012,\"LEE, Ann\",Sales\n13,Maria Santos,Finance\n")
	wantEqual(t, "counts", counts(r), "read 2 new 0 changed 1 unchanged 0 rejected 1")
	wantEqual(t, "problems", keys(r), "3:identity_conflict")
	args := r.Sheets[0].Problems[0].Args
	if args["name"] != "Maria Santos" || args["other_name"] != "Bo Chen" {
		t.Errorf("the conflict names %v and %v", args["name"], args["other_name"])
	}
	wantEqual(t, "kept cells", w.table(t, "select cells from raw.rejected_row"), `["13","Maria Santos","Finance"]`)
}

func TestAForcedKindReadsTheSameBytesAgain(t *testing.T) {
	w := newWarehouse(t)
	text := "工号,姓名,绩效等级,奖金\nE1,张三,A,5000\n"
	wantEqual(t, "undecided", keys(w.importText(t, "两可.csv", text)), "0:ambiguous_kind")
	r := w.importText(t, "两可.csv", text, ingest.Options{Kind: "appraisal"})
	wantEqual(t, "forced", counts(r), "read 1 new 1 changed 0 unchanged 0 rejected 0")
}

func TestReplayMakesTheSameRows(t *testing.T) {
	w := newWarehouse(t)
	entries, err := os.ReadDir(workbooks)
	if err != nil {
		t.Fatal(err)
	}
	var sources []ingest.Source
	for _, e := range entries {
		if ext := filepath.Ext(e.Name()); ext == ".csv" || ext == ".xlsx" {
			sources = append(sources, ingest.Source{Name: e.Name(), Path: filepath.Join(workbooks, e.Name())})
		}
	}
	w.importSources(t, sources)
	w.importText(t, "people 1.csv", people2025)
	w.importText(t, "people 2.csv", people2026)
	want := w.everything(t)
	for _, name := range append(ingest.Kinds(), "import", "import_sheet", "problem", "rejected_row") {
		w.exec(t, "delete from raw."+name)
	}
	if err := w.update(t.Context(), w.Replay); err != nil {
		t.Fatal(err)
	}
	wantEqual(t, "raw after replay", w.everything(t), want)
}

func TestPreviewKeepsNothing(t *testing.T) {
	w := newWarehouse(t)
	before := w.everything(t)
	reports, err := w.Preview(t.Context(), w.rollback, []ingest.Source{textSource(t, "people.csv", people2025)}, ingest.Options{})
	if err != nil {
		t.Fatal(err)
	}
	wantEqual(t, "counts", counts(reports[0]), "read 2 new 2 changed 0 unchanged 0 rejected 0")
	wantEqual(t, "raw", w.everything(t), before)
	wantEqual(t, "folders", w.folders(t), "")
}

func (w *warehouse) folders(t testing.TB) string {
	t.Helper()
	entries, err := os.ReadDir(w.dir)
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, e := range entries {
		names = append(names, e.Name())
	}
	return strings.Join(names, " ")
}

func TestARefusedFileDoesNotStopTheOthers(t *testing.T) {
	w := newWarehouse(t)
	reports := w.importSources(t, []ingest.Source{
		textSource(t, "picture.csv", "\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR"),
		textSource(t, "empty.csv", ""),
		textSource(t, "people.csv", people2025),
	})
	wantEqual(t, "empty", keys(reports[1]), "sheet.empty_file")
	if reports[0].Refused == nil || reports[0].ImportID != 0 {
		t.Errorf("a picture was taken for a spreadsheet: %+v", reports[0])
	}
	wantEqual(t, "people", counts(reports[2]), "read 2 new 2 changed 0 unchanged 0 rejected 0")
	wantEqual(t, "folders", w.folders(t), "000001")
}

func TestTheOriginalIsKept(t *testing.T) {
	w := newWarehouse(t)
	r := w.importText(t, `..\..\people: "1".csv`, people2025)
	original, err := w.Original(r.ImportID)
	if err != nil || original.Name != `..\..\people: "1".csv` {
		t.Errorf("got %q, %v", original.Name, err)
	}
	if data, err := os.ReadFile(original.Path); string(data) != people2025 {
		t.Errorf("got %d bytes, %v", len(data), err)
	}
	path := filepath.Join(w.dir, "000001", `people_ _1_.csv`)
	if err := os.WriteFile(path, []byte("changed"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := w.Original(r.ImportID); err == nil {
		t.Error("a changed file was handed out as the original")
	}
}

// A crash before the commit leaves a pending folder that nothing knows of; one after the commit a folder that wants its name.
func TestRecoverFinishesWhatWasCommittedAndDropsTheRest(t *testing.T) {
	w := newWarehouse(t)
	w.importText(t, "people 1.csv", people2025)
	crash := errors.New("crash")
	_, err := w.Import(t.Context(), func(ctx context.Context, load func(context.Context, *sql.Conn) error) error {
		if err := w.update(ctx, load); err != nil {
			return err
		}
		w.mustRename(t, "000002.pending", "kept")
		return crash
	}, []ingest.Source{textSource(t, "people 2.csv", people2026)}, ingest.Options{Now: fixedNow})
	if !errors.Is(err, crash) {
		t.Fatalf("got %v", err)
	}
	w.mustRename(t, "kept", "000002.pending")
	if err := os.Mkdir(filepath.Join(w.dir, "000003.pending"), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := w.Recover(t.Context(), w.conn); err != nil {
		t.Fatal(err)
	}
	wantEqual(t, "folders", w.folders(t), "000001 000002")
	wantEqual(t, "next import", w.table(t, "select max(import_id) from raw.import"), "2")
	if r := w.importText(t, "people 3.csv", people2026+"15,Di Eng,Sales,,,\n"); r.ImportID != 3 || r.Stored() != 1 {
		t.Errorf("after recovery: import %d, %s", r.ImportID, counts(r))
	}
}

func (w *warehouse) mustRename(t testing.TB, from, to string) {
	t.Helper()
	if err := os.Rename(filepath.Join(w.dir, from), filepath.Join(w.dir, to)); err != nil {
		t.Fatal(err)
	}
}

func TestAFailedUpdateLeavesNothing(t *testing.T) {
	w := newWarehouse(t)
	_, err := w.Import(t.Context(), func(ctx context.Context, load func(context.Context, *sql.Conn) error) error {
		return w.update(ctx, func(ctx context.Context, conn *sql.Conn) error {
			return errors.Join(load(ctx, conn), errors.New("models do not build"))
		})
	}, []ingest.Source{textSource(t, "people.csv", people2025)}, ingest.Options{Now: fixedNow})
	if err == nil {
		t.Fatal("no error")
	}
	wantEqual(t, "folders", w.folders(t), "")
	wantEqual(t, "rows", w.table(t, "select count(*) from raw.employee"), "0")
}

// More rows than are compared at a time, more rejected rows than are written at a time and more problems than are kept.
func TestALongFile(t *testing.T) {
	const good, bad = 200_100, 10_100
	var b strings.Builder
	b.WriteString("Goal ID,Employee ID,Check-in Date,Value\n")
	for i := range good {
		fmt.Fprintf(&b, "G%d,E1,2025-01-31,%d\n", i, i)
	}
	for i := range bad {
		fmt.Fprintf(&b, "G%d,E2,2025-01-31,many\n", i)
	}
	b.WriteString("G0,E1,2025-01-31,0\nG1,E1,2025-01-31,7\n")
	w := newWarehouse(t)
	var last ingest.Progress
	r := w.importText(t, "check_ins.csv", b.String(), ingest.Options{Progress: func(p ingest.Progress) { last = p }})
	wantEqual(t, "counts", counts(r), fmt.Sprintf("read %d new %d changed 0 unchanged 1 rejected %d", good+bad+2, good, bad+1))
	wantEqual(t, "problems kept", fmt.Sprint(len(r.Sheets[0].Problems)), "10000")
	wantEqual(t, "rejected rows kept", w.table(t, "select count(*), max(line) from raw.rejected_row"), fmt.Sprintf("%d|%d", bad+1, good+bad+3))
	wantEqual(t, "the first statement stands", w.table(t, "select value from raw.check_in where goal_id = 'G1'"), "1")
	wantEqual(t, "progress", fmt.Sprint(last.Row, last.RowCount, last.Share()), fmt.Sprint(good+bad+2, good+bad+2, 1))
	wantEqual(t, "temporary tables", w.table(t, "select table_name from duckdb_tables() where temporary"), "")
}
