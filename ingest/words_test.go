package ingest_test

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"github.com/perfloop/perfloop/ingest"
)

const wordyGoals = "Employee ID,Cycle,Goal,Weight,Status\nE1,2025H1,a,1,Im Plan\nE2,2025H1,b,1,At Risk\n"

func (w *warehouse) writeWords(t *testing.T, text string) {
	t.Helper()
	if err := os.WriteFile(filepath.Join(filepath.Dir(w.dir), "words.yaml"), []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}

// The data folder's words hold for every import, a mapping's come before them, and a replay reads with those of its time.
func TestWordsOfTheDataFolder(t *testing.T) {
	w := newWarehouse(t)
	w.writeWords(t, "goal_status:\n  on_track: [im Plan]\n  off_track: [At Risk]\n")
	w.importText(t, "goals.csv", wordyGoals)
	wantEqual(t, "status", w.table(t, "select status from raw.goal order by line"), "on_track\noff_track")

	w.writeWords(t, "goal_status:\n  overdue: [im plan]\n")
	w.exec(t, "delete from raw.goal")
	if err := w.Replay(t.Context(), w.conn); err != nil {
		t.Fatal(err)
	}
	wantEqual(t, "status after a replay", w.table(t, "select status from raw.goal order by line"), "on_track\noff_track")

	mapping := &ingest.Mapping{Words: ingest.Words{"goal_status": {"cancelled": {"im Plan"}}}}
	w.importText(t, "goals.csv", wordyGoals, ingest.Options{Mapping: mapping})
	wantEqual(t, "status by the mapping", w.table(t, "select status from raw.goal where import_id = 2 order by line"), "cancelled\nat_risk")
}

// The same file under other words is another reading, not a duplicate.
func TestOtherWordsReadAgain(t *testing.T) {
	w := newWarehouse(t)
	first := w.importText(t, "goals.csv", wordyGoals)
	wantEqual(t, "rejected without words", fmt.Sprint(first.Rejected()), "1")
	w.writeWords(t, "goal_status:\n  on_track: [im Plan]\n")
	again := w.importText(t, "goals.csv", wordyGoals)
	wantEqual(t, "new with words", fmt.Sprint(again.Stored()), "1")
	if third := w.importText(t, "goals.csv", wordyGoals); third.Duplicate != again.ImportID {
		t.Errorf("a third time: got %+v, want a duplicate of %d", third, again.ImportID)
	}
}

func TestFaultsOfTheWordsFile(t *testing.T) {
	for text, want := range map[string]int{
		"goal_status:\n  lost: [weg]\n":           2,
		"goal_status:\n  done: [weg]\nmood: {}\n": 3,
		"goal_status: [weg]\n":                    1,
	} {
		w := newWarehouse(t)
		w.writeWords(t, text)
		_, err := w.Import(t.Context(), w.update, []ingest.Source{textSource(t, "goals.csv", wordyGoals)}, ingest.Options{})
		var fault *ingest.MappingError
		if !errors.As(err, &fault) || fault.Line != want || fault.Key != "words_file" {
			t.Errorf("%q: got %v, want a fault on line %d", text, err, want)
		}
	}
}

// A preset's words come before the dictionary's and give way to those of the data folder.
func TestWordsOfAPreset(t *testing.T) {
	for words, want := range map[string]string{"": "at_risk", "goal_status:\n  on_track: [Progressing]\n": "on_track"} {
		w := newWarehouse(t)
		w.writeWords(t, words)
		w.importSources(t, []ingest.Source{{Name: "goals.json", Path: workbooks + "/presets/lattice_goals.json"}})
		wantEqual(t, "Progressing, with the words "+words, w.table(t, "select status from raw.goal where goal_id = 'goal_02'"), want)
	}
}
