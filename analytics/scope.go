package analytics

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"

	sqltext "github.com/perfloop/perfloop/sql"
)

// How a stored model follows changed rows; its file's comment says `-- scope: …`. A mart without one is made anew.
const (
	byCycle      = "cycle_id"       // its rows of the cycles in scope are made anew, and those of no cycle
	byRow        = "natural_key of" // of a kind: the rows whose raw rows are in scope
	byAddition   = "added"          // it only ever gets more rows
	byGoals      = "goals"          // made anew where goals came or went
	byReadings   = "readings"       // made anew where readings came or went
	byEverything = "everything"     // other models' rows depend on each of its rows: it gets more rows, or everything is built
)

// madeBefore are the tables of the last build that a statement names: they need no making.
var madeBefore = regexp.MustCompile(`\b(main|kept)\.\w+`)

// buildScope remakes what the rows of changed imports touch. Models run as in a build of everything, on few rows: staging
// gives only the rows in scope, and a mart that a model names holds the cycles in scope; as main.mart it is whole.
// First come the models that say which cycles the changed rows are about, then all.
func buildScope(ctx context.Context, conn *sql.Conn, changed []string) error {
	if err := beginScope(ctx, conn); err != nil || len(changed) == 0 {
		return err
	}
	b := scopeBuild{conn: conn, changed: changed}
	if err := b.begin(ctx); err != nil {
		return err
	}
	needed, err := inOrder(models(), scopeModel("scope_cycle").beforeNow())
	if err != nil {
		return err
	}
	for _, m := range needed[:len(needed)-1] {
		if err := b.follow(ctx, m); err != nil {
			return err
		}
	}
	if err := b.widen(ctx); err != nil {
		return err
	}
	ordered, err := inOrder(models(), models()...)
	if err != nil {
		return err
	}
	b.isWide = true
	for _, m := range ordered {
		if err := b.follow(ctx, m); err != nil {
			return err
		}
	}
	return nil
}

// beginScope puts nothing in scope.
func beginScope(ctx context.Context, conn *sql.Conn) error {
	return execAll(ctx, conn,
		"create schema scope",
		"set search_path = 'scope,main,kept'",
		"create temp table scope_row (kind varchar, natural_key varchar)",
		"create temp table scope_cycle (cycle_id varchar)",
		`create or replace temp macro is_in_scope(p_kind, p_natural_key) as
			p_natural_key in (select scope_row.natural_key from temp.scope_row where scope_row.kind = p_kind)`,
		"create temp view int_goal_id_in_scope as select null::varchar as given_goal_id",
		`create or replace temp macro is_goal_id_in_scope(p_given_goal_id, p_listed_by) as
			p_given_goal_id in (select listed.given_goal_id from int_goal_id_in_scope as listed)`,
		`create or replace temp macro is_cycle_in_scope(p_cycle_id) as
			p_cycle_id is null or p_cycle_id in (select scope_cycle.cycle_id from temp.scope_cycle)`)
}

// scopeModel is a statement of sql/scope.
func scopeModel(name string) model {
	files := sqltext.Files(sqltext.Scope)
	at := slices.IndexFunc(files, func(f sqltext.File) bool { return f.Name == name })
	return model{File: files[at], layer: sqltext.Scope}
}

// beforeNow is the statement without what it reads of the last build.
func (m model) beforeNow() model {
	m.Text = madeBefore.ReplaceAllString(m.Text, "")
	return m
}

// scopeBuild makes models of the rows in scope.
type scopeBuild struct {
	conn    *sql.Conn
	changed []string // the kinds of the changed rows
	isWide  bool     // the cycles in scope are known
}

// widen puts the cycles that the added rows are about in scope, and what else is needed of them.
func (b scopeBuild) widen(ctx context.Context) error {
	if err := execAll(ctx, b.conn,
		"insert into scope_cycle "+strings.TrimSpace(scopeModel("scope_cycle").Text),
		"insert into scope_row "+strings.TrimSpace(scopeModel("scope_row").Text)); err != nil {
		return err
	}
	return b.see(ctx)
}

// follow makes a model of the rows in scope, and has them replace those it held of them.
func (b scopeBuild) follow(ctx context.Context, m model) error {
	if m.layer == sqltext.Macros || b.isUntouched(m) {
		return nil
	}
	if m.layer == sqltext.Marts && m.isView() {
		return b.look(ctx, m)
	}
	if m.layer == sqltext.Marts && (m.scope() == "" || m.scope() == byReadings) {
		return b.replace(ctx, m)
	}
	if !m.isView() {
		if err := execAll(ctx, b.conn, "drop table if exists temp."+m.Name); err != nil {
			return err
		}
	}
	if !b.stores(m) {
		return b.make(ctx, m, m.Name)
	}
	if condition := m.isRemade(); condition != "" {
		return b.merge(ctx, m, condition)
	}
	if err := b.make(ctx, m, "fresh"); err != nil {
		return err
	}
	if err := b.store(ctx, m); err != nil {
		return err
	}
	return execAll(ctx, b.conn, "drop table temp.fresh")
}

// isRemade is the condition on a stored model's rows that an update makes anew; empty where its rows only ever become more.
func (m model) isRemade() string {
	scope := m.scope()
	kind, isByRow := strings.CutPrefix(scope, byRow+" ")
	switch {
	case isByRow:
		return fmt.Sprintf("is_in_scope('%s', natural_key)", kind)
	case scope == byCycle:
		return "is_cycle_in_scope(cycle_id)"
	case scope == byGoals:
		return "true"
	}
	return ""
}

// isUntouched reports whether the model is made of one kind's rows alone, and none of these came or went.
func (b scopeBuild) isUntouched(m model) bool {
	switch m.scope() {
	case byGoals:
		return !slices.Contains(b.changed, "goal")
	case byReadings:
		return !slices.Contains(b.changed, "reading")
	}
	return false
}

func (b scopeBuild) make(ctx context.Context, m model, name string) error {
	if _, err := b.conn.ExecContext(ctx, m.over("seen").createTemp(name)); err != nil {
		return fmt.Errorf("make model %s: %w", m.Path, err)
	}
	return nil
}

// stores reports whether the model's rows are kept now: before the cycles in scope are known, only what is inferred from
// all rows is.
func (b scopeBuild) stores(m model) bool {
	if !m.isStored() || b.isWide {
		return m.isStored()
	}
	scope := m.scope()
	return scope == byEverything || scope == byAddition || (m.layer != sqltext.Marts && strings.HasPrefix(scope, byRow))
}

// replace makes a mart of everything anew.
func (b scopeBuild) replace(ctx context.Context, m model) error {
	if err := execAll(ctx, b.conn, "drop table "+m.table()); err != nil {
		return err
	}
	return makeModel(ctx, b.conn, m)
}

// look makes a mart that is a view of others: its plain name means their cycles in scope.
func (b scopeBuild) look(ctx context.Context, m model) error {
	if err := makeModel(ctx, b.conn, m); err != nil {
		return err
	}
	return execAll(ctx, b.conn, fmt.Sprintf("create or replace view scope.%[1]s as from main.%[1]s where is_cycle_in_scope(cycle_id)", m.Name))
}

// store adds the rows of temporary table fresh to where the model is kept.
func (b scopeBuild) store(ctx context.Context, m model) error {
	switch scope := m.scope(); scope {
	case byAddition:
		return b.add(ctx, m)
	case byEverything:
		return errors.Join(b.mustNotLose(ctx, m), b.add(ctx, m))
	default:
		return fmt.Errorf("model %s has the unknown scope %q", m.Path, scope)
	}
}

// mustNotLose is errEverything where a row that the model held is there no longer, or is another.
func (b scopeBuild) mustNotLose(ctx context.Context, m model) error {
	var isLost bool
	err := b.conn.QueryRowContext(ctx, fmt.Sprintf("select exists (from %s except from fresh)", m.table())).Scan(&isLost)
	if err != nil {
		return fmt.Errorf("compare model %s with the last build's: %w", m.Path, err)
	}
	if isLost {
		return fmt.Errorf("model %s has other rows: %w", m.Path, errEverything)
	}
	return nil
}

func (b scopeBuild) add(ctx context.Context, m model) error {
	return execAll(ctx, b.conn, fmt.Sprintf("insert into %[1]s (from fresh except from %[1]s)", m.table()))
}

// merge makes the stored rows anew of which the condition holds, where they stand: copying them from a table of their own takes
// as long again as making them. From then on a mart's plain name means its cycles in scope.
func (b scopeBuild) merge(ctx context.Context, m model, condition string) error {
	if err := execAll(ctx, b.conn, fmt.Sprintf("delete from %s where %s", m.table(), condition)); err != nil {
		return err
	}
	if _, err := b.conn.ExecContext(ctx, fmt.Sprintf("insert into %s from (%s\n) where %s", m.table(), m.over("seen").Text, condition)); err != nil {
		return fmt.Errorf("make model %s: %w", m.Path, err)
	}
	if m.layer != sqltext.Marts {
		return nil
	}
	return execAll(ctx, b.conn, fmt.Sprintf("create view scope.%[1]s as from main.%[1]s where is_cycle_in_scope(cycle_id)", m.Name))
}
