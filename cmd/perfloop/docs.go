package main

import (
	"context"
	"errors"

	"github.com/perfloop/perfloop/analytics"
	"github.com/perfloop/perfloop/dashboards/site"
)

type docsCommand struct {
	Out string `arg:"" name:"dir" help:"Folder to write to." type:"path"`
}

// Run writes the catalogue as a static site in both languages. It needs no data: an empty warehouse in memory parses the models.
func (c *docsCommand) Run(ctx context.Context, a *app) (err error) {
	db, err := analytics.Open(ctx, "", analytics.Options{})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	if err := site.Write(ctx, db, c.Out); err != nil {
		return err
	}
	a.print("cli.docs", "dir", c.Out)
	return nil
}
