package ingest

import (
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"
)

const maxKnownCells = 1 << 16 // of one column

// freeColumn is a column whose cells say something about their own field alone. What a cell says is found by the
// converter, once for each text; texts of a form that is known to be taken as it stands need not be looked up.
type freeColumn struct {
	reader
	convert *converter
	known   map[string]freeCell
	asIs    func(c *freeColumn, cell string) bool
	empty   map[string]bool // how words for nothing begin
	scratch values
}

// freeCell is what a cell says.
type freeCell struct {
	text     string // as the warehouse reads it
	isStated bool
	isWhole  bool // of a share: 1 or more
	isClear  bool // nothing more is to be said about it
}

// probes are cells of each type that must mean themselves if such cells are to be taken as they stand.
var probes = map[string][]string{
	"id":     {"G-12-ab", "1234567", "OKR2024_7"},
	"text":   {"A probe of 7 words, no more", "本周完成 3 项", "1,5 of 2.0 (50%)"},
	"number": {"0", "7", "-12", "0.5", "1.234", "1234.5", "-2.125"},
	"share":  {"0", "1", "0.5", "0.125"},
	"date":   {"2024-03-31", "2024-12-01"},
	"unit":   {"S/W Dept"}, // the field
}

func newFreeColumn(c *converter, r reader) *freeColumn {
	f := &freeColumn{reader: r, convert: c, known: map[string]freeCell{}, scratch: make(values, len(c.kind.Fields)), empty: c.dict.nothingStarts()}
	for _, probe := range slices.Concat(probes[r.fieldType], probes[r.Field]) {
		if cell := f.ask(probe); !cell.isClear || cell.text != probe {
			return f
		}
	}
	switch r.fieldType {
	case "id":
		f.asIs = (*freeColumn).isPlainID
	case "text":
		f.asIs = (*freeColumn).isPlainText
	case "number", "share":
		f.asIs = func(_ *freeColumn, cell string) bool { return isShortDecimal(cell) }
	case "date":
		f.asIs = func(_ *freeColumn, cell string) bool { return isEarlyDay(cell) }
	}
	return f
}

// read answers what a cell says.
func (f *freeColumn) read(cell string) freeCell {
	if cell == "" {
		return freeCell{isClear: true}
	}
	if f.asIs != nil && f.asIs(f, cell) {
		return freeCell{text: cell, isStated: true, isClear: true, isWhole: cell[0] >= '1' && cell[0] <= '9'}
	}
	if len(cell) > 64 {
		return f.ask(cell)
	}
	said, found := f.known[cell]
	if !found {
		said = f.ask(cell)
		if len(f.known) < maxKnownCells {
			f.known[strings.Clone(cell)] = said
		}
	}
	return said
}

// ask has the converter read a cell.
func (f *freeColumn) ask(cell string) freeCell {
	clear(f.scratch)
	if problem := f.convert.read(&f.reader, cell, f.scratch); problem != nil {
		return freeCell{}
	}
	for at, value := range f.scratch {
		if value != nil && at != f.at {
			return freeCell{}
		}
	}
	value := f.scratch[f.at]
	text, ok := bulkText(value)
	share, _ := value.(float64)
	return freeCell{text: text, isStated: value != nil, isWhole: share >= 1, isClear: ok}
}

// bulkText is a value as the warehouse reads it; ok is false for one that is not settled yet.
func bulkText(value any) (text string, ok bool) {
	switch value := value.(type) {
	case nil:
		return "", true
	case string:
		return value, value != ""
	case float64:
		return strconv.FormatFloat(value, 'g', -1, 64), true
	case int32:
		return strconv.Itoa(int(value)), true
	case bool:
		return strconv.FormatBool(value), true
	case time.Time:
		return value.Format(time.DateOnly), true
	}
	return "", false
}

// nothingStarts are the first three bytes of the words for nothing and for absences, in lower case.
func (b *book) nothingStarts() map[string]bool {
	starts := map[string]bool{}
	for _, words := range []map[string]bool{b.nothings, b.symbols, b.absences} {
		for word := range words {
			starts[word[:min(len(word), 3)]] = true
		}
	}
	for _, opening := range b.nothingOpenings {
		starts[opening[:min(len(opening), 3)]] = true
	}
	return starts
}

// mayBeNothing says whether a text may be a word for nothing. It must begin with a character of ASCII or Han.
func (f *freeColumn) mayBeNothing(cell string) bool {
	if len(cell) < 3 || f.empty[cell[:3]] {
		return true
	}
	if cell[0] < utf8.RuneSelf && (cell[1] >= utf8.RuneSelf || cell[2] >= utf8.RuneSelf) {
		return true // one of full width may follow
	}
	var start [3]byte
	for i := range start {
		start[i] = cell[i]
		if 'A' <= cell[i] && cell[i] <= 'Z' {
			start[i] += 'a' - 'A'
		}
	}
	return f.empty[string(start[:])] || f.empty[string(start[:2])] || f.empty[string(start[:1])]
}

// isPlainID holds for short ids of letters, digits, hyphens and underscores that are not digits alone.
func (f *freeColumn) isPlainID(cell string) bool {
	if len(cell) > 32 || cell[0] == '-' || cell[0] == '_' || f.mayBeNothing(cell) {
		return false
	}
	for i := 0; i < len(cell); i++ {
		c := cell[i]
		if (c|0x20 < 'a' || c|0x20 > 'z') && (c < '0' || c > '9') && c != '-' && c != '_' {
			return false
		}
	}
	return len(cell) <= 15 || cell[0] > '9'
}

// isPlainText holds for texts without blanks around them and without anything that cannot be seen.
func (f *freeColumn) isPlainText(cell string) bool {
	if cell[0] <= ' ' || cell[0] >= utf8.RuneSelf && (cell[0] < 0xe4 || cell[0] > 0xe9) || f.mayBeNothing(cell) {
		return false
	}
	for i := 0; i < len(cell); i++ {
		switch cell[i] {
		case 0xc2, 0xe1, 0xe2, 0xe3, 0xef:
			if r, _ := utf8.DecodeRuneInString(cell[i:]); !unicode.IsPrint(r) || unicode.IsSpace(r) {
				return false
			}
		case 0, '\t', '\v', '\f', '\r', 0x7f:
			return false
		}
	}
	last, _ := utf8.DecodeLastRuneInString(cell)
	return !unicode.IsSpace(last)
}

// isShortDecimal holds for decimals of at most twelve digits, so that they are kept as they are.
func isShortDecimal(cell string) bool {
	digits := strings.TrimPrefix(cell, "-")
	point := strings.IndexByte(digits, '.')
	whole := len(digits)
	if point >= 0 {
		whole = point
	}
	if len(digits) > 12 || whole == 0 || point == len(digits)-1 || whole > 1 && digits[0] == '0' {
		return false
	}
	for i := 0; i < len(digits); i++ {
		if (digits[i] < '0' || digits[i] > '9') && i != point {
			return false
		}
	}
	return true
}

// isEarlyDay holds for ISO dates of this and the last century up to the 28th, which every month has.
func isEarlyDay(cell string) bool {
	if len(cell) != len(time.DateOnly) || cell[4] != '-' || cell[7] != '-' || cell[:2] != "20" && cell[:2] != "19" {
		return false
	}
	for i := 2; i < len(cell); i++ {
		if (cell[i] < '0' || cell[i] > '9') && i != 4 && i != 7 {
			return false
		}
	}
	month, day := cell[5:7], cell[8:]
	return "01" <= month && month <= "12" && "01" <= day && day <= "28"
}
