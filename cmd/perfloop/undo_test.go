package main

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/perfloop/perfloop/dashboards"
	"github.com/perfloop/perfloop/ingest"
)

func TestUndoAndRedo(t *testing.T) {
	data := t.TempDir()
	mustCall(t, exitDone, "import", write(t, "roster.csv", roster), "--data", data)
	mustCall(t, exitDone, "import", write(t, "goals.csv", goals), "--data", data)
	mustCall(t, exitDone, "import", write(t, "goals-2.csv", strings.ReplaceAll(goals, ",80,", ",90,")), "--data", data)
	before := snapshot(t, data)
	out := mustCall(t, exitDone, "undo", "2", "--dry-run", "--data", data, "--lang", "en")
	if !strings.Contains(out, "import 3 (goals-2.csv) then counts 2 new") || !strings.Contains(out, "nothing was changed") {
		t.Errorf("the effect told: %s", out)
	}
	if diff := cmp.Diff(before, snapshot(t, data)); diff != "" {
		t.Errorf("a dry run changed: %s", diff)
	}
	mustCall(t, exitDone, "undo", "3", "--data", data)
	out = mustCall(t, exitDone, "undo", "2", "--data", data, "--lang", "zh")
	if !strings.Contains(out, "消失 2") || !strings.Contains(out, "perfloop redo 2") {
		t.Errorf("the effect told: %s", out)
	}
	if got := query(t, data, "select count(*) from fct_goal"); !cmp.Equal(got, [][]any{{float64(0)}}) {
		t.Errorf("goals after undoing both: %v", got)
	}
	undone := snapshot(t, data)
	mustCall(t, exitDone, "build", "--from-files", "--data", data)
	if diff := cmp.Diff(undone, snapshot(t, data)); diff != "" {
		t.Errorf("after build --from-files: %s", diff)
	}
	if out := mustCall(t, exitDone, "imports", "--data", data, "--lang", "en"); strings.Count(out, "  undone ") != 2 {
		t.Errorf("imports: %s", out)
	}
	mustCall(t, exitDone, "redo", "3", "--data", data)
	mustCall(t, exitDone, "redo", "2", "--data", data)
	if diff := cmp.Diff(before, snapshot(t, data)); diff != "" {
		t.Errorf("after bringing both back: %s", diff)
	}
	if _, err, code := call(t, "redo", "2", "--data", data, "--lang", "en"); code != exitNothing || !strings.Contains(err, "is not undone") {
		t.Errorf("redo twice: exit %d, %s", code, err)
	}
}

func TestUndoThroughTheServer(t *testing.T) {
	data := t.TempDir()
	mustCall(t, exitDone, "import", write(t, "roster.csv", roster), "--data", data)
	address := startServer(t, data)
	var effect ingest.Effect
	if err := json.Unmarshal([]byte(mustCall(t, exitDone, "undo", "1", "--data", data, "--json")), &effect); err != nil || effect.Kinds[0].Gone != 2 {
		t.Errorf("effect: %+v, %v", effect, err)
	}
	if _, err, code := call(t, "undo", "1", "--data", data, "--lang", "zh"); code != exitNothing || !strings.Contains(err, "已经撤销") {
		t.Errorf("undo twice: exit %d, %s", code, err)
	}
	request, err := http.NewRequest(http.MethodGet, address+"/api/imports", nil)
	if err != nil {
		t.Fatal(err)
	}
	server, err := readServerFile(data)
	if err != nil {
		t.Fatal(err)
	}
	request.Header.Set("Authorization", "Bearer "+server.Token)
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	var imports []dashboards.Import
	if err := json.NewDecoder(response.Body).Decode(&imports); err != nil || len(imports) != 1 || imports[0].UndoneAt == nil {
		t.Errorf("imports: %+v, %v", imports, err)
	}
}

// What perfloop mapping prints is a mapping; one that is remembered is used again until it is forgotten.
func TestAMappingIsPrintedAndRemembered(t *testing.T) {
	data, file := t.TempDir(), write(t, "goals.csv", goals)
	text := mustCall(t, exitDone, "mapping", file, "--data", data, "--lang", "en")
	if !strings.Contains(text, "kind: goal") || !strings.Contains(text, "weight: Weight # certain") {
		t.Errorf("mapping: %s", text)
	}
	mustCall(t, exitDone, "import", file, "--mapping", write(t, "m.yaml", text), "--remember", "--data", data)
	var known []ingest.Remembered
	if err := json.Unmarshal([]byte(mustCall(t, exitDone, "mappings", "--data", data, "--json")), &known); err != nil || len(known) != 1 {
		t.Fatalf("mappings: %v, %v", known, err)
	}
	if again := mustCall(t, exitDone, "mapping", file, "--data", data, "--lang", "en"); !strings.Contains(again, "weight: Weight #") {
		t.Errorf("mapping of a file that is imported already: %s", again)
	}
	next := write(t, "next.csv", strings.ReplaceAll(goals, "0012", "0013"))
	if out := mustCall(t, exitDone, "import", next, "--data", data, "--dry-run", "--lang", "en"); !strings.Contains(out, known[0].Fingerprint) {
		t.Errorf("the remembered mapping is not named: %s", out)
	}
	mustCall(t, exitDone, "mappings", "--forget", known[0].Fingerprint, "--data", data)
	mustCall(t, exitNothing, "mappings", "--forget", known[0].Fingerprint, "--data", data)
	mustCall(t, exitUsage, "import", file, "--remember", "--data", data)
	mustCall(t, exitNothing, "mapping", write(t, "poem.csv", "roses are red\n"), "--data", data)
}
