package sheet

import (
	"io"
	"strings"
)

var recordKeys = map[error]string{errUnterminated: "unterminated_quote", errTooWide: "too_many_columns"}

// textSheet is the one sheet of a delimited text.
type textSheet struct {
	file     string
	in       Input
	encoding textEncoding
	dialect  dialect
	limits   Limits
}

func openText(file string, in Input, enc textEncoding, reading Reading) *Book {
	t := &textSheet{file: file, in: in, encoding: enc, limits: reading.Limits}
	head := decodeHead(enc, in)
	if reading.Delimiter == "" {
		t.dialect = detectDialect(head)
	} else {
		t.dialect = dialectWith(head, reading.Delimiter[0])
	}
	return &Book{format: "csv", encoding: enc.name, sheets: []*Sheet{{source: t}}}
}

func (t *textSheet) styles(int, int) []ColumnStyle { return nil }

func (t *textSheet) rows(yield func(Row, error) bool) {
	r := newRecords(decoded(t.encoding, t.in), t.dialect.delim)
	r.maxLine = int(t.limits.Memory / 8)
	inner := newRecords(strings.NewReader(""), t.dialect.delim)
	for {
		line, cells, err := r.next()
		switch {
		case err == io.EOF:
			return
		case isOfRecord(err):
			e := t.rowError(recordKeys[err], line, nil)
			e.IsOfRow = true
			if !yield(Row{Line: line, Cells: cells}, e) {
				return
			}
			continue
		case err == errLongLine:
			yield(Row{Line: line}, t.rowError("", line, &exceeded{limitMemory, t.limits.Memory}))
			return
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
	return withLine(fault(t.file, key, cause), line)
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
