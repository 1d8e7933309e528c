package analytics

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"math/big"
	"strings"
	"time"

	"github.com/duckdb/duckdb-go/v2"
)

// Column is a result column. Unit is told by the name's suffix: share, points, count, days, date,
// time, amount, flag; else text or number by the engine's type.
type Column struct {
	Name string `json:"name"`
	Type string `json:"type"` // the engine's, such as DOUBLE
	Unit string `json:"unit"`
}

// Result is what a query answered. Values are nil, bool, int64, float64, string or time.Time.
type Result struct {
	Columns []Column `json:"columns"`
	Rows    [][]any  `json:"rows"`
	IsCut   bool     `json:"is_cut"` // there were more rows than the limit
	Build   Build    `json:"-"`
}

// Index of the column so named, or -1.
func (r *Result) Index(name string) int {
	for i, c := range r.Columns {
		if c.Name == name {
			return i
		}
	}
	return -1
}

// Args are a query's named parameters, without the $; those the text does not name are not used.
type Args map[string]any

func (a Args) named() []any {
	values := make([]any, 0, len(a))
	for name, value := range a {
		values = append(values, sql.Named(name, value))
	}
	return values
}

// Query runs one select on the published extract and returns at most limit rows (0: 100,000).
// Ctx ends a running query within 100 ms.
func (db *DB) Query(ctx context.Context, text string, args Args, limit int) (*Result, error) {
	e, release, err := db.published.acquire()
	if err != nil {
		return nil, err
	}
	defer release()
	return e.query(ctx, text, args, limit)
}

// Published is the build that queries see now.
func (db *DB) Published() Build {
	e, release, err := db.published.acquire()
	if err != nil {
		return Build{}
	}
	defer release()
	return e.build
}

// defaultLimit bounds a result in memory: the engine materialises whatever is fetched.
const defaultLimit = 100_000

func (e *extract) query(ctx context.Context, text string, args Args, limit int) (*Result, error) {
	if limit <= 0 {
		limit = defaultLimit
	}
	text = strings.TrimRight(strings.TrimSpace(text), ";")
	rows, err := e.db.QueryContext(ctx, fmt.Sprintf("from (\n%s\n) limit %d", text, limit+1), args.named()...)
	if err != nil {
		return nil, fmt.Errorf("run query: %w", err)
	}
	r, err := readRows(rows, limit)
	if err = errors.Join(err, rows.Close()); err != nil {
		return nil, fmt.Errorf("read result: %w", err)
	}
	r.Build = e.build
	return r, nil
}

func readRows(rows *sql.Rows, limit int) (*Result, error) {
	types, err := rows.ColumnTypes()
	if err != nil {
		return nil, err
	}
	r := &Result{Rows: [][]any{}}
	for _, t := range types {
		r.Columns = append(r.Columns, Column{Name: t.Name(), Type: t.DatabaseTypeName(), Unit: unitOf(t.Name(), t.DatabaseTypeName())})
	}
	for rows.Next() {
		if len(r.Rows) == limit {
			r.IsCut = true
			break
		}
		row := make([]any, len(types))
		targets := make([]any, len(types))
		for i := range row {
			targets[i] = &row[i]
		}
		if err := rows.Scan(targets...); err != nil {
			return nil, err
		}
		for i := range row {
			row[i] = plain(row[i])
		}
		r.Rows = append(r.Rows, row)
	}
	return r, rows.Err()
}

// units maps a column name's suffix to what its numbers are.
var units = []struct{ suffix, unit string }{
	{"_share", "share"}, {"_points", "points"}, {"_count", "count"}, {"_days", "days"},
	{"_on", "date"}, {"_at", "time"}, {"_amount", "amount"},
}

func unitOf(name, engineType string) string {
	if strings.HasPrefix(name, "is_") || strings.HasPrefix(name, "has_") || engineType == "BOOLEAN" {
		return "flag"
	}
	for _, u := range units {
		if strings.HasSuffix(name, u.suffix) {
			return u.unit
		}
	}
	switch {
	case name == "attainment" || strings.HasSuffix(name, "_attainment") || name == "attainment_raw":
		return "share"
	case engineType == "DATE":
		return "date"
	case strings.HasPrefix(engineType, "TIMESTAMP"):
		return "time"
	case engineType == "VARCHAR":
		return "text"
	}
	return "number"
}

// plain turns the driver's value into one of the types that Result promises.
func plain(v any) any {
	switch x := v.(type) {
	case nil, bool, int64, float64, string, time.Time:
		return x
	case int32:
		return int64(x)
	case int16:
		return int64(x)
	case int8:
		return int64(x)
	case uint64:
		return float64(x)
	case uint32:
		return int64(x)
	case uint16:
		return int64(x)
	case uint8:
		return int64(x)
	case float32:
		return float64(x)
	case []byte:
		return string(x)
	case duckdb.Decimal:
		return x.Float64()
	case *big.Int:
		return wholeNumber(x)
	}
	text, err := json.Marshal(v)
	if err != nil {
		return fmt.Sprint(v)
	}
	return string(text)
}

func wholeNumber(x *big.Int) any {
	if x.IsInt64() {
		return x.Int64()
	}
	f, _ := new(big.Float).SetInt(x).Float64()
	return f
}

// Querier answers selects from a published state: a DB in the server, a Reader on the command line.
type Querier interface {
	Query(ctx context.Context, text string, args Args, limit int) (*Result, error)
}
