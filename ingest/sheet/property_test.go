package sheet_test

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"
	"pgregory.net/rapid"

	"github.com/perfloop/perfloop/ingest/sheet"
)

// table draws rows of two columns or more under a plain header. No cell is blank, so
// that nothing is cut.
func table(t *rapid.T) [][]string {
	columns := rapid.IntRange(2, 6).Draw(t, "columns")
	cell := rapid.StringOfN(rapid.SampledFrom([]rune(`ab业绩0.5%"',&<>_x-`+"\n é😀")), 1, 12, -1)
	rows := rapid.SliceOfN(rapid.SliceOfN(cell, columns, columns), 1, 8).Draw(t, "rows")
	header := strings.Split("abcdef"[:columns], "")
	for _, row := range rows {
		for i := range row {
			row[i] = "v" + row[i]
		}
	}
	return append([][]string{header}, rows...)
}

// read is every cell of the first sheet.
func read(t *rapid.T, data []byte) [][]string {
	book, err := sheet.Open("x", bytes.NewReader(data), sheet.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	var rows [][]string
	for row, err := range book.Sheets()[0].Rows() {
		if err != nil {
			t.Fatal(err)
		}
		rows = append(rows, slices.Clone(row.Cells))
	}
	return rows
}

func TestWhatACSVWriterWritesIsReadBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		want := table(t)
		var out bytes.Buffer
		w := csv.NewWriter(&out)
		w.Comma = rapid.SampledFrom([]rune(",;\t|")).Draw(t, "delimiter")
		w.UseCRLF = rapid.Bool().Draw(t, "crlf")
		if err := w.WriteAll(want); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want, read(t, out.Bytes())); diff != "" {
			t.Errorf("%q (-want +got):\n%s", out.String(), diff)
		}
	})
}

func TestWhatExcelizeWritesIsReadBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		want := table(t)
		f := excelize.NewFile()
		for i, row := range want {
			if err := f.SetSheetRow("Sheet1", fmt.Sprintf("A%d", i+1), &row); err != nil {
				t.Fatal(err)
			}
		}
		var out bytes.Buffer
		if err := f.Write(&out); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want, read(t, out.Bytes())); diff != "" {
			t.Errorf("(-want +got):\n%s", diff)
		}
	})
}

func TestAStoredNumberReadsAsItsFifteenDigits(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		whole := rapid.Int64Range(-1e15, 1e15).Draw(t, "digits")
		value := float64(whole) / math.Pow10(rapid.IntRange(0, 20).Draw(t, "places"))
		f := excelize.NewFile()
		if err := f.SetCellValue("Sheet1", "A1", value); err != nil {
			t.Fatal(err)
		}
		var out bytes.Buffer
		if err := f.Write(&out); err != nil {
			t.Fatal(err)
		}
		var got float64
		text := read(t, out.Bytes())[0][0]
		if _, err := fmt.Sscan(text, &got); err != nil || strings.ContainsAny(text, "eE") {
			t.Fatalf("%v reads as %q", value, text)
		}
		if fmt.Sprintf("%.14e", got) != fmt.Sprintf("%.14e", value) {
			t.Fatalf("%v reads as %s", value, text)
		}
	})
}
