package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"mime/multipart"
	"net/http"
	"net/url"
	"os"
	"path/filepath"

	"github.com/perfloop/perfloop/dashboards"
	"github.com/perfloop/perfloop/ingest"
)

// serverFile tells the command line where the server of a data folder listens. Only its owner can read it.
type serverFile struct {
	Address string `json:"address"`
	Token   string `json:"token"`
}

func serverFilePath(data string) string { return filepath.Join(data, "server.json") }

func writeServerFile(data string, s serverFile) error {
	text, err := json.Marshal(s)
	if err != nil {
		return fmt.Errorf("write server file: %w", err)
	}
	if err := os.WriteFile(serverFilePath(data), text, 0o600); err != nil {
		return fmt.Errorf("write server file: %w", err)
	}
	return nil
}

func readServerFile(data string) (serverFile, error) {
	var s serverFile
	text, err := os.ReadFile(serverFilePath(data))
	if err != nil {
		return s, &userError{key: "cli.locked", args: map[string]any{"data": data}, code: exitNothing}
	}
	if err := json.Unmarshal(text, &s); err != nil {
		return s, fmt.Errorf("read server file: %w", err)
	}
	return s, nil
}

// remoteOptions are an import's options as the server takes them.
type remoteOptions struct {
	kind     string
	mapping  []byte
	dryRun   bool
	remember bool
	progress func(ingest.Progress)
}

// importThroughServer hands the files to the server that has the data folder open.
func (a *app) importThroughServer(ctx context.Context, sources []ingest.Source, o remoteOptions) ([]ingest.Report, error) {
	body, contentType := multipartBody(sources, o)
	defer body.Close()
	q := question{path: "/api/imports", body: body, contentType: contentType, progress: o.progress}
	var reports []ingest.Report
	err := a.askServer(ctx, q, &reports)
	return reports, err
}

// undoThroughServer has the server undo an import or bring it back.
func (a *app) undoThroughServer(ctx context.Context, u ingest.Undoing, dryRun bool) (effect ingest.Effect, err error) {
	action, query := "undo", url.Values{"by": {u.By}}
	if u.Redo {
		action = "redo"
	}
	if dryRun {
		query.Set("dry_run", "1")
	}
	q := question{path: fmt.Sprintf("/api/imports/%d/%s?%s", u.ImportID, action, query.Encode())}
	return effect, a.askServer(ctx, q, &effect)
}

// question is what the server that has the data folder open is asked to do.
type question struct {
	path, contentType string
	body              io.Reader
	progress          func(ingest.Progress) // is told how far the server is; nil where nobody asks
}

// toldError is the user's to mend, in the words of the server.
type toldError struct{ Message string }

func (e *toldError) Error() string { return e.Message }

// askServer posts a question and reads the answer.
func (a *app) askServer(ctx context.Context, q question, answer any) error {
	server, err := readServerFile(a.data)
	if err != nil {
		return err
	}
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, "http://"+server.Address+q.path, q.body)
	if err != nil {
		return fmt.Errorf("ask server: %w", err)
	}
	request.Header.Set("Content-Type", q.contentType)
	request.Header.Set("Accept", "application/json")
	if q.progress != nil {
		request.Header.Set("Accept", dashboards.Stream)
	}
	request.Header.Set("Accept-Language", a.words.Lang)
	request.Header.Set("Authorization", "Bearer "+server.Token)
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		return fmt.Errorf("ask server: %w", err)
	}
	defer response.Body.Close()
	if response.StatusCode != http.StatusOK {
		text, err := io.ReadAll(io.LimitReader(response.Body, 4096))
		var told toldError
		if response.StatusCode < http.StatusInternalServerError && json.Unmarshal(text, &told) == nil && told.Message != "" {
			return &told
		}
		return errors.Join(fmt.Errorf("server answered %s: %s", response.Status, text), err)
	}
	if q.progress != nil {
		return q.follow(response.Body, answer)
	}
	if err := json.NewDecoder(response.Body).Decode(answer); err != nil {
		return fmt.Errorf("read server's answer: %w", err)
	}
	return nil
}

// follow reads how far the server is, line by line, and at last its answer.
func (q question) follow(body io.Reader, answer any) error {
	lines := json.NewDecoder(body)
	for {
		var line dashboards.StreamLine
		if err := lines.Decode(&line); err != nil {
			return fmt.Errorf("read server's answer: %w", err)
		}
		switch {
		case line.Progress != nil:
			q.progress(*line.Progress)
		case line.Error != "":
			return &toldError{line.Message}
		default:
			return json.Unmarshal(line.Reports, answer)
		}
	}
}

// multipartBody streams the files: they may be larger than memory.
func multipartBody(sources []ingest.Source, o remoteOptions) (io.ReadCloser, string) {
	body, into := io.Pipe()
	form := multipart.NewWriter(into)
	go func() { into.CloseWithError(writeForm(form, sources, o)) }()
	return body, form.FormDataContentType()
}

func writeForm(form *multipart.Writer, sources []ingest.Source, o remoteOptions) error {
	fields := map[string]string{"kind": o.kind, "mapping": string(o.mapping), "by": currentUser()}
	if o.dryRun {
		fields["dry_run"] = "1"
	}
	if o.remember {
		fields["remember"] = "1"
	}
	for name, value := range fields {
		if err := form.WriteField(name, value); err != nil {
			return fmt.Errorf("write form: %w", err)
		}
	}
	for _, source := range sources {
		if err := writePart(form, source); err != nil {
			return fmt.Errorf("write form: %w", err)
		}
	}
	return form.Close()
}

func writePart(form *multipart.Writer, source ingest.Source) error {
	file, err := os.Open(source.Path)
	if err != nil {
		return err
	}
	defer file.Close()
	part, err := form.CreateFormFile("file", source.Name)
	if err != nil {
		return err
	}
	_, err = io.Copy(part, file)
	return err
}
