package sheet

import (
	"bytes"
	"regexp"
	"strconv"
	"strings"
	"time"
)

// odsCell is what the attributes of a cell say.
type odsCell struct {
	kind    string
	stored  []byte // the value as a program reads it
	formula []byte
	isShown bool // the cell says something to a person, be it nothing
}

// storedIn names the attribute of the value, by its type.
var storedIn = map[string]string{
	"float": "value", "percentage": "value", "currency": "value",
	"date": "date-value", "time": "time-value", "boolean": "boolean-value",
}

// open reads the attributes of the cell that was opened last.
func (c *odsCell) open(s *scanner) {
	c.kind = string(s.value("value-type"))
	name, isNumeric := storedIn[c.kind]
	if !isNumeric {
		name = "string-value"
	}
	c.stored = append(c.stored[:0], s.unescape(s.value(name))...)
	c.formula = append(c.formula[:0], s.unescape(s.value("formula"))...)
}

// value is the cell's text. Dates and times are serial numbers, as in every other
// workbook, so that the same data reads the same. shown is what a person sees in the cell.
func (c *odsCell) value(shown []byte) (text string, style ColumnStyle, isNumber bool) {
	kind := c.kind
	if len(c.stored) == 0 { // all that there is, is what is shown
		kind = "string"
	}
	switch kind {
	case "float", "currency", "percentage":
		if word := string(shown); word == boolText(true) || word == boolText(false) { // the result of a formula
			return word, ColumnStyle{}, false
		}
		return string(appendNumber(nil, c.stored)), ColumnStyle{IsPercent: kind == "percentage"}, true
	case "date", "time":
		read := dateSerial
		if kind == "time" {
			read = timeSerial
		}
		if serial, ok := read(string(c.stored)); ok {
			return floatText(serial), ColumnStyle{IsDate: true}, true
		}
		return cleanText(c.stored), ColumnStyle{}, false
	case "boolean":
		return boolText(isTrue(c.stored)), ColumnStyle{}, false
	}
	switch {
	case len(shown) > 0:
		return cleanText(shown), ColumnStyle{}, false
	case len(c.stored) > 0:
		return cleanText(c.stored), ColumnStyle{}, false
	case !c.isShown && len(c.formula) > 0: // that nobody calculated, shown as such
		return "=" + cleanText(c.formula[bytes.IndexByte(c.formula, '=')+1:]), ColumnStyle{}, false
	}
	return "", ColumnStyle{}, false
}

func cleanText(text []byte) string { return plainText(strings.ToValidUTF8(string(text), "\ufffd")) }

var zeroDay = time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC)

// dateSerial is the serial number of 2024-03-31 or 2024-03-31T12:00:00.
func dateSerial(stored string) (float64, bool) {
	for _, layout := range []string{time.DateOnly, "2006-01-02T15:04:05"} {
		if t, err := time.Parse(layout, strings.TrimSuffix(stored, "Z")); err == nil {
			return (float64(t.Unix()-zeroDay.Unix()) + float64(t.Nanosecond())/1e9) / (24 * 60 * 60), true
		}
	}
	return 0, false
}

var duration = regexp.MustCompile(`^(-?)P(?:(\d{1,9})D)?(?:T(?:(\d{1,9})H)?(?:(\d{1,9})M)?(?:(\d{1,9}(?:[.,]\d{1,9})?)S)?)?$`)

// timeSerial is the serial number of PT08H13M00S, the part of a day.
func timeSerial(stored string) (float64, bool) {
	m := duration.FindStringSubmatch(stored)
	if m == nil {
		return 0, false
	}
	days := 0.0
	for i, perDay := range []float64{1, 24, 24 * 60, 24 * 60 * 60} {
		if n, err := strconv.ParseFloat(strings.Replace(m[i+2], ",", ".", 1), 64); err == nil {
			days += n / perDay
		}
	}
	if m[1] != "" {
		days = -days
	}
	return days, true
}

// paragraphs appends the paragraphs of the cell that was opened last, a line each,
// and reads to its end. Comments and drawings in it are not its text.
func (s *scanner) paragraphs(into []byte) (text []byte, count int, err error) {
	for {
		if err := s.next(); err != nil {
			return into, count, truncated(err)
		}
		if s.kind == tokenClose {
			return into, count, nil
		}
		if s.kind != tokenOpen {
			continue
		}
		switch string(s.name) {
		case "p", "h":
			if count++; count > 1 {
				into = append(into, '\n')
			}
			into, err = s.paragraph(into)
		default:
			err = s.skip()
		}
		if err != nil {
			return into, count, err
		}
	}
}

// paragraph appends the text of the paragraph that was opened last and reads to its end. A run of
// blanks is one. At the start it is none, but for a single blank: LibreOffice writes one that is the cell's so.
func (s *scanner) paragraph(into []byte) ([]byte, error) {
	start, afterBlank := len(into), false
	for depth := 1; depth > 0; {
		if err := s.next(); err != nil {
			return into, truncated(err)
		}
		switch s.kind {
		case tokenText:
			text := s.text
			if trimmed := bytes.TrimLeft(text, " \t\r\n"); len(into) == start && len(text)-len(trimmed) > 1 {
				text = trimmed
			}
			into, afterBlank = appendCollapsed(into, text, afterBlank)
		case tokenClose:
			depth--
		case tokenOpen:
			var isWhole bool
			into, isWhole = s.appendMark(into)
			if !isWhole {
				depth++
				continue
			}
			afterBlank = false
			if err := s.skip(); err != nil {
				return into, err
			}
		}
	}
	return into, nil
}

// maxSpaces is longer than a cell can be: one element stands for many blanks.
const maxSpaces = 1 << 15

// appendMark appends what the element that was opened last stands for. It answers false
// for one that is only around text.
func (s *scanner) appendMark(into []byte) ([]byte, bool) {
	switch string(s.name) {
	case "s":
		blanks := min(s.count("c"), maxSpaces-len(into))
		return append(into, bytes.Repeat([]byte{' '}, max(blanks, 1))...), true
	case "tab":
		return append(into, '\t'), true
	case "line-break":
		return append(into, '\n'), true
	case "annotation", "note", "ruby-text", "frame":
		return into, true
	}
	return into, false
}

// appendCollapsed appends text with each run of blanks as one.
func appendCollapsed(into, text []byte, afterBlank bool) ([]byte, bool) {
	for _, b := range text {
		isBlank := b == ' ' || b == '\t' || b == '\n' || b == '\r'
		switch {
		case !isBlank:
			into = append(into, b)
		case !afterBlank:
			into = append(into, ' ')
		}
		afterBlank = isBlank
	}
	return into, afterBlank
}
