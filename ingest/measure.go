package ingest

import (
	"math"
	"regexp"
	"slices"
	"strings"
	"time"
)

// dressed is a number with more to it than its value, until settleNumbers has seen the whole row.
type dressed struct {
	number
	header, cell string
	isFraction   bool // in a row of per cent a bare number is a part of 1
	isStyled     bool // so it is in a row without a unit
}

// isMeasure says whether fields of the type hold numbers whose meaning the row's unit completes.
func isMeasure(fieldType string) bool {
	return fieldType == "number" || fieldType == "target" || fieldType == "bound"
}

// readNumber puts a cell's number into v; into a measure's field a dressed one where there is more to it.
func (c *converter) readNumber(r *reader, cell string, v values) *Problem {
	style := numberStyle{comparing: r.fieldType == "target" || r.fieldType == "bound" || r.Field == "share", decimals: r.Decimals}
	n, ok := c.dict.readNumber(cell, style)
	if r.IsDate && ok || !ok && isMeasure(r.fieldType) {
		n, ok = readDayForNumber(cell, r)
	}
	if ok && n.outOf > 0 {
		ok = n.divide(r)
	}
	if !ok && r.Field == "progress" && c.dict.words["goal_status"][foldWord(cell)] == "done" {
		v[r.at] = 1.0
		return &Problem{Severity: Finding, Key: "word_for_progress", Field: r.Field, Header: r.Header, Cell: cell}
	}
	if !ok && c.rateInWords(r, cell, v) {
		return nil
	}
	isBare := n == number{value: n.value, upper: n.value}
	if !ok || r.fieldType == "integer" && (!isBare || n.value != float64(int32(n.value))) || r.fieldType == "share" && n.clock > 0 {
		p := reject("not_a_number", r.Field, cell)
		p.Header = r.Header
		return &p
	}
	switch {
	case r.fieldType == "integer":
		v[r.at] = int32(n.value)
	case r.fieldType == "share":
		if !n.isPercent && n.outOf == 0 && r.Scale > 0 {
			n.value /= r.Scale
		}
		if n.comparator == "range" {
			n.value = (n.value + n.upper) / 2
		}
		v[r.at] = rounded(n.value)
		if n.comparator != "" {
			return &Problem{Severity: Finding, Key: "comparator_left_out", Field: r.Field, Header: r.Header, Cell: cell}
		}
	case isBare && r.Scale == 0:
		v[r.at] = rounded(n.value)
	default:
		v[r.at] = &dressed{number: n, header: r.Header, cell: cell, isFraction: r.Scale == 1, isStyled: r.Percent}
	}
	return nil
}

// wordsOfScores are the fields for what a column of scores says in words.
var wordsOfScores = map[string]string{"score": "label", "from_score": "from_label", "to_score": "to_label"}

// rateInWords takes a grade in a column of scores for what it is: 校准前评分 may be 85 here and B+ there.
func (c *converter) rateInWords(r *reader, cell string, v values) bool {
	label, isScore := wordsOfScores[r.Field]
	if !isScore || c.dict.words["rating_word"][foldWord(cell)] == "" {
		return false
	}
	c.fill(v, label, plain(cell))
	return true
}

// divide makes 3/5 a share, or in a column of points 3. ok is false in a column that is not one of ratios.
func (n *number) divide(r *reader) (ok bool) {
	switch {
	case r.fieldType == "share" || r.Ratio == asQuotient:
		n.value /= n.outOf
	case r.Ratio != asPoints:
		return false
	}
	n.upper = n.value
	if r.fieldType != "share" {
		n.outOf = 0
	}
	return true
}

// How a column's ratios are read.
const (
	asQuotient = "quotient"
	asPoints   = "points"
)

var dueWords = regexp.MustCompile(`^(?:by|before|no later than|until|<=|≤|<|不晚于|不迟于|截至|于)\s*|\s*(?:之前|以前|前)$`)

// readDayForNumber reads a day, or in a workbook's column of times 8:13, where a number should be. Only forms that
// cannot be numbers are days.
func readDayForNumber(cell string, r *reader) (number, bool) {
	if r.IsDate {
		if days, ok := dictionary().parseNumber(cell, false); ok && days.value >= 0 && days.value < 61 {
			return number{value: rounded(days.value * 24), upper: rounded(days.value * 24), clock: 2}, true
		}
		day, fault := readSerial(cell, r.style)
		return number{day: day}, fault == "" && isMeasure(r.fieldType)
	}
	s := dueWords.ReplaceAllString(foldText(cell), "")
	for _, read := range []func(string, dateStyle) (time.Time, dateFault){readYearFirst, readNamedMonth, readMonthOnly} {
		if day, fault := read(s, dateStyle{lastDay: true}); fault == "" && !eightDigits.MatchString(s) {
			return number{day: day}, true
		}
	}
	return number{}, false
}

// settleNumbers makes numbers of the row's dressed ones. A number of per cent is stored in points, whether it was written
// as 95% or as 95 in a row whose unit is per cent; a magnitude that the unit of measure names as well is taken off
// again; a day becomes the days that it is late.
func (c *converter) settleNumbers(v values) []Problem {
	var problems []Problem
	if unit := c.text(v, "unit_of_measure"); unit != "%" && isPercentUnit(unit) {
		c.set(v, "unit_of_measure", "%")
	}
	isDressed := slices.ContainsFunc(c.numbers, func(at int) bool { _, dressed := v[at].(*dressed); return dressed })
	if !isDressed {
		return nil
	}
	problems = append(problems, c.settleDays(v)...)
	for _, at := range c.numbers {
		d, isDressed := v[at].(*dressed)
		if !isDressed {
			continue
		}
		f := c.kind.Fields[at]
		if p := c.settleClock(d, v); p != nil {
			v[at] = nil
			problems = append(problems, *p)
			continue
		}
		if p := c.settlePercent(f, d, v); p != nil {
			problems = append(problems, *p)
		}
		c.settleMagnitude(d, v)
		v[at] = rounded(d.value)
		switch {
		case f.Type == "target":
			problems = append(problems, c.setTarget(d, v)...)
		case d.comparator != "":
			problems = append(problems, d.problem(Finding, "comparator_left_out", f.Name))
		}
	}
	return problems
}

// problem is one about the dressed number's cell.
func (d *dressed) problem(severity, key, field string) Problem {
	return Problem{Severity: severity, Key: key, Field: field, Header: d.header, Cell: d.cell}
}

// settlePercent turns a share of 1 into points of per cent and says so where another unit is stated.
func (c *converter) settlePercent(f *field, d *dressed, v values) *Problem {
	unit := c.text(v, "unit_of_measure")
	isPercentRow := isPercentUnit(unit)
	if d.isFraction && !d.isPercent && (isPercentRow || d.isStyled && unit == "") {
		d.isPercent = true
	}
	if !d.isPercent {
		return nil
	}
	d.value, d.upper = d.value*100, d.upper*100
	if isPercentRow || unit == "" {
		c.set(v, "unit_of_measure", "%")
		return nil
	}
	p := d.problem(Finding, "percent_contradicts_unit", f.Name)
	p.Args = map[string]any{"unit": unit}
	return &p
}

// isPercentUnit says whether a unit of measure is per cent.
func isPercentUnit(unit string) bool {
	if len(unit) > longestValue {
		return false
	}
	switch foldWord(unit) {
	case "%", "percent", "percentage", "pct", "百分比", "百分数", "百分率", "perc":
		return true
	}
	return false
}

// settleMagnitude takes a magnitude off that the unit of measure names as well: 10 billion in a row of TZS billion is 10.
func (c *converter) settleMagnitude(d *dressed, v values) {
	unit := c.text(v, "unit_of_measure")
	if d.unit != "" {
		c.fill(v, "unit_of_measure", d.unit)
	}
	if d.magnitude == 0 || unit == "" {
		return
	}
	if factor := c.dict.magnitudeOf(unit); factor > 0 {
		d.value, d.upper = d.value/factor, d.upper/factor
	}
}

// magnitudeOf is the magnitude that a unit of measure names: TZS billion, 万元, Millions of US Dollars; 0 is none.
func (b *book) magnitudeOf(unit string) float64 {
	if len(unit) > longestValue {
		return 0
	}
	folded := foldText(unit)
	if factor, _ := b.cutMagnitude(folded); factor > 0 {
		return factor
	}
	for word := range strings.FieldsSeq(folded) {
		if factor, rest := b.cutMagnitude(word); factor > 0 && rest == "" {
			return factor
		}
	}
	return 0
}

var (
	minutesHint = regexp.MustCompile(`minutes?\s*:\s*seconds?|min(?:s|utes?)?:sec|mm:ss|m:ss|分:秒|分钟:秒`)
	hoursHint   = regexp.MustCompile(`hours?\s*:\s*minutes?|hrs?:min|hh:mm|h:mm|时:分|小时:分`)
)

// settleClock gives 8:13 the unit that its header, unit of measure or name says: (minutes:seconds). Three parts are hours.
func (c *converter) settleClock(d *dressed, v values) *Problem {
	if d.clock == 0 {
		return nil
	}
	unit := ""
	for _, text := range []string{d.header, c.text(v, "unit_of_measure"), c.text(v, "metric"), c.text(v, "title")} {
		text = strings.ReplaceAll(foldText(text), "：", ":")
		switch {
		case unit != "":
		case minutesHint.MatchString(text) || text == "minutes" || text == "分钟":
			unit = "minutes"
		case hoursHint.MatchString(text) || text == "hours" || text == "小时":
			unit = "hours"
		}
	}
	if unit == "" && d.clock == 3 {
		unit = "hours"
	}
	if unit == "" {
		p := d.problem(Rejected, "clock_undecided", "")
		return &p
	}
	if unit == "minutes" && d.clock == 3 {
		d.value, d.upper = d.value*60, d.upper*60
	}
	c.set(v, "unit_of_measure", unit)
	return nil
}

// set states a field anew, where the kind has it.
func (c *converter) set(v values, name string, value any) {
	if at, found := c.kind.index[name]; found {
		v[at] = value
	}
}

// lateDays is the unit of goals that are measured by a day: 0 is on the day, fewer is better.
const lateDays = "days late"

// settleDays turns a goal's days into the days that it is late: the target is none, the actual value how many, and the
// day itself is when it is due. A day without another to measure it by is no number.
func (c *converter) settleDays(v values) []Problem {
	day := func(name string) (d *dressed, stated bool) {
		at, found := c.kind.index[name]
		if found {
			d, stated = v[at].(*dressed)
		}
		return d, stated && !d.day.IsZero()
	}
	due, isDue := c.date(v, "due_on")
	target, hasTarget := day("target")
	if hasTarget {
		due, isDue = target.day, true
		c.set(v, "target", nil)
	}
	var problems []Problem
	for _, at := range c.numbers {
		f := c.kind.Fields[at]
		d, isDay := day(f.Name)
		switch {
		case !isDay:
		case c.kind.Name == "goal" && f.Name == "actual" && isDue:
			v[at] = float64(int(d.day.Sub(due).Hours() / 24))
			hasTarget = true
		case c.kind.Name == "goal" && f.Name == "baseline" && isDue:
			v[at] = nil
		default:
			v[at] = nil
			problems = append(problems, d.problem(Rejected, "date_for_number", f.Name))
		}
	}
	if hasTarget {
		c.set(v, "target", 0.0)
		c.set(v, "direction", "decrease")
		c.set(v, "unit_of_measure", lateDays)
		c.fill(v, "due_on", due)
	}
	return problems
}

// setTarget takes a target with what its comparator says about the direction. Where the row states another direction, the
// comparator holds: it is the more exact of the two.
func (c *converter) setTarget(d *dressed, v values) []Problem {
	stated, direction := c.text(v, "direction"), ""
	switch d.comparator {
	case "<=":
		direction = "decrease"
	case ">=":
		direction = "increase"
	case "±":
		direction = "maintain"
		c.set(v, "target", 0.0)
		c.fill(v, "target_lower", -rounded(d.value))
		c.fill(v, "target_upper", rounded(d.value))
	case "range":
		direction = "maintain"
		c.set(v, "target", rounded((d.value+d.upper)/2))
		c.fill(v, "target_lower", rounded(d.value))
		c.fill(v, "target_upper", rounded(d.upper))
	default:
		return nil
	}
	c.set(v, "direction", direction)
	isKept := stated == "maintain" && (direction == "increase" || direction == "decrease") // at 3 or less is to be kept
	if stated == "" || stated == direction || isKept {
		return nil
	}
	p := d.problem(Finding, "direction_contradicts_target", "target")
	p.Args = map[string]any{"stated": stated, "direction": direction}
	return []Problem{p}
}

// joinThresholds takes the direction, and where there is no target the target, from a green and a red threshold.
func (c *converter) joinThresholds(v values) {
	green, isGreen := c.number(v, "green_threshold")
	red, isRed := c.number(v, "red_threshold")
	if isGreen && isRed && green != red {
		c.fill(v, "direction", map[bool]string{true: "increase", false: "decrease"}[green > red])
	}
	if isGreen {
		c.fill(v, "target", green)
	}
}

// joinPercentFlag takes the unit of measure from a column that says whether the target is per cent.
func (c *converter) joinPercentFlag(v values) {
	if at, found := c.kind.index["target_is_percent"]; found && v[at] == true {
		c.fill(v, "unit_of_measure", "%")
	}
}

var (
	boundWords = strings.NewReplacer("(含)", "", "(不含)", "", "(inclusive)", "", "(exclusive)", "")
	interval   = regexp.MustCompile(`^[\[(]\s*([^,;\[\]()]+?)\s*[,;~-]\s*([^,;\[\]()]+?)\s*[\])]$`)
)

// readBand reads the scores that a rating stands for: 90-100, [80,90), ≥90, 60分以下. An open end is that of the scale: 0 and,
// above 10, 100.
func (c *converter) readBand(r *reader, cell string, v values) *Problem {
	s := boundWords.Replace(foldText(cell))
	if m := interval.FindStringSubmatch(s); m != nil {
		s = m[1] + " - " + m[2]
	}
	n, ok := c.dict.readNumber(s, numberStyle{comparing: true, decimals: r.Decimals})
	if !ok || n.comparator == "±" || n.clock > 0 || n.outOf > 0 {
		p := reject("not_a_number", r.Field, cell)
		p.Header = r.Header
		return &p
	}
	lower, upper := rounded(n.value), rounded(n.upper)
	switch {
	case n.comparator == "<=":
		lower = math.Min(0, upper)
	case n.comparator == ">=" && lower > 10 && lower <= 100:
		upper = 100
	case n.comparator == ">=":
		c.fill(v, "lower_score", lower)
		return nil
	}
	c.fill(v, "lower_score", lower)
	c.fill(v, "upper_score", upper)
	return nil
}
