package dashboards

import (
	"context"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"sync"

	"github.com/labstack/echo/v4"

	"github.com/perfloop/perfloop/analytics"
	catalogue "github.com/perfloop/perfloop/dashboards/site"
	sqltext "github.com/perfloop/perfloop/sql"
)

// library reads the catalogue and the lineage when they are first asked for: parsing every model takes a second.
type library struct {
	mu   sync.Mutex
	book *catalogue.Book
}

func (l *library) read(ctx context.Context, q analytics.Querier) (*catalogue.Book, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.book != nil {
		return l.book, nil
	}
	book, err := catalogue.Read(context.WithoutCancel(ctx), q)
	if err != nil {
		return nil, err
	}
	l.book = book
	return book, nil
}

// lineagePage shows one table between what it is made from and what is made from it.
type lineagePage struct {
	page
	Name    string
	Layer   string // raw, staging, intermediate or marts
	Meaning string
	Graph   graph
	Raw     []graphNode // the kinds of file it is made from in the end
	UsedBy  []usage
	Columns []lineageColumn
	Metrics []*analytics.MetricEntry
	Grain   []string
	Text    string
	Layers  []catalogue.Layer
	Kinds   []*catalogue.Kind
}

// usage is a panel that reads a table.
type usage struct{ Title, Link string }

// lineageColumn is a column of the table, and those that its value is made from.
type lineageColumn struct {
	catalogue.Column
	Link []string // of what it is made from, in the same order
}

// lineage answers the graph around one table: the one asked for, or the one that most pages read.
func (s *server) lineage(c echo.Context) error {
	r, err := s.readRequest(c)
	if err != nil {
		return err
	}
	book, err := s.library.read(c.Request().Context(), s.DB)
	if err != nil {
		return err
	}
	p := lineagePage{page: s.newPage(c, r, "data"), Name: c.QueryParam("model"), Layers: book.ByLayer(), Kinds: book.Kinds}
	p.Title = p.T("lineage.title")
	if p.Name == "" {
		p.Name = "fct_employee_cycle"
	}
	raw, isRaw := strings.CutPrefix(p.Name, "raw.")
	switch model, kind := book.Model(p.Name), book.Kind(raw); {
	case isRaw && kind != nil:
		p.Layer, p.Text = "raw", kind.Text
		p.Graph = graphOf(p.Name, nil, names(kind.Readers))
	case model != nil:
		p.describe(book, model)
	default:
		return notFound("error.no_model", map[string]any{"model": clip(p.Name)})
	}
	return s.render(c, http.StatusOK, "lineage.html", p)
}

// describe says what a model is, with its neighbours.
func (p *lineagePage) describe(book *catalogue.Book, m *catalogue.Model) {
	p.Layer, p.Meaning, p.Grain, p.Text, p.Metrics = m.Entry.Layer, m.Entry.In(p.Words.Lang), m.Entry.Grain, m.Text, m.Metrics
	p.Graph = graphOf(p.Name, names(m.Inputs), names(m.Readers))
	for _, kind := range book.RawOf(p.Name) {
		p.Raw = append(p.Raw, nodeOf("raw."+kind.Name))
	}
	for _, column := range m.Columns {
		one := lineageColumn{Column: column}
		for _, from := range column.From {
			one.Link = append(one.Link, lineageURL(from.Table))
		}
		p.Columns = append(p.Columns, one)
	}
	p.UsedBy = p.readers(p.Name)
}

// readers are the panels whose queries name a table, in words, with the page that shows them.
func (p *lineagePage) readers(table string) []usage {
	name := regexp.MustCompile(`\b` + regexp.QuoteMeta(table) + `\b`)
	scoped := table == "fct_employee_cycle"
	var found []usage
	for _, b := range pages() {
		for _, panel := range b.Panels {
			f, _ := sqltext.Panel(panel.Name)
			if name.MatchString(f.Text) || scoped && strings.Contains(f.Text, "scoped_person(") {
				found = append(found, usage{Title: p.T(b.Name+".title") + " · " + p.T(dotted(panel.Name)+".title"), Link: "/" + b.Name + "#" + dashed(panel.Name)})
			}
		}
	}
	return found
}

// Said is a sentence of the catalogue in the page's language.
func (p page) Said(s analytics.Said) string { return s.In(p.Words.Lang) }

func names(nodes []*catalogue.Node) []string {
	all := make([]string, len(nodes))
	for i, n := range nodes {
		all[i] = n.Name
	}
	slices.Sort(all)
	return slices.Compact(all)
}

// lineageURL leads to the graph around a table.
func lineageURL(table string) string {
	return "/data/lineage?" + url.Values{"model": {table}}.Encode()
}

// LineageURL leads to the graph around the table of a column or the table itself.
func (page) LineageURL(name string) string {
	if table, column, isColumn := strings.Cut(name, "."); isColumn && table != "raw" {
		return lineageURL(table) + "#" + column
	}
	return lineageURL(name)
}
