package main

import (
	"context"
	"errors"

	"github.com/perfloop/perfloop/analytics"
)

type buildCommand struct {
	FromFiles bool `help:"Empty the warehouse and import every kept file again, in order."`
}

// Run remakes the models, or the whole warehouse, in one transaction.
func (c *buildCommand) Run(ctx context.Context, a *app) error {
	s, err := openStore(ctx, a.data)
	if err != nil {
		return err
	}
	var built analytics.Build
	if c.FromFiles {
		built, err = s.replay(ctx)
	} else {
		built, err = s.db.Update(ctx, nil)
	}
	if err := errors.Join(err, s.close()); err != nil {
		return err
	}
	if a.json {
		return a.writeJSON(map[string]any{"build": built.ID, "built_at": built.BuiltAt, "as_of": built.AsOf.Format("2006-01-02"), "checks": built.Checks})
	}
	a.print("cli.built", "build", built.ID, "as_of", built.AsOf)
	return nil
}
