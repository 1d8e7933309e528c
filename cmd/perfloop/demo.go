package main

import (
	"context"
	"os"
	"path/filepath"
	"time"

	"github.com/perfloop/perfloop/ingest"
	"github.com/perfloop/perfloop/ingest/demo"
)

type demoCommand struct {
	Out       string `help:"Folder to write to." required:"" type:"path" placeholder:"DIR"`
	Employees int    `help:"How many people." default:"600"`
	Cycles    int    `help:"How many half-year cycles, the last one running." default:"6"`
	Seed      int64  `help:"The same seed and day write the same company." default:"1"`
	AsOf      string `help:"The day in the company's life, in its last cycle. Default: today." placeholder:"YYYY-MM-DD"`
}

// options: --lang is the language of the files; both unless asked for one.
func (c *demoCommand) options(a *app) (demo.Options, error) {
	lang := a.lang
	if lang == "" {
		lang = "both"
	}
	asOf := time.Now()
	if c.AsOf != "" {
		var err error
		if asOf, err = time.Parse(time.DateOnly, c.AsOf); err != nil {
			return demo.Options{}, usage("cli.not_a_day", "value", c.AsOf)
		}
	}
	return demo.Options{Employees: c.Employees, Cycles: c.Cycles, Seed: c.Seed, Lang: lang, AsOf: asOf}, nil
}

// Run writes the demo company's spreadsheets and what was planted in them.
func (c *demoCommand) Run(ctx context.Context, a *app) error {
	if c.Employees < 50 || c.Cycles < 2 || c.Cycles > 40 {
		return usage("cli.demo_too_small")
	}
	options, err := c.options(a)
	if err != nil {
		return err
	}
	files := 0
	_, err = demo.Write(ctx, c.Out, options, func(string) { files++ })
	if err != nil {
		return err
	}
	if a.json {
		return a.writeJSON(map[string]any{"folder": c.Out, "files": files})
	}
	a.print("cli.demo_written", "files", files, "folder", c.Out)
	return nil
}

// fillWithDemo writes the demo company into the data folder and imports it as any other files. A folder
// that holds imports already is served as it is: real data and the demo company are never mixed.
func fillWithDemo(ctx context.Context, a *app, s *store) error {
	imported, err := s.db.Query(ctx, "select count(*) as import_count from raw.import", nil, 1)
	if err != nil {
		return err
	}
	if imported.Rows[0][0].(int64) > 0 {
		a.print("cli.demo_kept", "data", a.data)
		return nil
	}
	folder := filepath.Join(a.data, "demo-files")
	a.print("cli.demo_writing", "folder", folder)
	if err := os.RemoveAll(folder); err != nil {
		return err
	}
	options, err := (&demoCommand{Employees: 600, Cycles: 6, Seed: 1}).options(a)
	if err != nil {
		return err
	}
	if _, err := demo.Write(ctx, folder, options, func(string) {}); err != nil {
		return err
	}
	sources, err := readSources([]string{folder})
	if err != nil {
		return err
	}
	bar := newProgress(a)
	reports, err := s.archive.Import(ctx, s.update, withoutTruth(sources), ingest.Options{By: "demo", Now: time.Now, Progress: bar.step})
	bar.done()
	if err != nil {
		return err
	}
	total := together(reports)
	a.print("cli.demo_imported", "files", len(reports), "stored", total.Stored(), "rejected", total.Rejected())
	return nil
}

// withoutTruth leaves out what the generator planted: it is for tests, not data.
func withoutTruth(sources []ingest.Source) []ingest.Source {
	kept := sources[:0]
	for _, source := range sources {
		if source.Name != "truth.json" {
			kept = append(kept, source)
		}
	}
	return kept
}
