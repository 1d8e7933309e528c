package sheet_test

import (
	"strings"
	"testing"
)

func TestTablesOfAPage(t *testing.T) {
	for _, c := range []struct {
		name, text string
		want       []string
	}{
		{"a table is a sheet without a name", "<html><head><style>td{a:b}</style></head><body><p>Report</p><table><tr><th>工号</th><th>姓&nbsp;名</th></tr>\n<tr><td> 007 </td><td><b>张三</b><br>李四</td></tr></table></body></html>",
			[]string{`[]`, `1 "工号" "姓 名"`, `2 "007" "张三\n李四"`}},
		{"ends of cells and rows may be left out", "<TABLE border=1><TR><TD>a<TD>b<TR><TD>1<TD>2",
			[]string{`[]`, `1 "a" "b"`, `2 "1" "2"`}},
		{"cells may cover columns and rows", "<table><tr><td rowspan=3>Sales</td><td colspan=2>Q1</td><td>x</td></tr><tr><td>1</td><td>2</td><td>3</td></tr><tr><td>4</td></tr><tr><td>5</td></tr></table>",
			[]string{`[]`, `1 "Sales" "Q1" "" "x"`, `2 "Sales" "1" "2" "3"`, `3 "Sales" "4"`, `4 "5"`}},
		{"each table is a sheet, one inside another too", "<table><tr><td>menu<table><tr><td>a</td><td>b</td></tr></table></td></tr></table><table></table><table><tr><td>c</td></tr></table>",
			[]string{`[Table 1]`, `1 "menu"`, `[Table 2]`, `1 "a" "b"`, `[Table 4]`, `1 "c"`}},
		{"a script is no text", "<!DOCTYPE html><table><tr><td>a<script>var x = '<td>'</script></td></tr></table>",
			[]string{`[]`, `1 "a"`}},
	} {
		t.Run(c.name, func(t *testing.T) {
			book := open(t, "x.xls", []byte(c.text))
			if got, want := dumpBook(book), lines(c.want...); got != want || book.Format() != "html" {
				t.Errorf("%s, got\n%swant\n%s", book.Format(), got, want)
			}
		})
	}
}

const spreadsheetML = `<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?>
<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet">
<Worksheet ss:Name="目标"><Table>
<Row><Cell><Data ss:Type="String">工号</Data></Cell><Cell ss:MergeAcross="1"><Data ss:Type="String">目标</Data></Cell><Cell><Data ss:Type="String">截止</Data></Cell></Row>
<Row ss:Index="3" ss:Hidden="1"><Cell ss:MergeDown="1"><Data ss:Type="String">007</Data></Cell><Cell ss:Index="4"><Data ss:Type="DateTime">2025-06-30T00:00:00.000</Data></Cell></Row>
<Row><Cell ss:Index="2"><Data ss:Type="Number">0.5</Data></Cell></Row>
</Table></Worksheet>
<Worksheet ss:Name="B"><Table><Row><Cell><ss:Data ss:Type="String"><B>x</B> &amp; y</ss:Data></Cell></Row></Table></Worksheet>
</Workbook>`

func TestXMLWorkbooks(t *testing.T) {
	book := open(t, "x.xls", []byte(spreadsheetML))
	want := lines(`[目标]`, `1 "工号" "目标" "" "截止"`, `3 "007" "" "" "2025-06-30"`, `4 "007" "0.5"`, `[B]`, `1 "x & y"`)
	if got := dumpBook(book); got != want || book.Format() != "xml" {
		t.Errorf("%s, got\n%swant\n%s", book.Format(), got, want)
	}
	for row := range book.Sheets()[0].Rows() {
		if row.Hidden != (row.Line == 3) {
			t.Errorf("line %d: hidden is %v", row.Line, row.Hidden)
		}
	}
	cut := open(t, "x.xls", []byte(spreadsheetML[:strings.Index(spreadsheetML, "</Worksheet>")]))
	wantRows(t, cut.Sheets()[0], strings.Split(want, "\n")[1:4]...)
}
