package dashboards

import (
	"math"
	"slices"
	"strings"

	"github.com/perfloop/perfloop/analytics"
)

// summary is the text alternative of a chart, made from its data: what is highest and lowest, what changed and
// how many groups are too small to be shown.
func summary(d drawing) string {
	hidden := 0
	at := d.result.Index(d.panel.lead().Column)
	for _, row := range d.result.Rows {
		if at < 0 {
			break
		}
		if _, isHidden := row[at].(suppressed); isHidden {
			hidden++
		}
	}
	if hidden == 0 {
		return shownSummary(d)
	}
	return d.join(shownSummary(d), d.Words.T("summary.hidden", "count", hidden))
}

func shownSummary(d drawing) string {
	switch d.panel.Kind {
	case KindLines:
		return lineSummary(d)
	case KindBand:
		return d.join(lineSummary(d), alarmSummary(d))
	case KindScatter:
		return scatterSummary(d)
	case KindHeat:
		return d.join(pairSummary(d, " · "), blankSummary(d))
	case KindFlow:
		return pairSummary(d, " → ")
	case KindTree:
		return treeSummary(d)
	case KindStacked:
		return stackedSummary(d)
	}
	return d.join(d.ends(d.panel.lead(), d.names), changeSummary(d))
}

// join sets sentences one after the other; Chinese has no space between them.
func (d drawing) join(sentences ...string) string {
	said := slices.DeleteFunc(sentences, func(s string) bool { return s == "" })
	if d.Words.Lang == "zh" {
		return strings.Join(said, "")
	}
	return strings.Join(said, " ")
}

// ends says a series' highest and lowest value by the names of the rows; "" where it has none.
func (d drawing) ends(s Series, names []string) string {
	at := d.result.Index(s.Column)
	high, low := d.extremes(s)
	if high < 0 {
		return ""
	}
	write := func(i int) string { return d.Words.Value(d.result.Rows[i][at], d.result.Columns[at].Unit) }
	if high == low {
		return d.Words.T("summary.one", "series", d.series(s.Column), "name", names[high], "value", write(high))
	}
	return d.Words.T("summary.range", "series", d.series(s.Column), "high", names[high], "high_value", write(high),
		"low", names[low], "low_value", write(low))
}

// extremes are the rows with a series' highest and lowest value; -1 where no row has one.
func (d drawing) extremes(s Series) (high, low int) {
	high, low = -1, -1
	values := d.column(s.Column)
	for i, v := range values {
		x := number(v)
		if math.IsNaN(x) {
			continue
		}
		if high < 0 || x > number(values[high]) {
			high = i
		}
		if low < 0 || x < number(values[low]) {
			low = i
		}
	}
	return high, low
}

// changeSummary says where the compared cycle differs most.
func changeSummary(d drawing) string {
	s, ok := d.styled(StyleCompare)
	if !ok {
		return ""
	}
	now, before := d.first(), d.column(s.Column)
	most, row := 0.0, -1
	for i := range now {
		if before == nil {
			break
		}
		if change := math.Abs(number(now[i]) - number(before[i])); change > most {
			most, row = change, i
		}
	}
	if row < 0 {
		return ""
	}
	return d.Words.T("summary.most_changed", "base", d.series(s.Column), "name", d.names[row],
		"change", d.change(d.panel.lead(), number(now[row])-number(before[row])))
}

// change writes a difference of two values of a series.
func (d drawing) change(s Series, x float64) string {
	if d.unit(s.Column) == "share" {
		return d.Words.T("summary.points", "points", d.Words.Points(x))
	}
	sign := "+"
	if x < 0 {
		sign = "−"
	}
	return sign + d.Words.Value(math.Abs(x), d.unit(s.Column))
}

func lineSummary(d drawing) string {
	var said []string
	for _, s := range d.panel.Series {
		if s.Style != "" {
			continue
		}
		values := d.column(s.Column)
		last := -1
		for i, v := range values {
			if v != nil {
				last = i
			}
		}
		if last < 0 {
			continue
		}
		value := d.Words.Value(values[last], d.unit(s.Column))
		if last == 0 || values[last-1] == nil {
			said = append(said, d.Words.T("summary.last", "series", d.series(s.Column), "name", d.names[last], "value", value))
			continue
		}
		said = append(said, d.Words.T("summary.change", "series", d.series(s.Column), "name", d.names[last], "value", value,
			"change", d.change(s, number(values[last])-number(values[last-1])), "base", d.names[last-1]))
	}
	return d.join(said...)
}

// alarmSummary counts the alarms of a band and names the last.
func alarmSummary(d drawing) string {
	count, last := 0, -1
	for i, v := range d.column("is_alarm") {
		if v == true {
			count, last = count+1, i
		}
	}
	if last < 0 {
		return d.Words.T("summary.no_alarm")
	}
	return d.Words.T("summary.alarms", "count", count, "name", d.names[last])
}

// stackedSummary leaves out the parts that nobody has.
func stackedSummary(d drawing) string {
	var said []string
	for _, s := range d.panel.Series {
		if high, _ := d.extremes(s); s.Style == "" && high >= 0 && number(d.column(s.Column)[high]) != 0 {
			said = append(said, d.ends(s, d.names))
		}
	}
	return d.join(said...)
}

func scatterSummary(d drawing) string {
	placed := d
	placed.names, placed.result = nil, &analytics.Result{Columns: d.result.Columns}
	for i, row := range d.result.Rows {
		if d.hasPoint(i) {
			placed.names, placed.result.Rows = append(placed.names, d.names[i]), append(placed.result.Rows, row)
		}
	}
	said := []string{d.Words.T("summary.points_drawn", "count", len(placed.names))}
	for _, s := range d.panel.Series[:min(2, len(d.panel.Series))] {
		said = append(said, placed.ends(s, placed.names))
	}
	return d.join(said...)
}

// pairSummary says the highest and the lowest of what lies between two sides.
func pairSummary(d drawing, sign string) string {
	names := make([]string, len(d.names))
	for i, name := range d.names {
		names[i] = name + sign + d.others[i]
	}
	return d.ends(d.panel.lead(), names)
}

// blankSummary counts the cells that cannot be said.
func blankSummary(d drawing) string {
	count, at := 0, d.result.Index(d.panel.lead().Column)
	for _, row := range d.result.Rows {
		if _, isHidden := row[at].(suppressed); !isHidden && finite(row[at]) == nil {
			count++
		}
	}
	if count == 0 {
		return ""
	}
	return d.Words.T("summary.blanks", "count", count)
}

func treeSummary(d drawing) string {
	t := treeOf(d)
	deepest := 0
	for _, depth := range t.depths {
		deepest = max(deepest, depth+1)
	}
	return d.join(d.Words.T("summary.tree", "count", len(d.names), "roots", len(t.roots), "levels", deepest), d.ends(d.panel.lead(), d.names))
}
