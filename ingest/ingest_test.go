package ingest_test

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	_ "github.com/duckdb/duckdb-go/v2"

	"github.com/perfloop/perfloop/ingest"
	sqltext "github.com/perfloop/perfloop/sql"
)

// warehouse is a real DuckDB with empty raw tables, and an archive.
type warehouse struct {
	*ingest.Archive
	conn    *sql.Conn
	dir     string
	isTrial bool // in a transaction that ends with the trial
}

func newWarehouse(t testing.TB) *warehouse {
	t.Helper()
	db, err := sql.Open("duckdb", "?threads=1") // tables of a few rows are nothing to share
	if err != nil {
		t.Fatal(err)
	}
	return warehouseOn(t, db)
}

// warehouseOn makes the raw tables in a new database.
func warehouseOn(t testing.TB, db *sql.DB) *warehouse {
	t.Helper()
	conn, err := db.Conn(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = errors.Join(conn.Close(), db.Close()) })
	w := &warehouse{conn: conn, dir: t.TempDir()}
	w.exec(t, "create schema raw")
	for _, f := range sqltext.Files(sqltext.Raw) {
		w.exec(t, f.Text)
	}
	if w.Archive, err = ingest.OpenArchive(w.dir); err != nil {
		t.Fatal(err)
	}
	return w
}

func (w *warehouse) exec(t testing.TB, text string) {
	t.Helper()
	if _, err := w.conn.ExecContext(context.Background(), text); err != nil {
		t.Fatal(err)
	}
}

// trial gives work the warehouse with an archive of its own, and drops what it does there. Making a new warehouse for
// each of hundreds of files takes as long as importing them.
func (w *warehouse) trial(t *testing.T, work func(w *warehouse)) {
	t.Helper()
	one := &warehouse{conn: w.conn, dir: t.TempDir(), isTrial: true}
	var err error
	if one.Archive, err = ingest.OpenArchive(one.dir); err != nil {
		t.Fatal(err)
	}
	w.exec(t, "begin")
	defer w.exec(t, "rollback")
	work(one)
}

// update commits what load did; rollback drops it.
func (w *warehouse) update(ctx context.Context, load func(context.Context, *sql.Conn) error) error {
	if w.isTrial {
		return load(ctx, w.conn)
	}
	return w.transaction(ctx, load, "commit")
}

func (w *warehouse) rollback(ctx context.Context, load func(context.Context, *sql.Conn) error) error {
	return w.transaction(ctx, load, "rollback")
}

func (w *warehouse) transaction(ctx context.Context, load func(context.Context, *sql.Conn) error, end string) error {
	if _, err := w.conn.ExecContext(ctx, "begin"); err != nil {
		return err
	}
	if err := load(ctx, w.conn); err != nil {
		_, rolled := w.conn.ExecContext(context.Background(), "rollback")
		return errors.Join(err, rolled)
	}
	_, err := w.conn.ExecContext(ctx, end)
	return err
}

func fixedNow() time.Time { return time.Date(2026, 11, 22, 9, 0, 0, 0, time.UTC) }

// textSource is a file of its own with that text.
func textSource(t testing.TB, name, text string) ingest.Source {
	t.Helper()
	path := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return ingest.Source{Name: name, Path: path}
}

// importText imports one file given as text.
func (w *warehouse) importText(t testing.TB, name, text string, o ...ingest.Options) ingest.Report {
	t.Helper()
	return w.importSources(t, []ingest.Source{textSource(t, name, text)}, o...)[0]
}

func (w *warehouse) importSources(t testing.TB, sources []ingest.Source, o ...ingest.Options) []ingest.Report {
	t.Helper()
	options := ingest.Options{By: "tester", Now: fixedNow}
	if len(o) > 0 {
		options = o[0]
		options.Now = fixedNow
	}
	reports, err := w.Import(t.Context(), w.update, sources, options)
	if err != nil {
		t.Fatal(err)
	}
	return reports
}

// table is the result of a query as text, a row a line, cells joined by |.
func (w *warehouse) table(t testing.TB, query string) string {
	t.Helper()
	rows, err := w.conn.QueryContext(context.Background(), query)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	columns, err := rows.Columns()
	if err != nil {
		t.Fatal(err)
	}
	var lines []string
	for rows.Next() {
		cells := make([]any, len(columns))
		into := make([]any, len(columns))
		for i := range cells {
			into[i] = &cells[i]
		}
		if err := rows.Scan(into...); err != nil {
			t.Fatal(err)
		}
		lines = append(lines, strings.Join(texts(cells), "|"))
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	return strings.Join(lines, "\n")
}

func texts(cells []any) []string {
	var out []string
	for _, c := range cells {
		switch c := c.(type) {
		case nil:
			out = append(out, "")
		case time.Time:
			out = append(out, c.Format(time.DateOnly))
		default:
			out = append(out, fmt.Sprint(c))
		}
	}
	return out
}

func counts(r ingest.Report) string {
	changed := 0
	for _, s := range r.Sheets {
		changed += s.Changed
	}
	return fmt.Sprintf("read %d new %d changed %d unchanged %d rejected %d", r.Read(), r.Stored()-changed, changed, r.Unchanged(), r.Rejected())
}

func keys(r ingest.Report) string {
	var found []string
	if r.Refused != nil {
		found = append(found, r.Refused.Key)
	}
	for _, s := range r.Sheets {
		for _, p := range s.Problems {
			found = append(found, fmt.Sprintf("%d:%s", p.Line, p.Key))
		}
	}
	return strings.Join(found, " ")
}

func wantEqual(t testing.TB, what, got, want string) {
	t.Helper()
	got, want = strings.TrimSpace(got), strings.TrimSpace(want)
	if got != want {
		t.Errorf("%s:\n got %s\nwant %s", what, got, want)
	}
}

func TestEmployeesAndGoals(t *testing.T) {
	w := newWarehouse(t)
	people := w.importText(t, "roster.csv", "Employee ID,Name,Department,Hire Date,Hiring source\n0012,Ann Lee,Sales,2020-03-01,Fair\n13,Bo Chen,Sales,2021-04-05,\n")
	wantEqual(t, "people", counts(people), "read 2 new 2 changed 0 unchanged 0 rejected 0")
	goals := w.importText(t, "goals 2025H1.csv", "Employee ID,Goal ID,Goal,Weight,Target,Actual,Due Date,Status\n0012,G1,Sell more,60,\"1,200\",900,2025-06-30,On Track\n0012,G2,Visit,40,10 visits,tbd soon,2025-06-30,In progress\n")
	wantEqual(t, "goals", counts(goals), "read 2 new 1 changed 0 unchanged 0 rejected 1")
	wantEqual(t, "problems", keys(goals), "3:not_a_number")
	wantEqual(t, "rows", w.table(t, "select import_id, line, natural_key, cycle, employee_id, title, weight, target, actual, due_on, status from raw.goal"),
		"2|2|2025h1|0012|g1|2025H1|0012|Sell more|0.6|1200|900|2025-06-30|on_track")
	wantEqual(t, "attributes", w.table(t, "select employee_id, attributes from raw.employee order by all"), "0012|{\"Hiring source\":\"Fair\"}\n13|")
	wantEqual(t, "rejected", w.table(t, "select line, cells from raw.rejected_row"), `3|["0012","G2","Visit","40","10 visits","tbd soon","2025-06-30","In progress"]`)
}
