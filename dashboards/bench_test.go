package dashboards

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/perfloop/perfloop/analytics"
	sqltext "github.com/perfloop/perfloop/sql"
)

// BenchmarkPanels answers every panel of the overview and the lists three ways: the query alone through
// database/sql on a copy of the extract, through DB.Query, and as the fragment that a browser gets. It
// reports the second and third as ratios to the first, from the same run: x-query and x-served.
// Companies have 8 cycles, 5 goals, 6 check-ins; choose one with -bench 'Panels/1000$' or 'Panels/20000'.
func BenchmarkPanels(b *testing.B) {
	for _, employees := range []int{1000, 20000} {
		b.Run(fmt.Sprint(employees), func(b *testing.B) {
			db, bare := openPair(b, company{employees: employees, cycles: 8, goals: 5})
			handler, err := New(Config{DB: db, Now: today})
			if err != nil {
				b.Fatal(err)
			}
			for _, p := range append(loopPanels(), peoplePanels()...) {
				b.Run(strings.ReplaceAll(p.Name, "/", "."), func(b *testing.B) { benchPanel(b, p, contenders{db, bare, handler}) })
			}
		})
	}
}

// contenders answer the same panel.
type contenders struct {
	db     *analytics.DB
	bare   *sql.DB
	server http.Handler
}

func benchPanel(b *testing.B, p Panel, c contenders) {
	f, _ := sqltext.Panel(p.Name)
	args, err := Filter{Cycle: "2026H1", Compare: "2025H2"}.Args()
	if err != nil {
		b.Fatal(err)
	}
	args["lang"], args["as_of"] = "en", today()
	var bare, queried, served time.Duration
	for b.Loop() {
		bare += timed(b, func() error { return runBare(c.bare, f.Text, args) })
		queried += timed(b, func() error { _, err := c.db.Query(b.Context(), f.Text, args, rowLimit); return err })
		served += timed(b, func() error { return runServed(c.server, p.Name) })
	}
	b.ReportMetric(float64(queried)/float64(bare), "x-query")
	b.ReportMetric(float64(served)/float64(bare), "x-served")
	b.ReportMetric(float64(bare.Microseconds())/float64(b.N)/1000, "bare-ms")
}

func timed(b *testing.B, work func() error) time.Duration {
	start := time.Now()
	if err := work(); err != nil {
		b.Fatal(err)
	}
	return time.Since(start)
}

func runBare(db *sql.DB, text string, args analytics.Args) error {
	named := make([]any, 0, len(args))
	for name, value := range args {
		named = append(named, sql.Named(name, value))
	}
	rows, err := db.QueryContext(context.Background(), text, named...)
	if err != nil {
		return err
	}
	columns, err := rows.Columns()
	if err != nil {
		return err
	}
	values, targets := make([]any, len(columns)), make([]any, len(columns))
	for i := range values {
		targets[i] = &values[i]
	}
	for n := 0; n < rowLimit && rows.Next(); n++ {
		if err := rows.Scan(targets...); err != nil {
			return err
		}
	}
	return errors.Join(rows.Err(), rows.Close())
}

func runServed(server http.Handler, panel string) error {
	request := httptest.NewRequest(http.MethodGet, "http://localhost/panels/"+panel+"?cycle=2026H1&compare=2025H2", nil)
	answer := httptest.NewRecorder()
	server.ServeHTTP(answer, request)
	if answer.Code != http.StatusOK {
		return fmt.Errorf("%s: %d %s", panel, answer.Code, answer.Body)
	}
	return nil
}

// openPair opens a warehouse on disk, and beside it a copy of its extract without anything of ours around it.
func openPair(b *testing.B, g company) (*analytics.DB, *sql.DB) {
	dir := b.TempDir()
	db, err := analytics.Open(b.Context(), dir, analytics.Options{Now: today})
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() {
		if err := db.Close(); err != nil {
			b.Error(err)
		}
	})
	if _, err := db.Update(b.Context(), g.load); err != nil {
		b.Fatal(err)
	}
	extracts, err := filepath.Glob(filepath.Join(dir, "extracts", "build-*.duckdb"))
	if err != nil || len(extracts) == 0 {
		b.Fatalf("no extract: %v", err)
	}
	data, err := os.ReadFile(extracts[len(extracts)-1])
	if err != nil {
		b.Fatal(err)
	}
	copied := filepath.Join(b.TempDir(), "bare.duckdb")
	if err := os.WriteFile(copied, data, 0o600); err != nil {
		b.Fatal(err)
	}
	bare, err := sql.Open("duckdb", copied+"?access_mode=READ_ONLY")
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { bare.Close() })
	return db, bare
}
