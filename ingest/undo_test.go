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

	"pgregory.net/rapid"

	"github.com/perfloop/perfloop/ingest"
)

func (w *warehouse) undo(t testing.TB, id int64, redo bool) ingest.Effect {
	t.Helper()
	effect, err := w.Undo(context.Background(), w.update, ingest.Undoing{ImportID: id, Redo: redo, By: "tester", Now: fixedNow})
	if err != nil {
		t.Fatal(err)
	}
	return effect
}

// things is all that is stored, and the reports on the imports that count.
func (w *warehouse) things(t testing.TB) string {
	t.Helper()
	var b strings.Builder
	for _, name := range ingest.Kinds() {
		b.WriteString(name + "\n" + w.table(t, "select columns(* exclude (import_id)), import_id from raw."+name+" order by all") + "\n")
	}
	for _, name := range []string{"import", "import_sheet", "problem", "rejected_row"} {
		b.WriteString(name + "\n" + w.table(t, "select columns(* exclude (import_id)), import_id from raw."+name+`
where import_id in (select import_id from raw.import where undone_at is null) order by all`) + "\n")
	}
	return b.String()
}

func TestAnUndoneImportIsAsIfItHadNeverBeen(t *testing.T) {
	w := newWarehouse(t)
	w.importText(t, "people 1.csv", people2025)
	b := w.importText(t, "people 2.csv", people2026)
	w.importText(t, "people 3.csv", "Employee ID,Name,Department,Hire Date,Work mode\n14,Cy Diaz,Sales,2026-01-02,Home\n15,Di Eng,Sales,2026-01-02,Home\n")
	full := w.everything(t)
	effect := w.undo(t, b.ImportID, false)
	wantEqual(t, "effect", fmt.Sprintf("%+v", effect), "{ImportID:2 File:people 2.csv Redo:false Kinds:[{Kind:employee Gone:0 Changed:2 Added:0}]"+
		" Imports:[{ImportID:3 File:people 3.csv Before:{New:1 Changed:0 Unchanged:1 Rejected:0} After:{New:2 Changed:0 Unchanged:0 Rejected:0}}]}")
	wantEqual(t, "rows", w.table(t, "select import_id, employee_id, unit, attributes from raw.employee order by 1, 2"), `
1|0012|Sales|{"Work mode":"Office"}
1|13|Sales|
3|14|Sales|{"Work mode":"Home"}
3|15|Sales|{"Work mode":"Home"}`)
	wantEqual(t, "history", w.table(t, "select import_id, undone_at is not null, undone_by from raw.import order by 1"), "1|false|\n2|true|tester\n3|false|")
	wantEqual(t, "its report stays", w.table(t, "select read_count, new_count, changed_count from raw.import_sheet where import_id = 2"), "3|1|1")
	undone := w.everything(t)
	w.replayAll(t)
	wantEqual(t, "replayed", w.everything(t), undone)
	w.undo(t, b.ImportID, true)
	wantEqual(t, "brought back", w.everything(t), full)
}

// replayAll empties raw and makes it again from the files.
func (w *warehouse) replayAll(t testing.TB) {
	t.Helper()
	for _, name := range append(ingest.Kinds(), "import", "import_sheet", "problem", "rejected_row") {
		w.exec(t, "delete from raw."+name)
	}
	if err := w.update(context.Background(), w.Replay); err != nil {
		t.Fatal(err)
	}
}

// randomFile states some of a few things, often with other values than another file, sometimes badly.
func randomFile(t *rapid.T, label string) (name, text string) {
	var b strings.Builder
	switch kind := rapid.SampledFrom([]string{"people", "goals", "check_ins"}).Draw(t, label+" kind"); kind {
	case "people":
		b.WriteString("Employee ID,Name,Department,Hire Date\n")
		for i := range rapid.IntRange(1, 6).Draw(t, label+" rows") {
			at := fmt.Sprintf("%s row %d ", label, i)
			fmt.Fprintf(&b, "E%d,%s,%s,%s\n", rapid.IntRange(1, 4).Draw(t, at+"id"), rapid.SampledFrom([]string{"Ann Lee", "Bo Chen", "Cy Diaz"}).Draw(t, at+"name"),
				rapid.SampledFrom([]string{"Sales", "Finance", ""}).Draw(t, at+"unit"), rapid.SampledFrom([]string{"2020-03-01", "2021-04-05", "", "soon"}).Draw(t, at+"day"))
		}
		return label + " people.csv", b.String()
	case "goals":
		b.WriteString("Employee ID,Goal ID,Goal,Weight,Target,Cycle\n")
		for i := range rapid.IntRange(1, 6).Draw(t, label+" rows") {
			at := fmt.Sprintf("%s row %d ", label, i)
			fmt.Fprintf(&b, "E1,G%d,Sell,%s,%s,2025H1\n", rapid.IntRange(1, 4).Draw(t, at+"id"), rapid.SampledFrom([]string{"50", "60", ""}).Draw(t, at+"weight"),
				rapid.SampledFrom([]string{"10", "20", "", "many"}).Draw(t, at+"target"))
		}
		return label + " goals.csv", b.String()
	}
	b.WriteString("Goal ID,Employee ID,Check-in Date,Value\n")
	first, count := rapid.IntRange(1, 6).Draw(t, label+" first"), rapid.IntRange(1, 4).Draw(t, label+" rows")
	for i := range count {
		fmt.Fprintf(&b, "G1,E1,2025-01-%02d,%d\n", first+i, rapid.IntRange(1, 2).Draw(t, fmt.Sprintf("%s value %d", label, i)))
	}
	return label + " check_ins.csv", b.String()
}

// history is some files and which of them are undone or brought back in turn.
type history struct {
	files [][2]string
	steps []int
}

func randomHistory(t *rapid.T) history {
	var h history
	for i := range rapid.IntRange(2, 5).Draw(t, "files") {
		name, text := randomFile(t, fmt.Sprintf("file %d", i))
		h.files = append(h.files, [2]string{name, text + "\n# " + fmt.Sprint(i)})
	}
	h.steps = rapid.SliceOfN(rapid.IntRange(0, len(h.files)-1), 1, 3).Draw(t, "steps")
	return h
}

// Whatever overlapping files there are: the imports that are not undone leave what they would have left alone, in the order and
// under the ids they had, and undoing tells what a look beforehand told.
func TestUndoneAndBroughtBackInAnyOrder(t *testing.T) {
	w := newWarehouse(t)
	histories := rapid.Custom(randomHistory)
	for seed := range 12 {
		h := histories.Example(seed)
		w.clear(t)
		for _, f := range h.files {
			w.importText(t, f[0], f[1])
		}
		full := w.everything(t)
		isUndone := make([]bool, len(h.files))
		for _, at := range h.steps {
			w.step(t, int64(at+1), isUndone[at])
			isUndone[at] = !isUndone[at]
		}
		got, history := w.things(t), w.everything(t)
		w.replayAll(t)
		wantEqual(t, fmt.Sprintf("replay of %v with undone %v", h, isUndone), w.everything(t), history)
		for i := range isUndone {
			if isUndone[i] {
				w.undo(t, int64(i+1), true)
			}
		}
		wantEqual(t, fmt.Sprintf("%v with all brought back", h), w.everything(t), full)
		w.clear(t)
		for i, f := range h.files {
			if isUndone[i] {
				w.exec(t, fmt.Sprintf("insert into raw.import (import_id, undone_at) values (%d, now()::timestamp)", i+1)) // the id is taken
			} else {
				w.importText(t, f[0], f[1])
			}
		}
		wantEqual(t, fmt.Sprintf("%v with undone %v", h, isUndone), got, w.things(t))
	}
}

// step looks at the effect of undoing an import or bringing it back, which must change nothing, and then does it.
func (w *warehouse) step(t *testing.T, id int64, redo bool) {
	t.Helper()
	before := w.everything(t)
	seen, err := w.PreviewUndo(t.Context(), w.rollback, ingest.Undoing{ImportID: id, Redo: redo, By: "tester", Now: fixedNow})
	if err != nil {
		t.Fatal(err)
	}
	wantEqual(t, "raw after a look", w.everything(t), before)
	wantEqual(t, "effect", fmt.Sprint(w.undo(t, id, redo)), fmt.Sprint(seen))
}

// clear empties warehouse and archive.
func (w *warehouse) clear(t testing.TB) {
	t.Helper()
	for _, name := range append(ingest.Kinds(), "import", "import_sheet", "problem", "rejected_row") {
		w.exec(t, "delete from raw."+name)
	}
	entries, err := os.ReadDir(w.dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		if err := os.RemoveAll(filepath.Join(w.dir, e.Name())); err != nil {
			t.Fatal(err)
		}
	}
}

func TestWhatCannotBeUndoneSaysWhy(t *testing.T) {
	w := newWarehouse(t)
	first := w.importText(t, "people.csv", people2025)
	try := func(id int64, redo bool) string {
		_, err := w.Undo(t.Context(), w.update, ingest.Undoing{ImportID: id, Redo: redo, Now: fixedNow})
		var fault *ingest.HistoryError
		if !errors.As(err, &fault) {
			return fmt.Sprint(err)
		}
		return fault.Key
	}
	wantEqual(t, "unknown", try(9, false), "import_unknown")
	wantEqual(t, "not undone", try(first.ImportID, true), "import_not_undone")
	wantEqual(t, "undone", try(first.ImportID, false), "<nil>")
	wantEqual(t, "undone twice", try(first.ImportID, false), "import_undone")
	again := w.importText(t, "people.csv", people2025)
	if again.ImportID != 2 || again.Stored() != 2 {
		t.Errorf("the same file after its undoing: import %d, %s", again.ImportID, counts(again))
	}
}

// A crash before the commit leaves a manifest that nothing knows of, one after it a manifest that wants its place.
func TestRecoverSettlesAnUndoing(t *testing.T) {
	for _, committed := range []bool{false, true} {
		w := newWarehouse(t)
		w.importText(t, "people.csv", people2025)
		next := filepath.Join(w.dir, "000001", "manifest.json.next")
		crash := errors.New("crash")
		_, err := w.Undo(t.Context(), func(ctx context.Context, load func(context.Context, *sql.Conn) error) error {
			end := w.rollback
			if committed {
				end = w.update
			}
			return errors.Join(end(ctx, load), os.Rename(next, next+".kept"), crash)
		}, ingest.Undoing{ImportID: 1, Now: fixedNow})
		if !errors.Is(err, crash) {
			t.Fatalf("got %v", err)
		}
		if err := os.Rename(next+".kept", next); err != nil {
			t.Fatal(err)
		}
		if err := w.Recover(t.Context(), w.conn); err != nil {
			t.Fatal(err)
		}
		if _, err := os.Stat(next); !errors.Is(err, os.ErrNotExist) {
			t.Errorf("the next manifest is still there: %v", err)
		}
		want := w.everything(t)
		w.replayAll(t)
		wantEqual(t, fmt.Sprintf("replayed, committed %v", committed), w.everything(t), want)
	}
}
