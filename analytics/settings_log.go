package analytics

import (
	"context"
	"database/sql"
	"fmt"
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

func (db *DB) settingsLog() recordLog { return recordLog{db.dir, settingsDir} }

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

// openSettings settles a change that a crash cut short, and fills the tables of a new warehouse from the log.
func (db *DB) openSettings(ctx context.Context) error {
	if db.dir == "" {
		return nil
	}
	var last int64
	if err := db.writer.QueryRowContext(ctx, "select coalesce(max(change_id), 0) from raw.setting_change").Scan(&last); err != nil {
		return fmt.Errorf("find last change of settings: %w", err)
	}
	if err := db.settingsLog().settle(last); err != nil {
		return err
	}
	records, err := readLog[settingsRecord](db.settingsLog())
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
	records, err := readLog[settingsRecord](db.settingsLog())
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
