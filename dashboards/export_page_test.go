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
	s := &server{Config: Config{DB: openWarehouse(t, scale(120))}, answers: newAnswers(answerBytes)}
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

// A page's workbook follows the page's filters and says so; a unit that nobody has is refused as on the page.
func TestAWorkbookFollowsTheFilters(t *testing.T) {
	s := serve(t, openWarehouse(t, scale(120)))
	units, err := s.db.Query(t.Context(), "select unit_id, unit from dim_unit where unit_path like '%/%' order by unit_id limit 1", nil, 1)
	if err != nil || len(units.Rows) == 0 {
		t.Fatalf("no unit below the company: %v", err)
	}
	unit, w := text(units.Rows[0][0]), words.For("en")
	whole := openBook(t, s, "/appraisal.xlsx?cycle=2026H1&lang=en")
	part := openBook(t, s, "/appraisal.xlsx?cycle=2026H1&lang=en&unit="+unit)
	if said := sheetText(t, part, w.T("book.about")); !strings.Contains(said, w.T("filter.unit")+"\t") || strings.Contains(said, w.T("book.no_filter")) {
		t.Errorf("the first sheet does not name the unit:\n%s", said)
	}
	sheet := whole.GetSheetList()[1]
	if sheetText(t, whole, sheet) == sheetText(t, part, sheet) {
		t.Errorf("%q is the same for unit %s and for the company", sheet, unit)
	}
	if got := s.get("/appraisal.xlsx?cycle=2026H1&unit=nowhere"); got.StatusCode != http.StatusNotFound {
		t.Errorf("an unknown unit: %s", got.Status)
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
