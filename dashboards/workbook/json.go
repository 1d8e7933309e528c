package workbook

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"math"
	"time"

	"github.com/perfloop/perfloop/analytics"
)

// WriteJSON writes r as {"columns": […], "rows": [[…]], "is_cut": …}. Dates are ISO texts and what is
// no number is null. Rows are written one by one: the text is never held whole.
func WriteJSON(w io.Writer, r *analytics.Result) error {
	out := bufio.NewWriter(w)
	if err := writeJSON(out, r); err != nil {
		return fmt.Errorf("write json: %w", err)
	}
	if err := out.Flush(); err != nil {
		return fmt.Errorf("write json: %w", err)
	}
	return nil
}

// writeJSON leaves the errors of out to the caller's Flush, which returns the first of them.
func writeJSON(out *bufio.Writer, r *analytics.Result) error {
	columns := r.Columns
	if columns == nil {
		columns = []analytics.Column{}
	}
	text, err := json.Marshal(columns)
	if err != nil {
		return err
	}
	fmt.Fprintf(out, "{\"columns\":%s,\n\"rows\":[", text)
	for i, row := range r.Rows {
		if i > 0 {
			out.WriteByte(',')
		}
		text, err := json.Marshal(jsonRow(row, r.Columns))
		if err != nil {
			return fmt.Errorf("row %d: %w", i+1, err)
		}
		out.WriteByte('\n')
		out.Write(text)
	}
	_, err = fmt.Fprintf(out, "],\n\"is_cut\":%t}\n", r.IsCut)
	return err
}

func jsonRow(row []any, columns []analytics.Column) []any {
	plain := make([]any, len(row))
	for i, value := range row {
		switch x := value.(type) {
		case time.Time:
			plain[i] = isoTime(x, columns[i].Unit)
		case float64:
			if !math.IsNaN(x) && !math.IsInf(x, 0) {
				plain[i] = x
			}
		default:
			plain[i] = value
		}
	}
	return plain
}
