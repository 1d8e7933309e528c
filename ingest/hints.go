package ingest

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
)

var (
	dateInName  = regexp.MustCompile(`(\d{4})[-_.年](\d{1,2})[-_.月](\d{1,2})日?`)
	eightInName = regexp.MustCompile(`(?:^|\D)((?:19|20)\d{2}[01]\d[0-3]\d)(?:\D|$)`)
	spanBehind  = regexp.MustCompile(`^\s*[-~–—至到]+\s*(?:(\d{4})[-_.年])?(?:(\d{1,2})[-_.月])?(\d{1,2})(?:日|\D|$)`)
	dayNamed    = regexp.MustCompile(`\b(\d{1,2})(?:st|nd|rd|th)?\s+(` + monthNames + `)\.?,?\s+(\d{4})\b`)
	monthNamed  = regexp.MustCompile(`\b(` + monthNames + `)\.?\s+(\d{1,2})(?:\s*[-–]\s*(?:` + monthNames + `\.?\s+)?(\d{1,2}))?,?\s+(\d{4})\b`)
	cycleInName = regexp.MustCompile(`(?i)((?:19|20)\d{2}[\s_-]*[QH][1-4]|[QH][1-4][\s_-]*(?:19|20)\d{2}|(?:19|20)\d{2}年?度?[上下]半年|(?:19|20)\d{2}年?度?第?[一二三四1-4]季度?|(?:19|20)\d{2}年\d{1,2}月|(?:19|20)\d{2}[-_](?:0[1-9]|1[0-2])(?:\D|$)|` +
		monthNames + `[\s_.-]*(?:19|20)\d{2}|FY\s?\d{2,4}|(?:19|20)\d{2})`)
	monthsInName = regexp.MustCompile(`(\d{1,2})\s*月?\s*[-~–—至到]\s*(\d{1,2})\s*月`)
	spanInName   = regexp.MustCompile(`(?i)` + monthNames + `[\s.-]*(?:19|20)\d{2}\s*(?:to|-|–|—|至|~)\s*` + monthNames + `[\s.-]*(?:19|20)\d{2}`)
	partInName   = regexp.MustCompile(`(?i)(第?[一二三四1-4]季度|[上下]半年|(?:1[0-2]|0?[1-9])月|(?:^|[^a-z0-9])[QH][1-4](?:[^a-z0-9]|$))`)
	unitInName   = regexp.MustCompile(`([\p{Han}]{1,12}(?:部|中心|事业部|分公司|办公室|总经办))`)
	unitSheet    = regexp.MustCompile(`(?i)^([\p{Han}]{1,12}[组处室科]|.{2,40} (?:department|dept|team|division))$`)
)

// hintsOf is what the names of file and sheet, and the titles above a table, say about each of its rows: date, cycle, year,
// unit. The one that is nearest to the rows wins.
func (d *detector) hintsOf(above surroundings) map[string]string {
	hints := map[string]string{}
	for _, name := range []string{d.file.name, d.sheet.Member, d.sheet.Title} {
		if day := dayIn(name); day != "" {
			hints["date"] = day
		} else {
			hints["cycle"] = nearer(hints["cycle"], periodInName(name))
		}
		if unit := unitIn(name); unit != "" {
			hints["unit"] = unit
		}
	}
	if unit := unitSheet.FindString(strings.TrimSpace(d.sheet.Title)); unit != "" {
		hints["unit"] = unit
	}
	for _, title := range above.titles {
		day := dayIn(title)
		if day == "" && isReport(title) {
			day = namedDayIn(title)
		}
		if day == "" {
			hints["cycle"] = nearer(hints["cycle"], periodInName(title))
		} else if isReport(title) {
			hints["date"] = day
		}
		if unit := unitIn(title); unit != "" {
			hints["unit"] = unit
		}
	}
	if !hasYear(hints["cycle"]) {
		delete(hints, "cycle")
	}
	if canonicalPeriod.MatchString(hints["cycle"]) {
		hints["year"] = hints["cycle"][:4]
	}
	if day, ok := lastDayOf(hints["cycle"]); ok && !isYear(hints["cycle"]) {
		hints["read_on"] = day.Format(time.DateOnly)
	}
	if day := hints["date"]; day != "" {
		for _, name := range []string{"checked_on", "read_on", "held_on"} {
			hints[name] = day
		}
		delete(hints, "cycle")
	}
	return hints
}

// isReport says whether a title is that of check-ins, whose day is then theirs.
func isReport(title string) bool {
	return slices.ContainsFunc(dictionary().kind("check_in").Words, func(w string) bool { return strings.Contains(foldWord(title), foldWord(w)) })
}

// nearer is the period that a further and a nearer name give together: 2025 of the file and 03 of the sheet are 2025-03.
func nearer(far, near string) string {
	switch {
	case near == "" || isYear(near) && strings.HasPrefix(far, near):
		return far
	case far == "" || hasYear(near) && (hasYear(far) || !isYear(near)):
		return near
	case isYear(near):
		return inYear(near, far)
	case hasYear(far):
		return inYear(far[:4], near)
	}
	return near
}

// periodInName is the period in a name, "" for none; without a year it is Q1, H1 or 01.
func periodInName(name string) string {
	if span := spanInName.FindString(name); span != "" {
		return span
	}
	whole := ""
	if label := strings.TrimSpace(cycleInName.FindString(name)); label != "" {
		whole = canonicalCycle(strings.Trim(strings.ReplaceAll(label, "_", "-"), " -.)"))
	}
	part := ""
	if m := monthsInName.FindStringSubmatch(name); m != nil {
		part = monthSpan(m[1], m[2])
	} else if m := partInName.FindString(name); m != "" {
		part = periodOf(strings.Trim(m, " _-.()（）"))
	} else if p := periodOf(strings.TrimSpace(name)); !hasYear(p) {
		part = p
	}
	if isYear(whole) && part != "" {
		return inYear(whole, part)
	}
	return first([]string{whole, part})
}

// monthSpan is the quarter or half from one month to another, "" for other spans.
func monthSpan(from, to string) string {
	a, err := strconv.Atoi(from)
	b, err2 := strconv.Atoi(to)
	switch {
	case err != nil || err2 != nil:
		return ""
	case b-a == 2 && a%3 == 1 && b <= 12:
		return "Q" + strconv.Itoa((b+2)/3)
	case b-a == 5 && a%6 == 1 && b <= 12:
		return "H" + strconv.Itoa((b+5)/6)
	}
	return ""
}

// dayIn finds a full date in a name, as ISO text.
func dayIn(name string) string {
	text := dateInName.FindString(name)
	if m := eightInName.FindStringSubmatch(name); text == "" && m != nil {
		text = m[1]
	}
	day, fault := parseDate(strings.ReplaceAll(text, "_", "-"), dateStyle{})
	if text == "" || fault != "" {
		return ""
	}
	_, behind, _ := strings.Cut(name, text)
	return lastOfSpan(day, behind).Format(time.DateOnly)
}

// lastOfSpan is the last day of a span of days in a name, the first of which is known: 2025.11.03-11.09, 2025年11月3日-9日.
func lastOfSpan(day time.Time, behind string) time.Time {
	m := spanBehind.FindStringSubmatch(behind)
	if m == nil {
		return day
	}
	year, month := first([]string{m[1], day.Format("2006")}), first([]string{m[2], day.Format("1")})
	last, fault := dayOf(year, month, m[3])
	if days := last.Sub(day).Hours() / 24; fault != "" || days <= 0 || days > longestSpan {
		return day
	}
	return last
}

const longestSpan = 31 // days that a report is about

// namedDayIn finds a day with the name of its month in a title, as ISO text; of several the last: 3 Nov - 9 Nov 2025, Nov 3-9, 2025.
func namedDayIn(title string) string {
	text := foldText(title)
	if m := lastMatch(dayNamed, text); m != nil {
		text = m[1] + " " + m[2] + " " + m[3]
	} else if m := lastMatch(monthNamed, text); m != nil {
		text = first([]string{m[3], m[2]}) + " " + m[1] + " " + m[4]
	} else {
		return ""
	}
	day, fault := parseDate(text, dateStyle{})
	if fault != "" {
		return ""
	}
	return day.Format(time.DateOnly)
}

func lastMatch(form *regexp.Regexp, text string) []string {
	all := form.FindAllStringSubmatch(text, -1)
	if len(all) == 0 {
		return nil
	}
	return all[len(all)-1]
}

// unitIn finds a unit in a name. What stands before it may be a period: 2025年销售部.
func unitIn(name string) string {
	unit := unitInName.FindString(name)
	for _, other := range []string{"全部", "内部", "外部", "各部", "总部门", "干部", "局部"} {
		if strings.HasSuffix(unit, other) {
			return ""
		}
	}
	for _, period := range []string{"年度", "季度", "半年", "年", "月份", "月"} {
		if at := strings.LastIndex(unit, period); at >= 0 {
			unit = unit[at+len(period):]
		}
	}
	if len([]rune(unit)) < 2 { // 1月部门KPI
		return ""
	}
	return unit
}

// hintedDate is the date field of a kind that the name of a file may give.
func (k *kind) hintedDate() string {
	for _, name := range []string{"checked_on", "read_on", "held_on"} {
		if k.field(name) != nil {
			return name
		}
	}
	return ""
}
