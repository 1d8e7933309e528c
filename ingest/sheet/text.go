package sheet

import (
	"io"
	"strings"
)

var recordKeys = map[error]string{errUnterminated: "unterminated_quote", errTooWide: "too_many_columns"}

// textSheet is the one sheet of a delimited text.
type textSheet struct {
	file     string
	data     []byte
	encoding textEncoding
	dialect  dialect
}

func openText(file string, data []byte, enc textEncoding) *Book {
	t := &textSheet{file: file, data: data, encoding: enc, dialect: detectDialect(decodeHead(enc, data))}
	return &Book{format: "csv", encoding: enc.name, sheets: []*Sheet{{source: t}}}
}

func (t *textSheet) styles(int, int) []ColumnStyle { return nil }

func (t *textSheet) rows(yield func(Row, error) bool) {
	r := newRecords(decoded(t.encoding, t.data), t.dialect.delim)
	inner := newRecords(strings.NewReader(""), t.dialect.delim)
	for {
		line, cells, err := r.next()
		switch {
		case err == io.EOF:
			return
		case isOfRecord(err):
			if !yield(Row{Line: line, Cells: cells}, t.rowError(recordKeys[err], line, nil)) {
				return
			}
			continue
		case err != nil:
			yield(Row{Line: line}, t.rowError("unreadable_text", line, err))
			return
		case line == 1 && t.dialect.marked:
			continue
		}
		if t.dialect.wrapped && len(cells) == 1 {
			cells = inner.unwrap(cells)
		}
		if cells = trimRow(cells); len(cells) > 0 && !yield(Row{Line: line, Cells: cells}, nil) {
			return
		}
	}
}

func (t *textSheet) rowError(key string, line int, cause error) *Error {
	e := fault(t.file, key, cause)
	e.Args["line"] = line
	return e
}

// isBlankRow says that no cell holds more than blanks.
func isBlankRow(cells []string) bool { return len(trimRow(cells)) == 0 }

// trimRow cuts the blank cells at the end.
func trimRow(cells []string) []string {
	n := len(cells)
	for n > 0 && isBlank(cells[n-1]) {
		n--
	}
	return cells[:n]
}

func isBlank(cell string) bool { return strings.TrimSpace(cell) == "" }

func isDigit(b byte) bool { return '0' <= b && b <= '9' }
