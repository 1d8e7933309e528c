package sheet

import (
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/richardlehane/mscfb"
	"golang.org/x/text/encoding"
)

var (
	errBIFF     = errors.New("damaged records")
	errPassword = errors.New("protected by a password")
)

// xlsBook is a workbook of Excel 5 to 2003: a stream of records.
type xlsBook struct {
	file    string
	stream  []byte
	isBIFF8 bool              // Excel 97 and later: text is UTF-16
	charset encoding.Encoding // of text before Excel 97; nil: not told yet
	strings []string
	styles  []ColumnStyle // by the index that cells give
	sheets  []*xlsSheet

	date1904 bool
	formats  []int          // by the index that cells give
	codes    map[int]string // formats of the file's own
}

// isCompound says whether a file is the container of old Office files and of encrypted new ones.
func isCompound(in Input) bool { return startsWith(in, "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1") }

// isBareBIFF says whether a file is the records of an old workbook without a container
// around them, as some systems export.
func isBareBIFF(in Input) bool {
	return startsWith(in, "\x09\x08\x08\x00") || startsWith(in, "\x09\x08\x10\x00")
}

// openCompound opens what the container holds, by the names of its streams.
func openCompound(file string, in Input) (*Book, error) {
	container, err := mscfb.New(in)
	if err != nil {
		return nil, fault(file, "damaged_workbook", err)
	}
	streams := map[string]*mscfb.File{}
	for _, f := range container.File {
		if len(f.Path) == 0 { // what is further down is embedded
			streams[strings.ToLower(f.Name)] = f
		}
	}
	for _, name := range []string{"workbook", "book"} {
		if f := streams[name]; f != nil {
			stream, err := readStream(f, in.Size())
			if err != nil {
				return nil, fault(file, "damaged_workbook", err)
			}
			return openXLS(file, stream)
		}
	}
	switch {
	case streams["encryptedpackage"] != nil:
		return nil, fault(file, "password_protected", nil)
	case streams["worddocument"] != nil:
		return nil, unsupported(file, "doc")
	case streams["powerpoint document"] != nil:
		return nil, unsupported(file, "ppt")
	}
	return nil, fault(file, "not_a_spreadsheet", nil)
}

// readStream reads a stream, which cannot be larger than the file.
func readStream(f *mscfb.File, size int64) ([]byte, error) {
	if f.Size > size {
		return nil, fmt.Errorf("stream %s: %w", f.Name, io.ErrUnexpectedEOF)
	}
	stream := make([]byte, f.Size)
	if _, err := io.ReadFull(f, stream); err != nil {
		return nil, fmt.Errorf("read stream %s: %w", f.Name, err)
	}
	return stream, nil
}

// openBareBIFF opens records without a container.
func openBareBIFF(file string, in Input) (*Book, error) {
	stream, err := io.ReadAll(io.NewSectionReader(in, 0, in.Size()))
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", file, err)
	}
	return openXLS(file, stream)
}

func openXLS(file string, stream []byte) (*Book, error) {
	x := &xlsBook{file: file, stream: stream, codes: map[int]string{}}
	if err := x.readGlobals(); err == errPassword {
		return nil, fault(file, "password_protected", nil)
	} else if err != nil {
		return nil, fault(file, "damaged_workbook", err)
	}
	for _, format := range x.formats {
		x.styles = append(x.styles, styleOf(format, x.codes))
	}
	book := &Book{format: "xls"}
	for _, s := range x.sheets {
		book.sheets = append(book.sheets, &Sheet{Name: s.name, date1904: x.date1904, source: &gridSource{grid: s}})
	}
	return book, nil
}

// readGlobals reads the first part of the stream, which is about the whole workbook.
func (x *xlsBook) readGlobals() error {
	begin, err := x.record(0)
	if err != nil {
		return err
	}
	if begin.kind != biffBegin || len(begin.body) < 4 {
		return fmt.Errorf("first record %#x: %w", begin.kind, errBIFF)
	}
	x.isBIFF8 = binary.LittleEndian.Uint16(begin.body) == 0x0600
	if binary.LittleEndian.Uint16(begin.body[2:]) == worksheetPart {
		x.sheets = []*xlsSheet{{book: x}} // a sheet alone, which has no name
		return nil
	}
	for at := begin.next; ; {
		r, err := x.record(at)
		if err != nil {
			return err
		}
		if r.kind == biffEnd {
			return nil
		}
		if err := x.global(r); err != nil {
			return err
		}
		at = r.next
	}
}

// global takes one record about the whole workbook.
func (x *xlsBook) global(r record) error {
	switch r.kind {
	case biffFilePass:
		return errPassword
	case biffCodePage:
		x.charset = codePage(r.u16(0))
	case biffDateMode:
		x.date1904 = r.u16(0) == 1
	case biffStyle:
		x.formats = append(x.formats, r.u16(2))
	case biffFormat:
		return x.format(r)
	case biffSheet:
		return x.sheet(r)
	case biffStrings:
		return x.readStrings(r)
	}
	return nil
}

func (x *xlsBook) format(r record) error {
	p := x.pieces(r)
	id, err := p.u16()
	if err != nil {
		return err
	}
	code, err := p.text(!x.isBIFF8)
	x.codes[id] = code
	return err
}

// sheet takes note of a sheet. Charts and macros are no sheets.
func (x *xlsBook) sheet(r record) error {
	if len(r.body) < 8 {
		return fmt.Errorf("sheet list: %w", errBIFF)
	}
	if r.body[5] != 0 {
		return nil
	}
	p := x.pieces(record{body: r.body[6:], next: r.next})
	name, err := p.text(true)
	if err != nil {
		return err
	}
	start := int64(binary.LittleEndian.Uint32(r.body))
	if start >= int64(len(x.stream)) {
		return fmt.Errorf("sheet %s: %w", name, io.ErrUnexpectedEOF)
	}
	x.sheets = append(x.sheets, &xlsSheet{book: x, name: name, start: int(start)})
	return nil
}

// readStrings reads the texts that cells refer to by number.
func (x *xlsBook) readStrings(r record) error {
	p := x.pieces(r)
	if _, err := p.take(8); err != nil { // how many there are: the text itself says so too
		return err
	}
	for !p.atEnd() {
		text, err := p.richText()
		if err != nil {
			return fmt.Errorf("read text %d: %w", len(x.strings), err)
		}
		x.strings = append(x.strings, text)
	}
	return nil
}
