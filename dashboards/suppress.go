package dashboards

import (
	"math"

	"github.com/perfloop/perfloop/analytics"
)

// suppressed stands in a cell whose group is too small for the viewer: of fewer than smallest people.
type suppressed struct{ smallest int64 }

// suppress blanks the figures of groups of fewer than smallest people, and of the next smallest group where only
// one would be blanked, since that one could be worked out by subtraction. A result tells its group
// sizes in people_count; one without that column is about individuals and is emptied.
func suppress(r *analytics.Result, smallest int64) {
	size := r.Index("people_count")
	if size < 0 {
		r.Rows = nil
		return
	}
	hidden, next, nextSize := 0, -1, math.Inf(1)
	for i, row := range r.Rows {
		n := number(row[size])
		switch {
		case n < float64(smallest):
			blank(r, row, smallest)
			hidden++
		case n < nextSize:
			next, nextSize = i, n
		}
	}
	if hidden == 1 && next >= 0 {
		blank(r, r.Rows[next], smallest)
	}
}

func blank(r *analytics.Result, row []any, smallest int64) {
	for i, c := range r.Columns {
		if c.Unit != "text" {
			row[i] = suppressed{smallest}
		}
	}
}

// number is a cell as a number; NaN for what is none.
func number(v any) float64 {
	switch x := v.(type) {
	case int64:
		return float64(x)
	case float64:
		return x
	}
	return math.NaN()
}
