package dashboards

import (
	"crypto/rand"
	"encoding/csv"
	"errors"
	"net/http"
	"path"
	"strings"

	"github.com/labstack/echo/v4"

	"github.com/perfloop/perfloop/dashboards/words"
	"github.com/perfloop/perfloop/dashboards/workbook"
)

// UserError is a mistake a person can mend: the key of its words and their arguments.
type UserError struct {
	Status int
	Key    string
	Args   map[string]any
	Others []*UserError // further mistakes in the same thing
}

func (e *UserError) Error() string { return e.Key }

// sentences are the mistake and the others in words.
func (e *UserError) sentences(w *words.Words) []string {
	all := []string{w.Say(e.Key, e.Args)}
	for _, other := range e.Others {
		all = append(all, other.sentences(w)...)
	}
	return all
}

// sentence is all of them, a line each.
func (e *UserError) sentence(w *words.Words) string { return strings.Join(e.sentences(w), "\n") }

// notFound says that there is no such thing, and what there is.
func notFound(key string, args map[string]any) error {
	return &UserError{Status: http.StatusNotFound, Key: key, Args: args}
}

// asUserError finds the user's mistake in an error, whichever package names it.
func asUserError(err error) (*UserError, bool) {
	var ours *UserError
	if errors.As(err, &ours) {
		return ours, true
	}
	var book *workbook.UserError
	if errors.As(err, &book) {
		return &UserError{Status: http.StatusNotFound, Key: "workbook." + book.Key, Args: book.Args}, true
	}
	var web *echo.HTTPError
	if errors.As(err, &web) && web.Code < http.StatusInternalServerError {
		return &UserError{Status: web.Code, Key: webErrorKey(web.Code)}, true
	}
	return nil, false
}

func webErrorKey(status int) string {
	switch status {
	case http.StatusNotFound, http.StatusMethodNotAllowed:
		return "error.no_page"
	case http.StatusRequestEntityTooLarge:
		return "error.too_large"
	}
	return "error.bad_request"
}

// fail answers an error in the form that was asked for. Ours are logged under an id and shown as that.
func (s *server) fail(err error, c echo.Context) {
	if c.Response().Committed || c.Request().Context().Err() != nil {
		return
	}
	if err := s.tell(c, s.mistake(c, err)); err != nil {
		s.Log.Error("answer an error", "path", c.Request().URL.Path, "error", err)
	}
}

// mistake is what a person is told of an error; ours is logged and told by its id.
func (s *server) mistake(c echo.Context, err error) *UserError {
	mistake, ok := asUserError(err)
	if !ok {
		id := errorID()
		s.Log.Error("request failed", "id", id, "path", c.Request().URL.Path, "error", err)
		mistake = &UserError{Status: http.StatusInternalServerError, Key: "error.internal", Args: map[string]any{"id": id}}
	}
	return mistake
}

// errorID names an error of ours in the log and to the person who met it.
func errorID() string { return rand.Text()[:8] }

func (s *server) tell(c echo.Context, mistake *UserError) error {
	w := words.For(language(c))
	sentence := mistake.sentence(w)
	switch wanted(c) {
	case "json":
		return c.JSON(mistake.Status, map[string]string{"error": mistake.Key, "message": sentence})
	case "csv":
		c.Response().Header().Set(echo.HeaderContentType, "text/csv; charset=utf-8")
		c.Response().WriteHeader(mistake.Status)
		out := csv.NewWriter(c.Response())
		defer out.Flush()
		return out.Write([]string{sentence})
	case "fragment":
		return s.render(c, mistake.Status, "_error.html", errorPage{Sentence: sentence})
	}
	p := s.bare(c)
	p.Title = w.T("error.title")
	return s.render(c, mistake.Status, "message.html", errorPage{page: p, Sentence: sentence})
}

type errorPage struct {
	page
	Sentence string
}

// wanted is the form of the answer: json, csv, fragment or html.
func wanted(c echo.Context) string {
	switch ext := path.Ext(c.Request().URL.Path); {
	case ext == ".json" || strings.HasPrefix(c.Request().URL.Path, "/api/"),
		strings.Contains(c.Request().Header.Get(echo.HeaderAccept), "application/json"):
		return "json"
	case ext == ".csv":
		return "csv"
	case c.Request().Header.Get("HX-Request") != "":
		return "fragment"
	}
	return "html"
}
