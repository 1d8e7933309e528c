package dashboards

import (
	"context"
	"crypto/subtle"
	"database/sql"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"mime/multipart"
	"net/http"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/labstack/echo/v4"

	"github.com/perfloop/perfloop/dashboards/words"
	"github.com/perfloop/perfloop/ingest"
)

// maxUpload bounds what one request may carry.
const maxUpload = 1 << 30

// fileReport is what became of one file, in words.
type fileReport struct {
	File, Sentence string
	IsRefused      bool
	Import         string // address of its page; "" where nothing was kept
}

// apiImports takes files from the command line or a program: same-origin, or with the server's token.
func (s *server) apiImports(c echo.Context) error {
	if !s.mayImport(c) {
		return &UserError{Status: http.StatusUnauthorized, Key: "error.not_allowed"}
	}
	reports, err := s.takeFiles(c)
	if err != nil {
		return err
	}
	return c.JSON(http.StatusOK, reports)
}

// upload takes files from the form on the data page and answers the page with what became of them.
func (s *server) upload(c echo.Context) error {
	if !LocalViewer().May.Import {
		return &UserError{Status: http.StatusForbidden, Key: "error.not_allowed"}
	}
	reports, err := s.takeFiles(c)
	if err != nil {
		return err
	}
	w := words.For(language(c))
	shown := make([]fileReport, 0, len(reports))
	for _, report := range reports {
		shown = append(shown, inSentences(w, report))
	}
	return s.dataPage(c, shown)
}

// importer is the context's key for the name of the token that a request came with.
const importer = "importer"

// mayImport accepts the command line's token or another program's, or a browser's own word that the request is same-origin.
// A request without either, such as another program's, is turned away.
func (s *server) mayImport(c echo.Context) bool {
	if !LocalViewer().May.Import {
		return false
	}
	token, hasToken := strings.CutPrefix(c.Request().Header.Get(echo.HeaderAuthorization), "Bearer ")
	if hasToken {
		return s.Token != "" && subtle.ConstantTimeCompare([]byte(token), []byte(s.Token)) == 1 || s.isProgram(c, token)
	}
	return c.Request().Header.Get("Sec-Fetch-Site") == "same-origin"
}

// isProgram accepts a token that was made for a program, and notes whose it is.
func (s *server) isProgram(c echo.Context, token string) bool {
	name, err := s.Tokens.owner(token)
	if err != nil {
		s.Log.Error("look up token", "error", err)
	}
	c.Set(importer, name)
	return name != ""
}

// takeFiles imports the files of a multipart request; with dry_run it keeps nothing.
func (s *server) takeFiles(c echo.Context) ([]ingest.Report, error) {
	if s.Archive == nil {
		return nil, &UserError{Status: http.StatusForbidden, Key: "error.not_allowed"}
	}
	c.Request().Body = http.MaxBytesReader(c.Response(), c.Request().Body, maxUpload)
	form, err := c.MultipartForm()
	if err != nil {
		return nil, &UserError{Status: http.StatusBadRequest, Key: "error.bad_upload"}
	}
	defer form.RemoveAll() //nolint:errcheck // temporary files; the system clears them too
	dir, err := os.MkdirTemp("", "perfloop-upload-")
	if err != nil {
		return nil, fmt.Errorf("take upload: %w", err)
	}
	defer os.RemoveAll(dir) //nolint:errcheck // the archive has a copy
	sources, err := saveSources(dir, form.File["file"])
	if err != nil {
		return nil, err
	}
	if len(sources) == 0 {
		return nil, &UserError{Status: http.StatusBadRequest, Key: "error.no_file"}
	}
	options, err := readOptions(c)
	if err != nil {
		return nil, err
	}
	options.Now = s.Now
	if name, _ := c.Get(importer).(string); name != "" {
		options.By = name
	}
	load, update := s.Archive.Import, s.update
	if c.FormValue("dry_run") != "" {
		load, update = s.Archive.Preview, s.preview
	}
	reports, err := load(c.Request().Context(), update, sources, options)
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

// saveSources puts uploaded files into a folder, under numbers: their names are the sender's.
func saveSources(dir string, files []*multipart.FileHeader) ([]ingest.Source, error) {
	sources := make([]ingest.Source, 0, len(files))
	for i, header := range files {
		path := filepath.Join(dir, strconv.Itoa(i))
		if err := saveUpload(path, header); err != nil {
			return nil, fmt.Errorf("take upload: %w", err)
		}
		sources = append(sources, ingest.Source{Name: header.Filename, Path: path})
	}
	return sources, nil
}

func saveUpload(path string, header *multipart.FileHeader) error {
	from, err := header.Open()
	if err != nil {
		return err
	}
	defer from.Close()
	to, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return err
	}
	_, err = io.Copy(to, from)
	return errors.Join(err, to.Close())
}

func readOptions(c echo.Context) (ingest.Options, error) {
	options := ingest.Options{Kind: c.FormValue("kind"), By: c.FormValue("by"), Remember: c.FormValue("remember") != ""}
	if options.By == "" {
		options.By = LocalViewer().Name
	}
	if options.Kind != "" && !contains(ingest.Kinds(), options.Kind) {
		return options, &UserError{Status: http.StatusBadRequest, Key: "error.unknown_kind", Args: map[string]any{
			"kind": clip(options.Kind), "kinds": strings.Join(ingest.Kinds(), ", ")}}
	}
	if text := c.FormValue("mapping"); text != "" {
		mapping, err := ingest.ReadMapping([]byte(text))
		if err != nil {
			return options, mappingError(err)
		}
		options.Mapping = mapping
	}
	return options, nil
}

// mappingError is the fault in the words of its own area.
func mappingError(err error) error {
	var fault *ingest.MappingError
	if errors.As(err, &fault) {
		return &UserError{Status: http.StatusBadRequest, Key: "problem." + fault.Key, Args: fault.Args}
	}
	return err
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
	}
	return shown
}

// original answers an imported file as it came.
func (s *server) original(c echo.Context) error {
	id, err := strconv.ParseInt(c.Param("id"), 10, 64)
	if err != nil || s.Archive == nil {
		return notFound("error.no_import", map[string]any{"import": clip(c.Param("id"))})
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
