// Package sheet turns the bytes of a file into sheets of rows of text.
// Nothing else knows a file format.
//
// What a file is, is told by its content, never by its name. A cell is the text
// that the file stores, not what a spreadsheet program would show: a date in a
// workbook is its serial number, and Styles says that the column holds dates.
package sheet

import (
	"fmt"
	"io"
	"iter"
	"maps"
	"slices"
	"strings"
)

// Error is a fault of the file, for the person who brought it: Key with the
// prefix "sheet." is the word, Args are its arguments. Args always holds "file".
type Error struct {
	Key  string
	Args map[string]any
	Err  error // the cause, if another package named one
}

func (e *Error) Error() string {
	parts := []string{"sheet." + e.Key}
	for _, k := range slices.Sorted(maps.Keys(e.Args)) {
		parts = append(parts, fmt.Sprintf("%s=%v", k, e.Args[k]))
	}
	text := strings.Join(parts, " ")
	if e.Err != nil {
		text += ": " + e.Err.Error()
	}
	return text
}

func (e *Error) Unwrap() error { return e.Err }

// Book is one opened file. It is not for use by several goroutines at once.
type Book struct {
	format   string
	encoding string
	sheets   []*Sheet
	release  func() error // nil: nothing to release
}

// Close releases the file. The sheets must not be read afterwards.
func (b *Book) Close() error {
	b.sheets = nil
	if b.release == nil {
		return nil
	}
	return b.release()
}

// Format is "csv", "xlsx", "xls" or "ods".
func (b *Book) Format() string { return b.format }

// Encoding is one of utf-8, utf-8-bom, utf-16le, utf-16be, gb18030 and
// windows-1252, and empty for a workbook.
func (b *Book) Encoding() string { return b.encoding }

// Sheets lists the sheets in the order of the workbook, hidden ones too.
func (b *Book) Sheets() []*Sheet { return b.sheets }

// Sheet is one table of a file. A CSV file has one, without a name.
type Sheet struct {
	Name     string
	date1904 bool
	source   source
}

// source is where rows come from: delimited text or the XML of a workbook.
type source interface {
	rows(yield func(Row, error) bool)
	styles(firstLine, maxRows int) []ColumnStyle
}

// Row is one row that says something. Line is the line as a person sees it: the row
// number of a workbook, the line of a CSV file on which the record starts. Cells are
// valid UTF-8; blank ones at the end are cut. The slice is reused for the next row, its strings are not.
// Hidden rows, those that a filter has hidden too, are rows like any other.
type Row struct {
	Line   int
	Cells  []string
	Hidden bool
}

// Rows streams the rows from the first on, each time it is called. Blank rows are
// left out. An error is an *Error. One with cells is about its row alone, whose text
// is then the only cell, and the sequence goes on; one without is the last.
func (s *Sheet) Rows() iter.Seq2[Row, error] { return s.source.rows }

// ColumnStyle says how a workbook shows most of the numbers of a column.
type ColumnStyle struct{ IsPercent, IsDate bool }

// Styles looks at the first maxRows rows from firstLine on, and answers a style a
// column up to the last one that has a number. It reads no further, so it is cheap
// for any size of sheet. CSV has no styles: nil.
func (s *Sheet) Styles(firstLine, maxRows int) []ColumnStyle {
	return s.source.styles(firstLine, maxRows)
}

// Merges lists the merged cells of a workbook's sheet, by their first line. Rows repeats the text of one that spans
// several lines in its first column, and in no other. CSV has none.
func (s *Sheet) Merges() []Merge {
	if source, knows := s.source.(interface{ mergedCells() []Merge }); knows {
		return source.mergedCells()
	}
	return nil
}

// Date1904 says that day 0 of the sheet's serial dates is 1904-01-01.
func (s *Sheet) Date1904() bool { return s.date1904 }

// Input is the bytes of a file: a bytes.Reader, an io.SectionReader.
type Input interface {
	io.ReaderAt
	Size() int64
}

// Open tells from its bytes what the file is, and opens it. The name is only for the
// errors, which are all *Error but those of reading in, which must not change until Close.
func Open(name string, in Input, limits Limits) (*Book, error) {
	limits = limits.orDefaults()
	if in.Size() > limits.Bytes {
		return nil, fault(name, "too_large", nil)
	}
	switch {
	case isZip(in):
		return openWorkbook(name, in, limits)
	case isCompound(in):
		return openCompound(name, in)
	case isBareBIFF(in):
		return openBareBIFF(name, in)
	}
	data, err := io.ReadAll(io.NewSectionReader(in, 0, in.Size()))
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", name, err)
	}
	format, enc := detect(data)
	switch format {
	case formatEmpty:
		return nil, fault(name, "empty_file", nil)
	case formatBinary:
		return nil, fault(name, "not_a_spreadsheet", nil)
	case formatText:
		return openText(name, data, enc), nil
	case formatODS:
		return openODS(name, func() (io.ReadCloser, error) { return io.NopCloser(decoded(enc, data)), nil })
	}
	return nil, unsupported(name, format)
}

func unsupported(file, format string) *Error {
	e := fault(file, "unsupported_format", nil)
	e.Args["format"] = format
	return e
}

func fault(file, key string, cause error) *Error {
	return &Error{Key: key, Args: map[string]any{"file": file}, Err: cause}
}

func damagedSheet(file, sheet string, line int, cause error) *Error {
	e := fault(file, "damaged_sheet", cause)
	e.Args["sheet"], e.Args["line"] = sheet, line
	return e
}
