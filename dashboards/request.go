package dashboards

import (
	"net/http"
	"time"

	"github.com/labstack/echo/v4"

	"github.com/perfloop/perfloop/analytics"
	"github.com/perfloop/perfloop/dashboards/words"
)

// request is what a handler knows before it does its own work: who asks, in which language, about whom.
type request struct {
	Viewer   Viewer
	Words    *words.Words
	Theme    string
	Filter   Filter
	Cycles   []cycle // the newest first
	Cycle    *cycle  // nil: the warehouse knows no cycle
	Compare  *cycle
	Build    analytics.Build
	IsChosen bool // the address names the cycle
}

// cycle is a performance cycle as pages offer it.
type cycle struct {
	ID, Name, Kind     string
	StartsOn, EndsOn   time.Time
	Previous           string
	IsClosed, HasBegun bool
	IsInferred         bool
}

// readRequest reads the address and the cookies and settles which cycle is shown.
func (s *server) readRequest(c echo.Context) (*request, error) {
	r := &request{
		Viewer: viewerOf(c),
		Words:  words.For(language(c)),
		Theme:  theme(c),
		Filter: readFilter(c.QueryParams()),
		Build:  s.DB.Published(),
	}
	found, err := s.ask(c.Request().Context(), r.Viewer, "data/cycles", analytics.Args{"as_of": r.Build.AsOf})
	if err != nil {
		return nil, err
	}
	r.Cycles = readCycles(found)
	r.IsChosen = r.Filter.Cycle != ""
	return r, r.settleCycle()
}

// preferClosed takes the newest closed cycle where the address names none and the page is about closed ones.
func (r *request) preferClosed(isWanted bool) error {
	if !isWanted || r.IsChosen || r.Cycle == nil || r.Cycle.IsClosed {
		return nil
	}
	for _, c := range r.Cycles {
		if c.IsClosed {
			r.Filter.Cycle, r.Filter.Compare, r.Compare = c.ID, "", nil
			return r.settleCycle()
		}
	}
	return nil
}

func readCycles(r *analytics.Result) []cycle {
	cycles := make([]cycle, 0, len(r.Rows))
	for _, row := range r.Rows {
		at := func(column string) any { return row[r.Index(column)] }
		c := cycle{ID: text(at("cycle_id")), Name: text(at("cycle_name")), Kind: text(at("cycle_kind")), Previous: text(at("previous_cycle_id"))}
		c.StartsOn, _ = at("starts_on").(time.Time)
		c.EndsOn, _ = at("ends_on").(time.Time)
		c.IsClosed, _ = at("is_closed").(bool)
		c.HasBegun, _ = at("is_begun").(bool)
		c.IsInferred, _ = at("is_inferred").(bool)
		if c.Name == "" {
			c.Name = c.ID
		}
		cycles = append(cycles, c)
	}
	return cycles
}

// settleCycle takes the cycles asked for, else the newest that has begun and the one before it.
func (r *request) settleCycle() error {
	if len(r.Cycles) == 0 {
		return nil
	}
	wish := r.Filter.Cycle
	if wish == "" {
		wish = newestBegun(r.Cycles)
	}
	var err error
	if r.Cycle, err = r.findCycle(wish); err != nil {
		return err
	}
	r.Filter.Cycle = wish
	before := r.Filter.Compare
	if before == "" {
		before = r.Cycle.Previous
	}
	if before == "" {
		return nil
	}
	if r.Compare, err = r.findCycle(before); err != nil {
		return err
	}
	r.Filter.Compare = before
	return nil
}

func newestBegun(cycles []cycle) string {
	for _, c := range cycles {
		if c.HasBegun {
			return c.ID
		}
	}
	return cycles[0].ID
}

func (r *request) findCycle(id string) (*cycle, error) {
	known := ""
	for i := range r.Cycles {
		if r.Cycles[i].ID == id {
			return &r.Cycles[i], nil
		}
		if i < 12 {
			known += r.Words.T("list.item", "item", r.Cycles[i].ID)
		}
	}
	return nil, notFound("error.no_cycle", map[string]any{"cycle": clip(id), "known": trimList(known)})
}

// args are the filter with what every query may ask for besides.
func (r *request) args() (analytics.Args, error) {
	args, err := r.Filter.Args()
	if err != nil {
		return nil, err
	}
	args["lang"] = r.Words.Lang
	args["as_of"] = r.Build.AsOf
	return args, nil
}

// language is what the address, the cookie or the browser asks for, in this order.
func language(c echo.Context) string {
	if lang := chosen(c, "lang", words.Languages); lang != "" {
		return lang
	}
	return words.Match(c.Request().Header.Get("Accept-Language"))
}

// themes a page can have; auto follows the system.
func themes() []string { return []string{"auto", "light", "dark"} }

func theme(c echo.Context) string {
	if t := chosen(c, "theme", themes()); t != "" {
		return t
	}
	return "auto"
}

// chosen reads a choice from the address, which it remembers, or from the cookie. Other values are no choice.
func chosen(c echo.Context, name string, from []string) string {
	for _, known := range from {
		if c.QueryParam(name) == known {
			c.SetCookie(&http.Cookie{Name: "perfloop_" + name, Value: known, Path: "/", MaxAge: 365 * 24 * 3600,
				HttpOnly: true, SameSite: http.SameSiteLaxMode})
			return known
		}
	}
	kept, err := c.Cookie("perfloop_" + name)
	if err != nil {
		return ""
	}
	for _, known := range from {
		if kept.Value == known {
			return known
		}
	}
	return ""
}
