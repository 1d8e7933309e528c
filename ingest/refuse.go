package ingest

import (
	"slices"
	"strings"

	"github.com/perfloop/perfloop/ingest/sheet"
)

// refusal is the reason why the sheet cannot be read, or nil.
func (d *detector) refusal(best guess, rivals []string) *Problem {
	args := map[string]any{"headers": d.shownHeaders(), "kinds": strings.Join(Kinds(), ", ")}
	problem := func(key string) *Problem {
		return &Problem{Sheet: d.sheet.Name, Severity: Rejected, Key: key, Args: args}
	}
	if header := best.missingHeader(); header != "" {
		args["header"] = header
		return problem("mapping_header_missing")
	}
	switch {
	case best.lacks == "" && len(rivals) > 1:
		args["kinds"] = strings.Join(rivals, ", ")
		return problem("ambiguous_kind")
	case best.kind != nil && best.lacks == "":
		return nil
	case len(d.candidates(best.mapping)) > 1 && isCodeList(d.rows[0].Cells):
		return problem("code_list")
	case len(d.candidates(best.mapping)) == 1:
		k := d.candidates(best.mapping)[0]
		args["kind"], args["fields"] = k.Name, k.requirements()
		return problem("missing_columns")
	}
	return problem("no_kind")
}

// privateColumns are columns under a header of private data, so that the rejected rows of a sheet without a kind do
// not keep them.
func (d *detector) privateColumns() []planColumn {
	var columns []planColumn
	for _, row := range d.rows {
		for i, cell := range row.Cells {
			if len(cell) < 64 && dictionary().sensitive(cell) {
				columns = append(columns, planColumn{Index: i, Header: plain(cell), Why: asSensitive})
			}
		}
	}
	return columns
}

// requirements lists what a file of the kind must have.
func (k *kind) requirements() string {
	var names []string
	for _, g := range k.Required {
		names = append(names, strings.Join(g.Any, "/"))
	}
	return strings.Join(append(names, k.ColumnsAll...), ", ")
}

// missingHeader is a header that the mapping names and the header row does not have.
func (g guess) missingHeader() string {
	if g.mapping == nil {
		return ""
	}
	for _, name := range g.mapping.fields() {
		header := first([]string{g.mapping.Columns[name], g.mapping.Letters[name]})
		found := slices.ContainsFunc(g.columns, func(c planColumn) bool { return c.Field == name && c.Why == g.why })
		if header != "" && !found {
			return header
		}
	}
	return ""
}

// shownHeaders is the first row with two cells or more, as a person would recognise it.
func (d *detector) shownHeaders() string {
	for _, row := range d.rows {
		cells := slices.DeleteFunc(slices.Clone(row.Cells), func(c string) bool { return plain(c) == "" })
		if len(cells) > 1 {
			return shorten(strings.Join(cells, ", "), 200)
		}
	}
	return shorten(strings.Join(d.rows[0].Cells, ", "), 200)
}

// isCodeList says whether two headers are X ID and X: a list of codes for another file's column.
func isCodeList(header []string) bool {
	if len(header) != 2 {
		return false
	}
	code, name := foldWhole(header[0]), foldWhole(header[1])
	for _, suffix := range []string{"id", "code", "no", "编号", "编码", "代码", "id号"} {
		stem, found := strings.CutSuffix(code, suffix)
		if found && stem != "" && strings.HasPrefix(name, stem) {
			return true
		}
	}
	return false
}

// shorten cuts text to n characters.
func shorten(s string, n int) string {
	runes := []rune(s)
	if len(runes) <= n {
		return s
	}
	return string(runes[:n]) + "…"
}

// nobodysConcern is the line of a header that is that of an attendance list or of a payroll, 0 for none.
func (g *grid) nobodysConcern() (line int, list string) {
	for _, row := range g.rows[:min(headRows, len(g.rows))] {
		attendance, paid, payroll, performs := 0, 0, 0, false
		for _, cell := range row.Cells {
			if cell == "" || len(cell) >= maxHeaderName {
				continue
			}
			key := foldHeader(cell)
			switch b := dictionary(); {
			case b.attendance[key]:
				attendance++
			case b.paid[key]:
				paid++
			case b.payroll[key]:
				payroll++
			default:
				performs = performs || b.performs(cell)
			}
		}
		switch {
		case attendance >= minColumns:
			return row.Line, "attendance_list"
		case paid > 0 && paid+payroll >= payrollColumns && !performs:
			return row.Line, "payroll_list"
		}
	}
	return 0, ""
}

const payrollColumns = 3 // of pay make a payroll

// performs says whether a header means something about performance and nothing else: a goal, a rating, an award.
func (b *book) performs(header string) bool {
	for name, fields := range map[string][]string{
		"goal": {"title", "metric", "target", "actual", "progress"}, "incentive": {"amount", "base_share", "to_grade"},
		"appraisal": {"score", "label", "self_rating", "manager_rating"},
	} {
		if f := b.kind(name).strongly(header); f != nil && slices.Contains(fields, f.Name) {
			return true
		}
	}
	return false
}

// leaveRecords leaves records of a JSON object aside that nobody knows: settings, results, what another program keeps. Rows of
// a list of records are rejected one by one.
func leaveRecords(s *sheet.Sheet, p *plan) {
	if s.IsRecords && p.Refused != nil && p.Refused.Key == "no_kind" && (s.Title != "" || isAlone(s)) {
		p.Refused.Key, p.Left = "records_left_out", true
	}
}

// isAlone says whether the sheet has one record.
func isAlone(s *sheet.Sheet) bool {
	count := 0
	for range s.Rows() {
		if count++; count > 2 { // the names of the fields are a row
			return false
		}
	}
	return true
}
