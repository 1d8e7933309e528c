package sheet_test

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"io"
	"strconv"
	"testing"

	"github.com/xuri/excelize/v2"

	"github.com/perfloop/perfloop/ingest/sheet"
)

const (
	benchRows    = 100_000
	benchColumns = 12
)

// BenchmarkRows reads 100,000 rows of 12 columns. Each format has the bare work beside
// ours, so that their ratio can be read off one run.
func BenchmarkRows(b *testing.B) {
	xlsx, text := benchFiles(b)
	b.Run("xlsx/bare", func(b *testing.B) {
		for b.Loop() {
			bareXLSX(b, xlsx)
		}
	})
	b.Run("xlsx/sheet", func(b *testing.B) { benchSheet(b, xlsx) })
	b.Run("csv/bare", func(b *testing.B) {
		for b.Loop() {
			bareCSV(b, text)
		}
	})
	b.Run("csv/sheet", func(b *testing.B) { benchSheet(b, text) })
}

func benchSheet(b *testing.B, data []byte) {
	b.ReportAllocs()
	for b.Loop() {
		book, err := sheet.Open("bench", bytes.NewReader(data), sheet.Limits{})
		if err != nil {
			b.Fatal(err)
		}
		rows := 0
		for _, err := range book.Sheets()[0].Rows() {
			if err != nil {
				b.Fatal(err)
			}
			rows++
		}
		if rows != benchRows {
			b.Fatalf("got %d rows, want %d", rows, benchRows)
		}
	}
}

func bareXLSX(b *testing.B, data []byte) {
	b.ReportAllocs()
	f, err := excelize.OpenReader(bytes.NewReader(data), excelize.Options{RawCellValue: true})
	if err != nil {
		b.Fatal(err)
	}
	rows, err := f.Rows("Sheet1")
	if err != nil {
		b.Fatal(err)
	}
	for rows.Next() {
		if _, err := rows.Columns(); err != nil {
			b.Fatal(err)
		}
	}
	if err := f.Close(); err != nil {
		b.Fatal(err)
	}
}

func bareCSV(b *testing.B, data []byte) {
	b.ReportAllocs()
	r := csv.NewReader(bytes.NewReader(data))
	r.ReuseRecord = true
	for {
		if _, err := r.Read(); err == io.EOF {
			return
		} else if err != nil {
			b.Fatal(err)
		}
	}
}

// benchFiles writes the same table as a workbook and as CSV: ids, names, text with
// commas, fractions and whole numbers.
func benchFiles(b *testing.B) (xlsx, text []byte) {
	f := excelize.NewFile()
	sw, err := f.NewStreamWriter("Sheet1")
	if err != nil {
		b.Fatal(err)
	}
	var csvOut, xlsxOut bytes.Buffer
	w := csv.NewWriter(&csvOut)
	for i := range benchRows {
		record := make([]any, benchColumns)
		fields := make([]string, benchColumns)
		for c := range record {
			record[c] = benchCell(i, c)
			fields[c] = fmt.Sprint(record[c])
		}
		if err := sw.SetRow("A"+strconv.Itoa(i+1), record); err != nil {
			b.Fatal(err)
		}
		if err := w.Write(fields); err != nil {
			b.Fatal(err)
		}
	}
	w.Flush()
	if err := sw.Flush(); err != nil {
		b.Fatal(err)
	}
	if err := f.Write(&xlsxOut); err != nil {
		b.Fatal(err)
	}
	return xlsxOut.Bytes(), csvOut.Bytes()
}

func benchCell(row, column int) any {
	switch column % 4 {
	case 0:
		return fmt.Sprintf("%06d", row+column)
	case 1:
		return float64(row*7+column) / 13
	case 2:
		return row + column
	}
	return fmt.Sprintf("张三, unit %d", row%50)
}
