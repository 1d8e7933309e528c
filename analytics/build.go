package analytics

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"
	"time"

	sqltext "github.com/perfloop/perfloop/sql"
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
	if err != nil {
		return Build{}, err
	}
	return built, dropScaffolding(ctx, conn)
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

// dropModels drops the marts of the build before, whatever their names were, and scaffolding that a build cut
// short has left.
func dropModels(ctx context.Context, conn *sql.Conn) error {
	rows, err := conn.QueryContext(ctx, `
		select 'drop table main."' || table_name || '"'
		from duckdb_tables()
		where schema_name = 'main'
			and database_name = current_database()
			and not temporary`)
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
	return dropScaffolding(ctx, conn)
}

// dropScaffolding frees what only the making of the marts needed.
func dropScaffolding(ctx context.Context, conn *sql.Conn) error {
	for _, m := range models() {
		if m.layer != sqltext.Staging && m.layer != sqltext.Intermediate {
			continue
		}
		if _, err := conn.ExecContext(ctx, "drop table if exists temp."+m.Name); err != nil {
			return fmt.Errorf("drop %s: %w", m.Name, err)
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

// makeModel makes one model; on a mart it hangs the file's first line, what one row is.
func makeModel(ctx context.Context, conn *sql.Conn, m model) error {
	if _, err := conn.ExecContext(ctx, m.create()); err != nil {
		return fmt.Errorf("make model %s: %w", m.Path, err)
	}
	if m.layer != sqltext.Marts {
		return nil
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
