package dashboards

import (
	"context"
	"net/http"

	"github.com/labstack/echo/v4"

	"github.com/perfloop/perfloop/analytics"
)

// tracePage shows the rows of files that a value was made from.
type tracePage struct {
	page
	Kind     string
	Versions []traceVersion
}

// traceVersion is one stored row: where it stands and what it says. The newest counts.
type traceVersion struct {
	File, Sheet, Line, Imported string
	Download, Import            string
	IsCurrent                   bool
	Facts                       []Param
}

// traceKinds are the raw tables whose rows have a natural key.
func traceKinds() []string {
	return []string{"appraisal", "calibration", "check_in", "conversation", "cycle", "employee", "goal", "guideline",
		"improvement_plan", "incentive", "plan_item", "rating_scale", "reading", "unit"}
}

// trace answers all versions of the thing that kind and key name.
func (s *server) trace(c echo.Context) error {
	r, err := s.readRequest(c)
	if err != nil {
		return err
	}
	kind, key := c.QueryParam("kind"), c.QueryParam("key")
	found, kind, err := s.versions(c.Request().Context(), r, traceKey{kind: kind, key: key})
	if err != nil {
		return err
	}
	p := tracePage{page: s.newPage(c, r, "data"), Kind: r.Words.T("kind." + kind)}
	p.Title = p.T("trace.title", "kind", p.Kind)
	for i, row := range found.Rows {
		p.Versions = append(p.Versions, versionOf(r, found, row, i == 0))
	}
	return s.render(c, http.StatusOK, "trace.html", p)
}

// traceKey names a thing by its natural key; kind "" is any.
type traceKey struct{ kind, key string }

// versions finds the stored rows of a thing and the kind of file that they are of.
func (s *server) versions(ctx context.Context, r *request, wanted traceKey) (*analytics.Result, string, error) {
	for _, kind := range traceKinds() {
		if wanted.kind != "" && wanted.kind != kind {
			continue
		}
		found, err := s.ask(ctx, r.Viewer, "data/trace_"+kind, analytics.Args{"key": wanted.key})
		if err != nil || len(found.Rows) > 0 {
			return found, kind, err
		}
	}
	return nil, "", notFound("error.no_trace", map[string]any{"key": clip(wanted.key)})
}

func versionOf(r *request, found *analytics.Result, row []any, isCurrent bool) traceVersion {
	id := value(found, row, "import_id")
	v := traceVersion{
		File: value(found, row, "file_name"), Sheet: value(found, row, "sheet"), Line: value(found, row, "line"),
		Imported: r.Words.Value(row[found.Index("imported_at")], "time"), IsCurrent: isCurrent,
	}
	if v.File != "" {
		v.Import, v.Download = importURL(id), importURL(id)+"/original"
	}
	for i, column := range found.Columns {
		switch column.Name {
		case "import_id", "file_name", "sheet", "line", "imported_at", "natural_key":
			continue
		}
		if row[i] != nil {
			v.Facts = append(v.Facts, Param{Name: columnTitle(r.Words, column.Name), Value: say(r.Words, column, row[i])})
		}
	}
	return v
}

func contains(list []string, wanted string) bool {
	for _, s := range list {
		if s == wanted {
			return true
		}
	}
	return false
}
