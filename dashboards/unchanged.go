package dashboards

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"net/http"
	"strings"

	"github.com/labstack/echo/v4"
)

// unchanged lets a browser keep a page or panel and ask whether it still holds. An answer is told by the build, the viewer's
// scope, the address, language, theme and this run of the program; while these hold no query is needed to say so.
func (s *server) unchanged(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		tag := s.tag(c, viewerOf(c))
		h := c.Response().Header()
		h.Set("Vary", varies)
		h.Set("Cache-Control", "private, no-cache")
		h.Set("ETag", tag)
		if isHeld(c.Request().Header.Get("If-None-Match"), tag) {
			return c.NoContent(http.StatusNotModified)
		}
		err := next(c)
		if err != nil && !c.Response().Committed {
			h.Del("ETag")
			h.Set("Cache-Control", "no-store")
		}
		return err
	}
}

// varies names what an answer hangs on beside its address.
const varies = "Accept-Encoding, Accept-Language, Cookie, HX-Request"

// tag names the one answer that a request has. It is weak: compressed or not, it is the same page.
func (s *server) tag(c echo.Context, v Viewer) string {
	sum := sha256.New()
	fmt.Fprintf(sum, "%s\x00%d\x00%q\x00%+v\x00%q\x00%s\x00%s\x00%s", s.run, s.DB.Published().ID, v.Scope.UnitID, v.May,
		c.Request().URL.RequestURI(), language(c), theme(c), c.Request().Header.Get("HX-Request"))
	return `W/"` + hex.EncodeToString(sum.Sum(nil))[:32] + `"`
}

// newRun names a run of the program: another may have other templates, words and queries.
func newRun() string { return rand.Text() }

// isHeld reports that one of the tags a browser holds is this one.
func isHeld(held, tag string) bool {
	for _, one := range strings.Split(held, ",") {
		one = strings.TrimSpace(one)
		if one == tag || "W/"+one == tag {
			return true
		}
	}
	return false
}
