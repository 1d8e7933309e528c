package dashboards

import (
	"cmp"
	"errors"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/labstack/echo/v4"

	"github.com/perfloop/perfloop/dashboards/reports"
	"github.com/perfloop/perfloop/dashboards/words"
)

// What the page of scheduled reports shows of the log, and its form in bytes.
const (
	shownSendings   = 50
	reportFormLimit = 64 << 10
)

// reportsPage lists what is sent again and again, what was sent, and the form for another.
type reportsPage struct {
	page
	Schedules []reportRow
	Sendings  []sendingRow
	Pages     []Param // name and title of what can be sent
	Form      reports.Schedule
	To        string
	Problem   string
	HasMail   bool
}

// reportRow is a schedule in words.
type reportRow struct {
	ID                             int64
	Title, Filter, Times, To, Next string
	Form                           string
}

// sendingRow is a line of the log in words.
type sendingRow struct {
	ID                                int64
	DueAt, At, State, To, Size, Error string
}

func (s *server) reports(c echo.Context) error {
	return s.showReports(c, http.StatusOK, reports.Schedule{Form: reports.FormPDF, Page: "/loop", Cron: "0 7 * * 1", Zone: "Europe/Berlin"}, nil)
}

// showReports answers the page, with the form as it was sent and what is wrong with it.
func (s *server) showReports(c echo.Context, status int, form reports.Schedule, problem *UserError) error {
	r, err := s.readRequest(c)
	if err != nil {
		return err
	}
	if s.Config.Reports.Book == nil || !r.Viewer.May.Export {
		return &UserError{Status: http.StatusForbidden, Key: "error.not_allowed"}
	}
	p := reportsPage{page: s.newPage(c, r, "reports"), Form: form, To: strings.Join(form.To, ", "), HasMail: s.Config.Reports.Mail.Host != ""}
	p.Title = p.T("reports.title")
	if problem != nil {
		p.Problem = problem.sentence(r.Words)
	}
	for _, b := range pages() {
		p.Pages = append(p.Pages, Param{"/" + b.Name, p.T(b.Name + ".title")})
	}
	if err := p.fill(s, r); err != nil {
		return err
	}
	return s.render(c, status, "reports.html", p)
}

func (p *reportsPage) fill(s *server, r *request) error {
	all, err := s.Config.Reports.Book.Schedules()
	if err != nil {
		return err
	}
	for _, one := range all {
		row := reportRow{ID: one.ID, Title: p.T(strings.TrimPrefix(one.Page, "/") + ".title"), Filter: clip(one.Filter), Form: strings.ToUpper(string(one.Form)),
			Times: one.Cron + " · " + one.Zone, To: clip(cmp.Or(one.Folder, strings.Join(one.To, ", ")))}
		if next, err := one.Next(s.Now()); err == nil {
			row.Next = r.Words.Value(next, "time")
		}
		p.Schedules = append(p.Schedules, row)
	}
	log, err := s.Config.Reports.Book.Log()
	if err != nil {
		return err
	}
	slices.Reverse(log)
	for _, line := range log[:min(len(log), shownSendings)] {
		p.Sendings = append(p.Sendings, sendingRow{ID: line.Schedule, DueAt: r.Words.Value(line.DueAt, "time"), At: r.Words.Value(line.At, "time"),
			State: p.T("sending." + string(line.State)), To: clip(cmp.Or(line.File, strings.Join(line.To, ", "))), Error: clip(line.Error)})
	}
	return nil
}

// addReport keeps what the form asks for.
func (s *server) addReport(c echo.Context) error {
	viewer := viewerOf(c)
	if s.Config.Reports.Book == nil || !viewer.May.Export {
		return &UserError{Status: http.StatusForbidden, Key: "error.not_allowed"}
	}
	c.Request().Body = http.MaxBytesReader(c.Response(), c.Request().Body, reportFormLimit)
	form, err := c.FormParams()
	if err != nil {
		return &UserError{Status: http.StatusBadRequest, Key: "error.bad_request"}
	}
	wanted := s.readReport(form, viewer)
	problem := s.reportProblem(wanted)
	if problem == nil {
		_, err := s.Config.Reports.Book.Add(wanted)
		if err == nil {
			return c.Redirect(http.StatusSeeOther, "/reports")
		}
		if problem = reportFault(err); problem == nil {
			return err
		}
	}
	return s.showReports(c, problem.Status, wanted, problem)
}

// readReport is what a form asks for, for a reader who may see no more than who asks.
func (s *server) readReport(form url.Values, viewer Viewer) reports.Schedule {
	wanted := reports.Schedule{Page: form.Get("page"), Filter: strings.TrimPrefix(strings.TrimSpace(form.Get("filter")), "?"), Form: reports.Form(form.Get("form")),
		Lang: form.Get("report_lang"), Cron: strings.TrimSpace(form.Get("cron")), Zone: strings.TrimSpace(form.Get("zone")), Folder: strings.TrimSpace(form.Get("folder")),
		For:     reports.Reader{UnitID: cmp.Or(viewer.Scope.UnitID, strings.TrimSpace(form.Get("unit"))), SeeIndividuals: viewer.May.SeeIndividuals && form.Get("individuals") != "", SeeFairness: viewer.May.SeeFairness && form.Get("fairness") != ""},
		AddedAt: s.Now().UTC(), AddedBy: viewer.Name}
	wanted.To = strings.FieldsFunc(form.Get("to"), func(r rune) bool { return strings.ContainsRune(",; \n\r\t，；", r) })
	return wanted
}

// reportProblem is what only the product knows to be wrong: a page, language or filter that is none, or no way for mail to leave.
func (s *server) reportProblem(wanted reports.Schedule) *UserError {
	isPage := slices.ContainsFunc(pages(), func(b Page) bool { return "/"+b.Name == wanted.Page })
	_, err := url.ParseQuery(wanted.Filter)
	switch {
	case !isPage || err != nil || !slices.Contains(words.Languages, wanted.Lang):
		return &UserError{Status: http.StatusBadRequest, Key: "error.bad_request"}
	case len(wanted.To) > 0 && s.Config.Reports.Mail.Host == "":
		return &UserError{Status: http.StatusUnprocessableEntity, Key: "error.no_mail"}
	}
	return nil
}

// reportFault says in words what is wrong with a schedule; nil where the fault is not the reader's.
func reportFault(err error) *UserError {
	for fault, key := range map[error]string{reports.ErrCron: "error.report_cron", reports.ErrZone: "error.report_zone", reports.ErrForm: "error.bad_request",
		reports.ErrNowhere: "error.report_nowhere", reports.ErrAddress: "error.report_address", reports.ErrFolder: "error.report_folder"} {
		if errors.Is(err, fault) {
			return &UserError{Status: http.StatusUnprocessableEntity, Key: key}
		}
	}
	return nil
}

// removeReport forgets a schedule; what it sent stays in the log.
func (s *server) removeReport(c echo.Context) error {
	if s.Config.Reports.Book == nil || !viewerOf(c).May.Export {
		return &UserError{Status: http.StatusForbidden, Key: "error.not_allowed"}
	}
	id, err := strconv.ParseInt(c.Param("id"), 10, 64)
	if err != nil {
		return notFound("error.no_page", nil)
	}
	if err := s.Config.Reports.Book.Remove(id); errors.Is(err, reports.ErrNoSchedule) {
		return notFound("error.no_page", nil)
	} else if err != nil {
		return err
	}
	return c.Redirect(http.StatusSeeOther, "/reports")
}

// sendReport sends a report at once; the log says how it went.
func (s *server) sendReport(c echo.Context) error {
	if s.Config.Reports.Book == nil || !viewerOf(c).May.Export {
		return &UserError{Status: http.StatusForbidden, Key: "error.not_allowed"}
	}
	id, err := strconv.ParseInt(c.Param("id"), 10, 64)
	if err != nil {
		return notFound("error.no_page", nil)
	}
	if _, err := s.runner.SendNow(c.Request().Context(), id); errors.Is(err, reports.ErrNoSchedule) {
		return notFound("error.no_page", nil)
	} else if err != nil {
		return err
	}
	return c.Redirect(http.StatusSeeOther, "/reports")
}
