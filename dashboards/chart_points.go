package dashboards

import (
	"github.com/go-echarts/go-echarts/v2/charts"
	"github.com/go-echarts/go-echarts/v2/opts"
)

func pointOption(d drawing) map[string]any {
	points := charts.NewScatter()
	s := d.panel.lead()
	values := d.column(s.Column)
	data := make([]opts.ScatterData, len(values))
	for i, v := range values {
		data[i] = opts.ScatterData{Value: []any{v, i}, SymbolSize: 10}
	}
	points.AddSeries(d.series(s.Column), data, colored(s))
	points.SetGlobalOptions(charts.WithXAxisOpts(opts.XAxis{Type: "value"}), charts.WithYAxisOpts(opts.YAxis{Type: "category", Data: d.names}))
	return points.JSON()
}

// drawScatter places the rows that have both values; a third series is the size.
func drawScatter(c *Chart, d drawing) {
	var data []opts.ScatterData
	for i, row := range d.result.Rows {
		if !d.hasPoint(i) {
			continue
		}
		var value []any
		for _, s := range d.panel.Series {
			value = append(value, finite(row[d.result.Index(s.Column)]))
		}
		data = append(data, opts.ScatterData{Value: value})
		c.Marks = append(c.Marks, i)
		c.Names = append(c.Names, d.names[i])
	}
	s := d.panel.lead()
	points := charts.NewScatter()
	points.AddSeries(d.series(s.Column), data, colored(s))
	c.Option = points.JSON()
	c.Axes[0] = d.series(s.Column)
	if len(d.panel.Series) > 1 {
		up := d.panel.Series[1].Column
		c.Axes[1], c.Second = d.series(up), d.unit(up)
	}
}

// hasPoint tells a row with a place across and upwards.
func (d drawing) hasPoint(row int) bool {
	if len(d.panel.Series) < 2 {
		return false
	}
	for _, s := range d.panel.Series[:2] {
		at := d.result.Index(s.Column)
		if at < 0 || finite(d.result.Rows[row][at]) == nil {
			return false
		}
	}
	return true
}
