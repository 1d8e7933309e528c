package dashboards

import (
	"strings"

	"github.com/go-echarts/go-echarts/v2/charts"
	"github.com/go-echarts/go-echarts/v2/opts"
)

func lineOption(d drawing) map[string]any {
	line := charts.NewLine()
	line.SetXAxis(d.names)
	for _, s := range d.panel.Series {
		if values := d.column(s.Column); s.Style == "" || !isEmpty(values) {
			line.AddSeries(d.series(s.Column), lineData(values), lineStyle(s)...)
		}
	}
	line.Validate()
	return line.JSON()
}

func lineStyle(s Series) []charts.SeriesOpts {
	style := opts.LineStyle{Color: "@" + s.Color, Width: 2}
	if s.Style == StyleCompare {
		style = opts.LineStyle{Color: "@" + s.Color, Width: 2, Type: "dashed", Opacity: opts.Float(0.4)}
	}
	return []charts.SeriesOpts{colored(s), charts.WithLineStyleOpts(style),
		charts.WithSeriesOpts(func(x *charts.SingleSeries) { x.Id = seriesID(s) })}
}

// bandOption draws the lines, and the alarms on the first of them. A cumulative sum has a scale of its own
// and so a strip of its own below.
func bandOption(d drawing) map[string]any {
	line := charts.NewLine()
	line.SetXAxis(d.names)
	for _, s := range d.panel.Series {
		values := d.column(s.Column)
		if s.Style == StyleLower || s.Style == StyleUpper || isEmpty(values) {
			continue
		}
		style := lineStyle(s)
		if isCumulative(s) {
			style = append(style, charts.WithSeriesOpts(func(x *charts.SingleSeries) { x.XAxisIndex, x.YAxisIndex = 1, 1 }))
		}
		line.AddSeries(d.series(s.Column), lineData(values), style...)
	}
	if alarms := alarms(d); !isEmpty(alarms) {
		marks := charts.NewScatter()
		marks.AddSeries(d.series("is_alarm"), scatterData(alarms), colored(Series{Color: "missed"}),
			charts.WithSeriesOpts(func(x *charts.SingleSeries) { x.Id, x.Symbol, x.SymbolSize = "alarm:", "diamond", 14 }))
		line.Overlap(marks)
	}
	line.Validate()
	return line.JSON()
}

// isCumulative tells a series that sums up deviations from one that measures.
func isCumulative(s Series) bool { return strings.HasPrefix(s.Column, "cusum") }

// alarms are the values of the first series where is_alarm holds.
func alarms(d drawing) []any {
	values := d.first()
	flags := d.column("is_alarm")
	for i := range values {
		if flags == nil || flags[i] != true {
			values[i] = nil
		}
	}
	return values
}

// whiskers are the ends of each row's interval.
func whiskers(d drawing) [][2]any {
	ends := make([][2]any, len(d.names))
	for i, style := range []Style{StyleLower, StyleUpper} {
		s, ok := d.styled(style)
		if !ok {
			return nil
		}
		for row, v := range d.column(s.Column) {
			ends[row][i] = v
		}
	}
	return ends
}

func lineData(values []any) []opts.LineData {
	data := make([]opts.LineData, len(values))
	for i, v := range values {
		data[i] = opts.LineData{Value: v}
	}
	return data
}
