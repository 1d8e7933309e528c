package workbook

import (
	"fmt"

	"github.com/perfloop/perfloop/analytics"
)

// record is a row of a result, asked by column name. A name the result lacks is a bug of the query.
type record struct {
	result *analytics.Result
	values []any
}

func (r record) value(column string) any {
	i := r.result.Index(column)
	if i < 0 {
		panic("result has no column " + column)
	}
	return r.values[i]
}

// text is the value as text; null is empty.
func (r record) text(column string) string {
	v := r.value(column)
	if v == nil {
		return ""
	}
	return fmt.Sprint(v)
}

// count is a whole number; null is 0.
func (r record) count(column string) int {
	n, _ := r.value(column).(int64)
	return int(n)
}

// labels are the labels of a cycle's scale, the highest first, as the reader of the book knows them.
type labels struct {
	codes []string
	shown map[string]string // code to what is shown, each different
}

func labelsOf(scale *analytics.Result, lang string) labels {
	l := labels{shown: map[string]string{}}
	used := map[string]bool{}
	for _, values := range scale.Rows {
		row := record{scale, values}
		code := row.text("code")
		shown := labelText(code, row.text("label_en"), row.text("label_zh"), lang)
		if used[shown] {
			shown += " (" + code + ")"
		}
		used[shown] = true
		l.codes = append(l.codes, code)
		l.shown[code] = shown
	}
	return l
}

// show is a label as shown; a code that is not on the scale is shown as it is.
func (l labels) show(code string) string {
	if shown, ok := l.shown[code]; ok {
		return shown
	}
	return code
}

// width is the room a column needs for the longest label; longer ones than the most it gives are wrapped.
func (l labels) width() float64 {
	width := 11.0
	for _, shown := range l.shown {
		width = max(width, textWidth(shown)+2.5)
	}
	return min(width, 24)
}

func labelText(code, english, chinese, lang string) string {
	text := english
	if lang == "zh" {
		text = chinese
	}
	if text == "" {
		return code
	}
	return text
}
