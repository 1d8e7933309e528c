package reports

import (
	"context"
	"errors"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// desk is a runner whose clock and fate of sendings a test sets.
type desk struct {
	*Runner
	now  time.Time
	fail error
	sent []string
}

func openDesk(t *testing.T, dir string) *desk {
	t.Helper()
	book, err := OpenBook(dir)
	if err != nil {
		t.Fatal(err)
	}
	d := &desk{now: at("2026-11-20T12:00:00Z")}
	d.Runner = &Runner{Book: book, Now: func() time.Time { return d.now }, Log: slog.New(slog.DiscardHandler),
		Make: func(_ context.Context, s Schedule) (Report, error) {
			return Report{Name: s.Page, Body: []byte("x")}, nil
		},
		Send: func(_ context.Context, _ Schedule, r Report) (string, error) {
			if d.fail == nil {
				d.sent = append(d.sent, r.Name+" "+d.now.Format("02T15:04"))
			}
			return "", d.fail
		}}
	return d
}

func (d *desk) until(t *testing.T, end string, step time.Duration) {
	t.Helper()
	for ; !d.now.After(at(end)); d.now = d.now.Add(step) {
		if err := d.Once(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
}

func (d *desk) states(t *testing.T) []string {
	t.Helper()
	log, err := d.Book.Log()
	if err != nil {
		t.Fatal(err)
	}
	var states []string
	for _, line := range log {
		states = append(states, string(line.State))
	}
	return states
}

func addTo(t *testing.T, d *desk, folder, cron string) Schedule {
	t.Helper()
	s, err := d.Book.Add(Schedule{Page: "/loop", Form: FormPDF, Cron: cron, Zone: "Europe/Berlin", Folder: folder, AddedAt: d.now})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// TestEachDueTimeIsSentOnce, also by a program that is started anew, and one that passed meanwhile is made up for, once.
func TestEachDueTimeIsSentOnce(t *testing.T) {
	dir, out := t.TempDir(), t.TempDir()
	d := openDesk(t, dir)
	addTo(t, d, out, "0 7 * * *")
	d.until(t, "2026-11-22T12:00:00Z", 7*time.Minute)
	again := openDesk(t, dir)
	again.now = at("2026-11-25T18:00:00Z") // 23, 24 and 25 passed
	again.until(t, "2026-11-26T12:00:00Z", 11*time.Minute)
	want := []string{"/loop 21T06:05", "/loop 22T06:00", "/loop 25T18:00", "/loop 26T06:06"}
	if diff := cmp.Diff(want, append(d.sent, again.sent...)); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
}

// TestWhatFailsIsTriedAgainAndGivenUp with pauses of 1, 5 and 30 minutes; the next due time is tried as ever.
func TestWhatFailsIsTriedAgainAndGivenUp(t *testing.T) {
	d := openDesk(t, t.TempDir())
	addTo(t, d, t.TempDir(), "0 7 * * *")
	d.fail = errors.New("mailbox full")
	d.until(t, "2026-11-21T20:00:00Z", time.Minute)
	log, err := d.Book.Log()
	if err != nil {
		t.Fatal(err)
	}
	var tries []string
	for _, line := range log {
		if line.State == Failed {
			tries = append(tries, line.At.Format("15:04")+" "+line.Error)
		}
	}
	want := []string{"06:00 mailbox full", "06:01 mailbox full", "06:06 mailbox full", "06:36 mailbox full"}
	if diff := cmp.Diff(want, tries); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
	d.fail = nil
	d.until(t, "2026-11-22T20:00:00Z", time.Minute)
	if diff := cmp.Diff([]string{"/loop 22T06:00"}, d.sent); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
}

// TestACrashWhileSendingIsToldNotRepeated: it may have arrived.
func TestACrashWhileSendingIsToldNotRepeated(t *testing.T) {
	dir := t.TempDir()
	d := openDesk(t, dir)
	s := addTo(t, d, t.TempDir(), "0 7 * * *")
	if err := d.Book.Note(Sending{Schedule: s.ID, DueAt: at("2026-11-21T06:00:00Z"), At: at("2026-11-21T06:00:01Z"), State: Begun, Try: 1}); err != nil {
		t.Fatal(err)
	}
	torn, err := os.OpenFile(filepath.Join(dir, "log.jsonl"), os.O_APPEND|os.O_WRONLY, 0o600)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := torn.WriteString(`{"schedule_id":1,"due_`); err != nil {
		t.Fatal(err)
	}
	if err := torn.Close(); err != nil {
		t.Fatal(err)
	}
	again := openDesk(t, dir)
	again.now = at("2026-11-21T06:10:00Z")
	again.until(t, "2026-11-21T20:00:00Z", 10*time.Minute)
	if diff := cmp.Diff([]string{"begun", "unknown"}, again.states(t)); diff != "" || len(again.sent) > 0 {
		t.Errorf("sent %v (-want +got):\n%s", again.sent, diff)
	}
	again.until(t, "2026-11-22T07:00:00Z", 10*time.Minute)
	if len(again.sent) != 1 {
		t.Errorf("the next day %v", again.sent)
	}
}

func TestNumbersAreNotGivenTwice(t *testing.T) {
	d := openDesk(t, t.TempDir())
	first := addTo(t, d, t.TempDir(), "0 7 * * *")
	if err := d.Book.Remove(first.ID); err != nil {
		t.Fatal(err)
	}
	if second := addTo(t, d, t.TempDir(), "0 7 * * *"); second.ID != first.ID+1 {
		t.Errorf("number %d after %d", second.ID, first.ID)
	}
	if err := d.Book.Remove(first.ID); !errors.Is(err, ErrNoSchedule) {
		t.Errorf("removing twice: %v", err)
	}
}

func TestAFileIsNotWrittenOver(t *testing.T) {
	dir := t.TempDir()
	for i, want := range []string{"loop.pdf", "loop-2.pdf", "loop-3.pdf"} {
		path, err := Put(dir, Report{Name: "loop.pdf", Body: []byte(strings.Repeat("x", i+1))})
		if err != nil || filepath.Base(path) != want {
			t.Errorf("%s: %s %v", want, path, err)
		}
		if body, err := os.ReadFile(path); err != nil || len(body) != i+1 {
			t.Errorf("%s: %q %v", want, body, err)
		}
	}
	if left, err := os.ReadDir(dir); err != nil || len(left) != 3 {
		t.Errorf("%v %v", left, err)
	}
}
