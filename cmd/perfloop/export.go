package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"time"

	"github.com/perfloop/perfloop/analytics"
	"github.com/perfloop/perfloop/dashboards/workbook"
	"github.com/perfloop/perfloop/ingest"
)

type exportCommand struct {
	Calibration exportCalibrationCommand `cmd:"" help:"Write the calibration workbook of a cycle."`
	Rejected    exportRejectedCommand    `cmd:"" help:"Write the rows of an import that were not stored, with the reasons, to be mended and imported again."`
}

type exportCalibrationCommand struct {
	Cycle string `help:"The cycle, such as 2025H2." required:"" placeholder:"CYCLE"`
	Unit  string `help:"Only this unit and those below it." placeholder:"UNIT"`
	Out   string `short:"o" name:"output" help:"Workbook to write." required:"" type:"path" placeholder:"FILE.xlsx"`
}

type exportRejectedCommand struct {
	Import int64  `help:"Number of the import, as perfloop imports lists it." required:"" placeholder:"ID"`
	Out    string `short:"o" name:"output" help:"Workbook to write." required:"" type:"path" placeholder:"FILE.xlsx"`
}

// Run writes the calibration workbook.
func (c *exportCalibrationCommand) Run(ctx context.Context, a *app) error {
	return a.export(ctx, c.Out, func(w io.Writer, q analytics.Querier) error {
		return workbook.WriteCalibration(ctx, w, q, workbook.Calibration{Cycle: c.Cycle, Unit: c.Unit, Lang: a.words.Lang, Now: time.Now()})
	})
}

// Run writes the workbook of rejected rows.
func (c *exportRejectedCommand) Run(ctx context.Context, a *app) error {
	archive, err := ingest.OpenArchive(archiveDir(a.data))
	if err != nil {
		return err
	}
	plans, err := archive.SheetPlans(c.Import)
	if err != nil {
		return err
	}
	return a.export(ctx, c.Out, func(w io.Writer, q analytics.Querier) error {
		return workbook.WriteRejected(ctx, w, q, workbook.Rejected{ImportID: c.Import, Plans: plans, Lang: a.words.Lang})
	})
}

// export writes a workbook beside its place and moves it there when it is whole.
func (a *app) export(ctx context.Context, out string, write func(io.Writer, analytics.Querier) error) (err error) {
	reader, err := analytics.OpenReader(ctx, a.data, analytics.Options{})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, reader.Close()) }()
	part, err := os.CreateTemp(filepath.Dir(out), ".perfloop-*.xlsx")
	if err != nil {
		return usage("cli.no_folder", "file", out)
	}
	err = write(part, reader)
	if err = errors.Join(err, part.Close()); err != nil {
		return errors.Join(err, os.Remove(part.Name()))
	}
	if err := os.Rename(part.Name(), out); err != nil {
		return fmt.Errorf("name workbook: %w", err)
	}
	if a.json {
		return a.writeJSON(map[string]string{"file": out})
	}
	a.print("cli.exported", "file", out)
	return nil
}
