package dashboards

import (
	"cmp"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/labstack/echo/v4"

	"github.com/perfloop/perfloop/analytics"
	"github.com/perfloop/perfloop/dashboards/words"
)

// buildsPage lists the builds that are kept, the newest first.
type buildsPage struct {
	page
	Builds []buildShown
}

// buildShown is a build, why it differs from the one before, and what came and went with it.
type buildShown struct {
	ID                        int64
	Built, AsOf, Imports, Why string
	Moved                     []movedShown
	Since                     string // address of what changed since; "" for the newest
	IsNewest                  bool
}

// movedShown is an import that came into a build or went out of it.
type movedShown struct{ Sentence, Link string }

// shownMoves is how many imports of a build are named.
const shownMoves = 6

// builds answers the list of builds.
func (s *server) builds(c echo.Context) error {
	r, err := s.readRequest(c)
	if err != nil {
		return err
	}
	history, err := s.DB.History()
	if err != nil {
		return err
	}
	p := buildsPage{page: s.newPage(c, r, "data")}
	p.Title = p.T("builds.title")
	var before analytics.BuildRecord
	for _, b := range history.Builds {
		p.Builds = append(p.Builds, showBuild(r.Words, b, before))
		before = b
	}
	slices.Reverse(p.Builds)
	if len(p.Builds) > 0 {
		p.Builds[0].Since, p.Builds[0].IsNewest = "", true
	}
	return s.render(c, http.StatusOK, "builds.html", p)
}

func showBuild(w *words.Words, b, before analytics.BuildRecord) buildShown {
	shown := buildShown{ID: b.ID, Built: w.Value(b.BuiltAt, "time"), AsOf: dayInWords(w, b.AsOf), Imports: w.Number(float64(len(b.Imports)), 0),
		Why: causesInWords(w, b.Causes(before)), Since: fmt.Sprintf("/data/builds/%d", b.ID)}
	for i, m := range b.Moved {
		if i == shownMoves {
			shown.Moved = append(shown.Moved, movedShown{Sentence: w.T("builds.more", "count", len(b.Moved)-shownMoves)})
			break
		}
		key := "builds.went"
		if m.IsIn {
			key = "builds.came"
		}
		shown.Moved = append(shown.Moved, movedShown{Sentence: w.T(key, "file", clip(m.File), "by", clip(m.By)), Link: importURL(strconv.FormatInt(m.ImportID, 10))})
	}
	return shown
}

// dayInWords writes a day that a record has as text.
func dayInWords(w *words.Words, text string) string {
	day, err := time.Parse(time.DateOnly, text)
	if err != nil {
		return clip(text)
	}
	return w.Date(day)
}

// causesInWords says why a build differs from the one before.
func causesInWords(w *words.Words, causes []string) string {
	said := make([]string, len(causes))
	for i, cause := range causes {
		key := "builds.cause_" + cause
		said[i] = w.T(key)
	}
	return cmp.Or(strings.Join(said, " · "), w.T("builds.cause_none"))
}

// changesPage sums up what changed since a build, and lists the figures of one table.
type changesPage struct {
	page
	Since, Until int64
	Mart         string
	Counts, Rows Table
	Download     string
}

// shownChanges bounds what is compared for a page; the file has more.
const shownChanges = 200

// changes answers what changed since the build that the address names.
func (s *server) changes(c echo.Context) error {
	r, err := s.readRequest(c)
	if err != nil {
		return err
	}
	asked, isFile := strings.CutSuffix(c.Param("id"), ".csv")
	id, err := strconv.ParseInt(asked, 10, 64)
	if err != nil {
		return notFound("error.no_build", map[string]any{"build": clip(asked)})
	}
	span := analytics.Span{Since: id, Mart: c.QueryParam("mart")}
	if span.Mart != "" && !r.Viewer.May.SeeIndividuals {
		return &UserError{Status: http.StatusForbidden, Key: "error.not_allowed"}
	}
	if isFile && span.Mart != "" {
		return s.exportChanges(c, r, span)
	}
	p := changesPage{page: s.newPage(c, r, "data"), Since: id, Until: r.Build.ID, Mart: span.Mart}
	p.Title = p.T("changes.title", "build", id)
	counts, err := s.compared(c, analytics.Span{Since: id}, 0)
	if err != nil {
		return err
	}
	p.Counts = tableOf(r, Panel{Name: "data/changes", X: "mart"}, counts)
	p.Counts.Caption = p.Title
	for i, row := range counts.Rows[:len(p.Counts.Rows)] {
		p.Counts.Rows[i][0].Link = changesURL(id, text(row[0])) + "#rows"
	}
	if span.Mart != "" {
		rows, err := s.compared(c, span, shownChanges)
		if err != nil {
			return err
		}
		for _, row := range rows.Rows {
			row[1] = causesInWords(r.Words, strings.Split(text(row[1]), ", "))
		}
		p.Rows, p.Download = tableOf(r, Panel{Name: "data/changes"}, rows), changesURL(id, span.Mart)
		p.Download = strings.Replace(p.Download, asked+"?", asked+".csv?", 1)
		p.Rows.Caption = span.Mart
	}
	return s.render(c, http.StatusOK, "changes.html", p)
}

func changesURL(build int64, mart string) string {
	return fmt.Sprintf("/data/builds/%d?%s", build, url.Values{"mart": {mart}}.Encode())
}

// compared asks the history: how much moved where no limit is given, else the figures themselves.
func (s *server) compared(c echo.Context, span analytics.Span, limit int) (*analytics.Result, error) {
	history, err := s.DB.History()
	if err != nil {
		return nil, err
	}
	var result *analytics.Result
	if limit == 0 {
		result, err = history.ChangeCounts(c.Request().Context(), span)
	} else {
		result, err = history.Changes(c.Request().Context(), span, limit)
	}
	if errors.Is(err, analytics.ErrNoBuild) {
		return nil, notFound("error.no_build", map[string]any{"build": span.Since})
	}
	return result, err
}

// exportChanges answers all figures of a table that moved, as a file.
func (s *server) exportChanges(c echo.Context, r *request, span analytics.Span) error {
	result, err := s.compared(c, span, exportedChanges)
	if err != nil {
		return err
	}
	return s.export(c, r, exported{panel: Panel{Name: "data/changes"}, result: result, ext: ".csv"})
}

// exportedChanges bounds the file.
const exportedChanges = 200_000
