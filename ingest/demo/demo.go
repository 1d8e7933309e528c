// Package demo writes the spreadsheets of a company that does not exist: what an HR department would
// hand over, in all fourteen kinds, with dirt in it and with effects planted that an analysis must find.
package demo

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"time"
)

// Options says what company to make. The zero value is the default: 600 people, six half-years, seed 1,
// files in English and Chinese.
type Options struct {
	Employees int       // people at work at any one time; 40 at least
	Cycles    int       // half-year cycles, the last one running; 2 at least
	Seed      int64     // same options, same bytes
	Lang      string    // en, zh or both
	AsOf      time.Time // the company's today; zero: 15 November 2026
}

// Write makes the company and writes its files and truth.json into dir, which it creates. progress may
// be nil; it is told each file's name before the file is written. Nothing in the files is dated after AsOf,
// except dates that lie ahead by nature (a cycle's end, a due date).
func Write(ctx context.Context, dir string, o Options, progress func(file string)) (Truth, error) {
	o, err := o.filled()
	if err != nil {
		return Truth{}, err
	}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return Truth{}, fmt.Errorf("make folder %s: %w", dir, err)
	}
	c := simulate(o)
	d := &disk{dir: dir}
	for _, f := range c.files() {
		if err := ctx.Err(); err != nil {
			return Truth{}, err
		}
		if progress != nil {
			progress(f.name)
		}
		if err := d.write(f); err != nil {
			return Truth{}, fmt.Errorf("write %s: %w", f.name, err)
		}
	}
	t := c.truth(d)
	return t, writeTruth(filepath.Join(dir, "truth.json"), t)
}

func (o Options) filled() (Options, error) {
	if o.Employees == 0 {
		o.Employees = 600
	}
	if o.Cycles == 0 {
		o.Cycles = 6
	}
	if o.Seed == 0 {
		o.Seed = 1
	}
	if o.Lang == "" {
		o.Lang = "both"
	}
	if o.AsOf.IsZero() {
		o.AsOf = time.Date(2026, 11, 15, 0, 0, 0, 0, time.UTC)
	}
	y, m, d := o.AsOf.Date()
	o.AsOf = time.Date(y, m, d, 0, 0, 0, 0, time.UTC)
	switch {
	case o.Employees < 40:
		return o, fmt.Errorf("make demo company: %d employees are too few, 40 at least", o.Employees)
	case o.Cycles < 2 || o.Cycles > 40:
		return o, fmt.Errorf("make demo company: %d cycles, 2 to 40 can be made", o.Cycles)
	case o.Lang != "en" && o.Lang != "zh" && o.Lang != "both":
		return o, fmt.Errorf("make demo company: language %q is none of en, zh, both", o.Lang)
	}
	return o, nil
}

func writeTruth(name string, t Truth) error {
	text, err := json.MarshalIndent(t, "", "  ")
	if err != nil {
		return fmt.Errorf("encode truth: %w", err)
	}
	if err := os.WriteFile(name, append(text, '\n'), 0o644); err != nil {
		return fmt.Errorf("write truth: %w", err)
	}
	return nil
}
