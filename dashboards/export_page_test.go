package dashboards

import (
	"net/http"
	"strings"
	"testing"
	"unicode/utf16"

	"github.com/xuri/excelize/v2"

	"github.com/perfloop/perfloop/dashboards/words"
)

// TestEveryPageIsAWorkbook opens each page's workbook again: a first sheet that says what it is about, then one a panel.
func TestEveryPageIsAWorkbook(t *testing.T) {
	s := serve(t, openWarehouse(t, scale(120)))
	for _, b := range pages() {
		for _, lang := range words.Languages {
			w := words.For(lang)
			book := openBook(t, s, "/"+b.Name+".xlsx?cycle=2026H1&lang="+lang)
			sheets := book.GetSheetList()
			if len(sheets) != len(b.Panels)+1 || sheets[0] != w.T("book.about") {
				t.Errorf("%s in %s: sheets %q for %d panels", b.Name, lang, sheets, len(b.Panels))
				continue
			}
			said := sheetText(t, book, sheets[0])
			for i, p := range b.Panels {
				title := w.T(dotted(p.Name) + ".title")
				if units := len(utf16.Encode([]rune(sheets[i+1]))); units > 31 {
					t.Errorf("sheet %q has a name of %d units", sheets[i+1], units)
				}
				if head, err := book.GetCellValue(sheets[i+1], "A1"); err != nil || head != title {
					t.Errorf("sheet %q opens with %q (%v), want %q", sheets[i+1], head, err, title)
				}
				if !strings.Contains(said, title) || !strings.Contains(said, w.T(dotted(p.Name)+".meaning")) {
					t.Errorf("%s in %s: the first sheet does not say what %s means", b.Name, lang, p.Name)
				}
			}
			if link := "/" + b.Name + ".xlsx?"; !strings.Contains(s.get("/"+b.Name+"?cycle=2026H1").body, link) {
				t.Errorf("%s does not lead to its workbook", b.Name)
			}
		}
	}
}

// A viewer of groups without a look at fairness gets the panels about them, and is told what was left out.
func TestAWorkbookLeavesOutWhatTheViewerMayNotSee(t *testing.T) {
	s := &server{Config: Config{DB: openWarehouse(t, scale(120))}}
	viewer := LocalViewer()
	viewer.May.SeeFairness, viewer.May.SeeIndividuals = false, false
	b := Page{Name: "appraisal", Panels: appraisalPage().Panels}
	r := wordsOnly("en")
	r.Viewer, r.Build = viewer, s.DB.Published()
	r.Cycle = &cycle{ID: "2026H1", Name: "2026H1", HasBegun: true, IsClosed: true}
	sheets, err := s.pageSheets(t.Context(), r, b)
	if err != nil {
		t.Fatal(err)
	}
	var about strings.Builder
	for _, row := range sheets[0].Result.Rows {
		about.WriteString(text(row[0]) + ": " + text(row[1]) + "\n")
	}
	for _, left := range []string{"appraisal.fairness", "appraisal.agenda"} {
		title := r.Words.T(left + ".title")
		if !strings.Contains(about.String(), title+": "+r.Words.T("book.left_out")) {
			t.Errorf("nothing says that %q is left out:\n%s", title, about.String())
		}
		for _, sheet := range sheets[1:] {
			if sheet.Title == title {
				t.Errorf("%q is in the workbook", title)
			}
		}
	}
	if len(sheets) < 3 {
		t.Errorf("%d sheets: the panels about groups are missing", len(sheets))
	}
}

func openBook(t *testing.T, s *site, path string) *excelize.File {
	t.Helper()
	got := s.get(path)
	if got.StatusCode != http.StatusOK {
		t.Fatalf("%s: %s\n%s", path, got.Status, got.body)
	}
	book, err := excelize.OpenReader(strings.NewReader(got.body))
	if err != nil {
		t.Fatalf("%s: %v", path, err)
	}
	t.Cleanup(func() {
		if err := book.Close(); err != nil {
			t.Error(err)
		}
	})
	return book
}

func sheetText(t *testing.T, book *excelize.File, sheet string) string {
	t.Helper()
	rows, err := book.GetRows(sheet)
	if err != nil {
		t.Fatal(err)
	}
	var said strings.Builder
	for _, row := range rows {
		said.WriteString(strings.Join(row, "\t") + "\n")
	}
	return said.String()
}
