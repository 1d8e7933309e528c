package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/perfloop/perfloop/dashboards/workbook"
	"github.com/perfloop/perfloop/ingest"
)

const (
	inboxEvery   = 500 * time.Millisecond // how often the folder is looked at
	inboxSettled = 2 * time.Second        // how long a file must stay as it is before it is taken
	inboxUser    = "inbox"
)

// inbox imports the files that appear in a folder, and puts them into done/ or rejected/ below it with a report beside each.
// A file that a program that was killed had imported and not yet put away is found to be imported.
type inbox struct {
	app   *app
	store *store
	dir   string
	log   *slog.Logger

	seen map[string]sighting
}

// sighting is what a file was like, since when.
type sighting struct {
	size     int64
	modified time.Time
	since    time.Time
}

func openInbox(a *app, s *store, dir string, log *slog.Logger) (*inbox, error) {
	for _, folder := range []string{"done", "rejected"} {
		if err := os.MkdirAll(filepath.Join(dir, folder), 0o700); err != nil {
			return nil, usage("cli.no_folder", "file", dir)
		}
	}
	return &inbox{app: a, store: s, dir: dir, log: log, seen: map[string]sighting{}}, nil
}

// watch takes files as they come until ctx ends.
func (in *inbox) watch(ctx context.Context) {
	tick := time.NewTicker(inboxEvery)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
			if err := in.round(ctx, time.Now()); err != nil && ctx.Err() == nil {
				in.log.Error("import from inbox", "error", err)
			}
		}
	}
}

// round takes the files that have settled, by name.
func (in *inbox) round(ctx context.Context, now time.Time) error {
	entries, err := os.ReadDir(in.dir)
	if err != nil {
		return fmt.Errorf("list inbox: %w", err)
	}
	present := map[string]sighting{}
	var settled []string
	for _, e := range entries {
		info, err := e.Info()
		if err != nil || !e.Type().IsRegular() || isUnfinished(e.Name()) {
			continue
		}
		s := sighting{size: info.Size(), modified: info.ModTime(), since: now}
		if last, known := in.seen[e.Name()]; known && last.size == s.size && last.modified.Equal(s.modified) {
			s.since = last.since
		}
		present[e.Name()] = s
		if now.Sub(s.since) >= inboxSettled {
			settled = append(settled, e.Name())
		}
	}
	in.seen = present
	var errs []error
	for _, name := range settled {
		delete(in.seen, name)
		if err := in.take(ctx, name); err != nil && !errors.Is(err, fs.ErrNotExist) { // gone meanwhile: nothing to take
			errs = append(errs, err)
		}
	}
	return errors.Join(errs...)
}

// isUnfinished says of a name that programs give to files that they are still writing, or to their locks.
func isUnfinished(name string) bool {
	lower := strings.ToLower(name)
	for _, ending := range []string{".part", ".tmp", ".crdownload", ".filepart"} {
		if strings.HasSuffix(lower, ending) {
			return true
		}
	}
	return strings.HasPrefix(name, ".") || strings.HasPrefix(name, "~$")
}

// take imports one file and puts it away.
func (in *inbox) take(ctx context.Context, name string) error {
	path := filepath.Join(in.dir, name)
	reports, err := in.store.archive.Import(ctx, in.store.update, []ingest.Source{{Name: name, Path: path}},
		ingest.Options{By: inboxUser, Now: time.Now})
	if err != nil {
		return fmt.Errorf("import %s: %w", name, err)
	}
	folder := "done"
	var exit exitError
	if errors.As(exitOf(reports), &exit) && exit == exitNothing {
		folder = "rejected"
	}
	target := freeName(filepath.Join(in.dir, folder, name))
	if err := os.Rename(path, target); err != nil {
		return fmt.Errorf("put %s away: %w", name, err)
	}
	return in.tell(ctx, target, reports)
}

// freeName is the path, with a number where files of that name or reports on them are there already.
func freeName(path string) string {
	ending := filepath.Ext(path)
	stem := strings.TrimSuffix(path, ending)
	for n := 1; ; n++ {
		if n > 1 {
			path = fmt.Sprintf("%s (%d)%s", stem, n, ending)
		}
		if found, _ := filepath.Glob(globbed(path) + "*"); len(found) == 0 {
			return path
		}
	}
}

// globbed is a path as a pattern that matches it alone.
func globbed(path string) string {
	return strings.NewReplacer(`\`, `\\`, "*", `\*`, "?", `\?`, "[", `\[`).Replace(path)
}

// tell writes the report beside a file in words and as JSON, and its rejected rows as a workbook.
func (in *inbox) tell(ctx context.Context, path string, reports []ingest.Report) error {
	var text, data bytes.Buffer
	say, record := *in.app, *in.app
	say.out, say.json = &text, false
	record.out = &data
	var exit exitError
	if err := say.report(reports, false); err != nil && !errors.As(err, &exit) {
		return err
	}
	err := errors.Join(record.writeJSON(reports), os.WriteFile(path+".report.txt", text.Bytes(), 0o600))
	if err = errors.Join(err, os.WriteFile(path+".report.json", data.Bytes(), 0o600)); err != nil {
		return fmt.Errorf("write report of %s: %w", filepath.Base(path), err)
	}
	if reports[0].ImportID == 0 || reports[0].Rejected() == 0 {
		return nil
	}
	return in.writeRejected(ctx, path+".rejected.xlsx", reports[0].ImportID)
}

func (in *inbox) writeRejected(ctx context.Context, path string, id int64) error {
	plans, err := in.store.archive.SheetPlans(id)
	if err != nil {
		return err
	}
	var book bytes.Buffer
	err = workbook.WriteRejected(ctx, &book, in.store.db, workbook.Rejected{ImportID: id, Plans: plans, Lang: in.app.words.Lang})
	if err != nil {
		return fmt.Errorf("write rejected rows of import %d: %w", id, err)
	}
	return os.WriteFile(path, book.Bytes(), 0o600)
}
