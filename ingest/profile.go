package ingest

import (
	"math"
	"strings"

	"github.com/perfloop/perfloop/ingest/sheet"
)

const styledRows = 200 // rows whose number formats are looked at

// profile is what all values of one column say about how it is written.
type profile struct {
	percentCount, bareCount int
	bareMax                 float64
	numberCount, textCount  int
	fractionCount           int
	belowOneCount           int // bare numbers between 0 and 1
	numbers                 numberProfile
	dates                   dateProfile
	words                   wordProfile
	seen                    map[string]bool // cells that words know already
	owners                  ownerProfile
}

// survey is what one reading of a sheet's rows tells about its columns, before the first row is stored.
type survey struct {
	plan     *plan
	types    []string // of the columns' cells
	isOwner  []bool   // of the columns
	columns  []profile
	rowCount int         // of a block
	unit     *planColumn // of measure
	flag     *planColumn // says whether the target is per cent
	flagged  int         // rows in which it does
	date1904 bool

	label, score  *planColumn // of an appraisal
	goalID, title *planColumn // of a goal
	dict          *book       // with the user's words
	ratings       ratingProfile
	goals         goalProfile
}

// place is where a cell stands, as far as it matters to its meaning.
type place struct {
	line         int
	isPercentRow bool // its unit of measure is per cent
	date1904     bool // day 0 of its serial numbers is 1904-01-01
}

// settleColumns reads all rows once and settles, a column at a time, how numbers, shares and dates are written and
// whether ratings are numbers or words.
func settleColumns(f *file, s *sheet.Sheet, p *plan) error {
	if p.mapping != nil {
		p.Words, p.Confirmed = p.mapping.Words, p.mapping.Confirm
		if p.mapping.preset != nil {
			p.Words = p.Words.under(f.options.words)
		}
	}
	v := &survey{plan: p, types: make([]string, len(p.Columns)), isOwner: make([]bool, len(p.Columns)), columns: make([]profile, len(p.Columns))}
	v.unit, v.date1904, v.dict = p.column("unit_of_measure"), s.Date1904(), dictionary().with(f.options.words, p.Words)
	v.findPairs()
	needed := f.book.Format() != "csv" // a damaged workbook must be found before its first row is stored
	for i, c := range p.Columns {
		v.types[i], v.isOwner[i] = typeOf(p.Kind, c), isOwner(p.Kind, c)
		needed = needed || profiled(v.types[i]) || v.isOwner[i] || c.Field == "goal_id"
	}
	if needed {
		done, err := v.inBlocks(f, s)
		if err == nil && !done {
			err = v.rows(f, s)
		}
		if err != nil {
			return err
		}
	}
	settleStyles(s, p, v.types)
	settleNumberColumns(f, v)
	settleShares(p, v.types, v.columns)
	settleDates(p, v.types, v.columns)
	settleRatings(p, v.types, v.columns)
	settleWords(p, v.types, v.columns)
	settleOwners(p, v.types, v.columns)
	settlePeriod(p, v.types)
	p.Ratings, p.Repeated = v.ratings.usual(), v.goals.repeated
	return nil
}

// findPairs finds the columns that are looked at together.
func (v *survey) findPairs() {
	switch p := v.plan; p.Kind {
	case "appraisal":
		v.label, v.score = p.column("label"), p.column("score")
	case "goal":
		v.flag = p.column("target_is_percent")
		v.goalID, v.title = p.column("goal_id"), p.column("title")
		if v.title == nil {
			v.title = p.column("metric")
		}
	}
}

func (v *survey) rows(f *file, s *sheet.Sheet) error {
	number := 0
	for row, err := range dataRows(s, v.plan, func(sheet.Row) {}) {
		if err != nil {
			if isRowFault(err) {
				continue
			}
			return err
		}
		if number++; number%progressEvery == 0 {
			if err := f.course.step(number); err != nil {
				return err
			}
		}
		v.row(row)
	}
	return f.course.end(number)
}

func (v *survey) row(row sheet.Row) {
	at := place{line: row.Line, date1904: v.date1904}
	at.isPercentRow = isPercentUnit(cellAt(row, v.unit))
	if v.dict.words["boolean"][foldWord(cellAt(row, v.flag))] == "true" {
		at.isPercentRow = true
		v.flagged++
	}
	v.ratings.add(cellAt(row, v.label), cellAt(row, v.score))
	v.goals.add(cellAt(row, v.goalID), cellAt(row, v.title))
	for i, c := range v.plan.Columns {
		if c.Index < len(row.Cells) && v.isOwner[i] {
			v.columns[i].owners.add(row.Cells[c.Index])
		} else if c.Index < len(row.Cells) && v.types[i] == statusType {
			v.columns[i].addStatus(v.dict, row.Cells[c.Index])
		} else if c.Index < len(row.Cells) && profiled(v.types[i]) {
			v.columns[i].add(v.types[i], row.Cells[c.Index], at)
		}
	}
}

// cellAt is a column's cell of a row; "" where it has none.
func cellAt(row sheet.Row, c *planColumn) string {
	if c == nil || c.Index >= len(row.Cells) {
		return ""
	}
	return row.Cells[c.Index]
}

func profiled(fieldType string) bool {
	return fieldType == statusType || fieldType == "share" || fieldType == "date" || fieldType == "rating" || fieldType == "integer" || isMeasure(fieldType)
}

// typeOf is the type by which a column's cells are read; "" where they are not.
func typeOf(kindName string, c planColumn) string {
	switch c.Why {
	case asAttribute:
		return "attributes"
	}
	if f := dictionary().kind(kindName).field(c.Field); f != nil {
		return f.Type
	}
	return ""
}

func (p *profile) add(fieldType, cell string, at place) {
	if isMeasure(fieldType) && isPlainInteger(cell) && !at.isPercentRow {
		p.numbers.cellCount++
		return
	}
	if cell == "" || dictionary().isNothing(cell) || dictionary().isAbsence(cell) {
		return
	}
	switch fieldType {
	case "share":
		p.addShare(cell)
	case "date":
		p.dates.add(cell, at)
	case "rating":
		if n, ok := dictionary().parseNumber(cell, false); ok {
			p.numberCount++
			if n.value != math.Trunc(n.value) {
				p.fractionCount++
			}
		} else if _, _, both := cutRating(cell); !both {
			p.textCount++
		}
	default:
		p.numbers.add(cell, at.isPercentRow)
	}
}

func (p *profile) addShare(cell string) {
	p.numbers.add(cell, false)
	n, ok := dictionary().readNumber(cell, numberStyle{decimals: p.numbers.decimals(false)})
	switch {
	case !ok || n.outOf > 0 || n.clock > 0:
	case n.isPercent:
		p.percentCount++
	default:
		p.bareCount++
		p.bareMax = math.Max(p.bareMax, math.Abs(n.value))
		if n.value != math.Trunc(n.value) {
			p.fractionCount++
		}
		if 0 < n.value && n.value < 1 {
			p.belowOneCount++
		}
	}
}

// settleStyles takes number formats of a workbook: a percent style shows the scale, a date style the meaning of a number.
func settleStyles(s *sheet.Sheet, p *plan, types []string) {
	styles := s.Styles(p.HeaderLine+1, styledRows)
	for i := range p.Columns {
		c := &p.Columns[i]
		if c.Index >= len(styles) {
			continue
		}
		if styles[c.Index].IsPercent && (types[i] == "share" || isMeasure(types[i])) {
			c.Scale = 1
		}
		c.IsDate = styles[c.Index].IsDate && types[i] != "date"
	}
}

// settleShares settles what a whole is written as. A percent sign speaks for its cell alone.
func settleShares(p *plan, types []string, profiles []profile) {
	for i := range p.Columns {
		c, stats := &p.Columns[i], profiles[i]
		if types[i] != "share" {
			continue
		}
		if m := p.mapping; m != nil && m.Percent[c.Field] != 0 {
			c.Scale = float64(m.Percent[c.Field])
		} else if c.Scale == 0 {
			c.Scale = scaleOf(dictionary().kind(p.Kind).field(c.Field), c.Header, stats)
		}
		if stats.bareCount > 0 {
			p.decide(c.Field, "percent_scale", map[string]any{"header": c.Header, "scale": c.Scale, "max": stats.bareMax})
		}
		if c.Scale > 1 && stats.belowOneCount > 0 {
			p.find(c, "percent_scales_mixed", map[string]any{"count": stats.belowOneCount, "scale": c.Scale, "max": stats.bareMax})
		}
	}
}

// find takes down what looks wrong with a column.
func (p *plan) find(c *planColumn, key string, args map[string]any) {
	args["header"] = c.Header
	p.Findings = append(p.Findings, Problem{
		Sheet: p.Sheet, Kind: p.Kind, Severity: Finding, Field: c.Field, Header: c.Header, Key: key, Args: args,
	})
}

// scaleOf is the smallest scale of the field that holds the column's greatest number, with room for 150 %.
func scaleOf(f *field, header string, stats profile) float64 {
	scales := f.Scales
	if len(scales) == 0 {
		scales = []float64{1, 100}
	}
	marked := strings.Contains(headerHint(header), "%") || strings.HasSuffix(strings.TrimSpace(header), "%")
	if marked && stats.fractionCount == 0 && stats.bareMax > 0 {
		return scales[len(scales)-1]
	}
	for _, scale := range scales {
		limit := scale
		if scale == 1 {
			limit = 1.5
		}
		if stats.bareMax <= limit {
			return scale
		}
	}
	return scales[len(scales)-1]
}

// settleRatings takes a rating column for numbers where it holds more numbers than words, a column of labels
// only where it holds nothing else, 1, 2 and PIP are labels, or where a number is no label: 3.5.
func settleRatings(p *plan, types []string, profiles []profile) {
	for i := range p.Columns {
		c, stats := &p.Columns[i], profiles[i]
		isLabel := strings.HasSuffix(c.Field, "label") && !c.isWide()
		if types[i] != "rating" || stats.numberCount <= stats.textCount || isLabel && stats.textCount > 0 && stats.fractionCount == 0 {
			continue
		}
		c.AsScore = true
		if isLabel {
			p.decide(c.Field, "rating_as_score", map[string]any{"header": c.Header})
		}
	}
}
