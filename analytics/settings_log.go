package analytics

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"sort"
	"time"
)

// The settings are the log of their changes: one file a change in the data folder (settings/000001.json). The raw tables are made
// from it again whenever the warehouse is. A change under way is a pending file, which counts once the warehouse has committed.
const settingsDir = "settings"

// settingsRecord is one file: what was changed together.
type settingsRecord struct {
	ID      int64           `json:"change_id"`
	At      time.Time       `json:"changed_at"`
	By      string          `json:"changed_by"`
	Build   int64           `json:"build_id"`
	Changes []SettingChange `json:"changes"`
}

func (db *DB) recordPath(id int64) string {
	return filepath.Join(db.dir, settingsDir, fmt.Sprintf("%06d.json", id))
}

const pendingRecord = ".pending"

// number gives the record the number after the last, and the number of the build it goes into.
func (db *DB) number(ctx context.Context, conn *sql.Conn, r *settingsRecord) error {
	err := conn.QueryRowContext(ctx, `
		select
			coalesce((select max(change_id) from raw.setting_change), 0) + 1,
			coalesce((select max(build_id) from raw.build), 0) + 1`).Scan(&r.ID, &r.Build)
	if err != nil {
		return fmt.Errorf("number the change: %w", err)
	}
	return nil
}

// note writes the change to raw.setting_change.
func (r settingsRecord) note(ctx context.Context, conn *sql.Conn) error {
	for _, c := range r.Changes {
		_, err := conn.ExecContext(ctx, "insert into raw.setting_change values ($1, $2, nullif($3, ''), $4, $5, $6::timestamp, $7, $8)",
			r.ID, c.Name, c.Cycle, c.Before, c.After, r.At, r.By, r.Build)
		if err != nil {
			return fmt.Errorf("note change of %s: %w", c.Name, err)
		}
	}
	return nil
}

func (db *DB) writePending(r settingsRecord) error {
	if db.dir == "" {
		return nil
	}
	text, err := json.MarshalIndent(r, "", "  ")
	if err != nil {
		return fmt.Errorf("write settings: %w", err)
	}
	if err := os.MkdirAll(filepath.Join(db.dir, settingsDir), 0o700); err != nil {
		return fmt.Errorf("write settings: %w", err)
	}
	file, err := os.OpenFile(db.recordPath(r.ID)+pendingRecord, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o600)
	if err != nil {
		return fmt.Errorf("write settings: %w", err)
	}
	_, err = file.Write(append(text, '\n'))
	if err = errors.Join(err, file.Sync(), file.Close()); err != nil {
		return fmt.Errorf("write settings: %w", err)
	}
	return nil
}

func (db *DB) keepPending(r settingsRecord) error {
	if db.dir == "" {
		return nil
	}
	if err := os.Rename(db.recordPath(r.ID)+pendingRecord, db.recordPath(r.ID)); err != nil {
		return fmt.Errorf("keep settings: %w", err)
	}
	return nil
}

func (db *DB) dropPending(r settingsRecord) error {
	if db.dir == "" {
		return nil
	}
	if err := os.Remove(db.recordPath(r.ID) + pendingRecord); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("drop settings: %w", err)
	}
	return nil
}

// openSettings settles a change that a crash cut short, and fills the tables of a new warehouse from the log.
func (db *DB) openSettings(ctx context.Context) error {
	if db.dir == "" {
		return nil
	}
	var last int64
	if err := db.writer.QueryRowContext(ctx, "select coalesce(max(change_id), 0) from raw.setting_change").Scan(&last); err != nil {
		return fmt.Errorf("find last change of settings: %w", err)
	}
	pending, err := filepath.Glob(filepath.Join(db.dir, settingsDir, "*.json"+pendingRecord))
	if err != nil {
		return fmt.Errorf("list settings: %w", err)
	}
	for _, path := range pending {
		r, err := readRecord(path)
		if err == nil && r.ID <= last {
			err = db.keepPending(r)
		} else { // not committed, or half written and so not committed
			err = os.Remove(path)
		}
		if err != nil {
			return fmt.Errorf("settle settings: %w", err)
		}
	}
	records, err := db.settingsRecords()
	if err != nil || len(records) == 0 || records[len(records)-1].ID == last {
		return err
	}
	return db.inTransaction(ctx, func(conn *sql.Conn) error { return db.ReplaySettings(ctx, conn) })
}

// ReplaySettings makes the tables of settings again from the log, inside the caller's transaction.
func (db *DB) ReplaySettings(ctx context.Context, conn *sql.Conn) error {
	if db.dir == "" {
		return nil
	}
	records, err := db.settingsRecords()
	if err != nil {
		return err
	}
	if err := clearSettings(ctx, conn); err != nil {
		return err
	}
	for _, r := range records {
		for _, c := range r.Changes {
			if err := c.apply(ctx, conn); err != nil {
				return fmt.Errorf("replay change %d of settings: %w", r.ID, err)
			}
		}
		if err := r.note(ctx, conn); err != nil {
			return err
		}
	}
	return nil
}

func clearSettings(ctx context.Context, conn *sql.Conn) error {
	statements := []string{"delete from raw.setting", "delete from raw.setting_change"}
	for _, s := range settingSections {
		statement := "delete from raw." + s.table
		if isPlaced(s.table) {
			statement += " where import_id is null"
		}
		statements = append(statements, statement)
	}
	return execAll(ctx, conn, statements...)
}

func (db *DB) settingsRecords() ([]settingsRecord, error) {
	paths, err := filepath.Glob(filepath.Join(db.dir, settingsDir, "*.json"))
	if err != nil {
		return nil, fmt.Errorf("list settings: %w", err)
	}
	sort.Strings(paths)
	var records []settingsRecord
	for _, path := range paths {
		r, err := readRecord(path)
		if err != nil {
			return nil, err
		}
		records = append(records, r)
	}
	return records, nil
}

func readRecord(path string) (settingsRecord, error) {
	var r settingsRecord
	text, err := os.ReadFile(path)
	if err == nil {
		err = json.Unmarshal(text, &r)
	}
	if err != nil {
		return r, fmt.Errorf("read settings %s: %w", filepath.Base(path), err)
	}
	return r, nil
}
