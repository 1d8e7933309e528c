package dashboards

import (
	"bytes"
	"context"
	"fmt"
	"log/slog"
	"mime"
	"net/http"
	"net/url"
	"time"

	"github.com/perfloop/perfloop/dashboards/reports"
	"github.com/perfloop/perfloop/dashboards/words"
)

// Reports is where scheduled reports are kept and how mail leaves; a nil Book is a product without them.
type Reports struct {
	Book *reports.Book
	Mail reports.Mail
}

// Runner sends the scheduled reports of a handler. It does nothing before it is run.
func (h *Handler) Runner(c Config) *reports.Runner {
	now, log := c.Now, c.Log
	if now == nil {
		now = time.Now
	}
	if log == nil {
		log = slog.New(slog.DiscardHandler)
	}
	return &reports.Runner{Book: c.Reports.Book, Make: h.makeReport, Now: now, Log: log,
		Send: func(ctx context.Context, s reports.Schedule, r reports.Report) (string, error) {
			if s.Folder != "" {
				return reports.Put(s.Folder, r)
			}
			return "", c.Reports.Mail.Send(ctx, s.To, r)
		}}
}

// viewerFor is the viewer whom a schedule's report is made for.
func viewerFor(s reports.Schedule) Viewer {
	return Viewer{Name: "report", Scope: Scope{UnitID: s.For.UnitID},
		May: Permissions{SeeIndividuals: s.For.SeeIndividuals, SeeFairness: s.For.SeeFairness, Export: true}}
}

// makeReport asks the product itself for the page as the schedule's reader would: what they may not see is not in it.
func (h *Handler) makeReport(ctx context.Context, s reports.Schedule) (reports.Report, error) {
	query, err := url.ParseQuery(s.Filter)
	if err != nil {
		return reports.Report{}, fmt.Errorf("read filter of report: %w", err)
	}
	query.Set("lang", s.Lang)
	address := s.Page + "." + string(s.Form) + "?" + query.Encode()
	request, err := http.NewRequestWithContext(context.WithValue(ctx, viewerKey{}, viewerFor(s)), http.MethodGet, "http://127.0.0.1"+address, nil)
	if err != nil {
		return reports.Report{}, fmt.Errorf("ask for report: %w", err)
	}
	answer := &keptAnswer{header: http.Header{}, status: http.StatusOK}
	h.ServeHTTP(answer, request)
	if answer.status != http.StatusOK {
		return reports.Report{}, fmt.Errorf("make report %s: %s", s.Page, clip(answer.body.String()))
	}
	_, params, err := mime.ParseMediaType(answer.header.Get("Content-Disposition"))
	if err != nil {
		return reports.Report{}, fmt.Errorf("name report: %w", err)
	}
	w := words.For(s.Lang)
	title := w.T(s.Page[1:] + ".title")
	return reports.Report{Name: params["filename"], ContentType: answer.header.Get("Content-Type"), Body: answer.body.Bytes(),
		Subject: w.T("report.subject", "page", title), Text: w.T("report.text", "page", title)}, nil
}

// keptAnswer is an answer that stays in memory.
type keptAnswer struct {
	header http.Header
	status int
	body   bytes.Buffer
}

func (k *keptAnswer) Header() http.Header { return k.header }

func (k *keptAnswer) WriteHeader(status int) { k.status = status }

func (k *keptAnswer) Write(text []byte) (int, error) { return k.body.Write(text) }
