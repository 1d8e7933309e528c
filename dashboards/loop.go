package dashboards

import (
	"context"
	"net/http"

	"github.com/labstack/echo/v4"

	"github.com/perfloop/perfloop/analytics"
)

// loopPage is the overview of a cycle.
type loopPage struct {
	page
	State    string // full, no_cycle or empty: how much there is to show
	Cycle    string
	Findings []finding
	Panels   []panelSlot
	Missing  []string // kinds of file that would bring more, in words
	Upload   uploadForm
}

// panelSlot is a place on the grid that loads its panel.
type panelSlot struct {
	ID, Title, URL, Step string
	Width                int
	Anchors              []string // the steps whose first panel it is
}

// finding is one sentence at the top and where it leads.
type finding struct{ Sentence, Link string }

// loop answers the overview of a cycle: what was found, then the panels.
func (s *server) loop(c echo.Context) error {
	r, err := s.readRequest(c)
	if err != nil {
		return err
	}
	p := loopPage{page: s.newPage(c, r, "loop"), Upload: uploadForm{Allowed: r.Viewer.May.Import && s.Archive != nil}}
	p.Upload.page = p.page
	p.Title = p.T("loop.title")
	p.page.Filter = r.Filter.Scope()
	r.Filter = p.page.Filter
	ctx := c.Request().Context()
	if p.State, err = s.stateOf(ctx, r); err != nil {
		return err
	}
	if p.Filters, err = s.filterBar(ctx, r, "/loop"); err != nil {
		return err
	}
	switch p.State {
	case "full":
		p.Cycle = clip(r.Cycle.Name)
		p.Panels = slots(r, loopPanels(), nil)
		p.Findings, err = s.findings(ctx, r)
	case "no_cycle":
		p.Panels = slots(r, []Panel{headcountPanel()}, nil)
		for _, kind := range []string{"cycle", "goal", "appraisal"} {
			p.Missing = append(p.Missing, p.T("kind."+kind))
		}
	}
	if err != nil {
		return err
	}
	return s.render(c, http.StatusOK, "loop.html", p)
}

// stateOf tells an empty product and a company without cycles from one with something to show.
func (s *server) stateOf(ctx context.Context, r *request) (string, error) {
	if r.Cycle != nil {
		return "full", nil
	}
	found, err := s.ask(ctx, r.Viewer, "loop/headcount", analytics.Args{})
	if err != nil {
		return "", err
	}
	if len(found.Rows) > 0 {
		return "no_cycle", nil
	}
	return "empty", nil
}

// slots places panels on the grid. The first panel that wears a step's hue is where the rail jumps to.
func slots(r *request, list []Panel, extra map[string]string) []panelSlot {
	seen := map[string]bool{}
	placed := make([]panelSlot, 0, len(list))
	for _, p := range list {
		address := r.Filter.Values()
		for name, value := range extra {
			address.Set(name, value)
		}
		name := dotted(p.Name)
		slot := panelSlot{ID: dashed(p.Name), Title: r.Words.T(name + ".title"), Step: p.Step, Width: p.Width,
			URL: "/panels/" + p.Name + "?" + address.Encode()}
		if p.Step != "" && !seen[p.Step] {
			seen[p.Step] = true
			slot.Anchors = append(slot.Anchors, p.Step)
		}
		placed = append(placed, slot)
	}
	for i := range placed {
		if placed[i].ID == "loop-steps" {
			for _, step := range steps() {
				if !seen[step] {
					placed[i].Anchors = append(placed[i].Anchors, step)
				}
			}
		}
	}
	return placed
}

// shownFindings is how many sentences open a page.
const shownFindings = 3

// findingQueries look for one finding each; the first that find something are shown.
func findingQueries() []string {
	return []string{"loop/finding_leak", "loop/finding_rater", "loop/finding_alarm", "loop/finding_change"}
}

// findings says the main findings of the cycle.
func (s *server) findings(ctx context.Context, r *request) ([]finding, error) {
	args, err := r.args()
	if err != nil {
		return nil, err
	}
	var found []finding
	about := r.lastClosed()
	for _, query := range findingQueries() {
		asked := r
		if about != nil && needsClosedCycle(query) {
			asked = about
		}
		args["cycle"] = asked.Filter.Cycle
		result, err := s.ask(ctx, r.Viewer, query, args)
		if err != nil {
			return nil, err
		}
		if len(result.Rows) > 0 && len(found) < shownFindings {
			f := sentence(asked, result, result.Rows[0])
			if asked != r {
				f.Sentence = r.Words.T("finding.of_cycle", "cycle", clip(asked.Cycle.Name), "sentence", f.Sentence)
			}
			found = append(found, f)
		}
	}
	return found, nil
}

// needsClosedCycle tells the findings that a running cycle cannot have: steps still open, no ratings.
func needsClosedCycle(query string) bool {
	return query == "loop/finding_leak" || query == "loop/finding_rater"
}

// lastClosed is the request about the cycle before a running one; nil where the cycle shown is closed
// or nothing closed precedes it.
func (r *request) lastClosed() *request {
	if r.Cycle.IsClosed {
		return nil
	}
	for i := range r.Cycles {
		if c := &r.Cycles[i]; c.ID == r.Cycle.Previous && c.IsClosed {
			other := *r
			other.Cycle = c
			other.Filter = r.Filter.With("cycle", c.ID).With("compare", "")
			return &other
		}
	}
	return nil
}

// sentence says one finding: its key names the words, its other columns are their arguments.
func sentence(r *request, result *analytics.Result, row []any) finding {
	args := map[string]any{"base": ""}
	if r.Compare != nil {
		args["base"] = clip(r.Compare.Name)
	}
	for i, column := range result.Columns {
		args[column.Name] = clip(say(r.Words, column, row[i]))
	}
	return finding{
		Sentence: r.Words.Say("finding."+value(result, row, "finding_key"), args),
		Link:     drillURL(r.Filter, findingDrill(result, row), result, row),
	}
}

// findingDrill leads to the people a finding is about, by those of its drill_ columns that are set.
func findingDrill(result *analytics.Result, row []any) Panel {
	drill := people(map[string]string{})
	for _, name := range []string{"unit", "leak", "reviewer", "metric"} {
		if value(result, row, "drill_"+name) != "" {
			drill.Columns[name] = "drill_" + name
		}
	}
	return Panel{Drill: drill}
}
