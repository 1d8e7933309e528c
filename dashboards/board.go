package dashboards

import (
	"cmp"
	"context"
	"net/http"
	"slices"

	"github.com/labstack/echo/v4"

	"github.com/perfloop/perfloop/analytics"
)

// Page is a page that is nothing but findings and panels: its words are <name>.title and <name>.heading.
type Page struct {
	Name     string // its path and the rail's entry: goals for /goals
	Panels   []Panel
	Findings []Finding // the first that find something open the page
	IsClosed bool      // it is about closed cycles: shows the newest closed one unless another is asked for
	Keeps    []string  // the drills of its address that choose what a panel shows; the others only narrow lists of people
	Export   string    // where the page's workbook is to be had

	HasGoalBox bool // goal texts can be pasted and scored on it
}

// Finding is a query for one sentence: it answers the key of its words and what they name, or nothing.
type Finding struct {
	Query    string
	IsClosed bool   // a running cycle cannot have it: the one before is asked instead
	Path     string // where it leads; empty: to the people
}

// pages lists the overview and the page of each step, in the order of the rail.
func pages() []Page {
	return []Page{
		{Name: "loop", Panels: loopPanels(), Findings: []Finding{
			{Query: "loop/finding_no_people"},
			{Query: "loop/finding_leak", IsClosed: true}, {Query: "loop/finding_rater", IsClosed: true}, {Query: "loop/finding_alarm"}, {Query: "loop/finding_change"}}},
		goalsPage(), plansPage(), monitoringPage(), appraisalPage(), feedbackPage(), improvementPage(), unitsPage(),
		worklistPage(),
	}
}

// stepPaths is where the rail's step leads.
func stepPaths() map[string]string {
	return map[string]string{"goals": "/goals", "plan": "/plans", "monitoring": "/monitoring", "appraisal": "/appraisal",
		"feedback": "/feedback", "improvement": "/improvement"}
}

// boardPage is a page of panels about a cycle.
type boardPage struct {
	page
	State    string // full, no_cycle or empty: how much there is to show
	Cycle    string
	Findings []finding
	Panels   []panelSlot
	Missing  []string // kinds of file that would bring more, in words
	Upload   uploadForm
	Export   string // address of the page's workbook
	Workbook string // address of the whole page as a workbook
	PDF      string // address of the page as it is printed
	Box      *goalBox
}

// panelSlot is a place on the grid that loads its panel.
type panelSlot struct {
	ID, Title, URL, Step string
	Width                int
}

// finding is one sentence at the top and where it leads.
type finding struct{ Sentence, Link string }

// board answers a page of panels: what was found, then the panels.
func (s *server) board(b Page) echo.HandlerFunc {
	return func(c echo.Context) error {
		r, err := s.readRequest(c)
		if err != nil {
			return err
		}
		if err := r.preferClosed(b.IsClosed); err != nil {
			return err
		}
		p := boardPage{page: s.newPage(c, r, b.Name), Upload: uploadForm{Allowed: r.Viewer.May.Import && s.Archive != nil}}
		p.Upload.page = p.page
		p.Title = p.T(b.Name + ".title")
		r.Filter = b.narrowed(r.Filter)
		p.page.Filter = r.Filter
		if b.Export != "" {
			p.Export = r.Filter.URL(b.Export)
		}
		if err := s.fillBoard(c.Request().Context(), r, b, &p); err != nil {
			return err
		}
		return s.render(c, http.StatusOK, "board.html", p)
	}
}

func (s *server) fillBoard(ctx context.Context, r *request, b Page, p *boardPage) (err error) {
	if p.State, err = s.stateOf(ctx, r); err != nil {
		return err
	}
	if p.Filters, err = s.filterBar(ctx, r, "/"+b.Name); err != nil {
		return err
	}
	switch p.State {
	case "full":
		if r.Viewer.May.Export {
			p.Workbook = r.Filter.URL("/" + b.Name + ".xlsx")
			p.PDF = r.Filter.URL("/" + b.Name + ".pdf")
		}
		p.Cycle = clip(r.Cycle.Name)
		p.Panels = slots(r, b.Panels, nil)
		if b.HasGoalBox {
			p.Box = newGoalBox(r, p.page)
		}
		p.Findings, err = s.findings(ctx, r, b.Findings)
	case "no_cycle":
		p.Panels = slots(r, []Panel{headcountPanel()}, nil)
		for _, kind := range []string{"cycle", "goal", "appraisal"} {
			p.Missing = append(p.Missing, p.T("kind."+kind))
		}
	}
	return err
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

// slots places panels on the grid.
func slots(r *request, list []Panel, extra map[string]string) []panelSlot {
	placed := make([]panelSlot, 0, len(list))
	for _, p := range list {
		address := r.Filter.Values()
		for name, value := range extra {
			address.Set(name, value)
		}
		name := dotted(p.Name)
		slot := panelSlot{ID: dashed(p.Name), Title: r.Words.T(name + ".title"), Step: p.Step, Width: p.Width,
			URL: "/panels/" + p.Name + "?" + address.Encode()}
		placed = append(placed, slot)
	}
	return placed
}

// shownFindings is how many sentences open a page.
const shownFindings = 3

// findings says the main findings of the cycle.
func (s *server) findings(ctx context.Context, r *request, wanted []Finding) ([]finding, error) {
	args, err := r.args()
	if err != nil {
		return nil, err
	}
	var found []finding
	about := r.lastClosed()
	for _, f := range wanted {
		asked := r
		if about != nil && f.IsClosed {
			asked = about
		}
		args["cycle"] = asked.Filter.Cycle
		result, err := s.ask(ctx, r.Viewer, f.Query, args)
		if err != nil {
			return nil, err
		}
		if len(result.Rows) > 0 && len(found) < shownFindings {
			f := sentence(asked, result, f.Path)
			if asked != r {
				f.Sentence = r.Words.T("finding.of_cycle", "cycle", clip(asked.Cycle.Name), "sentence", f.Sentence)
			}
			found = append(found, f)
		}
	}
	return found, nil
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
// It leads to path, or to the people where that is empty.
func sentence(r *request, result *analytics.Result, path string) finding {
	row := result.Rows[0]
	args := map[string]any{"base": ""}
	if r.Compare != nil {
		args["base"] = clip(r.Compare.Name)
	}
	for i, column := range result.Columns {
		args[column.Name] = clip(say(r.Words, column, row[i]))
	}
	return finding{
		Sentence: r.Words.Say("finding."+value(result, row, "finding_key"), args),
		Link:     drillURL(r.Filter, findingDrill(result, row, path), result, row),
	}
}

// findingDrill leads to the people or the page a finding is about, by those of its drill_ columns that are set.
func findingDrill(result *analytics.Result, row []any, path string) Panel {
	drill := Drill{Path: cmp.Or(path, "/people"), Columns: map[string]string{}}
	for _, name := range []string{"unit", "manager", "leak", "reviewer", "metric", "sign", "waiting"} {
		if value(result, row, "drill_"+name) != "" {
			drill.Columns[name] = "drill_" + name
		}
	}
	return Panel{Drill: drill}
}

// overviewPanel is one of overviewPanels.
func overviewPanel(name string) Panel { return overviewPanels(name)[0] }

// overviewPanels are panels of the overview, or about one step, that a step's page shows.
func overviewPanels(names ...string) []Panel {
	var found []Panel
	for _, p := range append(loopPanels(), stepPanels()...) {
		if slices.Contains(names, p.Name) {
			found = append(found, p)
		}
	}
	return found
}
