package dashboards

import (
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"github.com/perfloop/perfloop/dashboards/reports"
	"github.com/perfloop/perfloop/dashboards/words"
)

// TestAReportIsKeptAndSentAsItsReaderMaySee: asked for on the page, made when due, of the reader's unit alone, and told in the log.
func TestAReportIsKeptAndSentAsItsReaderMaySee(t *testing.T) {
	now, out := today(), t.TempDir()
	book, err := reports.OpenBook(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	config := Config{DB: openWarehouse(t, scale(120)), Now: func() time.Time { return now }, Log: slog.New(slog.DiscardHandler), Reports: Reports{Book: book}}
	handler, err := New(config)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := handler.Close(); err != nil {
			t.Error(err)
		}
	})
	post := func(form url.Values) *httptest.ResponseRecorder {
		request := httptest.NewRequest(http.MethodPost, "http://127.0.0.1/reports", strings.NewReader(form.Encode()))
		request.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		answer := httptest.NewRecorder()
		handler.ServeHTTP(answer, request)
		return answer
	}
	wanted := url.Values{"page": {"/appraisal"}, "filter": {"cycle=2026H1"}, "form": {"xlsx"}, "report_lang": {"zh"}, "cron": {"0 7 * * *"}, "zone": {"Asia/Shanghai"},
		"folder": {out}, "unit": {"D1"}, "individuals": {"1"}}
	if answer := post(wanted); answer.Code != http.StatusSeeOther {
		t.Fatalf("%d %s", answer.Code, answer.Body)
	}
	runner := handler.Runner(config)
	for range 2 {
		now = now.Add(24 * time.Hour)
		if err := runner.Once(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	files, err := filepath.Glob(filepath.Join(out, "*.xlsx"))
	if err != nil || len(files) != 2 {
		log, _ := book.Log()
		t.Fatalf("%v %v %+v", files, err, log)
	}
	sheets := opened(t, files[0])
	about := sheets[0]
	for _, want := range []string{"D1", words.For("zh").T("book.left_out")} {
		if !strings.Contains(about, want) {
			t.Errorf("the first sheet does not say %q: %.600s", want, about)
		}
	}
	page := httptest.NewRecorder()
	handler.ServeHTTP(page, httptest.NewRequest(http.MethodGet, "http://127.0.0.1/reports?lang=en", nil))
	if body := page.Body.String(); !strings.Contains(body, "0 7 * * * · Asia/Shanghai") || strings.Count(body, "<td>sent</td>") != 2 {
		t.Errorf("the page says %s", between(body, "<main", "</main>"))
	}
}

// opened is the text of each sheet of a workbook.
func opened(t *testing.T, path string) []string {
	t.Helper()
	file, err := excelize.OpenFile(path)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close() //nolint:errcheck // only read
	var texts []string
	for _, name := range file.GetSheetList() {
		rows, err := file.GetRows(name)
		if err != nil {
			t.Fatal(err)
		}
		var text strings.Builder
		for _, row := range rows {
			text.WriteString(strings.Join(row, "\t") + "\n")
		}
		texts = append(texts, text.String())
	}
	return texts
}

// TestAWrongReportIsToldInWords and not kept.
func TestAWrongReportIsToldInWords(t *testing.T) {
	book, err := reports.OpenBook(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	handler, err := New(Config{DB: openWarehouse(t, scale(40)), Now: today, Reports: Reports{Book: book}})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := handler.Close(); err != nil {
			t.Error(err)
		}
	})
	good := url.Values{"page": {"/loop"}, "form": {"pdf"}, "report_lang": {"en"}, "cron": {"0 7 * * 1"}, "zone": {"Europe/Berlin"}, "folder": {t.TempDir()}}
	for key, change := range map[string]url.Values{
		"error.report_cron": {"cron": {"daily"}}, "error.report_zone": {"zone": {"Berlin"}}, "error.report_nowhere": {"folder": {""}},
		"error.no_mail": {"folder": {""}, "to": {"a@example.com"}}, "error.report_folder": {"folder": {"/nowhere/at/all"}}, "error.bad_request": {"page": {"/../etc"}},
	} {
		for _, lang := range words.Languages {
			form := url.Values{}
			for name := range good {
				form.Set(name, good.Get(name))
			}
			for name := range change {
				form.Set(name, change.Get(name))
			}
			request := httptest.NewRequest(http.MethodPost, "http://127.0.0.1/reports?lang="+lang, strings.NewReader(form.Encode()))
			request.Header.Set("Content-Type", "application/x-www-form-urlencoded")
			answer := httptest.NewRecorder()
			handler.ServeHTTP(answer, request)
			if answer.Code < 400 || answer.Code >= 500 || !strings.Contains(answer.Body.String(), words.For(lang).T(key)) {
				t.Errorf("%s in %s: %d %s", key, lang, answer.Code, between(answer.Body.String(), "<main", "</main>"))
			}
		}
	}
	if kept, err := book.Schedules(); err != nil || len(kept) > 0 {
		t.Errorf("%v %v", kept, err)
	}
	if entries, err := os.ReadDir(good.Get("folder")); err != nil || len(entries) > 0 {
		t.Errorf("%v %v", entries, err)
	}
}
