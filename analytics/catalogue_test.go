package analytics

import (
	"context"
	"database/sql"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	sqltext "github.com/perfloop/perfloop/sql"
)

// builtColumns are the columns of every model as a build makes them, before its scaffolding is dropped: model to columns.
func builtColumns(t *testing.T) map[string][]string {
	t.Helper()
	built := map[string][]string{}
	db := openDB(t, "")
	_, err := db.Update(t.Context(), func(ctx context.Context, conn *sql.Conn) error {
		if _, err := changedKinds(ctx, conn); err != nil && err != errEverything {
			return err
		}
		if err := buildEverything(ctx, conn); err != nil {
			return err
		}
		rows, err := conn.QueryContext(ctx, "select table_name, column_name from duckdb_columns() where not internal")
		if err != nil {
			return fmt.Errorf("list columns: %w", err)
		}
		defer rows.Close()
		for rows.Next() {
			var table, column string
			if err := rows.Scan(&table, &column); err != nil {
				return err
			}
			if !slices.Contains(built[table], column) && layerOf(table) != "" {
				built[table] = append(built[table], column)
			}
		}
		return errRollBack
	})
	if err == nil || !strings.Contains(err.Error(), errRollBack.Error()) {
		t.Fatal(err)
	}
	return built
}

// TestCatalogue fails where a model or column has no words in either language, and where words describe nothing.
func TestCatalogue(t *testing.T) {
	known, err := Catalogue()
	if err != nil {
		t.Fatal(err)
	}
	built := builtColumns(t)
	if len(built) < 100 {
		t.Fatalf("only %d models were built", len(built))
	}
	usedShared := map[string]bool{}
	for model, columns := range built {
		entry := known.Model(model)
		if entry == nil || entry.En == "" || entry.Zh == "" {
			t.Errorf("catalogue/%s.yaml does not say what one row of %s is in both languages", model, model)
		}
		for _, column := range columns {
			if entry == nil || entry.Columns[column].Unit == "" {
				usedShared[column] = true
			}
			c, ok := known.Column(model, column)
			if !ok {
				t.Errorf("%s.%s is not described", model, column)
				continue
			}
			checkColumn(t, model+"."+column, c)
		}
	}
	for column, c := range known.shared {
		if !usedShared[column] {
			t.Errorf("catalogue/shared.yaml describes %s, which no model has without words of its own", column)
		}
		checkColumn(t, "shared."+column, c)
	}
	for _, entry := range known.Models {
		columns := built[entry.Name]
		if columns == nil {
			t.Errorf("catalogue/%s.yaml describes no model", entry.Name)
			continue
		}
		for column := range entry.Columns {
			if !slices.Contains(columns, column) {
				t.Errorf("catalogue/%s.yaml describes column %s, which is not there", entry.Name, column)
			}
		}
		for _, column := range entry.Grain {
			if !slices.Contains(columns, column) {
				t.Errorf("catalogue/%s.yaml: %s of its grain is not there", entry.Name, column)
			}
		}
		checkSaid(t, entry.Name+": limits", entry.Limits, true)
	}
}

func checkColumn(t *testing.T, name string, c ColumnEntry) {
	t.Helper()
	checkSaid(t, name, c.Said, false)
	if !slices.Contains(columnUnits, c.Unit) {
		t.Errorf("%s has the unit %q, which is none of %v", name, c.Unit, columnUnits)
	}
}

func checkSaid(t *testing.T, name string, s Said, mayBeMissing bool) {
	t.Helper()
	if mayBeMissing && s == (Said{}) {
		return
	}
	if strings.TrimSpace(s.En) == "" || strings.TrimSpace(s.Zh) == "" || s.En == s.Zh {
		t.Errorf("%s is not said in both languages: %q, %q", name, s.En, s.Zh)
	}
}

// TestEveryMetricIsDescribed holds each metric's column and example against what is there.
func TestEveryMetricIsDescribed(t *testing.T) {
	known, err := Catalogue()
	if err != nil {
		t.Fatal(err)
	}
	built := builtColumns(t)
	for _, m := range known.Metrics {
		for part, said := range map[string]Said{"name": m.Name, "definition": m.Definition, "limits": m.Limits, "worked": m.Worked} {
			checkSaid(t, "metrics/"+m.ID+": "+part, said, false)
		}
		mart, column, _ := strings.Cut(m.Column, ".")
		if layerOf(mart) != string(sqltext.Marts) || !slices.Contains(built[mart], column) {
			t.Errorf("metrics/%s.yaml names %q, which is no column of a mart", m.ID, m.Column)
		}
		if _, err := os.Stat(filepath.Join("..", "testdata", "models", m.Example)); err != nil || m.Example == "" {
			t.Errorf("metrics/%s.yaml names the example %q, which is no folder of testdata/models", m.ID, m.Example)
		}
		if m.Formula == "" || !slices.Contains(columnUnits, m.Unit) {
			t.Errorf("metrics/%s.yaml lacks a formula or has the unit %q", m.ID, m.Unit)
		}
	}
	if len(known.Metrics) < 40 {
		t.Errorf("only %d metrics are described", len(known.Metrics))
	}
}

// TestMartsCarryTheirDescriptions reads what any SQL client would.
func TestMartsCarryTheirDescriptions(t *testing.T) {
	db := openDB(t, "")
	r, err := db.Query(t.Context(), `
		select table_name || '.' || column_name from duckdb_columns()
		where schema_name = 'main' and not internal and (comment is null or comment not like '% · %')
			and table_name not in ('check_result', 'check_row')`, nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	for _, row := range r.Rows {
		t.Errorf("%s has no comment", row[0])
	}
}
