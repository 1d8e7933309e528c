package dashboards

import (
	"context"
	"net/http"
	"net/url"

	"github.com/labstack/echo/v4"

	"github.com/perfloop/perfloop/analytics"
)

// briefPage is what to know before the feedback talk with one person, on one page.
type briefPage struct {
	personPage
	Cycle, Back string
	Sections    []briefSection
}

// briefSection is a part of the brief and what the data say for it, in sentences.
type briefSection struct {
	Name      string
	Sentences []string
}

// briefSections in the order of the talk; what the data cannot tell comes last.
func briefSections() []string {
	return []string{"strength", "improve", "change", "signal", "open", "agreed", "unknown"}
}

// briefQueries answer sentences: the section they belong to, the key of their words, and what those name.
func briefQueries() []string {
	return []string{"person/point_goals", "person/point_traits", "person/point_change", "person/point_alarms", "person/point_open", "person/point_agreed"}
}

// brief answers one person's brief: about the cycle asked for, else the newest closed one.
func (s *server) brief(c echo.Context) error {
	r, err := s.readRequest(c)
	if err != nil {
		return err
	}
	if !r.Viewer.May.SeeIndividuals {
		return &UserError{Status: http.StatusForbidden, Key: "error.not_allowed"}
	}
	if err := r.preferClosed(true); err != nil {
		return err
	}
	id := c.Param("id")
	args, err := r.args()
	if err != nil {
		return err
	}
	args["employee_id"] = id
	ctx := c.Request().Context()
	found, err := s.ask(ctx, r.Viewer, "person/brief", args)
	if err != nil {
		return err
	}
	if len(found.Rows) == 0 {
		return notFound("error.no_person", map[string]any{"person": clip(id)})
	}
	p := briefPage{personPage: personPage{page: s.newPage(c, r, "people"), ID: id}, Back: Filter{Cycle: r.Filter.Cycle}.URL("/people/" + url.PathEscape(id))}
	p.fill(r, found)
	p.Title = p.T("brief.title", "person", p.Name)
	if r.Cycle != nil {
		p.Cycle = clip(r.Cycle.Name)
	}
	if p.Sections, err = s.briefSections(ctx, r, args); err != nil {
		return err
	}
	return s.render(c, http.StatusOK, "brief.html", p)
}

// briefSections asks for all sentences and puts each in its section.
func (s *server) briefSections(ctx context.Context, r *request, args analytics.Args) ([]briefSection, error) {
	said := map[string][]string{}
	for _, query := range briefQueries() {
		found, err := s.ask(ctx, r.Viewer, query, args)
		if err != nil {
			return nil, err
		}
		for _, row := range found.Rows {
			section := value(found, row, "section")
			said[section] = append(said[section], pointSentence(r, found, row))
		}
	}
	var sections []briefSection
	for _, name := range briefSections() {
		if name != "unknown" || len(said[name]) > 0 {
			sections = append(sections, briefSection{Name: name, Sentences: said[name]})
		}
	}
	return sections, nil
}

// pointSentence says one point: its key names the words, its other columns are their arguments.
func pointSentence(r *request, result *analytics.Result, row []any) string {
	args := map[string]any{"base": ""}
	if r.Compare != nil {
		args["base"] = clip(r.Compare.Name)
	}
	for i, column := range result.Columns {
		args[column.Name] = row[i]
		if column.Unit != "count" && column.Unit != "days" {
			args[column.Name] = clip(say(r.Words, column, row[i]))
		}
	}
	return r.Words.Say("point."+value(result, row, "point_key"), args)
}
