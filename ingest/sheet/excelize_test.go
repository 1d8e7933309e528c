package sheet_test

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"
	"pgregory.net/rapid"

	"github.com/perfloop/perfloop/ingest/sheet"
)

// raw is what excelize reads of a workbook's first sheet, as far as we mean to be equal: it gives 1 and 0 for
// truth values, keeps CR, and keeps rows and trailing cells that say nothing.
func raw(t fataler, data []byte) map[int]string {
	f, err := excelize.OpenReader(bytes.NewReader(data), excelize.Options{RawCellValue: true})
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	name := f.GetSheetList()[0]
	rows, err := f.GetRows(name)
	if err != nil {
		t.Fatal(err)
	}
	said := map[int]string{}
	for i, cells := range rows {
		for c := range cells {
			at, err := excelize.CoordinatesToCellName(c+1, i+1)
			if err != nil {
				t.Fatal(err)
			}
			cells[c] = strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(cells[c])
			if kind, err := f.GetCellType(name, at); err == nil && kind == excelize.CellTypeBool {
				cells[c] = map[string]string{"1": "TRUE", "0": "FALSE"}[cells[c]]
			}
		}
		if text := shown(cells); text != "" {
			said[i+1] = text
		}
	}
	return said
}

type fataler interface{ Fatal(...any) }

// ours is what this package reads of it.
func ours(t fataler, data []byte) map[int]string {
	book, err := sheet.Open("x", bytes.NewReader(data), sheet.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	defer book.Close()
	said := map[int]string{}
	for row, err := range book.Sheets()[0].Rows() {
		if err != nil {
			t.Fatal(err)
		}
		said[row.Line] = shown(row.Cells)
	}
	return said
}

func shown(cells []string) string {
	for len(cells) > 0 && strings.TrimSpace(cells[len(cells)-1]) == "" {
		cells = cells[:len(cells)-1]
	}
	if len(cells) == 0 {
		return ""
	}
	return fmt.Sprintf("%q", cells)
}

// pieces are texts as XML may hold them.
var pieces = []string{"a", "工号", "007", "1E5", " ", "_x000D_", "_x000d_", "_x005F_x0041_", "_x", "&lt;", "&amp;", "&#x4e1a;", "&quot;", "'", "]]", "\n", "é", "😀", "-0.5", "="}

func xmlText(t *rapid.T) string {
	return strings.Join(rapid.SliceOfN(rapid.SampledFrom(pieces), 0, 5).Draw(t, "pieces"), "")
}

// textXML is a <t>, or runs of rich text with pronunciation.
func textXML(t *rapid.T) string {
	one := func() string {
		return rapid.SampledFrom([]string{"<t>", `<t xml:space="preserve">`}).Draw(t, "t") + xmlText(t) + "</t>"
	}
	switch rapid.IntRange(0, 4).Draw(t, "form") {
	case 0:
		return "<r>" + one() + "</r><r><rPr><b/></rPr>" + one() + "</r>"
	case 1:
		return one() + `<rPh sb="0" eb="1"><t>ye</t></rPh><phoneticPr fontId="1"/>`
	case 2:
		return "<t/>"
	}
	return one()
}

func stringsXML(t *rapid.T) (xml string, count int) {
	items := rapid.SliceOfN(rapid.Custom(func(t *rapid.T) string {
		return rapid.SampledFrom([]string{"", "\n "}).Draw(t, "indent") + "<si>" + textXML(t) + "</si>"
	}), 1, 40).Draw(t, "items")
	return `<sst xmlns="` + mainSpace + `">` + strings.Join(items, "") + "</sst>", len(items)
}

func cellXML(t *rapid.T, at string, shared int) string {
	attributes := rapid.SampledFrom([]string{"", ` s="0"`}).Draw(t, "style")
	if rapid.Bool().Draw(t, "reference") {
		attributes = ` r="` + at + `"` + attributes
	}
	c := func(kind, body string) string { return "<c" + attributes + kind + ">" + body + "</c>" }
	switch rapid.IntRange(0, 8).Draw(t, "cell") {
	case 0:
		return "<c" + attributes + "/>"
	case 1:
		return c("", "<v>"+rapid.SampledFrom([]string{"0", "1", "-3", "0.5", "123456789012345", "45382.5"}).Draw(t, "number")+"</v>")
	case 2:
		return c(` t="b"`, "<v>"+rapid.SampledFrom([]string{"0", "1"}).Draw(t, "truth")+"</v>")
	case 3:
		return c(` t="e"`, "<v>#DIV/0!</v>")
	case 4:
		text := strings.ReplaceAll(xmlText(t), "_x", "") // in a formula's text excelize leaves escapes as they are
		return c(` t="str"`, "<f>A1&amp;B1</f><v>"+text+"</v>")
	case 5:
		return c(` t="inlineStr"`, "<is>"+textXML(t)+"</is>")
	}
	return c(` t="s"`, fmt.Sprintf("<v>%d</v>", rapid.IntRange(0, shared-1).Draw(t, "string")))
}

// workbookXML draws a sheet and its strings: rows and cells with gaps, with and without references.
func workbookXML(t *rapid.T) (sheetXML, items string) {
	var shared int
	items, shared = stringsXML(t)
	var out strings.Builder
	line := 0
	for range rapid.IntRange(0, 12).Draw(t, "rows") {
		line += rapid.IntRange(1, 3).Draw(t, "gap")
		fmt.Fprintf(&out, `<row r="%d">`, line)
		column := 0
		for range rapid.IntRange(0, 8).Draw(t, "cells") {
			column++
			at, _ := excelize.CoordinatesToCellName(column, line)
			out.WriteString(cellXML(t, at, shared))
		}
		out.WriteString("</row>")
	}
	return `<worksheet xmlns="` + mainSpace + `"><sheetData>` + out.String() + `</sheetData></worksheet>`, items
}

func sameAsExcelize(t *rapid.T) {
	sheetXML, items := workbookXML(t)
	data, err := archive(append(slices.Clone(fixedParts), "xl/worksheets/sheet1.xml", sheetXML, "xl/sharedStrings.xml", items)...)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(raw(t, data), ours(t, data)); diff != "" {
		t.Fatalf("%s\n%s\n(-excelize +ours):\n%s", sheetXML, items, diff)
	}
}

func TestRowsAreThoseOfExcelize(t *testing.T) { rapid.Check(t, sameAsExcelize) }

// FuzzAgainstExcelize lets the fuzzer draw the workbooks.
func FuzzAgainstExcelize(f *testing.F) { f.Fuzz(rapid.MakeFuzz(sameAsExcelize)) }

func TestRowsOfLibreOfficeAreThoseOfExcelize(t *testing.T) {
	var text strings.Builder
	text.WriteString("工号,姓名,得分,完成率,日期,备注\n")
	for i := range 3000 {
		fmt.Fprintf(&text, "%06d,员工 %d,%d.%d,%d%%,2024-%02d-%02d,\"remark %d, <b> & \"\"q\"\"\n第二行 %d\"\n", i, i%500, i%100, i%8, i%120, i%12+1, i%28+1, i%70, i)
	}
	data := saved(t, []byte(text.String()), "xlsx", officeCSV)
	if diff := cmp.Diff(raw(t, data), ours(t, data)); diff != "" {
		t.Errorf("(-excelize +ours):\n%s", diff)
	}
}
