package dashboards

import (
	"github.com/go-echarts/go-echarts/v2/charts"
	"github.com/go-echarts/go-echarts/v2/opts"
)

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
			marks.AddSeries(d.series(s.Column), scatterData(values), colored(s),
				charts.WithSeriesOpts(func(x *charts.SingleSeries) { x.Symbol, x.SymbolSize = "rect", []int{22, 3} }))
			continue
		}
		style := barStyle(s, d.panel.Kind)
		if d.panel.Kind == KindStacked {
			style = append(style, charts.WithSeriesOpts(func(x *charts.SingleSeries) { x.Stack = "parts" + string(s.Style) }))
		}
		bar.AddSeries(d.series(s.Column), barData(values), style...)
	}
	bar.Overlap(marks)
	if d.panel.Kind != KindColumns {
		bar.XYReversal()
	}
	bar.Validate()
	return bar.JSON()
}

func barStyle(s Series, kind Kind) []charts.SeriesOpts {
	style := opts.ItemStyle{Color: "@" + s.Color}
	if s.Style == StyleCompare {
		style = opts.ItemStyle{Color: "@" + s.Color, Opacity: opts.Float(0.4), BorderColor: "@" + s.Color, BorderWidth: 1}
	}
	return []charts.SeriesOpts{charts.WithItemStyleOpts(style), charts.WithSeriesOpts(func(x *charts.SingleSeries) {
		x.Id, x.BarMaxWidth = seriesID(s), "26"
		if kind == KindColumns {
			x.BarMaxWidth = "40"
		}
	})}
}

// seriesID tells static/charts.js the style of a series.
func seriesID(s Series) string { return string(s.Style) + ":" + s.Column }

// colored gives marks the colour of their series.
func colored(s Series) charts.SeriesOpts {
	return charts.WithItemStyleOpts(opts.ItemStyle{Color: "@" + s.Color})
}

func barData(values []any) []opts.BarData {
	data := make([]opts.BarData, len(values))
	for i, v := range values {
		data[i] = opts.BarData{Value: v}
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
