package analytics

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"github.com/duckdb/duckdb-go/v2"

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

// build remakes the models, runs the checks and writes the build's row. Where only rows of facts came or went since
// the last build it remakes the cycles that they touch; the result is the same.
func (db *DB) build(ctx context.Context, conn *sql.Conn) (Build, error) {
	built, err := db.beginBuild(ctx, conn)
	if err != nil {
		return Build{}, err
	}
	changed, err := changedKinds(ctx, conn)
	if err == nil || errors.Is(err, errEverything) {
		if err := db.noteTouched(ctx, conn); err != nil {
			return Build{}, err
		}
	}
	if err == nil {
		err = buildScope(ctx, conn, changed)
	}
	isScoped := err == nil
	if errors.Is(err, errEverything) {
		err = buildEverything(ctx, conn)
	}
	if err != nil {
		return Build{}, err
	}
	built.Checks, err = runChecks(ctx, conn)
	if err != nil {
		return Build{}, err
	}
	if err := db.keepHistory(ctx, conn, built, isScoped); err != nil {
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
			coalesce((select max(value)::date from raw.setting where name = 'as_of' and cycle is null), $today::date),
			$fingerprint
		returning build_id, as_of`,
		sql.Named("built_at", built.BuiltAt), sql.Named("today", now.Format(time.DateOnly)),
		sql.Named("fingerprint", built.ModelsFingerprint)).Scan(&built.ID, &built.AsOf)
	if err != nil {
		return Build{}, fmt.Errorf("number the build: %w", err)
	}
	return built, nil
}

// buildEverything makes every model of all raw rows.
func buildEverything(ctx context.Context, conn *sql.Conn) error {
	if err := dropModels(ctx, conn); err != nil {
		return err
	}
	ordered, err := inOrder(models(), models()...)
	if err != nil {
		return err
	}
	if err := execAll(ctx, conn,
		"set search_path = 'main,kept'",
		"create or replace temp macro is_in_scope(p_kind, p_natural_key) as true",
		"create or replace temp macro is_goal_id_in_scope(p_given_goal_id, p_listed_by) as true",
		"create or replace temp macro is_cycle_in_scope(p_cycle_id) as true"); err != nil {
		return err
	}
	if err := supersede(ctx, conn, "raw."); err != nil {
		return err
	}
	for _, m := range ordered {
		if err := makeModel(ctx, conn, m); err != nil {
			return err
		}
	}
	return nil
}

// dropModels drops what the build before has made, whatever the names were, and the scaffolding of one cut short. The
// scaffolding goes first: main.x is the temporary table x where there is one.
func dropModels(ctx context.Context, conn *sql.Conn) error {
	if err := dropScaffolding(ctx, conn); err != nil {
		return err
	}
	return dropListed(ctx, conn, `
		select format('drop view main."{}"', view_name)
		from duckdb_views()
		where schema_name = 'main'
			and database_name = current_database()
			and not temporary
			and not internal
		union all
		select format('drop table {}."{}"', schema_name, table_name)
		from duckdb_tables()
		where schema_name in ('main', 'kept')
			and table_name not in ('input', 'stated_again')
			and database_name = current_database()
			and not temporary`)
}

// dropScaffolding frees what only the making of the marts needed.
func dropScaffolding(ctx context.Context, conn *sql.Conn) error {
	return dropListed(ctx, conn, `
		select 'drop schema if exists scope cascade'
		union all
		select format('drop view temp."{}"', view_name)
		from duckdb_views()
		where temporary
			and not internal
		union all
		select format('drop table temp."{}"', table_name)
		from duckdb_tables()
		where temporary`)
}

// dropListed runs the statements that a query lists.
func dropListed(ctx context.Context, conn *sql.Conn, query string) error {
	var drops duckdb.Composite[[]string]
	err := conn.QueryRowContext(ctx, "select coalesce(list(drops), []) from ("+query+") as listed(drops)").Scan(&drops)
	if err != nil {
		return fmt.Errorf("list what to drop: %w", err)
	}
	return execAll(ctx, conn, drops.Get()...)
}

func execAll(ctx context.Context, conn *sql.Conn, statements ...string) error {
	for _, s := range statements {
		if _, err := conn.ExecContext(ctx, s); err != nil {
			return fmt.Errorf("%s: %w", s, err)
		}
	}
	return nil
}

// makeModel makes one model; on a mart and its columns it hangs what the catalogue says of them.
func makeModel(ctx context.Context, conn *sql.Conn, m model) error {
	if err := m.run(ctx, conn, m.create()); err != nil {
		return err
	}
	if m.layer != sqltext.Marts {
		return nil
	}
	columns, err := martColumns(ctx, conn, m.Name)
	if err != nil {
		return err
	}
	statements, err := comments(m, columns)
	if err != nil {
		return err
	}
	if _, err := conn.ExecContext(ctx, statements); err != nil {
		return fmt.Errorf("describe model %s: %w", m.Path, err)
	}
	return nil
}

// run runs a statement that makes the model.
func (m model) run(ctx context.Context, conn *sql.Conn, statement string) error {
	if m.isJoinedAsWritten() {
		if err := execAll(ctx, conn, "set disabled_optimizers = 'join_order,build_side_probe_side'"); err != nil {
			return err
		}
	}
	if _, err := conn.ExecContext(ctx, statement); err != nil {
		return fmt.Errorf("make model %s: %w", m.Path, err)
	}
	if m.isJoinedAsWritten() {
		return execAll(ctx, conn, "reset disabled_optimizers")
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
