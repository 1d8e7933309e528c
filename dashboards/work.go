package dashboards

import (
	"bytes"
	"context"
	"errors"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/labstack/echo/v4"

	"github.com/perfloop/perfloop/analytics"
	"github.com/perfloop/perfloop/dashboards/workbook"
)

// noteCauses are the causes that can be named in a note.
func noteCauses() []string { return []string{"environment", "ability", "other"} }

// What a note may hold, in characters, and its form in bytes.
const (
	noteLimit = 2000
	formLimit = 64 << 10
)

// itemPage is one thing that waits, what was noted on it, and the form for another note.
type itemPage struct {
	page
	Heading, Todo, Person, Back, Action string
	Facts                               []Param
	Table                               Table
	MayNote                             bool
	Causes                              []string
	Limit                               int
}

// itemURL is the page of a thing that waits.
func itemURL(f Filter, key string) string {
	if key == "" {
		return ""
	}
	values := f.kept("waiting").Values()
	values.Set("key", key)
	return "/worklist/item?" + values.Encode()
}

// findItem is the thing that waits under the address's key. What is done or was never there is no longer found.
func (s *server) findItem(ctx context.Context, r *request, key string) (*analytics.Result, error) {
	if !r.Viewer.May.SeeIndividuals {
		return nil, &UserError{Status: http.StatusForbidden, Key: "error.not_allowed"}
	}
	args, err := r.args()
	if err != nil {
		return nil, err
	}
	args["key"] = key
	found, err := s.ask(ctx, r.Viewer, "worklist/item", args)
	if err == nil && len(found.Rows) == 0 {
		err = notFound("error.no_item", nil)
	}
	return found, err
}

// workItem answers the page of one thing that waits.
func (s *server) workItem(c echo.Context) error {
	r, err := s.readRequest(c)
	if err != nil {
		return err
	}
	key := c.QueryParam("key")
	item, err := s.findItem(c.Request().Context(), r, key)
	if err != nil {
		return err
	}
	notes, err := s.ask(c.Request().Context(), r.Viewer, "worklist/notes", analytics.Args{"key": key})
	if err != nil {
		return err
	}
	p := itemPage{page: s.newPage(c, r, "worklist"), Action: itemURL(r.Filter, key), Back: r.Filter.kept("waiting").URL("/worklist"),
		Table: tableOf(r, Panel{}, notes), MayNote: r.Viewer.May.Note, Causes: noteCauses(), Limit: noteLimit}
	p.fill(r, item)
	return s.render(c, http.StatusOK, "item.html", p)
}

func (p *itemPage) fill(r *request, item *analytics.Result) {
	row := item.Rows[0]
	kind := value(item, row, "waiting_kind")
	p.Heading = r.Words.T("waiting." + kind)
	p.Todo = r.Words.T("todo." + kind)
	p.Title = p.Heading
	p.Person = personURL(r, value(item, row, "employee_id"))
	for i, column := range item.Columns {
		if row[i] != nil && !isHidden(column.Name) && column.Name != "waiting_kind" && column.Name != "todo" {
			p.Facts = append(p.Facts, Param{Name: columnTitle(r.Words, column.Name), Value: clip(say(r.Words, column, row[i]))})
		}
	}
	p.Table.Caption = r.Words.T("item.notes")
}

// addNote keeps what the form says of a thing that waits.
func (s *server) addNote(c echo.Context) error {
	r, err := s.readRequest(c)
	if err != nil {
		return err
	}
	if !r.Viewer.May.Note {
		return &UserError{Status: http.StatusForbidden, Key: "error.not_allowed"}
	}
	key := c.QueryParam("key")
	item, err := s.findItem(c.Request().Context(), r, key)
	if err != nil {
		return err
	}
	note, err := readNote(c)
	if err != nil {
		return err
	}
	row := item.Rows[0]
	note.Item, note.By = key, r.Viewer.Name
	note.Kind, note.Employee, note.Cycle = value(item, row, "waiting_kind"), value(item, row, "employee_id"), value(item, row, "cycle_id")
	if err := s.DB.AddNote(c.Request().Context(), note); err != nil {
		return err
	}
	return c.Redirect(http.StatusSeeOther, itemURL(r.Filter, key))
}

// readNote is the form's note and cause; it refuses what says nothing, too much or a cause that is none.
func readNote(c echo.Context) (analytics.WorkNote, error) {
	c.Request().Body = http.MaxBytesReader(c.Response(), c.Request().Body, formLimit)
	form, err := c.FormParams()
	var tooLarge *http.MaxBytesError
	if errors.As(err, &tooLarge) {
		return analytics.WorkNote{}, &UserError{Status: http.StatusRequestEntityTooLarge, Key: "error.long_note", Args: map[string]any{"count": noteLimit}}
	}
	if err != nil {
		return analytics.WorkNote{}, &UserError{Status: http.StatusBadRequest, Key: "error.bad_request"}
	}
	return checkNote(form)
}

func checkNote(form url.Values) (analytics.WorkNote, error) {
	n := analytics.WorkNote{Note: strings.TrimSpace(strings.ReplaceAll(form.Get("note"), "\r\n", "\n")), Cause: form.Get("note_cause")}
	switch {
	case n.Note == "" && n.Cause == "":
		return n, &UserError{Status: http.StatusUnprocessableEntity, Key: "error.empty_note"}
	case utf8.RuneCountInString(n.Note) > noteLimit:
		return n, &UserError{Status: http.StatusUnprocessableEntity, Key: "error.long_note", Args: map[string]any{"count": noteLimit}}
	case !utf8.ValidString(n.Note) || strings.ContainsRune(n.Note, 0) || n.Cause != "" && !slices.Contains(noteCauses(), n.Cause):
		return n, &UserError{Status: http.StatusBadRequest, Key: "error.bad_request"}
	}
	return n, nil
}

// exportWorklist answers the worklist as a workbook to send: what waits, manager by manager, and how much of each kind.
func (s *server) exportWorklist(c echo.Context) error {
	r, err := s.readRequest(c)
	if err != nil {
		return err
	}
	if !r.Viewer.May.Export || !r.Viewer.May.SeeIndividuals {
		return &UserError{Status: http.StatusForbidden, Key: "error.not_allowed"}
	}
	args, err := r.args()
	if err != nil {
		return err
	}
	var sheets []workbook.Sheet
	for _, name := range []string{"worklist/items", "worklist/kinds"} {
		result, err := s.ask(c.Request().Context(), r.Viewer, name, args)
		if err != nil {
			return err
		}
		title := r.Words.T(dotted(name) + ".title")
		sheet := workbook.Sheet{Name: title, Title: title, Note: r.exportNote(), Result: spoken(r, result),
			Header: func(column string) string { return columnTitle(r.Words, column) }}
		if result.IsCut {
			sheet.Note += " " + r.Words.T("worklist.cut", "count", rowLimit)
		}
		sheets = append(sheets, sheet)
	}
	byManager(sheets[0].Result)
	var body bytes.Buffer
	if err := workbook.WriteXLSX(&body, sheets); err != nil {
		return err
	}
	return attach(c, attachment{name: "perfloop-worklist-" + r.Filter.Cycle + ".xlsx", contentType: workbookType, body: &body})
}

// byManager brings each manager's rows together and leaves their order otherwise.
func byManager(items *analytics.Result) {
	at := items.Index("manager_name")
	slices.SortStableFunc(items.Rows, func(a, b []any) int { return strings.Compare(text(a[at]), text(b[at])) })
}

// spoken is the result for readers: codes are words, and keys that only links need are left out.
func spoken(r *request, result *analytics.Result) *analytics.Result {
	out := &analytics.Result{IsCut: result.IsCut, Build: result.Build}
	var at []int
	for i, c := range result.Columns {
		if !isHidden(c.Name) || c.Name == "employee_id" {
			at = append(at, i)
			out.Columns = append(out.Columns, c)
		}
	}
	for _, row := range result.Rows {
		values := make([]any, len(at))
		for k, i := range at {
			values[k] = row[i]
			if _, isCode := vocabulary()[result.Columns[i].Name]; isCode && row[i] != nil {
				values[k] = say(r.Words, result.Columns[i], row[i])
			}
		}
		out.Rows = append(out.Rows, values)
	}
	return out
}
