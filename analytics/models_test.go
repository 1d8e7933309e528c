package analytics

import (
	"bytes"
	"context"
	"database/sql"
	"encoding/csv"
	"flag"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	sqltext "github.com/perfloop/perfloop/sql"
)

var rewrite = flag.Bool("update", false, "rewrite the expected marts of testdata/models")

// TestModels builds every folder of testdata/models: raw.<table>.csv and settings.csv in, <mart>.csv out. The folder's
// name is the claim. An expected mart names the columns that matter, its rows in the order of those columns.
func TestModels(t *testing.T) {
	root := filepath.Join("..", "testdata", "models")
	claims, err := os.ReadDir(root)
	if err != nil {
		t.Fatal(err)
	}
	now := func() time.Time { return time.Date(2025, 8, 31, 12, 0, 0, 0, time.UTC) }
	db, err := Open(t.Context(), "", Options{Now: now})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	for _, claim := range claims {
		t.Run(claim.Name(), func(t *testing.T) {
			dir := filepath.Join(root, claim.Name())
			if _, err := db.Update(t.Context(), loadCase(dir)); err != nil {
				t.Fatal(err)
			}
			compareMarts(t, db, dir)
		})
	}
}

// loadCase replaces all raw rows and settings by the folder's.
func loadCase(dir string) Load {
	return func(ctx context.Context, conn *sql.Conn) error {
		if err := ClearRaw(ctx, conn); err != nil {
			return err
		}
		if _, err := conn.ExecContext(ctx, "delete from raw.setting"); err != nil {
			return fmt.Errorf("clear settings: %w", err)
		}
		inputs, err := filepath.Glob(filepath.Join(dir, "raw.*.csv"))
		if err != nil {
			return fmt.Errorf("list inputs: %w", err)
		}
		for _, path := range inputs {
			if err := loadCSV(ctx, conn, strings.TrimSuffix(filepath.Base(path), ".csv"), path); err != nil {
				return err
			}
		}
		settings := filepath.Join(dir, "settings.csv")
		if _, err := os.Stat(settings); err != nil {
			return nil //nolint:nilerr // a case without settings has the defaults
		}
		return loadCSV(ctx, conn, "raw.setting", settings)
	}
}

// loadCSV inserts the file's rows; an empty cell is null. Rows without one of their own get a place and a natural key.
func loadCSV(ctx context.Context, conn *sql.Conn, table, path string) error {
	records, err := readCSV(path)
	if err != nil {
		return err
	}
	header := records[0]
	isPlaced := !isImported(table) || strings.Contains(strings.Join(header, ","), "natural_key")
	if !isPlaced {
		header = append(header, "natural_key", "import_id", "sheet", "line")
	}
	for i, record := range records[1:] {
		if !isPlaced {
			line := strconv.Itoa(i + 2)
			record = append(record, table+":"+line, "1", table, line)
		}
		values := make([]any, len(record))
		for j, cell := range record {
			if cell != "" {
				values[j] = cell
			}
		}
		places := strings.TrimSuffix(strings.Repeat("?, ", len(values)), ", ")
		statement := fmt.Sprintf("insert into %s (%s) values (%s)", table, strings.Join(header, ", "), places)
		if _, err := conn.ExecContext(ctx, statement, values...); err != nil {
			return fmt.Errorf("load %s line %d: %w", path, i+2, err)
		}
	}
	return nil
}

// isImported reports whether a raw table's rows come from files, each with its place there; the others are settings.
func isImported(table string) bool {
	return slices.ContainsFunc(sqltext.Files(sqltext.Raw), func(f sqltext.File) bool {
		return "raw."+f.Name == table && strings.Contains(f.Text, "natural_key")
	})
}

func compareMarts(t *testing.T, db *DB, dir string) {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(dir, "*.csv"))
	if err != nil {
		t.Fatal(err)
	}
	compared := 0
	for _, path := range files {
		mart := strings.TrimSuffix(filepath.Base(path), ".csv")
		if strings.HasPrefix(mart, "raw.") || mart == "settings" {
			continue
		}
		compared++
		want, err := readCSV(path)
		if err != nil {
			t.Fatal(err)
		}
		got := martRows(t, db, mart, want[0])
		if *rewrite {
			writeCSV(t, path, got)
			continue
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", mart, diff)
		}
	}
	if compared == 0 {
		t.Errorf("%s expects nothing of any mart", dir)
	}
}

// martRows are the header and the rows of a mart as texts; numbers to six places, null as nothing.
func martRows(t *testing.T, db *DB, mart string, columns []string) [][]string {
	t.Helper()
	list := strings.Join(columns, ", ")
	r, err := db.Query(t.Context(), fmt.Sprintf("select %s from %s order by all", list, mart), nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	rows := [][]string{columns}
	for _, row := range r.Rows {
		texts := make([]string, len(row))
		for i, v := range row {
			texts[i] = cellText(v)
		}
		rows = append(rows, texts)
	}
	return rows
}

func cellText(v any) string {
	switch x := v.(type) {
	case nil:
		return ""
	case float64:
		return strconv.FormatFloat(math.Round(x*1e6)/1e6+0, 'f', -1, 64)
	case time.Time:
		return x.Format(time.DateOnly)
	}
	return fmt.Sprint(v)
}

func readCSV(path string) ([][]string, error) {
	text, err := os.ReadFile(path)
	if err != nil {
		return nil, fmt.Errorf("read case: %w", err)
	}
	records, err := csv.NewReader(bytes.NewReader(text)).ReadAll()
	if err != nil {
		return nil, fmt.Errorf("read case %s: %w", path, err)
	}
	if len(records) == 0 {
		return nil, fmt.Errorf("case %s has no header", path)
	}
	return records, nil
}

func writeCSV(t *testing.T, path string, rows [][]string) {
	t.Helper()
	var text bytes.Buffer
	if err := csv.NewWriter(&text).WriteAll(rows); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, text.Bytes(), 0o644); err != nil {
		t.Fatal(err)
	}
}
