package sheet_test

import (
	"archive/zip"
	"bytes"
	"errors"
	"os"
	"path/filepath"
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

// FuzzXLS feeds any records of an old workbook, and any container of them.
func FuzzXLS(f *testing.F) {
	f.Add([]byte(oldStream(rec(0xfc, 1, 0, 1, 0, 4, byte(0), "ab")+rec(0x3c, byte(1), "\x1aN\xe9~")+rec(0xe0, 0, 14), rec(0xfd, 0, 0, 0, 0, 0)+
		rec(0xbd, 2, 0, 0, 6, 0, 0, 10, 0, 1)+rec(0x06, 1, 1, 0, 0, 0, 0, -1, 0, 0, 0)+rec(0x207, 1, byte(0), "a")+rec(0xe5, 1, 0, 3, 0, 0))))
	f.Add([]byte(rec(0x809, 0x500, 0x10, 0, 0) + rec(0x204, 0, 0, 0, 2, "ab") + end))
	f.Add(oldSheet("", rec(0x203, 0, 0, 0, 1.0)))
	addFiles(f, "*.xls")
	f.Fuzz(func(t *testing.T, data []byte) {
		readAll(t, data)
		readAll(t, compound("Workbook", string(data)))
	})
}

// FuzzODS feeds any content of an OpenDocument spreadsheet.
func FuzzODS(f *testing.F) {
	f.Add([]byte(odsContent(odsTable(`<table:table-row table:number-rows-repeated="3" table:visibility="filter"><table:table-cell table:number-columns-repeated="2" ` +
		`table:number-rows-spanned="2" office:value-type="date" office:date-value="2024-03-31"><text:p>a<text:s text:c="3"/>b</text:p></table:table-cell></table:table-row>`))))
	f.Add([]byte(odsContent(odsTable(`<table:table-row><table:table-cell office:value-type="time" office:time-value="PT1H"/></table:table-row>`))))
	f.Fuzz(func(t *testing.T, content []byte) {
		var file bytes.Buffer
		w := zip.NewWriter(&file)
		for name, text := range map[string][]byte{"mimetype": []byte(odsType), "content.xml": content} {
			part, err := w.CreateHeader(&zip.FileHeader{Name: name})
			if err == nil {
				_, err = part.Write(text)
			}
			if err != nil {
				t.Fatal(err)
			}
		}
		if err := w.Close(); err != nil {
			t.Fatal(err)
		}
		readAll(t, file.Bytes())
	})
}

// addFiles adds the workbooks of testdata whose names match.
func addFiles(f *testing.F, pattern string) {
	paths, err := filepath.Glob(filepath.Join("..", "..", "testdata", "workbooks", pattern))
	if err != nil {
		f.Fatal(err)
	}
	for _, path := range paths {
		data, err := os.ReadFile(path)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(data)
	}
}

func readAll(t *testing.T, data []byte) {
	book, err := sheet.Open("x", bytes.NewReader(data), sheet.Limits{})
	if err != nil {
		wantUserError(t, err)
		return
	}
	for _, s := range book.Sheets() {
		s.Styles(1, 5)
		before := -1 // records of JSON have their header on line 0
		for row, err := range s.Rows() {
			if err != nil {
				wantUserError(t, err)
			} else if row.Line <= before && book.Format() != "xlsx" {
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

// FuzzJSON feeds text that starts as JSON does.
func FuzzJSON(f *testing.F) {
	for _, text := range []string{`{"a": 1}]`, `{"model": "a.b", "pk": 1, "fields": {"c": [1, {"d": null}]}}]`, "1, [2], {\"x\": {\"y\": []}}\n]"} {
		f.Add([]byte(text))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		readAll(t, append([]byte("[\n"), data...))
		readAll(t, append([]byte(`{"a": `), data...))
	})
}

// FuzzPage feeds the inside of a table of a web page, and of a sheet of an XML workbook.
func FuzzPage(f *testing.F) {
	f.Add([]byte(`<tr><td rowspan=2 colspan=3>a<table><tr><td>b</table><tr><td>c`))
	f.Add([]byte(`<Row ss:Index="3"><Cell ss:Index="2" ss:MergeDown="1"><Data ss:Type="DateTime">2025-01-01T00:00:00.000</Data></Cell></Row>`))
	f.Fuzz(func(t *testing.T, data []byte) {
		readAll(t, append([]byte("<table>"), data...))
		readAll(t, append([]byte(`<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"><Worksheet ss:Name="A"><Table>`), data...))
	})
}

// FuzzArchive feeds the bytes of archives.
func FuzzArchive(f *testing.F) {
	f.Add(packed(f, [2]string{"a.csv", "a,b\n1,2\n"}, [2]string{"b/c.json", `[{"a": 1}]`}))
	f.Fuzz(func(t *testing.T, data []byte) { readAll(t, data) })
}

// FuzzParquet feeds the bytes of Parquet files to the engine.
func FuzzParquet(f *testing.F) {
	f.Add(parquet(f, "select 1 as a, 'x' as b, [1, 2] as c"))
	f.Fuzz(func(t *testing.T, data []byte) { readAll(t, append([]byte("PAR1"), data...)) })
}
