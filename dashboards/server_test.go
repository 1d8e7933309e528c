package dashboards

import (
	"context"
	"database/sql"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/perfloop/perfloop/analytics"
	"github.com/perfloop/perfloop/ingest"
)

// today of every test: inside 2026H2, after 2026H1 and its appraisals are over.
func today() time.Time { return time.Date(2026, 11, 22, 9, 0, 0, 0, time.UTC) }

// openWarehouse opens a warehouse in memory and loads it.
func openWarehouse(t testing.TB, load analytics.Load) *analytics.DB {
	t.Helper()
	db, err := analytics.Open(context.Background(), "", analytics.Options{Now: today})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := db.Close(); err != nil {
			t.Error(err)
		}
	})
	if load != nil {
		if _, err := db.Update(context.Background(), load); err != nil {
			t.Fatal(err)
		}
	}
	return db
}

// scale loads the generated company of testdata/scale; later tables are made from earlier ones.
func scale(employees int) analytics.Load {
	return company{employees: employees, cycles: 4, goals: 4}.load
}

// company is how large a company to generate; six check-ins a goal.
type company struct{ employees, cycles, goals int }

func (g company) load(ctx context.Context, conn *sql.Conn) error {
	for _, table := range []string{"cycle", "unit", "employee", "goal", "check_in", "plan_item", "appraisal", "rating_scale",
		"guideline", "conversation", "improvement_plan", "incentive", "reading"} {
		text, err := os.ReadFile(filepath.Join("..", "testdata", "scale", table+".sql"))
		if err != nil {
			return err
		}
		_, err = conn.ExecContext(ctx, string(text), sql.Named("employees", g.employees), sql.Named("cycles", g.cycles),
			sql.Named("goals", g.goals), sql.Named("check_ins", 6))
		if err != nil {
			return fmt.Errorf("generate %s: %w", table, err)
		}
	}
	return nil
}

// site is the program's own server on a real port.
type site struct {
	t       testing.TB
	url     string
	db      *analytics.DB
	archive *ingest.Archive
	log     *strings.Builder
}

const testToken = "a token for tests"

func serve(t testing.TB, db *analytics.DB) *site {
	t.Helper()
	archive, err := ingest.OpenArchive(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	var log strings.Builder
	handler, err := New(Config{DB: db, Archive: archive, Token: testToken, Log: slog.New(slog.NewTextHandler(&log, nil)), Now: today})
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
	return &site{t: t, url: server.URL, db: db, archive: archive, log: &log}
}

// answer is a response read to its end.
type answer struct {
	*http.Response
	body string
}

// get asks for a path with headers given in pairs.
func (s *site) get(path string, headers ...string) answer {
	s.t.Helper()
	request, err := http.NewRequest(http.MethodGet, s.url+path, nil)
	if err != nil {
		s.t.Fatal(err)
	}
	return s.do(request, headers...)
}

func (s *site) do(request *http.Request, headers ...string) answer {
	s.t.Helper()
	for i := 0; i+1 < len(headers); i += 2 {
		if headers[i] == "Host" {
			request.Host = headers[i+1]
			continue
		}
		request.Header.Set(headers[i], headers[i+1])
	}
	client := http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	response, err := client.Do(request)
	if err != nil {
		s.t.Fatal(err)
	}
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	if err != nil {
		s.t.Fatal(err)
	}
	return answer{Response: response, body: string(body)}
}
