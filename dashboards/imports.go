package dashboards

import (
	"context"
	"crypto/subtle"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"net/http"
	"net/url"
	"os"
	"strconv"
	"strings"

	"github.com/labstack/echo/v4"

	"github.com/perfloop/perfloop/dashboards/words"
	"github.com/perfloop/perfloop/ingest"
)

// fileReport is what became of one file, in words.
type fileReport struct {
	File, Sentence string
	IsRefused      bool
	Import         string // address of its page; "" where nothing was kept
	Rejected       string // address of the rows that were not stored, as a workbook; "" for none
}

// importersOnly turns away who may not import.
func (s *server) importersOnly(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		if !s.mayImport(c) {
			return &UserError{Status: http.StatusUnauthorized, Key: "error.not_allowed"}
		}
		return next(c)
	}
}

// importID is the import that the address names.
func importID(c echo.Context) (int64, error) {
	id, err := strconv.ParseInt(c.Param("id"), 10, 64)
	if err != nil {
		return 0, notFound("error.no_import", map[string]any{"import": clip(c.Param("id"))})
	}
	return id, nil
}

// apiImports takes files from the command line or a program.
func (s *server) apiImports(c echo.Context) error {
	if c.Request().Header.Get(echo.HeaderAccept) == Stream {
		return s.streamImports(c)
	}
	reports, err := s.takeFiles(c, nil)
	if err != nil {
		return err
	}
	return c.JSON(http.StatusOK, reports)
}

// importer is the context's key for what a request came with: the command line's token, or a program's name.
const (
	importer    = "importer"
	commandLine = "command line"
)

// mayImport accepts the command line's token or another program's, or a browser's own word that the request is same-origin.
// A request without either is turned away.
func (s *server) mayImport(c echo.Context) bool {
	if !LocalViewer().May.Import {
		return false
	}
	token, hasToken := strings.CutPrefix(c.Request().Header.Get(echo.HeaderAuthorization), "Bearer ")
	switch {
	case !hasToken:
		return c.Request().Header.Get("Sec-Fetch-Site") == "same-origin"
	case s.Token != "" && subtle.ConstantTimeCompare([]byte(token), []byte(s.Token)) == 1:
		c.Set(importer, commandLine)
		return true
	}
	return s.isProgram(c, token)
}

// sender is who a request is from: the program whose token came with it, or whom the command line states. Nobody else's
// statement is believed.
func sender(c echo.Context, stated string) string {
	from, _ := c.Get(importer).(string)
	switch {
	case from == commandLine && stated != "":
		return stated
	case from == commandLine, from == "":
		return LocalViewer().Name
	}
	return from
}

// isProgram accepts a token that was made for a program, and notes whose it is.
func (s *server) isProgram(c echo.Context, token string) bool {
	name, err := s.Tokens.owner(token)
	if err != nil {
		s.Log.Error("look up token", "error", err)
	}
	if name == "" {
		return false
	}
	c.Set(importer, "token "+name)
	return true
}

// takeFiles imports the files of a request; with dry_run it keeps nothing.
func (s *server) takeFiles(c echo.Context, progress func(ingest.Progress)) ([]ingest.Report, error) {
	if s.Archive == nil {
		return nil, &UserError{Status: http.StatusForbidden, Key: "error.not_allowed"}
	}
	j, err := s.jobs.open()
	if err != nil {
		return nil, err
	}
	defer s.jobs.discard(j) //nolint:errcheck // the archive has a copy; what is left is cleared at the next start
	got, err := receive(c, j.dir)
	if err != nil {
		return nil, err
	}
	options, err := readOptions(got.fields)
	if err != nil {
		return nil, err
	}
	options.Now, options.Progress = s.Now, progress
	options.By = sender(c, options.By)
	load, update := s.Archive.Import, s.update
	if got.fields.Get("dry_run") != "" {
		load, update = s.Archive.Preview, s.preview
	}
	reports, err := load(c.Request().Context(), update, got.sources, options)
	return reports, mappingError(err)
}

// update and preview fit ingest.Updater.
func (s *server) update(ctx context.Context, load func(context.Context, *sql.Conn) error) error {
	built, err := s.DB.Update(ctx, load)
	if built.Unpublished != nil {
		s.Log.Error("publish build", "build", built.ID, "error", built.Unpublished)
	}
	return err
}

func (s *server) preview(ctx context.Context, load func(context.Context, *sql.Conn) error) error {
	return s.DB.Preview(ctx, load)
}

// readOptions reads how the sender wants the files read.
func readOptions(fields url.Values) (ingest.Options, error) {
	options := ingest.Options{Kind: fields.Get("kind"), By: fields.Get("by"), Remember: fields.Get("remember") != ""}
	if options.Kind != "" && !contains(ingest.Kinds(), options.Kind) {
		return options, &UserError{Status: http.StatusBadRequest, Key: "error.unknown_kind", Args: map[string]any{
			"kind": clip(options.Kind), "kinds": strings.Join(ingest.Kinds(), ", ")}}
	}
	if text := fields.Get("mapping"); text != "" {
		mapping, err := ingest.ReadMapping([]byte(text))
		if err != nil {
			return options, mappingError(err)
		}
		options.Mapping = mapping
	}
	return options, nil
}

// mappingError is the faults of a mapping in the words of their own area.
func mappingError(err error) error {
	var e *ingest.MappingError
	if !errors.As(err, &e) {
		return err
	}
	told := &UserError{Status: http.StatusBadRequest, Key: "problem." + e.Key, Args: e.Args}
	for _, fault := range e.Others {
		told.Others = append(told.Others, &UserError{Key: "problem." + fault.Key, Args: fault.Args})
	}
	return told
}

func inSentences(w *words.Words, report ingest.Report) fileReport {
	shown := fileReport{File: clip(report.File)}
	switch {
	case report.Refused != nil:
		shown.IsRefused = true
		key := report.Refused.Key
		if !strings.Contains(key, ".") {
			key = "problem." + key
		}
		shown.Sentence = w.Say(key, report.Refused.Args)
	case report.Duplicate != 0:
		shown.Sentence = w.T("upload.duplicate", "import", report.Duplicate)
		shown.Import = importURL(strconv.FormatInt(report.Duplicate, 10))
	default:
		shown.Sentence = w.T("upload.done", "stored", report.Stored(), "unchanged", report.Unchanged(), "rejected", report.Rejected())
		shown.Import = importURL(strconv.FormatInt(report.ImportID, 10))
		if report.Rejected() > 0 {
			shown.Rejected = shown.Import + "/rejected.xlsx"
		}
	}
	return shown
}

// original answers an imported file as it came.
func (s *server) original(c echo.Context) error {
	if s.Archive == nil {
		return &UserError{Status: http.StatusForbidden, Key: "error.not_allowed"}
	}
	id, err := importID(c)
	if err != nil {
		return err
	}
	original, err := s.Archive.Original(id)
	if errors.Is(err, fs.ErrNotExist) {
		return notFound("error.no_import", map[string]any{"import": id})
	}
	if err != nil {
		return err
	}
	file, err := os.Open(original.Path)
	if err != nil {
		return fmt.Errorf("open original: %w", err)
	}
	defer file.Close()
	return attach(c, attachment{name: original.Name, contentType: "application/octet-stream", body: file})
}
