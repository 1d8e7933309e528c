package analytics

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"
	"time"
)

// Build is one remake of the models.
type Build struct {
	ID                int64
	BuiltAt           time.Time // UTC
	AsOf              time.Time // nothing dated after it is used
	ModelsFingerprint string
	Checks            []CheckResult
	Unpublished       error // committed, but readers still get the build before
}

// build remakes macros and models, runs the checks and writes the build's row.
func (db *DB) build(ctx context.Context, conn *sql.Conn) (Build, error) {
	built, err := db.beginBuild(ctx, conn)
	if err != nil {
		return Build{}, err
	}
	if err := dropModels(ctx, conn); err != nil {
		return Build{}, err
	}
	if err := makeModels(ctx, conn); err != nil {
		return Build{}, err
	}
	built.Checks, err = runChecks(ctx, conn)
	return built, err
}

// beginBuild numbers the build and writes its row first: the settings model reads as_of from it.
func (db *DB) beginBuild(ctx context.Context, conn *sql.Conn) (Build, error) {
	now := db.opts.Now()
	built := Build{BuiltAt: now.UTC().Truncate(time.Microsecond), ModelsFingerprint: modelsFingerprint()}
	err := conn.QueryRowContext(ctx, `
		insert into raw.build
		select
			coalesce((select max(build_id) from raw.build), 0) + 1,
			$built_at::timestamp,
			coalesce((select max(value)::date from raw.setting where name = 'as_of'), $today::date),
			$fingerprint
		returning build_id, as_of`,
		sql.Named("built_at", built.BuiltAt), sql.Named("today", now.Format(time.DateOnly)),
		sql.Named("fingerprint", built.ModelsFingerprint)).Scan(&built.ID, &built.AsOf)
	if err != nil {
		return Build{}, fmt.Errorf("number the build: %w", err)
	}
	return built, nil
}

// dropModels drops what the catalogue lists in schema main: a view can't be replaced by a table.
func dropModels(ctx context.Context, conn *sql.Conn) error {
	rows, err := conn.QueryContext(ctx, `
		select 'drop ' || kind || ' main."' || name || '"' from (
			select 'view' as kind, view_name as name from duckdb_views() where schema_name = 'main' and database_name = current_database() and not internal
			union all
			select 'table', table_name from duckdb_tables() where schema_name = 'main' and database_name = current_database() and not temporary)`)
	if err != nil {
		return fmt.Errorf("list models: %w", err)
	}
	var drops []string
	for rows.Next() {
		var drop string
		if err := rows.Scan(&drop); err != nil {
			return errors.Join(fmt.Errorf("list models: %w", err), rows.Close())
		}
		drops = append(drops, drop)
	}
	if err := errors.Join(rows.Err(), rows.Close()); err != nil {
		return fmt.Errorf("list models: %w", err)
	}
	for _, drop := range drops {
		if _, err := conn.ExecContext(ctx, drop); err != nil {
			return fmt.Errorf("%s: %w", drop, err)
		}
	}
	return nil
}

func makeModels(ctx context.Context, conn *sql.Conn) error {
	ordered, err := inOrder(models())
	if err != nil {
		return err
	}
	for _, m := range ordered {
		if err := makeModel(ctx, conn, m); err != nil {
			return err
		}
	}
	return nil
}

// makeModel puts the create on the file's own first line, so that the engine's line numbers are the file's,
// and hangs the first line, what one row is, on the relation.
func makeModel(ctx context.Context, conn *sql.Conn, m model) error {
	if m.isMacro {
		if _, err := conn.ExecContext(ctx, m.Text); err != nil {
			return fmt.Errorf("make macro %s: %w", m.Path, err)
		}
		return nil
	}
	if _, err := conn.ExecContext(ctx, fmt.Sprintf("create table main.%s as %s", m.Name, m.Text)); err != nil {
		return fmt.Errorf("make model %s: %w", m.Path, err)
	}
	comment := fmt.Sprintf("comment on table main.%s is '%s'", m.Name, strings.ReplaceAll(m.Grain(), "'", "''"))
	if _, err := conn.ExecContext(ctx, comment); err != nil {
		return fmt.Errorf("describe model %s: %w", m.Path, err)
	}
	return nil
}

// lastBuild is the newest build in the live file; the zero Build where there is none.
func (db *DB) lastBuild(ctx context.Context) (Build, error) {
	var b Build
	err := db.writer.QueryRowContext(ctx, `
		select build_id, built_at, as_of, models_fingerprint
		from raw.build order by build_id desc limit 1`).Scan(&b.ID, &b.BuiltAt, &b.AsOf, &b.ModelsFingerprint)
	if errors.Is(err, sql.ErrNoRows) {
		return Build{}, nil
	}
	if err != nil {
		return Build{}, fmt.Errorf("read last build: %w", err)
	}
	return b, nil
}
