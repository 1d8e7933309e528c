package dashboards

import (
	"bytes"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strings"

	"github.com/labstack/echo/v4"

	"github.com/perfloop/perfloop/analytics"
	"github.com/perfloop/perfloop/dashboards/workbook"
)

// exported is a panel's data on its way out.
type exported struct {
	panel  Panel
	result *analytics.Result
	ext    string
}

// export writes the panel's data as a file: every row and column, whatever the page shows.
func (s *server) export(c echo.Context, r *request, x exported) error {
	if !r.Viewer.May.Export {
		return &UserError{Status: http.StatusForbidden, Key: "error.not_allowed"}
	}
	if x.ext == ".svg" {
		return s.exportPicture(c, r, x)
	}
	x.result = inWords(r, x.result)
	if x.ext != ".json" {
		mendInWords(r, x.result)
	}
	header := func(column string) string { return columnTitle(r.Words, column) }
	var body bytes.Buffer
	var err error
	var contentType string
	switch x.ext {
	case ".json":
		contentType, err = "application/json; charset=utf-8", workbook.WriteJSON(&body, x.result)
	case ".csv":
		contentType, err = "text/csv; charset=utf-8", workbook.WriteCSV(&body, x.result, header)
	case ".xlsx":
		title := r.Words.T(strings.ReplaceAll(x.panel.Name, "/", ".") + ".title")
		contentType, err = workbookType, workbook.WriteXLSX(&body, []workbook.Sheet{{
			Name: title, Title: title, Note: r.exportNote(), Result: x.result, Header: header}})
	default:
		return notFound("error.no_page", nil)
	}
	if err != nil {
		return fmt.Errorf("export %s: %w", x.panel.Name, err)
	}
	name := "perfloop-" + strings.ReplaceAll(x.panel.Name, "/", "-") + x.ext
	return attach(c, attachment{name: name, contentType: contentType, body: &body})
}

const workbookType = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

// exportNote says what a sheet is about: cycle, day, build, and that it is confidential.
func (r *request) exportNote() string {
	return r.Words.T("export.note", "cycle", r.Filter.Cycle, "as_of", r.Build.AsOf, "build", r.Build.ID)
}

// inWords is a result with words in the place of suppressed cells, which the writers do not know.
func inWords(r *request, result *analytics.Result) *analytics.Result {
	said := *result
	said.Rows = make([][]any, len(result.Rows))
	for at, row := range result.Rows {
		said.Rows[at] = slices.Clone(row)
		for i, v := range row {
			if hidden, ok := v.(suppressed); ok {
				said.Rows[at][i] = r.Words.T("panel.suppressed", "count", hidden.smallest)
			}
		}
	}
	return &said
}

// mendInWords says in a result of inWords what to mend, for files that people open; programs get the codes.
func mendInWords(r *request, result *analytics.Result) {
	for name, area := range map[string]string{"mend": "smart", "gaming_note": "gaming_note"} {
		at := result.Index(name)
		for _, row := range result.Rows {
			if at < 0 {
				break
			}
			var sentences []string
			for _, part := range sentenceParts(r, area, text(row[at])) {
				sentences = append(sentences, part.Text)
			}
			row[at] = strings.Join(sentences, " ")
		}
	}
}

type attachment struct {
	name, contentType string
	body              io.Reader
}

func attach(c echo.Context, a attachment) error {
	c.Response().Header().Set(echo.HeaderContentDisposition, contentDisposition(a.name))
	return c.Stream(http.StatusOK, a.contentType, a.body)
}

// contentDisposition names a download: plain letters for old programs, the true name for the others.
func contentDisposition(name string) string {
	plain := strings.Map(func(letter rune) rune {
		if letter < ' ' || letter > '~' || strings.ContainsRune(`"\%;`, letter) {
			return '_'
		}
		return letter
	}, name)
	return `attachment; filename="` + plain + `"; filename*=UTF-8''` + percentEncode(name)
}

func percentEncode(name string) string {
	var out strings.Builder
	for _, b := range []byte(name) {
		if strings.IndexByte("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._", b) >= 0 {
			out.WriteByte(b)
			continue
		}
		fmt.Fprintf(&out, "%%%02X", b)
	}
	return out.String()
}

// exportCalibration answers the calibration workbook of a cycle and, where one is named, a unit.
func (s *server) exportCalibration(c echo.Context) error {
	r, err := s.readRequest(c)
	if err != nil {
		return err
	}
	if !r.Viewer.May.Export || !r.Viewer.May.SeeIndividuals {
		return &UserError{Status: http.StatusForbidden, Key: "error.not_allowed"}
	}
	unit, err := s.unitWithin(c.Request().Context(), r.Viewer, r.Filter.Unit)
	if err != nil {
		return err
	}
	var body bytes.Buffer
	book := workbook.Calibration{Cycle: r.Filter.Cycle, Unit: unit, Lang: r.Words.Lang, Now: s.Now()}
	if err := workbook.WriteCalibration(c.Request().Context(), &body, s.DB, book); err != nil {
		return err
	}
	return attach(c, attachment{name: "perfloop-calibration-" + r.Filter.Cycle + ".xlsx", contentType: workbookType, body: &body})
}
