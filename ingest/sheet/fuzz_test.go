package sheet_test

import (
	"bytes"
	"errors"
	"testing"
	"unicode/utf8"

	"github.com/xuri/excelize/v2"

	"github.com/perfloop/perfloop/ingest/sheet"
)

// FuzzOpen feeds any bytes. Whatever they are, errors are the user's, cells are UTF-8
// and lines go up.
func FuzzOpen(f *testing.F) {
	for _, text := range []string{
		"a,b\n1,2\n", "a;b\r\n\"x\ny\";2\r\n", "\"a,\"\"b\"\"\"\n", "\xff\xfea\x00,\x00", "\xd5\xc5\xc8\xfd,1\n", "sep=|\na|b\n", "\"open\n1,2",
		"<html>", "{}", "PK\x03\x04", "%PDF-", "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
	} {
		f.Add([]byte(text))
	}
	f.Fuzz(func(t *testing.T, data []byte) { readAll(t, data) })
}

// FuzzSheet feeds any XML of a sheet and any shared strings, inside a sound archive.
func FuzzSheet(f *testing.F) {
	f.Add(rowsXML(`<row r="1"><c r="A1" t="s"><v>0</v></c><c><f>1</f></c></row>`)+`<mergeCell ref="A1:A2"/>`, `<sst><si><t>a</t></si></sst>`)
	f.Add(rowsXML(`<row><c t="inlineStr"><is><r><t>&amp;<![CDATA[x]]></t></r></is></c></row>`), `<!-- -->`)
	f.Fuzz(func(t *testing.T, sheetXML, stringsXML string) { readAll(t, bare(t, sheetXML, stringsXML)) })
}

func readAll(t *testing.T, data []byte) {
	book, err := sheet.Open("x", bytes.NewReader(data), sheet.Limits{})
	if err != nil {
		wantUserError(t, err)
		return
	}
	for _, s := range book.Sheets() {
		s.Styles(1, 5)
		before := 0
		for row, err := range s.Rows() {
			if err != nil {
				wantUserError(t, err)
			} else if row.Line <= before && book.Format() == "csv" {
				t.Fatalf("line %d after line %d", row.Line, before)
			}
			before = row.Line
			for _, c := range row.Cells {
				if !utf8.ValidString(c) {
					t.Fatalf("line %d: cell %q is not UTF-8", row.Line, c)
				}
			}
			if len(row.Cells) > excelize.MaxColumns && book.Format() == "xlsx" {
				t.Fatalf("line %d has %d cells", row.Line, len(row.Cells))
			}
		}
	}
}

func wantUserError(t *testing.T, err error) {
	var e *sheet.Error
	if !errors.As(err, &e) || e.Args["file"] != "x" {
		t.Fatalf("got %v, want an error for the user", err)
	}
}
