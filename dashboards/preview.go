package dashboards

import (
	"slices"
	"strconv"
	"strings"

	"github.com/perfloop/perfloop/dashboards/words"
	"github.com/perfloop/perfloop/ingest"
)

// filePreview is what importing one file would do, and how it would be read.
type filePreview struct {
	fileReport
	Number int
	Sheets []sheetPreview
}

// sheetPreview is one sheet of a file as it would be read.
type sheetPreview struct {
	ingest.SheetReport
	Number    int
	Title     string
	Counts    string
	Kinds     []Option
	Columns   []columnPreview
	Decisions []string
	Problems  []problemPreview
}

// columnPreview is one column of the file and the field it is taken for.
type columnPreview struct {
	Number      int
	Header, Why string
	Fields      []Option
}

// problemPreview is one reason, how often and where it was met.
type problemPreview struct {
	Sentence, Where string
	IsRejected      bool
}

// previews puts the reports of a checked job into words.
func previews(w *words.Words, v jobView) []filePreview {
	files := make([]filePreview, 0, len(v.Reports))
	for i, report := range v.Reports {
		f := filePreview{fileReport: inSentences(w, report), Number: i}
		if report.Refused == nil && report.Duplicate == 0 {
			f.Sentence = ""
			for k, sheet := range report.Sheets {
				f.Sheets = append(f.Sheets, previewSheet(w, k, sheet))
			}
		}
		files = append(files, f)
	}
	return files
}

func previewSheet(w *words.Words, number int, sheet ingest.SheetReport) sheetPreview {
	p := sheetPreview{SheetReport: sheet, Number: number, Title: clip(sheet.Sheet)}
	p.Counts = w.T("preview.counts", "read", sheet.Read, "new", sheet.New, "changed", sheet.Changed,
		"unchanged", sheet.Unchanged, "rejected", sheet.Rejected)
	for _, kind := range ingest.Kinds() {
		p.Kinds = append(p.Kinds, Option{Value: kind, Label: w.T("kind." + kind), IsChosen: kind == sheet.Kind})
	}
	for i, c := range sheet.Columns {
		p.Columns = append(p.Columns, previewColumn(w, i, c))
	}
	for _, d := range sheet.Decisions {
		if !slices.Contains([]string{"column_ignored", "column_attribute", "column_duplicate"}, d.Key) { // the table of columns says it
			p.Decisions = append(p.Decisions, w.Say(problemKey(d.Key), d.Args))
		}
	}
	return p
}

func previewColumn(w *words.Words, number int, c ingest.Column) columnPreview {
	return columnPreview{Number: number, Header: clip(c.Header), Why: w.T("why." + c.Why)}
}

// problemKey is the key of a problem's words: those of the reader of files carry their own area.
func problemKey(key string) string {
	if strings.Contains(key, ".") {
		return key
	}
	return "problem." + key
}

// shownLines lists the first line numbers.
func shownLines(lines []int) string {
	const most = 12
	var shown []string
	for _, line := range lines[:min(len(lines), most)] {
		shown = append(shown, strconv.Itoa(line))
	}
	if len(lines) > most {
		shown = append(shown, "…")
	}
	return strings.Join(shown, ", ")
}
