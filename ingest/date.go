package ingest

import (
	"regexp"
	"strconv"
	"strings"
	"time"
)

// Orders of a date written with numbers alone.
const (
	monthFirst = "MDY"
	dayFirst   = "DMY"
)

// dateStyle says how a column writes its dates.
type dateStyle struct {
	order    string // monthFirst or dayFirst
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
)

var (
	yearFirst   = regexp.MustCompile(`^(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*[日号]?(?:[t ,]|$)`)
	yearMonth   = regexp.MustCompile(`^(\d{4})\s*[-/.年]\s*(\d{1,2})\s*月?$`)
	numbersOnly = regexp.MustCompile(`^(\d{1,2})\s*([-/.])\s*(\d{1,2})\s*[-/.]\s*(\d{4}|\d{2})(?:[t ,]|$)`)
	dayMonth    = regexp.MustCompile(`^(\d{1,2})(?:st|nd|rd|th)?[ \-/.]*([a-z]{3,9})\.?[ \-/.,]*(\d{4}|\d{2})(?:[t ,]|$)`)
	monthDay    = regexp.MustCompile(`^([a-z]{3,9})\.?[ \-/.]*(\d{1,2})(?:st|nd|rd|th)?[ \-/.,]+(\d{4})(?:[t ,]|$)`)
	monthYear   = regexp.MustCompile(`^([a-z]{3,9})\.?[ \-/.,]*(\d{4})$`)
	serialDate  = regexp.MustCompile(`^\d{1,6}(\.\d+)?$`)
	eightDigits = regexp.MustCompile(`^(\d{4})(\d{2})(\d{2})$`)
	millis      = regexp.MustCompile(`^\d{12,13}$`)
	timeOfDay   = regexp.MustCompile(`^\s*(\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?\s*(am|pm|上午|下午)?\s*(z|[+-]\d{2}:?\d{2}|utc|gmt)?)?$`)
	weekday     = regexp.MustCompile(`^(?:mon|tue|tues|wed|wednes|thu|thur|thurs|fri|sat|satur|sun)(?:day)?,?\s+|\s*[（(]?(?:星期|周)[一二三四五六日天][)）]?`)
)

// parseDate reads a cell of a date column.
func parseDate(cell string, style dateStyle) (time.Time, dateFault) {
	if len(cell) == len(time.DateOnly) && cell[4] == '-' {
		if day, err := time.Parse(time.DateOnly, cell); err == nil {
			return inRange(day)
		}
	}
	s := strings.TrimSpace(weekday.ReplaceAllString(foldText(cell), ""))
	for _, read := range []func(string, dateStyle) (time.Time, dateFault){
		readYearFirst, readNumbersOnly, readNamedMonth, readMonthOnly, readSerial,
	} {
		if day, fault := read(s, style); fault != notADate {
			return day, fault
		}
	}
	return time.Time{}, notADate
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
	m := numbersOnly.FindStringSubmatch(s)
	if m == nil || !timeFollows(s, m[0]) {
		return time.Time{}, notADate
	}
	year := fullYear(m[4], style)
	if style.order == dayFirst {
		return dayOf(year, m[3], m[1])
	}
	return dayOf(year, m[1], m[3])
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

// readMonthOnly takes a month for its first or last day.
func readMonthOnly(s string, style dateStyle) (time.Time, dateFault) {
	year, month := "", ""
	if m := yearMonth.FindStringSubmatch(s); m != nil && isMonth(m[2]) {
		year, month = m[1], m[2]
	} else if m := monthYear.FindStringSubmatch(s); m != nil {
		year, month = m[2], monthNumber(m[1])
	}
	if month == "" {
		return time.Time{}, notADate
	}
	first, fault := dayOf(year, month, "1")
	if fault == "" && style.lastDay {
		first = first.AddDate(0, 1, -1)
	}
	return first, fault
}

// readSerial reads spreadsheet serial numbers and milliseconds since 1970.
// Serials below 61 are refused: they are far more often a count than a day of 1900.
func readSerial(s string, style dateStyle) (time.Time, dateFault) {
	if millis.MatchString(s) {
		ms, _ := strconv.ParseInt(s, 10, 64)
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
	y, _ := strconv.Atoi(year)
	m, _ := strconv.Atoi(month)
	d, _ := strconv.Atoi(day)
	date := time.Date(y, time.Month(m), d, 0, 0, 0, 0, time.UTC)
	if date.Day() != d || int(date.Month()) != m {
		return time.Time{}, noSuchDay
	}
	return inRange(date)
}

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
