package sheet

import (
	"encoding/binary"
	"fmt"
	"math"
	"slices"
	"strconv"
)

// maxXLSColumns is the width of every sheet of these programs.
const maxXLSColumns = 256

// xlsSheet is one sheet of an old workbook.
type xlsSheet struct {
	book  *xlsBook
	name  string
	start int
	index *xlsIndex // nil: not made yet
}

// xlsIndex says where the cells of each row stand: in the stream they may be in any order.
type xlsIndex struct {
	cells   []xlsCell // by row, and in a row by their order in the stream
	hidden  map[int]bool
	merges  []Merge
	damaged error // of what follows the cells

	calculated bool // some formula has a result other than 0
}

type xlsCell struct {
	row uint16 // from 0
	at  uint32 // of its record
}

func (x *xlsSheet) fault(line int, err error) *Error {
	return damagedSheet(x.book.file, x.name, line, err)
}

func (x *xlsSheet) mergedCells() []Merge { return x.indexed().merges }

func (x *xlsSheet) each(use func(*gridRow) bool) (line int, err error) {
	index, row := x.indexed(), &gridRow{}
	merges := index.merges
	for cells := index.cells; len(cells) > 0; {
		row.reset(int(cells[0].row) + 1)
		row.hidden = index.hidden[row.line]
		row.merges, merges = merges, nil
		for len(cells) > 0 && int(cells[0].row) == row.line-1 {
			if err := x.cell(row, int(cells[0].at)); err != nil {
				return row.line, err
			}
			cells = cells[1:]
		}
		if !use(row) {
			return row.line, nil
		}
	}
	return row.line, index.damaged
}

func (x *xlsSheet) indexed() *xlsIndex {
	if x.index == nil {
		x.index = x.readIndex()
	}
	return x.index
}

// readIndex looks through the records of the sheet. Charts inside it have records of their own.
func (x *xlsSheet) readIndex() *xlsIndex {
	index := &xlsIndex{hidden: map[int]bool{}}
	depth := 0
	for at := x.start; ; {
		r, err := x.book.record(at)
		if err == nil && depth == 0 && r.kind != biffBegin {
			err = fmt.Errorf("sheet starts with record %#x: %w", r.kind, errBIFF)
		}
		if err != nil {
			index.damaged = err
			break
		}
		switch r.kind {
		case biffBegin:
			depth++
		case biffEnd:
			depth--
		}
		if depth == 0 {
			break
		}
		if depth == 1 {
			index.add(r, at)
		}
		at = r.next
	}
	byRow := func(a, b xlsCell) int { return int(a.row) - int(b.row) }
	if !slices.IsSortedFunc(index.cells, byRow) {
		slices.SortStableFunc(index.cells, byRow)
	}
	slices.SortStableFunc(index.merges, func(a, b Merge) int { return a.FirstLine - b.FirstLine })
	return index
}

func (i *xlsIndex) add(r record, at int) {
	switch r.kind {
	case biffFormula:
		i.calculated = i.calculated || !hasNoResult(r)
		fallthrough
	case biffNumber, biffRK, biffManyRK, biffLabel, biffRichLabel, biffSharedText, biffBoolError:
		i.cells = append(i.cells, xlsCell{uint16(r.u16(0)), uint32(at)})
	case biffRow:
		if r.u16(12)&0x20 != 0 {
			i.hidden[r.u16(0)+1] = true
		}
	case biffMerges:
		for n := range min(r.u16(0), len(r.body)/8) {
			at := 2 + 8*n
			m := Merge{FirstLine: r.u16(at) + 1, LastLine: r.u16(at+2) + 1, FirstColumn: r.u16(at + 4), LastColumn: r.u16(at + 6)}
			if m.FirstLine <= m.LastLine && m.FirstColumn <= m.LastColumn {
				i.merges = append(i.merges, m)
			}
		}
	}
}

// cell reads the cells of one record.
func (x *xlsSheet) cell(row *gridRow, at int) error {
	r, err := x.book.record(at)
	if err != nil {
		return err
	}
	column := r.u16(2)
	if len(r.body) < 8 || column >= maxXLSColumns {
		return fmt.Errorf("cell in column %d: %w", column+1, errBIFF)
	}
	text, value := "", r.body[6:]
	switch r.kind {
	case biffNumber:
		return x.number(row, r, value)
	case biffRK:
		return x.compact(row, column, r.body[4:])
	case biffManyRK:
		for cells := r.body[4:]; len(cells) >= 8 && column < maxXLSColumns; cells = cells[6:] {
			if err := x.compact(row, column, cells); err != nil {
				return err
			}
			column++
		}
		return nil
	case biffFormula:
		return x.result(row, r, value)
	case biffBoolError:
		text = boolOrError(value[1] != 0, value[0])
	case biffSharedText:
		text, err = x.sharedText(value)
	default:
		text, err = x.book.pieces(record{body: value, next: r.next}).text(false)
	}
	if err != nil {
		return err
	}
	row.set(column, text)
	return nil
}

func (x *xlsSheet) sharedText(value []byte) (string, error) {
	if len(value) >= 4 {
		if n := binary.LittleEndian.Uint32(value); int64(n) < int64(len(x.book.strings)) {
			return x.book.strings[n], nil
		}
	}
	return "", fmt.Errorf("text that is not there: %w", errBIFF)
}

// number reads a number of eight bytes.
func (x *xlsSheet) number(row *gridRow, r record, value []byte) error {
	if len(value) < 8 {
		return fmt.Errorf("number: %w", errBIFF)
	}
	x.set(row, r.u16(2), r.u16(4), math.Float64frombits(binary.LittleEndian.Uint64(value)))
	return nil
}

// compact reads a style and a number of four bytes: 30 bits of a whole number or of
// the upper half of a float, and whether it is to be divided by 100.
func (x *xlsSheet) compact(row *gridRow, column int, cell []byte) error {
	if len(cell) < 6 {
		return fmt.Errorf("number: %w", errBIFF)
	}
	bits := binary.LittleEndian.Uint32(cell[2:])
	value := math.Float64frombits(uint64(bits&^3) << 32)
	if bits&2 != 0 {
		value = float64(int32(bits) >> 2)
	}
	if bits&1 != 0 {
		value /= 100
	}
	x.set(row, column, int(binary.LittleEndian.Uint16(cell)), value)
	return nil
}

func (x *xlsSheet) set(row *gridRow, column, style int, value float64) {
	var shown ColumnStyle
	if style < len(x.book.styles) {
		shown = x.book.styles[style]
	}
	row.setNumber(column, floatText(value), shown)
}

// floatText is a number as appendNumber would make it of the text in a newer workbook.
func floatText(value float64) string {
	var buf [40]byte
	return string(appendNumber(nil, strconv.AppendFloat(buf[:0], value, 'g', 17, 64)))
}

// What a formula's result is if it is no number.
const (
	resultText  = 0
	resultBool  = 1
	resultError = 2
)

// calculateOnOpen is an option of a formula that programs set which have not calculated it.
const calculateOnOpen = 0x02

func hasNoResult(r record) bool {
	return r.u16(6) == 0 && r.u16(8) == 0 && r.u16(10) == 0 && r.u16(12) == 0
}

// result reads what a formula was last found to be. If nobody has calculated any of the
// sheet, a person is to see that, not zeros. The formula itself is not stored as text.
func (x *xlsSheet) result(row *gridRow, r record, value []byte) error {
	if !x.index.calculated && r.u16(14)&calculateOnOpen != 0 {
		row.set(r.u16(2), unknownFormula)
		return nil
	}
	if len(value) < 8 || value[6] != 0xff || value[7] != 0xff {
		return x.number(row, r, value)
	}
	text := ""
	switch value[0] {
	case resultText:
		var err error
		if text, err = x.resultText(r.next); err != nil {
			return err
		}
	case resultBool, resultError:
		text = boolOrError(value[0] == resultError, value[2])
	}
	row.set(r.u16(2), text)
	return nil
}

// resultText is the text that follows a formula. The formula itself may stand between.
func (x *xlsSheet) resultText(at int) (string, error) {
	for range 3 {
		r, err := x.book.record(at)
		if err != nil {
			return "", err
		}
		if r.kind == biffResult {
			return x.book.pieces(r).text(false)
		}
		at = r.next
	}
	return "", fmt.Errorf("formula without its text: %w", errBIFF)
}

var errorTexts = map[byte]string{
	0x00: "#NULL!", 0x07: "#DIV/0!", 0x0f: "#VALUE!", 0x17: "#REF!", 0x1d: "#NAME?", 0x24: "#NUM!", 0x2a: "#N/A",
}

func boolOrError(isError bool, value byte) string {
	if !isError {
		return boolText(value != 0)
	}
	if text, ok := errorTexts[value]; ok {
		return text
	}
	return fmt.Sprintf("#ERROR%d", value)
}
