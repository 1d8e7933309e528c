package main

import (
	"bytes"
	"context"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/perfloop/perfloop/dashboards/words"
)

func put(t *testing.T, path, text string) {
	t.Helper()
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}

// filesIn lists what is below a folder, without folders.
func filesIn(t *testing.T, dir string) []string {
	t.Helper()
	var names []string
	err := filepath.WalkDir(dir, func(path string, d os.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			name, _ := filepath.Rel(dir, path)
			names = append(names, name)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return names
}

func TestTheInboxImportsWhatIsPutThere(t *testing.T) {
	data, dir := t.TempDir(), t.TempDir()
	put(t, filepath.Join(dir, "roster.csv"), roster)
	put(t, filepath.Join(dir, "targets.csv"), goals+"0013,2025H1,G1,Sell more,tbd soon,25,100%\n")
	put(t, filepath.Join(dir, "poem.csv"), "roses are red\n")
	locked, err := os.ReadFile(filepath.Join(root, "testdata", "workbooks", "old_workbook_with_a_password.xls"))
	if err != nil {
		t.Fatal(err)
	}
	put(t, filepath.Join(dir, "locked.xls"), string(locked))
	put(t, filepath.Join(dir, "coming.csv.part"), roster)
	put(t, filepath.Join(dir, "~$roster.xlsx"), "lock")
	if err := os.Symlink("/etc/hosts", filepath.Join(dir, "link.csv")); err != nil {
		t.Fatal(err)
	}
	if err := os.Mkdir(filepath.Join(dir, "done"), 0o700); err != nil {
		t.Fatal(err)
	}
	put(t, filepath.Join(dir, "done", "roster.csv"), "an older one")
	startServer(t, data, "--inbox", dir)
	want := []string{
		"coming.csv.part", "done/roster (2).csv", "done/roster (2).csv.report.json", "done/roster (2).csv.report.txt", "done/roster.csv",
		"done/targets.csv", "done/targets.csv.rejected.xlsx", "done/targets.csv.report.json", "done/targets.csv.report.txt",
		"link.csv", "rejected/locked.xls", "rejected/locked.xls.report.json", "rejected/locked.xls.report.txt", "rejected/poem.csv", "rejected/poem.csv.rejected.xlsx", "rejected/poem.csv.report.json", "rejected/poem.csv.report.txt", "~$roster.xlsx",
	}
	var got []string
	for deadline := time.Now().Add(2 * time.Minute); time.Now().Before(deadline); time.Sleep(100 * time.Millisecond) {
		if got = filesIn(t, dir); cmp.Equal(got, want) {
			break
		}
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Fatal(diff)
	}
	report, err := os.ReadFile(filepath.Join(dir, "done", "targets.csv.report.txt"))
	if err != nil || !strings.Contains(string(report), "tbd soon") {
		t.Errorf("report: %s, %v", report, err)
	}
	report, err = os.ReadFile(filepath.Join(dir, "rejected", "locked.xls.report.txt"))
	if err != nil || !strings.Contains(string(report), "password") {
		t.Errorf("report: %s, %v", report, err)
	}
	if got := query(t, data, "select count(*) from raw.goal"); !cmp.Equal(got, [][]any{{float64(2)}}) {
		t.Errorf("goals: %v", got)
	}
}

// watched is an inbox over a real data folder, whose rounds the test calls at the times it chooses.
type watched struct {
	*inbox
	t     *testing.T
	log   *bytes.Buffer
	start time.Time
}

func watch(t *testing.T, data, lang string) watched {
	t.Helper()
	s, err := openStore(t.Context(), data)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.close() }) //nolint:errcheck // a test closes it earlier
	var log bytes.Buffer
	in, err := openInbox(&app{data: data, words: words.For(lang)}, s, t.TempDir(), slog.New(slog.NewTextHandler(&log, nil)))
	if err != nil {
		t.Fatal(err)
	}
	return watched{inbox: in, t: t, log: &log, start: time.Now()}
}

// at looks at the folder so long after the start.
func (w watched) at(after time.Duration) {
	w.t.Helper()
	if err := w.round(w.t.Context(), w.start.Add(after)); err != nil {
		w.t.Fatal(err)
	}
}

func (w watched) put(name, text string) {
	w.t.Helper()
	put(w.t, filepath.Join(w.dir, name), text)
}

func (w watched) read(name string) string {
	w.t.Helper()
	text, err := os.ReadFile(filepath.Join(w.dir, name))
	if err != nil {
		w.t.Error(err)
	}
	return string(text)
}

func (w watched) has(want ...string) {
	w.t.Helper()
	if diff := cmp.Diff(want, filesIn(w.t, w.dir)); diff != "" {
		w.t.Error(diff)
	}
}

func TestTheInboxWaitsUntilAFileIsWhole(t *testing.T) {
	w := watch(t, t.TempDir(), "zh")
	half := len(roster) - 20
	w.put("roster.csv", roster[:half])
	w.at(0)
	w.at(1900 * time.Millisecond)
	w.put("roster.csv", roster)
	w.at(2 * time.Second)
	w.at(3900 * time.Millisecond)
	w.has("roster.csv")
	w.put("gone.csv", goals)
	w.at(4 * time.Second)
	w.has("done/roster.csv", "done/roster.csv.report.json", "done/roster.csv.report.txt", "gone.csv")
	if report := w.read("done/roster.csv.report.txt"); !strings.Contains(report, "共 1 个文件：读取 2 行，存入 2 行") {
		t.Errorf("report: %s", report)
	}
	if err := os.Remove(filepath.Join(w.dir, "gone.csv")); err != nil {
		t.Fatal(err)
	}
	if err := w.take(t.Context(), "gone.csv"); err != nil {
		t.Errorf("a file that vanishes as it is taken: %v", err)
	}
	w.at(7 * time.Second)
	if w.log.Len() > 0 {
		t.Errorf("logged: %s", w.log)
	}
}

func TestTheInboxPutsAwayWhatWasImportedBeforeARestart(t *testing.T) {
	data := t.TempDir()
	mustCall(t, exitDone, "import", write(t, "roster.csv", roster), "--data", data)
	w := watch(t, data, "en")
	if err := os.RemoveAll(filepath.Join(w.dir, "done")); err != nil { // by a person, meanwhile
		t.Fatal(err)
	}
	w.put("roster.csv", roster)
	w.at(0)
	w.at(2 * time.Second)
	w.has("done/roster.csv", "done/roster.csv.report.json", "done/roster.csv.report.txt")
	if report := w.read("done/roster.csv.report.txt"); !strings.Contains(report, "imported before (import 1)") {
		t.Errorf("report: %s", report)
	}
}

func TestTheInboxTriesAgainEverMoreSeldom(t *testing.T) {
	w := watch(t, t.TempDir(), "en")
	w.put("roster.csv", roster)
	if err := w.store.close(); err != nil {
		t.Fatal(err)
	}
	for after := time.Duration(0); after < 17*time.Second; after += inboxEvery {
		w.at(after)
	}
	w.has("roster.csv")
	if tries := strings.Count(w.log.String(), "import roster.csv"); tries != 4 { // after 2, 4, 8 and 16 seconds
		t.Errorf("tried %d times: %s", tries, w.log)
	}
	w.put("roster.csv", roster+"0014,Cy Fox,Sales,2021-02-01\n")
	w.at(17 * time.Second)
	w.at(19 * time.Second)
	if tries := strings.Count(w.log.String(), "import roster.csv"); tries != 5 {
		t.Errorf("a file that was mended was tried %d times, want 5: %s", tries, w.log)
	}
	ended, end := context.WithCancel(t.Context())
	end()
	before := w.log.Len()
	if err := w.round(ended, w.start.Add(3*time.Hour)); err != nil || w.log.Len() != before {
		t.Errorf("at the end: %v, %s", err, w.log)
	}
	w.has("roster.csv")
}

func TestTheDataFolderIsNoInbox(t *testing.T) {
	data := t.TempDir()
	link := filepath.Join(t.TempDir(), "link")
	if err := os.Symlink(data, link); err != nil {
		t.Fatal(err)
	}
	mustCall(t, exitDone, "import", write(t, "roster.csv", roster), "--data", data)
	for _, dir := range []string{data, link, filepath.Join(data, "imports")} {
		_, err, code := call(t, "serve", "--addr", "127.0.0.1:0", "--data", data, "--inbox", dir, "--lang", "en")
		if code != exitUsage || !strings.Contains(err, "lies in the data folder") {
			t.Errorf("--inbox %s: exit %d, %s", dir, code, err)
		}
	}
}
