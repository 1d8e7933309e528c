package ingest

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"
)

// A number is read back from every way in which a spreadsheet or a person writes it.
func TestNumbersReadBack(t *testing.T) {
	b := dictionary()
	dresses := map[string]func(n float64) string{
		"plain":   func(n float64) string { return strconv.FormatFloat(n, 'f', -1, 64) },
		"grouped": grouped,
		"accounting": func(n float64) string {
			return strings.Replace(grouped(n), "-", "(", 1) + map[bool]string{true: ")"}[n < 0]
		},
		"full width": func(n float64) string { return fullWidth(strconv.FormatFloat(n, 'f', -1, 64)) },
		"currency":   func(n float64) string { return "¥" + strconv.FormatFloat(n, 'f', -1, 64) },
		"yuan":       func(n float64) string { return grouped(n) + "元" },
		"unit":       func(n float64) string { return grouped(n) + " days" },
		"percent":    func(n float64) string { return strconv.FormatFloat(n*100, 'f', 4, 64) + "%" },
		"myriads":    func(n float64) string { return strconv.FormatFloat(n/1e4, 'f', 8, 64) + "万" },
		"exponent":   func(n float64) string { return strconv.FormatFloat(n, 'e', -1, 64) },
	}
	for name, dress := range dresses {
		t.Run(name, rapid.MakeCheck(func(t *rapid.T) {
			n := float64(rapid.IntRange(-99_999_999, 99_999_999).Draw(t, "cents")) / 100
			got, ok := b.parseNumber(dress(n), false)
			if !ok || math.Abs(got.value-n) > 1e-6*math.Max(1, math.Abs(n)) {
				t.Fatalf("%q: got %v, %v, want %v", dress(n), got.value, ok, n)
			}
		}))
	}
}

func grouped(n float64) string {
	whole, fraction, _ := strings.Cut(strconv.FormatFloat(math.Abs(n), 'f', 2, 64), ".")
	for i := len(whole) - 3; i > 0; i -= 3 {
		whole = whole[:i] + "," + whole[i:]
	}
	sign := ""
	if n < 0 {
		sign = "-"
	}
	return sign + whole + "." + fraction
}

func fullWidth(s string) string {
	return strings.Map(func(r rune) rune { return r + 0xfee0 }, s)
}

// What is no number is never read as one.
func TestTextIsNoNumber(t *testing.T) {
	for _, cell := range []string{"about ten", "1.2.3", "1,2,3", "12abc", "0x1f", "1_000", "Inf", "NaN", "--5", "五", "1 2", "%", "¥", "()", "1,23", "tbd soon", "10 Gossip"} {
		if got, ok := dictionary().parseNumber(cell, true); ok {
			t.Errorf("%q was read as %v", cell, got.value)
		}
	}
}

func TestComparatorsAreReadOnlyWhereAskedFor(t *testing.T) {
	for cell, want := range map[string]number{
		"≤3%": {value: 0.03, upper: 0.03, comparator: "<=", isPercent: true}, ">= 90": {value: 90, upper: 90, comparator: ">="},
		"不低于80分": {value: 80, upper: 80, comparator: ">=", unit: "分"}, "±5": {value: 5, upper: 5, comparator: "±"},
		"9 - 12": {value: 9, upper: 12, comparator: "range"}, "30万~60万": {value: 300000, upper: 600000, comparator: "range", magnitude: 1e4},
		"30~60万": {value: 300000, upper: 600000, comparator: "range", magnitude: 1e4}, "90-100": {value: 90, upper: 100, comparator: "range"}, "9 to 12": {value: 9, upper: 12, comparator: "range"},
		"90分以上": {value: 90, upper: 90, comparator: ">=", unit: "分"}, "控制在5%以内": {value: 0.05, upper: 0.05, comparator: "<=", isPercent: true}, "80 or more": {value: 80, upper: 80, comparator: ">="},
		"12万+": {value: 120000, upper: 120000, comparator: ">=", magnitude: 1e4}, "-5": {value: -5, upper: -5},
	} {
		if got, ok := dictionary().parseNumber(cell, true); !ok || got != want {
			t.Errorf("%q: got %+v, %v, want %+v", cell, got, ok, want)
		}
		if _, ok := dictionary().parseNumber(cell, false); ok && want.comparator != "" {
			t.Errorf("%q was read without asking for comparators", cell)
		}
	}
}

// Each form stands in a file of somebody's; the value is what a person reads in it.
func TestNumberForms(t *testing.T) {
	for cell, want := range map[string]float64{
		"1 234": 1234, "1\u00a0234": 1234, "1'234.50": 1234.5, "1’234’567": 1234567, "12,34,567.5": 1234567.5, "1.234.567": 1234567,
		"3.4亿": 340000000, "30w": 300000, "752,886.79 Mlls": 752886790000, "10 Billion TZS": 1e10, "$15,200,000": 15200000, "¥ 1,200": 1200,
		"（123）": -123, "123-": -123, "$(5)": -5, "($5)": -5, "-$5": -5, "'482.86%'": 4.8286, "5‰": 0.005, "１２３．５％": 1.235, "735.2 %": 7.352,
		"8 days": 8, "72 Hours": 72, "20 MBps": 20, "75 (0-100)": 75, "25.43 (Q13-Q16)": 25.43, "2968          (2007)": 2968, "100 (USD)": 100,
		"12.5*": 12.5, "12.5¹": 12.5, "12.5 [1]": 12.5, "8%†": 0.08, "-45.2%": -0.452, "5 (estimated)": 5,
	} {
		if got, ok := dictionary().parseNumber(cell, false); !ok || math.Abs(got.value-want) > 1e-9*math.Abs(want) {
			t.Errorf("%q: got %v, %v, want %v", cell, got.value, ok, want)
		}
	}
	for _, cell := range []string{"100 (500)", "1-5 scale*", "3/5/2026", "1,23", "10 mbpsx", "(5", "5)", "12 (34)"} {
		if got, ok := dictionary().parseNumber(cell, false); ok {
			t.Errorf("%q was read as %v", cell, got.value)
		}
	}
}

// Whatever separates the fraction and the thousands of a column, its numbers are read back.
func TestDecimalCommasReadBack(t *testing.T) {
	swap := strings.NewReplacer(",", ".", ".", ",")
	for name, dress := range map[string]func(n float64) string{
		"dots group":        func(n float64) string { return swap.Replace(grouped(n)) },
		"blanks group":      func(n float64) string { return swap.Replace(strings.ReplaceAll(grouped(n), ",", " ")) },
		"apostrophes group": func(n float64) string { return strings.ReplaceAll(swap.Replace(grouped(n)), ".", "'") },
		"nothing groups":    func(n float64) string { return swap.Replace(strings.ReplaceAll(grouped(n), ",", "")) },
	} {
		t.Run(name, rapid.MakeCheck(func(t *rapid.T) {
			cents := rapid.SliceOfN(rapid.IntRange(-99_999_999, 99_999_999), 1, 20).Draw(t, "cents")
			var column separators
			column.add("0,5") // one number that shows it
			for _, c := range cents {
				column.add(dress(float64(c) / 100))
			}
			for _, c := range cents {
				n := float64(c) / 100
				got, ok := dictionary().readNumber(dress(n), numberStyle{decimals: column.decimals(false)})
				if !ok || math.Abs(got.value-n) > 1e-9*math.Max(1, math.Abs(n)) {
					t.Fatalf("%q: got %v, %v, want %v", dress(n), got.value, ok, n)
				}
			}
		}))
	}
}

// A day is read back from every way to write it.
func TestDatesReadBack(t *testing.T) {
	month := monthFirst
	forms := map[string]string{
		"2006-01-02": month, "2006/1/2": month, "2006.1.2": month, "2006年1月2日": month, "20060102": month, "2006-01-02T15:04:05Z": month,
		"2006/1/2 15:04": month, "1/2/2006": month, "01/02/2006": month, "2/1/2006": dayFirst, "02.01.2006": dayFirst, "2-Jan-2006": month,
		"2 January 2006": month, "Jan 2, 2006": month, "January 2 2006": month, "Mon, 2 Jan 2006": month, "2006-01-02 15:04:05.000": month,
	}
	for form, order := range forms {
		t.Run(form, rapid.MakeCheck(func(t *rapid.T) {
			day := time.Date(1900, 1, 1, 0, 0, 0, 0, time.UTC).AddDate(0, 0, rapid.IntRange(0, 109_000).Draw(t, "days"))
			got, fault := parseDate(day.Format(form), dateStyle{order: order})
			if fault != "" || !got.Equal(day) {
				t.Fatalf("%q: got %v, %s, want %v", day.Format(form), got, fault, day)
			}
		}))
	}
	t.Run("serial", rapid.MakeCheck(func(t *rapid.T) {
		serial := rapid.IntRange(2200, 100_000).Draw(t, "serial")
		want := time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC).AddDate(0, 0, serial)
		if got, fault := parseDate(fmt.Sprintf("%d.75", serial), dateStyle{}); fault != "" || !got.Equal(want) {
			t.Fatalf("%d: got %v, %s, want %v", serial, got, fault, want)
		}
	}))
}

func TestWhatIsNoDate(t *testing.T) {
	for cell, want := range map[string]dateFault{
		"31-Sep-2010": noSuchDay, "2025-02-29": noSuchDay, "13/13/2025": noSuchDay, "1013-05-06": yearOutOfRange, "2300-01-01": yearOutOfRange,
		"last week": notADate, "11-Jun": noYear, "March 10th": noYear, "3月5日": noYear, "11-Foo": notADate, "2025": notADate, "12": notADate, "2025-06-30 and later": notADate, "Q3": notADate, "": notADate,
	} {
		if got, fault := parseDate(cell, dateStyle{order: monthFirst}); fault != want {
			t.Errorf("%q: got %v, %q, want %q", cell, got, fault, want)
		}
	}
}

// Each form stands in a file of somebody's.
func TestDateForms(t *testing.T) {
	for cell, want := range map[string]string{
		"18-Dec-08": "2008-12-18", "1-Sept-2008": "2008-09-01", "March 10th 2011": "2011-03-10", "2012-06": "2012-06-01", "1/6/2026 18:38": "2026-01-06",
		"2026年3月31日": "2026-03-31", "2026年3月31日 星期二": "2026-03-31", "1774915200000": "2026-03-31", "1774915200": "2026-03-31", "Jun-11": "2011-06-01", "Jun '11": "2011-06-01",
		"民国115年3月31日": "2026-03-31", "2026-Q2": "2026-04-01", "FY26 H2": "2026-07-01", "2026/3/31": "2026-03-31", "31.03.2026": "2026-03-31", "03/31/26": "2026-03-31",
		"2026-03-31T18:38:00+08:00": "2026-03-31", "Tuesday, March 31, 2026": "2026-03-31", "20260331": "2026-03-31", "２０２６－０３－３１": "2026-03-31",
	} {
		style := dateStyle{order: monthFirst}
		if strings.HasPrefix(cell, "31.") {
			style.order = dayFirst
		}
		if got, fault := parseDate(cell, style); fault != "" || got.Format(time.DateOnly) != want {
			t.Errorf("%q: got %v, %s, want %s", cell, got, fault, want)
		}
	}
	for cell, want := range map[string]string{"2026-Q2": "2026-06-30", "FY26 H2": "2026-12-31", "2012-06": "2012-06-30", "Feb-24": "2024-02-29"} {
		if got, fault := parseDate(cell, dateStyle{lastDay: true}); fault != "" || got.Format(time.DateOnly) != want {
			t.Errorf("%q as an end: got %v, %s, want %s", cell, got, fault, want)
		}
	}
}

// Without an order, a date is read where it can be read one way alone, and never guessed.
func TestDatesWithoutAnOrder(t *testing.T) {
	for cell, want := range map[string]string{"13/04/2026": "2026-04-13", "04/13/2026": "2026-04-13", "05/05/2026": "2026-05-05", "03/04/2026": "date_order_unknown", "3.4.26": "date_order_unknown"} {
		day, fault := parseDate(cell, dateStyle{})
		if got := first([]string{string(fault), day.Format(time.DateOnly)}); got != want {
			t.Errorf("%q: got %s, want %s", cell, got, want)
		}
	}
}

func TestTwoDigitYears(t *testing.T) {
	for _, c := range []struct {
		cell string
		born bool
		want string
	}{{"18-Dec-08", false, "2008-12-18"}, {"07/10/83", false, "1983-07-10"}, {"05/12/65", true, "1965-05-12"}, {"05/12/20", true, "2020-05-12"}} {
		got, fault := parseDate(c.cell, dateStyle{order: monthFirst, born: c.born})
		if fault != "" || got.Format(time.DateOnly) != c.want {
			t.Errorf("%q: got %v, %s, want %s", c.cell, got, fault, c.want)
		}
	}
}

func TestCycleLabels(t *testing.T) {
	for cell, want := range map[string]string{
		"2025": "2025", "2025年": "2025", "FY26": "2026", "2025H1": "2025H1", "H1 2025": "2025H1", "2025-H2": "2025H2", "2025年上半年": "2025H1", "2025下半年": "2025H2",
		"2025 Q1": "2025Q1", "Q4/2025": "2025Q4", "2025年第三季度": "2025Q3", "2025年1季度": "2025Q1", "FY26 H1": "2026H1", "2025-07": "2025-07", "2025/7": "2025-07",
		"2025年7月": "2025-07", "Jul 2025": "2025-07", "２０２５Ｑ２": "2025Q2", "Launch  sprint": "Launch sprint", "26": "26", "2025-13": "2025-13",
		"2026/27": "2026/27", "2026/2027": "2026/27", "FY2026-27": "2026/27", "2026/29": "2026/29",
	} {
		if got := canonicalCycle(cell); got != want {
			t.Errorf("%q: got %q, want %q", cell, got, want)
		}
		if again := canonicalCycle(canonicalCycle(cell)); again != want {
			t.Errorf("%q: a second reading gives %q", cell, again)
		}
	}
}

func TestSpansOfDays(t *testing.T) {
	for text, want := range map[string]string{
		"(Oct-2006 to Sept-2007)": "2006-10-01 2007-09-30 ", "2026.01-2026.06": "2026-01-01 2026-06-30 2026H1", "2026年1月-6月": "2026-01-01 2026-06-30 2026H1",
		"2026-01-01 ~ 2026-12-31": "2026-01-01 2026-12-31 2026", "2026年4月1日至2026年6月30日": "2026-04-01 2026-06-30 2026Q2", "Jan 2026 - Dec 2026": "2026-01-01 2026-12-31 2026",
	} {
		starts, ends, ok := daysOfSpan(text)
		if got := starts.Format(time.DateOnly) + " " + ends.Format(time.DateOnly) + " " + labelOfSpan(starts, ends); !ok || got != want {
			t.Errorf("%q: got %q, %v, want %q", text, got, ok, want)
		}
	}
	for _, text := range []string{"Launch to market", "2026H1", "2025-26", "Sept-2007 to Oct-2006"} {
		if starts, ends, ok := daysOfSpan(text); ok {
			t.Errorf("%q was read as %v to %v", text, starts, ends)
		}
	}
}

func TestMappingErrorsNameTheLine(t *testing.T) {
	for text, want := range map[string]string{
		"kind: goals\n":                        "1 mapping_unknown_kind",
		"kind: goal\ncolumns:\n  tittle: x\n":  "3 mapping_unknown_field",
		"kind: goal\ndate_order: YDM\n":        "2 mapping_date_order",
		"encoding: klingon\n":                  "1 mapping_encoding",
		"encoding: big5\ndelimiter: '::'\n":    "2 mapping_delimiter",
		"kind: goal\npercent:\n  weight: 10\n": "3 mapping_percent",
		"kind: goal\nheadrow: 3\n":             "2 mapping_unknown_part",
		"kind: [goal\n":                        "1 mapping_unreadable",
		"kind: goal\nskip_hidden: maybe\n":     "2 mapping_not_yes_no",
		"header_row: two\n":                    "1 mapping_not_a_whole_number",
		"kind: goal\nignore: Notes\n":          "2 mapping_not_a_list",
		"columns: title\n":                     "1 mapping_not_pairs",
		"columns: {title: [a, b]}\n":           "1 mapping_not_a_text",
		"goal\n":                               "1 mapping_not_pairs",
		"kind: goal\ncolumn_range: A-D\n":      "2 mapping_no_range",
		"kind: goal\ncolumn_range: D:A\n":      "2 mapping_no_range",
	} {
		_, err := ReadMapping([]byte(text))
		e, ok := err.(*MappingError)
		if !ok {
			t.Errorf("%q: got %v", text, err)
			continue
		}
		if got := fmt.Sprintf("%d %s", e.Line, e.Key); got != want {
			t.Errorf("%q: got %s, want %s", text, got, want)
		}
		if words := problemWords(t, "en")["problem."+e.Key]; words == "" {
			t.Errorf("no words for problem.%s", e.Key)
		} else {
			for _, name := range placeholders(words) {
				if e.Args[name] == nil {
					t.Errorf("%s: no argument %s", e.Key, name)
				}
			}
		}
	}
	if m, err := ReadMapping([]byte("kind: goal\nheader_row: 2\ncolumns: {title: what}\n")); err != nil || m.HeaderRow != 2 || m.Columns["title"] != "what" {
		t.Errorf("a good mapping: got %+v, %v", m, err)
	}
}

// A mapping with several faults tells them all, each with the line on which it stands, not where the word first occurs.
func TestAMappingTellsAllItsFaults(t *testing.T) {
	_, err := ReadMapping([]byte(`sheets:
- sheet: A
  kind: goals
  columns: {tittle: x}
- sheet: B
  kind: goal
  headrow: 3
  columns:
    title: tittle
    tittle: y
  percent: {weight: 10}
  skip_hidden: maybe
- kind: goal
- sheet: C
  date_order: YDM
  words:
    goal_status: {lost: [weg]}
    mood: {}
`))
	e, ok := err.(*MappingError)
	if !ok {
		t.Fatalf("got %v", err)
	}
	var got []string
	for _, fault := range e.All() {
		got = append(got, fmt.Sprintf("%d %s %s", fault.Line, fault.Key, fault.subject()))
	}
	want := []string{
		"3 mapping_unknown_kind goals", "4 mapping_unknown_field tittle", "7 mapping_unknown_part headrow", "10 mapping_unknown_field tittle",
		"11 mapping_percent weight", "12 mapping_not_yes_no cannot unmarshal !!str `maybe` into bool", "13 mapping_sheets sheets",
		"15 mapping_date_order YDM", "17 mapping_unknown_word lost", "18 mapping_unknown_table mood",
	}
	if !slices.Equal(got, want) {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}
