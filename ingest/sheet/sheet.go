// Package sheet turns the bytes of a file into sheets of rows of text.
// Nothing else knows a file format.
//
// What a file is, is told by its content, never by its name. A cell is the text
// that the file stores, not what a spreadsheet program would show: a date in a
// workbook is its serial number, and Styles says that the column holds dates.
package sheet

import (
	"errors"
	"fmt"
	"io"
	"iter"
	"maps"
	"slices"
	"strings"
	"time"
)

// Error is a fault of the file, for the person who brought it: Key with the
// prefix "sheet." is the word, Args are its arguments. Args always holds "file".
type Error struct {
	Key  string
	Args map[string]any
	Err  error // the cause, if another package named one

	IsOfRow bool // the rows after it can be read
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
	in       *timed
	dumps    []*jsonBook // that may be of a database
}

// Close releases the file. The sheets must not be read afterwards.
func (b *Book) Close() error {
	b.sheets = nil
	if b.release == nil {
		return nil
	}
	return b.release()
}

// Format is one of csv, xlsx, xls, ods, json, parquet, html, xml and zip.
func (b *Book) Format() string { return b.format }

// Encoding is one of utf-8, utf-8-bom, utf-16le, utf-16be, gb18030, big5 and
// windows-1252, and empty for what is no text.
func (b *Book) Encoding() string { return b.encoding }

// Sheets lists the sheets in the order of the workbook, hidden ones too.
func (b *Book) Sheets() []*Sheet { return b.sheets }

// Checked says that all rows have been read once, within the limits: from now on they may take any time.
func (b *Book) Checked() { b.in.deadline = time.Time{} }

// Sheet is one table of a file. That of a CSV file has no name. One of a file in an
// archive has the name member.csv or member.xlsx/Sheet1, and Title is what follows the file.
type Sheet struct {
	Name      string
	Title     string
	Member    string // name of the file in the archive, if it is in one
	Fault     *Error // why this file of an archive cannot be read: there are no rows
	IsRecords bool   // the format names the fields of each row: the header is line 0
	IsTurned  bool   // it is another look at a sheet: lines may be left out between rows
	IsModel   bool   // one of the models of a database dump: many are nobody's concern
	date1904  bool
	source    source
	guard     *guard
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
func (s *Sheet) Rows() iter.Seq2[Row, error] {
	return func(yield func(Row, error) bool) { s.guard.rows(s.source, yield) }
}

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

// Reading says how to read a file; the zero value detects everything.
type Reading struct {
	Limits    Limits
	Encoding  string // of a text, as EncodingNamed names it
	Delimiter string // of a text: one character of ASCII
}

// Open tells from its bytes what the file is, and opens it. The name is only for the
// errors, which are all *Error but those of reading in, which must not change until Close.
func Open(name string, in Input, limits Limits) (*Book, error) {
	return OpenAs(name, in, Reading{Limits: limits})
}

// OpenAs is Open with what is known about the file.
func OpenAs(name string, in Input, reading Reading) (*Book, error) {
	reading.Limits = reading.Limits.orDefaults()
	if err := reading.Limits.check(limitBytes, in.Size()); err != nil {
		return nil, fault(name, "", err)
	}
	o := opener{reading: reading, in: reading.Limits.withDeadline(in)}
	return o.open(name, o.in)
}

// opener opens a file, and those in it.
type opener struct {
	reading  Reading
	in       *timed // the whole file
	isMember bool   // of an archive
}

func (o opener) open(name string, in Input) (*Book, error) {
	book, err := o.read(name, in)
	if err != nil {
		return nil, asFault(name, err)
	}
	if err := o.reading.Limits.check(limitSheets, int64(len(book.sheets))); err != nil {
		return nil, errors.Join(fault(name, "", err), book.Close())
	}
	book.in = o.in
	for _, s := range book.sheets {
		if s.guard == nil {
			s.guard = &guard{file: name, limits: o.reading.Limits, in: o.in}
		}
		if s.Member == "" {
			s.Title = s.Name
		}
	}
	return book, nil
}

// asFault makes the user's error of one that says that a limit was passed.
func asFault(name string, err error) error {
	var known *Error
	var limit *exceeded
	if errors.As(err, &known) || !errors.As(err, &limit) {
		return err
	}
	return fault(name, "", limit)
}

// read tells by the first bytes which reader it is for.
func (o opener) read(name string, in Input) (*Book, error) {
	switch {
	case isZip(in):
		return o.openZip(name, in)
	case isCompound(in):
		return openCompound(name, in)
	case isBareBIFF(in):
		return openBareBIFF(name, in)
	case isParquet(in):
		return openParquet(name, in, o.reading)
	case isGzip(in):
		return o.openGzip(name, in)
	}
	format, enc, err := detect(in)
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", name, err)
	}
	if forced := o.reading.Encoding; forced != "" && (format == formatBinary || enc.name != "") {
		enc = textEncoding{name: forced, broken: true}
		format = detectMarkup(enc, in)
	}
	switch format {
	case formatEmpty:
		return nil, fault(name, "empty_file", nil)
	case formatBinary:
		return nil, fault(name, "not_a_spreadsheet", nil)
	case formatODS:
		return openODS(name, o.reading.Limits.Memory, func() (io.ReadCloser, error) { return io.NopCloser(decoded(enc, in)), nil })
	case formatText:
		return openText(name, in, enc, o.reading), nil
	case formatJSON:
		return openJSON(name, in, enc, o.reading)
	case formatHTML:
		return openHTML(name, in, enc)
	case formatXML:
		return openSpreadsheetML(name, in, enc)
	}
	return nil, unsupported(name, format)
}

func unsupported(file, format string) *Error {
	e := fault(file, "unsupported_format", nil)
	e.Args["format"] = format
	return e
}

// fault is an error about the file. A cause that says that a limit was passed has its own key.
func fault(file, key string, cause error) *Error {
	e := &Error{Key: key, Args: map[string]any{"file": file}, Err: cause}
	var limit *exceeded
	if errors.As(cause, &limit) {
		e.Key = "limit_" + limit.limit
		e.Args["max"] = limit.max
	}
	return e
}

func damagedSheet(file, sheet string, line int, cause error) *Error {
	e := fault(file, "damaged_sheet", cause)
	e.Args["sheet"], e.Args["line"] = sheet, line
	return e
}
