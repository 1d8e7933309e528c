package dashboards

import (
	"net/http"

	"github.com/labstack/echo/v4"
)

// routes lists every route there is.
func (s *server) routes(e *echo.Echo) {
	e.GET("/", func(c echo.Context) error { return c.Redirect(http.StatusFound, "/loop") })
	for _, b := range pages() {
		e.GET("/"+b.Name, s.board(b), s.unchanged)
		e.GET("/"+b.Name+".xlsx", s.exportPage(b))
		e.GET("/"+b.Name+".pdf", s.exportPDF(b))
	}
	e.GET("/goals/score", s.goalBoxPage)
	e.POST("/goals/score", s.scoreGoals)
	e.GET("/worklist/item", s.workItem)
	e.POST("/worklist/item", s.addNote)
	e.GET("/export/worklist", s.exportWorklist)
	e.GET("/reports", s.reports)
	e.POST("/reports", s.addReport)
	e.POST("/reports/:id/remove", s.removeReport)
	e.POST("/reports/:id/send", s.sendReport)
	e.GET("/people", s.people, s.unchanged)
	e.GET("/people/:id", s.person, s.unchanged)
	e.GET("/people/:id/brief", s.brief, s.unchanged)
	e.GET("/trace", s.trace, s.unchanged)
	e.GET("/data", s.data)
	e.GET("/data/quality", s.quality)
	e.GET("/data/builds", s.builds)
	e.GET("/data/builds/:id", s.changes)
	e.GET("/data/lineage", s.lineage)
	e.GET("/data/metrics", s.metrics)
	e.POST("/data", s.upload)
	e.GET("/data/uploads/:id", s.uploadPage)
	e.GET("/data/uploads/:id/progress", s.uploadProgress)
	e.GET("/data/uploads/:id/mapping", s.uploadMapping)
	e.POST("/data/uploads/:id/check", s.uploadAgain)
	e.POST("/data/uploads/:id/import", s.uploadImport)
	e.POST("/data/uploads/:id/stop", s.uploadStop)
	e.POST("/data/uploads/:id/discard", s.uploadDiscard)
	e.GET("/data/imports/:id", s.dataImport)
	e.GET("/data/imports/:id/original", s.original)
	e.GET("/data/imports/:id/rejected.xlsx", s.rejected)
	e.GET("/data/imports/:id/undo", s.undoPage)
	e.POST("/data/imports/:id/undo", s.undo)
	e.GET("/data/imports/:id/redo", s.redoPage)
	e.POST("/data/imports/:id/redo", s.redo)
	api := e.Group("/api", s.importersOnly)
	api.POST("/imports", s.apiImports)
	api.GET("/imports", s.apiImportList)
	api.GET("/imports/:id", s.apiImport)
	api.GET("/imports/:id/original", s.original)
	api.GET("/imports/:id/rejected.xlsx", s.rejected)
	api.POST("/imports/:id/undo", s.apiUndo)
	api.POST("/imports/:id/redo", s.apiRedo)
	api.POST("/settings", s.apiSettings)
	e.GET("/panels/:page/:name", s.panel, s.unchanged)
	e.GET("/explain", s.explain, s.unchanged)
	e.GET("/export/calibration", s.exportCalibration)
	e.GET("/healthz", s.health)
	e.GET("/static/:hash/*", s.assets.serve)
}

// health answers whether queries are served, and from which build.
func (s *server) health(c echo.Context) error {
	build := s.DB.Published()
	if build.ID == 0 {
		return c.JSON(http.StatusServiceUnavailable, map[string]any{"status": "nothing published"})
	}
	return c.JSON(http.StatusOK, map[string]any{"status": "ok", "build": build.ID, "as_of": build.AsOf.Format("2006-01-02")})
}
