package ingest

import (
	"slices"
	"strings"

	"github.com/perfloop/perfloop/ingest/sheet"
)

const (
	headRows   = 30   // a header stands in these first rows
	tieMargin  = 1.05 // two kinds whose scores are closer cannot be told apart
	minColumns = 2    // a header names at least these
)

// guess is one kind tried on one row as the header.
type guess struct {
	kind    *kind
	line    int
	columns []planColumn
	score   float64
	lacks   string // the first requirement that is not met
}

// detector looks at one sheet.
type detector struct {
	file  *file
	sheet *sheet.Sheet
	rows  []sheet.Row // the first rows, copied
	hints map[string]string

	mapping *Mapping // of the sheet, if there is one
	why     string   // byMapping, or how it was found
}

// detect makes the plans of a sheet, without what depends on the columns' values. A sheet without rows has none;
// appraisals with calibrated ratings beside them have two.
func detect(f *file, s *sheet.Sheet) ([]*plan, error) {
	d := &detector{file: f, sheet: s, hints: nameHints(f.name, s.Name)}
	for row, err := range s.Rows() {
		if isRowFault(err) {
			continue
		}
		if err != nil {
			return nil, err
		}
		d.rows = append(d.rows, sheet.Row{Line: row.Line, Cells: slices.Clone(row.Cells)})
		if len(d.rows) == headRows {
			break
		}
	}
	if len(d.rows) == 0 {
		return nil, nil
	}
	d.mapping, d.why = f.mapping(d.rows)
	best, rivals := d.best()
	p := &plan{Sheet: s.Name, Constants: map[string]string{}, mapping: d.mapping}
	p.SkipHidden = d.mapping != nil && d.mapping.SkipHidden
	if p.Refused = d.refusal(best, rivals); p.Refused != nil {
		p.HeaderLine, p.Columns = best.line, d.privateColumns()
		if p.Refused.Key == "code_list" {
			p.HeaderLine = d.rows[0].Line
		}
		return []*plan{p}, nil
	}
	p.Kind, p.HeaderLine, p.Columns = best.kind.Name, best.line, best.columns
	plans := []*plan{p}
	if second := d.calibrated(p); second != nil {
		plans = append(plans, second)
	}
	d.settle(p, best.kind)
	return plans, nil
}

// best is the kind and header row that explain the sheet best, and all kinds that do it as well.
func (d *detector) best() (best guess, rivals []string) {
	var all []guess
	for _, k := range d.candidates() {
		if g := d.bestRow(k); len(g.columns) > 0 {
			all = append(all, g)
		}
	}
	fits := slices.DeleteFunc(slices.Clone(all), func(g guess) bool { return g.lacks != "" })
	if len(fits) == 0 {
		fits = all
	}
	for _, g := range fits {
		if best.kind == nil || g.score > best.score {
			best = g
		}
	}
	for _, g := range fits {
		if g.lacks == "" && g.score > best.score-tieMargin {
			rivals = append(rivals, g.kind.Name)
		}
	}
	if slices.Equal(rivals, []string{"appraisal", "calibration"}) { // one sheet may be both: see calibrated
		best = fits[slices.IndexFunc(fits, func(g guess) bool { return g.kind.Name == "appraisal" })]
		rivals = rivals[:1]
	}
	return best, rivals
}

// candidates are the kinds to try: all, or the one that was forced.
func (d *detector) candidates() []*kind {
	name := d.file.options.Kind
	if m := d.mapping; name == "" && m != nil {
		name = m.Kind
	}
	if k := dictionary().kind(name); k != nil {
		return []*kind{k}
	}
	return dictionary().kinds
}

// bestRow tries the rows as header of the kind; of equals the first wins.
func (d *detector) bestRow(k *kind) guess {
	var best guess
	for _, row := range d.rows {
		if m := d.mapping; m != nil && m.HeaderRow > 0 && m.HeaderRow != row.Line {
			continue
		}
		g := d.try(k, row)
		better := best.kind == nil || (best.lacks != "" && g.lacks == "") || ((best.lacks == "") == (g.lacks == "") && g.score > best.score)
		if len(g.columns) > 0 && better {
			best = g
		}
	}
	return best
}

// try takes one row for the header of the kind.
func (d *detector) try(k *kind, row sheet.Row) guess {
	m := matcher{kind: k, cells: row.Cells, taken: map[string]bool{}, columns: make([]planColumn, len(row.Cells))}
	m.match(d.mapping, d.why)
	g := guess{kind: k, line: row.Line, score: m.score}
	matched := 0
	for _, c := range m.columns {
		switch {
		case c.Header == "":
			continue
		case c.Field != "":
			matched++
		default:
			g.score -= 0.1
		}
		g.columns = append(g.columns, c)
	}
	if matched < minColumns && (d.mapping == nil || d.mapping.HeaderRow == 0) {
		return guess{}
	}
	g.score += d.nameBonus(k)
	g.lacks = d.lacking(k, m.taken, g.columns)
	return g
}

// nameBonus is what the names of sheet and file say for the kind.
func (d *detector) nameBonus(k *kind) float64 {
	bonus := 0.0
	for _, name := range []string{d.sheet.Name, d.file.name} {
		longest := 0
		for _, w := range k.Words {
			if word := foldWord(w); strings.Contains(foldWord(name), word) {
				longest = max(longest, len(word))
			}
		}
		if longest > 0 {
			bonus += 1.5 + min(float64(longest), 20)/20
		}
	}
	return bonus
}

// lacking names the first requirement that neither columns nor names of file and sheet meet.
func (d *detector) lacking(k *kind, taken map[string]bool, columns []planColumn) string {
	months := 0
	for _, c := range columns {
		if c.Why == byMonth {
			months++
		}
	}
	given := func(name string) bool {
		if m := d.mapping; m != nil && m.Constants[name] != "" {
			return true
		}
		_, hinted := d.hints[name]
		return taken[name] || hinted && (name == "unit" || name == k.hintedDate()) ||
			months > 1 && (name == "read_on" || name == "value")
	}
	for _, g := range k.Required {
		if !slices.ContainsFunc(g.Any, given) {
			return g.Name
		}
	}
	if len(k.ColumnsAny) > 0 && !slices.ContainsFunc(k.ColumnsAny, given) {
		return strings.Join(k.ColumnsAny, ", ")
	}
	for _, name := range k.ColumnsAll {
		if !given(name) {
			return name
		}
	}
	return ""
}

// refusal is the reason why the sheet cannot be read, or nil.
func (d *detector) refusal(best guess, rivals []string) *Problem {
	args := map[string]any{"headers": d.shownHeaders(), "kinds": strings.Join(Kinds(), ", ")}
	problem := func(key string) *Problem {
		return &Problem{Sheet: d.sheet.Name, Severity: Rejected, Key: key, Args: args}
	}
	if header := d.missingHeader(best); header != "" {
		args["header"] = header
		return problem("mapping_header_missing")
	}
	switch {
	case best.lacks == "" && len(rivals) > 1:
		args["kinds"] = strings.Join(rivals, ", ")
		return problem("ambiguous_kind")
	case best.kind != nil && best.lacks == "":
		return nil
	case len(d.candidates()) > 1 && isCodeList(d.rows[0].Cells):
		return problem("code_list")
	case len(d.candidates()) == 1:
		k := d.candidates()[0]
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
func (d *detector) missingHeader(best guess) string {
	m := d.mapping
	if m == nil {
		return ""
	}
	for _, name := range m.fields() {
		header := m.Columns[name]
		found := slices.ContainsFunc(best.columns, func(c planColumn) bool { return c.Field == name && c.Why == d.why })
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
