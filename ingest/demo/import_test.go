package demo_test

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"path/filepath"
	"testing"
	"time"

	_ "github.com/duckdb/duckdb-go/v2"
	"github.com/google/go-cmp/cmp"

	"github.com/perfloop/perfloop/ingest"
	"github.com/perfloop/perfloop/ingest/demo"
	sqltext "github.com/perfloop/perfloop/sql"
)

func TestFilesImportWithOnlyThePlantedRejections(t *testing.T) {
	for _, o := range []demo.Options{
		{Employees: 45, Cycles: 3, Lang: "en"}, {Employees: 45, Cycles: 4, Lang: "zh", Seed: 4}, {Employees: 60, Cycles: 5, Lang: "both"}, {Employees: 50, Cycles: 2},
	} {
		t.Run(fmt.Sprintf("%s %dx%d", o.Lang, o.Employees, o.Cycles), func(t *testing.T) {
			o.AsOf = time.Date(2026, 11, 22, 0, 0, 0, 0, time.UTC)
			dir := t.TempDir()
			truth, err := demo.Write(t.Context(), dir, o, nil)
			if err != nil {
				t.Fatal(err)
			}
			checkReports(t, truth, imported(t, dir, truth))
		})
	}
}

// imported brings all files through the ordinary importer into a real warehouse.
func imported(t *testing.T, dir string, truth demo.Truth) []ingest.Report {
	t.Helper()
	db, err := sql.Open("duckdb", "")
	if err != nil {
		t.Fatal(err)
	}
	conn, err := db.Conn(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = errors.Join(conn.Close(), db.Close()) })
	run := func(text string) error {
		_, err := conn.ExecContext(context.Background(), text)
		return err
	}
	err = run("create schema raw")
	for _, f := range sqltext.Files(sqltext.Raw) {
		err = errors.Join(err, run(f.Text))
	}
	archive, opened := ingest.OpenArchive(t.TempDir())
	if err = errors.Join(err, opened); err != nil {
		t.Fatal(err)
	}
	update := func(ctx context.Context, load func(context.Context, *sql.Conn) error) error {
		return errors.Join(run("begin"), load(ctx, conn), run("commit"))
	}
	var sources []ingest.Source
	for _, f := range truth.Files {
		sources = append(sources, ingest.Source{Name: f.File, Path: filepath.Join(dir, f.File)})
	}
	reports, err := archive.Import(t.Context(), update, sources, ingest.Options{By: "tester"})
	if err != nil {
		t.Fatal(err)
	}
	return reports
}

// checkReports holds every sheet's report against what was written: kind, rows, and rejected rows with
// line and reason. Nothing is left over, changed or taken for the same as another row.
func checkReports(t *testing.T, truth demo.Truth, reports []ingest.Report) {
	t.Helper()
	var got []demo.Dirt
	refused := map[string]bool{} // lines: what follows from the unreadable cell comes after it
	for i, r := range reports {
		f := truth.Files[i]
		if r.Refused != nil || len(r.Sheets) != len(f.Sheets) {
			t.Errorf("%s: refused %+v, %d sheets of %d", f.File, r.Refused, len(r.Sheets), len(f.Sheets))
			continue
		}
		for n, s := range r.Sheets {
			w := f.Sheets[n]
			if s.Kind != w.Kind || s.Read != w.Rows || s.New+s.Rejected != s.Read {
				t.Errorf("%s %s: %s with %d read, %d new, %d changed, %d unchanged, %d rejected; want %s with %d rows",
					f.File, w.Sheet, s.Kind, s.Read, s.New, s.Changed, s.Unchanged, s.Rejected, w.Kind, w.Rows)
			}
			for _, p := range s.Problems {
				place := fmt.Sprint(f.File, p.Sheet, p.Line)
				if p.Severity == ingest.Rejected && !refused[place] {
					refused[place] = true
					got = append(got, demo.Dirt{File: f.File, Sheet: p.Sheet, Line: p.Line, Kind: s.Kind, Cell: p.Cell, Reason: p.Key})
				}
				if p.Severity != ingest.Rejected {
					t.Errorf("%s %s line %d: finding %s in %s (%q)", f.File, s.Sheet, p.Line, p.Key, p.Header, p.Cell)
				}
			}
			for _, c := range s.Columns {
				if c.Field == "" && c.Why != "attribute" && c.Why != "item" && c.Why != "month" {
					t.Errorf("%s %s: column %s is %s", f.File, s.Sheet, c.Header, c.Why)
				}
			}
		}
	}
	if diff := cmp.Diff(truth.Dirt, got); diff != "" {
		t.Errorf("rejected rows (-planted +reported):\n%s", diff)
	}
}
