package dashboards

import (
	"cmp"
	"slices"
	"time"

	"github.com/go-echarts/go-echarts/v2/charts"
	"github.com/go-echarts/go-echarts/v2/opts"

	"github.com/perfloop/perfloop/analytics"
)

// drawHeat places each row at its names across and down. A row without a value is a blank cell that says why.
func drawHeat(c *Chart, d drawing) {
	across, down := sideOf(d, d.panel.X, d.panel.Y), sideOf(d, d.panel.Y, d.panel.X)
	across.sort()
	var data []opts.HeatMapData
	for i, v := range d.first() {
		if v == nil {
			c.Blanks = append(c.Blanks, [3]any{across.at(i), down.at(i), i})
			continue
		}
		data = append(data, opts.HeatMapData{Value: []any{across.at(i), down.at(i), v}})
		c.Marks = append(c.Marks, i)
	}
	s := d.panel.lead()
	heat := charts.NewHeatMap()
	heat.SetXAxis(across.names)
	heat.AddSeries(d.series(s.Column), data, charts.WithItemStyleOpts(opts.ItemStyle{Color: d.hue()}))
	heat.SetGlobalOptions(charts.WithXAxisOpts(opts.XAxis{Type: "category", Data: across.names}),
		charts.WithYAxisOpts(opts.YAxis{Type: "category", Data: down.names}))
	heat.Validate()
	c.Option = heat.JSON()
}

// side is one of the two sides of a heat map or a flow: its names, each once.
type side struct {
	names  []string
	values []any // behind the names
	places []int // by row: the name's number
}

// sideOf takes a side's names in the order in which the rows of one name of the other side list them. No such list
// need be complete: "low, high" and "low, middle, high" are one order.
func sideOf(d drawing, column, other string) *side {
	s := &side{}
	values, others, names := valuesOf(d.result, column), valuesOf(d.result, other), sideNames(d.request, d.result, column)
	for from := 0; from < len(values); {
		to := from + 1
		for to < len(values) && others[to] == others[from] {
			to++
		}
		s.values = merged(s.values, values[from:to])
		from = to
	}
	s.names = make([]string, len(s.values))
	for row, v := range values {
		place := slices.Index(s.values, v)
		s.names[place] = names[row]
		s.places = append(s.places, place)
	}
	return s
}

// valuesOf a column by row, as keys; without such a column every row is its own.
func valuesOf(result *analytics.Result, column string) []any {
	at := result.Index(column)
	values := make([]any, len(result.Rows))
	for i, row := range result.Rows {
		if values[i] = i; at >= 0 {
			values[i] = finite(row[at])
		}
	}
	return values
}

// merged puts a list's new values into an order: before the value that follows them in the list, else after the
// one that precedes them.
func merged(order, list []any) []any {
	end := len(order)
	for i := len(list) - 1; i >= 0; i-- {
		if at := slices.Index(order, list[i]); at >= 0 {
			end = at
			continue
		}
		if !slices.ContainsFunc(list[i+1:], func(v any) bool { return slices.Contains(order, v) }) {
			for _, before := range slices.Backward(list[:i]) {
				if at := slices.Index(order, before); at >= 0 {
					end = at + 1
					break
				}
			}
		}
		order = slices.Insert(order, end, list[i])
	}
	return order
}

func (s *side) at(row int) int { return s.places[row] }

// sort puts dates and numbers in their order: a query that lists row by row need not meet the earliest first.
func (s *side) sort() {
	order := make([]int, len(s.names))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return compareScale(s.values[a], s.values[b]) })
	old := *s
	s.names, s.places = make([]string, len(order)), make([]int, len(old.places))
	place := make([]int, len(order))
	for to, from := range order {
		s.names[to], place[from] = old.names[from], to
	}
	for row, from := range old.places {
		s.places[row] = place[from]
	}
}

// compareScale orders dates and numbers; names keep the order they have.
func compareScale(a, b any) int {
	if x, ok := a.(time.Time); ok {
		if y, ok := b.(time.Time); ok {
			return x.Compare(y)
		}
	}
	if x, y := number(a), number(b); x == x && y == y { //nolint:staticcheck // NaN: a name
		return cmp.Compare(x, y)
	}
	return 0
}
