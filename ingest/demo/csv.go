package demo

import (
	"bufio"
	"encoding/csv"
	"fmt"
	"io"
	"os"
	"time"

	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/transform"
)

// textFile is a CSV file being written.
type textFile struct {
	file    *os.File
	encoder io.WriteCloser // nil: UTF-8
	buffer  *bufio.Writer
	csv     *csv.Writer
	record  []string
}

func newText(name, encoding string) (*textFile, error) {
	f, err := os.Create(name)
	if err != nil {
		return nil, fmt.Errorf("make file: %w", err)
	}
	t := &textFile{file: f}
	var w io.Writer = f
	if encoding == "gb18030" {
		t.encoder = transform.NewWriter(f, simplifiedchinese.GB18030.NewEncoder())
		w = t.encoder
	}
	t.buffer = bufio.NewWriterSize(w, 1<<16)
	if encoding == "bom" {
		t.buffer.WriteString("\ufeff") // an error stays in the buffer until Flush
	}
	t.csv = csv.NewWriter(t.buffer)
	return t, nil
}

func (t *textFile) begin(string) error { return nil }

func (t *textFile) line(cells []any) error {
	t.record = t.record[:0]
	for _, v := range cells {
		t.record = append(t.record, csvCell(v))
	}
	return t.csv.Write(t.record)
}

func csvCell(v any) string {
	switch v := v.(type) {
	case string:
		return v
	case float64:
		return plain(v)
	case time.Time:
		return v.Format(time.DateOnly)
	}
	return ""
}

func (t *textFile) close() error {
	t.csv.Flush()
	err := t.csv.Error()
	if err == nil {
		err = t.buffer.Flush()
	}
	if err == nil && t.encoder != nil {
		err = t.encoder.Close()
	}
	if closed := t.file.Close(); err == nil {
		err = closed
	}
	return err
}
