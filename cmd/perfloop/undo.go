package main

import (
	"context"
	"errors"
	"time"

	"github.com/perfloop/perfloop/analytics"
	"github.com/perfloop/perfloop/ingest"
)

type undoCommand struct {
	ImportID int64 `arg:"" name:"id" help:"Number of the import, as perfloop imports lists it."`
	DryRun   bool  `help:"Say what would change and keep everything."`
}

type redoCommand struct {
	ImportID int64 `arg:"" name:"id" help:"Number of the import, as perfloop imports lists it."`
	DryRun   bool  `help:"Say what would change and keep everything."`
}

// Run takes the import back.
func (c *undoCommand) Run(ctx context.Context, a *app) error {
	return a.undo(ctx, ingest.Undoing{ImportID: c.ImportID}, c.DryRun)
}

// Run brings the import back.
func (c *redoCommand) Run(ctx context.Context, a *app) error {
	return a.undo(ctx, ingest.Undoing{ImportID: c.ImportID, Redo: true}, c.DryRun)
}

// undo tells the effect before it comes about, through the running server where there is one.
func (a *app) undo(ctx context.Context, u ingest.Undoing, dryRun bool) error {
	u.By, u.Now = currentUser(), time.Now
	s, err := openStore(ctx, a.data)
	var effect ingest.Effect
	switch {
	case errors.Is(err, analytics.ErrLocked):
		effect, err = a.undoThroughServer(ctx, u, dryRun)
	case err == nil && dryRun:
		effect, err = s.archive.PreviewUndo(ctx, s.preview, u)
		err = errors.Join(err, s.close())
	case err == nil:
		effect, err = s.archive.Undo(ctx, s.update, u)
		err = errors.Join(err, s.close())
	}
	if err != nil {
		return err
	}
	return a.reportEffect(effect, dryRun)
}

func (a *app) reportEffect(e ingest.Effect, dryRun bool) error {
	if a.json {
		return a.writeJSON(e)
	}
	title, done := "cli.effect_undo", "cli.effect_undone"
	if e.Redo {
		title, done = "cli.effect_redo", "cli.effect_redone"
	}
	if dryRun {
		done = "cli.effect_dry"
	}
	a.print(title, "import", e.ImportID, "file", e.File)
	for _, k := range e.Kinds {
		a.print("cli.effect_kind", "kind", a.words.T("kind."+k.Kind), "gone", k.Gone, "changed", k.Changed, "added", k.Added)
	}
	if len(e.Kinds) == 0 {
		a.print("cli.effect_nothing")
	}
	for _, i := range e.Imports {
		a.print("cli.effect_import", "import", i.ImportID, "file", i.File,
			"new", i.After.New, "changed", i.After.Changed, "unchanged", i.After.Unchanged, "rejected", i.After.Rejected,
			"new_before", i.Before.New, "changed_before", i.Before.Changed, "unchanged_before", i.Before.Unchanged, "rejected_before", i.Before.Rejected)
	}
	a.print(done, "import", e.ImportID)
	return nil
}
