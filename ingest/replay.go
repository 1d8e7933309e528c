package ingest

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/perfloop/perfloop/ingest/sheet"
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
	return a.load(ctx, conn, m)
}

// load loads a kept import as its manifest says. Of one that is undone only the report and the rejected rows stay.
func (a *Archive) load(ctx context.Context, conn *sql.Conn, m *manifest) error {
	original, err := a.Original(m.ImportID)
	if err != nil {
		return err
	}
	f, err := openFile(original, Options{Kind: m.Kind, Mapping: m.Mapping, By: m.ImportedBy, words: m.Words, Limits: sheet.Unlimited(), references: m.References})
	if err != nil {
		return err
	}
	defer f.close()
	if _, err := loadFile(ctx, conn, f, m); err != nil {
		return err
	}
	if m.Undone == nil {
		return nil
	}
	for _, kind := range m.kinds() {
		if _, err := conn.ExecContext(ctx, "delete from raw."+kind+" where import_id = $1", m.ImportID); err != nil {
			return fmt.Errorf("undo import %d: %w", m.ImportID, err)
		}
	}
	return nil
}

// Recover brings the archive in line with the warehouse after a crash: a pending import that the warehouse holds is
// kept, any other is dropped; a manifest that was about to be replaced is, if the warehouse knows of it.
func (a *Archive) Recover(ctx context.Context, conn *sql.Conn) error {
	if err := a.recoverImports(ctx, conn); err != nil {
		return err
	}
	return a.recoverUndone(ctx, conn)
}

func (a *Archive) recoverImports(ctx context.Context, conn *sql.Conn) error {
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

// recoverUndone settles for every import whether it is undone.
func (a *Archive) recoverUndone(ctx context.Context, conn *sql.Conn) error {
	ids, err := a.ids("")
	if err != nil {
		return err
	}
	for _, id := range ids {
		next, err := a.readManifest(id, nextManifest)
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err == nil {
			var at sql.NullTime
			err = conn.QueryRowContext(ctx, "select max(undone_at) from raw.import where import_id = $1", id).Scan(&at)
			if err != nil {
				return fmt.Errorf("look up import %d: %w", id, err)
			}
			if next.isUndoneAt(at) {
				err = a.finishNext(id)
			} else {
				err = a.dropNext(id)
			}
		} else { // half written, so nothing was committed
			err = a.dropNext(id)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// isUndoneAt says whether the manifest and the warehouse say the same of an import's undoing.
func (m *manifest) isUndoneAt(at sql.NullTime) bool {
	return m.Undone == nil && !at.Valid || m.Undone != nil && at.Valid && m.Undone.At.Equal(at.Time)
}

// writeNext puts beside a manifest, as it stands in the folder, the one that is to take its place.
func (a *Archive) writeNext(id int64, u *undone) error {
	m, err := a.manifest(id)
	if err != nil {
		return err
	}
	m.Undone = u
	return writeManifest(filepath.Join(a.path(id), nextManifest), m)
}

func (a *Archive) finishNext(id int64) error {
	if err := os.Rename(filepath.Join(a.path(id), nextManifest), filepath.Join(a.path(id), manifestName)); err != nil {
		return fmt.Errorf("replace manifest of import %d: %w", id, err)
	}
	return nil
}

func (a *Archive) dropNext(id int64) error {
	if err := os.Remove(filepath.Join(a.path(id), nextManifest)); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("drop next manifest of import %d: %w", id, err)
	}
	return nil
}
