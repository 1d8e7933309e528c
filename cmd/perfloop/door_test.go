package main

import (
	"bytes"
	"encoding/json"
	"io"
	"mime/multipart"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/perfloop/perfloop/ingest"
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
		"link.csv", "rejected/poem.csv", "rejected/poem.csv.rejected.xlsx", "rejected/poem.csv.report.json", "rejected/poem.csv.report.txt", "~$roster.xlsx",
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
	if got := query(t, data, "select count(*) from raw.goal"); !cmp.Equal(got, [][]any{{float64(2)}}) {
		t.Errorf("goals: %v", got)
	}
}

// post sends a file to the server with a token.
func post(t *testing.T, url, token string) (string, int) {
	t.Helper()
	var body bytes.Buffer
	form := multipart.NewWriter(&body)
	part, err := form.CreateFormFile("file", "roster.csv")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := io.WriteString(part, roster); err != nil {
		t.Fatal(err)
	}
	if err := form.Close(); err != nil {
		t.Fatal(err)
	}
	request, err := http.NewRequest(http.MethodPost, url, &body)
	if err != nil {
		t.Fatal(err)
	}
	request.Header.Set("Content-Type", form.FormDataContentType())
	request.Header.Set("Authorization", "Bearer "+token)
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	answer, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatal(err)
	}
	return string(answer), response.StatusCode
}

func TestAProgramImportsWithItsToken(t *testing.T) {
	data := t.TempDir()
	address := startServer(t, data)
	token := strings.TrimSpace(mustCall(t, exitDone, "token", "new", "payroll", "--data", data))
	mustCall(t, exitNothing, "token", "new", "payroll", "--data", data)
	if kept, err := os.ReadFile(filepath.Join(data, "tokens.json")); err != nil || strings.Contains(string(kept), token) {
		t.Errorf("the token itself is kept: %s, %v", kept, err)
	}
	if answer, status := post(t, address+"/api/imports", "wrong"); status != http.StatusUnauthorized || !strings.Contains(answer, "error.not_allowed") {
		t.Errorf("a wrong token: %d %s", status, answer)
	}
	answer, status := post(t, address+"/api/imports", token)
	var reports []ingest.Report
	if err := json.Unmarshal([]byte(answer), &reports); err != nil || status != http.StatusOK || reports[0].Stored() != 2 {
		t.Errorf("import: %d %s", status, answer)
	}
	if answer, status := post(t, address+"/api/imports/1/undo?dry_run=1", token); status != http.StatusOK || !strings.Contains(answer, `"gone":2`) {
		t.Errorf("effect: %d %s", status, answer)
	}
	if answer, status := post(t, address+"/api/imports/9/undo", token); status != http.StatusConflict || !strings.Contains(answer, "problem.import_unknown") {
		t.Errorf("undo of nothing: %d %s", status, answer)
	}
	if got := query(t, data, "select imported_by from raw.import"); !cmp.Equal(got, [][]any{{"payroll"}}) {
		t.Errorf("imported by %v", got)
	}
	mustCall(t, exitDone, "token", "revoke", "payroll", "--data", data)
	mustCall(t, exitNothing, "token", "revoke", "payroll", "--data", data)
	if _, status := post(t, address+"/api/imports", token); status != http.StatusUnauthorized {
		t.Errorf("a revoked token: %d", status)
	}
}
