package main

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"net/http"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/perfloop/perfloop/dashboards/words"
	"github.com/perfloop/perfloop/ingest"
)

// syncBuffer may be written by the server while the test reads it.
type syncBuffer struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (s *syncBuffer) Write(p []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.b.Write(p)
}

func (s *syncBuffer) String() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.b.String()
}

// startServer runs the real command until the test ends and gives its address.
func startServer(t *testing.T, data string, args ...string) string {
	t.Helper()
	ctx, stop := context.WithCancel(t.Context())
	var out syncBuffer
	ended := make(chan int, 1)
	go func() {
		ended <- run(ctx, append([]string{"serve", "--addr", "127.0.0.1:0", "--data", data, "--lang", "en"}, args...), &out, &out)
	}()
	t.Cleanup(func() {
		stop()
		if code := <-ended; code != exitDone {
			t.Errorf("serve ended with %d: %s", code, out.String())
		}
	})
	for deadline := time.Now().Add(8 * time.Minute); time.Now().Before(deadline); time.Sleep(20 * time.Millisecond) {
		if _, after, ok := strings.Cut(out.String(), "ready at "); ok && strings.Contains(after, "\n") {
			address, _, _ := strings.Cut(after, "\n")
			return address
		}
		select {
		case code := <-ended:
			ended <- code
			t.Fatalf("serve ended with %d: %s", code, out.String())
		default:
		}
	}
	t.Fatalf("the server did not say that it is ready: %s", out.String())
	return ""
}

func get(t *testing.T, url string) (string, int) {
	t.Helper()
	return getWith(t, url, "")
}

// getWith gets a page with a token, or without one.
func getWith(t *testing.T, url, token string) (string, int) {
	t.Helper()
	request, err := http.NewRequest(http.MethodGet, url, nil)
	if err != nil {
		t.Fatal(err)
	}
	return ask(t, request, token)
}

// ask sends a request with a token, or without one.
func ask(t *testing.T, request *http.Request, token string) (string, int) {
	t.Helper()
	if token != "" {
		request.Header.Set("Authorization", "Bearer "+token)
	}
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

func TestTheDemoIsServedFromAnEmptyFolder(t *testing.T) {
	data := filepath.Join(t.TempDir(), "perfloop-data")
	address := startServer(t, data, "--demo")
	for _, path := range []string{"/", "/loop?lang=zh", "/people", "/data", "/healthz"} {
		if body, status := get(t, address+path); status != http.StatusOK {
			t.Errorf("GET %s: %d\n%.500s", path, status, body)
		}
	}
	if got := query(t, data, "select count(distinct employee_id) >= 600, count(distinct cycle_id) from fct_employee_cycle"); !cmp.Equal(got, [][]any{{true, float64(6)}}) {
		t.Errorf("600 people or more and 6 cycles: got %v", got)
	}
	kinds := query(t, data, "select count(distinct kind) from raw.import_sheet where kind is not null")
	if !cmp.Equal(kinds, [][]any{{float64(14)}}) {
		t.Errorf("kinds imported: got %v, want all 14", kinds)
	}
	truth := readTruth(t, data)
	for claim, check := range truths {
		t.Run(claim, func(t *testing.T) { check(t, data, truth) })
	}
}

func TestImportGoesThroughARunningServer(t *testing.T) {
	t.Setenv("USER", "ada")
	data := t.TempDir()
	address := startServer(t, data)
	if body, status := get(t, address+"/loop?lang=en"); status != http.StatusOK || !strings.Contains(body, "perfloop import") {
		t.Errorf("an empty product does not say what to do first: %d\n%.2000s", status, body)
	}
	out := mustCall(t, exitDone, "import", write(t, "roster.csv", roster), write(t, "goals.csv", goals), "--data", data, "--lang", "en")
	if !strings.Contains(out, "4 stored") {
		t.Errorf("report: %s", out)
	}
	if got := query(t, data, "select count(*) from fct_goal"); !cmp.Equal(got, [][]any{{float64(2)}}) {
		t.Errorf("goals: %v, want 2", got)
	}
	if got := query(t, data, "select distinct imported_by from raw.import"); !cmp.Equal(got, [][]any{{"ada"}}) {
		t.Errorf("imported by %v, want ada", got)
	}
	if body, _ := get(t, address+"/loop?lang=en&cycle=2025H1"); strings.Contains(body, "perfloop import DIR") {
		t.Error("the page still says that there is nothing")
	}
	mustCall(t, exitRejected, "import", write(t, "targets.csv", goals+"0013,2025H1,G1,Sell more,tbd soon,25,100%\n"), "--data", data, "--dry-run")
	if _, err, code := call(t, "build", "--data", data, "--lang", "en"); code != exitNothing || !strings.Contains(err, "in use") {
		t.Errorf("build beside a server: exit %d, %s", code, err)
	}
}

// An import through the server tells how far it is, and the bar goes by it.
func TestTheServerTellsHowFarAnImportIs(t *testing.T) {
	data := t.TempDir()
	startServer(t, data)
	var long strings.Builder
	long.WriteString("Employee ID,Name,Department,Hire Date\n")
	for i := range 30_000 {
		fmt.Fprintf(&long, "E%d,Person %d,Sales,2020-01-02\n", i, i)
	}
	sources, err := readSources([]string{write(t, "long.csv", long.String()), write(t, "goals.csv", goals)})
	if err != nil {
		t.Fatal(err)
	}
	var drawn strings.Builder
	a := &app{data: data, words: words.For("en")}
	bar := &progress{a: a, w: &drawn, isLive: true}
	var told []ingest.Progress
	o := remoteOptions{progress: func(at ingest.Progress) {
		told, bar.drawn = append(told, at), time.Time{}
		bar.step(at)
	}}
	reports, err := a.importThroughServer(t.Context(), sources, o)
	if err != nil || len(reports) != 2 || reports[0].Stored() != 30_000 {
		t.Fatalf("reports: %+v, %v", reports, err)
	}
	share := -1.0
	for _, at := range told {
		if at.FileCount != 2 || at.Share() < share || at.Row > at.RowCount && at.RowCount > 0 {
			t.Errorf("not forward, or not of two files: %+v", told)
		}
		share = at.Share()
	}
	if len(told) < 2 || told[0].File != "long.csv" || !strings.Contains(drawn.String(), "of 2, looking at it, 0 rows: long.csv") {
		t.Errorf("told: %+v\n%s", told, drawn.String())
	}
	if _, err := a.importThroughServer(t.Context(), sources, remoteOptions{kind: "bird", progress: bar.step}); err == nil || !strings.Contains(err.Error(), "bird") {
		t.Errorf("an unknown kind: %v", err)
	}
}

func TestStrangersCannotImport(t *testing.T) {
	address := startServer(t, t.TempDir())
	request, err := http.NewRequest(http.MethodPost, address+"/api/imports", strings.NewReader(""))
	if err != nil {
		t.Fatal(err)
	}
	request.Header.Set("Origin", "http://evil.example")
	request.Header.Set("Sec-Fetch-Site", "cross-site")
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	response.Body.Close()
	if response.StatusCode != http.StatusForbidden {
		t.Errorf("a cross-site upload: %s, want 403", response.Status)
	}
}
