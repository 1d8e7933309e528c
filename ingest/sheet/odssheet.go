package sheet

import (
	"fmt"
	"strconv"
)

// Against files made to exhaust the machine: bounds of the cells and merges that a sheet
// repeats without storing them, and of the text of a row.
const (
	copySize   = 32 // bytes that a repeated cell is counted for
	maxMerges  = 1 << 20
	maxRowText = maxToken
)

// odsSheet is one sheet of an OpenDocument spreadsheet.
type odsSheet struct {
	book   *odsBook
	name   string
	number int // among the tables of the document
}

func (o *odsSheet) fault(line int, err error) *Error {
	return damagedSheet(o.book.file, o.name, line, err)
}

func (o *odsSheet) each(use func(*gridRow) bool) (line int, err error) {
	r := &odsReader{use: use, memory: o.book.memory}
	err = o.book.tables(func(s *scanner, number int) error {
		if number < o.number {
			return s.skip()
		}
		r.s = s
		return r.table()
	})
	return r.out.line, err
}

// odsReader reads the rows of a table. Row and cell are those that are being read.
type odsReader struct {
	memory int64
	s      *scanner
	use    func(*gridRow) bool
	line   int // of the row
	row    gridRow
	out    gridRow // a copy of row, which use may change
	cell   odsCell
	text   []byte // of the cell

	copies, merges, rowText int
}

// table reads a table to its end, or until use answers false: errStop then.
func (r *odsReader) table() error {
	for {
		if err := r.s.next(); err != nil {
			return truncated(err)
		}
		var err error
		switch name := string(r.s.name); {
		case r.s.kind == tokenClose && name == "table":
			return errStop
		case r.s.kind == tokenOpen && name == "table-row":
			err = r.readRow()
		case r.s.kind == tokenOpen && name != "table-row-group" && name != "table-rows" && name != "table-header-rows":
			err = r.s.skip()
		}
		if err != nil {
			return err
		}
	}
}

// count reads an attribute that says how often something stands here: at least once.
func (s *scanner) count(name string) int {
	stated := s.value(name)
	if stated == nil {
		return 1
	}
	n, err := strconv.Atoi(string(stated))
	if err != nil || n < 1 {
		return 1
	}
	return n
}

// readRow reads a row and hands it out as often as it stands there.
func (r *odsReader) readRow() error {
	r.row.reset(r.line + 1)
	r.rowText = 0
	repeat := r.s.count("number-rows-repeated")
	switch string(r.s.value("visibility")) {
	case "collapse", "filter":
		r.row.hidden = true
	}
	for column := 0; ; {
		if err := r.s.next(); err != nil {
			return truncated(err)
		}
		if r.s.kind == tokenClose {
			break
		}
		if r.s.kind != tokenOpen {
			continue
		}
		var err error
		switch string(r.s.name) {
		case "table-cell", "covered-table-cell":
			column, err = r.readCell(column)
		default:
			err = r.s.skip()
		}
		if err != nil {
			return err
		}
	}
	return r.hand(repeat)
}

// hand gives the row to use. Blank ones are only counted: thousands stand below the data.
func (r *odsReader) hand(repeat int) error {
	if len(r.row.cells) == 0 && len(r.row.merges) == 0 {
		r.line += min(repeat, maxRows)
		return nil
	}
	r.copies -= len(r.row.cells) // the first is stored
	for range repeat {
		if r.line++; r.line > maxRows {
			return fmt.Errorf("row %d: %w", r.line, errXML)
		}
		r.copies += len(r.row.cells)
		if r.merges += len(r.row.merges); r.merges > maxMerges || int64(r.copies) > r.memory/copySize {
			return &exceeded{limitMemory, r.memory}
		}
		r.out.reset(r.line)
		r.out.hidden = r.row.hidden
		r.out.cells = append(r.out.cells, r.row.cells...)
		r.out.numbers = append(r.out.numbers, r.row.numbers...)
		for _, m := range r.row.merges {
			m.LastLine += r.line - m.FirstLine
			m.FirstLine = r.line
			r.out.merges = append(r.out.merges, m)
		}
		if !r.use(&r.out) {
			return errStop
		}
	}
	return nil
}

// readCell reads a cell and answers the column behind it.
func (r *odsReader) readCell(column int) (next int, err error) {
	repeat := min(r.s.count("number-columns-repeated"), maxColumns+1)
	rows, columns := r.s.count("number-rows-spanned"), r.s.count("number-columns-spanned")
	r.cell.open(r.s)
	var count int
	if r.text, count, err = r.s.paragraphs(r.text[:0]); err != nil {
		return column, err
	}
	r.cell.isShown = count > 0
	text, style, isNumber := r.cell.value(r.text)
	if text == "" && rows == 1 && columns == 1 {
		return column + repeat, nil
	}
	if column+repeat > maxColumns {
		return column, fmt.Errorf("column %d: %w", column+repeat, errXML)
	}
	r.copies += repeat - 1
	if r.rowText += len(text); r.rowText > maxRowText {
		return column, &exceeded{limitMemory, r.memory}
	}
	for range repeat {
		switch {
		case isNumber:
			r.row.setNumber(column, text, style)
		case text != "":
			r.row.set(column, text)
		}
		if rows > 1 || columns > 1 {
			r.row.merges = append(r.row.merges, Merge{
				FirstLine: r.row.line, LastLine: min(r.row.line+rows-1, maxRows), FirstColumn: column, LastColumn: min(column+columns, maxColumns) - 1,
			})
		}
		column++
	}
	return column, nil
}
