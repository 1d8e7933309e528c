package reports

import (
	"errors"
	"os"
	"testing"
	"time"
)

func at(text string) time.Time {
	t, err := time.Parse(time.RFC3339, text)
	if err != nil {
		panic(err)
	}
	return t.UTC()
}

// TestDueTimesFollowTheZone over the changes of summer time: an hour that does not come is skipped to the next day, Shanghai has none.
func TestDueTimesFollowTheZone(t *testing.T) {
	for _, c := range []struct{ cron, zone, after, want string }{
		{"0 7 * * 1", "Europe/Berlin", "2026-03-24T00:00:00Z", "2026-03-30T05:00:00Z"}, // 7:00 summer time
		{"0 7 * * 1", "Europe/Berlin", "2026-03-20T00:00:00Z", "2026-03-23T06:00:00Z"},
		{"0 7 * * 1", "Asia/Shanghai", "2026-03-24T00:00:00Z", "2026-03-29T23:00:00Z"},
		{"30 2 * * *", "Europe/Berlin", "2026-03-28T12:00:00Z", "2026-03-30T00:30:00Z"}, // 2:30 of the 29th does not come
		{"0 9 1 * *", "America/New_York", "2026-10-15T00:00:00Z", "2026-11-01T14:00:00Z"},
	} {
		got, err := Schedule{Cron: c.cron, Zone: c.zone}.Next(at(c.after))
		if err != nil || !got.Equal(at(c.want)) {
			t.Errorf("%s in %s after %s: %s %v, want %s", c.cron, c.zone, c.after, got.Format(time.RFC3339), err, c.want)
		}
	}
}

func TestTheLastDueTime(t *testing.T) {
	s := Schedule{Cron: "0 7 * * 1", Zone: "Europe/Berlin"}
	for _, c := range []struct{ after, now, want string }{
		{"2026-01-01T00:00:00Z", "2026-11-23T06:00:00Z", "2026-11-23T06:00:00Z"}, // due now
		{"2026-01-01T00:00:00Z", "2026-11-23T05:59:59Z", "2026-11-16T06:00:00Z"},
		{"2026-11-16T06:00:00Z", "2026-11-23T05:59:59Z", "0001-01-01T00:00:00Z"}, // done already
		{"2026-11-20T00:00:00Z", "2026-11-22T00:00:00Z", "0001-01-01T00:00:00Z"},
	} {
		got, err := s.Last(at(c.after), at(c.now))
		if err != nil || !got.Equal(at(c.want)) {
			t.Errorf("after %s, now %s: %s %v, want %s", c.after, c.now, got.Format(time.RFC3339), err, c.want)
		}
	}
	yearly := Schedule{Cron: "0 0 1 1 *", Zone: "UTC"}
	if got, err := yearly.Last(at("2019-06-01T00:00:00Z"), at("2026-11-23T00:00:00Z")); err != nil || !got.Equal(at("2026-01-01T00:00:00Z")) {
		t.Errorf("yearly: %s %v", got, err)
	}
}

func TestASchedulesFaultsAreNamed(t *testing.T) {
	dir := t.TempDir()
	good := Schedule{Page: "/loop", Form: FormPDF, Cron: "0 7 * * 1", Zone: "Europe/Berlin", Folder: dir}
	if err := good.Check(); err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		change func(*Schedule)
		want   error
	}{
		"six fields":      {func(s *Schedule) { s.Cron = "0 0 7 * * 1" }, ErrCron},
		"every":           {func(s *Schedule) { s.Cron = "@every 1s" }, ErrCron},
		"zone within":     {func(s *Schedule) { s.Cron = "TZ=UTC 0 7 * * 1" }, ErrCron},
		"never":           {func(s *Schedule) { s.Cron = "0 0 30 2 *" }, ErrCron},
		"zone":            {func(s *Schedule) { s.Zone = "Europe/Nowhere" }, ErrZone},
		"no zone":         {func(s *Schedule) { s.Zone = "" }, ErrZone},
		"form":            {func(s *Schedule) { s.Form = "exe" }, ErrForm},
		"nowhere":         {func(s *Schedule) { s.Folder = "" }, ErrNowhere},
		"both":            {func(s *Schedule) { s.To = []string{"a@example.com"} }, ErrNowhere},
		"name":            {func(s *Schedule) { s.Folder, s.To = "", []string{"Ada <a@example.com>"} }, ErrAddress},
		"another header":  {func(s *Schedule) { s.Folder, s.To = "", []string{"a@example.com\r\nBcc: b@example.com"} }, ErrAddress},
		"relative folder": {func(s *Schedule) { s.Folder = "out" }, ErrFolder},
		"no folder":       {func(s *Schedule) { s.Folder = dir + "/missing" }, ErrFolder},
	} {
		s := good
		c.change(&s)
		if err := s.Check(); !errors.Is(err, c.want) {
			t.Errorf("%s: %v, want %v", name, err, c.want)
		}
	}
	if left, err := os.ReadDir(dir); err != nil || len(left) > 0 {
		t.Errorf("checking left %v behind (%v)", left, err)
	}
}
