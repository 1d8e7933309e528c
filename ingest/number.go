package ingest

import (
	"math"
	"regexp"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"
)

// number is what a cell of a number column says.
type number struct {
	value      float64
	upper      float64   // of a range, else value
	comparator string    // "", "<=", ">=", "±" or "range"
	unit       string    // a unit of measure glued to it
	isPercent  bool      // value is already divided by 100
	magnitude  float64   // 12万: value is already multiplied by it; 0 is none
	outOf      float64   // 3/5: value is the 3; 0 is none
	clock      int       // 8:13 has 2 parts: value counts the first; 0 is none
	hasNote    bool      // words or a year in brackets stood behind it
	day        time.Time // 2026-06-30 where a number should be: the rest is unset
}

// numberStyle says how a column writes its numbers.
type numberStyle struct {
	comparing bool // comparators and ranges (≤3%, ±5, 30万~60万, 12万+) are read
	decimals  decimals
}

var (
	rangeParts = regexp.MustCompile(`^([^~至]+?)\s*(?:~|至|\s-\s|–|—|\bto\b)\s*([^~至]+)$`)
	rangePlain = regexp.MustCompile(`^(\d[\d.,]*\s*%?)-(\d[\d.,]*[^-]*)$`)
	ratioParts = regexp.MustCompile(`^(\d+(?:[.,]\d+)?)\s*(?:/|out of|of)\s*(\d+(?:[.,]\d+)?)$`)
	clockParts = regexp.MustCompile(`^(\d{1,3}):([0-5]\d)(?::([0-5]\d))?$`)
	noteBehind = regexp.MustCompile(`^([^()]*\d[^()]*?)\s*\(([^()]*)\)$`)
	noteText   = regexp.MustCompile(`\pL|^(?:19|20)\d\d$|^\d+\s*[-–~]\s*\d+$`)
	footnote   = regexp.MustCompile(`([\d%)])\s*(?:[*†‡#§]+|\[\w{1,3}\]|[¹²³⁰⁴-⁹]+)$`)
)

// comparators stand before a number; the longer words come first.
var comparators = []struct{ text, sign string }{
	{"<=", "<="}, {">=", ">="}, {"=<", "<="}, {"=>", ">="}, {"≤", "<="}, {"≥", ">="}, {"≦", "<="}, {"≧", ">="},
	{"<", "<="}, {">", ">="}, {"±", "±"}, {"+/-", "±"},
	{"不低于", ">="}, {"不少于", ">="}, {"不小于", ">="}, {"至少", ">="}, {"高于", ">="}, {"大于等于", ">="}, {"大于", ">="}, {"超过", ">="},
	{"不高于", "<="}, {"不超过", "<="}, {"不大于", "<="}, {"不多于", "<="}, {"至多", "<="}, {"低于", "<="}, {"小于等于", "<="}, {"小于", "<="}, {"少于", "<="}, {"控制在", "<="},
	{"at least", ">="}, {"at most", "<="}, {"no more than", "<="}, {"not more than", "<="}, {"no less than", ">="}, {"not less than", ">="},
	{"greater than or equal to", ">="}, {"less than or equal to", "<="}, {"greater than", ">="}, {"more than", ">="}, {"less than", "<="}, {"fewer than", "<="},
	{"up to", "<="}, {"min.", ">="}, {"max.", "<="}, {"minimum", ">="}, {"maximum", "<="}, {"under", "<="}, {"over", ">="},
	{"above", ">="}, {"below", "<="}, {"within", "<="},
}

// comparatorsBehind stand behind a number.
var comparatorsBehind = []struct{ text, sign string }{
	{"+", ">="}, {"及以上", ">="}, {"以上", ">="}, {"及以下", "<="}, {"以下", "<="}, {"以内", "<="}, {"之内", "<="},
	{"or more", ">="}, {"or above", ">="}, {"or higher", ">="}, {"and above", ">="},
	{"or less", "<="}, {"or below", "<="}, {"or lower", "<="}, {"and below", "<="}, {"or fewer", "<="},
}

const longestValue = 200 // bytes: a longer cell is prose, not a number or a day

// parseNumber is readNumber for columns that write 1,234.5.
func (b *book) parseNumber(cell string, comparing bool) (number, bool) {
	return b.readNumber(cell, numberStyle{comparing: comparing})
}

// readNumber reads a cell of a number column: 1,234.5 12万 ¥3.4亿 (123) 5- 5.7% 8 days 2968 (2007) 12.5* 3/5 8:13.
func (b *book) readNumber(cell string, style numberStyle) (number, bool) {
	if n, err := strconv.ParseFloat(cell, 64); err == nil && finite(n) && simple(cell) && (style.decimals != commaAndDots || strings.IndexByte(cell, '.') < 0) {
		return number{value: n, upper: n}, true
	}
	if len(cell) > longestValue || isASCII(cell) && !hasDigit(cell) {
		return number{}, false
	}
	s := strings.Trim(foldText(cutFootnote(cell)), `'"‘’“” `)
	if !hasDigit(s) {
		return number{}, false
	}
	if !style.comparing {
		return b.readAmount(s, style.decimals)
	}
	if n, ok := b.readRange(s, style.decimals); ok {
		return n, true
	}
	sign, rest := cutComparator(s)
	if ratioParts.MatchString(rest) && sign != "" {
		return number{}, false
	}
	n, ok := b.readAmount(rest, style.decimals)
	n.comparator = sign
	return n, ok
}

// cutFootnote cuts the mark of a footnote behind a number, before folding would make a digit of it.
func cutFootnote(cell string) string {
	cell = strings.TrimSpace(cell)
	if last, _ := utf8.DecodeLastRuneInString(cell); !strings.ContainsRune(footnoteEnds, last) {
		return cell
	}
	return footnote.ReplaceAllString(cell, "$1")
}

const footnoteEnds = "*†‡#§]¹²³⁰⁴⁵⁶⁷⁸⁹"

// cutComparator cuts what compares, before or behind a number, or both: 控制在5%以内.
func cutComparator(s string) (sign, rest string) {
	rest = s
	for _, c := range comparators {
		if after, found := strings.CutPrefix(rest, c.text); found {
			sign, rest = c.sign, strings.TrimSpace(after)
			break
		}
	}
	for _, c := range comparatorsBehind {
		if before, found := strings.CutSuffix(rest, c.text); found && (sign == "" || sign == c.sign) {
			return c.sign, strings.TrimSpace(before)
		}
	}
	return sign, rest
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

// readRange reads a range; a unit or magnitude on its end alone holds for both.
func (b *book) readRange(s string, d decimals) (number, bool) {
	if b.opensWithWord(s) {
		return number{}, false
	}
	m := rangeParts.FindStringSubmatch(s)
	if m == nil {
		m = rangePlain.FindStringSubmatch(s)
	}
	if m == nil {
		return number{}, false
	}
	to, ok := b.readAmount(m[2], d)
	if !ok {
		return number{}, false
	}
	from, ok := b.readAmount(m[1], d)
	if !ok || to.outOf+from.outOf > 0 || to.clock+from.clock > 0 {
		return number{}, false
	}
	if !from.isPercent && to.isPercent {
		from.value /= 100
	}
	if from.magnitude == 0 && to.magnitude > 0 {
		from.value *= to.magnitude
	}
	n := to
	n.value, n.comparator = from.value, "range"
	return n, n.value <= n.upper
}

// parseAmount reads folded text without comparators that writes 1,234.5.
func (b *book) parseAmount(s string) (number, bool) { return b.readAmount(s, pointDecimals) }

// readAmount reads folded text without comparators.
func (b *book) readAmount(s string, d decimals) (number, bool) {
	if b.opensWithWord(s) {
		return number{}, false
	}
	if m := ratioParts.FindStringSubmatch(s); m != nil {
		return readRatio(m)
	}
	if m := clockParts.FindStringSubmatch(s); m != nil {
		return readClock(m)
	}
	hasNote := false
	if m := noteBehind.FindStringSubmatch(s); m != nil {
		if n, ok := b.readSigned(m[1]+" "+m[2], d); ok && !unicode.IsDigit(rune(first([]string{m[2], "0"})[0])) { // 100 (USD)
			return n, true
		}
		if !noteText.MatchString(m[2]) {
			return number{}, false
		}
		s, hasNote = m[1], true
	}
	n, ok := b.readSigned(s, d)
	n.hasNote = hasNote
	return n, ok
}

// readRatio reads 3/5 for what it is: 3, out of 5.
func readRatio(m []string) (number, bool) {
	points, err := strconv.ParseFloat(strings.ReplaceAll(m[1], ",", "."), 64)
	whole, err2 := strconv.ParseFloat(strings.ReplaceAll(m[2], ",", "."), 64)
	return number{value: points, upper: points, outOf: whole}, err == nil && err2 == nil && whole > 0
}

// readClock reads 8:13 as 8 and 13 sixtieths of whatever the first part counts.
func readClock(m []string) (number, bool) {
	n := number{clock: 2}
	sixtieths := 1.0
	for _, part := range m[1:] {
		if part == "" {
			break
		}
		count, err := strconv.Atoi(part)
		if err != nil {
			return number{}, false
		}
		n.value += float64(count) / sixtieths
		sixtieths *= 60
	}
	if m[3] != "" {
		n.clock = 3
	}
	n.upper = n.value
	return n, true
}

// readSigned reads an amount with its sign, currency and unit: -5, 5-, (5), ($5), -$5.
func (b *book) readSigned(s string, d decimals) (number, bool) {
	negative := false
	s = b.cutCurrency(s)
	if strings.HasPrefix(s, "(") && strings.HasSuffix(s, ")") {
		negative, s = true, s[1:len(s)-1]
	}
	s = b.cutCurrency(strings.TrimSpace(s))
	if !negative && strings.HasPrefix(s, "-") {
		negative, s = true, b.cutCurrency(strings.TrimSpace(s[1:]))
	}
	if !negative && strings.HasSuffix(s, "-") {
		negative, s = true, s[:len(s)-1]
	}
	value, rest, ok := cutDigits(s, d)
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

// opensWithWord says whether text opens with a letter that is no currency's, as no amount does.
func (b *book) opensWithWord(s string) bool {
	opening, _ := utf8.DecodeRuneInString(s)
	return unicode.IsLetter(opening) && b.cutCurrency(s) == s
}

// cutCurrency cuts a currency in front of digits.
func (b *book) cutCurrency(s string) string {
	digit := strings.IndexFunc(s, func(r rune) bool { return unicode.IsDigit(r) || strings.ContainsRune(".-+(", r) })
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
	if part := percents[s]; part > 0 {
		n.isPercent = true
		n.value /= part
		return true
	}
	if b.units[s] && b.magnitudes[s] == 0 {
		n.unit = s
		return true
	}
	if factor, rest := b.cutMagnitude(s); factor > 0 && (rest == "" || b.units[rest] || b.currencies[rest]) {
		n.value, n.magnitude, n.unit = n.value*factor, factor, rest
		return true
	}
	if b.currencies[s] {
		n.unit = s
		return true
	}
	return false
}

// percents are parts of a whole, by what stands behind the number.
var percents = map[string]float64{"%": 100, "percent": 100, "pct": 100, "per cent": 100, "‰": 1000}

// cutMagnitude cuts the longest magnitude that s opens with; 0 is none. A word is one only as a whole: m of "minutes" is none.
func (b *book) cutMagnitude(s string) (factor float64, rest string) {
	for size := len(s); size > 0; size-- {
		if factor := b.magnitudes[s[:size]]; factor > 0 {
			rest := s[size:]
			if isASCII(s[:size]) && rest != "" && rest[0] >= 'a' && rest[0] <= 'z' {
				continue
			}
			return factor, strings.TrimSpace(strings.TrimPrefix(strings.TrimSpace(rest), "of "))
		}
	}
	return 0, s
}
