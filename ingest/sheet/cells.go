package sheet

import (
	"bytes"
	"fmt"
	"io"
	"strconv"
)

// The size of a sheet, as every spreadsheet program has it.
const (
	maxRows    = 1 << 20
	maxColumns = 1 << 14
)

// cellReader reads the rows of a sheet's XML. After next, it is the row that was read.
type cellReader struct {
	gridRow
	book *workbook
	s    *scanner

	value    []byte // of the cell that is being read
	hasValue bool   // value is one and no formula
	computed bool   // it is that of a formula
	text     []byte // of the row's cells, one after the other
	spans    []span // which cells they are
}

type span struct{ column, start, end int }

// seek reads to the rows, for which every sheet has an element.
func (r *cellReader) seek() error {
	for {
		if err := r.s.next(); err != nil {
			return truncated(err)
		}
		if r.s.kind == tokenOpen && string(r.s.name) == "sheetData" {
			return nil
		}
	}
}

// next reads a row. io.EOF is the end of the rows; a sheet that stops before it is damaged.
func (r *cellReader) next() error {
	for {
		if err := r.s.next(); err != nil {
			return truncated(err)
		}
		switch {
		case r.s.kind == tokenClose && string(r.s.name) == "sheetData":
			return io.EOF
		case r.s.kind == tokenOpen && string(r.s.name) == "row":
			return r.row()
		}
	}
}

func (r *cellReader) row() error {
	r.line++
	if stated := r.s.value("r"); stated != nil {
		n, err := strconv.Atoi(string(stated))
		if err != nil || n < 1 || n > maxRows {
			return fmt.Errorf("row number %q: %w", stated, errXML)
		}
		r.line = n
	}
	r.hidden = isTrue(r.s.value("hidden"))
	r.cells, r.numbers, r.text, r.spans = r.cells[:0], r.numbers[:0], r.text[:0], r.spans[:0]
	column := -1
	for {
		taken, last, err := r.simpleCells(r.s.buffered(), column)
		if err != nil {
			return err
		}
		r.s.pass(taken)
		column = last
		if err := r.s.next(); err != nil {
			return truncated(err)
		}
		switch {
		case r.s.kind == tokenClose && string(r.s.name) == "row":
			r.place()
			return nil
		case r.s.kind == tokenOpen && string(r.s.name) == "c":
			at, err := columnOf(r.s.value("r"), column+1)
			if err != nil {
				return err
			}
			column = at
			if err := r.cell(column); err != nil {
				return err
			}
		}
	}
}

// columnOf reads the letters of a reference as B7. Without a reference a cell is in
// the next column.
func columnOf(ref []byte, next int) (int, error) {
	column := next
	if ref != nil {
		column = -1
		for _, b := range ref[:min(len(ref), 3)] {
			if letter := b | 0x20; 'a' <= letter && letter <= 'z' {
				column = (column+1)*26 + int(letter-'a')
			}
		}
	}
	if column < 0 || column >= maxColumns {
		return 0, fmt.Errorf("cell %q: %w", ref, errXML)
	}
	return column, nil
}

// place puts the text of the row into its cells, with one allocation for all.
func (r *cellReader) place() {
	text := string(r.text)
	for _, s := range r.spans {
		r.set(s.column, text[s.start:s.end])
	}
}

// What the attribute t of a cell says of its value.
const (
	typeNumber = iota
	typeShared
	typeText
	typeBool
	typeAsIs // an error or an ISO date
)

func cellType(t []byte) int {
	switch string(t) {
	case "s":
		return typeShared
	case "str", "inlineStr":
		return typeText
	case "b":
		return typeBool
	case "e", "d":
		return typeAsIs
	}
	return typeNumber
}

// cell reads the cell that was opened last.
func (r *cellReader) cell(column int) error {
	kind, style := cellType(r.s.value("t")), 0
	if s := r.s.value("s"); s != nil {
		style, _ = strconv.Atoi(string(s))
	}
	r.value, r.hasValue, r.computed = r.value[:0], false, false
	for {
		if err := r.s.next(); err != nil {
			return truncated(err)
		}
		if r.s.kind == tokenClose {
			break // of c: its children are read whole
		}
		if r.s.kind == tokenOpen {
			if err := r.child(kind); err != nil {
				return err
			}
		}
	}
	if r.computed && r.book.uncalculated && isZero(r.value) {
		r.value, r.hasValue = append(r.value[:0], unknownFormula...), false
	}
	if !r.hasValue {
		kind = typeText // the formula, if there is one
	}
	return r.keep(column, kind, style, r.value)
}

// child reads an element inside a cell. A formula is kept for the case that no program
// has calculated it yet: a person is to see it rejected, not to miss a number.
func (r *cellReader) child(kind int) error {
	var err error
	switch name := string(r.s.name); {
	case name == "v":
		err = r.stored(kind)
	case name == "is":
		r.hasValue = true
		r.value, err = r.s.richText(r.value[:0])
	case name == "f" && !r.hasValue:
		r.computed = true
		r.value, err = r.s.content(append(r.value[:0], '='))
	default:
		err = r.s.skip()
	}
	return err
}

// stored reads the value of a cell. An empty text is one; beside a formula, an empty number is none.
func (r *cellReader) stored(kind int) (err error) {
	start := len(r.value)
	if r.value, err = r.s.content(r.value); len(r.value) > start || kind != typeNumber {
		r.hasValue = true
		r.value = append(r.value[:0], r.value[start:]...)
	}
	return err
}

// unknownFormula stands for a formula that nobody has calculated, where its text is not kept.
const unknownFormula = "=…"

// isZero says whether a value is the 0 that programs write who leave the calculating to others.
func isZero(value []byte) bool { return string(value) == "0" || string(value) == "0.0" }

// content appends the text of the element that was opened last and reads to its end.
func (s *scanner) content(into []byte) ([]byte, error) {
	for depth := 1; depth > 0; {
		if err := s.next(); err != nil {
			return into, truncated(err)
		}
		switch s.kind {
		case tokenOpen:
			depth++
		case tokenClose:
			depth--
		case tokenText:
			into = append(into, s.text...)
		}
	}
	return into, nil
}

// isTrue reads a boolean of XML.
func isTrue(value []byte) bool { return string(value) == "1" || string(value) == "true" }

func boolText(value bool) string {
	if value {
		return "TRUE"
	}
	return "FALSE"
}

// keep takes the value as the type of the cell says.
func (r *cellReader) keep(column, kind, style int, value []byte) error {
	if len(value) == 0 {
		return nil
	}
	start := len(r.text)
	switch kind {
	case typeShared:
		return r.shared(column, value)
	case typeBool:
		r.set(column, boolText(isTrue(value)))
		return nil
	case typeText, typeAsIs:
		r.text = append(r.text, storedText(value)...)
	default:
		r.text = appendNumber(r.text, value)
		r.numbers = append(r.numbers, styledNumber{column, r.book.style(style)})
	}
	r.spans = append(r.spans, span{column, start, len(r.text)})
	return nil
}

// shared takes the string with the number that a cell gives. One that is wanted often has memory of its own; others
// share that of their row.
func (r *cellReader) shared(column int, value []byte) error {
	t := r.book.strings
	n, err := strconv.Atoi(string(bytes.TrimSpace(value)))
	if err != nil || n < 0 || n >= t.count {
		return fmt.Errorf("shared string %q: %w", value, errXML)
	}
	known := &t.ready[n%readyStrings]
	if known.number == n+1 && known.text != "" {
		r.set(column, known.text)
		return nil
	}
	start := len(r.text)
	if r.text, err = t.appendTo(r.text, n); err != nil {
		return err
	}
	if known.number == n+1 && len(r.text)-start <= maxReady {
		known.text = string(r.text[start:])
		r.text = r.text[:start]
		r.set(column, known.text)
		return nil
	}
	*known = readyString{number: n + 1}
	r.spans = append(r.spans, span{column, start, len(r.text)})
	return nil
}
