package dashboards

import (
	"github.com/perfloop/perfloop/analytics"
)

// summary is the text alternative of a chart, made from its data: what is highest and lowest; for lines
// what the last value is and how it changed.
func summary(r *request, d drawing) string {
	if d.panel.Kind == KindLines {
		return lineSummary(r, d)
	}
	s := d.panel.Series[0]
	at := d.result.Index(s.Column)
	high, low := extremes(d.result, at)
	if high < 0 {
		return ""
	}
	write := func(i int) string { return r.Words.Value(d.result.Rows[i][at], d.result.Columns[at].Unit) }
	if high == low {
		return r.Words.T("summary.one", "series", d.series(s.Column), "name", d.names[high], "value", write(high))
	}
	return r.Words.T("summary.range", "series", d.series(s.Column), "high", d.names[high], "high_value", write(high),
		"low", d.names[low], "low_value", write(low))
}

// extremes are the rows with the highest and the lowest value; -1 where no row has one.
func extremes(result *analytics.Result, at int) (high, low int) {
	high, low = -1, -1
	for i, row := range result.Rows {
		x := number(row[at])
		if x != x { //nolint:staticcheck // NaN: no value
			continue
		}
		if high < 0 || x > number(result.Rows[high][at]) {
			high = i
		}
		if low < 0 || x < number(result.Rows[low][at]) {
			low = i
		}
	}
	return high, low
}

func lineSummary(r *request, d drawing) string {
	said := ""
	for _, s := range d.panel.Series {
		at := d.result.Index(s.Column)
		last := -1
		for i, row := range d.result.Rows {
			if row[at] != nil {
				last = i
			}
		}
		if last < 0 {
			continue
		}
		unit := d.result.Columns[at].Unit
		value := r.Words.Value(d.result.Rows[last][at], unit)
		if last == 0 || d.result.Rows[last-1][at] == nil || unit != "share" {
			said += r.Words.T("summary.last", "series", d.series(s.Column), "name", d.names[last], "value", value)
			continue
		}
		change := number(d.result.Rows[last][at]) - number(d.result.Rows[last-1][at])
		said += r.Words.T("summary.change", "series", d.series(s.Column), "name", d.names[last], "value", value,
			"change", r.Words.Points(change), "base", d.names[last-1])
	}
	return said
}
