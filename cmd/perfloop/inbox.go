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
	inboxPause   = 30 * time.Second       // how long a folder that cannot be listed is left alone
	inboxRetry   = 5 * time.Minute        // the longest that a file which could not be imported is left alone
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

// sighting is what a file was like, since when, and whether it failed to be imported so.
type sighting struct {
	size     int64
	modified time.Time
	since    time.Time
	failures int
	retry    time.Time // not to be taken before; zero where nothing failed
}

func (s sighting) isOf(info fs.FileInfo) bool {
	return info.Mode().IsRegular() && s.size == info.Size() && s.modified.Equal(info.ModTime())
}

func (s sighting) isReady(now time.Time) bool {
	return now.Sub(s.since) >= inboxSettled && !now.Before(s.retry)
}

// failed is the sighting to be tried again, each time after twice as long.
func (s sighting) failed(now time.Time) sighting {
	pause := inboxRetry
	if s.failures < 8 {
		pause = min(pause, inboxSettled<<s.failures)
	}
	s.failures++
	s.retry = now.Add(pause)
	return s
}

// openInbox makes the folders that files are put away into. A folder of the data folder is no inbox: its own files would be taken.
func openInbox(a *app, s *store, dir string, log *slog.Logger) (*inbox, error) {
	inside, err := isInside(dir, a.data)
	if err != nil {
		return nil, fmt.Errorf("open inbox: %w", err)
	}
	if inside {
		return nil, usage("cli.inbox_in_data", "file", dir, "data", a.data)
	}
	for _, folder := range []string{"done", "rejected"} {
		if err := os.MkdirAll(filepath.Join(dir, folder), 0o700); err != nil {
			return nil, usage("cli.no_folder", "file", dir)
		}
	}
	return &inbox{app: a, store: s, dir: dir, log: log, seen: map[string]sighting{}}, nil
}

// isInside reports whether a folder is another or below it, whatever links lead there.
func isInside(dir, outer string) (bool, error) {
	dir, err := filepath.EvalSymlinks(dir)
	if err != nil {
		return false, err
	}
	if outer, err = filepath.EvalSymlinks(outer); err != nil {
		return false, err
	}
	rest, err := filepath.Rel(outer, dir)
	return filepath.IsLocal(rest), err
}

// watch takes files as they come until ctx ends.
func (in *inbox) watch(ctx context.Context) {
	wait := inboxEvery
	for {
		select {
		case <-ctx.Done():
			return
		case <-time.After(wait):
		}
		wait = inboxEvery
		if err := in.round(ctx, time.Now()); err != nil {
			in.log.Error("watch inbox", "error", err)
			wait = inboxPause
		}
	}
}

// round takes the files that have settled, by name. A file that cannot be imported through no fault of its own stays for a
// later round; only that the folder cannot be listed is an error.
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
		s, known := in.seen[e.Name()]
		if !known || !s.isOf(info) {
			s = sighting{size: info.Size(), modified: info.ModTime(), since: now}
		}
		present[e.Name()] = s
		if s.isReady(now) {
			settled = append(settled, e.Name())
		}
	}
	in.seen = present
	for _, name := range settled {
		err := in.take(ctx, name)
		if ctx.Err() != nil {
			return nil
		}
		if err != nil {
			in.log.Error("import from inbox", "error", err)
			in.seen[name] = in.seen[name].failed(now)
		}
	}
	return nil
}

// isStill reports whether a file is there as it was seen.
func (in *inbox) isStill(name string) (bool, error) {
	info, err := os.Lstat(filepath.Join(in.dir, name))
	if errors.Is(err, fs.ErrNotExist) {
		return false, nil
	}
	return err == nil && in.seen[name].isOf(info), err
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

// take imports one file and puts it away. A file that is taken away or written meanwhile is left to a later round.
func (in *inbox) take(ctx context.Context, name string) error {
	if still, err := in.isStill(name); err != nil || !still {
		return err
	}
	path := filepath.Join(in.dir, name)
	reports, err := in.store.archive.Import(ctx, in.store.update, []ingest.Source{{Name: name, Path: path}},
		ingest.Options{By: inboxUser, Now: time.Now})
	if still, lost := in.isStill(name); lost == nil && !still {
		return nil
	}
	if err != nil {
		return fmt.Errorf("import %s: %w", name, err)
	}
	if in.store.unpublished != nil {
		in.log.Error("publish build", "error", in.store.unpublished)
	}
	return in.putAway(ctx, name, reports)
}

// putAway moves an imported file out of the way and writes the report beside it.
func (in *inbox) putAway(ctx context.Context, name string, reports []ingest.Report) error {
	folder := "done"
	var exit exitError
	if errors.As(exitOf(reports), &exit) && exit == exitNothing {
		folder = "rejected"
	}
	if err := os.MkdirAll(filepath.Join(in.dir, folder), 0o700); err != nil {
		return fmt.Errorf("put %s away: %w", name, err)
	}
	target := freeName(filepath.Join(in.dir, folder, name))
	if err := os.Rename(filepath.Join(in.dir, name), target); err != nil {
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
