package reports

import (
	"context"
	"errors"
	"log/slog"
	"time"
)

// Report is what is sent.
type Report struct {
	Name        string // of the file
	ContentType string
	Subject     string
	Text        string
	Body        []byte
}

// Runner sends what is due.
type Runner struct {
	Book *Book
	Make func(context.Context, Schedule) (Report, error)         // as the schedule's reader
	Send func(context.Context, Schedule, Report) (string, error) // by mail or into the folder; returns the file's path where there is one
	Now  func() time.Time
	Log  *slog.Logger
}

// pauses before each further try after one that failed.
func pauses() []time.Duration { return []time.Duration{time.Minute, 5 * time.Minute, 30 * time.Minute} }

// pulse is how often the runner looks whether something is due.
const pulse = 15 * time.Second

// Run sends what is due until the context ends.
func (r *Runner) Run(ctx context.Context) {
	tick := time.NewTicker(pulse)
	defer tick.Stop()
	for {
		if err := r.Once(ctx); err != nil && ctx.Err() == nil {
			r.Log.Error("send reports", "error", err)
		}
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
	}
}

// Once sends what is due now: of several due times that passed while the program was off, the last one; of one that failed, again after a pause.
// One that the program's end cut short is noted as unknown and not sent again.
func (r *Runner) Once(ctx context.Context) error {
	schedules, err := r.Book.Schedules()
	if err != nil {
		return err
	}
	log, err := r.Book.Log()
	if err != nil {
		return err
	}
	newest := map[int64]Sending{}
	for _, line := range log {
		newest[line.Schedule] = line
	}
	var faults []error
	for _, s := range schedules {
		faults = append(faults, r.one(ctx, s, newest[s.ID]))
	}
	return errors.Join(faults...)
}

func (r *Runner) one(ctx context.Context, s Schedule, last Sending) error {
	if ctx.Err() != nil {
		return ctx.Err()
	}
	now := r.Now().UTC()
	if last.State == Begun {
		last.State, last.At, last.Error = Unknown, now, "the program ended while this was being sent"
		if err := r.Book.Note(last); err != nil {
			return err
		}
	}
	after := s.AddedAt
	if last.DueAt.After(after) {
		after = last.DueAt
	}
	due, err := s.Last(after, now)
	switch {
	case err != nil:
		return err
	case !due.IsZero():
		return r.send(ctx, s, Sending{Schedule: s.ID, DueAt: due, Try: 1})
	case last.State == Failed && last.Try <= len(pauses()) && !now.Before(last.At.Add(pauses()[last.Try-1])):
		return r.send(ctx, s, Sending{Schedule: s.ID, DueAt: last.DueAt, Try: last.Try + 1})
	}
	return nil
}

// send makes and sends one report, and notes it before and after.
func (r *Runner) send(ctx context.Context, s Schedule, line Sending) error {
	line.State, line.At, line.To = Begun, r.Now().UTC(), s.To
	if err := r.Book.Note(line); err != nil {
		return err // what cannot be noted is not sent: it could be sent twice
	}
	report, err := r.Make(ctx, s)
	if err == nil {
		line.Bytes = len(report.Body)
		line.File, err = r.Send(ctx, s, report)
	}
	line.State, line.At = Sent, r.Now().UTC()
	if err != nil {
		line.State, line.Error = Failed, err.Error()
		r.Log.Warn("report not sent", "schedule", s.ID, "try", line.Try, "error", err)
	}
	return r.Book.Note(line)
}

// SendNow sends a schedule's report at once, beside its times.
func (r *Runner) SendNow(ctx context.Context, id int64) (Sending, error) {
	schedules, err := r.Book.Schedules()
	if err != nil {
		return Sending{}, err
	}
	for _, s := range schedules {
		if s.ID != id {
			continue
		}
		if err := r.send(ctx, s, Sending{Schedule: id, DueAt: r.Now().UTC().Truncate(time.Second), Try: len(pauses()) + 1}); err != nil {
			return Sending{}, err
		}
		log, err := r.Book.Log()
		if err != nil || len(log) == 0 {
			return Sending{}, err
		}
		return log[len(log)-1], nil
	}
	return Sending{}, ErrNoSchedule
}
