package ingest

import "math"

// numberProfile is what the cells of one column say about how it writes its numbers.
type numberProfile struct {
	separators
	cellCount    int
	percentCount int     // with a percent sign
	bareCount    int     // without one, in rows whose unit is per cent
	bareMax      float64 // of these
	allMax       float64 // of all without a percent sign
	ratioCount   int
	ratioWhole   float64 // the 5 of 3/5; -1: they differ
	noteCount    int     // with words in brackets behind the number
}

// isPlainInteger says whether a cell says nothing about its column but that it is a number.
func isPlainInteger(cell string) bool {
	for i := 0; i < len(cell); i++ {
		if cell[i] < '0' || cell[i] > '9' {
			return false
		}
	}
	return cell != ""
}

func (p *numberProfile) add(cell string, isPercentRow bool) {
	p.cellCount++
	p.separators.add(cell)
	n, ok := dictionary().readNumber(cell, numberStyle{comparing: true})
	if !ok {
		return
	}
	if n.hasNote {
		p.noteCount++
	}
	switch {
	case n.outOf > 0 && p.ratioCount == 0:
		p.ratioCount, p.ratioWhole = 1, n.outOf
	case n.outOf > 0:
		p.ratioCount++
		if p.ratioWhole != n.outOf {
			p.ratioWhole = -1
		}
	case n.isPercent:
		p.percentCount++
	default:
		p.allMax = math.Max(p.allMax, math.Abs(n.upper))
		if isPercentRow {
			p.bareCount++
			p.bareMax = math.Max(p.bareMax, math.Abs(n.upper))
		}
	}
}

const greatestShare = 15 // 1500 %: a number above it is no fraction of a whole, whatever its style says

// settleNumberColumns settles what separates fractions, how ratios are read, and what per cent are written as. A
// column that leaves its commas open follows the others of the sheet.
func settleNumberColumns(f *file, v *survey) {
	p, types, profiles := v.plan, v.types, v.columns
	inWorkbook := f.book.Format() != "csv"
	var all separators
	percentCount := v.flagged
	for i := range p.Columns {
		if isMeasure(types[i]) || types[i] == "share" {
			n := profiles[i].numbers
			all.commaDecimal += n.commaDecimal
			all.commaGroup += n.commaGroup
			all.pointDecimal += n.pointDecimal
			percentCount += n.percentCount
		}
	}
	for i := range p.Columns {
		c, n := &p.Columns[i], profiles[i].numbers
		if !isMeasure(types[i]) && types[i] != "share" && types[i] != "integer" {
			continue
		}
		c.Decimals = n.decimals(inWorkbook)
		if n.commaDecimal+n.commaGroup == 0 && n.commaEither > 0 {
			c.Decimals = all.decimals(inWorkbook)
		}
		settleSeparators(p, c, n)
		if isMeasure(types[i]) {
			settleRatio(p, c, n)
			settlePercentRows(p, c, n, percentCount)
		}
		if n.noteCount > 0 {
			p.decide(c.Field, "notes_left_out", map[string]any{"header": c.Header, "count": n.noteCount})
		}
	}
}

// settleSeparators says what commas mean where they could mean two things.
func settleSeparators(p *plan, c *planColumn, n numberProfile) {
	switch {
	case c.Decimals != pointDecimals:
		p.decide(c.Field, "decimal_comma", map[string]any{"header": c.Header, "count": n.commaDecimal})
	case n.commaEither > 0 && n.commaGroup == 0:
		p.decide(c.Field, "thousands_comma", map[string]any{"header": c.Header, "count": n.commaEither})
	}
}

// settleRatio takes 4/5 for 4 points where every score is out of the same, else for a quotient where most cells are ratios.
func settleRatio(p *plan, c *planColumn, n numberProfile) {
	switch {
	case n.ratioCount == 0 || n.ratioCount*2 <= n.cellCount:
		return
	case n.ratioWhole > 0 && dictionary().kind(p.Kind).field("label") != nil:
		c.Ratio = asPoints
		p.decide(c.Field, "ratio_as_points", map[string]any{"header": c.Header, "whole": n.ratioWhole})
	default:
		c.Ratio = asQuotient
		p.decide(c.Field, "ratio_as_quotient", map[string]any{"header": c.Header})
	}
}

// settlePercentRows settles what numbers without a percent sign are in rows of per cent: fractions of 1 where the sheet
// writes percent signs elsewhere, or in a column that a workbook shows as per cent, and none is greater than fractions are.
func settlePercentRows(p *plan, c *planColumn, n numberProfile, percentCount int) {
	isStyled := c.Scale == 1
	c.Scale = 0
	if m := p.mapping; m != nil && m.Percent[c.Field] != 0 {
		c.Scale, c.Percent = float64(m.Percent[c.Field]), true
	} else if isStyled && n.allMax <= greatestShare {
		c.Scale, c.Percent = 1, true
	} else if percentCount > 0 && n.bareCount > 0 && n.bareMax <= 1.5 {
		c.Scale = 1
	}
	if c.Scale > 0 || percentCount > 0 && n.bareCount > 0 {
		scale := 100.0
		if c.Scale > 0 {
			scale = c.Scale
		}
		p.decide(c.Field, "percent_scale", map[string]any{"header": c.Header, "scale": scale, "max": n.allMax})
	}
}
