package dashboards

import (
	"bytes"
	"context"
	"crypto/rand"
	"crypto/subtle"
	"errors"
	"fmt"
	"net"
	"net/http"
	"time"

	"github.com/labstack/echo/v4"

	"github.com/perfloop/perfloop/dashboards/paper"
)

// Printing is bounded: a browser takes some hundred megabytes, and a page that never comes must not keep it for ever.
const (
	printersAtOnce = 2
	printTime      = 90 * time.Second
)

// drawn holds in a page when every panel has come and every chart is drawn.
const drawn = `document.readyState === "complete" && !document.querySelector("[aria-busy]") && !document.querySelector("figure.chart:not([data-drawn])")`

// passHeader carries the word that only the printing browser knows.
const passHeader = "Perfloop-Print"

// press prints pages. It shows each to a browser of its own on an address of its own, as the viewer it is printed for; whoever else asks there is
// turned away.
type press struct {
	pages http.Handler
	turns chan struct{}
}

func newPress(pages http.Handler) *press { return &press{pages, make(chan struct{}, printersAtOnce)} }

// print is a page of the server as PDF.
func (p *press) print(ctx context.Context, v Viewer, page paper.Sheet) ([]byte, error) {
	ctx, stop := context.WithTimeout(ctx, printTime)
	defer stop()
	select {
	case p.turns <- struct{}{}:
		defer func() { <-p.turns }()
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, fmt.Errorf("open address to print from: %w", err)
	}
	pass := rand.Text()
	server := &http.Server{Handler: p.shownTo(v, pass), ReadHeaderTimeout: 10 * time.Second}
	go func() { _ = server.Serve(listener) }() // ends when it is closed
	defer server.Close()
	page.URL = "http://" + listener.Addr().String() + page.URL
	page.Headers = map[string]string{passHeader: pass}
	return paper.Print(ctx, page)
}

// shownTo answers reading requests that carry the pass, as asked by the viewer.
func (p *press) shownTo(v Viewer, pass string) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		isKnown := subtle.ConstantTimeCompare([]byte(r.Header.Get(passHeader)), []byte(pass)) == 1
		if !isKnown || r.Method != http.MethodGet {
			http.Error(w, http.StatusText(http.StatusForbidden), http.StatusForbidden)
			return
		}
		p.pages.ServeHTTP(w, r.WithContext(context.WithValue(r.Context(), viewerKey{}, v)))
	})
}

// exportPDF answers a whole page as it is printed.
func (s *server) exportPDF(b Page) echo.HandlerFunc {
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
		body, err := s.press.print(c.Request().Context(), r.Viewer, paper.Sheet{Ready: drawn, Foot: r.exportNote(),
			URL: r.Filter.URL("/"+b.Name) + "&lang=" + r.Words.Lang + "&theme=light"})
		switch {
		case errors.Is(err, paper.ErrNoBrowser):
			return &UserError{Status: http.StatusNotImplemented, Key: "error.no_browser"}
		case errors.Is(err, context.DeadlineExceeded):
			return &UserError{Status: http.StatusServiceUnavailable, Key: "error.print_late"}
		case err != nil:
			return fmt.Errorf("print page %s: %w", b.Name, err)
		}
		name := "perfloop-" + b.Name + "-" + r.Filter.Cycle + ".pdf"
		return attach(c, attachment{name: name, contentType: "application/pdf", body: bytes.NewReader(body)})
	}
}
