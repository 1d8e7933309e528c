package dashboards

import (
	"bytes"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/perfloop/perfloop/dashboards/words"
)

// TestAPageIsPrinted prints a page in each language with the installed browser.
func TestAPageIsPrinted(t *testing.T) {
	s := serve(t, openWarehouse(t, scale(120)))
	for _, lang := range words.Languages {
		page := s.get("/units?cycle=2026H1&unit=D1&lang=" + lang)
		if !strings.Contains(page.body, words.For(lang).T("book.pdf")) || !strings.Contains(page.body, "/units.pdf?") {
			t.Errorf("%s: the page does not lead to its print", lang)
		}
		got := s.get("/units.pdf?cycle=2026H1&unit=D1&lang=" + lang)
		if got.StatusCode != http.StatusOK || got.Header.Get("Content-Type") != "application/pdf" {
			t.Fatalf("%s: %s %s\n%.500s\n%s", lang, got.Status, got.Header.Get("Content-Type"), got.body, s.log)
		}
		body := []byte(got.body)
		if pages := bytes.Count(body, []byte("/Type /Page\n")); !bytes.HasPrefix(body, []byte("%PDF-")) || pages < 2 || len(body) < 40_000 {
			t.Errorf("%s: %d bytes on %d pages", lang, len(body), pages)
		}
	}
}

// TestWithoutABrowserThePrintSaysWhatToInstall: the page itself needs none.
func TestWithoutABrowserThePrintSaysWhatToInstall(t *testing.T) {
	t.Setenv("PATH", t.TempDir())
	s := serve(t, openWarehouse(t, scale(40)))
	for _, lang := range words.Languages {
		got := s.get("/loop.pdf?cycle=2026H1&lang=" + lang)
		if got.StatusCode != http.StatusNotImplemented || !strings.Contains(got.body, "apt-get install chromium") {
			t.Errorf("%s: %s %.300s", lang, got.Status, got.body)
		}
	}
}

// TestThePressShowsPagesToItsBrowserOnly, as the viewer whom it prints for.
func TestThePressShowsPagesToItsBrowserOnly(t *testing.T) {
	db := openWarehouse(t, scale(120))
	handler, err := New(Config{DB: db, Now: today})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := handler.Close(); err != nil {
			t.Error(err)
		}
	})
	viewer := LocalViewer()
	viewer.Scope.UnitID = "D1"
	viewer.May.SeeFairness = false
	shown := newPress(handler).shownTo(viewer, "secret")
	ask := func(method, pass, path string) *httptest.ResponseRecorder {
		request := httptest.NewRequest(method, "http://127.0.0.1"+path, nil)
		request.Header.Set(passHeader, pass)
		answer := httptest.NewRecorder()
		shown.ServeHTTP(answer, request)
		return answer
	}
	for name, answer := range map[string]*httptest.ResponseRecorder{
		"without the pass": ask(http.MethodGet, "", "/people?cycle=2026H1"), "with another": ask(http.MethodGet, "secre", "/people?cycle=2026H1"),
		"writing": ask(http.MethodPost, "secret", "/data"), "beyond the viewer's rights": ask(http.MethodGet, "secret", "/panels/appraisal/fairness?cycle=2026H1"),
	} {
		if answer.Code != http.StatusForbidden {
			t.Errorf("%s: %d", name, answer.Code)
		}
	}
	own := ask(http.MethodGet, "secret", "/panels/people/list.csv?cycle=2026H1").Body.String()
	asked := ask(http.MethodGet, "secret", "/panels/people/list.csv?cycle=2026H1&unit=D2").Body.String()
	all := httptest.NewRecorder()
	handler.ServeHTTP(all, httptest.NewRequest(http.MethodGet, "http://127.0.0.1/panels/people/list.csv?cycle=2026H1", nil))
	if own != asked || strings.Count(own, "\n") < 2 || strings.Count(own, "\n") >= strings.Count(all.Body.String(), "\n") {
		t.Errorf("%d lines of the viewer's own unit, %d of another that was asked for, %d of all", strings.Count(own, "\n"), strings.Count(asked, "\n"), strings.Count(all.Body.String(), "\n"))
	}
}
