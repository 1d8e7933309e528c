package dashboards

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"mime/multipart"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strconv"

	"github.com/labstack/echo/v4"

	"github.com/perfloop/perfloop/dashboards/words"
	"github.com/perfloop/perfloop/ingest"
)

// What one request may carry, and one of its fields.
const (
	maxUpload = 4 << 30
	maxField  = 1 << 20
)

// upload takes files from a form and checks them: nothing is imported before somebody has seen what would happen.
func (s *server) upload(c echo.Context) error {
	if !LocalViewer().May.Import || s.Archive == nil {
		return &UserError{Status: http.StatusForbidden, Key: "error.not_allowed"}
	}
	j, err := s.jobs.open()
	if err != nil {
		return err
	}
	got, err := receive(c, j.dir)
	if err != nil {
		return errors.Join(err, s.jobs.discard(j))
	}
	j.sources = got.sources
	s.check(j)
	return c.Redirect(http.StatusSeeOther, uploadURL(j.ID))
}

func uploadURL(id string) string { return "/data/uploads/" + id }

// check starts to find out what importing the job's files would do.
func (s *server) check(j *job) bool {
	return s.jobs.start(j, jobChecking, func(ctx context.Context, sources []ingest.Source) ([]ingest.Report, error) {
		return s.Archive.Preview(ctx, s.preview, sources, ingest.Options{By: LocalViewer().Name, Now: s.Now, Progress: j.step})
	}, s.logged)
}

// logged logs an error of ours and answers the id that a page may show instead.
func (s *server) logged(err error) string {
	id := errorID()
	s.Log.Error("upload failed", "id", id, "error", err)
	return id
}

// received is what a form held.
type received struct {
	sources []ingest.Source
	fields  url.Values
}

// receive spools the files of a form into a folder, under numbers: their names are the sender's. None is held in memory.
func receive(c echo.Context, dir string) (received, error) {
	got := received{fields: url.Values{}}
	c.Request().Body = http.MaxBytesReader(c.Response(), c.Request().Body, maxUpload)
	parts, err := c.Request().MultipartReader()
	if err != nil {
		return got, &UserError{Status: http.StatusBadRequest, Key: "error.bad_upload"}
	}
	for {
		part, err := parts.NextPart()
		if err == io.EOF {
			break
		}
		if err == nil {
			err = got.take(part, dir)
		}
		if err != nil {
			return got, badUpload(err)
		}
	}
	if len(got.sources) == 0 {
		return got, &UserError{Status: http.StatusBadRequest, Key: "error.no_file"}
	}
	return got, nil
}

// take spools a file, or reads a field.
func (r *received) take(part *multipart.Part, dir string) error {
	if part.FileName() == "" {
		value, err := io.ReadAll(io.LimitReader(part, maxField))
		r.fields.Add(part.FormName(), string(value))
		return err
	}
	path := filepath.Join(dir, strconv.Itoa(len(r.sources)))
	to, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return err
	}
	_, err = io.Copy(to, part)
	r.sources = append(r.sources, ingest.Source{Name: part.FileName(), Path: path})
	return errors.Join(err, to.Close())
}

// badUpload tells the sender's faults from ours.
func badUpload(err error) error {
	var large *http.MaxBytesError
	switch {
	case errors.As(err, &large):
		return &UserError{Status: http.StatusRequestEntityTooLarge, Key: "error.too_large"}
	case errors.Is(err, io.ErrUnexpectedEOF), errors.Is(err, multipart.ErrMessageTooLarge):
		return &UserError{Status: http.StatusBadRequest, Key: "error.bad_upload"}
	}
	return fmt.Errorf("take upload: %w", err)
}

// findJob is the job that the address names.
func (s *server) findJob(c echo.Context) (*job, error) {
	if !LocalViewer().May.Import {
		return nil, &UserError{Status: http.StatusForbidden, Key: "error.not_allowed"}
	}
	j := s.jobs.find(c.Param("id"))
	if j == nil {
		return nil, notFound("error.no_upload", nil)
	}
	return j, nil
}

// uploadPage shows a job as it is: under way, to be confirmed, done.
type uploadPage struct {
	page
	jobView
	Files       []filePreview
	Results     []fileReport
	IsCorrected bool // the files were checked again instead of imported
}

func (s *server) uploadPage(c echo.Context) error {
	j, err := s.findJob(c)
	if err != nil {
		return err
	}
	return s.render(c, http.StatusOK, "upload.html", s.newUploadPage(c, j))
}

func (s *server) newUploadPage(c echo.Context, j *job) uploadPage {
	p := uploadPage{page: s.bare(c), jobView: j.view(), IsCorrected: c.QueryParam("corrected") != ""}
	p.Section = "data"
	title := "upload.title_" + p.State
	p.Title = p.T(title, "count", len(p.Sources))
	switch p.State {
	case jobChecked:
		p.Files = previews(p.page, p.jobView)
	case jobImported:
		for _, report := range p.Reports {
			p.Results = append(p.Results, inSentences(p.Words, report))
		}
	}
	return p
}

// uploadProgress answers how far a job is; when it is done, the page is to be loaded anew.
func (s *server) uploadProgress(c echo.Context) error {
	j, err := s.findJob(c)
	if err != nil {
		return err
	}
	p := s.newUploadPage(c, j)
	if !p.IsRunning() {
		c.Response().Header().Set("HX-Refresh", "true")
	}
	return s.render(c, http.StatusOK, "_progress.html", p)
}

// uploadAgain checks the job's files once more, read as the form says.
func (s *server) uploadAgain(c echo.Context) error {
	j, err := s.findJob(c)
	if err != nil {
		return err
	}
	if _, err := s.correct(c, j); err != nil {
		return s.showFaults(c, j, err)
	}
	s.check(j)
	return c.Redirect(http.StatusSeeOther, uploadURL(j.ID))
}

// showFaults answers the page again with the mapping as somebody wrote it and all that is wrong with it.
func (s *server) showFaults(c echo.Context, j *job, err error) error {
	mistake, isTheirs := asUserError(err)
	p := s.newUploadPage(c, j)
	file, notANumber := strconv.Atoi(c.FormValue("by_hand"))
	if !isTheirs || notANumber != nil || file < 0 || file >= len(p.Files) {
		return err
	}
	p.Files[file].Mapping, p.Files[file].Faults = c.FormValue(fmt.Sprintf("yaml.%d", file)), mistake.sentences(p.Words)
	return s.render(c, mistake.Status, "upload.html", p)
}

// uploadImport imports the job's files as they were checked. Where the form says to read them otherwise, they are checked
// again instead: nothing is imported that nobody has seen.
func (s *server) uploadImport(c echo.Context) error {
	j, err := s.findJob(c)
	if err != nil {
		return err
	}
	isNew, err := s.correct(c, j)
	if err != nil {
		return s.showFaults(c, j, err)
	}
	if isNew {
		s.check(j)
		return c.Redirect(http.StatusSeeOther, uploadURL(j.ID)+"?corrected=1")
	}
	remember := c.FormValue("remember") != ""
	s.jobs.start(j, jobImporting, func(ctx context.Context, sources []ingest.Source) ([]ingest.Report, error) {
		return s.Archive.Import(ctx, s.update, sources, ingest.Options{By: LocalViewer().Name, Now: s.Now, Progress: j.step, Remember: remember})
	}, s.logged)
	return c.Redirect(http.StatusSeeOther, uploadURL(j.ID))
}

// uploadStop ends what a job is about; nothing of it is kept.
func (s *server) uploadStop(c echo.Context) error {
	j, err := s.findJob(c)
	if err != nil {
		return err
	}
	j.cancel()
	return c.Redirect(http.StatusSeeOther, uploadURL(j.ID))
}

// uploadDiscard forgets a job and its files.
func (s *server) uploadDiscard(c echo.Context) error {
	j, err := s.findJob(c)
	if err != nil {
		return err
	}
	if err := s.jobs.discard(j); err != nil {
		return err
	}
	return c.Redirect(http.StatusSeeOther, "/data")
}

// URL is the address of one of the job's actions.
func (v jobView) URL(action string) string { return uploadURL(v.ID) + action }

// Share is how many of a hundred parts of the files are read; 0 where that is not known.
func (v jobView) Share() int { return int(100 * v.Progress.Share()) }

// HowFar says in words how far the job is.
func (p uploadPage) HowFar() string {
	at := p.Progress
	if at.FileCount == 0 {
		return p.T("upload.waiting")
	}
	key := "upload.how_far"
	if at.RowCount == 0 {
		key = "upload.looking"
	}
	return p.T(key, "file", clip(at.File), "number", at.FileNumber, "count", at.FileCount, "rows", at.Row, "total", at.RowCount)
}

// HasRows says whether importing would store or change anything, or at least keep a file with reasons.
func (v jobView) HasRows() bool {
	for _, r := range v.Reports {
		if r.Read() > 0 && r.Refused == nil && r.Duplicate == 0 {
			return true
		}
	}
	return false
}

// uploadMapping answers how one of the files was read, as a mapping to keep and share.
func (s *server) uploadMapping(c echo.Context) error {
	j, err := s.findJob(c)
	if err != nil {
		return err
	}
	v := j.view()
	file, err := strconv.Atoi(c.QueryParam("file"))
	if err != nil || file < 0 || file >= len(v.Reports) {
		return notFound("error.no_page", nil)
	}
	w := words.For(language(c))
	text, err := ingest.RecognisedYAML(v.Reports[file].Sheets, func(column ingest.Column) string { return w.T("why." + column.Why) })
	if err != nil {
		return err
	}
	return attach(c, attachment{name: v.Reports[file].File + ".mapping.yaml", contentType: "application/yaml", body: bytes.NewReader(text)})
}
