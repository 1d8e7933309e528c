package dashboards

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/perfloop/perfloop/dashboards/words"
	"github.com/perfloop/perfloop/ingest"
)

// filePreview is what importing one file would do, and how it would be read.
type filePreview struct {
	fileReport
	Number  int
	Sheets  []sheetPreview
	Mapping string   // as YAML; "" where nothing was recognised
	Faults  []string // of the mapping as somebody wrote it
}

// sheetPreview is one table of a file as it would be read.
type sheetPreview struct {
	page
	ingest.SheetReport
	ID         string // of its form's fields
	Name       string
	Counts     string
	IsEditable bool
	IsForm     bool
	Kinds      []Option
	Columns    []columnPreview
	Decisions  []string
	Groups     []problemPreview
	Conflicts  []conflictPreview
	Unshown    int // conflicts that are not among them
	Confirmed  []conflictPreview
	Fields     []string // the sample's columns
	Rows       []samplePreview
	Changes    []changePreview
}

// columnPreview is one column of the file and the field it is taken for. Without options it cannot be changed.
type columnPreview struct {
	ID, Header, Why, Sure, Class string
	Field                        string
	Options                      []Option
	How                          []Option // the order of a date, or what a whole is written as
}

// problemPreview is one reason, how often and where it was met.
type problemPreview struct {
	Sentence, Where string
	IsRejected      bool
}

// conflictPreview is somebody whose name or id is in doubt, or was confirmed, and the button that changes it.
type conflictPreview struct {
	Sentence, Button, Value string
}

// samplePreview is one row as it would be stored.
type samplePreview struct {
	Line   int
	Values []string
}

// changePreview is a field that would be stored otherwise than it is.
type changePreview struct {
	Line            int
	Field, Old, New string
}

// previews puts the reports of a checked job into words.
func previews(p page, v jobView) []filePreview {
	w := p.Words
	files := make([]filePreview, 0, len(v.Reports))
	for i, report := range v.Reports {
		f := filePreview{fileReport: inSentences(w, report), Number: i}
		if report.Refused == nil && report.Duplicate == 0 {
			f.Sentence = ""
			for k, sheet := range report.Sheets {
				f.Sheets = append(f.Sheets, previewSheet(p, fmt.Sprintf("%d.%d", i, k), sheet))
			}
			text, err := ingest.RecognisedYAML(report.Sheets, func(c ingest.Column) string { return w.T("why." + c.Why) })
			if err == nil {
				f.Mapping = string(text)
			}
		}
		files = append(files, f)
	}
	return files
}

func previewSheet(frame page, id string, sheet ingest.SheetReport) sheetPreview {
	w := frame.Words
	p := sheetPreview{page: frame, SheetReport: sheet, ID: id, IsEditable: sheet.Mapping != nil || sheet.Kind == ""}
	p.IsForm = sheet.Mapping != nil && sheet.Mapping.Form
	p.Name = clip(sheet.Sheet)
	if sheet.IsLeftOut() {
		p.Counts = w.T("preview.left_out")
		return p
	}
	p.Counts = w.T("preview.counts", "read", sheet.Read, "new", sheet.New, "changed", sheet.Changed,
		"unchanged", sheet.Unchanged, "rejected", sheet.Rejected)
	p.Kinds = kindOptions(w, sheet.Kind)
	for i, c := range sheet.Columns {
		p.Columns = append(p.Columns, previewColumn(w, fmt.Sprintf("%s.%d", id, i), sheet, c))
	}
	for _, d := range sheet.Decisions {
		if !slices.Contains([]string{"column_ignored", "column_attribute", "column_duplicate"}, d.Key) { // the table of columns says it
			p.Decisions = append(p.Decisions, w.Say(problemKey(d.Key), d.Args))
		}
	}
	for _, g := range sheet.Groups {
		p.Groups = append(p.Groups, previewProblem(w, g))
	}
	p.decideWho(w)
	says := sayings(w, sheet.Kind)
	p.layOut(w, says)
	for _, c := range sheet.Changes {
		p.Changes = append(p.Changes, changePreview{Line: c.Line, Field: columnTitle(w, c.Field), Old: orNone(says(c.Field, c.Old)), New: orNone(says(c.Field, c.New))})
	}
	return p
}

const shownConflicts = 20

// decideWho offers to confirm who the rows in doubt are.
func (p *sheetPreview) decideWho(w *words.Words) {
	if p.Mapping == nil {
		return
	}
	for i, c := range p.SheetReport.Conflicts() {
		if i == shownConflicts {
			p.Unshown = len(p.SheetReport.Conflicts()) - i
			break
		}
		shown := conflictPreview{Value: strconv.Itoa(i)}
		if c.OtherID != "" {
			shown.Sentence = w.T("preview.name_conflict", "line", c.Line, "name", clip(c.Name), "id", clip(c.ID), "other_id", clip(c.OtherID))
			shown.Button = w.T("preview.two_people")
		} else {
			shown.Sentence = w.T("preview.identity_conflict", "line", c.Line, "name", clip(c.Name), "id", clip(c.ID), "other_name", clip(c.OtherName))
			shown.Button = w.T("preview.same_person", "name", clip(c.Name))
		}
		p.Conflicts = append(p.Conflicts, shown)
	}
	for _, id := range slices.Sorted(maps.Keys(p.Mapping.Confirm)) {
		sentence := w.T("preview.confirmed", "id", clip(id), "name", clip(p.Mapping.Confirm[id]))
		p.Confirmed = append(p.Confirmed, conflictPreview{Sentence: sentence, Button: w.T("preview.unconfirm"), Value: id})
	}
}

func orNone(text string) string {
	if text == "" {
		return words.None
	}
	return text
}

func kindOptions(w *words.Words, chosen string) []Option {
	var options []Option
	for _, kind := range ingest.Kinds() {
		options = append(options, Option{Value: kind, Label: w.T("kind." + kind), IsChosen: kind == chosen})
	}
	return options
}

// isWhole says whether the column gives its field whole, so that another field may be chosen for it.
func isWhole(c ingest.Column) bool {
	return c.Why != "period" && c.Why != "number" && c.Why != "item" && c.Why != "heading" && c.Why != "sensitive" && c.Why != "calibration"
}

func previewColumn(w *words.Words, id string, sheet ingest.SheetReport, c ingest.Column) columnPreview {
	p := columnPreview{ID: id, Header: clip(c.Header), Why: w.T("why." + c.Why), Class: c.Confidence}
	if c.Confidence != "" {
		p.Sure = w.T("sure." + c.Confidence)
	}
	if c.Field != "" {
		p.Field = columnTitle(w, c.Field)
	}
	if sheet.Mapping == nil || !isWhole(c) {
		return p
	}
	for _, f := range ingest.Fields(sheet.Kind) {
		p.Options = append(p.Options, Option{Value: f.Name, Label: columnTitle(w, f.Name), IsChosen: f.Name == c.Field})
		if f.Name == c.Field {
			p.How = howOptions(w, sheet.Mapping, f)
		}
	}
	return p
}

// howOptions are the ways in which a column of the field can be read.
func howOptions(w *words.Words, m *ingest.Mapping, f ingest.Field) []Option {
	switch f.Type {
	case "date":
		var options []Option
		for _, order := range []string{"MDY", "DMY", "YMD"} {
			options = append(options, Option{Value: order, Label: w.T("order." + order), IsChosen: m.DateOrders[f.Name] == order})
		}
		return options
	case "share":
		var options []Option
		for _, whole := range []int{1, 100} {
			options = append(options, Option{Value: strconv.Itoa(whole), Label: w.T("preview.whole", "whole", whole), IsChosen: m.Percent[f.Name] == whole})
		}
		return options
	}
	return nil
}

func previewProblem(w *words.Words, g ingest.ProblemGroup) problemPreview {
	p := problemPreview{Sentence: w.Say(problemKey(g.Key), g.Args), IsRejected: g.Severity == ingest.Rejected}
	if len(g.Lines) > 0 {
		lines := make([]string, len(g.Lines))
		for i, line := range g.Lines {
			lines[i] = strconv.Itoa(line)
		}
		if g.Count > len(lines) {
			lines = append(lines, "…")
		}
		p.Where = w.T("preview.lines", "count", g.Count, "lines", strings.Join(lines, ", "))
	}
	return p
}

// layOut makes a table of the sample rows, whose columns are the fields that any of them states.
func (p *sheetPreview) layOut(w *words.Words, says func(field, text string) string) {
	var fields []string
	for _, row := range p.Sample {
		for _, v := range row.Values {
			if !slices.Contains(fields, v.Field) {
				fields = append(fields, v.Field)
			}
		}
	}
	for _, row := range p.Sample {
		values := make([]string, len(fields))
		for _, v := range row.Values {
			values[slices.Index(fields, v.Field)] = says(v.Field, v.Text)
		}
		p.Rows = append(p.Rows, samplePreview{Line: row.Line, Values: values})
	}
	for _, name := range fields {
		p.Fields = append(p.Fields, columnTitle(w, name))
	}
}

// sayings says what a field of the kind would hold as pages do: a word of ours in the reader's language, a share in per cent
// with all its digits.
func sayings(w *words.Words, kind string) func(field, text string) string {
	areas, types := vocabulary(), map[string]string{}
	for _, f := range ingest.Fields(kind) {
		types[f.Name] = f.Type
	}
	return func(field, text string) string {
		if key := areas[field] + "." + text; types[field] == "word" && w.Has(key) {
			return w.T(key)
		}
		if share, err := strconv.ParseFloat(text, 64); types[field] == "share" && err == nil {
			return w.Number(share*100, 6) + "\u00a0%"
		}
		return clip(text)
	}
}

// problemKey is the key of a problem's words: those of the reader of files carry their own area.
func problemKey(key string) string {
	if strings.Contains(key, ".") {
		return key
	}
	return "problem." + key
}
