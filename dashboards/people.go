package dashboards

import (
	"net/http"
	"net/url"
	"strings"

	"github.com/labstack/echo/v4"

	"github.com/perfloop/perfloop/analytics"
)

// peoplePage lists the people behind a mark.
type peoplePage struct {
	page
	Search string
	Panels []panelSlot
}

// people answers the list of people that the address's filters leave.
func (s *server) people(c echo.Context) error {
	r, err := s.readRequest(c)
	if err != nil {
		return err
	}
	p := peoplePage{page: s.newPage(c, r, "people"), Search: r.Filter.Search}
	p.Title = p.T("people.title")
	if p.Filters, err = s.filterBar(c.Request().Context(), r, "/people"); err != nil {
		return err
	}
	for _, panel := range peoplePanels() {
		if strings.HasPrefix(panel.Name, "people/") {
			p.Panels = append(p.Panels, slots(r, []Panel{panel}, nil)...)
		}
	}
	return s.render(c, http.StatusOK, "people.html", p)
}

// personPage is one person over all cycles.
type personPage struct {
	page
	Name, ID, Note string
	Facts          []Param
	TraceLink      string
	Brief          string // address of the brief for the feedback talk
	Panels         []panelSlot
}

// person answers one person's page.
func (s *server) person(c echo.Context) error {
	r, err := s.readRequest(c)
	if err != nil {
		return err
	}
	id := c.Param("id")
	found, err := s.ask(c.Request().Context(), r.Viewer, "person/head", analytics.Args{"employee_id": id})
	if err != nil {
		return err
	}
	if len(found.Rows) == 0 {
		return notFound("error.no_person", map[string]any{"person": clip(id)})
	}
	p := personPage{page: s.newPage(c, r, "people"), ID: id, Panels: slots(r, personPanels(), map[string]string{"employee_id": id})}
	p.Brief = Filter{Cycle: r.Filter.Cycle}.URL("/people/" + url.PathEscape(id) + "/brief")
	p.fill(r, found)
	return s.render(c, http.StatusOK, "person.html", p)
}

func (p *personPage) fill(r *request, found *analytics.Result) {
	row := found.Rows[0]
	p.Name = clip(value(found, row, "employee_name"))
	if p.Name == "" {
		p.Name = clip(p.ID)
	}
	p.Title = p.Name
	if key := value(found, row, "natural_key"); key != "" {
		p.TraceLink = traceURL("employee", key)
	}
	if provisional, _ := row[found.Index("is_provisional")].(bool); provisional {
		p.Note = r.Words.T("person.provisional")
	}
	for i, column := range found.Columns {
		if row[i] == nil || isHidden(column.Name) && column.Name != "employee_id" || column.Name == "employee_name" || column.Unit == "flag" {
			continue
		}
		p.Facts = append(p.Facts, Param{Name: columnTitle(r.Words, column.Name), Value: clip(say(r.Words, column, row[i]))})
	}
}
