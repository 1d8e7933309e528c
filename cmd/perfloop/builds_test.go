package main

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/perfloop/perfloop/analytics"
)

// A build's report is the same bytes after a correction, an undo and the making of the warehouse from its files.
func TestAReportIsRunAgainExactly(t *testing.T) {
	data := t.TempDir()
	mustCall(t, exitDone, "import", write(t, "roster.csv", roster), write(t, "goals.csv", goals), "--data", data)
	said := map[string]string{}
	keep := func(name string) {
		t.Helper()
		said[name] = mustCall(t, exitDone, "report", "--data", data)
		if now := mustCall(t, exitDone, "report", "--mart", "fct_goal", "--data", data); said[name] == now {
			t.Error("people and goals are the same table")
		}
	}
	keep("imported")
	first := newestBuild(t, data)
	mustCall(t, exitDone, "import", write(t, "goals-2.csv", strings.ReplaceAll(goals, ",80,", ",90,")), "--data", data)
	keep("corrected")
	second := newestBuild(t, data)
	mustCall(t, exitDone, "undo", "3", "--data", data)
	keep("undone")
	mustCall(t, exitDone, "build", "--from-files", "--data", data)
	if said["imported"] == said["corrected"] {
		t.Fatal("the correction changed nothing")
	}
	for build, want := range map[string]string{first: said["imported"], second: said["corrected"], newestBuild(t, data): said["undone"]} {
		if diff := cmp.Diff(want, mustCall(t, exitDone, "report", "--build", build, "--data", data)); diff != "" {
			t.Errorf("build %s (-then +now): %s", build, diff)
		}
	}
	now, err := json.Marshal(query(t, data, "select employee_id, cycle_id, round(attainment, 9) from fct_employee_cycle order by all"))
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(now), asKnown(t, data, first)); diff != "" {
		t.Errorf("after the undo people are not as before (-now +then): %s", diff)
	}
	if asKnown(t, data, second) == string(now) {
		t.Error("as known on the corrected build people are as now")
	}
}

// asKnown is what select answers from an earlier build.
func asKnown(t *testing.T, data, build string) string {
	t.Helper()
	out := mustCall(t, exitDone, "sql", "select employee_id, cycle_id, round(attainment, 9) from fct_employee_cycle order by all", "--as-known-on", build, "--data", data, "--json")
	var answer struct{ Rows [][]any }
	if err := json.Unmarshal([]byte(out), &answer); err != nil {
		t.Fatal(err)
	}
	text, err := json.Marshal(answer.Rows)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

func newestBuild(t *testing.T, data string) string {
	t.Helper()
	var builds []analytics.BuildRecord
	if err := json.Unmarshal([]byte(mustCall(t, exitDone, "builds", "--data", data, "--json")), &builds); err != nil {
		t.Fatal(err)
	}
	text, err := json.Marshal(builds[len(builds)-1].ID)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// What changed since a build names the figure, before and after, and the import.
func TestChangesNameTheImport(t *testing.T) {
	data := t.TempDir()
	mustCall(t, exitDone, "import", write(t, "roster.csv", roster), write(t, "goals.csv", goals), "--data", data)
	since := newestBuild(t, data)
	if out := mustCall(t, exitDone, "changes", "--since", since, "--data", data, "--lang", "en"); !strings.Contains(out, "0 rows in all") {
		t.Errorf("nothing changed: %s", out)
	}
	mustCall(t, exitDone, "import", write(t, "goals-2.csv", strings.ReplaceAll(goals, ",80,", ",90,")), "--data", data)
	out := mustCall(t, exitDone, "changes", "--since", since, "--mart", "fct_goal", "--data", data, "--format", "csv")
	if !strings.Contains(out, "4,import,3 goals-2.csv,,fct_goal,0012,2025H1,natural_key=2025h1|0012|g1,moved,attainment,0.8,0.9") {
		t.Errorf("changes: %s", out)
	}
	mustCall(t, exitDone, "undo", "3", "--data", data)
	if out := mustCall(t, exitDone, "changes", "--since", since, "--data", data, "--lang", "zh"); !strings.Contains(out, "撤销") || !strings.Contains(out, "3 goals-2.csv") {
		t.Errorf("changes: %s", out)
	}
	out = mustCall(t, exitDone, "builds", "--data", data, "--lang", "en")
	if !strings.Contains(out, "- import 3 (goals-2.csv) undone by") || !strings.Contains(out, "+ import 3 (goals-2.csv) by") {
		t.Errorf("builds: %s", out)
	}
	// Of two files imported at once, a person's figures moved for the one that is about them.
	since = newestBuild(t, data)
	mustCall(t, exitDone, "import", write(t, "ada.csv", strings.ReplaceAll(goals, ",80,", ",95,")),
		write(t, "bo.csv", strings.NewReplacer("0012", "0013", "G1", "G3", "G2", "G4").Replace(goals)), "--data", data)
	out = mustCall(t, exitDone, "changes", "--since", since, "--mart", "fct_employee_cycle", "--data", data, "--format", "csv")
	if !strings.Contains(out, "import,4 ada.csv,,fct_employee_cycle,0012") || !strings.Contains(out, "import,5 bo.csv,,fct_employee_cycle,0013") {
		t.Errorf("changes: %s", out)
	}
	if _, err, code := call(t, "changes", "--since", "999", "--data", data, "--lang", "en"); code != exitUsage || !strings.Contains(err, "build 999") {
		t.Errorf("unknown build: exit %d, %s", code, err)
	}
	if _, err, code := call(t, "report", "--mart", "fct_nothing", "--data", data, "--lang", "zh"); code != exitUsage || !strings.Contains(err, "fct_nothing") {
		t.Errorf("unknown table: exit %d, %s", code, err)
	}
}

// Explain walks from a figure to the file's line, all its versions, and says what is wrong with a question.
func TestExplainNamesFileAndLine(t *testing.T) {
	data := t.TempDir()
	mustCall(t, exitDone, "import", write(t, "roster.csv", roster), write(t, "goals.csv", goals), "--data", data)
	mustCall(t, exitDone, "import", write(t, "goals-2.csv", strings.ReplaceAll(goals, ",80,", ",90,")), "--data", data)
	key := query(t, data, "select natural_key from fct_goal where actual = 90 limit 1")[0][0].(string)
	out := mustCall(t, exitDone, "explain", "fct_goal", "--key", "natural_key="+key, "--column", "attainment", "--data", data, "--lang", "en")
	for _, want := range []string{"stated in goals-2.csv, line ", "said before in goals.csv, line ", "actual=90", "actual=80", "value_attainment(", "attainment_cap = 1.5"} {
		if !strings.Contains(out, want) {
			t.Errorf("explanation lacks %q:\n%s", want, out)
		}
	}
	out = mustCall(t, exitDone, "explain", "fct_goal", "--key", "natural_key="+key, "--column", "attainment", "--data", data, "--lang", "zh")
	if !strings.Contains(out, "出自 goals-2.csv") || !strings.Contains(out, "此前见于 goals.csv") {
		t.Errorf("explanation: %s", out)
	}
	var x analytics.Explanation
	if err := json.Unmarshal([]byte(mustCall(t, exitDone, "explain", "fct_goal", "--key", "natural_key="+key, "--column", "attainment", "--data", data, "--json")), &x); err != nil || len(x.Sources) != 2 || !x.Sources[0].IsCurrent {
		t.Errorf("as JSON: %+v, %v", x.Sources, err)
	}
	if _, err, code := call(t, "explain", "fct_goal", "--key", "natural_key="+key, "--column", "colour", "--data", data, "--lang", "en"); code != exitUsage || !strings.Contains(err, "no column colour") {
		t.Errorf("unknown column: exit %d, %s", code, err)
	}
}
