package main

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"github.com/perfloop/perfloop/ingest"
)

// report writes what became of every file and gives the exit code as an error.
func (a *app) report(reports []ingest.Report, dryRun bool) error {
	if a.json {
		if err := a.writeJSON(reports); err != nil {
			return err
		}
		return exitOf(reports)
	}
	for _, r := range reports {
		a.reportFile(r, dryRun)
	}
	total := together(reports)
	key := "cli.import_total"
	if dryRun {
		key = "cli.dry_run_total"
	}
	a.print(key, "files", len(reports), "read", total.Read(), "stored", total.Stored(),
		"unchanged", total.Unchanged(), "rejected", total.Rejected())
	return exitOf(reports)
}

// together is one report of all files' sheets.
func together(reports []ingest.Report) ingest.Report {
	var all ingest.Report
	for _, r := range reports {
		all.Sheets = append(all.Sheets, r.Sheets...)
	}
	return all
}

// exitOf: nothing in is 1, rejected rows or refused files are 2. Rows stored before count as in.
func exitOf(reports []ingest.Report) error {
	in, out := 0, 0
	for _, r := range reports {
		in += r.Stored() + r.Unchanged()
		out += r.Rejected()
		if r.Duplicate != 0 {
			in++
		}
		if r.Refused != nil || slices.ContainsFunc(r.Sheets, isUnread) {
			out++
		}
	}
	switch {
	case in == 0:
		return exitError(exitNothing)
	case out > 0:
		return exitError(exitRejected)
	}
	return nil
}

func (a *app) reportFile(r ingest.Report, dryRun bool) {
	switch {
	case r.Refused != nil:
		a.print("cli.file_refused", "file", r.File, "reason", a.words.Say(problemKey(r.Refused.Key), r.Refused.Args))
		return
	case r.Duplicate != 0:
		a.print("cli.file_duplicate", "file", r.File, "import", r.Duplicate)
		return
	}
	var left []string
	for _, s := range r.Sheets {
		if s.IsLeftOut() {
			continue
		}
		if s.Kind == "" && len(s.Problems) == 0 {
			left = append(left, s.Sheet)
			continue
		}
		key, kind := "cli.sheet", a.words.T("kind."+s.Kind)
		if s.Kind == "" {
			key, kind = "cli.sheet_refused", ""
		}
		a.print(key, "file", r.File, "sheet", sheetName(s.Sheet), "kind", kind, "line", s.HeaderLine,
			"read", s.Read, "new", s.New, "changed", s.Changed, "unchanged", s.Unchanged, "rejected", s.Rejected)
		if dryRun {
			a.reportReading(s)
		}
		for _, g := range s.Groups {
			a.reportProblem(r.File, g)
		}
	}
	if len(left) > 0 {
		a.print("cli.sheets_left_out", "file", r.File, "count", len(left), "sheets", strings.Join(left, ", "))
	}
}

// isUnread says that a sheet could not even be read: a file of an archive that is damaged, say.
func isUnread(s ingest.SheetReport) bool { return s.Kind == "" && s.Read == 0 && len(s.Problems) > 0 }

// reportReading shows how a sheet would be read: which column is taken for what, and what was decided.
func (a *app) reportReading(s ingest.SheetReport) {
	var columns []string
	for _, c := range s.Columns {
		switch {
		case c.Field == "":
		case c.Confidence == ingest.Certain:
			columns = append(columns, c.Header+" → "+c.Field)
		default:
			columns = append(columns, c.Header+" → "+c.Field+" ("+a.words.T("cli.confidence_"+c.Confidence)+")")
		}
	}
	if len(columns) > 0 {
		a.print("cli.columns", "columns", strings.Join(columns, "; "))
	}
	for _, d := range s.Decisions {
		a.print("cli.decision", "decision", a.words.Say(problemKey(d.Key), d.Args))
	}
	for _, row := range s.Sample {
		values := make([]string, len(row.Values))
		for i, v := range row.Values {
			values[i] = v.Field + "=" + v.Text
		}
		a.print("cli.sample", "line", row.Line, "values", strings.Join(values, "; "))
	}
	for _, change := range s.Changes {
		a.print("cli.change", "line", change.Line, "field", change.Field, "old", change.Old, "new", change.New)
	}
}

func sheetName(sheet string) string {
	if sheet == "" {
		return ""
	}
	return " [" + sheet + "]"
}

// problemKey is the key of a problem's words: those of the reader carry their own area.
func problemKey(key string) string {
	if strings.Contains(key, ".") {
		return key
	}
	return "problem." + key
}

func (a *app) reportProblem(file string, g ingest.ProblemGroup) {
	lines := make([]string, len(g.Lines))
	for i, line := range g.Lines {
		lines[i] = fmt.Sprint(line)
	}
	where := strings.Join(lines, ", ")
	if g.Count > len(g.Lines) {
		where += ", …"
	}
	key := "cli.problem_" + g.Severity
	switch {
	case len(lines) == 0:
		key = "cli.problem_sheet"
	case g.Header == "":
		key += "_row"
	}
	a.print(key, "count", g.Count, "file", file, "sheet", sheetName(g.Sheet), "lines", where,
		"header", g.Header, "cell", g.Cell, "reason", a.words.Say(problemKey(g.Key), g.Args))
}

func (a *app) writeJSON(v any) error {
	encoder := json.NewEncoder(a.out)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "  ")
	if err := encoder.Encode(v); err != nil {
		return fmt.Errorf("write JSON: %w", err)
	}
	return nil
}
