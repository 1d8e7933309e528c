package analytics

import (
	"context"
	"database/sql"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"testing"
	"time"
)

// reading is one value of a series on a day.
type reading struct {
	on    time.Time
	value float64
}

// judgement is what metrics.md says of a reading; NaN where it says nothing.
type judgement struct{ expected, spread, z, high, low float64 }

// TestReadingsAgreeWithTheirDefinition compares z and the running sums of random series with loops written from the definition.
func TestReadingsAgreeWithTheirDefinition(t *testing.T) {
	random := rand.New(rand.NewPCG(7, 7))
	series := map[string][]reading{}
	for i := range 60 {
		series[fmt.Sprintf("M%02d", i)] = randomSeries(random)
	}
	db := openOn(t, "2026-01-01")
	update(t, db, func(ctx context.Context, conn *sql.Conn) error {
		line := 0
		for metric, all := range series {
			for _, r := range all {
				line++
				if _, err := conn.ExecContext(ctx, `insert into raw.reading (import_id, line, natural_key, metric, employee_id, read_on, value)
					values (1, ?, ?, ?, 'E1', ?, ?)`, line, fmt.Sprint("r", line), metric, r.on, r.value); err != nil {
					return err
				}
			}
		}
		return nil
	})
	found, err := db.Query(t.Context(), "select metric, expected, spread, z, cusum_high, cusum_low from fct_reading order by metric, read_on", nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	at, seasonal := 0, 0
	for i := range 60 {
		metric := fmt.Sprintf("M%02d", i)
		for n, want := range judge(series[metric]) {
			row := found.Rows[at]
			at++
			got := judgement{number(row[1]), number(row[2]), number(row[3]), number(row[4]), number(row[5])}
			if row[0] != metric || !alike(got.expected, want.expected) || !alike(got.spread, want.spread) || !alike(got.z, want.z) ||
				!alike(got.high, want.high) || !alike(got.low, want.low) {
				t.Fatalf("reading %d of %s (%v): got %v, want %+v", n+1, metric, series[metric][n], row, want)
			}
			if n >= 24 {
				seasonal++
			}
		}
	}
	if at != len(found.Rows) || seasonal < 100 {
		t.Errorf("%d rows, %d of them in a third year; looked at %d", len(found.Rows), seasonal, at)
	}
}

// randomSeries is monthly: whole numbers, so that there are ties, some series flat, at 0, falling or with a month in the year that stands out.
func randomSeries(random *rand.Rand) []reading {
	level, spread := []float64{0, 100, -50}[random.IntN(3)], []int{1, 4, 30}[random.IntN(3)]
	season, drop := random.IntN(3) == 0, random.IntN(40)
	all := make([]reading, random.IntN(48))
	for i := range all {
		on := time.Date(2021, time.Month(1+i), 1, 0, 0, 0, 0, time.UTC)
		all[i] = reading{on, level + float64(random.IntN(spread))}
		if season && on.Month() == time.December {
			all[i].value += 80
		}
		if i > drop {
			all[i].value -= float64(spread)
		}
	}
	return all
}

// judge follows the definition reading by reading, with the defaults.
func judge(all []reading) []judgement {
	const window, first, bound, slack = 12, 8, 3.5, 0.5
	judged := make([]judgement, len(all))
	residuals := make([]float64, len(all)) // from what the same months before led one to expect; NaN where there was none
	high, low := 0.0, 0.0
	for i, r := range all {
		before := all[:i]
		base := values(before[max(0, i-window):])
		var same []reading
		for _, b := range before {
			if b.on.Month() == r.on.Month() {
				same = append(same, b)
			}
		}
		residuals[i] = math.NaN()
		if len(same) > 0 {
			residuals[i] = math.Abs(r.value - median(values(same[max(0, len(same)-window):])))
		}
		expected := median(base)
		deviation := median(distances(base, expected))
		if len(same) >= 2 { // one reading a month: two earlier years
			expected = median(values(same[max(0, len(same)-window):]))
			deviation = median(residuals[max(0, i-window):i])
		}
		spread, z := math.NaN(), math.NaN()
		if i+1 < first {
			expected = math.NaN()
		} else if scale := max(1.4826*deviation, 0.02*math.Abs(expected)); scale > 0 {
			spread, z = scale, (r.value-expected)/scale
			counted := max(-bound, min(bound, z))
			high, low = max(0, high+counted-slack), max(0, low-counted-slack)
		}
		judged[i] = judgement{expected, spread, z, high, low}
	}
	return judged
}

func values(all []reading) []float64 {
	var vs []float64
	for _, r := range all {
		vs = append(vs, r.value)
	}
	return vs
}

func distances(vs []float64, from float64) []float64 {
	var ds []float64
	for _, v := range vs {
		ds = append(ds, math.Abs(v-from))
	}
	return ds
}

// median leaves NaN out; of nothing it is NaN.
func median(vs []float64) float64 {
	known := slices.DeleteFunc(slices.Clone(vs), math.IsNaN)
	if len(known) == 0 {
		return math.NaN()
	}
	slices.Sort(known)
	return (known[(len(known)-1)/2] + known[len(known)/2]) / 2
}

func number(v any) float64 {
	if x, ok := v.(float64); ok {
		return x
	}
	return math.NaN()
}

func alike(a, b float64) bool {
	return math.IsNaN(a) && math.IsNaN(b) || math.Abs(a-b) <= 1e-8*max(1, math.Abs(b))
}

// openOn is an empty warehouse in memory whose today is the day.
func openOn(t *testing.T, day string) *DB {
	t.Helper()
	today, err := time.Parse(time.DateOnly, day)
	if err != nil {
		t.Fatal(err)
	}
	db, err := Open(t.Context(), "", Options{Now: func() time.Time { return today.Add(12 * time.Hour) }})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	return db
}
