package analytics_test

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/perfloop/perfloop/analytics"
)

// figures are the columns of one row of a mart: numbers, days, texts, flags; nil, none, never or "" where nothing can be said.
type figures map[string]any

// table is what metrics.md says of a mart: its rows by their keys. Columns of keys are not figures.
type table struct {
	mart  string
	where string // empty: every row
	keys  []string
	rows  map[string]figures
}

// add states a row.
func (t *table) add(f figures, key ...any) {
	if t.rows == nil {
		t.rows = map[string]figures{}
	}
	t.rows[keyOf(key)] = f
}

func keyOf(values []any) string {
	texts := make([]string, len(values))
	for i, v := range values {
		if v = plain(v); v != nil {
			texts[i] = fmt.Sprint(v)
		}
	}
	return strings.Join(texts, " | ")
}

// columns of the figures, in alphabetical order.
func (t *table) columns() []string {
	seen := map[string]bool{}
	var names []string
	for _, f := range t.rows {
		for name := range f {
			if !seen[name] {
				seen[name] = true
				names = append(names, name)
			}
		}
	}
	slices.Sort(names)
	return names
}

// plain is a value as both sides can be compared: nil, float64, string or bool.
func plain(v any) any {
	switch x := v.(type) {
	case float64:
		if known(x) {
			return x
		}
		return nil
	case int:
		return float64(x)
	case int64:
		return float64(x)
	case day:
		if x != never {
			return x.String()
		}
		return nil
	case time.Time:
		return x.Format(time.DateOnly)
	case string:
		if x != "" {
			return x
		}
		return nil
	}
	return v
}

// alike reports whether both say the same, numbers to 1e-9.
func alike(got, want any) bool {
	x, isNumber := got.(float64)
	y, isToo := want.(float64)
	if isNumber && isToo {
		return math.Abs(x-y) <= 1e-9*max(1, math.Abs(y))
	}
	return got == want
}

const oracleSeeds = 4

// TestEveryFigureAgreesWithAnIndependentComputation compares the marts of companies made at random with figures worked out from
// the definitions, person by person and group by group.
func TestEveryFigureAgreesWithAnIndependentComputation(t *testing.T) {
	db, err := analytics.Open(t.Context(), "", analytics.Options{Now: func() time.Time { return time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC) }})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	said := map[string]bool{}
	for seed := range uint64(oracleSeeds) {
		c := randomCompany(seed)
		if _, err := db.Update(t.Context(), c.load); err != nil {
			t.Fatal(err)
		}
		for _, want := range newOracle(c).tables() {
			t.Run(fmt.Sprintf("%s of company %d", want.mart, seed), func(t *testing.T) { compare(t, db, want, said) })
		}
	}
	for _, want := range newOracle(randomCompany(0)).tables() {
		for _, column := range want.columns() {
			if !said[want.mart+"."+column] {
				t.Errorf("no company has a row where %s.%s says anything", want.mart, column)
			}
		}
	}
}

// compare notes in said the columns of which both sides say something.
func compare(t *testing.T, db *analytics.DB, want *table, said map[string]bool) {
	t.Helper()
	columns := want.columns()
	query := fmt.Sprintf("select %s from %s", strings.Join(append(slices.Clone(want.keys), columns...), ", "), want.mart)
	if want.where != "" {
		query += " where " + want.where
	}
	r, err := db.Query(t.Context(), query, nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	wrong := map[string][]string{}
	seen := map[string]bool{}
	for _, row := range r.Rows {
		key := keyOf(row[:len(want.keys)])
		expected, ok := want.rows[key]
		if !ok {
			wrong["(row)"] = append(wrong["(row)"], key+" is not expected")
			continue
		}
		seen[key] = true
		for i, name := range columns {
			got, should := plain(row[len(want.keys)+i]), plain(expected[name])
			if !alike(got, should) {
				wrong[name] = append(wrong[name], fmt.Sprintf("%s: got %v, want %v", key, got, should))
			} else if got != nil {
				said[want.mart+"."+name] = true
			}
		}
	}
	for key := range want.rows {
		if !seen[key] {
			wrong["(row)"] = append(wrong["(row)"], key+" is missing")
		}
	}
	for name, lines := range wrong {
		slices.Sort(lines)
		t.Errorf("%s: %d of %d rows\n\t%s", name, len(lines), len(want.rows), strings.Join(lines[:min(4, len(lines))], "\n\t"))
	}
}
