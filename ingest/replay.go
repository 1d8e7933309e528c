package ingest

import (
	"context"
	"database/sql"
	"fmt"
)

// Replay loads every kept import again, in order, into raw tables that are empty. Ids, importers, times and how each
// column is read come from the manifests, so that the rows are those of the first time.
func (a *Archive) Replay(ctx context.Context, conn *sql.Conn) error {
	ids, err := a.ids("")
	if err != nil {
		return err
	}
	for _, id := range ids {
		if err := a.replayOne(ctx, conn, id); err != nil {
			return fmt.Errorf("replay import %d: %w", id, err)
		}
	}
	return nil
}

func (a *Archive) replayOne(ctx context.Context, conn *sql.Conn, id int64) error {
	m, err := a.manifest(id)
	if err != nil {
		return err
	}
	original, err := a.Original(id)
	if err != nil {
		return err
	}
	f, err := openFile(original, Options{Kind: m.Kind, Mapping: m.Mapping, By: m.ImportedBy, words: m.Words})
	if err != nil {
		return err
	}
	defer f.close()
	f.progress = func(int) {}
	_, err = loadFile(ctx, conn, f, m)
	return err
}

// Recover brings the archive in line with the warehouse after a crash: a pending import that the warehouse holds is
// kept, any other is dropped.
func (a *Archive) Recover(ctx context.Context, conn *sql.Conn) error {
	ids, err := a.ids(pendingSuffix)
	if err != nil {
		return err
	}
	for _, id := range ids {
		var known bool
		if err := conn.QueryRowContext(ctx, "select count(*) > 0 from raw.import where import_id = $1", id).Scan(&known); err != nil {
			return fmt.Errorf("look up import %d: %w", id, err)
		}
		if known {
			err = a.finish(id)
		} else {
			err = a.drop(id)
		}
		if err != nil {
			return err
		}
	}
	return nil
}
