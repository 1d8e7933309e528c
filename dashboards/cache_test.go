package dashboards

import (
	"bytes"
	"compress/gzip"
	"context"
	"database/sql"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"regexp"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/labstack/echo/v4"

	"github.com/perfloop/perfloop/analytics"
)

// serveCounted is a site that tells how many queries its pages have asked.
func serveCounted(t *testing.T, db *analytics.DB) (*site, *atomic.Int64) {
	t.Helper()
	var asked atomic.Int64
	handler, err := New(Config{DB: db, Now: today, Log: slog.New(slog.DiscardHandler), Asked: func(string) { asked.Add(1) }})
	if err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(handler)
	t.Cleanup(func() {
		server.Close()
		if err := handler.Close(); err != nil {
			t.Error(err)
		}
	})
	return &site{t: t, url: server.URL, db: db, log: &strings.Builder{}}, &asked
}

// newBuild gives the warehouse a further unit.
func newBuild(t *testing.T, db *analytics.DB) {
	t.Helper()
	_, err := db.Update(t.Context(), func(ctx context.Context, conn *sql.Conn) error {
		_, err := conn.ExecContext(ctx, "update raw.employee set location = 'Atlantis' where employee_id = 'E7'")
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestWhatDidNotChangeAsksNothing(t *testing.T) {
	db := openWarehouse(t, scale(40))
	s, asked := serveCounted(t, db)
	for _, path := range []string{"/loop?cycle=2026H1", "/panels/loop/units?cycle=2026H1", "/people?cycle=2026H1", "/people/E7", "/explain?panel=loop/units"} {
		first := s.get(path)
		tag := first.Header.Get("ETag")
		if tag == "" || first.Header.Get("Cache-Control") != "private, no-cache" {
			t.Fatalf("%s: ETag %q, Cache-Control %q", path, tag, first.Header.Get("Cache-Control"))
		}
		before := asked.Load()
		again := s.get(path, "If-None-Match", `"x", `+tag)
		if again.StatusCode != http.StatusNotModified || again.body != "" || again.Header.Get("ETag") != tag {
			t.Errorf("%s again: %s, %d bytes", path, again.Status, len(again.body))
		}
		if whole := s.get(path); whole.body != first.body {
			t.Errorf("%s: the kept answer differs from the first", path)
		}
		if now := asked.Load(); now != before {
			t.Errorf("%s: %d queries for what did not change", path, now-before)
		}
		for name, other := range map[string]answer{
			"language": s.get(path, "If-None-Match", tag, "Accept-Language", "zh"),
			"theme":    s.get(path, "If-None-Match", tag, "Cookie", "perfloop_theme=dark"),
			"address":  s.get(path+map[bool]string{true: "&", false: "?"}[strings.Contains(path, "?")]+"location=Berlin", "If-None-Match", tag),
		} {
			if other.StatusCode != http.StatusOK || other.Header.Get("ETag") == tag {
				t.Errorf("%s in another %s: %s", path, name, other.Status)
			}
		}
	}
}

func TestANewBuildIsSeenAtOnce(t *testing.T) {
	db := openWarehouse(t, scale(40))
	s, asked := serveCounted(t, db)
	const path = "/panels/people/list?cycle=2026H1"
	first := s.get(path)
	newBuild(t, db)
	before := asked.Load()
	got := s.get(path, "If-None-Match", first.Header.Get("ETag"))
	if got.StatusCode != http.StatusOK || asked.Load() == before {
		t.Errorf("after a new build: %s, %d queries", got.Status, asked.Load()-before)
	}
	if options := s.get("/people?cycle=2026H1"); !strings.Contains(options.body, "Atlantis") {
		t.Error("the new place is not among the filters")
	}
}

// TestAnotherViewersAnswerIsNeverHandedOut asks the same of all people, of a unit's and of one who sees groups only.
func TestAnotherViewersAnswerIsNeverHandedOut(t *testing.T) {
	db := openWarehouse(t, scale(60))
	s := &server{Config: Config{DB: db, Now: today}, answers: newAnswers(answerBytes)}
	viewers := []Viewer{LocalViewer(), {Scope: Scope{UnitID: "D1"}, May: Permissions{SeeIndividuals: true}}, {}}
	var counts []int
	for range 2 { // the second time from what is kept
		for _, v := range viewers {
			args, err := Filter{Cycle: "2026H1", Compare: "2025H2"}.Args()
			if err != nil {
				t.Fatal(err)
			}
			args["lang"], args["as_of"] = "en", today()
			got, err := s.ask(t.Context(), v, "people/list", args)
			if err != nil {
				t.Fatal(err)
			}
			counts = append(counts, len(got.Rows))
		}
	}
	if counts[0] <= counts[1] || counts[1] == 0 || counts[2] != 0 || !slices.Equal(counts[:3], counts[3:]) {
		t.Errorf("rows for all, a unit, none: %v", counts)
	}
	request := httptest.NewRequest(http.MethodGet, "/loop", nil)
	tags := map[string]bool{}
	for _, v := range viewers {
		tags[s.tag(newContext(request), v)] = true
	}
	if len(tags) != len(viewers) {
		t.Errorf("%d tags for %d viewers", len(tags), len(viewers))
	}
}

func TestEqualQuestionsAreAskedOnce(t *testing.T) {
	a := newAnswers(1 << 20)
	var asked atomic.Int64
	release := make(chan struct{})
	ask := func(context.Context) (*analytics.Result, error) {
		asked.Add(1)
		<-release
		return &analytics.Result{}, nil
	}
	var waiting sync.WaitGroup
	for range 20 {
		waiting.Go(func() {
			if _, err := a.get(t.Context(), question{panel: "x"}, ask); err != nil {
				t.Error(err)
			}
		})
	}
	for { // all have joined the one question
		a.mu.Lock()
		all := 0
		for _, one := range a.underWay {
			all += one.waiting
		}
		a.mu.Unlock()
		if all == 20 {
			break
		}
	}
	close(release)
	waiting.Wait()
	if asked.Load() != 1 {
		t.Errorf("asked %d times", asked.Load())
	}
}

func TestAQuestionEndsWhenAllWhoAskedHaveGone(t *testing.T) {
	a := newAnswers(1 << 20)
	ctx, leave := context.WithCancel(t.Context())
	begun, ended := make(chan struct{}), make(chan struct{})
	go func() {
		<-begun
		leave()
	}()
	_, err := a.get(ctx, question{panel: "x"}, func(ctx context.Context) (*analytics.Result, error) {
		close(begun)
		<-ctx.Done()
		close(ended)
		return nil, ctx.Err()
	})
	if err == nil {
		t.Error("an answer for who has gone")
	}
	<-ended
}

func TestAnswersStayWithinTheirRoom(t *testing.T) {
	a := newAnswers(40_000)
	ask := func(rows int, build int64) func(context.Context) (*analytics.Result, error) {
		return func(context.Context) (*analytics.Result, error) {
			r := &analytics.Result{Build: analytics.Build{ID: build}}
			for range rows {
				r.Rows = append(r.Rows, []any{strings.Repeat("x", 100)})
			}
			return r, nil
		}
	}
	for i := range 100 {
		if _, err := a.get(t.Context(), question{panel: fmt.Sprint(i)}, ask(10, 0)); err != nil {
			t.Fatal(err)
		}
	}
	if a.size > a.room || len(a.kept) == 0 || len(a.kept) != a.byUse.Len() {
		t.Errorf("%d bytes in %d answers, %d by use", a.size, len(a.kept), a.byUse.Len())
	}
	before := len(a.kept)
	for panel, each := range map[string]func(context.Context) (*analytics.Result, error){"huge": ask(1000, 0), "newer": ask(1, 7)} {
		if _, err := a.get(t.Context(), question{panel: panel}, each); err != nil {
			t.Fatal(err)
		}
	}
	if len(a.kept) != before {
		t.Error("an answer was kept that is too large, or of another build than was asked of")
	}
}

// TestPageWeight adds up the bytes of the overview, its panels and files as they go over the wire.
func TestPageWeight(t *testing.T) {
	s := serve(t, openWarehouse(t, scale(120)))
	first, tags := 0, map[string]string{}
	load := func(path string) string {
		got := s.get(path, "Accept-Encoding", "gzip")
		if got.StatusCode != http.StatusOK {
			t.Fatalf("%s: %s", path, got.Status)
		}
		first += len(got.body)
		tags[path] = got.Header.Get("ETag")
		if got.Header.Get("Content-Encoding") != "gzip" {
			return got.body
		}
		r, err := gzip.NewReader(bytes.NewReader([]byte(got.body)))
		if err != nil {
			t.Fatal(err)
		}
		text, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		return string(text)
	}
	const path = "/loop?cycle=2026H1"
	page := load(path)
	for _, found := range regexp.MustCompile(`hx-get="([^"]+)"`).FindAllStringSubmatch(page, -1) {
		load(strings.ReplaceAll(found[1], "&amp;", "&"))
	}
	panels := first
	names := regexp.MustCompile(`(?:src|href)="(/static/[^"]+)"`).FindAllStringSubmatch(page, -1)
	folder := regexp.MustCompile(`/static/[^/]+/`).FindString(page)
	for _, module := range []string{"charts.js", "png.js", "formats.js", "chart_option.js", "chart_kinds.js", "chart_shapes.js", "chart_axes.js", "chart_text.js"} {
		names = append(names, []string{"", folder + module})
	}
	for _, found := range names {
		load(found[1])
	}
	if len(tags) < 15 || first > 500_000 {
		t.Errorf("a first visit loads %d bytes in %d files", first, len(tags))
	}
	if panels > 60_000 {
		t.Errorf("a later visit to data never seen loads %d bytes", panels)
	}
	t.Logf("first visit %d bytes, of them page and panels %d", first, panels)
}

func newContext(r *http.Request) echo.Context {
	return echo.New().NewContext(r, httptest.NewRecorder())
}
