package sheet_test

import (
	"archive/zip"
	"bytes"
	"encoding/binary"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"github.com/perfloop/perfloop/ingest/sheet"
)

func TestRefusals(t *testing.T) {
	for _, c := range []struct {
		name        string
		data        []byte
		key, format string
	}{
		{"no bytes", nil, "empty_file", ""},
		{"blanks only", []byte(" \r\n\t\n"), "empty_file", ""},
		{"a mark only", []byte("\xef\xbb\xbf"), "empty_file", ""},
		{"a UTF-16 mark only", []byte("\xff\xfe"), "empty_file", ""},
		{"zero bytes", make([]byte, 4000), "not_a_spreadsheet", ""},
		{"a program", []byte("\x7fELF\x02\x01\x01\x00\x00\x00\x00\x00\x03\x00>\x00\x01,\x00"), "not_a_spreadsheet", ""},
		{"control codes", bytes.Repeat([]byte{1, 2, 3, ',', '\n'}, 100), "not_a_spreadsheet", ""},
		{"text with a zero byte", []byte("a,b\n1,\x002\n3,4\n"), "not_a_spreadsheet", ""},
		{"a container of unknown streams", compound("Msg", ""), "not_a_spreadsheet", ""},
		{"the head of a container", compound("Msg", "")[:99], "damaged_workbook", ""},
		{"an old document", compound("WordDocument", ""), "unsupported_format", "doc"},
		{"old slides", compound("PowerPoint Document", ""), "unsupported_format", "ppt"},
		{"an encrypted OpenDocument sheet", archived(t, "mimetype", odsType, "content.xml", "\x93\x12", "META-INF/manifest.xml",
			`<manifest:manifest><manifest:file-entry manifest:full-path="content.xml"><manifest:encryption-data/></manifest:file-entry></manifest:manifest>`), "password_protected", ""},
		{"an encrypted workbook", compound("EncryptionInfo", "", "EncryptedPackage", ""), "password_protected", ""},
		{"a PDF", []byte("%PDF-1.7\n"), "unsupported_format", "pdf"},
		{"a picture", []byte("\x89PNG\r\n\x1a\n"), "unsupported_format", "png"},
		{"a web page without a table", []byte("\n<!DOCTYPE html><p>1</p>"), "unsupported_format", "html"},
		{"a feed", []byte("<?xml version=\"1.0\"?>\n<feed/>"), "unsupported_format", "xml"},
		{"JSON that breaks off", []byte(`[{"id": 1, "name": "x"}`), "damaged_json", ""},
		{"a document", archived(t, "word/document.xml", "<x/>"), "unsupported_format", "docx"},
		{"a binary workbook", archived(t, "xl/workbook.bin", "\x00"), "unsupported_format", "xlsb"},
		{"an OpenDocument text", archived(t, "mimetype", "application/vnd.oasis.opendocument.text"), "unsupported_format", "odt"},
		{"an OpenDocument sheet without content", archived(t, "mimetype", "application/vnd.oasis.opendocument.spreadsheet"), "damaged_workbook", ""},
		{"the head of an archive", []byte("PK\x03\x04 and no more"), "damaged_workbook", ""},
		{"a workbook without its sheet", archived(t, "xl/workbook.xml", `<workbook><sheets><sheet name="A" id="r1"/></sheets></workbook>`), "damaged_workbook", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, err := sheet.Open("目标.xlsx", bytes.NewReader(c.data), sheet.Limits{})
			e := wantKey(t, err, c.key)
			if got := fmt.Sprint(e.Args["file"]); got != "目标.xlsx" {
				t.Errorf("got file %s", got)
			}
			if got, _ := e.Args["format"].(string); got != c.format {
				t.Errorf("got format %q, want %q", got, c.format)
			}
		})
	}
}

func TestADocumentWithAWorkbookInItIsADocument(t *testing.T) {
	data := compound("WordDocument", "", "ObjectPool", "", "Workbook", oldStream("", rec(0x203, 0, 0, 0, 1.0)))
	pool := data[sectorSize+2*128:] // becomes a storage, which has the workbook
	pool[66] = 1
	binary.LittleEndian.PutUint32(pool[72:], noEntry)
	binary.LittleEndian.PutUint32(pool[76:], 3)
	_, err := sheet.Open("x.xls", bytes.NewReader(data), sheet.Limits{})
	if e := wantKey(t, err, "unsupported_format"); e.Args["format"] != "doc" {
		t.Errorf("got format %v", e.Args["format"])
	}
}

func TestTextThatOnlyLooksLikeMarkupIsRead(t *testing.T) {
	wantRows(t, open(t, "x.csv", []byte("[id],name\n1,x\n")).Sheets()[0], `1 "[id]" "name"`, `2 "1" "x"`)
}

func TestAPasswordIsNamedAsTheReason(t *testing.T) {
	f := excelize.NewFile()
	var out bytes.Buffer
	if err := f.Write(&out, excelize.Options{Password: "secret"}); err != nil {
		t.Fatal(err)
	}
	_, err := sheet.Open("x.xlsx", bytes.NewReader(out.Bytes()), sheet.Limits{})
	wantKey(t, err, "password_protected")
}

func TestDamagedSheets(t *testing.T) {
	const row = `<row r="1"><c r="A1"><v>1</v></c></row>`
	for _, c := range []struct{ name, xml string }{
		{"a sheet that ends inside its rows", `<worksheet><sheetData>` + row},
		{"a sheet that ends inside a tag", `<worksheet><sheetData>` + row + `<row r="2"`},
		{"a sheet that ends inside a cell", `<worksheet><sheetData>` + row + `<row r="2"><c r="A2"><v>1`},
		{"a reference to a string that is not there", rowsXML(row + `<row r="2"><c t="s"><v>5</v></c></row>`)},
		{"a row number that no sheet has", rowsXML(row + `<row r="99999999"/>`)},
		{"a column that no sheet has", rowsXML(row + `<row r="2"><c r="ZZZZ2"><v>1</v></c></row>`)},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := open(t, "x.xlsx", bare(t, c.xml, "<sst/>")).Sheets()[0]
			if got := dump(s); !strings.HasPrefix(got, "1 \"1\"\n") {
				t.Errorf("got %s, want row 1 first", got)
			}
			wantKey(t, rowError(s), "damaged_sheet")
		})
	}
	wantRows(t, open(t, "x.xlsx", bare(t, `<worksheet/>`, "<sst/>")).Sheets()[0], "0 damaged_sheet")
}

// A file that was changed on its way is refused or read as it was: never in part.
func TestNoByteOfAWorkbookChangesUnnoticed(t *testing.T) {
	whole := bare(t, rowsXML(`<row r="1"><c t="s"><v>0</v></c><c t="s"><v>1</v></c></row><row r="2"><c t="s"><v>2</v></c><c><v>81.5</v></c></row>`),
		`<sst><si><t>工号</t></si><si><t>得分</t></si><si><t>007</t></si></sst>`)
	want := dump(open(t, "x.xlsx", whole).Sheets()[0])
	for i := range whole {
		data := slices.Clone(whole)
		data[i] ^= 0x11
		if got, refused := readOrRefuse(data); !refused && got != want {
			t.Fatalf("byte %d changed: got\n%s", i, got)
		}
	}
	for i := 4; i < len(whole); i += 16 {
		if got, refused := readOrRefuse(whole[:i]); !refused && got != want {
			t.Fatalf("cut at %d: got\n%s", i, got)
		}
	}
}

func readOrRefuse(data []byte) (rows string, refused bool) {
	book, err := sheet.Open("x.xlsx", bytes.NewReader(data), sheet.Limits{})
	if err != nil {
		return "", true
	}
	for _, s := range book.Sheets() {
		rows += dump(s)
	}
	return rows, strings.Contains(rows, "damaged_sheet")
}

// rawZip is an archive that says of its one member what the header says.
func rawZip(t *testing.T, h *zip.FileHeader) []byte {
	t.Helper()
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	part, err := w.CreateRaw(h)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := part.Write([]byte("<workbook/>")); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func TestArchivesMadeToExhaustMemoryAreRefused(t *testing.T) {
	huge := &zip.FileHeader{Name: "xl/workbook.xml", CompressedSize64: 11, UncompressedSize64: 5 << 30}
	_, err := sheet.Open("x.xlsx", bytes.NewReader(rawZip(t, huge)), sheet.Limits{})
	wantKey(t, err, "limit_unzipped")
	lying := &zip.FileHeader{Name: "xl/workbook.xml", CompressedSize64: 11, UncompressedSize64: 3}
	_, err = sheet.Open("x.xlsx", bytes.NewReader(rawZip(t, lying)), sheet.Limits{})
	wantKey(t, err, "damaged_workbook")
}
