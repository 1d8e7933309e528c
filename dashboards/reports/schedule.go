// Package reports sends pages again and again: what is to be sent to whom and when, what was sent, and the sending.
package reports

import (
	"errors"
	"fmt"
	"net/mail"
	"os"
	"path/filepath"
	"strings"
	"time"
	_ "time/tzdata" // zones by name also on machines that have none installed

	"github.com/robfig/cron/v3"
)

// Schedule is a page that is sent at times. Of Folder and To one is set.
type Schedule struct {
	ID      int64     `json:"schedule_id"`
	Page    string    `json:"page"`             // its path: /loop
	Filter  string    `json:"filter,omitempty"` // the address's query: unit=D1; without a cycle each report is of the newest
	Form    Form      `json:"form"`
	Lang    string    `json:"lang"`
	Cron    string    `json:"cron"` // minute, hour, day of the month, month, day of the week
	Zone    string    `json:"zone"` // Europe/Berlin
	To      []string  `json:"to,omitempty"`
	Folder  string    `json:"folder,omitempty"`
	For     Reader    `json:"for"`
	AddedAt time.Time `json:"added_at"`
	AddedBy string    `json:"added_by"`
}

// Form is what a report is sent as.
type Form string

// The forms.
const (
	FormPDF  Form = "pdf"
	FormXLSX Form = "xlsx"
)

// Reader is whom a report is made for: it holds what they may see and nothing else.
type Reader struct {
	UnitID         string `json:"unit_id,omitempty"` // empty: the whole company
	SeeIndividuals bool   `json:"see_individuals"`
	SeeFairness    bool   `json:"see_fairness"`
}

// What is wrong with a schedule.
var (
	ErrCron    = errors.New("the times are not a cron expression of five fields")
	ErrZone    = errors.New("the time zone is not known")
	ErrForm    = errors.New("the form is neither pdf nor xlsx")
	ErrNowhere = errors.New("neither addresses nor a folder are named, or both")
	ErrAddress = errors.New("an address is not an e-mail address")
	ErrFolder  = errors.New("the folder does not exist or cannot be written to")
)

// Check finds what is wrong with a schedule before it is kept: the error wraps one of the above.
func (s Schedule) Check() error {
	if _, err := s.times(); err != nil {
		return err
	}
	if s.Form != FormPDF && s.Form != FormXLSX {
		return fmt.Errorf("%w: %s", ErrForm, s.Form)
	}
	if (len(s.To) == 0) == (s.Folder == "") {
		return ErrNowhere
	}
	for _, to := range s.To {
		if a, err := mail.ParseAddress(to); err != nil || a.Address != to || strings.ContainsAny(to, "\r\n") {
			return fmt.Errorf("%w: %q", ErrAddress, to)
		}
	}
	if s.Folder != "" {
		return checkFolder(s.Folder)
	}
	return nil
}

func checkFolder(dir string) error {
	if !filepath.IsAbs(dir) {
		return fmt.Errorf("%w: %s", ErrFolder, dir)
	}
	probe, err := os.CreateTemp(dir, ".perfloop-*")
	if err != nil {
		return fmt.Errorf("%w: %w", ErrFolder, err)
	}
	return errors.Join(probe.Close(), os.Remove(probe.Name()))
}

// times are the schedule's due times. Seconds, @every and zones within the expression are not taken: one way to say each.
func (s Schedule) times() (cron.Schedule, error) {
	zone, err := time.LoadLocation(s.Zone)
	if err != nil || s.Zone == "" || s.Zone == "Local" {
		return nil, fmt.Errorf("%w: %q", ErrZone, s.Zone)
	}
	if strings.HasPrefix(s.Cron, "@") || strings.Contains(s.Cron, "=") {
		return nil, fmt.Errorf("%w: %q", ErrCron, s.Cron)
	}
	times, err := cron.ParseStandard("CRON_TZ=" + zone.String() + " " + s.Cron)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrCron, err)
	}
	if times.Next(time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)).IsZero() { // 30 February
		return nil, fmt.Errorf("%w: %q never comes", ErrCron, s.Cron)
	}
	return times, nil
}

// Next is when the schedule is due after a time.
func (s Schedule) Next(after time.Time) (time.Time, error) {
	times, err := s.times()
	if err != nil {
		return time.Time{}, err
	}
	return times.Next(after).UTC(), nil
}

// Last is when the schedule was due last, after a time and not after now; zero where it was not.
func (s Schedule) Last(after, now time.Time) (time.Time, error) {
	times, err := s.times()
	if err != nil {
		return time.Time{}, err
	}
	for back := time.Hour; ; back *= 8 {
		from := now.Add(-back)
		if from.Before(after) {
			from = after
		}
		last := time.Time{}
		for due := times.Next(from); !due.IsZero() && !due.After(now); due = times.Next(due) {
			last = due.UTC()
		}
		if !last.IsZero() || !from.After(after) {
			return last, nil
		}
	}
}
