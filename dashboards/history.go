package dashboards

import (
	"context"
	"net/http"
	"strconv"
	"time"

	"github.com/labstack/echo/v4"

	"github.com/perfloop/perfloop/analytics"
	"github.com/perfloop/perfloop/ingest"
	sqltext "github.com/perfloop/perfloop/sql"
)

// Import is one imported file, with what became of its rows. UndoneAt is nil where its rows count.
type Import struct {
	ID        int64      `json:"import_id"`
	File      string     `json:"file"`
	Kinds     string     `json:"kinds"`
	By        string     `json:"imported_by"`
	At        time.Time  `json:"imported_at"`
	Read      int64      `json:"read"`
	New       int64      `json:"new"`
	Changed   int64      `json:"changed"`
	Unchanged int64      `json:"unchanged"`
	Rejected  int64      `json:"rejected"`
	Findings  int64      `json:"findings"`
	UndoneAt  *time.Time `json:"undone_at,omitempty"`
	UndoneBy  string     `json:"undone_by,omitempty"`
}

// Imports lists the imports of the published build, the newest first.
func Imports(ctx context.Context, db analytics.Querier) ([]Import, error) {
	text, _ := sqltext.Panel("data/imports")
	found, err := db.Query(ctx, text.Text, nil, 0)
	if err != nil {
		return nil, err
	}
	imports := make([]Import, 0, len(found.Rows))
	for _, row := range found.Rows {
		imports = append(imports, importOf(found, row))
	}
	return imports, nil
}

func importOf(found *analytics.Result, row []any) Import {
	cell := func(name string) any { return row[found.Index(name)] }
	text := func(name string) string { s, _ := cell(name).(string); return s }
	count := func(name string) int64 { n, _ := cell(name).(int64); return n }
	i := Import{
		ID: count("import_id"), File: text("file_name"), Kinds: text("kinds"), By: text("imported_by"),
		Read: count("read_count"), New: count("new_count"), Changed: count("changed_count"), Unchanged: count("unchanged_count"),
		Rejected: count("rejected_count"), Findings: count("finding_count"), UndoneBy: text("undone_by"),
	}
	i.At, _ = cell("imported_at").(time.Time)
	if at, ok := cell("undone_at").(time.Time); ok {
		i.UndoneAt = &at
	}
	return i
}

// apiImportList answers the list of imports.
func (s *server) apiImportList(c echo.Context) error {
	imports, err := Imports(c.Request().Context(), s.DB)
	if err != nil {
		return err
	}
	return c.JSON(http.StatusOK, imports)
}

// apiImport answers one import: its line of the list and its problems by reason.
func (s *server) apiImport(c echo.Context) error {
	ctx := c.Request().Context()
	imports, err := Imports(ctx, s.DB)
	if err != nil {
		return err
	}
	for _, i := range imports {
		if strconv.FormatInt(i.ID, 10) != c.Param("id") {
			continue
		}
		answer := map[string]any{"import": i}
		for name, panel := range map[string]string{"sheets": "data/sheets", "problems": "data/problems"} {
			found, err := s.ask(ctx, LocalViewer(), panel, analytics.Args{"import_id": i.ID})
			if err != nil {
				return err
			}
			answer[name] = found
		}
		return c.JSON(http.StatusOK, answer)
	}
	return notFound("error.no_import", map[string]any{"import": clip(c.Param("id"))})
}

// apiUndo takes an import back, apiRedo brings it back; with dry_run they only tell the effect.
func (s *server) apiUndo(c echo.Context) error { return s.turn(c, false) }

func (s *server) apiRedo(c echo.Context) error { return s.turn(c, true) }

func (s *server) turn(c echo.Context, redo bool) error {
	if s.Archive == nil {
		return &UserError{Status: http.StatusForbidden, Key: "error.not_allowed"}
	}
	id, err := importID(c)
	if err != nil {
		return err
	}
	u := ingest.Undoing{ImportID: id, Redo: redo, By: sender(c, c.QueryParam("by")), Now: s.Now}
	effect, err := s.runUndo(c.Request().Context(), u, c.QueryParam("dry_run") != "")
	if err != nil {
		return err
	}
	return c.JSON(http.StatusOK, effect)
}
