package ingest

import (
	"regexp"
	"strings"
	"time"
)

const (
	yearText    = `(?:fy|cy)?\s*(\d{4}|\d{2})(?:\s*(?:年度|年|财年))?`
	quarterText = `(?:q\s*([1-4])|([1-4])\s*q|第?\s*([一二三四1-4])\s*季度?|quarter\s*([1-4]))`
	halfText    = `(?:h\s*([12])|([12])\s*h|(上|下)半年|第?\s*([一二12])\s*半年|half\s*([12])|([12])(?:st|nd)\s+half)`
	sharedText  = `(?:fy[\s_]?(\d{4}|\d{2})|((?:19|20)\d{2}))\s*[/_\-–]\s*(?:20)?(\d{2})(?:\s*(?:财年|年度|学年))?`
	gapText     = `[\s\-_/.,]*`
)

var (
	cycleYear      = regexp.MustCompile(`^` + yearText + `$`)
	cycleQuarter   = regexp.MustCompile(`^` + yearText + gapText + quarterText + `$`)
	quarterCycle   = regexp.MustCompile(`^` + quarterText + gapText + yearText + `$`)
	cycleHalf      = regexp.MustCompile(`^` + yearText + gapText + halfText + `$`)
	halfCycle      = regexp.MustCompile(`^` + halfText + gapText + yearText + `$`)
	cycleMonth     = regexp.MustCompile(`^(\d{4})\s*[-/.年]\s*(\d{1,2})\s*月?份?$`)
	cycleMonthName = regexp.MustCompile(`^([a-z]{3,9})\.?[\s\-/,]*(\d{4})$`)
	sharedYear     = regexp.MustCompile(`^` + sharedText + `$`)
	sharedPart     = regexp.MustCompile(`^` + sharedText + `[\s\-_,]*(?:` + quarterText + `|` + halfText + `)$`)
	partShared     = regexp.MustCompile(`^(?:` + quarterText + `|` + halfText + `)[\s\-_,]*` + sharedText + `$`)
	quarterAlone   = regexp.MustCompile(`^` + quarterText + `$`)
	halfAlone      = regexp.MustCompile(`^(?:` + halfText + `|([12])|(上|下))$`)
	monthAlone     = regexp.MustCompile(`^(\d{1,2})\s*月?份?$`)
)

// digits are the ways a quarter, half or month is counted.
var digits = strings.NewReplacer("一", "1", "二", "2", "三", "3", "四", "4", "上", "1", "下", "2")

// canonicalCycle makes 2025, 2025/26, 2025H1, 2025/26H1, 2025Q3 or 2025-07 of every way to write them. Other text stays as written.
func canonicalCycle(cell string) string {
	s := foldText(cell)
	if label := sharedCycle(s); label != "" {
		return label
	}
	switch m := []string(nil); {
	case match(&m, cycleQuarter, s):
		return century(m[1]) + "Q" + digits.Replace(first(m[2:]))
	case match(&m, quarterCycle, s):
		return century(m[len(m)-1]) + "Q" + digits.Replace(first(m[1:len(m)-1]))
	case match(&m, cycleHalf, s):
		return century(m[1]) + "H" + digits.Replace(first(m[2:]))
	case match(&m, halfCycle, s):
		return century(m[len(m)-1]) + "H" + digits.Replace(first(m[1:len(m)-1]))
	case match(&m, cycleMonth, s) && isMonth(m[2]):
		return m[1] + "-" + twoDigits(m[2])
	case match(&m, cycleMonthName, s) && monthNumber(m[1]) != "":
		return m[2] + "-" + twoDigits(monthNumber(m[1]))
	case match(&m, cycleYear, s) && (len(m[1]) == 4 || strings.HasPrefix(s, "fy")):
		return century(m[1])
	}
	return strings.Join(strings.Fields(plain(cell)), " ")
}

// sharedCycle is the label of a year that two calendar years share, or of a part of it: 2025/26, 2025/26Q1; "" for other text.
func sharedCycle(s string) string {
	m := sharedYear.FindStringSubmatch(s)
	var part []string                                                                 // a quarter four ways, a half six ways
	if month := cycleMonth.FindStringSubmatch(s); month != nil && isMonth(month[2]) { // 2011-12
		return ""
	} else if m != nil {
		m = m[1:]
	} else if m = sharedPart.FindStringSubmatch(s); m != nil {
		m, part = m[1:4], m[4:]
	} else if m = partShared.FindStringSubmatch(s); m != nil {
		m, part = m[len(m)-3:], m[1:len(m)-3]
	}
	if m == nil || !followsYear(century(first(m[:2])), m[2]) {
		return ""
	}
	label := century(first(m[:2])) + "/" + m[2]
	if part == nil {
		return label
	}
	if quarter := first(part[:4]); quarter != "" {
		return label + "Q" + digits.Replace(quarter)
	}
	return label + "H" + digits.Replace(first(part[4:]))
}

func match(into *[]string, form *regexp.Regexp, s string) bool {
	*into = form.FindStringSubmatch(s)
	return *into != nil
}

// first is the first text that is not empty.
func first(texts []string) string {
	for _, t := range texts {
		if t != "" {
			return t
		}
	}
	return ""
}

func century(year string) string {
	if len(year) == 2 {
		return "20" + year
	}
	return year
}

func twoDigits(s string) string {
	if len(s) == 1 {
		return "0" + s
	}
	return s
}

func isMonth(s string) bool {
	n := strings.TrimLeft(s, "0")
	return len(n) == 1 || n == "10" || n == "11" || n == "12"
}

// joinCycle makes one label of a year and a quarter, half or month that stand in columns of their own.
// ok is false where one of them cannot be read.
func joinCycle(year, half, quarter, month string) (label string, ok bool) {
	y := canonicalCycle(year)
	if len(y) != 4 {
		return "", false
	}
	switch m := []string(nil); {
	case quarter != "":
		q := foldText(quarter)
		if len(q) == 1 && q >= "1" && q <= "4" {
			return y + "Q" + q, true
		}
		if match(&m, quarterAlone, q) {
			return y + "Q" + digits.Replace(first(m[1:])), true
		}
		full := canonicalCycle(quarter)
		return full, strings.Contains(full, "Q") && strings.HasPrefix(full, y)
	case half != "":
		if match(&m, halfAlone, foldText(half)) {
			return y + "H" + digits.Replace(first(m[1:])), true
		}
		return "", false
	case month != "":
		return joinMonth(y, month)
	}
	return y, true
}

func joinMonth(year, month string) (string, bool) {
	s := foldText(month)
	if m := monthAlone.FindStringSubmatch(s); m != nil && isMonth(m[1]) {
		return year + "-" + twoDigits(m[1]), true
	}
	if n := monthNumber(strings.TrimRight(s, ".")); n != "" {
		return year + "-" + twoDigits(n), true
	}
	full := canonicalCycle(month)
	return full, len(full) == 7 && strings.HasPrefix(full, year+"-")
}

// followsYear says whether two digits are those of the next year.
func followsYear(year, next string) bool { return atoi(next) == (atoi(year)+1)%100 }

// periodDays are the first and last day of a canonical year, half, quarter or month; ok is false for other labels. A year
// that two calendar years share begins in July.
func periodDays(label string) (starts, ends time.Time, ok bool) {
	if month, err := time.Parse("2006-01", label); err == nil {
		return month, month.AddDate(0, 1, -1), true
	}
	year, part, begins := label, "", "-01"
	if len(label) >= 7 && label[4] == '/' {
		year, part, begins = label[:4], label[7:], "-07"
	} else if len(label) > 4 {
		year, part = label[:4], label[4:]
	}
	starts, err := time.Parse("2006-01", year+begins)
	months := 12
	if len(part) == 2 {
		months = map[byte]int{'Q': 3, 'H': 6}[part[0]]
		starts = starts.AddDate(0, months*int(part[1]-'1'), 0)
	} else if part != "" {
		months = 0
	}
	return starts, starts.AddDate(0, months, -1), err == nil && months > 0
}
