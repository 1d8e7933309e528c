package dashboards

import (
	"cmp"
	"fmt"
	"net/http"
	"strings"

	"github.com/labstack/echo/v4"

	"github.com/perfloop/perfloop/analytics"
)

// dataPage lists what was imported, or what was wrong with it.
type dataPage struct {
	page
	Upload   *uploadForm // nil: not on this page
	Meaning  string
	Findings []finding
	Panels   []panelSlot
}

// DataTab is a page about the data itself.
type DataTab struct {
	Path, Name string
	IsHere     bool
}

// DataTabs leads from each page about the data to the others.
func (p page) DataTabs() []DataTab {
	tabs := make([]DataTab, 0, len(dataTabs()))
	for _, name := range dataTabs() {
		path := strings.TrimSuffix("/data/"+name, "/")
		key := "data.tab_" + cmp.Or(name, "imports")
		tabs = append(tabs, DataTab{Path: path, Name: p.T(key),
			IsHere: path == p.Path || name != "" && strings.HasPrefix(p.Path, path+"/")})
	}
	return tabs
}

// uploadForm takes files from the browser.
type uploadForm struct {
	page
	Allowed bool
}

// data answers the list of imports, and which kind of data is stale.
func (s *server) data(c echo.Context) error {
	p, r, err := s.dataPage(c, "data.meaning", "data/freshness", "data/imports")
	if err != nil {
		return err
	}
	p.Upload = &uploadForm{page: p.page, Allowed: r.Viewer.May.Import && s.Archive != nil}
	args, err := r.args()
	if err != nil {
		return err
	}
	found, err := s.ask(c.Request().Context(), r.Viewer, "data/freshness", args)
	if err != nil {
		return err
	}
	if len(found.Rows) > 0 && value(found, found.Rows[0], "freshness") == "stale" { // the most overdue stands first
		row := found.Rows[0]
		p.Findings = []finding{{Link: "#" + dashed("data/freshness"), Sentence: r.Words.T("finding.data_stale", "kind", say(r.Words, analytics.Column{Name: "kind"}, row[0]),
			"days", row[found.Index("since_days")], "cadence", row[found.Index("cadence_days")])}}
	}
	return s.render(c, http.StatusOK, "data.html", p)
}

// quality answers how clean the data are, and what to mend.
func (s *server) quality(c echo.Context) error {
	p, r, err := s.dataPage(c, "data.quality_meaning", "data/quality_trend", "data/quality_steps", "data/quality_files", "data/findings", "data/checks")
	if err != nil {
		return err
	}
	for _, f := range dataFindings() {
		found, err := s.ask(c.Request().Context(), r.Viewer, f.Query, analytics.Args{})
		if err != nil {
			return err
		}
		if len(found.Rows) > 0 {
			p.Findings = append(p.Findings, finding{Sentence: sentence(r, found, "").Sentence, Link: "#" + dashed(f.Path)})
		}
	}
	return s.render(c, http.StatusOK, "data.html", p)
}

func (s *server) dataPage(c echo.Context, meaning string, panels ...string) (*dataPage, *request, error) {
	r, err := s.readRequest(c)
	if err != nil {
		return nil, nil, err
	}
	p := &dataPage{page: s.newPage(c, r, "data"), Meaning: meaning}
	p.Title = p.T("data.title")
	for _, name := range panels {
		panel, _ := findPanel(name)
		p.Panels = append(p.Panels, slots(r, []Panel{panel}, nil)...)
	}
	return p, r, nil
}

// importPage is one imported file: its sheets, problems and rejected rows.
type importPage struct {
	page
	File, Imported, By string
	Download, Address  string
	Undone             string // when and by whom; "" where its rows count
	HasRejected        bool
	MayUndo            bool
	Panels             []panelSlot
}

// dataImport answers one import's page.
func (s *server) dataImport(c echo.Context) error {
	r, err := s.readRequest(c)
	if err != nil {
		return err
	}
	id, err := importID(c)
	if err != nil {
		return err
	}
	found, err := s.ask(c.Request().Context(), r.Viewer, "data/import", analytics.Args{"import_id": id})
	if err != nil {
		return err
	}
	if len(found.Rows) == 0 {
		return notFound("error.no_import", map[string]any{"import": id})
	}
	row := found.Rows[0]
	p := importPage{
		page: s.newPage(c, r, "data"), File: value(found, row, "file_name"), By: value(found, row, "imported_by"),
		Imported: r.Words.Value(row[found.Index("imported_at")], "time"), Download: fmt.Sprintf("/data/imports/%d/original", id),
	}
	p.Title, p.Address = clip(p.File), importURL(fmt.Sprint(id))
	p.HasRejected, _ = row[found.Index("has_rejected")].(bool)
	p.MayUndo = r.Viewer.May.Import && s.Archive != nil
	if at := row[found.Index("undone_at")]; at != nil {
		p.Undone = p.T("import.undone", "date", r.Words.Value(at, "time"), "by", value(found, row, "undone_by"))
	}
	for _, name := range []string{"data/sheets", "data/problems", "data/rejected"} {
		panel, _ := findPanel(name)
		p.Panels = append(p.Panels, slots(r, []Panel{panel}, map[string]string{"import_id": fmt.Sprint(id)})...)
	}
	return s.render(c, http.StatusOK, "import.html", p)
}
