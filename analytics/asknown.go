package analytics

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
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
type Span struct{ Since, Until int64 } // Until 0: the newest

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
		if files == "" {
			continue
		}
		part, err := movesQuery(ctx, e, movesOf{mart: mart, files: files, since: s.Since})
		if err != nil {
			return nil, fmt.Errorf("compare %s: %w", mart, err)
		}
		parts = append(parts, part)
	}
	if len(parts) == 0 {
		parts = append(parts, "select null as mart, null as key, null as figure, null as before, null as after, null::bigint as build_id, null as change where false")
	}
	return e.query(ctx, `
		select move.build_id, cause.cause, cause.imports, move.mart, move.key, move.change, move.figure, move.before, move.after
		from (`+strings.Join(parts, "\nunion all\n")+`) as move
		join cause using (build_id)
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
	for _, row := range r.Rows {
		if name := row[0].(string); !strings.HasPrefix(name, "history_") {
			columns = append(columns, name)
			texts = append(texts, fmt.Sprintf(`"%[1]s"::varchar as "%[1]s"`, name))
		}
	}
	keys := make([]string, 0, len(columns))
	for _, name := range grainOf(m.mart, columns) {
		keys = append(keys, fmt.Sprintf(`"%s"::varchar`, name))
	}
	return fmt.Sprintf(`
		select '%[1]s' as mart, key, case when change = 'moved' then figure end as figure,
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
				coalesce(key_now, lag(key_now) over line) as key,
				row_number() over (partition by history_key, history_build) as figure_number
			from (
				from (
					select history_build as build_id, history_key, history_build, history_row is null as is_gone,
						nullif(concat_ws(', ', %[4]s), '') as key_now, %[5]s
					from read_parquet(%[2]s, union_by_name = true)
					where history_key in (select history_key from read_parquet(%[2]s, union_by_name = true) where history_build > %[3]d)
					qualify history_build > %[3]d
						or history_build = max(history_build) filter (history_build <= %[3]d) over (partition by history_key)
				)
				unpivot include nulls (after for figure in (columns(* exclude (build_id, history_key, history_build, is_gone, key_now))))
			)
			window line as (partition by history_key, figure order by history_build)
		)
		where build_id > %[3]d
			and case
				when change = 'moved' then before is distinct from after and coalesce(abs(try_cast(before as double) - try_cast(after as double)) > 2e-9, true)
				else figure_number = 1
			end`,
		m.mart, m.files, m.since, strings.Join(append(keys, "''"), ", "), strings.Join(texts, ", ")), nil
}

// causes makes table cause: for each build after since, why it differs from the one before.
func (h *History) causes(ctx context.Context, db *sql.DB, records []BuildRecord, since int64) error {
	if _, err := db.ExecContext(ctx, "create table cause (build_id bigint, cause varchar, imports varchar)"); err != nil {
		return fmt.Errorf("make causes: %w", err)
	}
	for i, r := range records {
		if r.ID <= since {
			continue
		}
		var before BuildRecord
		if i > 0 {
			before = records[i-1]
		}
		if _, err := db.ExecContext(ctx, "insert into cause values (?, ?, ?)", r.ID, strings.Join(r.Causes(before), ", "), r.MovedText()); err != nil {
			return fmt.Errorf("note cause: %w", err)
		}
	}
	return nil
}

// Causes says what the build has that the one before had not: import, undo, day, settings, models.
func (r BuildRecord) Causes(before BuildRecord) []string {
	var causes []string
	add := func(is bool, cause string) {
		if is {
			causes = append(causes, cause)
		}
	}
	add(slices.ContainsFunc(r.Moved, func(m MovedImport) bool { return m.IsIn }), "import")
	add(slices.ContainsFunc(r.Moved, func(m MovedImport) bool { return !m.IsIn }), "undo")
	add(r.AsOf != before.AsOf, "day")
	add(string(r.Settings) != string(before.Settings), "settings")
	add(r.ModelsFingerprint != before.ModelsFingerprint, "models")
	return causes
}

// MovedText lists the imports that came, with a plus, and went, with a minus.
func (r BuildRecord) MovedText() string {
	texts := make([]string, len(r.Moved))
	for i, m := range r.Moved {
		sign := "-"
		if m.IsIn {
			sign = "+"
		}
		texts[i] = fmt.Sprintf("%s%d %s", sign, m.ImportID, m.File)
	}
	return strings.Join(texts, ", ")
}
