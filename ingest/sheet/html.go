package sheet

import (
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// htmlBook is a page whose tables are sheets. Many systems export one under the name .xls.
type htmlBook struct {
	file     string
	in       Input
	encoding textEncoding
}

// htmlTable is the rows of the table of a number. A table around others has the rows that are its own.
type htmlTable struct {
	book   *htmlBook
	number int
}

func openHTML(file string, in Input, enc textEncoding) (*Book, error) {
	b := &htmlBook{file: file, in: in, encoding: enc}
	rows := map[int]int{}
	err := b.each(func(table int, r *gridRow) bool {
		if len(trimRow(r.cells)) > 0 {
			rows[table]++
		}
		return true
	})
	if err != nil {
		return nil, fault(file, "damaged_file", err)
	}
	book := &Book{format: "html", encoding: enc.name}
	for number := 1; len(rows) > 0; number++ {
		if rows[number] > 0 {
			book.sheets = append(book.sheets, &Sheet{Name: fmt.Sprintf("Table %d", number), source: &gridSource{grid: &htmlTable{b, number}}})
			delete(rows, number)
		}
	}
	if len(book.sheets) == 0 {
		return nil, unsupported(file, "html")
	}
	if len(book.sheets) == 1 {
		book.sheets[0].Name = ""
	}
	return book, nil
}

func (t *htmlTable) fault(line int, err error) *Error {
	return withLine(fault(t.book.file, "damaged_file", err), line)
}

// each numbers the rows of the table from 1.
func (t *htmlTable) each(use func(*gridRow) bool) (line int, err error) {
	err = t.book.each(func(table int, r *gridRow) bool {
		if table != t.number {
			return true
		}
		line = r.line
		return use(r)
	})
	return line, err
}

// openTable is a table whose end was not read yet.
type openTable struct {
	number int
	row    gridRow
	column int
	text   strings.Builder
	inRow  bool
	inCell bool
	span   [2]int      // columns and rows of the cell
	down   map[int]int // column: rows that a cell above still covers
}

// htmlReader reads the rows of all tables of a page.
type htmlReader struct {
	tokens *html.Tokenizer
	open   []*openTable
	count  int // tables so far
	silent int // style and script elements that are open
	use    func(table int, r *gridRow) bool
}

const maxTables = 64 // inside one another

// each hands the rows of all tables to use until it answers false.
func (b *htmlBook) each(use func(table int, r *gridRow) bool) error {
	h := &htmlReader{tokens: html.NewTokenizer(decoded(b.encoding, b.in)), use: use}
	h.tokens.SetMaxBuf(maxToken)
	for {
		switch h.tokens.Next() {
		case html.ErrorToken:
			if err := h.tokens.Err(); !errors.Is(err, io.EOF) {
				return err
			}
			for len(h.open) > 0 && h.closeTable() {
			}
			return nil
		case html.TextToken:
			h.addText(sourceBlanks.Replace(string(h.tokens.Text())))
		case html.StartTagToken, html.SelfClosingTagToken:
			if !h.start() {
				return nil
			}
		case html.EndTagToken:
			if !h.end() {
				return nil
			}
		}
	}
}

// sourceBlanks makes blanks of the line ends of the source: those of the text are tags.
var sourceBlanks = strings.NewReplacer("\n", " ", "\r", " ", "\t", " ")

// table is the innermost one that is open, or nil.
func (h *htmlReader) table() *openTable {
	if len(h.open) == 0 {
		return nil
	}
	return h.open[len(h.open)-1]
}

func (h *htmlReader) addText(text string) {
	if t := h.table(); t != nil && t.inCell && h.silent == 0 && t.text.Len() < maxToken {
		t.text.WriteString(text)
	}
}

// start answers false if no more rows are wanted.
func (h *htmlReader) start() bool {
	name, hasAttributes := h.tokens.TagName()
	t, tag := h.table(), atom.Lookup(name)
	switch {
	case tag == atom.Table && len(h.open) < maxTables:
		h.count++
		h.open = append(h.open, &openTable{number: h.count, down: map[int]int{}})
	case tag == atom.Style, tag == atom.Script:
		h.silent++
	case t == nil:
	case tag == atom.Tr:
		if !h.closeRow(t) {
			return false
		}
		t.inRow = true
		t.row.reset(t.row.line + 1)
		t.column = 0
	case tag == atom.Td, tag == atom.Th:
		t.closeCell()
		t.inCell = t.inRow
		t.span = h.spans(hasAttributes)
	case tag == atom.Br, tag == atom.P, tag == atom.Div, tag == atom.Li:
		h.addText("\n")
	}
	return true
}

func (h *htmlReader) spans(more bool) [2]int {
	span := [2]int{1, 1}
	for more {
		var key, value []byte
		key, value, more = h.tokens.TagAttr()
		at := 0
		switch string(key) {
		case "rowspan":
			at = 1
		case "colspan":
		default:
			continue
		}
		if n, err := strconv.Atoi(string(value)); err == nil && n > 0 {
			span[at] = min(n, maxColumns)
		}
	}
	return span
}

func (h *htmlReader) end() bool {
	name, _ := h.tokens.TagName()
	t := h.table()
	switch tag := atom.Lookup(name); {
	case tag == atom.Style, tag == atom.Script:
		h.silent = max(0, h.silent-1)
	case t == nil:
	case tag == atom.Td, tag == atom.Th:
		t.closeCell()
	case tag == atom.Tr:
		return h.closeRow(t)
	case tag == atom.Table:
		return h.closeTable()
	}
	return true
}

func (h *htmlReader) closeTable() bool {
	t := h.table()
	h.open = h.open[:len(h.open)-1]
	return h.closeRow(t)
}

func (h *htmlReader) closeRow(t *openTable) bool {
	t.closeCell()
	if !t.inRow {
		return true
	}
	t.inRow = false
	t.endRow()
	return h.use(t.number, &t.row)
}

// closeCell puts the cell where no cell of a row above reaches down.
func (t *openTable) closeCell() {
	if !t.inCell {
		return
	}
	t.inCell = false
	text := shownText(t.text.String())
	t.text.Reset()
	for t.down[t.column] > 0 {
		t.column++
	}
	columns, rows := t.span[0], t.span[1]
	if t.column+columns > maxColumns {
		return
	}
	t.row.set(t.column, text)
	if columns > 1 || rows > 1 {
		t.row.merges = append(t.row.merges, Merge{t.row.line, t.row.line + rows - 1, t.column, t.column + columns - 1})
	}
	for range columns {
		if rows > 1 {
			t.down[t.column] = rows
		}
		t.column++
	}
}

// endRow counts down the cells that reach into the rows below.
func (t *openTable) endRow() {
	for column := range t.down {
		if t.down[column]--; t.down[column] == 0 {
			delete(t.down, column)
		}
	}
}

// shownText is text as a page shows it: several blanks are one, a line without text is none.
func shownText(text string) string {
	var lines []string
	for line := range strings.SplitSeq(text, "\n") {
		if line = strings.Join(strings.Fields(line), " "); line != "" {
			lines = append(lines, line)
		}
	}
	return strings.Join(lines, "\n")
}
