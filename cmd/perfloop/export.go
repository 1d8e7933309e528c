package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"github.com/perfloop/perfloop/analytics"
	"github.com/perfloop/perfloop/dashboards/workbook"
)

type exportCommand struct {
	Calibration exportCalibrationCommand `cmd:"" help:"Write the calibration workbook of a cycle."`
}

type exportCalibrationCommand struct {
	Cycle string `help:"The cycle, such as 2025H2." required:"" placeholder:"CYCLE"`
	Unit  string `help:"Only this unit and those below it." placeholder:"UNIT"`
	Out   string `short:"o" name:"output" help:"Workbook to write." required:"" type:"path" placeholder:"FILE.xlsx"`
}

// Run writes the workbook beside its place and moves it there when it is whole.
func (c *exportCalibrationCommand) Run(ctx context.Context, a *app) (err error) {
	reader, err := analytics.OpenReader(ctx, a.data, analytics.Options{})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, reader.Close()) }()
	part, err := os.CreateTemp(filepath.Dir(c.Out), ".perfloop-*.xlsx")
	if err != nil {
		return usage("cli.no_folder", "file", c.Out)
	}
	err = workbook.WriteCalibration(ctx, part, reader, workbook.Calibration{Cycle: c.Cycle, Unit: c.Unit, Lang: a.words.Lang, Now: time.Now()})
	if err = errors.Join(err, part.Close()); err != nil {
		return errors.Join(err, os.Remove(part.Name()))
	}
	if err := os.Rename(part.Name(), c.Out); err != nil {
		return fmt.Errorf("name workbook: %w", err)
	}
	if a.json {
		return a.writeJSON(map[string]string{"file": c.Out})
	}
	a.print("cli.exported", "file", c.Out)
	return nil
}
