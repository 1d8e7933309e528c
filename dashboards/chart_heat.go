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
	across, down := sideOf(d.request, d.result, d.panel.X), sideOf(d.request, d.result, d.panel.Y)
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

// side is one of the two sides of a heat map or a flow: its names, each once, in the order of the rows.
type side struct {
	names  []string
	values []any // behind the names
	places []int // by row: the name's number
}

func sideOf(r *request, result *analytics.Result, column string) *side {
	s := &side{}
	known := map[any]int{}
	at := result.Index(column)
	for i, name := range sideNames(r, result, column) {
		var v any = i // without such a column every row is a name
		if at >= 0 {
			v = result.Rows[i][at]
		}
		place, ok := known[v]
		if !ok {
			place = len(s.names)
			known[v] = place
			s.names, s.values = append(s.names, name), append(s.values, v)
		}
		s.places = append(s.places, place)
	}
	return s
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
