package sheet_test

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"

	"github.com/perfloop/perfloop/ingest/sheet"
)

// saved is a file saved by LibreOffice in another format, with the options of that format's filter.
func saved(t *testing.T, file []byte, format string, options ...string) []byte {
	t.Helper()
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "in.bin"), file, 0o600); err != nil {
		t.Fatal(err)
	}
	cmd := exec.CommandContext(t.Context(), "soffice", append([]string{"-env:UserInstallation=file://" + filepath.Join(dir, "profile"), "--headless"},
		append(options, "--convert-to", format, "--outdir", dir, "in.bin")...)...)
	cmd.Dir = dir
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("convert with LibreOffice: %v\n%s", err, out)
	}
	extension, _, _ := strings.Cut(format, ":")
	data, err := os.ReadFile(filepath.Join(dir, "in."+extension))
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// officeCSV has LibreOffice take a file for CSV in UTF-8, the first column as text.
const officeCSV = "--infilter=Text - txt - csv (StarCalc):44,34,76,1,1/2"

const officeText = "工号,得分,完成率,日期,备注\n007,81.5,5.7%,2024-03-31,\"两行\n文字\"\n008,-3,90%,2024-04-01,\"a, \"\"b\"\"\"\n"

func TestAWorkbookOfLibreOfficeIsRead(t *testing.T) {
	book := open(t, "in.xlsx", saved(t, []byte(officeText), "xlsx", officeCSV))
	s := book.Sheets()[0]
	wantRows(t, s,
		`1 "工号" "得分" "完成率" "日期" "备注"`,
		`2 "007" "81.5" "0.057" "45382" "两行\n文字"`,
		`3 "008" "-3" "0.9" "45383" "a, \"b\""`)
	styles := s.Styles(2, 10)
	if len(styles) != 4 || !styles[2].IsPercent || !styles[3].IsDate || styles[1] != (sheet.ColumnStyle{}) {
		t.Errorf("got styles %v, want a percentage in column 3 and a date in column 4", styles)
	}
}

// facts are all that a book says about its sheets.
func facts(t *testing.T, book *sheet.Book) string {
	var out strings.Builder
	for _, s := range book.Sheets() {
		fmt.Fprintf(&out, "sheet %s\n", s.Name)
		for row, err := range s.Rows() {
			if err != nil {
				t.Fatalf("%s, line %d: %v", s.Name, row.Line, err)
			}
			fmt.Fprintf(&out, "%d %v %q\n", row.Line, row.Hidden, row.Cells)
		}
		fmt.Fprintf(&out, "styles %v\nmerges %v\n", s.Styles(1, 100), s.Merges())
	}
	return out.String()
}

// everything is a workbook with one of each thing that old programs store in their own way.
func everything(t *testing.T) []byte {
	return written(t, func(f *excelize.File) error {
		percent, err := f.NewStyle(&excelize.Style{NumFmt: 10})
		date, err2 := f.NewStyle(&excelize.Style{NumFmt: 14})
		chinese := `yyyy"年"m"月"d"日"`
		own, err3 := f.NewStyle(&excelize.Style{CustomNumFmt: &chinese})
		clock, err4 := f.NewStyle(&excelize.Style{NumFmt: 20})
		money := `"¥"#,##0.00`
		yuan, err5 := f.NewStyle(&excelize.Style{CustomNumFmt: &money})
		err = errors.Join(err, err2, err3, err4, err5,
			setRows(f, []any{"工号", "姓名", "得分", "完成率", "入职日期", "时间", "奖金", "是否", "备注"},
				[]any{"007", "张三", 81.5, 0.057, 45382, 0.342361111111111, 15200000, true, "两行\n文字"},
				[]any{"008", "O’Neill – ã", -3, 0.9, 45383.5, 0.5, 0.1, false, "  two  blanks\tand a tab "},
				[]any{"009", "😀", 1234567890123, 4.8286, 2958465, 0.25, 1e-7, true, strings.Repeat("长文 text ", 900)},
				[]any{nil, "1E5", 3, 1, 45384, 0.75, -1234.56, nil, strings.Repeat("a", 9000)}),
			f.SetCellStyle("Sheet1", "D2", "D5", percent), f.SetCellStyle("Sheet1", "E2", "E4", date), f.SetCellStyle("Sheet1", "E5", "E5", own),
			f.SetCellStyle("Sheet1", "F2", "F5", clock), f.SetCellStyle("Sheet1", "G2", "G5", yuan),
			f.MergeCell("Sheet1", "A4", "A5"), f.SetRowVisible("Sheet1", 3, false))
		return errors.Join(err, formulas(f), manyTexts(f))
	})
}

func formulas(f *excelize.File) error {
	_, err := f.NewSheet("公式")
	for cell, formula := range map[string]string{"A1": "1+1", "B1": `"a"&"绩效"`, "C1": "1/0", "D1": "1>2", "E1": "NA()", "F1": `""`, "A3": "A1/4", "B3": `REPT("x",9000)`} {
		err = errors.Join(err, f.SetCellFormula("公式", cell, formula))
	}
	return errors.Join(err, f.MergeCell("公式", "C3", "E3"), f.SetCellValue("公式", "C3", "wide"), f.SetCellValue("公式", "A70", "far below"))
}

// manyTexts fills a sheet so that the list of texts has to be cut many times, in narrow and in wide ones.
func manyTexts(f *excelize.File) error {
	_, err := f.NewSheet("many")
	for i := range 3000 {
		row := []any{fmt.Sprintf("narrow text number %d %s", i, strings.Repeat("é", i%37)), fmt.Sprintf("宽 %d %s", i, strings.Repeat("业绩", i%29)), i, float64(i) / 100}
		err = errors.Join(err, f.SetSheetRow("many", fmt.Sprintf("A%d", i+1), &row))
	}
	return err
}

func TestAWorkbookReadsTheSameInEveryFormat(t *testing.T) {
	original := everything(t)
	want := facts(t, open(t, "x", saved(t, original, "xlsx")))
	for _, format := range []string{"xls", "ods"} {
		data := saved(t, original, format)
		book := open(t, "x", data)
		if book.Format() != format {
			t.Errorf("got format %s, want %s", book.Format(), format)
		}
		if diff := cmp.Diff(want, facts(t, book)); diff != "" {
			t.Errorf("%s (-xlsx +%s):\n%s", format, format, diff)
		}
	}
}
