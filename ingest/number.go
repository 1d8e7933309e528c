package ingest

import (
	"math"
	"regexp"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// number is what a cell of a number column says.
type number struct {
	value      float64
	upper      float64 // of a range, else value
	comparator string  // "", "<=", ">=", "±" or "range"
	unit       string  // a unit of measure glued to it
	isPercent  bool    // value is already divided by 100
}

var (
	plainNumber   = regexp.MustCompile(`^[+-]?(\d+(\.\d*)?|\.\d+)(e[+-]?\d+)?`)
	groupedNumber = regexp.MustCompile(`^[+-]?\d{1,3}(,\d{3})+(\.\d+)?`)
	myriadNumber  = regexp.MustCompile(`^[+-]?\d{1,4}(,\d{4})+(\.\d+)?`)
	rangeParts    = regexp.MustCompile(`^([^~至]+?)\s*(?:~|至|\s-\s|–|—)\s*([^~至]+)$`)
)

// comparators are tried in order; the longer words come first.
var comparators = []struct{ text, sign string }{
	{"<=", "<="}, {">=", ">="}, {"=<", "<="}, {"=>", ">="}, {"≤", "<="}, {"≥", ">="}, {"≦", "<="}, {"≧", ">="},
	{"<", "<="}, {">", ">="}, {"±", "±"}, {"+/-", "±"},
	{"不低于", ">="}, {"不少于", ">="}, {"不小于", ">="}, {"至少", ">="}, {"高于", ">="}, {"大于等于", ">="}, {"大于", ">="},
	{"不高于", "<="}, {"不超过", "<="}, {"不大于", "<="}, {"至多", "<="}, {"低于", "<="}, {"小于等于", "<="}, {"小于", "<="},
	{"at least", ">="}, {"at most", "<="}, {"no more than", "<="}, {"not more than", "<="}, {"no less than", ">="},
	{"up to", "<="}, {"min.", ">="}, {"max.", "<="}, {"under", "<="}, {"over", ">="},
}

// parseNumber reads a cell of a number column: 1,234.5 12万 ¥3.4亿 (123) 5.7% 8 days.
// Comparators and ranges (≤3%, ±5, 30万~60万, 12万+) are read only where asked for.
func (b *book) parseNumber(cell string, comparing bool) (number, bool) {
	if n, err := strconv.ParseFloat(cell, 64); err == nil && finite(n) && simple(cell) {
		return number{value: n, upper: n}, true
	}
	s := foldText(cell)
	if !comparing {
		return b.parseAmount(s)
	}
	if m := rangeParts.FindStringSubmatch(s); m != nil {
		return b.parseRange(m[1], m[2])
	}
	for _, c := range comparators {
		if rest, found := strings.CutPrefix(s, c.text); found {
			n, ok := b.parseAmount(strings.TrimSpace(rest))
			n.comparator = c.sign
			return n, ok
		}
	}
	if rest, found := strings.CutSuffix(s, "+"); found {
		n, ok := b.parseAmount(strings.TrimSpace(rest))
		n.comparator = ">="
		return n, ok
	}
	return b.parseAmount(s)
}

// simple keeps out what ParseFloat takes and no spreadsheet writes: hexadecimal, 1_000, infinities.
func simple(s string) bool {
	for i := 0; i < len(s); i++ {
		if c := s[i]; (c < '0' || c > '9') && !strings.ContainsRune("+-.eE", rune(c)) {
			return false
		}
	}
	return true
}

func finite(n float64) bool { return !math.IsInf(n, 0) && !math.IsNaN(n) }

// parseRange reads a range; a unit or magnitude on its end alone holds for both.
func (b *book) parseRange(low, high string) (number, bool) {
	to, ok := b.parseAmount(high)
	if !ok {
		return number{}, false
	}
	from, ok := b.parseAmount(low)
	if !ok {
		return number{}, false
	}
	if !from.isPercent && to.isPercent {
		from.value /= 100
	}
	if from.value > to.value {
		return number{}, false
	}
	return number{value: from.value, upper: to.value, comparator: "range", unit: to.unit, isPercent: to.isPercent}, true
}

// parseAmount reads folded text without comparators.
func (b *book) parseAmount(s string) (number, bool) {
	negative := false
	if strings.HasPrefix(s, "(") && strings.HasSuffix(s, ")") {
		negative, s = true, s[1:len(s)-1]
	}
	s = b.cutCurrency(strings.TrimSpace(s))
	if !negative && strings.HasPrefix(s, "-") {
		negative, s = true, b.cutCurrency(strings.TrimSpace(s[1:]))
	}
	value, rest, ok := cutNumber(s)
	if !ok || strings.HasPrefix(s, "-") {
		return number{}, false
	}
	n := number{value: value}
	if !b.applySuffix(&n, strings.TrimSpace(rest)) || !finite(n.value) {
		return number{}, false
	}
	if negative {
		n.value = -n.value
	}
	n.upper = n.value
	return n, true
}

// cutNumber reads the digits at the start of s.
func cutNumber(s string) (value float64, rest string, ok bool) {
	for _, form := range []*regexp.Regexp{groupedNumber, myriadNumber, plainNumber} {
		digits := form.FindString(s)
		if digits == "" {
			continue
		}
		rest = s[len(digits):]
		if r, _ := utf8.DecodeRuneInString(rest); r == ',' || r == '.' || unicode.IsDigit(r) {
			continue
		}
		value, err := strconv.ParseFloat(strings.ReplaceAll(digits, ",", ""), 64)
		return value, rest, err == nil
	}
	return 0, s, false
}

// cutCurrency cuts a currency in front of digits.
func (b *book) cutCurrency(s string) string {
	digit := strings.IndexFunc(s, func(r rune) bool { return unicode.IsDigit(r) || r == '.' || r == '-' || r == '+' })
	if digit > 0 && b.currencies[strings.TrimSpace(s[:digit])] {
		return strings.TrimSpace(s[digit:])
	}
	return s
}

// applySuffix takes what follows the digits: percent sign, magnitude, currency, unit word, each once at most.
func (b *book) applySuffix(n *number, s string) bool {
	if s == "" {
		return true
	}
	if s == "%" || s == "percent" || s == "pct" {
		n.isPercent = true
		n.value /= 100
		return true
	}
	if b.units[s] && b.magnitudes[s] == 0 {
		n.unit = s
		return true
	}
	for size := len(s); size > 0; size-- {
		factor, known := b.magnitudes[s[:size]]
		rest := strings.TrimSpace(s[size:])
		if known && (rest == "" || b.units[rest] || b.currencies[rest]) {
			n.value, n.unit = n.value*factor, rest
			return true
		}
	}
	if b.currencies[s] {
		n.unit = s
		return true
	}
	return false
}
