package dashboards

import (
	"math"

	"github.com/go-echarts/go-echarts/v2/charts"
	"github.com/go-echarts/go-echarts/v2/opts"

	"github.com/perfloop/perfloop/analytics"
)

// Chart is what static/charts.js draws: an ECharts option without functions, and what the browser adds by
// name. Colours are names of style.css's variables behind an @.
type Chart struct {
	Option   map[string]any `json:"option"`
	Kind     Kind           `json:"kind"`
	Unit     string         `json:"unit"`     // the format of the value axis, of a fixed table
	Links    []string       `json:"links"`    // by row; "" leads nowhere
	Whiskers [][2]any       `json:"whiskers"` // by row; intervals only
	Rows     int            `json:"rows"`
	Counts   []any          `json:"counts"` // people behind each row, for the tooltip
}

// drawing is what a chart is made from.
type drawing struct {
	panel  Panel
	result *analytics.Result
	names  []string            // of the marks, in words
	series func(string) string // a column's name in words
}

// column of the result, nil where it has none.
func (d drawing) column(name string) []any {
	at := d.result.Index(name)
	if at < 0 {
		return nil
	}
	values := make([]any, len(d.result.Rows))
	for i, row := range d.result.Rows {
		values[i] = finite(row[at])
	}
	return values
}

// finite is a value JSON can hold.
func finite(v any) any {
	if f, ok := v.(float64); ok && (math.IsNaN(f) || math.IsInf(f, 0)) {
		return nil
	}
	return v
}

// draw makes the chart of a panel; nil for one that is no chart.
func draw(d drawing) *Chart {
	c := &Chart{Kind: d.panel.Kind, Rows: len(d.names), Counts: d.column("people_count")}
	if len(d.panel.Series) > 0 {
		if at := d.result.Index(d.panel.Series[0].Column); at >= 0 {
			c.Unit = d.result.Columns[at].Unit
		}
	}
	switch d.panel.Kind {
	case KindColumns, KindBars:
		c.Option = barOption(d)
	case KindLines:
		c.Option = lineOption(d)
	case KindIntervals:
		c.Option = pointOption(d)
		c.Whiskers = whiskers(d)
	default:
		return nil
	}
	return c
}

func barOption(d drawing) map[string]any {
	bar := charts.NewBar()
	bar.SetXAxis(d.names)
	marks := charts.NewScatter()
	for _, s := range d.panel.Series {
		values := d.column(s.Column)
		if s.Style != "" && isEmpty(values) {
			continue
		}
		if s.Style == StyleMark {
			marks.AddSeries(d.series(s.Column), scatterData(values), charts.WithItemStyleOpts(opts.ItemStyle{Color: "@" + s.Color}),
				charts.WithSeriesOpts(func(x *charts.SingleSeries) { x.Symbol, x.SymbolSize = "rect", []int{22, 3} }))
			continue
		}
		bar.AddSeries(d.series(s.Column), barData(values), barStyle(s)...)
	}
	bar.Overlap(marks)
	if d.panel.Kind == KindBars {
		bar.XYReversal()
	}
	bar.Validate()
	return bar.JSON()
}

// isEmpty tells a column that would only stand in the legend.
func isEmpty(values []any) bool {
	for _, v := range values {
		if v != nil {
			return false
		}
	}
	return true
}

func barStyle(s Series) []charts.SeriesOpts {
	style := opts.ItemStyle{Color: "@" + s.Color}
	if s.Style == StyleCompare {
		style = opts.ItemStyle{Color: "@" + s.Color, Opacity: opts.Float(0.4), BorderColor: "@" + s.Color, BorderWidth: 1}
	}
	return []charts.SeriesOpts{charts.WithItemStyleOpts(style), charts.WithSeriesOpts(func(x *charts.SingleSeries) {
		x.BarMaxWidth = "26"
		x.Id = string(s.Style) + ":" + s.Column
	})}
}

func lineOption(d drawing) map[string]any {
	line := charts.NewLine()
	line.SetXAxis(d.names)
	for _, s := range d.panel.Series {
		line.AddSeries(d.series(s.Column), lineData(d.column(s.Column)),
			charts.WithItemStyleOpts(opts.ItemStyle{Color: "@" + s.Color}),
			charts.WithLineStyleOpts(opts.LineStyle{Color: "@" + s.Color, Width: 2}))
	}
	line.Validate()
	return line.JSON()
}

func pointOption(d drawing) map[string]any {
	points := charts.NewScatter()
	s := d.panel.Series[0]
	values := d.column(s.Column)
	data := make([]opts.ScatterData, len(values))
	for i, v := range values {
		data[i] = opts.ScatterData{Value: []any{v, i}, SymbolSize: 10}
	}
	points.AddSeries(d.series(s.Column), data, charts.WithItemStyleOpts(opts.ItemStyle{Color: "@" + s.Color}))
	points.SetGlobalOptions(charts.WithXAxisOpts(opts.XAxis{Type: "value"}), charts.WithYAxisOpts(opts.YAxis{Type: "category", Data: d.names}))
	return points.JSON()
}

// whiskers are the ends of each row's interval.
func whiskers(d drawing) [][2]any {
	var lower, upper []any
	for _, s := range d.panel.Series {
		switch s.Style {
		case StyleLower:
			lower = d.column(s.Column)
		case StyleUpper:
			upper = d.column(s.Column)
		}
	}
	ends := make([][2]any, len(d.names))
	for i := range ends {
		ends[i] = [2]any{lower[i], upper[i]}
	}
	return ends
}

func barData(values []any) []opts.BarData {
	data := make([]opts.BarData, len(values))
	for i, v := range values {
		data[i] = opts.BarData{Value: v}
	}
	return data
}

func lineData(values []any) []opts.LineData {
	data := make([]opts.LineData, len(values))
	for i, v := range values {
		data[i] = opts.LineData{Value: v}
	}
	return data
}

func scatterData(values []any) []opts.ScatterData {
	data := make([]opts.ScatterData, len(values))
	for i, v := range values {
		data[i] = opts.ScatterData{Value: v}
	}
	return data
}
