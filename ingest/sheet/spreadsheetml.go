package sheet

import (
	"encoding/xml"
	"errors"
	"io"
	"strconv"
	"strings"
)

// spreadsheetNames is the namespace of the XML workbooks of Excel 2002 and 2003.
const spreadsheetNames = "urn:schemas-microsoft-com:office:spreadsheet"

// xmlWorkbook is such a workbook: one XML document of all sheets.
type xmlWorkbook struct {
	file     string
	in       Input
	encoding textEncoding
}

// xmlTable is the sheet of a number in it.
type xmlTable struct {
	book   *xmlWorkbook
	number int
}

func openSpreadsheetML(file string, in Input, enc textEncoding) (*Book, error) {
	b := &xmlWorkbook{file: file, in: in, encoding: enc}
	book := &Book{format: "xml"}
	d := b.decoder()
	for {
		token, err := d.RawToken()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, fault(file, "damaged_file", err)
		}
		start, isStart := token.(xml.StartElement)
		if !isStart {
			continue
		}
		if d.InputOffset() < headSize && len(book.sheets) == 0 && start.Name.Local == "Workbook" && !isSpreadsheet(start) {
			return nil, unsupported(file, "xml")
		}
		if start.Name.Local == "Worksheet" {
			source := &gridSource{grid: &xmlTable{b, len(book.sheets)}}
			book.sheets = append(book.sheets, &Sheet{Name: attribute(start, "Name"), source: source})
		}
	}
	if len(book.sheets) == 0 {
		return nil, unsupported(file, "xml")
	}
	return book, nil
}

func (b *xmlWorkbook) decoder() *xml.Decoder {
	d := xml.NewDecoder(decoded(b.encoding, b.in))
	d.Strict = false
	d.CharsetReader = func(_ string, in io.Reader) (io.Reader, error) { return in, nil }
	return d
}

func isSpreadsheet(start xml.StartElement) bool {
	for _, a := range start.Attr {
		if a.Value == spreadsheetNames {
			return true
		}
	}
	return false
}

func attribute(start xml.StartElement, name string) string {
	for _, a := range start.Attr {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}

func (t *xmlTable) fault(line int, err error) *Error {
	return withLine(fault(t.book.file, "damaged_file", err), line)
}

// each reads the rows of the sheet until use answers false.
func (t *xmlTable) each(use func(*gridRow) bool) (line int, err error) {
	r := &xmlTableReader{}
	d, sheet := t.book.decoder(), -1
	for {
		token, err := d.RawToken()
		if errors.Is(err, io.EOF) {
			return r.row.line, nil
		}
		if err != nil {
			return r.row.line, err
		}
		start, isStart := token.(xml.StartElement)
		if isStart && start.Name.Local == "Worksheet" {
			sheet++
		}
		if sheet < t.number {
			continue
		}
		if sheet > t.number || r.token(token) && !use(&r.row) {
			return r.row.line, nil
		}
	}
}

// xmlTableReader puts together one row after the other.
type xmlTableReader struct {
	row    gridRow
	column int
	across int // columns that the cell covers behind its own
	isDate bool
	inData bool
	text   strings.Builder
}

// token answers true at the end of a row.
func (r *xmlTableReader) token(token xml.Token) (ends bool) {
	switch t := token.(type) {
	case xml.StartElement:
		r.start(t)
	case xml.CharData:
		if r.inData && r.text.Len() < maxToken {
			r.text.Write(t)
		}
	case xml.EndElement:
		switch t.Name.Local {
		case "Data":
			r.data()
		case "Cell":
			r.column += 1 + r.across
		}
		return t.Name.Local == "Row"
	}
	return false
}

func (r *xmlTableReader) start(t xml.StartElement) {
	number := func(name string) int {
		n, _ := strconv.Atoi(attribute(t, name))
		return max(0, min(n, maxRows))
	}
	switch t.Name.Local {
	case "Row":
		r.row.reset(max(r.row.line+1, number("Index")))
		r.row.hidden = number("Hidden") == 1
		r.column = 0
	case "Cell":
		r.column = max(r.column, number("Index")-1)
		r.across = number("MergeAcross")
		if down := number("MergeDown"); r.across+down > 0 {
			r.row.merges = append(r.row.merges, Merge{r.row.line, r.row.line + down, r.column, r.column + r.across})
		}
	case "Data":
		r.inData, r.isDate = true, attribute(t, "Type") == "DateTime"
		r.text.Reset()
	}
}

// data sets the cell. A date without a time is written with one.
func (r *xmlTableReader) data() {
	r.inData = false
	text := strings.ToValidUTF8(r.text.String(), "\ufffd")
	if r.isDate {
		text = strings.Replace(strings.TrimSuffix(strings.TrimSuffix(text, ".000"), "T00:00:00"), "T", " ", 1)
	}
	if r.column < maxColumns {
		r.row.set(r.column, text)
	}
}
