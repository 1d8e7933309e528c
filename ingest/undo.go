package ingest

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strings"
	"time"
)

// Undoing asks to take an import back, or with Redo to bring one back that was taken back.
type Undoing struct {
	ImportID int64
	Redo     bool
	By       string
	Now      func() time.Time
}

// Effect is what undoing an import or bringing it back does to what is known: things, not rows. What later imports say
// of the same things is judged again, so a thing goes only where no other file states it.
type Effect struct {
	ImportID int64          `json:"import_id"`
	File     string         `json:"file"`
	Redo     bool           `json:"redo,omitempty"`
	Kinds    []KindEffect   `json:"kinds,omitempty"`
	Imports  []ImportEffect `json:"imports,omitempty"` // later ones whose counts change
}

// KindEffect counts the things of one kind that go, that come, and that are said differently.
type KindEffect struct {
	Kind    string `json:"kind"`
	Gone    int64  `json:"gone"`
	Changed int64  `json:"changed"`
	Added   int64  `json:"added"`
}

// ImportEffect is a later import whose rows are judged differently.
type ImportEffect struct {
	ImportID int64  `json:"import_id"`
	File     string `json:"file"`
	Before   Counts `json:"before"`
	After    Counts `json:"after"`
}

// Counts are rows of a file by what became of them.
type Counts struct {
	New       int64 `json:"new"`
	Changed   int64 `json:"changed"`
	Unchanged int64 `json:"unchanged"`
	Rejected  int64 `json:"rejected"`
}

// HistoryError says why an import cannot be undone or brought back, in the words problem.<Key>: import_unknown,
// import_undone, import_not_undone.
type HistoryError struct {
	Key  string
	Args map[string]any
}

// Error is for logs; the words say it better.
func (e *HistoryError) Error() string { return strings.ReplaceAll(e.Key, "_", " ") }

// Undo makes raw what it would be had the import never been made, or with Redo what it would be had it never been
// undone, in one update. The import's report, rejected rows and original file stay. A file that was handed in twice is one
// import. Faults of the caller are *HistoryError.
func (a *Archive) Undo(ctx context.Context, update Updater, u Undoing) (Effect, error) {
	t := &undoing{archive: a, Undoing: u}
	err := update(ctx, func(ctx context.Context, conn *sql.Conn) error {
		t.conn = conn
		if err := t.run(ctx); err != nil {
			return err
		}
		return a.writeNext(t.ImportID, t.target.Undone)
	})
	if err != nil {
		return Effect{}, errors.Join(err, a.dropNext(u.ImportID))
	}
	return t.effect, a.finishNext(u.ImportID)
}

// PreviewUndo is Undo with nothing kept: preview must drop what load did.
func (a *Archive) PreviewUndo(ctx context.Context, preview Updater, u Undoing) (Effect, error) {
	t := &undoing{archive: a, Undoing: u}
	err := preview(ctx, func(ctx context.Context, conn *sql.Conn) error {
		t.conn = conn
		return t.run(ctx)
	})
	return t.effect, err
}

// undoing is one call of Undo or PreviewUndo.
type undoing struct {
	Undoing
	archive *Archive
	conn    *sql.Conn
	target  *manifest
	kinds   []string
	again   []*manifest // later imports that are loaded again
	effect  Effect
}

func (t *undoing) run(ctx context.Context) error {
	if err := t.find(); err != nil {
		return err
	}
	t.effect = Effect{ImportID: t.ImportID, File: t.target.FileName, Redo: t.Redo}
	later, err := t.later()
	if err != nil {
		return err
	}
	before, err := t.counts(ctx)
	if err != nil {
		return err
	}
	if err := t.reload(ctx, later); err != nil {
		return err
	}
	if err := t.compareImports(ctx, before); err != nil {
		return err
	}
	return t.compareKinds(ctx)
}

// find reads the import's manifest and marks it.
func (t *undoing) find() error {
	args := map[string]any{"import": t.ImportID}
	var err error
	if t.target, err = t.archive.manifest(t.ImportID); errors.Is(err, fs.ErrNotExist) {
		return &HistoryError{Key: "import_unknown", Args: args}
	}
	if err != nil {
		return err
	}
	args["file"] = t.target.FileName
	switch {
	case t.Redo && t.target.Undone == nil:
		return &HistoryError{Key: "import_not_undone", Args: args}
	case !t.Redo && t.target.Undone != nil:
		return &HistoryError{Key: "import_undone", Args: args}
	case t.Redo:
		t.target.Undone = nil
	default:
		t.target.Undone = &undone{At: clock(t.Now), By: t.By}
	}
	t.kinds = t.target.kinds()
	return nil
}

// clock is the moment as manifest and warehouse keep it.
func clock(now func() time.Time) time.Time {
	if now == nil {
		now = time.Now
	}
	return now().UTC().Truncate(time.Microsecond)
}

// kinds lists what the import's sheets hold.
func (m *manifest) kinds() []string {
	var names []string
	for _, p := range m.Plans {
		if p.Kind != "" && p.Refused == nil && !slices.Contains(names, p.Kind) {
			names = append(names, p.Kind)
		}
	}
	return names
}

// later are the imports after this one with something of the same kinds: a kind is judged by itself alone.
func (t *undoing) later() ([]*manifest, error) {
	ids, err := t.archive.ids("")
	if err != nil {
		return nil, err
	}
	var later []*manifest
	for _, id := range ids {
		if id <= t.ImportID {
			continue
		}
		m, err := t.archive.manifest(id)
		if err != nil {
			return nil, err
		}
		if slices.ContainsFunc(m.kinds(), func(kind string) bool { return slices.Contains(t.kinds, kind) }) {
			later = append(later, m)
		}
	}
	return later, nil
}

// reload takes out all that the import may bear upon, and loads it again in order, with or without the import.
func (t *undoing) reload(ctx context.Context, later []*manifest) error {
	for _, kind := range t.kinds {
		if _, err := t.conn.ExecContext(ctx, dictionary().kind(kind).createStates()); err != nil {
			return fmt.Errorf("remember %s: %w", kind, err)
		}
	}
	var apart []*manifest // these stand for themselves
	for _, m := range later {
		alone, err := t.standsAlone(ctx, m)
		if err != nil {
			return err
		}
		if alone {
			apart = append(apart, m)
		} else {
			t.again = append(t.again, m)
		}
	}
	for _, m := range append([]*manifest{t.target}, t.again...) {
		if err := t.takeOut(ctx, m); err != nil {
			return err
		}
	}
	if err := t.archive.load(ctx, t.conn, t.target); err != nil {
		return err
	}
	for _, m := range apart {
		if met, err := t.meets(ctx, m); err != nil || !met {
			if err != nil {
				return err
			}
			continue
		}
		if err := t.takeOut(ctx, m); err != nil {
			return err
		}
		t.again = append(t.again, m)
	}
	slices.SortFunc(t.again, func(a, b *manifest) int { return int(a.ImportID - b.ImportID) })
	for _, m := range t.again {
		if err := t.archive.load(ctx, t.conn, m); err != nil {
			return err
		}
	}
	return nil
}

// takeOut remembers what is known of the things an import states, and deletes the import.
func (t *undoing) takeOut(ctx context.Context, m *manifest) error {
	for _, kind := range t.kinds {
		if _, err := t.conn.ExecContext(ctx, remember(kind), m.ImportID, t.ImportID, t.Redo); err != nil {
			return fmt.Errorf("remember %s of import %d: %w", kind, m.ImportID, err)
		}
	}
	return deleteImport(ctx, t.conn, m)
}

// standsAlone says of an import of check-ins that all its rows were new: nothing before it had a say in them. A row of
// other kinds can make several things, and counts as new where one of them was.
func (t *undoing) standsAlone(ctx context.Context, m *manifest) (alone bool, err error) {
	if m.Undone != nil || !slices.Equal(m.kinds(), []string{"check_in"}) {
		return false, nil
	}
	err = t.conn.QueryRowContext(ctx, `select coalesce(sum(changed_count + unchanged_count + rejected_count), 0) = 0
from raw.import_sheet
where import_id = $1`, m.ImportID).Scan(&alone)
	if err != nil {
		return false, fmt.Errorf("read counts of import %d: %w", m.ImportID, err)
	}
	return alone, nil
}

// meets says whether a later import of check-ins speaks of things that the import brought back states.
func (t *undoing) meets(ctx context.Context, m *manifest) (met bool, err error) {
	err = t.conn.QueryRowContext(ctx, `select count(*) > 0
from raw.check_in
where import_id = $1
and natural_key in (select natural_key from raw.check_in where import_id = $2)`, m.ImportID, t.ImportID).Scan(&met)
	if err != nil {
		return false, fmt.Errorf("compare import %d: %w", m.ImportID, err)
	}
	return met, nil
}

// deleteImport deletes all that raw holds of an import. Rows of a kind are put aside in temp.removed_<kind> first: whoever
// makes models of raw rows learns from them what is gone.
func deleteImport(ctx context.Context, conn *sql.Conn, m *manifest) error {
	for _, kind := range m.kinds() {
		_, err := conn.ExecContext(ctx, "create temp table if not exists removed_"+kind+" as from raw."+kind+" limit 0")
		if err == nil {
			_, err = conn.ExecContext(ctx, "insert into temp.removed_"+kind+" from raw."+kind+" where import_id = $1", m.ImportID)
		}
		if err != nil {
			return fmt.Errorf("put import %d aside from raw.%s: %w", m.ImportID, kind, err)
		}
	}
	for _, table := range append(m.kinds(), "rejected_row", "problem", "import_sheet", "import") {
		if _, err := conn.ExecContext(ctx, "delete from raw."+table+" where import_id = $1", m.ImportID); err != nil {
			return fmt.Errorf("delete import %d from raw.%s: %w", m.ImportID, table, err)
		}
	}
	return nil
}
