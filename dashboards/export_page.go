package dashboards

import (
	"bytes"
	"context"
	"fmt"
	"net/http"

	"github.com/labstack/echo/v4"

	"github.com/perfloop/perfloop/analytics"
	"github.com/perfloop/perfloop/dashboards/workbook"
)

// exportPage answers a whole page as one workbook: what it is about, then a sheet a panel.
func (s *server) exportPage(b Page) echo.HandlerFunc {
	return func(c echo.Context) error {
		r, err := s.readRequest(c)
		if err != nil {
			return err
		}
		if !r.Viewer.May.Export {
			return &UserError{Status: http.StatusForbidden, Key: "error.not_allowed"}
		}
		if r.Cycle == nil {
			return notFound("error.no_page", nil)
		}
		if err := r.preferClosed(b.IsClosed); err != nil {
			return err
		}
		r.Filter = b.narrowed(r.Filter)
		sheets, err := s.pageSheets(c.Request().Context(), r, b)
		if err != nil {
			return err
		}
		var body bytes.Buffer
		if err := workbook.WriteXLSX(&body, sheets); err != nil {
			return fmt.Errorf("export page %s: %w", b.Name, err)
		}
		name := "perfloop-" + b.Name + "-" + r.Filter.Cycle + ".xlsx"
		return attach(c, attachment{name: name, contentType: workbookType, body: &body})
	}
}

// narrowed is the filter as far as the page follows it.
func (b Page) narrowed(f Filter) Filter {
	asked, kept := f.Values(), f.Scope()
	for _, name := range b.Keeps {
		kept = kept.With(name, asked.Get(name))
	}
	return kept
}

// pageSheets are the sheets of a page's workbook. Panels that the viewer may not see are named on the first
// sheet and left out.
func (s *server) pageSheets(ctx context.Context, r *request, b Page) ([]workbook.Sheet, error) {
	about, err := s.aboutPage(ctx, r, b)
	if err != nil {
		return nil, err
	}
	args, err := r.args()
	if err != nil {
		return nil, err
	}
	args["employee_id"], args["import_id"] = nil, nil
	var sheets []workbook.Sheet
	for _, p := range b.Panels {
		title, meaning := r.Words.T(dotted(p.Name)+".title"), r.Words.T(dotted(p.Name)+".meaning")
		if p.IsProtected && !r.Viewer.May.SeeFairness {
			about.say(title, r.Words.T("book.left_out"))
			continue
		}
		result, err := s.ask(ctx, r.Viewer, p.Name, args)
		if err != nil {
			return nil, err
		}
		if !r.Viewer.May.SeeIndividuals && result.Index("people_count") < 0 {
			about.say(title, r.Words.T("book.left_out"))
			continue
		}
		sheet := panelSheet(r, p, result)
		about.say(title, meaning)
		if len(result.Rows) == 0 {
			about.say("", r.Words.T(dotted(p.Name)+".empty"))
		}
		sheets = append(sheets, sheet)
	}
	return append([]workbook.Sheet{about.sheet(r, b)}, sheets...), nil
}

// panelSheet is a panel's rows for readers.
func panelSheet(r *request, p Panel, result *analytics.Result) workbook.Sheet {
	result = inWords(r, result)
	mendInWords(r, result)
	title := r.Words.T(dotted(p.Name) + ".title")
	sheet := workbook.Sheet{Name: title, Title: title, Note: r.exportNote(), Result: spoken(r, result),
		Header: func(column string) string { return columnTitle(r.Words, column) }}
	if result.IsCut {
		sheet.Note += " " + r.Words.T("book.cut", "count", rowLimit)
	}
	return sheet
}

// about collects what the first sheet says: what is said of what.
type about struct{ rows [][]any }

func (a *about) say(topic, text string) { a.rows = append(a.rows, []any{topic, text}) }

// aboutPage begins the first sheet: the cycle, the data, who is in it, and what was found.
func (s *server) aboutPage(ctx context.Context, r *request, b Page) (*about, error) {
	bar, err := s.filterBar(ctx, r, "/"+b.Name)
	if err != nil {
		return nil, err
	}
	a := &about{}
	a.say(r.Words.T("filter.cycle"), clip(r.Cycle.Name))
	if bar.Notice != "" {
		a.say("", bar.Notice)
	}
	if r.Compare != nil {
		a.say(r.Words.T("filter.compare"), clip(r.Compare.Name))
	}
	a.say(r.Words.T("book.as_of"), r.Words.Value(r.Build.AsOf, "date"))
	a.say(r.Words.T("book.build"), fmt.Sprint(r.Build.ID))
	if unit := r.Viewer.Scope.UnitID; unit != "" {
		a.say(r.Words.T("book.scope"), clip(unit))
	}
	for _, chip := range bar.Chips {
		a.say(chip.Name, chip.Value)
	}
	if len(bar.Chips) == 0 {
		a.say(r.Words.T("book.filters"), r.Words.T("book.no_filter"))
	}
	a.say(r.Words.T("book.confidential"), r.Words.T("book.confidential_meaning"))
	found, err := s.findings(ctx, r, b.Findings)
	if err != nil {
		return nil, err
	}
	for _, f := range found {
		a.say(r.Words.T("page.findings"), f.Sentence)
	}
	return a, nil
}

func (a *about) sheet(r *request, b Page) workbook.Sheet {
	columns := []analytics.Column{{Name: "about_topic", Unit: "text"}, {Name: "about_text", Unit: "text"}}
	return workbook.Sheet{Name: r.Words.T("book.about"), Title: r.Words.T(b.Name + ".title"), Note: r.exportNote(), IsWrapped: true,
		Result: &analytics.Result{Columns: columns, Rows: a.rows},
		Header: func(column string) string { return columnTitle(r.Words, column) }}
}
