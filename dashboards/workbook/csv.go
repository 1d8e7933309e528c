package workbook

import (
	"bufio"
	"encoding/csv"
	"fmt"
	"io"
	"math"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/perfloop/perfloop/analytics"
)

// WriteCSV writes r as spreadsheet programs read it: UTF-8 with a byte order mark, lines end in CR LF.
// Numbers keep their full precision, dates are ISO, null is empty, and a text that a spreadsheet would
// take for a formula gets a leading apostrophe. Header says a column's heading; nil: its name.
func WriteCSV(w io.Writer, r *analytics.Result, header func(column string) string) error {
	buffered := bufio.NewWriter(w)
	if _, err := buffered.WriteString("\ufeff"); err != nil {
		return fmt.Errorf("write csv: %w", err)
	}
	out := csv.NewWriter(buffered)
	out.UseCRLF = true
	if err := out.Write(headings(r, header)); err != nil {
		return fmt.Errorf("write csv: %w", err)
	}
	record := make([]string, len(r.Columns))
	for _, row := range r.Rows {
		for i, value := range row {
			record[i] = csvText(value, r.Columns[i].Unit)
		}
		if err := out.Write(record); err != nil {
			return fmt.Errorf("write csv: %w", err)
		}
	}
	out.Flush()
	if err := out.Error(); err != nil {
		return fmt.Errorf("write csv: %w", err)
	}
	if err := buffered.Flush(); err != nil {
		return fmt.Errorf("write csv: %w", err)
	}
	return nil
}

func headings(r *analytics.Result, header func(string) string) []string {
	names := make([]string, len(r.Columns))
	for i, c := range r.Columns {
		names[i] = defused(heading(c.Name, header))
	}
	return names
}

func heading(column string, header func(string) string) string {
	if header == nil {
		return column
	}
	return header(column)
}

func csvText(value any, unit string) string {
	switch x := value.(type) {
	case nil:
		return ""
	case bool:
		return strconv.FormatBool(x)
	case int64:
		return strconv.FormatInt(x, 10)
	case float64:
		return fullNumber(x)
	case time.Time:
		return isoTime(x, unit)
	case string:
		return defused(x)
	}
	return defused(fmt.Sprint(value))
}

// fullNumber writes the shortest digits that read back as x; what is no number is empty.
func fullNumber(x float64) string {
	if math.IsNaN(x) || math.IsInf(x, 0) {
		return ""
	}
	if size := math.Abs(x); size != 0 && (size < 1e-6 || size >= 1e21) {
		return strconv.FormatFloat(x, 'e', -1, 64)
	}
	return strconv.FormatFloat(x, 'f', -1, 64)
}

func isoTime(t time.Time, unit string) string {
	if unit == "time" {
		return t.Format(time.RFC3339Nano)
	}
	return t.Format(time.DateOnly)
}

// formulaStarts are the characters, plain and full-width, after which a spreadsheet reads a formula.
const formulaStarts = "=+-@\t\r\n＝＋－＠"

// defused keeps a text from being run as a formula by the program that opens the file.
func defused(text string) string {
	first, _ := utf8.DecodeRuneInString(text)
	if text != "" && strings.ContainsRune(formulaStarts, first) {
		return "'" + text
	}
	return text
}
