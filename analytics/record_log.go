package analytics

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"sort"
	"strconv"
	"strings"
)

// recordLog is a folder of numbered files (settings/000001.json) that hold what people stated in the product: the warehouse is a cache
// and may be made anew, these may not. A record under way is a pending file, which counts once the warehouse has committed.
// In memory, where there is no data folder, nothing is kept.
type recordLog struct{ dir, name string }

const pendingRecord = ".pending"

func (l recordLog) path(id int64) string {
	return filepath.Join(l.dir, l.name, fmt.Sprintf("%06d.json", id))
}

// write makes the pending file, safe on the disk when it returns.
func (l recordLog) write(id int64, record any) error {
	if l.dir == "" {
		return nil
	}
	text, err := json.MarshalIndent(record, "", "  ")
	if err != nil {
		return fmt.Errorf("write %s: %w", l.name, err)
	}
	if err := os.MkdirAll(filepath.Join(l.dir, l.name), 0o700); err != nil {
		return fmt.Errorf("write %s: %w", l.name, err)
	}
	file, err := os.OpenFile(l.path(id)+pendingRecord, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o600)
	if err != nil {
		return fmt.Errorf("write %s: %w", l.name, err)
	}
	_, err = file.Write(append(text, '\n'))
	if err = errors.Join(err, file.Sync(), file.Close()); err != nil {
		return fmt.Errorf("write %s: %w", l.name, err)
	}
	return nil
}

// keep makes the pending record one that counts.
func (l recordLog) keep(id int64) error {
	if l.dir == "" {
		return nil
	}
	if err := os.Rename(l.path(id)+pendingRecord, l.path(id)); err != nil {
		return fmt.Errorf("keep %s: %w", l.name, err)
	}
	return nil
}

func (l recordLog) drop(id int64) error {
	if l.dir == "" {
		return nil
	}
	if err := os.Remove(l.path(id) + pendingRecord); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("drop %s: %w", l.name, err)
	}
	return nil
}

// settle keeps or drops what a crash cut short: the warehouse has committed all up to the last.
func (l recordLog) settle(last int64) error {
	pending, err := filepath.Glob(filepath.Join(l.dir, l.name, "*.json"+pendingRecord))
	if err != nil {
		return fmt.Errorf("list %s: %w", l.name, err)
	}
	for _, path := range pending {
		id, err := strconv.ParseInt(strings.TrimSuffix(filepath.Base(path), ".json"+pendingRecord), 10, 64)
		text, readErr := os.ReadFile(path)
		if err == nil && readErr == nil && id <= last && json.Valid(text) {
			err = l.keep(id)
		} else { // not committed, or half written and so not committed
			err = os.Remove(path)
		}
		if err != nil {
			return fmt.Errorf("settle %s: %w", l.name, err)
		}
	}
	return nil
}

// readLog reads the log in order; none in memory.
func readLog[T any](l recordLog) ([]T, error) {
	if l.dir == "" {
		return nil, nil
	}
	paths, err := filepath.Glob(filepath.Join(l.dir, l.name, "*.json"))
	if err != nil {
		return nil, fmt.Errorf("list %s: %w", l.name, err)
	}
	sort.Strings(paths)
	records := make([]T, 0, len(paths))
	for _, path := range paths {
		var r T
		text, err := os.ReadFile(path)
		if err == nil {
			err = json.Unmarshal(text, &r)
		}
		if err != nil {
			return nil, fmt.Errorf("read %s %s: %w", l.name, filepath.Base(path), err)
		}
		records = append(records, r)
	}
	return records, nil
}
