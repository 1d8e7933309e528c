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
	monthFirst, dayFirst    int // dates that can be read in this order alone
	eitherOrder             int // dates that can be read both ways
	numberCount, textCount  int
	fractionCount           int
	numbers                 numberProfile
}

// settleColumns reads all rows once and settles, a column at a time, the scale of shares, the order of dates and
// whether ratings are numbers or words.
func settleColumns(f *file, s *sheet.Sheet, p *plan) error {
	profiles := make([]profile, len(p.Columns))
	types := make([]string, len(p.Columns))
	needed := f.book.Format() != "csv" // a damaged workbook must be found before its first row is stored
	for i, c := range p.Columns {
		types[i] = typeOf(p.Kind, c)
		needed = needed || profiled(types[i])
	}
	unit := p.column("unit_of_measure")
	if needed {
		for row, err := range s.Rows() {
			if err != nil {
				if isRowFault(err) {
					continue
				}
				return err
			}
			if row.Line <= p.HeaderLine || p.leavesOut(row) {
				continue
			}
			isPercentRow := unit != nil && unit.Index < len(row.Cells) && isPercentUnit(row.Cells[unit.Index])
			for i, c := range p.Columns {
				if c.Index < len(row.Cells) && profiled(types[i]) {
					profiles[i].add(types[i], row.Cells[c.Index], isPercentRow)
				}
			}
		}
	}
	settleStyles(s, p, types)
	settleNumberColumns(f, p, types, profiles)
	settleShares(p, types, profiles)
	settleDates(p, types, profiles)
	settleRatings(p, types, profiles)
	return nil
}

func profiled(fieldType string) bool {
	return fieldType == "share" || fieldType == "date" || fieldType == "rating" || fieldType == "integer" || isMeasure(fieldType)
}

// typeOf is the type by which a column's cells are read; "" where they are not.
func typeOf(kindName string, c planColumn) string {
	switch c.Why {
	case byMonth:
		return "number"
	case byItem:
		return "rating"
	case asAttribute:
		return "attributes"
	}
	if f := dictionary().kind(kindName).field(c.Field); f != nil {
		return f.Type
	}
	return ""
}

func (p *profile) add(fieldType, cell string, isPercentRow bool) {
	if isMeasure(fieldType) && isPlainInteger(cell) && !isPercentRow {
		p.numbers.cellCount++
		return
	}
	if cell == "" || dictionary().isNothing(cell) {
		return
	}
	switch fieldType {
	case "share":
		p.addShare(cell)
	case "date":
		p.addDate(cell)
	case "rating":
		if _, ok := dictionary().parseNumber(cell, false); ok {
			p.numberCount++
		} else {
			p.textCount++
		}
	default:
		p.numbers.add(cell, isPercentRow)
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
	}
}

func (p *profile) addDate(cell string) {
	if len(cell) > 4 && cell[4] == '-' { // the year comes first
		return
	}
	m := numbersOnly.FindStringSubmatch(strings.TrimSpace(cell))
	if m == nil {
		return
	}
	_, asMonth := readNumbersOnly(foldText(cell), dateStyle{order: monthFirst})
	_, asDay := readNumbersOnly(foldText(cell), dateStyle{order: dayFirst})
	switch {
	case asMonth == "" && asDay == "" && m[1] == m[3]:
	case asMonth == "" && asDay == "":
		p.eitherOrder++
	case asMonth == "":
		p.monthFirst++
	case asDay == "":
		p.dayFirst++
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
	}
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

// settleDates settles the order of day and month, by the column, else by the file's other columns.
func settleDates(p *plan, types []string, profiles []profile) {
	file := profile{}
	for i := range p.Columns {
		if types[i] == "date" {
			file.monthFirst += profiles[i].monthFirst
			file.dayFirst += profiles[i].dayFirst
		}
	}
	for i := range p.Columns {
		c, stats := &p.Columns[i], profiles[i]
		if types[i] != "date" {
			continue
		}
		c.Order = monthFirst
		decided := stats.monthFirst + stats.dayFirst
		switch {
		case p.mapping != nil && p.mapping.DateOrder != "":
			c.Order = p.mapping.DateOrder
		case stats.dayFirst > stats.monthFirst, decided == 0 && file.dayFirst > file.monthFirst:
			c.Order = dayFirst
		case decided == 0 && file.monthFirst+file.dayFirst == 0 && stats.eitherOrder > 0:
			p.Findings = append(p.Findings, Problem{
				Sheet: p.Sheet, Kind: p.Kind, Severity: Finding, Field: c.Field, Header: c.Header, Key: "date_order_assumed",
				Args: map[string]any{"header": c.Header, "order": c.Order},
			})
		}
		if decided+stats.eitherOrder > 0 {
			p.decide(c.Field, "date_order", map[string]any{"header": c.Header, "order": c.Order})
		}
	}
}

// settleRatings takes a rating column for numbers where it holds more numbers than words, a column of labels
// only where it holds nothing else: 1, 2 and PIP are labels.
func settleRatings(p *plan, types []string, profiles []profile) {
	for i := range p.Columns {
		c, stats := &p.Columns[i], profiles[i]
		isLabel := strings.HasSuffix(c.Field, "label")
		if types[i] != "rating" || stats.numberCount <= stats.textCount || isLabel && stats.textCount > 0 {
			continue
		}
		c.AsScore = true
		if c.Field == "label" {
			p.decide(c.Field, "rating_as_score", map[string]any{"header": c.Header})
		}
	}
}
