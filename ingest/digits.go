package ingest

import (
	"regexp"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// decimals says what separates the fraction of a column's numbers.
type decimals string

const (
	pointDecimals decimals = ""   // 1,234.5
	commaDecimals decimals = ","  // 3,5 and 1 234,5; a lone point is still one, as workbooks store it
	commaAndDots  decimals = ",." // 1.234,56: three digits behind a point are thousands
)

// digitForms are the ways to write digits, by what separates their fraction. The grouped ones come first.
var digitForms = map[decimals][]*regexp.Regexp{
	pointDecimals: {
		regexp.MustCompile(`^[+-]?\d{1,3}(?:,\d{3})+(?:\.\d+)?`),
		regexp.MustCompile(`^[+-]?\d{1,4}(?:,\d{4})+(?:\.\d+)?`),
		regexp.MustCompile(`^[+-]?\d{1,2}(?:,\d{2})+,\d{3}(?:\.\d+)?`),
		regexp.MustCompile(`^[+-]?\d{1,3}(?: \d{3})+(?:\.\d+)?`),
		regexp.MustCompile(`^[+-]?\d{1,3}(?:['’]\d{3})+(?:\.\d+)?`),
		regexp.MustCompile(`^[+-]?\d{1,3}(?:\.\d{3}){2,}`),
		regexp.MustCompile(`^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:e[+-]?\d+)?`),
	},
	commaDecimals: {
		regexp.MustCompile(`^[+-]?\d{1,3}(?:\.\d{3})+,\d+`),
		regexp.MustCompile(`^[+-]?\d{1,3}(?:\.\d{3}){2,}`),
		regexp.MustCompile(`^[+-]?\d{1,3}(?:[ ]\d{3})+(?:,\d+)?`),
		regexp.MustCompile(`^[+-]?\d{1,3}(?:['’]\d{3})+(?:,\d+)?`),
		regexp.MustCompile(`^[+-]?\d+,\d+`),
		regexp.MustCompile(`^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:e[+-]?\d+)?`),
	},
}

// dotThousands is 1.234 where points are known to group.
var dotThousands = regexp.MustCompile(`^[+-]?\d{1,3}(?:\.\d{3})+`)

// cutDigits reads the digits at the start of s.
func cutDigits(s string, d decimals) (value float64, rest string, ok bool) {
	forms := digitForms[pointDecimals]
	if d != pointDecimals {
		forms = digitForms[commaDecimals]
	}
	for i, form := range forms {
		digits := form.FindString(s)
		if d == commaAndDots && i == len(forms)-1 {
			digits = first([]string{dotThousands.FindString(s), digits})
		}
		if digits == "" || !endsNumber(s[len(digits):]) {
			continue
		}
		value, err := strconv.ParseFloat(plainDigits(digits, d), 64)
		return value, s[len(digits):], err == nil
	}
	return 0, s, false
}

// endsNumber says whether what follows digits cannot be more of them.
func endsNumber(rest string) bool {
	r, _ := utf8.DecodeRuneInString(rest)
	return r != ',' && r != '.' && !unicode.IsDigit(r)
}

// plainDigits is digits as ParseFloat takes them.
func plainDigits(digits string, d decimals) string {
	digits = strings.NewReplacer(" ", "", "'", "", "’", "").Replace(digits)
	dots := strings.Count(digits, ".")
	switch {
	case d == pointDecimals && dots > 1:
		return strings.ReplaceAll(digits, ".", "")
	case d == pointDecimals:
		return strings.ReplaceAll(digits, ",", "")
	case strings.Contains(digits, ","):
		return strings.ReplaceAll(strings.ReplaceAll(digits, ".", ""), ",", ".")
	case dots > 1 || d == commaAndDots && dotThousands.FindString(digits) == digits:
		return strings.ReplaceAll(digits, ".", "")
	}
	return digits
}

// separators count what the numbers of a column say about their commas and points.
type separators struct {
	commaDecimal int // 3,5 or 1.234,5
	commaGroup   int // 1,234.5 or 1,234,567
	commaEither  int // 1,234
	pointDecimal int // 12.5
	pointEither  int // 1.234
}

var (
	commaFraction = regexp.MustCompile(`(?:^|[^\d,.])(?:\d+,(?:\d{1,2}|\d{4,})|0,\d+|\d{1,3}(?:[ .'’]\d{3})+,\d+)(?:[^\d,.]|$)`)
	commaThousand = regexp.MustCompile(`\d,\d{3}\.\d|\d,\d{3},\d{3}|\d,\d{4},\d{4}|\d,\d{2},\d{3}`)
	commaThree    = regexp.MustCompile(`(?:^|[^\d,.])[1-9]\d{0,2},\d{3}(?:[^\d,.]|$)`)
	pointThree    = regexp.MustCompile(`(?:^|[^\d,.])[1-9]\d{0,2}\.\d{3}(?:[^\d,.]|$)`)
	pointFraction = regexp.MustCompile(`(?:^|[^\d.])\d*\.\d+(?:[^\d,.]|$)`)
)

// add takes one cell of a number column.
func (s *separators) add(cell string) {
	if strings.IndexByte(cell, ',') < 0 && strings.IndexByte(cell, '.') < 0 {
		return
	}
	if isShortDecimal(cell) {
		s.addDecimal(cell)
		return
	}
	folded := foldText(cell)
	switch {
	case commaThousand.MatchString(folded):
		s.commaGroup++
	case commaFraction.MatchString(folded):
		s.commaDecimal++
	case commaThree.MatchString(folded):
		s.commaEither++
	case pointThree.MatchString(folded):
		s.pointEither++
	case pointFraction.MatchString(folded):
		s.pointDecimal++
	}
}

// addDecimal takes a cell as 12.5 or 1.234, of which 1.234 may be a thousand.
func (s *separators) addDecimal(cell string) {
	whole, fraction, _ := strings.Cut(strings.TrimPrefix(cell, "-"), ".")
	if len(fraction) == 3 && len(whole) <= 3 && whole[0] != '0' {
		s.pointEither++
		return
	}
	s.pointDecimal++
}

// decimals settles the column: a comma is the fraction's where a number shows it and none shows the contrary. In a
// workbook a point is a stored number's.
func (s separators) decimals(inWorkbook bool) decimals {
	switch {
	case s.commaDecimal == 0 || s.commaGroup > 0:
		return pointDecimals
	case inWorkbook || s.pointDecimal > 0:
		return commaDecimals
	}
	return commaAndDots
}
