package ingest

import "regexp"

// dateProfile is what the cells of one column say about how it writes its dates.
type dateProfile struct {
	monthFirst, dayFirst int // dates that can be read in this order alone
	eitherOrder          int // dates that can be read both ways
	dotted               int // of these, those written 3.4.2026: nobody writes the month first so
	shortYears           int // Jun-11: a month and a year of two digits
	yearFirst            int // 25.4.1: of what numbers alone write, the year can only stand first
	yearLast             int // dates that cannot be read so
	serials              int // days as a workbook stores them
	lateSerials          int // of these, those after the 12th of their month
	buddhist             int // dates whose year is one of the Buddhist era
	serialLines          []int
}

var buddhistYear = regexp.MustCompile(`\b2[456]\d\d\b`)

const shownLineCount = 20 // line numbers that a list shows

func (p *dateProfile) add(cell string, at place) {
	if isEarlyDay(cell) {
		return
	}
	if m := buddhistYear.FindString(cell); m != "" && isBuddhist(atoi(m)) {
		p.buddhist++
	}
	if len(cell) > 4 && cell[4] == '-' { // the year comes first
		return
	}
	if serialDate.MatchString(cell) {
		p.addSerial(cell, at)
		return
	}
	folded := foldText(cell)
	if m := monthYear.FindStringSubmatch(folded); m != nil && m[3] != "" && monthNumber(m[1]) != "" {
		p.shortYears++
	}
	p.addShortYear(folded)
	m := numbersOnly.FindStringSubmatch(folded)
	if m == nil {
		return
	}
	_, asMonth := readNumbersOnly(folded, dateStyle{order: monthFirst})
	_, asDay := readNumbersOnly(folded, dateStyle{order: dayFirst})
	switch {
	case asMonth == "" && asDay == "" && atoi(m[1]) == atoi(m[3]):
	case asMonth == "" && asDay == "" && m[2] == ".":
		p.dotted++
	case asMonth == "" && asDay == "":
		p.eitherOrder++
	case asMonth == "":
		p.monthFirst++
	case asDay == "":
		p.dayFirst++
	}
}

// addShortYear counts what a date of numbers alone says about a year of two digits in front.
func (p *dateProfile) addShortYear(folded string) {
	_, yearFirst := readNumbersOnly(folded, dateStyle{order: shortYearFirst})
	_, dayFirst := readNumbersOnly(folded, dateStyle{order: dayFirst})
	_, monthFirst := readNumbersOnly(folded, dateStyle{order: monthFirst})
	isShort := shortFirst.MatchString(folded)
	switch {
	case isShort && yearFirst == "" && dayFirst != "" && monthFirst != "":
		p.yearFirst++
	case (!isShort || yearFirst != "") && (dayFirst == "" || monthFirst == ""):
		p.yearLast++
	}
}

func (p *dateProfile) addSerial(cell string, at place) {
	day, fault := readSerial(cell, dateStyle{date1904: at.date1904})
	if fault != "" {
		return
	}
	p.serials++
	if day.Day() > 12 {
		p.lateSerials++
	}
	p.addSerialLine(at.line)
}

// addSerialLine notes a line, one more than are shown.
func (p *dateProfile) addSerialLine(line int) {
	if len(p.serialLines) <= shownLineCount {
		p.serialLines = append(p.serialLines, line)
	}
}

// order is what the dates themselves say; "" where they say nothing or contradict one another.
func (p *dateProfile) order() string {
	const few = 10 // one in so many may be a slip
	switch {
	case p.yearFirst > p.yearLast*few:
		return shortYearFirst
	case p.dayFirst > p.monthFirst*few || p.dayFirst+p.monthFirst == 0 && p.dotted > 0:
		return dayFirst
	case p.monthFirst > p.dayFirst*few:
		return monthFirst
	}
	return ""
}

// isSwapped says that a spreadsheet program has evidently taken the texts that it could for dates of its own order, day and
// month swapped, and left the others as text: all real dates lie before the 13th, and no text could be one.
func (p *dateProfile) isSwapped() bool {
	return p.serials > 1 && p.lateSerials == 0 && p.monthFirst+p.dayFirst > 1 && p.eitherOrder+p.dotted == 0
}

// settleDates settles the order of day and month: what the user said, else by the column, else by the sheet's other columns.
// Where nothing tells, dates that can be read both ways are not read: the finding asks for the order.
func settleDates(p *plan, types []string, profiles []profile) {
	sheet := dateProfile{}
	for i := range p.Columns {
		if types[i] == "date" {
			sheet.monthFirst += profiles[i].dates.monthFirst
			sheet.dayFirst += profiles[i].dates.dayFirst
			sheet.dotted += profiles[i].dates.dotted
			sheet.yearFirst += profiles[i].dates.yearFirst
			sheet.yearLast += profiles[i].dates.yearLast
		}
	}
	for i := range p.Columns {
		if types[i] == "date" {
			c, stats := &p.Columns[i], &profiles[i].dates
			if c.Order = stats.order(); p.mapping.dateOrder(c.Field) != "" {
				c.Order = p.mapping.dateOrder(c.Field)
			} else if sheet.order() == shortYearFirst && stats.yearLast == 0 {
				c.Order = shortYearFirst
			} else if c.Order == "" && stats.monthFirst+stats.dayFirst == 0 {
				c.Order = sheet.order()
			}
			explainDates(p, c, stats)
		}
	}
}

// explainDates says how a column's dates are read, and what looks wrong with them.
func explainDates(p *plan, c *planColumn, stats *dateProfile) {
	open := stats.eitherOrder + stats.dotted
	if c.Order == "" && open > 0 {
		p.find(c, "date_order_undecided", map[string]any{"count": open})
	}
	if c.Order != "" && open+stats.monthFirst+stats.dayFirst+stats.yearFirst > 0 {
		p.decide(c.Field, "date_order", map[string]any{"header": c.Header, "order": c.Order})
	}
	if stats.buddhist > 0 {
		p.decide(c.Field, "buddhist_years", map[string]any{"header": c.Header, "count": stats.buddhist})
	}
	if stats.shortYears > 0 {
		p.decide(c.Field, "month_and_short_year", map[string]any{"header": c.Header, "count": stats.shortYears})
	}
	if stats.isSwapped() {
		p.find(c, "dates_swapped", map[string]any{
			"count": stats.serials, "texts": stats.monthFirst + stats.dayFirst, "lines": shownLines(stats.serialLines),
		})
	}
}
