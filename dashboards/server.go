// Package dashboards is everything a browser sees: pages, panels, charts, exports and the import form.
package dashboards

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"html/template"
	"log/slog"
	"maps"
	"net/http"
	"os"
	"sync"
	"time"

	"github.com/labstack/echo/v4"

	"github.com/perfloop/perfloop/analytics"
	"github.com/perfloop/perfloop/dashboards/picture"
	"github.com/perfloop/perfloop/dashboards/reports"
	"github.com/perfloop/perfloop/ingest"
	sqltext "github.com/perfloop/perfloop/sql"
)

// Config is what the pages are made from. Now and Log may be left out.
type Config struct {
	DB      *analytics.DB
	Archive *ingest.Archive
	Token   string // lets the command line import through the server; empty: nobody
	Tokens  Tokens // of other programs
	Log     *slog.Logger
	Reports Reports // what is sent again and again
	Now     func() time.Time
	Asked   func(panel string) // told of each query that is run for a page; may be nil
	Uploads string             // folder for files that wait to be confirmed; cleared by New. Empty: one of the system's
}

// server answers every route. Beside what it was made with it holds the uploads under way, what it has read of the catalogue, and
// what queries answered, which the warehouse can answer again.
type server struct {
	Config
	assets   assets
	pictures *picture.Drawer
	pages    map[string]*template.Template
	jobs     *jobs
	library  library
	answers  *answers
	press    *press
	runner   *reports.Runner
	run      string // of the program

	explainer func() (*analytics.Explainer, error) // reads the models' lineage once, when it is first asked for
}

// Handler is the routes with their middleware.
type Handler struct {
	*echo.Echo
	jobs *jobs
	stop context.CancelFunc
}

// Close stops what uploads have under way, waits for it and deletes their files. An import that is stopped keeps nothing.
func (h *Handler) Close() error {
	h.stop()
	h.jobs.running.Wait()
	return os.RemoveAll(h.jobs.dir)
}

// New makes the routes. The caller closes what it gets when nobody asks any more.
func New(c Config) (*Handler, error) {
	if c.DB == nil {
		return nil, errors.New("dashboards: no warehouse")
	}
	if c.Now == nil {
		c.Now = time.Now
	}
	if c.Log == nil {
		c.Log = slog.New(slog.DiscardHandler)
	}
	s := &server{Config: c, answers: newAnswers(answerBytes), run: newRun(), explainer: sync.OnceValues(func() (*analytics.Explainer, error) {
		return analytics.NewExplainer(context.Background(), c.DB)
	})}
	var err error
	if s.assets, err = readAssets(); err != nil {
		return nil, err
	}
	if s.pictures, err = picture.New(s.assets.files); err != nil {
		return nil, err
	}
	if s.pages, err = parseTemplates(); err != nil {
		return nil, err
	}
	h := &Handler{Echo: echo.New()}
	if err := h.openJobs(&s.Config); err != nil {
		return nil, err
	}
	s.jobs = h.jobs
	e := h.Echo
	e.HideBanner, e.HidePort = true, true
	e.IPExtractor = echo.ExtractIPDirect()
	e.HTTPErrorHandler = s.fail
	e.Use(recovered, secure())
	s.press, s.runner = newPress(e), h.Runner(c)
	s.routes(e)
	return h, nil
}

// openJobs makes the registry of uploads.
func (h *Handler) openJobs(c *Config) (err error) {
	dir := c.Uploads
	if dir == "" {
		if dir, err = os.MkdirTemp("", "perfloop-uploads-"); err != nil {
			return fmt.Errorf("make folder of uploads: %w", err)
		}
	}
	var base context.Context
	base, h.stop = context.WithCancel(context.Background())
	h.jobs, err = newJobs(base, dir, c.Now)
	return err
}

// ask runs a panel's query for a viewer. All reading for pages and exports goes through here, so a
// narrower scope, the suppression of small groups and the keeping of answers have one place. The answer is shared: nobody changes it.
func (s *server) ask(ctx context.Context, v Viewer, panel string, args analytics.Args) (*analytics.Result, error) {
	f, ok := sqltext.Panel(panel)
	if !ok {
		return nil, fmt.Errorf("panel %s has no query", panel)
	}
	if p, isPanel := findPanel(panel); isPanel && p.IsProtected && !v.May.SeeFairness {
		return nil, &UserError{Status: http.StatusForbidden, Key: "error.not_allowed"}
	}
	asked, _ := args["unit"].(string)
	unit, err := s.unitWithin(ctx, v, asked)
	if err != nil {
		return nil, err
	}
	args = maps.Clone(args)
	if unit != "" {
		args["unit"] = unit
	}
	return s.answers.get(ctx, question{build: s.DB.Published().ID, viewer: v, panel: panel, args: args}, func(ctx context.Context) (*analytics.Result, error) {
		return s.query(ctx, v, f, args)
	})
}

// query asks the warehouse and suppresses what the viewer may not see.
func (s *server) query(ctx context.Context, v Viewer, f sqltext.File, args analytics.Args) (*analytics.Result, error) {
	r, err := s.DB.Query(ctx, f.Text, args, rowLimit)
	if err != nil {
		return nil, fmt.Errorf("panel %s: %w", f.Name, err)
	}
	if s.Asked != nil {
		s.Asked(f.Name)
	}
	if v.May.SeeIndividuals {
		return r, nil
	}
	smallest, err := s.DB.Query(ctx, "select minimum_group_count from dim_setting", nil, 1)
	if err != nil {
		return nil, fmt.Errorf("read smallest group: %w", err)
	}
	suppress(r, smallest.Rows[0][0].(int64))
	return r, nil
}

// unitWithin is the unit that a viewer who asks for one gets: it, where the viewer's scope holds it, else the
// scope itself. Empty is the whole company.
func (s *server) unitWithin(ctx context.Context, v Viewer, asked string) (string, error) {
	if v.Scope.UnitID == "" || asked == "" || asked == v.Scope.UnitID {
		return cmp.Or(v.Scope.UnitID, asked), nil
	}
	r, err := s.DB.Query(ctx, `
		select wanted.unit_id
		from dim_unit as wanted
		join dim_unit as scope on starts_with(wanted.unit_path, scope.unit_path || '/')
		where wanted.unit_id = $asked and scope.unit_id = $scope`, analytics.Args{"asked": asked, "scope": v.Scope.UnitID}, 1)
	if err != nil {
		return "", fmt.Errorf("look up scope: %w", err)
	}
	if len(r.Rows) == 0 {
		return v.Scope.UnitID, nil
	}
	return asked, nil
}

// rowLimit bounds what one panel fetches and a page or export shows; the panel says when it was cut.
const rowLimit = 20_000
