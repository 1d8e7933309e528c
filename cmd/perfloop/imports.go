package main

import (
	"context"
	"errors"

	"github.com/perfloop/perfloop/analytics"
	"github.com/perfloop/perfloop/dashboards"
)

type importsCommand struct{}

// Run lists the imports of the published build.
func (c *importsCommand) Run(ctx context.Context, a *app) (err error) {
	reader, err := analytics.OpenReader(ctx, a.data, analytics.Options{})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, reader.Close()) }()
	imports, err := dashboards.Imports(ctx, reader)
	if err != nil {
		return err
	}
	if a.json {
		return a.writeJSON(imports)
	}
	for _, i := range imports {
		a.print("cli.import_line", "import", i.ID, "at", i.At, "by", i.By, "file", i.File, "kinds", i.Kinds,
			"read", i.Read, "new", i.New, "changed", i.Changed, "unchanged", i.Unchanged, "rejected", i.Rejected)
		if i.UndoneAt != nil {
			a.print("cli.import_undone", "at", *i.UndoneAt, "by", i.UndoneBy)
		}
	}
	if len(imports) == 0 {
		a.print("cli.no_imports")
	}
	return nil
}
