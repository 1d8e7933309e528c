package dashboards

import (
	"net/http"
	"strings"

	"github.com/labstack/echo/v4"

	"github.com/perfloop/perfloop/analytics"
	catalogue "github.com/perfloop/perfloop/dashboards/site"
)

// metricsPage is the catalogue of the numbers that pages show.
type metricsPage struct {
	page
	Search string
	Found  []metricShown
	All    int
}

// metricShown is a metric with the columns that its own is made from.
type metricShown struct {
	*analytics.MetricEntry
	From []catalogue.Source
}

// metrics answers the catalogue; q narrows it to what names it in either language.
func (s *server) metrics(c echo.Context) error {
	r, err := s.readRequest(c)
	if err != nil {
		return err
	}
	book, err := s.library.read(c.Request().Context(), s.DB)
	if err != nil {
		return err
	}
	p := metricsPage{page: s.newPage(c, r, "data"), Search: strings.TrimSpace(c.QueryParam("q")), All: len(book.Known.Metrics)}
	p.Title = p.T("metrics.title")
	for _, m := range book.Known.Metrics {
		if isAbout(m, p.Search) {
			p.Found = append(p.Found, metricShown{MetricEntry: m, From: sourcesOf(book, m)})
		}
	}
	return s.render(c, http.StatusOK, "metrics.html", p)
}

// isAbout reports that each word asked for stands in what the catalogue says of a metric.
func isAbout(m *analytics.MetricEntry, asked string) bool {
	said := strings.ToLower(strings.Join([]string{m.ID, m.Name.En, m.Name.Zh, m.Definition.En, m.Definition.Zh, m.Formula, m.Column}, " "))
	for _, word := range strings.Fields(strings.ToLower(asked)) {
		if !strings.Contains(said, word) {
			return false
		}
	}
	return true
}

func sourcesOf(book *catalogue.Book, m *analytics.MetricEntry) []catalogue.Source {
	mart, name, _ := strings.Cut(m.Column, ".")
	model := book.Model(mart)
	if model == nil {
		return nil
	}
	for _, column := range model.Columns {
		if column.Name == name {
			return column.From
		}
	}
	return nil
}
