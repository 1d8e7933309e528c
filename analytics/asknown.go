package analytics

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"
	"time"
)

// History answers what the published builds of a data folder said. It needs no lock and no warehouse.
type History struct {
	dir    string
	Builds []BuildRecord // the oldest first
}

// ErrNoBuild says that no build of that number is kept.
var ErrNoBuild = errors.New("no such build is kept")

// OpenHistory reads the list of builds in dir.
func OpenHistory(dir string) (*History, error) {
	records, err := readRecords(dir)
	if err != nil {
		return nil, err
	}
	return &History{dir: dir, Builds: records}, nil
}

// History of this warehouse's builds so far.
func (db *DB) History() (*History, error) { return OpenHistory(db.dir) }

// until are the builds up to one; ErrNoBuild where that one is not kept.
func (h *History) until(build int64) ([]BuildRecord, error) {
	at := slices.IndexFunc(h.Builds, func(r BuildRecord) bool { return r.ID == build })
	if at < 0 {
		return nil, fmt.Errorf("build %d: %w", build, ErrNoBuild)
	}
	return h.Builds[:at+1], nil
}

// AsKnownOn opens the marts as the build published them: the same rows at any later time, numbers to nine places. What is not there
// was not kept: the facts that the files themselves state, and marts too large.
func (h *History) AsKnownOn(ctx context.Context, build int64) (*Reader, error) {
	records, err := h.until(build)
	if err != nil {
		return nil, err
	}
	db, err := sql.Open("duckdb", Options{}.dsn())
	if err != nil {
		return nil, fmt.Errorf("open history: %w", err)
	}
	db.SetMaxOpenConns(1)
	record := records[len(records)-1]
	for _, mart := range record.Marts {
		if err := h.restore(ctx, db, records, mart); err != nil {
			return nil, errors.Join(fmt.Errorf("restore %s as of build %d: %w", mart, build, err), db.Close())
		}
	}
	for _, statement := range []string{"set enable_external_access = false", "set lock_configuration = true"} {
		if _, err := db.ExecContext(ctx, statement); err != nil {
			return nil, errors.Join(fmt.Errorf("lock down history: %w", err), db.Close())
		}
	}
	asOf, err := time.Parse(time.DateOnly, record.AsOf)
	if err != nil {
		return nil, errors.Join(fmt.Errorf("read build %d: %w", build, err), db.Close())
	}
	b := Build{ID: record.ID, BuiltAt: record.BuiltAt, AsOf: asOf, ModelsFingerprint: record.ModelsFingerprint}
	return &Reader{extract: &extract{build: b, db: db}}, nil
}

// restore makes the mart of its rows' last versions; it had those that are not gone.
func (h *History) restore(ctx context.Context, db *sql.DB, records []BuildRecord, mart string) error {
	files := filesOf(h.dir, records, mart)
	if files == "" {
		return nil
	}
	_, err := db.ExecContext(ctx, fmt.Sprintf(`
		create table main.%s as
		select * exclude (history_build, history_key, history_row, history_cycle)
		from (
			from read_parquet(%s, union_by_name = true)
			qualify history_build = max(history_build) over (partition by history_key)
		)
		where history_row is not null
		order by all`, mart, files))
	return err
}

// Span is from a build to a later one.
type Span struct {
	Since, Until int64  // Until 0: the newest
	Mart         string // only this one; empty: all
}

// Changes lists what moved between two builds, a row a figure, person (or unit, or cycle) and build: what it was before and after, and
// the imports that came into that build or went out of it. A row that came or went is one line without a figure.
func (h *History) Changes(ctx context.Context, s Span, limit int) (*Result, error) {
	if s.Until == 0 && len(h.Builds) > 0 {
		s.Until = h.Builds[len(h.Builds)-1].ID
	}
	records, err := h.until(s.Until)
	if err != nil {
		return nil, err
	}
	if _, err := h.until(s.Since); err != nil {
		return nil, err
	}
	db, err := sql.Open("duckdb", Options{}.dsn())
	if err != nil {
		return nil, fmt.Errorf("open history: %w", err)
	}
	defer db.Close()
	db.SetMaxOpenConns(1)
	e := &extract{db: db}
	if err := h.causes(ctx, db, records, s.Since); err != nil {
		return nil, err
	}
	var parts []string
	for _, mart := range records[len(records)-1].Marts {
		files := filesOf(h.dir, records, mart)
		if files == "" || (s.Mart != "" && s.Mart != mart) {
			continue
		}
		part, err := movesQuery(ctx, e, movesOf{mart: mart, files: files, since: s.Since})
		if err != nil {
			return nil, fmt.Errorf("compare %s: %w", mart, err)
		}
		parts = append(parts, part)
	}
	if len(parts) == 0 {
		parts = append(parts, "select null as mart, null as key, null as employee_id, null as cycle_id, null as figure, null as before, null as after, null::bigint as build_id, null as change where false")
	}
	return e.query(ctx, `
		select move.build_id, cause.cause, own.imports_in, own.imports_out, move.mart, move.employee_id, move.cycle_id, move.key,
			move.change, move.figure, move.before, move.after
		from (`+strings.Join(parts, "\nunion all\n")+`) as move
		join cause
			on cause.build_id = move.build_id
		join own
			on own.build_id = move.build_id
			and own.employee_id is not distinct from case
				when (move.build_id, move.employee_id) in (select (build_id, employee_id) from own) then move.employee_id
			end
		order by all`, nil, limit)
}

// movesOf is a mart whose versions are compared.
type movesOf struct {
	mart, files string
	since       int64
}

// movesQuery lists a mart's moves as texts.
func movesQuery(ctx context.Context, e *extract, m movesOf) (string, error) {
	r, err := e.query(ctx, fmt.Sprintf("select column_name from (describe from read_parquet(%s, union_by_name = true))", m.files), nil, 0)
	if err != nil {
		return "", err
	}
	var columns, texts []string
	about := map[string]string{"employee_id": "null", "cycle_id": "null"}
	for _, row := range r.Rows {
		name := row[0].(string)
		if strings.HasPrefix(name, "history_") || slices.Contains([]string{"import_id", "sheet", "line"}, name) {
			continue
		}
		columns = append(columns, name)
		texts = append(texts, fmt.Sprintf(`"%[1]s"::varchar as "%[1]s"`, name))
		if _, ok := about[name]; ok {
			about[name] = name
		}
	}
	keys := []string{"''"}
	for i, name := range grainOf(m.mart, columns) {
		keys = append(keys, fmt.Sprintf(`'%s%s=' || coalesce("%s"::varchar, '')`, strings.Repeat(", ", min(i, 1)), name, name))
	}
	return strings.NewReplacer(
		"$mart", m.mart, "$files", m.files, "$since", fmt.Sprint(m.since), "$key", strings.Join(keys, " || "),
		"$employee_id", about["employee_id"], "$cycle_id", about["cycle_id"], "$texts", strings.Join(texts, ", "),
	).Replace(movesText), nil
}

// movesText lists the moves of one mart: versions of rows, a line a figure, each beside the one before.
const movesText = `
	select
		'$mart' as mart, key, about.employee_id, about.cycle_id, case when change = 'moved' then figure end as figure,
		case when change = 'moved' then before end as before, case when change = 'moved' then after end as after, build_id, change
	from (
		select
			*,
			lag(after) over line as before,
			case
				when is_gone then 'gone'
				when coalesce(lag(is_gone) over line, true) then 'new'
				else 'moved'
			end as change,
			case when is_gone then lag(key_now) over line else key_now end as key,
			case when is_gone then lag(about_now) over line else about_now end as about,
			row_number() over (partition by history_key, build_id) as figure_number
		from (
			from (
				select
					history_build as build_id, history_key, history_row is null as is_gone, $key as key_now,
					struct_pack(employee_id := $employee_id::varchar, cycle_id := $cycle_id::varchar) as about_now, $texts
				from read_parquet($files, union_by_name = true)
				where history_key in (select history_key from read_parquet($files, union_by_name = true) where history_build > $since)
				qualify history_build > $since
					or history_build = max(history_build) filter (history_build <= $since) over (partition by history_key)
			)
			unpivot include nulls (after for figure in (columns(* exclude (build_id, history_key, is_gone, key_now, about_now))))
		)
		window line as (partition by history_key, figure order by build_id)
	)
	where build_id > $since
		and case
			when change = 'moved' then before is distinct from after and coalesce(abs(try_cast(before as double) - try_cast(after as double)) > 2e-9, true)
			else figure_number = 1
		end`

// causes makes tables cause, why each build after since differs from the one before, and own, which imports came into it and went out
// of it: of all, and of each person whom only some of several are about.
func (h *History) causes(ctx context.Context, db *sql.DB, records []BuildRecord, since int64) error {
	err := joinExec(ctx, db, "create table cause (build_id bigint, cause varchar)",
		"create table own (build_id bigint, employee_id varchar, imports_in varchar, imports_out varchar)",
		"create table moved (build_id bigint, import_id bigint, file_name varchar, is_in boolean)")
	if err != nil {
		return err
	}
	for i, r := range records {
		if r.ID <= since {
			continue
		}
		var before BuildRecord
		if i > 0 {
			before = records[i-1]
		}
		if _, err := db.ExecContext(ctx, "insert into cause values (?, ?)", r.ID, strings.Join(r.Causes(before), ", ")); err != nil {
			return fmt.Errorf("note cause: %w", err)
		}
		for _, m := range r.Moved {
			if _, err := db.ExecContext(ctx, "insert into moved values (?, ?, ?, ?)", r.ID, m.ImportID, m.File, m.IsIn); err != nil {
				return fmt.Errorf("note import: %w", err)
			}
		}
		touched := "(select null::bigint as import_id, null::varchar as employee_id where false)"
		if path := historyPath(h.dir, r.ID, touchedName); exists(path) {
			touched = "'" + strings.ReplaceAll(path, "'", "''") + "'"
		}
		if err := joinExec(ctx, db, fmt.Sprintf(ownText, r.ID, touched)); err != nil {
			return err
		}
	}
	return nil
}

const ownText = `
	insert into own
	with mine as (
		select null::varchar as employee_id, import_id, file_name, is_in
		from moved
		where build_id = %[1]d
		union all
		select touched.employee_id, import_id, moved.file_name, moved.is_in
		from moved
		join %[2]s as touched
			using (import_id)
		where moved.build_id = %[1]d
	)
	select %[1]d, employee_id,
		string_agg(import_id || ' ' || file_name, ', ' order by import_id) filter (is_in),
		string_agg(import_id || ' ' || file_name, ', ' order by import_id) filter (not is_in)
	from (from mine union all select null, null, null, null)
	group by employee_id`

func exists(path string) bool {
	_, err := os.Stat(path)
	return err == nil
}

func joinExec(ctx context.Context, db *sql.DB, statements ...string) error {
	for _, s := range statements {
		if _, err := db.ExecContext(ctx, s); err != nil {
			return fmt.Errorf("%s: %w", s, err)
		}
	}
	return nil
}

// Causes says what the build has that the one before had not: import, undo, day, settings, models; first where none was before.
func (r BuildRecord) Causes(before BuildRecord) []string {
	var causes []string
	add := func(is bool, cause string) {
		if is {
			causes = append(causes, cause)
		}
	}
	if before.ID == 0 {
		return []string{"first"}
	}
	add(slices.ContainsFunc(r.Moved, func(m MovedImport) bool { return m.IsIn }), "import")
	add(slices.ContainsFunc(r.Moved, func(m MovedImport) bool { return !m.IsIn }), "undo")
	add(r.AsOf != before.AsOf, "day")
	add(string(r.Settings) != string(before.Settings), "settings")
	add(r.ModelsFingerprint != before.ModelsFingerprint, "models")
	return causes
}
