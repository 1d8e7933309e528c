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

	"github.com/google/go-cmp/cmp"

	"github.com/perfloop/perfloop/ingest"
)

// post sends a file to the server with a token, and says that somebody else does.
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
	if err := form.WriteField("by", "the director"); err != nil {
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
	return ask(t, request, token)
}

func TestAProgramImportsWithItsToken(t *testing.T) {
	data := t.TempDir()
	address := startServer(t, data)
	token := strings.TrimSpace(mustCall(t, exitDone, "token", "new", "payroll", "--data", data))
	mustCall(t, exitNothing, "token", "new", "payroll", "--data", data)
	if len(token) < 52 { // 256 bits in letters of 5
		t.Errorf("a token of %d letters", len(token))
	}
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
	if got := query(t, data, "select imported_by from raw.import"); !cmp.Equal(got, [][]any{{"token payroll"}}) {
		t.Errorf("imported by %v", got)
	}
	if answer, status := post(t, address+"/api/imports/1/undo?by=the+director", token); status != http.StatusOK {
		t.Errorf("undo: %d %s", status, answer)
	}
	for _, path := range []string{"/api/imports", "/api/imports/1"} {
		if answer, status := getWith(t, address+path, token); status != http.StatusOK || !strings.Contains(answer, `"undone_by":"token payroll"`) {
			t.Errorf("%s: %d %s", path, status, answer)
		}
		if _, status := get(t, address+path); status != http.StatusUnauthorized {
			t.Errorf("%s without a token: %d", path, status)
		}
	}
	if list := mustCall(t, exitDone, "token", "list", "--data", data, "--json"); !strings.Contains(list, "payroll") || strings.Contains(list, "sha256") {
		t.Errorf("list: %s", list)
	}
	mustCall(t, exitDone, "token", "revoke", "payroll", "--data", data)
	mustCall(t, exitNothing, "token", "revoke", "payroll", "--data", data)
	if _, status := post(t, address+"/api/imports", token); status != http.StatusUnauthorized {
		t.Errorf("a revoked token: %d", status)
	}
}

func TestAProgramDownloadsWithItsToken(t *testing.T) {
	data := t.TempDir()
	file := roster + "0014,Cy Fox,Sales,soon\n"
	mustCall(t, exitRejected, "import", write(t, "roster.csv", file), "--data", data)
	address := startServer(t, data) + "/api/imports/"
	token := strings.TrimSpace(mustCall(t, exitDone, "token", "new", "payroll", "--data", data))
	if answer, status := getWith(t, address+"1/original", token); status != http.StatusOK || answer != file {
		t.Errorf("original: %d %q", status, answer)
	}
	if answer, status := getWith(t, address+"1/rejected.xlsx", token); status != http.StatusOK || !strings.HasPrefix(answer, "PK") {
		t.Errorf("rejected rows: %d %.20q", status, answer)
	}
	for name, none := range map[string]string{"/original": "error.no_import", "/rejected.xlsx": "workbook.nothing_rejected"} {
		if answer, status := get(t, address+"1"+name); status != http.StatusUnauthorized || !strings.Contains(answer, "error.not_allowed") {
			t.Errorf("%s without a token: %d %s", name, status, answer)
		}
		if answer, status := getWith(t, address+"9"+name, token); status != http.StatusNotFound || !strings.Contains(answer, none) {
			t.Errorf("%s of no import: %d %s", name, status, answer)
		}
	}
}

func TestTokensAreKeptAsHashesForTheirOwnerAlone(t *testing.T) {
	data := t.TempDir()
	if out := mustCall(t, exitDone, "token", "list", "--data", data, "--lang", "zh"); !strings.Contains(out, "还没有令牌") {
		t.Errorf("no tokens: %s", out)
	}
	for _, name := range []string{"", " ", "payroll ", "pay\nroll", strings.Repeat("x", mostTokenName+1)} {
		mustCall(t, exitUsage, "token", "new", name, "--data", data)
	}
	first := strings.TrimSpace(mustCall(t, exitDone, "token", "new", "薪酬系统", "--data", data))
	second := strings.TrimSpace(mustCall(t, exitDone, "token", "new", "payroll", "--data", data))
	file := filepath.Join(data, "tokens.json")
	kept, err := os.ReadFile(file)
	if err != nil || strings.Contains(string(kept), first) || strings.Contains(string(kept), second) || first == second {
		t.Errorf("%s, %v", kept, err)
	}
	info, err := os.Stat(file)
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("mode %v, %v", info.Mode(), err)
	}
	if left := filesIn(t, data); !cmp.Equal(left, []string{"tokens.json"}) {
		t.Errorf("left behind: %v", left)
	}
	out := mustCall(t, exitDone, "token", "list", "--data", data)
	if !strings.Contains(out, "payroll") || strings.Index(out, "payroll") > strings.Index(out, "薪酬系统") {
		t.Errorf("list: %s", out)
	}
}
