package sheet_test

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/perfloop/perfloop/ingest/sheet"
)

const odsType = "application/vnd.oasis.opendocument.spreadsheet"

// ods is an OpenDocument spreadsheet with the given tables.
func ods(t *testing.T, tables string) []byte {
	t.Helper()
	return archived(t, "mimetype", odsType, "content.xml", odsContent(tables))
}

func odsContent(tables string) string {
	return `<?xml version="1.0" encoding="UTF-8"?><office:document-content><office:automatic-styles/><office:body><office:spreadsheet>` +
		`<table:calculation-settings/>` + tables + `</office:spreadsheet></office:body></office:document-content>`
}

func odsTable(rows string) string {
	return `<table:table table:name="A &amp; B">` + rows + `</table:table>`
}

func TestODSCells(t *testing.T) {
	for _, c := range []struct{ name, cell, want string }{
		{"a number is its stored value, not what is shown", `<c office:value-type="float" office:value="12.50"><text:p>13</text:p></c>`, "12.5"},
		{"noise behind the fifteenth digit is dropped", `<c office:value-type="float" office:value="0.30000000000000004"/>`, "0.3"},
		{"a percentage is a share", `<c office:value-type="percentage" office:value="0.057"><text:p>5.70%</text:p></c>`, "0.057"},
		{"what is no number stays, as text that can be stored", "<c office:value-type=\"float\" office:value=\"1\xff2\"/>", "1\ufffd2"},
		{"money is a number", `<c office:value-type="currency" office:currency="CNY" office:value="15200000"><text:p>¥15,200,000</text:p></c>`, "15200000"},
		{"a date is its serial number", `<c office:value-type="date" office:date-value="2024-03-31"><text:p>31.3.</text:p></c>`, "45382"},
		{"a date has a time", `<c office:value-type="date" office:date-value="2024-03-31T18:38:00"/>`, "45382.7763888889"},
		{"a date may be far away", `<c office:value-type="date" office:date-value="9999-12-31"/>`, "2958465"},
		{"what is no date stays as it is", `<c office:value-type="date" office:date-value="2024-02-31"/>`, "2024-02-31"},
		{"a time is a part of a day", `<c office:value-type="time" office:time-value="PT08H13M00S"/>`, "0.342361111111111"},
		{"a time may be longer than a day", `<c office:value-type="time" office:time-value="PT36H00M00,5S"/>`, "1.50000578703704"},
		{"a time may be negative", `<c office:value-type="time" office:time-value="-P1DT12H"/>`, "-1.5"},
		{"true is TRUE", `<c office:value-type="boolean" office:boolean-value="true"><text:p>WAHR</text:p></c>`, "TRUE"},
		{"a formula's truth is TRUE", `<c table:formula="of:=TRUE()" office:value-type="float" office:value="1"><text:p>TRUE</text:p></c>`, "TRUE"},
		{"a formula's error is what is shown", `<c table:formula="of:=1/0" office:value-type="string" office:string-value="" calcext:value-type="error"><text:p>#DIV/0!</text:p></c>`, "#DIV/0!"},
		{"a formula's text may be stored only", `<c table:formula="of:=1" office:value-type="string" office:string-value="a &amp; b"/>`, "a & b"},
		{"a formula that nobody calculated is shown as such", `<c table:formula="of:=SUM([.B1:.B2])"/>`, "=SUM([.B1:.B2])"},
		{"a value may be missing", `<c office:value-type="float"><text:p>81.5</text:p></c>`, "81.5"},
		{"a type may be missing", `<c><text:p>007</text:p></c>`, "007"},
		{"paragraphs are lines", `<c office:value-type="string"><text:p>a</text:p><text:p/><text:p>b</text:p></c>`, "a\n\nb"},
		{"parts of a text are one text", `<c><text:p>业<text:span text:style-name="T1">绩 <text:a xlink:href="x">link</text:a></text:span></text:p></c>`, "业绩 link"},
		{"blanks are counted, line ends and tabs named", `<c><text:p><text:s/>a<text:s text:c="3"/>b<text:line-break/>c<text:tab/>d</text:p></c>`, " a   b\nc\td"},
		{"one blank at the start is the cell's", "<c><text:p> a</text:p><text:p> b</text:p></c>", " a\n b"},
		{"blanks for the eye are one", "<c><text:p>\n  a \t\n b</text:p></c>", "a b"},
		{"a comment is not the cell's text", `<c><office:annotation><dc:creator>x</dc:creator><text:p>note</text:p></office:annotation><text:p>a<office:annotation><text:p>n</text:p></office:annotation></text:p></c>`, "a"},
		{"pronunciation is passed over", `<c><text:p><text:ruby><text:ruby-base>业</text:ruby-base><text:ruby-text>ye</text:ruby-text></text:ruby></text:p></c>`, "业"},
		{"a picture is passed over", `<c><draw:frame><draw:text-box><text:p>x</text:p></draw:text-box></draw:frame><text:p>a</text:p></c>`, "a"},
		{"entities are characters", `<c><text:p>&lt;A&amp;B&gt; &#x4e1a;</text:p></c>`, "<A&B> 业"},
		{"the character 0 is replaced", `<c><text:p>a&#0;b</text:p></c>`, "a\ufffdb"},
	} {
		t.Run(c.name, func(t *testing.T) {
			cell := strings.ReplaceAll(strings.ReplaceAll(c.cell, "<c", "<table:table-cell"), "</c>", "</table:table-cell>")
			book := open(t, "x.ods", ods(t, odsTable(`<table:table-row>`+cell+`</table:table-row>`)))
			wantRows(t, book.Sheets()[0], fmt.Sprintf("1 %q", c.want))
		})
	}
}

func TestODSRows(t *testing.T) {
	const x = `<table:table-cell><text:p>x</text:p></table:table-cell>`
	for _, c := range []struct {
		name, rows string
		want       []string
	}{
		{"cells stand there repeatedly", `<table:table-row><table:table-cell table:number-columns-repeated="2"/><table:table-cell table:number-columns-repeated="2"><text:p>x</text:p></table:table-cell>` + x + `</table:table-row>`,
			[]string{`1 "" "" "x" "x" "x"`}},
		{"rows stand there repeatedly", `<table:table-row table:number-rows-repeated="2">` + x + `</table:table-row><table:table-row>` + x + `</table:table-row>`,
			[]string{`1 "x"`, `2 "x"`, `3 "x"`}},
		{"blank rows count, a million of them too", `<table:table-row table:number-rows-repeated="2"><table:table-cell/></table:table-row><table:table-row>` + x +
			`</table:table-row><table:table-row table:number-rows-repeated="1048570"><table:table-cell table:number-columns-repeated="16384"/></table:table-row>`,
			[]string{`3 "x"`}},
		{"rows stand in groups", `<table:table-column/><table:table-header-rows><table:table-row>` + x + `</table:table-row></table:table-header-rows><table:table-row-group><table:table-row-group><table:table-row>` + x +
			`</table:table-row></table:table-row-group></table:table-row-group>`,
			[]string{`1 "x"`, `2 "x"`}},
		{"a value that spans rows is filled down", `<table:table-row><table:table-cell table:number-rows-spanned="2"><text:p>k</text:p></table:table-cell>` + x + `</table:table-row>` +
			`<table:table-row><table:covered-table-cell/>` + x + `</table:table-row><table:table-row><table:table-cell/>` + x + `</table:table-row>`,
			[]string{`1 "k" "x"`, `2 "k" "x"`, `3 "" "x"`}},
		{"a value that spans columns stands in the first", `<table:table-row><table:table-cell table:number-columns-spanned="2"><text:p>k</text:p></table:table-cell><table:covered-table-cell/>` + x + `</table:table-row>`,
			[]string{`1 "k" "" "x"`}},
		{"a table inside a cell is not its text", `<table:table-row><table:table-cell><table:table table:is-sub-table="true"><table:table-row>` + x + `</table:table-row></table:table><text:p>a</text:p></table:table-cell></table:table-row>`,
			[]string{`1 "a"`}},
		{"a sheet may be empty", ``, []string{}},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := dump(open(t, "x.ods", ods(t, odsTable(c.rows))).Sheets()[0])
			if diff := cmp.Diff(strings.Join(c.want, "\n"), strings.TrimSuffix(got, "\n")); diff != "" {
				t.Errorf("rows (-want +got):\n%s", diff)
			}
		})
	}
}

func TestODSSheets(t *testing.T) {
	one := odsTable(`<table:table-row><table:table-cell><text:p>1</text:p></table:table-cell></table:table-row>`)
	linked := `<table:table table:name="'file:///x.ods'#$Sheet1"><table:table-source xlink:href="x.ods"/><table:table-row><table:table-cell><text:p>9</text:p></table:table-cell></table:table-row></table:table>`
	two := strings.ReplaceAll(strings.ReplaceAll(one, "A &amp; B", "二"), "<text:p>1", "<text:p>2")
	sheets := open(t, "x.ods", ods(t, one+linked+two+`<table:named-expressions/>`)).Sheets()
	if len(sheets) != 2 || sheets[0].Name != "A & B" || sheets[1].Name != "二" {
		t.Fatalf("got %d sheets, want A & B and 二: a copy of another file's sheet is none", len(sheets))
	}
	wantRows(t, sheets[0], `1 "1"`)
	wantRows(t, sheets[1], `1 "2"`)
}

func TestAnOpenDocumentWithoutAnArchiveIsRead(t *testing.T) {
	flat := strings.Replace(odsContent(odsTable(`<table:table-row><table:table-cell><text:p>业绩</text:p></table:table-cell></table:table-row>`)),
		"<office:document-content>", `<office:document office:mimetype="`+odsType+`">`, 1)
	book := open(t, "x.xml", []byte(flat))
	if book.Format() != "ods" {
		t.Errorf("got format %s", book.Format())
	}
	wantRows(t, book.Sheets()[0], `1 "业绩"`)
}

func TestODSHiddenRowsSayIt(t *testing.T) {
	const cell = `<table:table-cell><text:p>x</text:p></table:table-cell></table:table-row>`
	s := open(t, "x.ods", ods(t, odsTable(`<table:table-row>`+cell+`<table:table-row table:visibility="collapse">`+cell+`<table:table-row table:visibility="filter">`+cell))).Sheets()[0]
	for row := range s.Rows() {
		if row.Hidden != (row.Line > 1) {
			t.Errorf("line %d: hidden %v", row.Line, row.Hidden)
		}
	}
}

func TestDamagedODS(t *testing.T) {
	const x = `<table:table-cell office:value-type="float" office:value="1"/>`
	for _, c := range []struct{ name, rows, key string }{
		{"more rows than any sheet has", `<table:table-row table:number-rows-repeated="1048576">` + x + `</table:table-row>`, "damaged_sheet"},
		{"more columns than any sheet has", `<table:table-row>` + strings.Replace(x, "<table:table-cell", `<table:table-cell table:number-columns-repeated="16385"`, 1) + `</table:table-row>`, "damaged_sheet"},
		{"copies made to exhaust time", `<table:table-row table:number-rows-repeated="1000000">` + strings.Replace(x, "<table:table-cell", `<table:table-cell table:number-columns-repeated="16000"`, 1) + `</table:table-row>`, "limit_memory"},
	} {
		t.Run(c.name, func(t *testing.T) {
			data := ods(t, odsTable(`<table:table-row>`+x+`</table:table-row>`+c.rows))
			book, err := sheet.Open("x.ods", bytes.NewReader(data), sheet.Limits{Memory: 32 << 20})
			if err != nil {
				t.Fatal(err)
			}
			s := book.Sheets()[0]
			for row := range s.Rows() {
				if row.Line != 1 || !slices.Equal(row.Cells, []string{"1"}) {
					t.Errorf("got row %d with %d cells, want row 1 first", row.Line, len(row.Cells))
				}
				break
			}
			wantKey(t, rowError(s), c.key)
		})
	}
	spanned := `<table:table-row table:number-rows-repeated="1000000"><table:table-cell table:number-columns-repeated="16000" table:number-rows-spanned="2"/></table:table-row>`
	s := open(t, "x.ods", ods(t, odsTable(spanned))).Sheets()[0]
	wantKey(t, rowError(s), "limit_memory")
	if n := len(s.Merges()); n > 1<<20 {
		t.Errorf("got %d merges", n)
	}
	long := strings.Repeat(`<table:table-cell><text:p><text:s text:c="99999"/>x</text:p></table:table-cell>`, 3000)
	wantKey(t, rowError(open(t, "x.ods", ods(t, odsTable(`<table:table-row>`+long+`</table:table-row>`))).Sheets()[0]), "limit_memory")
	whole := odsContent(odsTable(`<table:table-row>` + x + `</table:table-row>`))
	for _, at := range []int{0, 90, 180, 250, 300, len(whole) - 60} {
		_, err := sheet.Open("x.ods", bytes.NewReader(archived(t, "mimetype", odsType, "content.xml", whole[:at])), sheet.Limits{})
		wantKey(t, err, "damaged_workbook")
	}
}
