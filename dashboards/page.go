package dashboards

import (
	"bytes"
	"embed"
	"fmt"
	"html/template"
	"io/fs"
	"net/url"
	"path"
	"runtime/debug"
	"strings"

	"github.com/labstack/echo/v4"

	"github.com/perfloop/perfloop/analytics"
	"github.com/perfloop/perfloop/dashboards/words"
)

//go:embed all:templates
var templateFiles embed.FS

// parseTemplates makes one set a page: the partials and that page's content. Sets whose name starts
// with _ are fragments without the layout.
func parseTemplates() (map[string]*template.Template, error) {
	partials, err := template.New("").ParseFS(templateFiles, "templates/_*.html", "templates/layout.html")
	if err != nil {
		return nil, fmt.Errorf("parse templates: %w", err)
	}
	names, err := fs.Glob(templateFiles, "templates/*.html")
	if err != nil {
		return nil, fmt.Errorf("list templates: %w", err)
	}
	pages := map[string]*template.Template{}
	for _, name := range names {
		set, err := partials.Clone()
		if err != nil {
			return nil, fmt.Errorf("copy templates: %w", err)
		}
		base := path.Base(name)
		if base == "layout.html" {
			continue
		}
		if !strings.HasPrefix(base, "_") {
			if set, err = set.ParseFS(templateFiles, name); err != nil {
				return nil, fmt.Errorf("parse template: %w", err)
			}
		}
		pages[base] = set
	}
	return pages, nil
}

// render writes a page in the layout, a fragment alone. It writes nothing before all is well.
func (s *server) render(c echo.Context, status int, name string, data any) error {
	entry := "layout.html"
	if strings.HasPrefix(name, "_") {
		entry = name
	}
	var body bytes.Buffer
	if err := s.pages[name].ExecuteTemplate(&body, entry, data); err != nil {
		return fmt.Errorf("render %s: %w", name, err)
	}
	return blob(c, status, echo.MIMETextHTMLCharsetUTF8, body.Bytes())
}

// page is what the layout prints around every page's own content.
type page struct {
	Words    *words.Words
	Theme    string
	Title    string
	Path     string // the page's own path, for links that change one filter
	Section  string // the rail's entry that is lit
	Filter   Filter
	IsChosen bool // the address names the cycle
	Build    analytics.Build
	Filters  *filterBar // nil: the page has none
	Version  string
	assets   assets
	about    url.Values // what the address names beside people
}

// T says a sentence in the page's language.
func (p page) T(key string, pairs ...any) string { return p.Words.T(key, pairs...) }

// Asset is the URL of a static file.
func (p page) Asset(name string) string { return p.assets.URL(name) }

// Steps of the loop, for the rail.
func (page) Steps() []string { return steps() }

// Scoped is another path about the same people, and the same cycle where the reader chose one.
func (p page) Scoped(path string) string {
	f := p.Filter.Scope()
	if !p.IsChosen {
		f.Cycle, f.Compare = "", ""
	}
	return f.URL(path)
}

// StepPaths are the steps' pages.
func (page) StepPaths() map[string]string { return stepPaths() }

// StepPath is where the rail's step leads.
func (p page) StepPath(step string) string { return p.Scoped(stepPaths()[step]) }

// Choose is this page in another language or theme.
func (p page) Choose(name, value string) string {
	values := p.Filter.Values()
	for name, about := range p.about {
		values[name] = about
	}
	values.Set(name, value)
	return p.Path + "?" + values.Encode()
}

// Themes and Languages that can be chosen.
func (page) Themes() []string    { return themes() }
func (page) Languages() []string { return words.Languages }

// AsOf is the day after which nothing is used, in the page's words.
func (p page) AsOf() string {
	if p.Build.ID == 0 {
		return words.None
	}
	return p.Words.Date(p.Build.AsOf)
}

// steps of the loop in order.
func steps() []string {
	return []string{"goals", "plan", "monitoring", "appraisal", "feedback", "improvement"}
}

// newPage is the frame of a page for a request.
func (s *server) newPage(c echo.Context, r *request, section string) page {
	p := s.bare(c)
	p.Filter, p.IsChosen = r.Filter, r.IsChosen
	p.Section, p.about = section, url.Values{}
	for _, name := range []string{"panel", "model", "column", "key", "kind", "employee_id"} {
		if values, ok := c.QueryParams()[name]; ok {
			p.about[name] = values
		}
	}
	return p
}

// bare is the frame of a page that is about nobody, such as an error's.
func (s *server) bare(c echo.Context) page {
	return page{
		Words: words.For(language(c)), Theme: theme(c), Path: c.Request().URL.Path,
		Build: s.DB.Published(), Version: version(), assets: s.assets,
	}
}

// version is the program's as the linker knows it.
func version() string {
	info, ok := debug.ReadBuildInfo()
	if !ok || info.Main.Version == "" || info.Main.Version == "(devel)" {
		return "dev"
	}
	return info.Main.Version
}
