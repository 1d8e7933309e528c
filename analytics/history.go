package analytics

import (
	"context"
	"database/sql"
	"fmt"
	"strings"
)

// What a published build said can be asked again after any import, correction, undo or change of the models.
//
// Building again from the raw rows of that day was the other way: it would need the models and settings of that day too, and undone rows
// are gone. So each build keeps the rows of marts that differ from the build before, with all their columns, in files of the data folder
// (history/build-<number>.<mart>.parquet, and history/build-<number>.json once they are whole). They are no part of the
// warehouse, which is a cache and may be made anew.
//
// In the build's transaction only hashes are kept (schema history: key, row, the build that said so), so a build costs one pass over
// the rows it has made. The files are written after the commit and before the next one.
//
// Kept are the marts about people, units, cycles and settings, and those about goals while they are few. Not kept: the facts that the
// imported files themselves state (those that follow single rows), views, whose tables are kept, and marts of too many rows other than a
// person's figures and ratings.
const (
	historyRowLimit     = 2_000_000
	historyGoalRowLimit = 200_000
)

// alwaysKept are the person figures that a report is made of.
var alwaysKept = map[string]bool{"fct_employee_cycle": true, "fct_rating": true}

// keptMarts lists the marts whose history is kept, and those that are too large for it now.
func keptMarts(ctx context.Context, conn *sql.Conn) (kept []model, left []string, err error) {
	for _, m := range marts() {
		if strings.HasPrefix(m.scope(), byRow) || m.scope() == byAddition || m.isView() {
			continue
		}
		var count, limit int64
		err := conn.QueryRowContext(ctx, fmt.Sprintf(`
			select
				(select count(*) from main.%[1]s),
				(select case when bool_or(column_name = 'goal_id') then %[2]d else %[3]d end from duckdb_columns()
				where database_name = current_database() and schema_name = 'main' and table_name = '%[1]s')`,
			m.Name, historyGoalRowLimit, historyRowLimit)).Scan(&count, &limit)
		if err != nil {
			return nil, nil, fmt.Errorf("count rows of %s: %w", m.Name, err)
		}
		if count > limit && !alwaysKept[m.Name] {
			left = append(left, m.Name)
			continue
		}
		kept = append(kept, m)
	}
	return kept, left, nil
}

// keepHistory notes in the transaction which rows of the marts this build has changed.
func (db *DB) keepHistory(ctx context.Context, conn *sql.Conn, built Build, isScoped bool) error {
	if db.dir == "" {
		return nil
	}
	if skip, err := db.isRefilling(ctx, conn); err != nil || skip {
		return err
	}
	kept, left, err := keptMarts(ctx, conn)
	if err != nil {
		return err
	}
	for _, m := range kept {
		if err := noteChanges(ctx, conn, m, noting{build: built.ID, isScoped: isScoped && m.scope() == byCycle}); err != nil {
			return fmt.Errorf("note what changed in %s: %w", m.Name, err)
		}
	}
	for _, name := range left {
		if err := execAll(ctx, conn, "drop table if exists history."+name); err != nil {
			return err
		}
	}
	return noteBuild(ctx, conn, built, kept)
}

// isRefilling reports that the warehouse was lost and its files are not yet imported again: what it says now is not news.
func (db *DB) isRefilling(ctx context.Context, conn *sql.Conn) (bool, error) {
	if !db.isRestored {
		return false, nil
	}
	var isEmpty bool
	if err := conn.QueryRowContext(ctx, "select not exists (from raw.import)").Scan(&isEmpty); err != nil {
		return false, fmt.Errorf("see whether files are imported: %w", err)
	}
	return isEmpty, nil
}

// makeHistory makes the tables of the history where they are not there.
func makeHistory(ctx context.Context, conn *sql.Conn) error {
	return execAll(ctx, conn,
		"create schema if not exists history",
		`create table if not exists history.build (
			build_id bigint, built_at timestamp, as_of date, models_fingerprint varchar,
			settings varchar, alive bigint[], moved varchar, marts varchar[]
		)`)
}

type noting struct {
	build    int64
	isScoped bool // only the cycles in scope were made again
}

// noteChanges compares the hashes of the mart's rows with those of the build before.
func noteChanges(ctx context.Context, conn *sql.Conn, m model, n noting) error {
	columns, err := martColumns(ctx, conn, m.Name)
	if err != nil {
		return err
	}
	cycle, where := "null::varchar", ""
	for _, c := range columns {
		if c.name == "cycle_id" {
			cycle = "cycle_id"
		}
	}
	if n.isScoped {
		where = "where is_cycle_in_scope(cycle_id)"
	}
	said := fmt.Sprintf("select %s as cycle_id, %s as key_hash, %s as row_hash from main.%s %s", cycle, keyHash(m.Name, columns), rowHash(columns), m.Name, where)
	if _, ok := grains[m.Name]; !ok { // rows that nothing tells apart count together
		said = "select any_value(cycle_id) as cycle_id, key_hash, hash(sum(row_hash::hugeint)) as row_hash from (" + said + ") group by key_hash"
	}
	return execAll(ctx, conn,
		fmt.Sprintf("create table if not exists history.%s (cycle_id varchar, key_hash ubigint, row_hash ubigint, build_id bigint)", m.Name),
		"create temp table said_now as "+said,
		fmt.Sprintf(`create temp table moved_now as
			select coalesce(now.cycle_id, before.cycle_id) as cycle_id, key_hash, now.row_hash, %d as build_id
			from temp.said_now as now
			full join (from history.%s %s) as before
				using (key_hash)
			where now.row_hash is distinct from before.row_hash`, n.build, m.Name, where),
		fmt.Sprintf("delete from history.%s where key_hash in (select key_hash from temp.moved_now)", m.Name),
		fmt.Sprintf("insert into history.%s from temp.moved_now", m.Name),
		"drop table temp.said_now",
		"drop table temp.moved_now")
}

// martColumn is a column of a built mart.
type martColumn struct{ name, kind string }

func martColumns(ctx context.Context, conn *sql.Conn, mart string) ([]martColumn, error) {
	rows, err := conn.QueryContext(ctx, "from main."+mart+" limit 0") // the engine's list of all columns takes a hundred times as long
	if err != nil {
		return nil, fmt.Errorf("list columns of %s: %w", mart, err)
	}
	defer rows.Close()
	kinds, err := rows.ColumnTypes()
	if err != nil {
		return nil, fmt.Errorf("list columns of %s: %w", mart, err)
	}
	columns := make([]martColumn, len(kinds))
	for i, kind := range kinds {
		columns[i] = martColumn{kind.Name(), kind.DatabaseTypeName()}
	}
	return columns, rows.Err()
}

// settled is the column as it is kept: sums of the same numbers in another order differ in their last digit, which is no news.
func (c martColumn) settled() string {
	if c.kind == "DOUBLE" || c.kind == "FLOAT" {
		return fmt.Sprintf(`round("%s", 9)`, c.name)
	}
	if c.kind == "HUGEINT" { // a sum of whole numbers, which the files' format would make a double
		return `"` + c.name + `"::bigint`
	}
	return `"` + c.name + `"`
}

func keyHash(mart string, columns []martColumn) string {
	names := make([]string, len(columns))
	for i, c := range columns {
		names[i] = c.name
	}
	grain := grainOf(mart, names)
	if len(grain) == 0 {
		return "hash(0)"
	}
	var parts []string
	for _, c := range columns {
		for _, name := range grain {
			if name == c.name {
				parts = append(parts, c.settled())
			}
		}
	}
	return "hash(" + strings.Join(parts, ", ") + ")"
}

func rowHash(columns []martColumn) string {
	parts := make([]string, len(columns))
	for i, c := range columns {
		parts[i] = c.settled()
	}
	return "hash(" + strings.Join(parts, ", ") + ")"
}

// noteBuild keeps what the build was made from, and which imports came or went since the one before.
func noteBuild(ctx context.Context, conn *sql.Conn, built Build, kept []model) error {
	names := make([]string, len(kept))
	for i, m := range kept {
		names[i] = "'" + m.Name + "'"
	}
	_, err := conn.ExecContext(ctx, fmt.Sprintf(`
		insert into history.build
		with alive as (
			select coalesce(list(import_id order by import_id), []) as imports from raw.import where undone_at is null
		),
		before as (
			select coalesce((select alive from history.build order by build_id desc limit 1), []) as imports
		),
		moved as (
			select import_id, file_name, case when list_contains(alive.imports, import_id) then imported_by else undone_by end as moved_by,
				list_contains(alive.imports, import_id) as is_in
			from raw.import, alive, before
			where list_contains(alive.imports, import_id) != list_contains(before.imports, import_id)
		)
		select build_id, built_at, as_of, models_fingerprint,
			(select coalesce(to_json(list(s order by s.name, s.cycle)), '[]')::varchar from raw.setting as s),
			(select imports from alive),
			(select coalesce(to_json(list(m order by m.import_id)), '[]')::varchar from moved as m),
			[%s]::varchar[]
		from raw.build
		where build_id = %d`, strings.Join(names, ", "), built.ID))
	if err != nil {
		return fmt.Errorf("note the build: %w", err)
	}
	return nil
}

// noteTouched keeps the people that each import has rows about, where several came or went at once: a person's figures were then moved by
// those. The first imports of all moved everything. It comes before the models are made: that drops the rows which the load put aside.
func (db *DB) noteTouched(ctx context.Context, conn *sql.Conn) error {
	if db.dir == "" {
		return nil
	}
	if err := execAll(ctx, conn, `
		create or replace temp table moved_import as
		select import.import_id
		from raw.import as import, (select alive from history.build order by build_id desc limit 1) as before
		where len(before.alive) > 0
			and (import.undone_at is null) != list_contains(before.alive, import.import_id)`); err != nil {
		return err
	}
	var count int64
	if err := conn.QueryRowContext(ctx, "select count(*) from temp.moved_import").Scan(&count); err != nil {
		return fmt.Errorf("count imports: %w", err)
	}
	var parts []string
	for _, kind := range append(factKinds(), "employee") {
		parts = append(parts, "select import_id, employee_id from raw."+kind)
	}
	for _, kind := range factKinds() {
		parts = append(parts, "select import_id, employee_id from temp.removed_"+kind)
	}
	return execAll(ctx, conn, fmt.Sprintf(`
		create or replace table history.touched as
		select distinct import_id, employee_id
		from (%s)
		where %t
			and employee_id is not null
			and import_id in (select import_id from temp.moved_import)`, strings.Join(parts, " union all "), count > 1))
}
