package analytics

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/duckdb/duckdb-go/v2"
)

const historyDir = "history"

// BuildRecord is what a published build was made from.
type BuildRecord struct {
	ID                int64           `json:"build"`
	BuiltAt           time.Time       `json:"built_at"`
	AsOf              string          `json:"as_of"` // a day
	ModelsFingerprint string          `json:"models"`
	Settings          json.RawMessage `json:"settings"` // the rows of raw.setting
	Imports           []int64         `json:"imports"`  // those that counted
	Moved             []MovedImport   `json:"moved"`    // those that came or went since the build before
	Marts             []string        `json:"marts"`    // those whose rows are kept
}

// MovedImport is an import that came into a build or went out of it.
type MovedImport struct {
	ImportID int64  `json:"import_id"`
	File     string `json:"file_name"`
	By       string `json:"moved_by"`
	IsIn     bool   `json:"is_in"` // false: it was undone
}

func historyPath(dir string, build int64, rest string) string {
	return filepath.Join(dir, historyDir, fmt.Sprintf("build-%08d.%s", build, rest))
}

// readRecords are the builds of a data folder whose files are whole, the oldest first.
func readRecords(dir string) ([]BuildRecord, error) {
	found, err := filepath.Glob(filepath.Join(dir, historyDir, "build-*.json"))
	if err != nil {
		return nil, fmt.Errorf("list builds: %w", err)
	}
	slices.Sort(found)
	records := make([]BuildRecord, 0, len(found))
	for _, path := range found {
		text, err := os.ReadFile(path)
		if err != nil {
			return nil, fmt.Errorf("read build: %w", err)
		}
		var r BuildRecord
		if err := json.Unmarshal(text, &r); err != nil {
			return nil, fmt.Errorf("read %s: %w", filepath.Base(path), err)
		}
		records = append(records, r)
	}
	return records, nil
}

// writeHistory writes the rows that changed since the last build with files. A build whose files could not be written is left
// out: the next one holds its changes too.
func (db *DB) writeHistory(ctx context.Context) error {
	if db.dir == "" {
		return nil
	}
	record, err := db.lastRecord(ctx)
	if err != nil || record == nil {
		return err
	}
	records, err := readRecords(db.dir)
	if err != nil {
		return err
	}
	written := int64(0)
	if len(records) > 0 {
		written = records[len(records)-1].ID
	}
	if written >= record.ID {
		return nil
	}
	for _, mart := range record.Marts {
		if err := db.writeChanges(ctx, mart, written, record.ID); err != nil {
			return fmt.Errorf("write history of %s: %w", mart, err)
		}
	}
	if err := db.writeTouched(ctx, record.ID); err != nil {
		return fmt.Errorf("write whom imports are about: %w", err)
	}
	text, err := json.MarshalIndent(record, "", "  ")
	if err != nil {
		return fmt.Errorf("write build: %w", err)
	}
	path := historyPath(db.dir, record.ID, "json")
	if err := os.WriteFile(path+".part", text, 0o600); err != nil {
		return fmt.Errorf("write build: %w", err)
	}
	if err := os.Rename(path+".part", path); err != nil {
		return fmt.Errorf("name build: %w", err)
	}
	return nil
}

// lastRecord is the newest build that the warehouse notes, or nil.
func (db *DB) lastRecord(ctx context.Context) (*BuildRecord, error) {
	rows, err := db.writer.QueryContext(ctx, `
		select build_id, built_at, as_of::varchar, models_fingerprint, settings, alive, moved, marts
		from history.build order by build_id desc limit 1`)
	if err != nil {
		return nil, fmt.Errorf("read last build: %w", err)
	}
	defer rows.Close()
	if !rows.Next() {
		return nil, rows.Err()
	}
	var r BuildRecord
	var settings, moved string
	var imports duckdb.Composite[[]int64]
	var kept duckdb.Composite[[]string]
	if err := rows.Scan(&r.ID, &r.BuiltAt, &r.AsOf, &r.ModelsFingerprint, &settings, &imports, &moved, &kept); err != nil {
		return nil, fmt.Errorf("read last build: %w", err)
	}
	r.Settings, r.Imports, r.Marts = json.RawMessage(settings), imports.Get(), kept.Get()
	if err := json.Unmarshal([]byte(moved), &r.Moved); err != nil {
		return nil, fmt.Errorf("read last build's imports: %w", err)
	}
	return &r, rows.Err()
}

// writeChanges writes the mart's rows that builds after since have changed.
func (db *DB) writeChanges(ctx context.Context, mart string, since, build int64) error {
	var changed int64
	if err := db.writer.QueryRowContext(ctx, fmt.Sprintf("select count(*) from history.%s where build_id > %d", mart, since)).Scan(&changed); err != nil || changed == 0 {
		return err
	}
	conn, err := db.writer.Conn(ctx)
	if err != nil {
		return fmt.Errorf("get writer connection: %w", err)
	}
	columns, err := martColumns(ctx, conn, mart)
	if err = errors.Join(err, conn.Close()); err != nil {
		return err
	}
	names := make([]string, len(columns))
	for i, c := range columns {
		names[i] = fmt.Sprintf(`%s as "%s"`, c.settled(), c.name)
	}
	path := historyPath(db.dir, build, mart+".parquet")
	_, err = db.writer.ExecContext(ctx, fmt.Sprintf(`
		copy (
			select %d::bigint as history_build, moved.key_hash as history_key, moved.row_hash as history_row,
				moved.cycle_id as history_cycle, said.* exclude (history_match)
			from (from history.%s where build_id > %d) as moved
			left join (select %s as history_match, %s from main.%s) as said
				on said.history_match = moved.key_hash
		) to '%s' (format parquet, compression zstd)`,
		build, mart, since, keyHash(mart, columns), strings.Join(names, ", "), mart, strings.ReplaceAll(path, "'", "''")))
	return err
}

// openHistory makes the tables of the history where the warehouse has none, and fills them from the files.
func (db *DB) openHistory(ctx context.Context) error {
	if db.dir == "" {
		return nil
	}
	var isThere bool
	if err := db.writer.QueryRowContext(ctx, "select exists (from duckdb_tables() where schema_name = 'history' and table_name = 'build')").Scan(&isThere); err != nil || isThere {
		return err
	}
	return db.inTransaction(ctx, func(conn *sql.Conn) error {
		if err := makeHistory(ctx, conn); err != nil {
			return err
		}
		return db.restoreHistory(ctx, conn)
	})
}

const touchedName = "touched.parquet"

// writeTouched writes the people whom each of several imports is about.
func (db *DB) writeTouched(ctx context.Context, build int64) error {
	var count int64
	if err := db.writer.QueryRowContext(ctx, "select count(*) from history.touched").Scan(&count); err != nil || count == 0 {
		return err
	}
	path := strings.ReplaceAll(historyPath(db.dir, build, touchedName), "'", "''")
	_, err := db.writer.ExecContext(ctx, fmt.Sprintf("copy history.touched to '%s' (format parquet, compression zstd)", path))
	return err
}

// restoreHistory fills the history's tables of a new warehouse from the files, so that builds go on from the last one.
func (db *DB) restoreHistory(ctx context.Context, conn *sql.Conn) error {
	records, err := readRecords(db.dir)
	if err != nil || len(records) == 0 {
		return err
	}
	for _, r := range records {
		if _, err := conn.ExecContext(ctx, "insert into raw.build (build_id, built_at, as_of, models_fingerprint) values (?, ?, ?::date, ?)",
			r.ID, r.BuiltAt, r.AsOf, r.ModelsFingerprint); err != nil {
			return fmt.Errorf("restore build %d: %w", r.ID, err)
		}
	}
	db.isRestored = true
	last := records[len(records)-1]
	text, err := json.Marshal(last)
	if err != nil {
		return fmt.Errorf("restore last build: %w", err)
	}
	_, err = conn.ExecContext(ctx, `insert into history.build
		select
			r.build, $built_at::timestamp, r.as_of::date, r.models, $settings::varchar, r.imports, '[]', r.marts
		from (select from_json($record::varchar, '{"build": "BIGINT", "as_of": "VARCHAR", "models": "VARCHAR", "imports": ["BIGINT"], "marts": ["VARCHAR"]}') as r)`,
		Args{"record": string(text), "built_at": last.BuiltAt, "settings": string(last.Settings)}.named()...)
	if err != nil {
		return fmt.Errorf("restore last build: %w", err)
	}
	for _, mart := range last.Marts {
		files := filesOf(db.dir, records, mart)
		if len(files) == 0 {
			continue
		}
		if err := execAll(ctx, conn, fmt.Sprintf(`
			create table history.%s as
			select distinct history_cycle as cycle_id, history_key as key_hash, history_row as row_hash, history_build as build_id
			from read_parquet(%s, union_by_name = true)
			qualify history_build = max(history_build) over (partition by history_key)`, mart, files)); err != nil {
			return err
		}
	}
	return nil
}

// filesOf lists, as the engine reads it, the files that say what a mart held at the last of the records: those since it was last left
// out.
func filesOf(dir string, records []BuildRecord, mart string) string {
	var files []string
	for _, r := range slices.Backward(records) {
		if !slices.Contains(r.Marts, mart) {
			break
		}
		path := historyPath(dir, r.ID, mart+".parquet")
		if _, err := os.Stat(path); err == nil {
			files = append(files, "'"+strings.ReplaceAll(path, "'", "''")+"'")
		}
	}
	if len(files) == 0 {
		return ""
	}
	return "[" + strings.Join(files, ", ") + "]"
}
