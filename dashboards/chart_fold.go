package dashboards

import (
	"math"

	"github.com/perfloop/perfloop/analytics"
)

// mostNames is how many names a chart shows at once where they stand in the order of their values.
func mostNames(kind Kind) int {
	switch kind {
	case KindBars, KindStacked:
		return 7
	case KindIntervals:
		return 14
	}
	return math.MaxInt - 1
}

// mostRows is how many rows a chart of a kind can hold.
func mostRows(kind Kind) int {
	switch kind {
	case KindHeat, KindScatter, KindTree, KindLines, KindBand:
		return 5000
	}
	return shownRows
}

// upTo leaves out what nobody could read; the table says how many rows there are.
func (d drawing) upTo(most int) drawing {
	if len(d.names) <= most {
		return d
	}
	cut := *d.result
	cut.Rows = cut.Rows[:most]
	d.result, d.names = &cut, d.names[:most]
	if d.others != nil {
		d.others = d.others[:most]
	}
	return d
}

// folded is the drawing of the first names and one row for the others. That row has no value: shares do not
// add up, and a person can be behind several marks.
func (d drawing) folded() (drawing, bool) {
	most := mostNames(d.panel.Kind)
	if len(d.names) <= most+1 || !isSorted(d.lengths()) {
		return d, false
	}
	rows := append([][]any{}, d.result.Rows[:most]...)
	rows = append(rows, make([]any, len(d.result.Columns)))
	names := append([]string{}, d.names[:most]...)
	names = append(names, d.Words.T("chart.rest", "count", len(d.names)-most))
	d.result = &analytics.Result{Columns: d.result.Columns, Rows: rows, Build: d.result.Build}
	d.names, d.rest = names, most
	return d, true
}

// lengths are what the eye orders lying marks by: of stacked bars all parts together.
func (d drawing) lengths() []any {
	if d.panel.Kind != KindStacked {
		return d.first()
	}
	lengths := make([]any, len(d.result.Rows))
	for _, s := range d.panel.Series {
		if s.Style != "" {
			continue
		}
		for i, v := range d.column(s.Column) {
			if x := number(v); !math.IsNaN(x) {
				before, _ := lengths[i].(float64)
				lengths[i] = before + x
			}
		}
	}
	return lengths
}

// isSorted tells values that only rise or only fall; what has none comes last.
func isSorted(values []any) bool {
	rises, falls := true, true
	for i := 1; i < len(values); i++ {
		a, b := number(values[i-1]), number(values[i])
		if math.IsNaN(b) {
			continue
		}
		rises = rises && a <= b
		falls = falls && a >= b
	}
	return rises || falls
}
