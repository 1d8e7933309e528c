package ingest

import (
	"regexp"
	"slices"
	"strings"
	"time"
)

const monthNames = `(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)`

var (
	// canonicalPeriod is a period with its year as canonicalCycle writes it.
	canonicalPeriod = regexp.MustCompile(`^(?:19[5-9]|20\d)\d(?:Q[1-4]|H[12]|-\d{2})?$`)
	// plannedYear is a year of a plan, counted from its first: y1_2026_27.
	plannedYear = regexp.MustCompile(`^y(?:ear)?[\s_]*\d{1,2}[\s_:]+((?:19|20)\d{2})(?:[\s_/-]+(\d{2}|\d{4}))?$`)
	splitYear   = regexp.MustCompile(`^(?:(?:fy\s?)((?:19|20)\d{2})[/_-]|((?:19|20)\d{2})/)(?:20)?(\d{2})$`)

	monthOfYear = regexp.MustCompile(`^(` + monthNames + `)\.?[\s'-]+(\d{2})$`) // Jan-25, as Excel shows a month

	periodText = `(?:y(?:ear)?[\s_]*\d{1,2}[\s_:]+(?:19|20)\d{2}(?:[\s_/-]+\d{2}(?:\d{2})?)?\b` +
		`|(?:19|20)\d{2}[\s_/-]*(?:q[1-4]|h[12])\b|(?:q[1-4]|h[12])[\s_/'-]*(?:fy\s?)?(?:(?:19|20)\d{2}|\d{2})\b` +
		`|(?:19|20)\d{2}\s*年?度?\s*(?:第?[一二三四1-4]季度?|[上下]半年)` +
		`|(?:19|20)\d{2}\s*年\s*\d{1,2}\s*月份?|(?:19|20)\d{2}[-/._](?:0[1-9]|1[0-2])\b` +
		`|` + monthNames + `\b\.?[\s/'_-]*(?:(?:19|20)\d{2}|'?\d{2})\b|` + monthNames + `\b\.?` +
		`|第?[一二三四1-4]季度|[上下]半年|\d{1,2}月份?|(?:q[1-4]|h[12])\b` +
		`|(?:fy|cy)\s?(?:(?:19|20)\d{2}(?:/\d{2})?|\d{2})\b|(?:19|20)\d{2}(?:/\d{2})?\s*(?:年度|年|财年)?)`
	leadingPeriod  = regexp.MustCompile(`^(` + periodText + `)(.+)$`)
	trailingPeriod = regexp.MustCompile(`^(.*[^a-z0-9])(` + periodText + `)\W*$`)
	hanPeriod      = regexp.MustCompile(`^(.*\p{Han})(` + periodText + `)\W*$`)
)

// periodOf is the period that a label names and nothing else: 2025, 2025H1, 2025Q1, 2025-01, 2025-01-06 or 2026/27, or
// without a year H1, Q1 or 01; else "".
func periodOf(label string) string {
	s := foldText(label)
	if len(s) > 40 || !mayNamePeriod(s) {
		return ""
	}
	if m := plannedYear.FindStringSubmatch(s); m != nil {
		return spanOf(m[1], m[2])
	}
	if m := splitYear.FindStringSubmatch(s); m != nil && (m[1] != "" || !isMonth(m[3])) {
		return spanOf(m[1]+m[2], m[3])
	}
	if whole := canonicalCycle(label); canonicalPeriod.MatchString(whole) {
		return whole
	}
	if m := quarterAlone.FindStringSubmatch(s); m != nil {
		return "Q" + digits.Replace(first(m[1:]))
	}
	if m := halfAlone.FindStringSubmatch(s); m != nil && len([]rune(s)) > 1 {
		return "H" + digits.Replace(first(m[1:]))
	}
	if m := monthOfYear.FindStringSubmatch(s); m != nil {
		return "20" + m[2] + "-" + twoDigits(monthNumber(m[1]))
	}
	if day, fault := parseDate(label, dateStyle{order: monthFirst}); fault == "" && day.Year() > 1980 && day.Year() < 2100 {
		return day.Format(time.DateOnly)
	}
	if m := monthAlone.FindStringSubmatch(s); m != nil && isMonth(m[1]) && strings.Contains(s, "月") {
		return twoDigits(strings.TrimLeft(m[1], "0"))
	}
	if n := monthNumber(strings.TrimRight(s, ".")); n != "" {
		return twoDigits(n)
	}
	return ""
}

// spanOf is one year, or the two that a financial year touches.
func spanOf(from, to string) string {
	if to == "" {
		return from
	}
	return from + "/" + to[len(to)-2:]
}

// splitPeriod cuts a period from the start or the end of a label: Q1 Target, 目标值(2025年), 1月实际.
func splitPeriod(label string) (period, rest string) {
	folded := foldText(label)
	for _, whole := range wholeYears {
		if rest, found := strings.CutPrefix(folded, whole); found && strings.Trim(rest, " -_:") != "" {
			return wholeYear, strings.Trim(rest, " -_:")
		}
	}
	if !mayNamePeriod(folded) {
		return "", label
	}
	s := bracketsToBlanks.Replace(folded)
	s = strings.Join(strings.Fields(s), " ")
	for _, try := range []struct {
		form     *regexp.Regexp
		at, left int
	}{{leadingPeriod, 1, 2}, {trailingPeriod, 2, 1}, {hanPeriod, 2, 1}} {
		m := try.form.FindStringSubmatch(s)
		if m == nil {
			continue
		}
		if p := periodOf(m[try.at]); p != "" {
			return p, strings.Trim(m[try.left], " -_/.:,'|·的")
		}
	}
	return "", label
}

var bracketsToBlanks = strings.NewReplacer("_", " ", "(", " ", ")", " ", "[", " ", "]", " ")

// periodWords are of those that name a period without a digit: one stands in each such text.
var periodWords = []string{"jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec", "季", "半年"}

// mayNamePeriod leaves out most folded labels, which name no period.
func mayNamePeriod(folded string) bool {
	return hasDigit(folded) || slices.ContainsFunc(periodWords, func(word string) bool { return strings.Contains(folded, word) })
}

// wholeYear is the period of a column that states something of the whole year beside its parts: 年度得分.
const wholeYear = "Y"

var wholeYears = []string{"年度", "全年", "annual ", "full year ", "full-year ", "year-end "}

// isPlanned says whether a label counts the years of a plan.
func isPlanned(label string) bool {
	return plannedYear.MatchString(foldText(label)) || splitYear.MatchString(foldText(label))
}

// joinPeriods completes a part of a year with a year: 2025 and Q1. Two that do not fit make none.
func joinPeriods(a, b string) string {
	if a == "" || a == b {
		return b
	}
	if hasYear(b) {
		a, b = b, a
	}
	if !isYear(a) || hasYear(b) {
		return ""
	}
	return inYear(a, b)
}

// inYear is Q1, H1 or 01 in a year.
func inYear(year, part string) string {
	if part == wholeYear {
		return year
	}
	if strings.HasPrefix(part, "Q") || strings.HasPrefix(part, "H") {
		return year + part
	}
	return year + "-" + part
}

func hasYear(period string) bool { return len(period) > 2 }

func isYear(period string) bool { return len(period) == 4 }

// lastDayOf is the last day of a canonical period, or a day itself; ok is false for other labels.
func lastDayOf(label string) (day time.Time, ok bool) {
	if day, err := time.Parse(time.DateOnly, label); err == nil {
		return day, true
	}
	_, day, ok = periodDays(label)
	return day, ok
}
