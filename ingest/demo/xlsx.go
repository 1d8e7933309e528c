package demo

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"maps"
	"os"
	"slices"
	"time"

	"github.com/xuri/excelize/v2"
)

// workbook is an XLSX file being written.
type workbook struct {
	name   string
	file   *excelize.File
	date   int // style
	stream *excelize.StreamWriter
	row    int
}

func newWorkbook(name string) (*workbook, error) {
	f := excelize.NewFile()
	f.SetZipWriter(func(w io.Writer) excelize.ZipWriter { return &sortedZip{Writer: zip.NewWriter(w)} })
	layout := "yyyy-mm-dd"
	date, err := f.NewStyle(&excelize.Style{CustomNumFmt: &layout})
	if err != nil {
		return nil, fmt.Errorf("make date style: %w", err)
	}
	stamp := time.Date(2024, 1, 1, 0, 0, 0, 0, time.UTC).Format(time.RFC3339)
	err = f.SetDocProps(&excelize.DocProperties{Created: stamp, Modified: stamp, Creator: "Demo Company", LastModifiedBy: "Demo Company"})
	if err != nil {
		return nil, fmt.Errorf("set document properties: %w", err)
	}
	return &workbook{name: name, file: f, date: date}, nil
}

func (w *workbook) begin(sheet string) error {
	if err := w.flush(); err != nil {
		return err
	}
	if w.stream == nil {
		if err := w.file.SetSheetName("Sheet1", sheet); err != nil {
			return fmt.Errorf("name sheet: %w", err)
		}
	} else if _, err := w.file.NewSheet(sheet); err != nil {
		return fmt.Errorf("make sheet: %w", err)
	}
	var err error
	w.stream, err = w.file.NewStreamWriter(sheet)
	w.row = 0
	return err
}

func (w *workbook) flush() error {
	if w.stream == nil {
		return nil
	}
	return w.stream.Flush()
}

func (w *workbook) line(cells []any) error {
	w.row++
	if len(cells) == 0 {
		return nil
	}
	for i, v := range cells {
		if t, ok := v.(time.Time); ok {
			cells[i] = excelize.Cell{StyleID: w.date, Value: t}
		}
	}
	at, err := excelize.CoordinatesToCellName(1, w.row)
	if err != nil {
		return err
	}
	return w.stream.SetRow(at, cells)
}

func (w *workbook) close() error {
	if err := w.flush(); err != nil {
		return err
	}
	to, err := os.Create(w.name)
	if err != nil {
		return fmt.Errorf("make file: %w", err)
	}
	if err = w.file.Write(to); err != nil {
		to.Close()
		return fmt.Errorf("save workbook: %w", err)
	}
	if err = to.Close(); err != nil {
		return fmt.Errorf("save workbook: %w", err)
	}
	return w.file.Close()
}

// sortedZip writes the parts of a workbook in the order of their names: excelize would take streamed
// sheets as a map gives them, and the same workbook would have other bytes each time.
type sortedZip struct {
	*zip.Writer
	parts map[string]*bytes.Buffer
}

func (z *sortedZip) Create(name string) (io.Writer, error) {
	if z.parts == nil {
		z.parts = map[string]*bytes.Buffer{}
	}
	z.parts[name] = &bytes.Buffer{}
	return z.parts[name], nil
}

func (z *sortedZip) Close() error {
	for _, name := range slices.Sorted(maps.Keys(z.parts)) {
		w, err := z.Writer.Create(name)
		if err == nil {
			_, err = w.Write(z.parts[name].Bytes())
		}
		if err != nil {
			return fmt.Errorf("write part %s: %w", name, err)
		}
	}
	return z.Writer.Close()
}
