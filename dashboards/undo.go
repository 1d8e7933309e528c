package dashboards

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"net/http"
	"strconv"

	"github.com/labstack/echo/v4"

	"github.com/perfloop/perfloop/dashboards/words"
	"github.com/perfloop/perfloop/dashboards/workbook"
	"github.com/perfloop/perfloop/ingest"
)

// undoPage shows what undoing an import would do, before anybody does it.
type undoPage struct {
	page
	Effect       ingest.Effect
	Action, Back string
}

// Number writes a count as the language does.
func (p undoPage) Number(n int64) string { return p.Words.Number(float64(n), 0) }

// Later says how a later import would count.
func (p undoPage) Later(i ingest.ImportEffect) string {
	return p.T("undo.import", "import", i.ImportID, "file", clip(i.File), "new", i.After.New, "changed", i.After.Changed,
		"unchanged", i.After.Unchanged, "rejected", i.After.Rejected)
}

func (s *server) undoPage(c echo.Context) error { return s.showUndo(c, false) }

func (s *server) redoPage(c echo.Context) error { return s.showUndo(c, true) }

func (s *server) undo(c echo.Context) error { return s.doUndo(c, false) }

func (s *server) redo(c echo.Context) error { return s.doUndo(c, true) }

func (s *server) showUndo(c echo.Context, redo bool) error {
	effect, err := s.applyUndo(c, redo, true)
	if err != nil {
		return err
	}
	back := importURL(strconv.FormatInt(effect.ImportID, 10))
	p := undoPage{page: s.bare(c), Effect: effect, Action: c.Request().URL.Path, Back: back}
	p.Section = "data"
	title := "undo.title"
	if redo {
		title = "undo.title_redo"
	}
	p.Title = p.T(title, "file", clip(effect.File))
	return s.render(c, http.StatusOK, "undo.html", p)
}

func (s *server) doUndo(c echo.Context, redo bool) error {
	effect, err := s.applyUndo(c, redo, false)
	if err != nil {
		return err
	}
	return c.Redirect(http.StatusSeeOther, importURL(strconv.FormatInt(effect.ImportID, 10)))
}

// applyUndo undoes or brings back the import that the address names; a preview keeps nothing.
func (s *server) applyUndo(c echo.Context, redo, isPreview bool) (ingest.Effect, error) {
	if !LocalViewer().May.Import || s.Archive == nil {
		return ingest.Effect{}, &UserError{Status: http.StatusForbidden, Key: "error.not_allowed"}
	}
	id, err := importID(c)
	if err != nil {
		return ingest.Effect{}, err
	}
	return s.runUndo(c.Request().Context(), ingest.Undoing{ImportID: id, Redo: redo, By: LocalViewer().Name, Now: s.Now}, isPreview)
}

// runUndo is the one way in which browser and programs undo.
func (s *server) runUndo(ctx context.Context, u ingest.Undoing, isPreview bool) (ingest.Effect, error) {
	undo, update := s.Archive.Undo, s.update
	if isPreview {
		undo, update = s.Archive.PreviewUndo, s.preview
	}
	effect, err := undo(ctx, update, u)
	var fault *ingest.HistoryError
	if errors.As(err, &fault) {
		return effect, &UserError{Status: http.StatusConflict, Key: "problem." + fault.Key, Args: fault.Args}
	}
	return effect, err
}

// rejected answers the rows of an import that were not stored, as a workbook to mend and import again.
func (s *server) rejected(c echo.Context) error {
	viewer := LocalViewer()
	if !viewer.May.Export || !viewer.May.SeeIndividuals || s.Archive == nil {
		return &UserError{Status: http.StatusForbidden, Key: "error.not_allowed"}
	}
	id, err := importID(c)
	if err != nil {
		return err
	}
	plans, err := s.Archive.SheetPlans(id)
	if err != nil {
		return err
	}
	var body bytes.Buffer
	book := workbook.Rejected{ImportID: id, Plans: plans, Lang: words.For(language(c)).Lang}
	if err := workbook.WriteRejected(c.Request().Context(), &body, s.DB, book); err != nil {
		return err
	}
	return attach(c, attachment{name: fmt.Sprintf("perfloop-rejected-%d.xlsx", id), contentType: workbookType, body: &body})
}
