package ingest

import (
	"regexp"
	"strconv"
	"strings"
	"time"
)

// Orders of a date written with numbers alone.
const (
	monthFirst     = "MDY"
	dayFirst       = "DMY"
	shortYearFirst = "YMD" // the year first, of two digits: 25.4.1
)

// dateStyle says how a column writes its dates.
type dateStyle struct {
	order    string // monthFirst, dayFirst or shortYearFirst; "" where nothing tells: what can be read both ways is not read
	date1904 bool   // day 0 of serial numbers is 1904-01-01
	lastDay  bool   // a month means its last day, not its first
	born     bool   // two-digit years are of the past
}

// dateFault says why a cell is no date: "" is none.
type dateFault string

const (
	notADate       dateFault = "not_a_date"
	noSuchDay      dateFault = "no_such_day"
	yearOutOfRange dateFault = "year_out_of_range"
	eitherOrder    dateFault = "date_order_unknown"
	noYear         dateFault = "date_without_year"
)

var (
	yearFirst   = regexp.MustCompile(`^(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*[日号]?(?:[t ,]|$)`)
	yearMonth   = regexp.MustCompile(`^(\d{4})\s*[-/.年]\s*(\d{1,2})\s*(?:月[底末]?)?$`)
	numbersOnly = regexp.MustCompile(`^(\d{1,2})\s*([-/.])\s*(\d{1,2})\s*[-/.]\s*(\d{4}|\d{2})(?:[t ,]|$)`)
	shortFirst  = regexp.MustCompile(`^(\d{2})\s*[-/.]\s*(\d{1,2})\s*[-/.]\s*(\d{1,2})(?:[t ,]|$)`)
	dayMonth    = regexp.MustCompile(`^(\d{1,2})(?:st|nd|rd|th)?[ \-/.]*([a-z]{3,9})\.?[ \-/.,]*(\d{4}|\d{2})(?:[t ,]|$)`)
	monthDay    = regexp.MustCompile(`^([a-z]{3,9})\.?[ \-/.]*(\d{1,2})(?:st|nd|rd|th)?[ \-/.,]+(\d{4})(?:[t ,]|$)`)
	monthYear   = regexp.MustCompile(`^([a-z]{3,9})(?:\.?[ \-/.,]*(\d{4})|(?:[\-/]| ?['’])(\d{2}))$`)
	withoutYear = regexp.MustCompile(`^(?:\d{1,2}(?:st|nd|rd|th)?[ \-/.]*([a-z]{3,9})|([a-z]{3,9})\.? \d{1,2}(?:st|nd|rd|th)?|\d{1,2}\s*月\s*\d{1,2}\s*[日号])$`)
	minguo      = regexp.MustCompile(`^民[国國]\s*(\d{2,3})\s*([年\-/.])`)
	minguoShort = regexp.MustCompile(`^(1[0-3]\d)([-/.]\d{1,2}[-/.]\d{1,2})$`)
	japanese    = regexp.MustCompile(`^(令和|平成|昭和|[rhs])\s*(\d{1,2}|元)\s*([年\-/.])`)
	serialDate  = regexp.MustCompile(`^\d{1,6}(\.\d+)?$`)
	eightDigits = regexp.MustCompile(`^(\d{4})(\d{2})(\d{2})$`)
	epoch       = regexp.MustCompile(`^(?:[1-9]\d{9}|\d{12,13})$`)
	timeOfDay   = regexp.MustCompile(`^\s*(\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?\s*(am|pm|上午|下午)?\s*(z|[+-]\d{2}:?\d{2}|utc|gmt)?)?$`)
	weekday     = regexp.MustCompile(`^(?:mon|tue|tues|wed|wednes|thu|thur|thurs|fri|sat|satur|sun)(?:day)?,?\s+|\s*[（(]?(?:星期|周)[一二三四五六日天][)）]?`)
)

// parseDate reads a cell of a date column.
func parseDate(cell string, style dateStyle) (time.Time, dateFault) {
	if len(cell) == len(time.DateOnly) && cell[4] == '-' {
		if day, err := time.Parse(time.DateOnly, cell); err == nil && !isBuddhist(day.Year()) {
			return inRange(day)
		}
	}
	if len(cell) > longestValue {
		return time.Time{}, notADate
	}
	s := strings.TrimSpace(weekday.ReplaceAllString(foldText(cell), ""))
	s = inCommonEra(s)
	for _, read := range []func(string, dateStyle) (time.Time, dateFault){
		readYearFirst, readNumbersOnly, readNamedMonth, readMonthOnly, readPeriod, readSerial,
	} {
		if day, fault := read(s, style); fault != notADate {
			return day, fault
		}
	}
	if m := withoutYear.FindStringSubmatch(s); m != nil && (m[1]+m[2] == "" || monthNumber(m[1]+m[2]) != "") {
		return time.Time{}, noYear
	}
	return time.Time{}, notADate
}

// inCommonEra gives a year of the Republic of China (民国109年, 107/05/01) or of a Japanese era (令和2年, R2.4.1) its number.
func inCommonEra(s string) string {
	if m := minguo.FindStringSubmatch(s); m != nil {
		return strconv.Itoa(1911+atoi(m[1])) + m[2] + s[len(m[0]):]
	}
	if m := minguoShort.FindStringSubmatch(s); m != nil {
		return strconv.Itoa(1911+atoi(m[1])) + m[2]
	}
	if m := japanese.FindStringSubmatch(s); m != nil {
		eras := map[string]int{"令和": 2018, "r": 2018, "平成": 1988, "h": 1988, "昭和": 1925, "s": 1925}
		return strconv.Itoa(eras[m[1]]+max(1, atoi(m[2]))) + m[3] + s[len(m[0]):]
	}
	return s
}

// atoi is the number that digits write.
func atoi(digits string) int {
	n, _ := strconv.Atoi(digits) // a regular expression saw the digits
	return n
}

// timeFollows says whether what stands behind a date is a time of day or nothing.
func timeFollows(s, date string) bool {
	return timeOfDay.MatchString(strings.TrimLeft(s[len(date):], "t ,"))
}

func readYearFirst(s string, _ dateStyle) (time.Time, dateFault) {
	if m := eightDigits.FindStringSubmatch(s); m != nil && m[1] >= "1900" && m[1] <= "2200" {
		return dayOf(m[1], m[2], m[3])
	}
	m := yearFirst.FindStringSubmatch(s)
	if m == nil || !timeFollows(s, m[0]) {
		return time.Time{}, notADate
	}
	return dayOf(m[1], m[2], m[3])
}

func readNumbersOnly(s string, style dateStyle) (time.Time, dateFault) {
	if style.order == shortYearFirst {
		if m := shortFirst.FindStringSubmatch(s); m != nil && timeFollows(s, m[0]) {
			return dayOf(fullYear(m[1], style), m[2], m[3])
		}
	}
	m := numbersOnly.FindStringSubmatch(s)
	if m == nil || !timeFollows(s, m[0]) {
		return time.Time{}, notADate
	}
	year := fullYear(m[4], style)
	byMonth, fault := dayOf(year, m[1], m[3])
	byDay, dayFault := dayOf(year, m[3], m[1])
	switch {
	case style.order == dayFirst:
		return byDay, dayFault
	case style.order == monthFirst || dayFault == noSuchDay:
		return byMonth, fault
	case fault == noSuchDay || byDay.Equal(byMonth):
		return byDay, dayFault
	}
	return time.Time{}, eitherOrder
}

func readNamedMonth(s string, style dateStyle) (time.Time, dateFault) {
	if m := dayMonth.FindStringSubmatch(s); m != nil && timeFollows(s, m[0]) && monthNumber(m[2]) != "" {
		return dayOf(fullYear(m[3], style), monthNumber(m[2]), m[1])
	}
	if m := monthDay.FindStringSubmatch(s); m != nil && timeFollows(s, m[0]) && monthNumber(m[1]) != "" {
		return dayOf(m[3], monthNumber(m[1]), m[2])
	}
	return time.Time{}, notADate
}

// readMonthOnly takes a month for its first or last day; 2025年9月底 is the last in any column.
func readMonthOnly(s string, style dateStyle) (time.Time, dateFault) {
	year, month := "", ""
	if m := yearMonth.FindStringSubmatch(s); m != nil && isMonth(m[2]) {
		year, month = m[1], m[2]
	} else if m := monthYear.FindStringSubmatch(s); m != nil {
		year, month = fullYear(m[2]+m[3], style), monthNumber(m[1])
	}
	if month == "" {
		return time.Time{}, notADate
	}
	first, fault := dayOf(year, month, "1")
	if fault == "" && (style.lastDay || strings.HasSuffix(s, "底") || strings.HasSuffix(s, "末")) {
		first = first.AddDate(0, 1, -1)
	}
	return first, fault
}

// readPeriod takes a quarter or half year for its first or last day: 2026-Q1, FY26 H1.
func readPeriod(s string, style dateStyle) (time.Time, dateFault) {
	starts, ends, ok := periodDays(canonicalCycle(s))
	switch {
	case !ok || len(canonicalCycle(s)) != 6:
		return time.Time{}, notADate
	case style.lastDay:
		return inRange(ends)
	}
	return inRange(starts)
}

// readSerial reads spreadsheet serial numbers and seconds or milliseconds since 1970.
// Serials below 61 are refused: they are far more often a count than a day of 1900.
func readSerial(s string, style dateStyle) (time.Time, dateFault) {
	if epoch.MatchString(s) {
		ms, _ := strconv.ParseInt(s, 10, 64)
		if len(s) == 10 {
			ms *= 1000
		}
		return inRange(time.UnixMilli(ms).UTC().Truncate(24 * time.Hour))
	}
	if !serialDate.MatchString(s) {
		return time.Time{}, notADate
	}
	serial, err := strconv.ParseFloat(s, 64)
	if err != nil || serial < 61 || (serial > 1900 && serial < 2200) {
		return time.Time{}, notADate
	}
	zero := time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC)
	if style.date1904 {
		zero = time.Date(1904, 1, 1, 0, 0, 0, 0, time.UTC)
	}
	return inRange(zero.AddDate(0, 0, int(serial)))
}

// dayOf makes a day of digits; 31 September is no such day.
func dayOf(year, month, day string) (time.Time, dateFault) {
	y, m, d := atoi(year), atoi(month), atoi(day)
	if isBuddhist(y) {
		y -= buddhistYears
	}
	date := time.Date(y, time.Month(m), d, 0, 0, 0, 0, time.UTC)
	if date.Day() != d || int(date.Month()) != m {
		return time.Time{}, noSuchDay
	}
	return inRange(date)
}

const buddhistYears = 543 // by which the Buddhist era is ahead

// isBuddhist says whether a year can only be one of the Buddhist era: those of people alive and their work.
func isBuddhist(year int) bool { return year >= 2443 && year < 2643 }

func inRange(day time.Time) (time.Time, dateFault) {
	if day.Year() < 1900 || day.Year() > 2200 {
		return time.Time{}, yearOutOfRange
	}
	return day, ""
}

// fullYear makes four digits of two: 00 to 68 are of this century, for births 00 to 24.
func fullYear(year string, style dateStyle) string {
	if len(year) == 4 {
		return year
	}
	pivot := "69"
	if style.born {
		pivot = "25"
	}
	if year < pivot {
		return "20" + year
	}
	return "19" + year
}

// monthNumber is "1" to "12" for jan, january, sept …, and "" for no month.
func monthNumber(name string) string {
	if name == "sept" {
		return "9"
	}
	for month := time.January; month <= time.December; month++ {
		full := strings.ToLower(month.String())
		if name == full || name == full[:3] {
			return strconv.Itoa(int(month))
		}
	}
	return ""
}
