package analytics

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"slices"

	sqltext "github.com/perfloop/perfloop/sql"
)

// hasRawSchema reports whether the raw tables are there and made by this program's text.
func hasRawSchema(ctx context.Context, writer *sql.DB) (bool, error) {
	var have sql.NullString
	err := writer.QueryRowContext(ctx, `select max(comment) from duckdb_tables() where schema_name = 'raw' and table_name = 'import'`).Scan(&have)
	if err != nil {
		return false, fmt.Errorf("look for raw tables: %w", err)
	}
	return have.String == fingerprint(sqltext.Raw), nil
}

// makeRawSchema makes the raw tables and leaves the fingerprint of their text as a comment.
func makeRawSchema(ctx context.Context, writer *sql.DB) error {
	statements := append(rawSchema(), "comment on table raw.import is '"+fingerprint(sqltext.Raw)+"'")
	for _, statement := range statements {
		if _, err := writer.ExecContext(ctx, statement); err != nil {
			return fmt.Errorf("make raw tables: %w", err)
		}
	}
	return nil
}

// removeWarehouse deletes the live file and its write-ahead log.
func removeWarehouse(path string) error {
	for _, p := range []string{path, path + ".wal"} {
		if err := os.Remove(p); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return fmt.Errorf("remove outdated warehouse: %w", err)
		}
	}
	return nil
}

// modelsFingerprint changes when any text that a build runs changes.
func modelsFingerprint() string {
	return fingerprint(sqltext.Raw, sqltext.Macros, sqltext.Staging, sqltext.Intermediate, sqltext.Marts, sqltext.Checks, sqltext.Scope)
}

func fingerprint(layers ...sqltext.Layer) string {
	sum := sha256.New()
	for _, l := range layers {
		for _, f := range sqltext.Files(l) {
			fmt.Fprintf(sum, "%s\x00%s\x00", f.Path, f.Text)
		}
	}
	return hex.EncodeToString(sum.Sum(nil))[:16]
}

// ClearRaw empties the raw tables that imports fill, inside the caller's transaction. Settings, notes and the
// numbers of builds stay: a build's number is never given twice.
func ClearRaw(ctx context.Context, conn *sql.Conn) error {
	if _, err := conn.ExecContext(ctx, "drop schema if exists kept cascade"); err != nil {
		return fmt.Errorf("forget the last build's input: %w", err)
	}
	for _, f := range sqltext.Files(sqltext.Raw) {
		if slices.Contains([]string{"setting", "setting_change", "work_note", "build", "quality_history"}, f.Name) {
			continue
		}
		if _, err := conn.ExecContext(ctx, "delete from raw."+f.Name); err != nil {
			return fmt.Errorf("clear raw.%s: %w", f.Name, err)
		}
	}
	return nil
}
