package dashboards

import (
	"strings"

	"github.com/perfloop/perfloop/dashboards/words"
)

// tip says in lines what a row's mark stands for: its name, its values, the people behind it, and why a value
// cannot be said.
func tip(d drawing, i int) string {
	if i == d.rest {
		return d.names[i]
	}
	lines := []string{d.names[i]}
	if d.others != nil {
		lines[0] += map[bool]string{true: " → ", false: " · "}[d.panel.Kind == KindFlow] + d.others[i]
	}
	row := d.result.Rows[i]
	for _, s := range d.panel.Series {
		at := d.result.Index(s.Column)
		if at < 0 || s.Style == StyleLower || s.Style == StyleUpper || row[at] == nil && s.Style != "" {
			continue
		}
		lines = append(lines, d.Words.T("chart.value", "series", d.series(s.Column), "value", say(d.Words, d.result.Columns[at], row[at])))
	}
	if span := d.span(row); span != "" {
		lines = append(lines, span)
	}
	if n := d.result.Index("people_count"); n >= 0 && d.panel.lead().Column != "people_count" {
		if _, isHidden := row[n].(suppressed); !isHidden && row[n] != nil {
			lines = append(lines, d.Words.T("panel.count", "count", row[n]))
		}
	}
	return strings.Join(append(lines, d.reasons(row)...), "\n")
}

// span is a row's interval in words; "" where it has none.
func (d drawing) span(row []any) string {
	lower, hasLower := d.styled(StyleLower)
	upper, hasUpper := d.styled(StyleUpper)
	if !hasLower || !hasUpper {
		return ""
	}
	from, to := d.result.Index(lower.Column), d.result.Index(upper.Column)
	if from < 0 || to < 0 || row[from] == nil || row[to] == nil {
		return ""
	}
	return d.Words.T("chart.span", "from", say(d.Words, d.result.Columns[from], row[from]), "to", say(d.Words, d.result.Columns[to], row[to]))
}

// reasons say why a value of the row is not there, and that it is an alarm.
func (d drawing) reasons(row []any) []string {
	var said []string
	for at, column := range d.result.Columns {
		code := text(row[at])
		if column.Name == "is_alarm" && row[at] == true {
			said = append(said, d.series("is_alarm"))
		}
		if code != "" && (column.Name == "reason_key" || strings.HasSuffix(column.Name, "_reason")) {
			if key := "reason." + code; d.Words.Has(key) {
				code = d.Words.T(key)
			}
			said = append(said, code)
		}
	}
	return said
}

// notes say why marks are not there: a group too small, or the reason its row gives. Nil where all are.
func notes(d drawing) []string {
	switch d.panel.Kind {
	case KindColumns, KindBars, KindStacked, KindIntervals:
	default:
		return nil
	}
	said, isAny := make([]string, len(d.names)), false
	for i, row := range d.result.Rows {
		at := d.result.Index(d.panel.lead().Column)
		if at < 0 || i == d.rest || finite(row[at]) != nil {
			continue
		}
		_, isHidden := row[at].(suppressed)
		reasons := d.reasons(row)
		switch {
		case isHidden:
			said[i] = say(d.Words, d.result.Columns[at], row[at])
		case len(reasons) > 0:
			said[i] = clip(reasons[0])
		case d.panel.Kind != KindColumns: // where nothing is measured, no column is no riddle
			said[i] = words.None
		}
		isAny = isAny || said[i] != ""
	}
	if !isAny {
		return nil
	}
	return said
}
