package analytics

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"sort"
	"sync"
)

const (
	extractsDir  = "extracts"
	keptExtracts = 3 // the newest, and two for readers that opened one a moment ago
)

// extract is one immutable, published state of the warehouse, open read-only.
type extract struct {
	build   Build
	db      *sql.DB
	readers sync.WaitGroup
	isLive  bool // in memory the extract is the warehouse itself, which Close closes
}

func (e *extract) close() error {
	e.readers.Wait()
	if e.isLive {
		return nil
	}
	return e.db.Close()
}

// publication holds the extract that readers get now.
type publication struct {
	mu      sync.RWMutex
	current *extract
}

// acquire returns the current extract; the caller calls release when its rows are read.
func (p *publication) acquire() (e *extract, release func(), err error) {
	p.mu.RLock()
	defer p.mu.RUnlock()
	if p.current == nil {
		return nil, nil, errors.New("nothing is published")
	}
	p.current.readers.Add(1)
	return p.current, p.current.readers.Done, nil
}

// swap makes next current. The one before is closed when its last reader has gone.
func (p *publication) swap(next *extract) {
	p.mu.Lock()
	before := p.current
	p.current = next
	p.mu.Unlock()
	if before != nil {
		go before.close() //nolint:errcheck // nobody reads it any more and its file is read-only
	}
}

func (p *publication) close() error {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.current == nil {
		return nil
	}
	err := p.current.close()
	p.current = nil
	return err
}

// publish checkpoints the live file, copies it under a name never used before and lets readers on to
// the copy. A path used twice would return the engine's cached instance of the old file.
func (db *DB) publish(ctx context.Context, b Build) error {
	if db.dir == "" {
		db.published.swap(&extract{build: b, db: db.writer, isLive: true})
		return nil
	}
	if _, err := db.writer.ExecContext(ctx, "checkpoint"); err != nil {
		return fmt.Errorf("checkpoint: %w", err)
	}
	path := db.extractPath(b)
	if err := copyFile(ctx, db.livePath(), path); err != nil {
		return err
	}
	return db.serve(ctx, b, path)
}

// publishOrReuse serves the extract of the last build where it is whole, else publishes again.
func (db *DB) publishOrReuse(ctx context.Context, last Build) error {
	if db.dir != "" && db.serve(ctx, last, db.extractPath(last)) == nil {
		return nil
	}
	return db.publish(ctx, last)
}

// serve opens and verifies the extract, makes it current and removes those nobody should need.
func (db *DB) serve(ctx context.Context, b Build, path string) error {
	e, err := openExtract(ctx, path, db.opts)
	if err != nil {
		return err
	}
	if e.build.ID != b.ID {
		return errors.Join(fmt.Errorf("extract %s holds build %d, not %d", filepath.Base(path), e.build.ID, b.ID), e.db.Close())
	}
	e.build.Checks = b.Checks
	db.published.swap(e)
	return removeOldExtracts(db.dir)
}

func (db *DB) extractPath(b Build) string {
	return filepath.Join(db.dir, extractsDir, fmt.Sprintf("build-%08d.duckdb", b.ID))
}

// copyFile copies in a child process: closing the live file in this one would drop the engine's lock.
func copyFile(ctx context.Context, from, to string) error {
	part := to + ".part"
	args := []string{from, part}
	if runtime.GOOS == "linux" {
		args = append([]string{"--reflink=auto"}, args...)
	}
	if out, err := exec.CommandContext(ctx, "cp", args...).CombinedOutput(); err != nil {
		return fmt.Errorf("copy warehouse: %w: %s", err, out)
	}
	if err := os.Chmod(part, 0o400); err != nil {
		return fmt.Errorf("protect extract: %w", err)
	}
	if err := os.Rename(part, to); err != nil {
		return fmt.Errorf("name extract: %w", err)
	}
	return nil
}

// openExtract opens a published file so that no statement can reach beyond it, and reads its build.
func openExtract(ctx context.Context, path string, o Options) (*extract, error) {
	if _, err := os.Stat(path); err != nil {
		return nil, fmt.Errorf("open extract: %w", err)
	}
	db, err := sql.Open("duckdb", path+o.dsn()+"&access_mode=READ_ONLY&enable_external_access=false")
	if err != nil {
		return nil, fmt.Errorf("open extract: %w", err)
	}
	e := &extract{db: db}
	if err := lockDown(ctx, db, path); err != nil {
		return nil, errors.Join(err, db.Close())
	}
	err = db.QueryRowContext(ctx, "select build_id, built_at, as_of, models_fingerprint from raw.build order by build_id desc limit 1").
		Scan(&e.build.ID, &e.build.BuiltAt, &e.build.AsOf, &e.build.ModelsFingerprint)
	if err != nil {
		return nil, errors.Join(fmt.Errorf("verify extract: %w", err), db.Close())
	}
	return e, nil
}

// lockDown takes the file system away for good, then proves it: the extract must not be able to read its
// own file. An extract that this process has open already shares its engine and is locked down before.
func lockDown(ctx context.Context, db *sql.DB, path string) error {
	var isLocked bool
	if err := db.QueryRowContext(ctx, "select current_setting('lock_configuration')::boolean").Scan(&isLocked); err != nil {
		return fmt.Errorf("read extract's settings: %w", err)
	}
	if !isLocked {
		for _, statement := range []string{"set disabled_filesystems = 'LocalFileSystem'", "set lock_configuration = true"} {
			if _, err := db.ExecContext(ctx, statement); err != nil {
				return fmt.Errorf("lock down extract: %w", err)
			}
		}
	}
	var size int64
	if db.QueryRowContext(ctx, "select size from read_blob($path::varchar)", sql.Named("path", path)).Scan(&size) == nil {
		return errors.New("extract is not locked down: it can read files")
	}
	return nil
}

// extractFiles lists the published files of a data folder, the oldest first.
func extractFiles(dir string) ([]string, error) {
	found, err := filepath.Glob(filepath.Join(dir, extractsDir, "build-*.duckdb"))
	if err != nil {
		return nil, fmt.Errorf("list extracts: %w", err)
	}
	sort.Strings(found)
	return found, nil
}

func removeOldExtracts(dir string) error {
	found, err := extractFiles(dir)
	if err != nil {
		return err
	}
	for len(found) > keptExtracts {
		if err := os.Remove(found[0]); err != nil {
			return fmt.Errorf("remove old extract: %w", err)
		}
		found = found[1:]
	}
	return nil
}
