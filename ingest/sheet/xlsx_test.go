package sheet_test

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"

	"github.com/perfloop/perfloop/ingest/sheet"
)

// written is the workbook that edit makes, as bytes.
func written(t *testing.T, edit func(f *excelize.File) error) []byte {
	t.Helper()
	f := excelize.NewFile()
	if err := edit(f); err != nil {
		t.Fatalf("edit workbook: %v", err)
	}
	var out bytes.Buffer
	if err := f.Write(&out); err != nil {
		t.Fatalf("write workbook: %v", err)
	}
	if err := f.Close(); err != nil {
		t.Fatalf("close workbook: %v", err)
	}
	return out.Bytes()
}

// setRows fills the first sheet from A1 on.
func setRows(f *excelize.File, rows ...[]any) error {
	for i, row := range rows {
		if err := f.SetSheetRow("Sheet1", fmt.Sprintf("A%d", i+1), &row); err != nil {
			return err
		}
	}
	return nil
}

// archived is a zip archive of files, in the order of name, content, name, content …
func archived(t *testing.T, files ...string) []byte {
	t.Helper()
	data, err := archive(files...)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func archive(files ...string) ([]byte, error) {
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	for i := 0; i < len(files); i += 2 {
		part, err := w.Create(files[i])
		if err != nil {
			return nil, err
		}
		if _, err := part.Write([]byte(files[i+1])); err != nil {
			return nil, err
		}
	}
	err := w.Close()
	return out.Bytes(), err
}

// bare is a workbook with one sheet whose XML, and shared strings, are given.
func bare(t *testing.T, sheetXML, stringsXML string) []byte {
	t.Helper()
	return archived(t,
		"_rels/.rels", `<Relationships><Relationship Id="r1" Type="http://x/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
		"xl/workbook.xml", `<workbook xmlns:r="r"><sheets><sheet name="One" sheetId="1" r:id="r1"/></sheets></workbook>`,
		"xl/_rels/workbook.xml.rels", `<Relationships><Relationship Id="r1" Type="http://x/worksheet" Target="worksheets/sheet1.xml"/>`+
			`<Relationship Id="r2" Type="http://x/sharedStrings" Target="/xl/sharedStrings.xml"/></Relationships>`,
		"xl/worksheets/sheet1.xml", sheetXML,
		"xl/sharedStrings.xml", stringsXML)
}

func rowsXML(rows string) string {
	return `<?xml version="1.0"?><worksheet><sheetData>` + rows + `</sheetData></worksheet>`
}

func TestXLSXCells(t *testing.T) {
	const strings = `<sst><si><t>007</t></si><si><r><t>业</t></r><r><t xml:space="preserve">绩 </t></r><rPh sb="0" eb="1"><t>ye</t></rPh></si>` +
		`<si><t>a_x000D_&#10;b</t></si><si><t/></si></sst>`
	for _, c := range []struct{ name, cell, want string }{
		{"a shared string keeps its zeros", `<c t="s"><v>0</v></c>`, "007"},
		{"the runs of a rich string are one text, without pronunciation", `<c t="s"><v>1</v></c>`, "业绩 "},
		{"a line end is LF however it is written", `<c t="s"><v>2</v></c>`, "a\nb"},
		{"an inline string is text", `<c t="inlineStr"><is><t>1E5</t></is></c>`, "1E5"},
		{"an inline string may be rich", `<c t="inlineStr"><is><r><t>a</t></r><r><t>b</t></r></is></c>`, "ab"},
		{"a formula's text is text", `<c t="str"><f>A1</f><v>1E5</v></c>`, "1E5"},
		{"a formula's number is its stored value", `<c><f>1+1</f><v>2</v></c>`, "2"},
		{"a formula that nobody calculated is shown as such", `<c><f>SUM(B1:B2)&amp;"x"</f></c>`, `=SUM(B1:B2)&"x"`},
		{"true is TRUE", `<c t="b"><v>1</v></c>`, "TRUE"},
		{"false is FALSE", `<c t="b"><v>0</v></c>`, "FALSE"},
		{"an error is its text", `<c t="e"><v>#DIV/0!</v></c>`, "#DIV/0!"},
		{"an ISO date stays as it is", `<c t="d"><v>2024-03-31</v></c>`, "2024-03-31"},
		{"a number with an exponent is a plain decimal", `<c><v>1.2E+3</v></c>`, "1200"},
		{"a small number is a plain decimal", `<c><v>5.7000000000000002E-2</v></c>`, "0.057"},
		{"noise behind the fifteenth digit is dropped", `<c><v>0.30000000000000004</v></c>`, "0.3"},
		{"noise below a whole number is dropped", `<c><v>2.9999999999999996</v></c>`, "3"},
		{"zeros at the end are dropped", `<c><v>12.50</v></c>`, "12.5"},
		{"a whole number keeps all its digits", `<c><v>1234567890123456789</v></c>`, "1234567890123456789"},
		{"a negative number keeps its sign", `<c t="n"><v>-0.5</v></c>`, "-0.5"},
		{"zero is 0", `<c><v>0.0</v></c>`, "0"},
		{"a huge number keeps its exponent", `<c><v>1E+300</v></c>`, "1e+300"},
		{"what is no number stays as it is", `<c><v>NaN</v></c>`, "NaN"},
		{"what is no number may be no UTF-8 either", "<c><v>1\xff2</v></c>", "1\ufffd2"},
		{"entities are characters", `<c t="inlineStr"><is><t>&lt;A&amp;B&gt; &#x4e1a;&#32489;</t></is></c>`, "<A&B> 业绩"},
		{"CDATA is text", `<c t="inlineStr"><is><t><![CDATA[a<b>c]]></t></is></c>`, "a<b>c"},
		{"comments are passed over", `<!-- <c><v>9</v></c> --><c><!-- > --><v>1</v></c>`, "1"},
		{"prefixes are passed over", `<x:c><x:v>1</x:v></x:c>`, "1"},
		{"a '>' in an attribute ends no tag", `<c x="a>b" y='"'><v>1</v></c>`, "1"},
		{"the character 0 is replaced", `<c t="inlineStr"><is><t>a&#0;b_x0000_c</t></is></c>`, "a\ufffdb\ufffdc"},
		{"an escaped escape is text", `<c t="inlineStr"><is><t>_x005F_x000D_ _x _xyz_</t></is></c>`, "_x000D_ _x _xyz_"},
		{"bytes that are no UTF-8 are replaced", "<c t=\"inlineStr\"><is><t>a\xffb</t></is></c>", "a\ufffdb"},
	} {
		t.Run(c.name, func(t *testing.T) {
			book := open(t, "x.xlsx", bare(t, rowsXML(`<row>`+c.cell+`</row>`), strings))
			wantRows(t, book.Sheets()[0], fmt.Sprintf("1 %q", c.want))
		})
	}
}

func TestXLSXRows(t *testing.T) {
	for _, c := range []struct {
		name, rows string
		want       []string
	}{
		{"rows keep the numbers that people see", `<row r="3"><c r="B3"><v>1</v></c></row><row r="7"><c r="A7"><v>2</v></c></row>`,
			[]string{`3 "" "1"`, `7 "2"`}},
		{"rows and cells may have no reference", `<row><c><v>1</v></c><c/><c><v>3</v></c></row><row><c><v>2</v></c></row>`,
			[]string{`1 "1" "" "3"`, `2 "2"`}},
		{"hidden and filtered rows are data", `<row r="1" hidden="1"><c r="A1"><v>1</v></c></row>`, []string{`1 "1"`}},
		{"styled empty rows and cells are nothing", `<row r="1" s="4"/><row r="2"><c r="A2" s="4"/><c r="B2"><v/></c></row><row r="9"><c r="A9"><v>1</v></c><c r="XFD9" s="1"/></row>`,
			[]string{`9 "1"`}},
		{"columns may have two and three letters", `<row r="1"><c r="A1"><v>1</v></c><c r="AB1"><v>2</v></c></row>`,
			[]string{`1 "1"` + strings.Repeat(` ""`, 26) + ` "2"`}},
		{"a sheet may be empty", ``, []string{}},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := dump(open(t, "x.xlsx", bare(t, rowsXML(c.rows), "<sst/>")).Sheets()[0])
			want := strings.Join(c.want, "\n")
			if diff := cmp.Diff(want, strings.TrimSuffix(got, "\n")); diff != "" {
				t.Errorf("rows (-want +got):\n%s", diff)
			}
		})
	}
}

func TestVerticalMergesAreFilledDown(t *testing.T) {
	data := written(t, func(f *excelize.File) error {
		err := setRows(f, []any{"单位", "姓名", "得分"}, []any{"销售部", "张三", 1}, []any{nil, "李四", 2}, []any{nil, nil, nil}, []any{nil, "王五", 3}, []any{"title over three", nil, nil}, []any{nil, nil, "x"})
		for _, m := range [][2]string{{"A2", "A4"}, {"A6", "B7"}, {"B1", "C1"}} {
			if err == nil {
				err = f.MergeCell("Sheet1", m[0], m[1])
			}
		}
		return err
	})
	wantRows(t, open(t, "x.xlsx", data).Sheets()[0],
		`1 "单位" "姓名"`,
		`2 "销售部" "张三" "1"`,
		`3 "销售部" "李四" "2"`,
		`5 "" "王五" "3"`,
		`6 "title over three"`,
		`7 "title over three" "" "x"`)
}

func TestMergesAreFoundInLargeAndInPrefixedSheets(t *testing.T) {
	const rows = 40_000
	var xml strings.Builder
	xml.WriteString(`<x:worksheet><x:sheetData>`)
	for i := range rows {
		if i == 0 {
			xml.WriteString(`<x:row><x:c><x:v>7</x:v></x:c><x:c><x:v>1</x:v></x:c></x:row>`)
		} else {
			xml.WriteString(`<x:row><x:c/><x:c><x:v>1</x:v></x:c></x:row>`)
		}
	}
	fmt.Fprintf(&xml, `</x:sheetData><x:mergeCells><x:mergeCell ref="A1:A%d"/></x:mergeCells></x:worksheet>`, rows)
	for name, body := range map[string]string{"prefixed": xml.String(), "plain": strings.ReplaceAll(xml.String(), "x:", "")} {
		filled := 0
		for row, err := range open(t, "x.xlsx", bare(t, body, "<sst/>")).Sheets()[0].Rows() {
			if err != nil {
				t.Fatalf("%s: %v", name, err)
			}
			if row.Cells[0] == "7" {
				filled++
			}
		}
		if filled != rows {
			t.Errorf("%s: got %d rows filled, want %d", name, filled, rows)
		}
	}
}

func TestEverySheetIsRead(t *testing.T) {
	data := written(t, func(f *excelize.File) error {
		if err := setRows(f, []any{"a"}); err != nil {
			return err
		}
		for _, name := range []string{"空表", "隐藏"} {
			if _, err := f.NewSheet(name); err != nil {
				return err
			}
		}
		if err := f.SetCellValue("隐藏", "B2", "x"); err != nil {
			return err
		}
		return f.SetSheetVisible("隐藏", false)
	})
	var got []string
	for _, s := range open(t, "x.xlsx", data).Sheets() {
		got = append(got, s.Name+": "+dump(s))
	}
	want := []string{"Sheet1: 1 \"a\"\n", "空表: ", "隐藏: 2 \"\" \"x\"\n"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("sheets (-want +got):\n%s", diff)
	}
}

func TestStylesSayWhatTheNumbersAre(t *testing.T) {
	formats := []string{"0.0%", "yyyy-mm-dd", `yyyy"年"m"月"d"日"`, "#,##0.00", `0.00"days"`, "[Red]0.0_m;0", "[h]:mm", "General"}
	data := written(t, func(f *excelize.File) error {
		if err := setRows(f, []any{"title", "", 2024}, []any{"a", "b"}); err != nil {
			return err
		}
		for i, format := range formats {
			style, err := f.NewStyle(&excelize.Style{CustomNumFmt: &format})
			if err != nil {
				return err
			}
			for row := 3; row < 6; row++ {
				cell, _ := excelize.CoordinatesToCellName(i+1, row)
				if err := f.SetCellValue("Sheet1", cell, 45000.5); err != nil {
					return err
				}
				if err := f.SetCellStyle("Sheet1", cell, cell, style); err != nil {
					return err
				}
			}
		}
		builtIn, err := f.NewStyle(&excelize.Style{NumFmt: 14})
		if err != nil {
			return err
		}
		if err := f.SetCellValue("Sheet1", "I3", 45000); err != nil {
			return err
		}
		return f.SetCellStyle("Sheet1", "I3", "I3", builtIn)
	})
	percent, date, none := sheet.ColumnStyle{IsPercent: true}, sheet.ColumnStyle{IsDate: true}, sheet.ColumnStyle{}
	s := open(t, "x.xlsx", data).Sheets()[0]
	want := []sheet.ColumnStyle{percent, date, date, none, none, none, date, none, date}
	if diff := cmp.Diff(want, s.Styles(3, 100)); diff != "" {
		t.Errorf("styles from line 3 (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]sheet.ColumnStyle{none, none, none}, s.Styles(1, 2)); diff != "" {
		t.Errorf("styles of two lines (-want +got):\n%s", diff)
	}
}

func TestDatesMayStartIn1904(t *testing.T) {
	for _, want := range []bool{true, false} {
		data := written(t, func(f *excelize.File) error {
			return f.SetWorkbookProps(&excelize.WorkbookPropsOptions{Date1904: &want})
		})
		if got := open(t, "x.xlsx", data).Sheets()[0].Date1904(); got != want {
			t.Errorf("got %v, want %v", got, want)
		}
	}
}

func TestContentDecidesNotTheName(t *testing.T) {
	xlsx := written(t, func(f *excelize.File) error { return setRows(f, []any{"a", 1}) })
	if got := open(t, "x.csv", xlsx).Format(); got != "xlsx" {
		t.Errorf("workbook named x.csv: got %s", got)
	}
	if got := open(t, "x.xlsx", []byte("a,b\n")).Format(); got != "csv" {
		t.Errorf("text named x.xlsx: got %s", got)
	}
}

func TestMergedCellsAreListedByTheirFirstLine(t *testing.T) {
	data := written(t, func(f *excelize.File) error {
		return errors.Join(setRows(f, []any{"KPI", "Q1", nil, nil}, []any{nil, "Target", "Actual", "Share"}),
			f.MergeCell("Sheet1", "B1", "D1"), f.MergeCell("Sheet1", "A1", "A2"), f.MergeCell("Sheet1", "B4", "C6"))
	})
	got := fmt.Sprint(open(t, "x.xlsx", data).Sheets()[0].Merges())
	if want := "[{1 1 1 3} {1 2 0 0} {4 6 1 2}]"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	if merges := open(t, "x.csv", []byte("a,b\n")).Sheets()[0].Merges(); merges != nil {
		t.Errorf("got %v for CSV", merges)
	}
}

func TestWorkbooksWithMacrosAndTemplatesAreRead(t *testing.T) {
	for _, extension := range []string{"xlsm", "xltx", "xltm", "xlam"} {
		path := filepath.Join(t.TempDir(), "x."+extension)
		f := excelize.NewFile()
		if err := errors.Join(setRows(f, []any{"a", 1}), f.SaveAs(path), f.Close()); err != nil {
			t.Fatal(err)
		}
		data, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		book := open(t, "x", data)
		if book.Format() != "xlsx" {
			t.Errorf("%s: got format %s", extension, book.Format())
		}
		wantRows(t, book.Sheets()[0], `1 "a" "1"`)
	}
}

func TestHiddenRowsSayIt(t *testing.T) {
	data := bare(t, rowsXML(`<row r="1" hidden="1"><c><v>1</v></c></row><row r="2" hidden="0"><c><v>2</v></c></row><row r="3" hidden="true"><c><v>3</v></c></row>`), "<sst/>")
	for row := range open(t, "x.xlsx", data).Sheets()[0].Rows() {
		if row.Hidden != (row.Line != 2) {
			t.Errorf("line %d: hidden %v", row.Line, row.Hidden)
		}
	}
}

func TestMacroSheetsAndChartsAreNoSheets(t *testing.T) {
	data := archived(t,
		"xl/workbook.xml", `<workbook xmlns:r="r"><sheets><sheet name="Macro1" r:id="r1"/><sheet name="Chart1" r:id="r2"/><sheet name="Data" r:id="r3"/></sheets></workbook>`,
		"xl/_rels/workbook.xml.rels", `<Relationships><Relationship Id="r1" Type="http://x/xlMacrosheet" Target="macrosheets/sheet1.xml"/>`+
			`<Relationship Id="r2" Type="http://x/chartsheet" Target="chartsheets/sheet1.xml"/><Relationship Id="r3" Type="http://x/worksheet" Target="worksheets/sheet1.xml"/>`+
			`<Relationship Id="r4" Type="http://x/vbaProject" Target="vbaProject.bin"/></Relationships>`,
		"xl/worksheets/sheet1.xml", rowsXML(`<row><c><v>1</v></c></row>`))
	sheets := open(t, "x.xlsm", data).Sheets()
	if len(sheets) != 1 || sheets[0].Name != "Data" {
		t.Fatalf("got %d sheets, want Data alone", len(sheets))
	}
	wantRows(t, sheets[0], `1 "1"`)
}
