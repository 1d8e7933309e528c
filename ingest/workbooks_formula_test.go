package ingest_test

import (
	"archive/zip"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

const formulaTypes = `<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">` +
	`<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>` +
	`<Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>` +
	`<Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>`

const relationship = `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">` +
	`<Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/%s" Target="%s"/></Relationships>`

// writeFormulas makes workbooks as programs write them that do not calculate: with an empty result, or with 0 in each and a
// word to the next program to calculate them.
func writeFormulas(t *testing.T) {
	t.Helper()
	writeFormulaBook(t, "formulas_that_nobody_calculated.xlsx", "<v></v>", "")
	writeFormulaBook(t, "formulas_of_0_to_be_calculated_on_opening.xlsx", "<v>0</v>", `<calcPr calcId="124519" fullCalcOnLoad="1"/>`)
	writeZip(t, "formulas_that_nobody_calculated.ods", map[string]string{
		"mimetype": "application/vnd.oasis.opendocument.spreadsheet",
		"content.xml": `<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" ` +
			`xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:spreadsheet><table:table table:name="Goals">` +
			formulaRows(func(column, line int, text string) string {
				if text == "" {
					return fmt.Sprintf(`<table:table-cell table:formula="of:=[.E%d]/[.D%d]"/>`, line, line)
				}
				return fmt.Sprintf(`<table:table-cell office:value-type="string"><text:p>%s</text:p></table:table-cell>`, text)
			}, "<table:table-row>", "</table:table-row>") + `</table:table></office:spreadsheet></office:body></office:document-content>`,
	})
}

func writeFormulaBook(t *testing.T, name, result, calculation string) {
	t.Helper()
	cell := func(column, line int, text string) string {
		if text == "" {
			return fmt.Sprintf(`<c r="%c%d"><f>E%d/D%d</f>%s</c>`, 'A'+column, line, line, line, result)
		}
		return fmt.Sprintf(`<c r="%c%d" t="inlineStr"><is><t>%s</t></is></c>`, 'A'+column, line, text)
	}
	const main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
	writeZip(t, name, map[string]string{
		"[Content_Types].xml": formulaTypes,
		"_rels/.rels":         fmt.Sprintf(relationship, "officeDocument", "xl/workbook.xml"),
		"xl/workbook.xml": `<workbook xmlns="` + main + `" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">` +
			`<sheets><sheet name="Goals" sheetId="1" r:id="rId1"/></sheets>` + calculation + `</workbook>`,
		"xl/_rels/workbook.xml.rels": fmt.Sprintf(relationship, "worksheet", "worksheets/sheet1.xml"),
		"xl/worksheets/sheet1.xml":   `<worksheet xmlns="` + main + `"><sheetData>` + formulaRows(cell, "<row>", "</row>") + `</sheetData></worksheet>`,
	})
}

// formulaRows are the rows of goals whose progress is a formula but for the last, where a person wrote it.
func formulaRows(cell func(column, line int, text string) string, open, close string) string {
	var b strings.Builder
	for i, row := range [][]string{
		{"Employee ID", "Cycle", "Goal", "Target", "Actual", "Progress"},
		{"E1", "2025H1", "New customers", "10", "8", ""},
		{"E2", "2025H1", "Visits", "20", "21", ""},
		{"E3", "2025H1", "Calls", "30", "21", "70%"},
	} {
		b.WriteString(open)
		for column, text := range row {
			b.WriteString(cell(column, i+1, text))
		}
		b.WriteString(close)
	}
	return b.String()
}

func writeZip(t *testing.T, name string, parts map[string]string) {
	t.Helper()
	f, err := os.Create(filepath.Join(workbooks, name))
	if err != nil {
		t.Fatal(err)
	}
	z := zip.NewWriter(f)
	for _, part := range []string{"mimetype", "content.xml", "[Content_Types].xml", "_rels/.rels", "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/worksheets/sheet1.xml"} {
		if text, exists := parts[part]; exists && err == nil {
			w, created := z.Create(part)
			_, written := w.Write([]byte(text))
			err = errors.Join(created, written)
		}
	}
	if err := errors.Join(err, z.Close(), f.Close()); err != nil {
		t.Fatal(err)
	}
}
