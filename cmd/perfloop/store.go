package main

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"path/filepath"

	"github.com/perfloop/perfloop/analytics"
	"github.com/perfloop/perfloop/ingest"
)

// store is an open data folder: the warehouse and the imported files it is made from.
type store struct {
	db      *analytics.DB
	archive *ingest.Archive

	unpublished error // of the last update
}

// archiveDir is where a data folder keeps the imported files.
func archiveDir(data string) string { return filepath.Join(data, "imports") }

// openStore opens the data folder for writing, makes good what a crash left, and replays the imported
// files where the warehouse had to be made anew.
func openStore(ctx context.Context, dir string) (*store, error) {
	db, err := analytics.Open(ctx, dir, analytics.Options{})
	if err != nil {
		return nil, err
	}
	s := &store{db: db}
	if err := s.openArchive(ctx, dir); err != nil {
		return nil, errors.Join(err, db.Close())
	}
	return s, nil
}

func (s *store) openArchive(ctx context.Context, dir string) error {
	var err error
	if s.archive, err = ingest.OpenArchive(archiveDir(dir)); err != nil {
		return err
	}
	if s.db.IsNew() {
		return s.update(ctx, s.archive.Replay)
	}
	return s.db.Preview(ctx, s.archive.Recover)
}

// update fits ingest.Updater. What was committed but not published is said when the store is closed.
func (s *store) update(ctx context.Context, load func(context.Context, *sql.Conn) error) error {
	built, err := s.db.Update(ctx, load)
	s.unpublished = built.Unpublished
	return err
}

// preview fits ingest.Updater and keeps nothing.
func (s *store) preview(ctx context.Context, load func(context.Context, *sql.Conn) error) error {
	return s.db.Preview(ctx, load)
}

// replay makes the warehouse again from the imported files and the log of settings, in one transaction.
func (s *store) replay(ctx context.Context) (analytics.Build, error) {
	return s.db.Update(ctx, func(ctx context.Context, conn *sql.Conn) error {
		if err := analytics.ClearRaw(ctx, conn); err != nil {
			return err
		}
		if err := s.archive.Replay(ctx, conn); err != nil {
			return err
		}
		return s.db.ReplaySettings(ctx, conn)
	})
}

func (s *store) close() error {
	if err := errors.Join(s.unpublished, s.db.Close()); err != nil {
		return fmt.Errorf("close data folder: %w", err)
	}
	return nil
}
