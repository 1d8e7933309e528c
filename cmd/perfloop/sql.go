package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
	"time"

	"golang.org/x/text/width"

	"github.com/perfloop/perfloop/analytics"
	"github.com/perfloop/perfloop/dashboards/words"
)

type sqlCommand struct {
	Text   string `arg:"" name:"select" help:"One select statement."`
	Format string `help:"table, csv or json." enum:"table,csv,json" default:"table"`
	Limit  int    `help:"Most rows to return." default:"10000"`
	Build  int64  `name:"as-known-on" help:"Answer from the tables as this build published them, as perfloop builds lists it." placeholder:"BUILD"`
}

// Run answers from the newest published build, whether a server is running or not.
func (c *sqlCommand) Run(ctx context.Context, a *app) (err error) {
	var reader *analytics.Reader
	if c.Build != 0 {
		reader, err = asKnownOn(ctx, a.data, c.Build)
	} else {
		reader, err = analytics.OpenReader(ctx, a.data, analytics.Options{})
	}
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, reader.Close()) }()
	result, err := reader.Ask(ctx, c.Text, c.Limit)
	var statement *analytics.StatementError
	switch {
	case errors.As(err, &statement), ctx.Err() != nil:
		return err
	case err != nil:
		return &userError{key: "cli.query_refused", args: map[string]any{"problem": engineWords(err)}, code: exitNothing}
	}
	return a.writeResult(result, c.Format, c.Limit)
}

// engineWords is the engine's own message without our verbs before it.
func engineWords(err error) string {
	for inner := errors.Unwrap(err); inner != nil; inner = errors.Unwrap(err) {
		err = inner
	}
	return err.Error()
}

// writeTable aligns columns for a terminal; Chinese characters are two cells wide. Numbers are exact.
func writeTable(w io.Writer, r *analytics.Result, ws *words.Words) error {
	cells := [][]string{make([]string, len(r.Columns))}
	for i, c := range r.Columns {
		cells[0][i] = c.Name
	}
	for _, row := range r.Rows {
		line := make([]string, len(row))
		for i, v := range row {
			line[i] = cellText(v)
		}
		cells = append(cells, line)
	}
	widths := make([]int, len(r.Columns))
	for _, line := range cells {
		for i, cell := range line {
			widths[i] = max(widths[i], cellWidth(cell))
		}
	}
	for n, line := range cells {
		if err := writeLine(w, line, widths); err != nil {
			return err
		}
		if n == 0 {
			rule := make([]string, len(widths))
			for i := range rule {
				rule[i] = strings.Repeat("─", widths[i])
			}
			if err := writeLine(w, rule, widths); err != nil {
				return err
			}
		}
	}
	_, err := fmt.Fprintln(w, ws.T("cli.rows", "count", len(r.Rows)))
	return err
}

func writeLine(w io.Writer, cells []string, widths []int) error {
	var b strings.Builder
	for i, cell := range cells {
		b.WriteString(cell)
		if i < len(cells)-1 {
			b.WriteString(strings.Repeat(" ", widths[i]-cellWidth(cell)+2))
		}
	}
	_, err := fmt.Fprintln(w, strings.TrimRight(b.String(), " "))
	return err
}

// cellText writes a value exactly, as CSV does.
func cellText(v any) string {
	switch x := v.(type) {
	case nil:
		return ""
	case float64:
		return strconv.FormatFloat(x, 'f', -1, 64)
	case time.Time:
		return strings.TrimSuffix(x.Format("2006-01-02 15:04:05"), " 00:00:00")
	}
	return fmt.Sprint(v)
}

func cellWidth(text string) int {
	cells := 0
	for _, r := range text {
		switch width.LookupRune(r).Kind() {
		case width.EastAsianWide, width.EastAsianFullwidth:
			cells += 2
		default:
			cells++
		}
	}
	return cells
}
