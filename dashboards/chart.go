package dashboards

import (
	"math"

	"github.com/perfloop/perfloop/analytics"
)

// Chart is what static/charts.js draws: an ECharts option without functions, and what the browser adds by
// name. Colours are names of style.css's variables behind an @; nodes and cells are known by number, so that
// a name is only ever a label.
type Chart struct {
	Option   map[string]any `json:"option"`
	Kind     Kind           `json:"kind"`
	Unit     string         `json:"unit"`   // the format of the value axis, of a fixed table
	Second   string         `json:"second"` // the format of a scatter's axis upwards, of a band's strip below
	Rows     int            `json:"rows"`
	Links    []string       `json:"links"`              // by row; "" leads nowhere
	Tips     []string       `json:"tips"`               // by row: all that a mark stands for, in lines
	Marks    []int          `json:"marks,omitempty"`    // by mark its row, where marks are not the rows one by one
	Names    []string       `json:"names,omitempty"`    // of a flow's nodes, of a tree's rows
	Axes     [2]string      `json:"axes"`               // names of the axes across and upwards, where they need one
	Whiskers [][2]any       `json:"whiskers,omitempty"` // by row the ends of an interval or of the band
	Blanks   [][3]any       `json:"blanks,omitempty"`   // the cells across, down, row that have no value to show
	Notes    []string       `json:"notes,omitempty"`    // by row why a bar or interval is not there; "" where it is
	Rest     int            `json:"rest"`               // the row that stands for many and opens; -1 for none
	Whole    *Chart         `json:"whole,omitempty"`    // what it opens to
}

// drawing is what a chart is made from.
type drawing struct {
	*request
	panel  Panel
	result *analytics.Result
	names  []string // of the rows, in words
	others []string // of the rows' second sides; nil where the panel has one side
	rest   int      // the row that stands for the rest; -1 for none
}

func newDrawing(r *request, p Panel, result *analytics.Result) drawing {
	d := drawing{request: r, panel: p, result: result, names: sideNames(r, result, p.X), rest: -1}
	if p.Kind == KindHeat || p.Kind == KindFlow {
		d.others = sideNames(r, result, p.Y)
	}
	return d
}

// series is a column's name in words.
func (d drawing) series(column string) string { return seriesName(d.request, column) }

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

// styled is the first series of a style.
func (d drawing) styled(style Style) (Series, bool) {
	for _, s := range d.panel.Series {
		if s.Style == style {
			return s, true
		}
	}
	return Series{}, false
}

// first column's values: what the marks are as long, dark or wide as.
func (d drawing) first() []any {
	if values := d.column(d.panel.lead().Column); values != nil {
		return values
	}
	return make([]any, len(d.result.Rows))
}

func (d drawing) unit(column string) string {
	if at := d.result.Index(column); at >= 0 {
		return d.result.Columns[at].Unit
	}
	return ""
}

// hue is the colour of marks that have no series of their own.
func (d drawing) hue() string {
	for _, name := range []string{d.panel.lead().Color, d.panel.Step} {
		if name != "" {
			return "@" + name
		}
	}
	return "@accent"
}

// finite is a value JSON can hold; what is suppressed is none.
func finite(v any) any {
	switch x := v.(type) {
	case float64:
		if math.IsNaN(x) || math.IsInf(x, 0) {
			return nil
		}
	case suppressed:
		return nil
	}
	return v
}

// draw makes the chart of a panel; nil for one that is no chart, or has no value: its table says why. Where names stand in the order of their
// values the first few are drawn and the rest opens.
func draw(d drawing) *Chart {
	if d.panel.Kind != KindTree && d.isBlank() {
		return nil
	}
	d = d.upTo(mostRows(d.panel.Kind))
	short, isShort := d.folded()
	if !isShort {
		return d.chart()
	}
	c := short.chart()
	c.Whole = d.chart()
	return c
}

// chart draws every row.
func (d drawing) chart() *Chart {
	c := &Chart{Kind: d.panel.Kind, Rows: len(d.names), Rest: d.rest, Unit: d.unit(d.panel.lead().Column)}
	switch d.panel.Kind {
	case KindColumns, KindBars, KindStacked:
		c.Option = barOption(d)
	case KindLines:
		c.Option = lineOption(d)
	case KindIntervals:
		c.Option, c.Whiskers = pointOption(d), whiskers(d)
	case KindBand:
		c.Option, c.Whiskers, c.Second = bandOption(d), whiskers(d), "number"
	case KindScatter:
		drawScatter(c, d)
	case KindHeat:
		drawHeat(c, d)
	case KindFlow:
		drawFlow(c, d)
	case KindTree:
		drawTree(c, d)
	default:
		return nil
	}
	c.Notes = notes(d)
	for i, row := range d.result.Rows {
		c.Tips = append(c.Tips, tip(d, i))
		link := ""
		if i != d.rest {
			link = drillURL(d.Filter, d.panel, d.result, row)
		}
		c.Links = append(c.Links, link)
	}
	return c
}

// lead is the first series; the zero value where a panel has none.
func (p Panel) lead() Series {
	if len(p.Series) == 0 {
		return Series{}
	}
	return p.Series[0]
}

// isBlank tells a result without a value in any series.
func (d drawing) isBlank() bool {
	for _, s := range d.panel.Series {
		if values := d.column(s.Column); !isEmpty(values) {
			return false
		}
	}
	return true
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
