package words

import (
	"fmt"
	"math"
	"strconv"
	"strings"
	"time"

	"golang.org/x/text/language"
	"golang.org/x/text/message"
	"golang.org/x/text/number"
)

// None is written where a value cannot be said.
const None = "–"

func (w *Words) printer() *message.Printer {
	if w.Lang == "zh" {
		return message.NewPrinter(language.SimplifiedChinese)
	}
	return message.NewPrinter(language.English)
}

// Number writes x with at most digits decimals and thousands marks.
func (w *Words) Number(x float64, digits int) string {
	if math.IsNaN(x) || math.IsInf(x, 0) {
		return None
	}
	return w.printer().Sprint(number.Decimal(x, number.MaxFractionDigits(digits)))
}

// Share writes a fraction as per cent with one decimal: 0.982 is 98.2 %.
func (w *Words) Share(x float64) string {
	text := w.printer().Sprint(number.Decimal(x*100, number.MinFractionDigits(1), number.MaxFractionDigits(1)))
	return strings.Replace(text, "-", "−", 1) + "\u00a0%"
}

// Points writes a difference of two shares with its sign: 0.031 is +3.1.
func (w *Words) Points(x float64) string {
	sign := "+"
	if x < 0 {
		sign = "−"
	}
	return sign + w.printer().Sprint(number.Decimal(math.Abs(x)*100, number.MinFractionDigits(1), number.MaxFractionDigits(1)))
}

// Amount writes a sum of money or another magnitude shortened as the language does: 3.4 万, 1.2 亿; 34K, 120M.
func (w *Words) Amount(x float64) string {
	for _, m := range magnitudes[w.Lang] {
		if math.Abs(x) >= m.from {
			return w.Number(x/m.unit, 1) + m.name
		}
	}
	return w.Number(x, 2)
}

type magnitude struct {
	from, unit float64
	name       string
}

var magnitudes = map[string][]magnitude{
	"en": {{1e9, 1e9, "B"}, {1e6, 1e6, "M"}, {1e4, 1e3, "K"}},
	"zh": {{1e8, 1e8, "\u00a0亿"}, {1e4, 1e4, "\u00a0万"}},
}

// Date writes a day: 31 Mar 2026, 2026年3月31日.
func (w *Words) Date(t time.Time) string {
	if w.Lang == "zh" {
		return fmt.Sprintf("%d年%d月%d日", t.Year(), t.Month(), t.Day())
	}
	return t.Format("2 Jan 2006")
}

// Time writes a day and the time in it.
func (w *Words) Time(t time.Time) string { return w.Date(t) + " " + t.Format("15:04") }

// Value writes a result's value by the unit of its column.
func (w *Words) Value(v any, unit string) string {
	switch x := v.(type) {
	case nil:
		return None
	case bool:
		return w.T(map[bool]string{true: "value.yes", false: "value.no"}[x])
	case string:
		return x
	case int64:
		return w.byUnit(float64(x), unit)
	case float64:
		return w.byUnit(x, unit)
	case time.Time:
		if unit == "time" {
			return w.Time(x)
		}
		return w.Date(x)
	}
	return fmt.Sprint(v)
}

func (w *Words) byUnit(x float64, unit string) string {
	switch unit {
	case "share":
		return w.Share(x)
	case "points":
		return w.Points(x)
	case "amount":
		return w.Amount(x)
	case "count":
		return w.Number(x, 0)
	case "days":
		return w.Number(x, 1)
	case "year":
		return strconv.Itoa(int(x))
	}
	return w.Number(x, 3)
}

// value writes an argument of a sentence.
func (w *Words) value(v any) string {
	switch x := v.(type) {
	case int:
		return w.Number(float64(x), 0)
	case int64:
		return w.Number(float64(x), 0)
	case float64:
		return w.Number(x, 3)
	case time.Time:
		return w.Date(x)
	}
	return fmt.Sprint(v)
}
