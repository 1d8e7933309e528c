package dashboards

import (
	"net/url"
	"path"
	"strings"

	"github.com/labstack/echo/v4"

	"github.com/perfloop/perfloop/analytics"
	"github.com/perfloop/perfloop/dashboards/words"
	sqltext "github.com/perfloop/perfloop/sql"
)

// panelView is a panel as its template prints it.
type panelView struct {
	page
	Panel     Panel
	Name      string // for words and ids: loop.steps
	Count     string // the people it is about, in words
	Subject   string // what it shows of several, such as whose series: its column subject, the same in every row
	Figures   []Figure
	Ring      *Ring
	IsRunning bool // the cycle has not ended
	Chart     *Chart
	Summary   string // the chart in words
	Table     Table
	IsEmpty   bool
	Files     []string
	Query     string
	Params    []Param
	About     map[string]string // the person or import it is about
	Note      string            // cycle, day, build and "confidential", for pictures
	links     Filter
}

// Param is a query's parameter and what it was set to.
type Param struct{ Name, Value string }

// Export is the address of the panel's data in another form.
func (v panelView) Export(ext string) string { return v.address("/panels/"+v.Panel.Name+"."+ext, nil) }

// Explain is the address of what the panel's columns mean.
func (v panelView) Explain() string {
	return v.address("/explain", url.Values{"panel": {v.Panel.Name}})
}

func (v panelView) address(path string, more url.Values) string {
	values := v.links.Values()
	for name, value := range v.About {
		values.Set(name, value)
	}
	for name := range more {
		values.Set(name, more.Get(name))
	}
	return path + "?" + values.Encode()
}

// panel answers one panel: a fragment for a page, or its data as json, csv or xlsx.
func (s *server) panel(c echo.Context) error {
	file := c.Param("name")
	ext := path.Ext(file)
	p, ok := findPanel(c.Param("page") + "/" + strings.TrimSuffix(file, ext))
	if !ok {
		return notFound("error.no_page", nil)
	}
	r, err := s.readRequest(c)
	if err != nil {
		return err
	}
	args, err := r.panelArgs(c)
	if err != nil {
		return err
	}
	result, err := s.ask(c.Request().Context(), r.Viewer, p.Name, args)
	if err != nil {
		return err
	}
	if ext != "" {
		return s.export(c, r, exported{panel: p, result: result, ext: ext})
	}
	v := s.view(c, r, p, result)
	v.Params, v.About, v.Note = params(v.Query, args, r), map[string]string{}, r.exportNote()
	for _, name := range []string{"employee_id", "import_id"} {
		if value, ok := args[name].(string); ok {
			v.About[name] = value
		}
	}
	return s.render(c, 200, "_panel.html", v)
}

// panelArgs are the filter with the person or import that a panel is about.
func (r *request) panelArgs(c echo.Context) (analytics.Args, error) {
	args, err := r.args()
	if err != nil {
		return nil, err
	}
	for _, name := range []string{"employee_id", "import_id"} {
		args[name] = nil
		if value := c.QueryParam(name); value != "" {
			args[name] = value
		}
	}
	return args, nil
}

// view puts a panel's result into words and drawings.
func (s *server) view(c echo.Context, r *request, p Panel, result *analytics.Result) panelView {
	frame := s.newPage(c, r, "")
	v := panelView{
		page: frame, Panel: p, Name: strings.ReplaceAll(p.Name, "/", "."), links: r.Filter,
		Table: tableOf(r, p, result), IsEmpty: len(result.Rows) == 0, Count: countOf(r, result),
	}
	if len(result.Rows) > 0 {
		v.Subject = clip(value(result, result.Rows[0], "subject"))
	}
	v.Table.Caption = v.T(v.Name + ".title")
	for _, kind := range p.Files {
		v.Files = append(v.Files, r.Words.T("kind."+kind))
	}
	if f, ok := sqltext.Panel(p.Name); ok {
		v.Query = f.Text
	}
	switch {
	case v.IsEmpty:
	case p.Kind == KindFigures:
		v.Figures = figures(r, result)
	case p.Kind == KindSteps:
		v.Ring, v.IsRunning = ringOf(r, p, result), r.Cycle != nil && !r.Cycle.IsClosed
	default:
		v.draw(r, result)
	}
	return v
}

func (v *panelView) draw(r *request, result *analytics.Result) {
	d := newDrawing(r, v.Panel, result)
	if v.Chart = draw(d); v.Chart != nil {
		v.Summary = summary(d)
	}
}

// seriesName is a column's name, with the cycle's own name for the compared one.
func seriesName(r *request, column string) string {
	if strings.HasPrefix(column, "compare_") && r.Compare != nil {
		return clip(r.Compare.Name)
	}
	return columnTitle(r.Words, column)
}

// sideNames are the texts of a column by row; the rows' empty names where there is no such column.
func sideNames(r *request, result *analytics.Result, column string) []string {
	at := result.Index(column)
	names := make([]string, len(result.Rows))
	for i, row := range result.Rows {
		if at >= 0 {
			names[i] = clip(say(r.Words, result.Columns[at], row[at]))
		}
		if at >= 0 && names[i] == "" {
			names[i] = words.None
		}
	}
	return names
}

// countOf says how many people a result is about: its column total_count, the same in every row.
func countOf(r *request, result *analytics.Result) string {
	at := result.Index("total_count")
	if at < 0 || len(result.Rows) == 0 {
		return ""
	}
	return r.Words.T("panel.count", "count", result.Rows[0][at])
}

// params lists what a query was asked with, as far as its text names it.
func params(query string, args analytics.Args, r *request) []Param {
	var found []Param
	for _, name := range []string{"cycle", "compare", "unit", "job_family", "location", "grade", "manager", "attributes", "step", "state", "leak",
		"label", "status", "reason", "from", "to", "reviewer", "metric", "measure", "sign", "owner_status", "alarm", "cause", "waiting", "search", "problem", "employee_id", "import_id", "lang", "as_of"} {
		if strings.Contains(query, "$"+name) {
			found = append(found, Param{Name: "$" + name, Value: clip(r.Words.Value(args[name], "text"))})
		}
	}
	return found
}
