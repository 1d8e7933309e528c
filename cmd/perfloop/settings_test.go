package main

import (
	"path/filepath"
	"strings"
	"testing"
)

func TestASettingIsChangedRecordedAndSurvivesARebuild(t *testing.T) {
	data := t.TempDir()
	mustCall(t, exitDone, "import", write(t, "roster.csv", roster), write(t, "goals.csv", goals), "--data", data)
	get := func(args ...string) string {
		return strings.TrimSpace(mustCall(t, exitDone, append([]string{"settings", "get", "--data", data}, args...)...))
	}
	if got := get("check_in_days"); got != "30" {
		t.Errorf("default %q, want 30", got)
	}
	mustCall(t, exitDone, "settings", "set", "check_in_days", "14", "--cycle", "2025H1", "--data", data)
	mustCall(t, exitDone, "settings", "set", "as_of", "2025-03-31", "--data", data)
	if got := get("check_in_days", "--cycle", "2025H1"); got != "14" {
		t.Errorf("of the cycle %q, want 14", got)
	}
	_, said, code := call(t, "settings", "apply", write(t, "bad.yaml", "settings:\n  check_in_days: 7\n  attainment_cap: 1000"), "--data", data, "--lang", "zh")
	if code != exitUsage || !strings.Contains(said, "第 3 行") {
		t.Errorf("a bad file: exit %d, %s", code, said)
	}
	if got := get("check_in_days"); got != "30" {
		t.Errorf("a bad file has changed a setting to %q", got)
	}
	if _, _, code := call(t, "settings", "get", "wings", "--data", data); code != exitUsage {
		t.Errorf("an unknown setting: exit %d", code)
	}
	exported := filepath.Join(t.TempDir(), "settings.yaml")
	mustCall(t, exitDone, "settings", "export", exported, "--data", data)
	mustCall(t, exitDone, "build", "--from-files", "--data", data)
	rows := query(t, data, "select check_in_days, (select as_of::varchar from dim_setting) from dim_cycle where cycle_id = '2025H1'")
	if len(rows) != 1 || rows[0][0] != 14.0 || rows[0][1] != "2025-03-31" {
		t.Errorf("after a rebuild: %v", rows)
	}
	mustCall(t, exitDone, "settings", "unset", "check_in_days", "--cycle", "2025H1", "--data", data)
	out := mustCall(t, exitDone, "settings", "history", "--data", data, "--lang", "en")
	if lines := strings.Split(strings.TrimSpace(out), "\n"); len(lines) != 3 || !strings.Contains(lines[0], "check_in_days 2025H1: 14 → –") {
		t.Errorf("history:\n%s", out)
	}
	mustCall(t, exitDone, "settings", "apply", exported, "--data", data)
	if got := get("check_in_days", "--cycle", "2025H1"); got != "14" {
		t.Errorf("after what was exported is applied %q, want 14", got)
	}
}

func TestSettingsGoThroughARunningServer(t *testing.T) {
	data := t.TempDir()
	startServer(t, data)
	out := mustCall(t, exitDone, "settings", "set", "minimum_group_count", "7", "--data", data, "--json")
	if !strings.Contains(out, `"minimum_group_count"`) {
		t.Errorf("answer: %s", out)
	}
	if _, said, code := call(t, "settings", "set", "check_in_days", "7", "--cycle", "nowhere", "--data", data, "--lang", "en"); code != exitNothing || !strings.Contains(said, "no file names a cycle nowhere") {
		t.Errorf("exit %d: %s", code, said)
	}
	if got := strings.TrimSpace(mustCall(t, exitDone, "settings", "get", "minimum_group_count", "--data", data)); got != "7" {
		t.Errorf("through the server: %q, want 7", got)
	}
}
