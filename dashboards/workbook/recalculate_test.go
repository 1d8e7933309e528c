package workbook

import (
	"fmt"
	"math"
	"path/filepath"
	"strconv"
	"testing"

	"github.com/xuri/excelize/v2"
)

// TestLibreOfficeWorksOutWhatTheBookShows compares every formula's value in the file with what LibreOffice makes of it.
func TestLibreOfficeWorksOutWhatTheBookShows(t *testing.T) {
	db := openCompany(t, 60, dirt...)
	for lang, sheets := range map[string][]string{"en": {"Calibration", "Distribution"}, "zh": {"绩效校准", "分布"}} {
		path := calibrationFile(t, db, Calibration{Cycle: "2026H1", Lang: lang})
		written, made := openFile(t, path), recalculated(t, path)
		formulas := 0
		for _, sheet := range sheets {
			formulas += compareFormulas(t, written, made, sheet)
		}
		if want := 2*60 + 5*5 + 5; formulas != want {
			t.Errorf("%s: got %d formulas, want %d", lang, formulas, want)
		}
	}
}

func compareFormulas(t *testing.T, written, made *excelize.File, sheet string) (formulas int) {
	t.Helper()
	rows, err := written.GetRows(sheet)
	if err != nil {
		t.Fatal(err)
	}
	for row := 1; row <= len(rows); row++ {
		for column := 1; column <= 18; column++ {
			cell, err := excelize.CoordinatesToCellName(column, row)
			if err != nil {
				t.Fatal(err)
			}
			formula, err := written.GetCellFormula(sheet, cell)
			if err != nil {
				t.Fatal(err)
			}
			if formula == "" {
				continue
			}
			formulas++
			if got, want := raw(t, made, sheet, cell), raw(t, written, sheet, cell); !same(got, want) {
				t.Errorf("%s!%s: LibreOffice says %q, the book %q: %s", sheet, cell, got, want, formula)
			}
		}
	}
	return formulas
}

func same(a, b string) bool {
	x, errX := strconv.ParseFloat(a, 64)
	y, errY := strconv.ParseFloat(b, 64)
	if errX != nil || errY != nil {
		return a == b
	}
	return math.Abs(x-y) < 1e-9
}

// TestAChosenLabelMovesTheDistribution chooses labels as a person would and has LibreOffice count.
func TestAChosenLabelMovesTheDistribution(t *testing.T) {
	path := calibrationFile(t, openCompany(t, 60, dirt...), Calibration{Cycle: "2026H1", Lang: "en"})
	f := openFile(t, path)
	people, labels := "Calibration", "Distribution"
	raised, unrated, kept, mistyped := rowOf(t, f, people, "E7"), rowOf(t, f, people, "E9"), rowOf(t, f, people, "E8"), rowOf(t, f, people, "E10")
	for cell, text := range map[string]string{
		fmt.Sprint("O", raised): "Outstanding", fmt.Sprint("P", raised): "Rescued the tender",
		fmt.Sprint("O", unrated): "Outstanding", fmt.Sprint("O", kept): "Outstanding", fmt.Sprint("O", mistyped): "Outstandin",
	} {
		if err := f.SetCellStr(people, cell, text); err != nil {
			t.Fatal(err)
		}
	}
	edited := filepath.Join(t.TempDir(), "edited.xlsx")
	if err := f.SaveAs(edited); err != nil {
		t.Fatal(err)
	}
	made := recalculated(t, edited)
	for cell, want := range map[string]string{
		fmt.Sprint("Q", raised): "yes", fmt.Sprint("R", raised): "",
		fmt.Sprint("Q", unrated): "yes", fmt.Sprint("R", unrated): "reason missing",
		fmt.Sprint("Q", kept): "no", fmt.Sprint("R", kept): "",
		fmt.Sprint("R", mistyped): "not on the scale",
	} {
		if got := raw(t, made, people, cell); got != want {
			t.Errorf("%s: got %q, want %q", cell, got, want)
		}
	}
	top, good := rowOf(t, f, labels, "Outstanding"), rowOf(t, f, labels, "Good")
	lost := rowOf(t, f, labels, raw(t, f, people, fmt.Sprint("L", mistyped)))
	moved := map[int]int{top: 2}
	moved[good]--
	moved[lost]--
	for row := 6; row <= 10; row++ {
		if got, want := number(t, made, labels, fmt.Sprint("E", row)), number(t, f, labels, fmt.Sprint("E", row))+float64(moved[row]); got != want {
			t.Errorf("people in row %d: got %v, want %v", row, got, want)
		}
	}
	total := number(t, made, labels, "E11")
	if got, want := number(t, made, labels, fmt.Sprint("F", top)), number(t, made, labels, fmt.Sprint("E", top))/total; math.Abs(got-want) > 1e-9 {
		t.Errorf("share of the top label: got %v, want %v", got, want)
	}
	if got := number(t, made, labels, "C11"); got != total {
		t.Errorf("people by the guideline: got %v, want the total %v", got, total)
	}
}

func number(t *testing.T, f *excelize.File, sheet, cell string) float64 {
	t.Helper()
	x, err := strconv.ParseFloat(raw(t, f, sheet, cell), 64)
	if err != nil {
		t.Fatalf("%s!%s: %v", sheet, cell, err)
	}
	return x
}
