package analytics

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/duckdb/duckdb-go/v2"

	sqltext "github.com/perfloop/perfloop/sql"
)

// identity are the raw columns from which other rows' meaning is inferred: cycles, people, units, goals.
var identity = []string{
	"cycle", "employee_id", "employee_name", "employee_email", "unit", "goal_id", "goal_title", "title",
	"checked_on", "held_on", "conversation_kind", "appraised_on", "calibrated_on", "starts_on", "due_on", "awarded_on",
}

// begin puts the rows of changed imports in scope, and lists those that were the last word and are removed: temporary
// tables lost_<kind>. errEverything: what was inferred from other rows may not hold any longer.
func (b scopeBuild) begin(ctx context.Context) error {
	for _, kind := range b.changed {
		if err := execAll(ctx, b.conn, fmt.Sprintf(`
			insert into scope_row
			select '%[1]s', natural_key from raw.%[1]s where %[2]s
			union
			select '%[1]s', natural_key from temp.removed_%[1]s`, kind, isChanged(kind))); err != nil {
			return err
		}
	}
	if err := b.see(ctx); err != nil {
		return err
	}
	for _, kind := range factKinds() {
		if err := b.compare(ctx, kind); err != nil {
			return err
		}
	}
	return b.lose(ctx)
}

func isChanged(kind string) string {
	return fmt.Sprintf("import_id in (select import_id from temp.changed where kind = '%s')", kind)
}

// see copies the raw rows in scope, so that many rows are searched once.
func (b scopeBuild) see(ctx context.Context) error {
	for _, kind := range factKinds() {
		if err := execAll(ctx, b.conn, fmt.Sprintf("create or replace temp table seen_%[1]s as from raw.%[1]s where is_in_scope('%[1]s', natural_key)", kind)); err != nil {
			return err
		}
	}
	return supersede(ctx, b.conn, "temp.seen_")
}

// over is a staging model of the temporary copies of raw rows with the prefix; any other model is as it was.
func (m model) over(prefix string) model {
	if m.layer == sqltext.Staging && scopeCall.MatchString(m.Text) {
		m.Text = rawTable.ReplaceAllString(m.Text, "temp."+prefix+"_$1")
	}
	return m
}

// compare makes the tables of what was the last word on the changed rows' things, and of what of it is removed. Where a
// thing is stated again it must differ in nothing from which other rows' meaning is inferred.
func (b scopeBuild) compare(ctx context.Context, kind string) error {
	err := execAll(ctx, b.conn, fmt.Sprintf(`
		create temp table before_%[1]s as
		select *
		from (
			from temp.seen_%[1]s where not %[2]s
			union all by name
			from temp.removed_%[1]s
		)
		qualify row_number() over (partition by natural_key order by import_id desc, line desc, sheet desc) = 1`, kind, isChanged(kind)),
		fmt.Sprintf(`
		create temp table lost_%[1]s as
		from temp.before_%[1]s
		where import_id in (select import_id from temp.removed where kind = '%[1]s')`, kind))
	if err != nil {
		return err
	}
	before, now, err := b.meanings(ctx, kind)
	if err != nil {
		return err
	}
	return b.mustBeEmpty(ctx, fmt.Sprintf(`
		from temp.before_%[1]s as before
		join (
			from temp.seen_%[1]s
			where natural_key in (select natural_key from temp.before_%[1]s)
			qualify row_number() over (partition by natural_key order by import_id desc, line desc, sheet desc) = 1
		) as now
			using (natural_key)
		where %[2]s is distinct from %[3]s`, kind, before, now), "rows of raw."+kind+" mean something else now")
}

// meanings are the identity of a row before and now.
func (b scopeBuild) meanings(ctx context.Context, kind string) (before, now string, err error) {
	var columns duckdb.Composite[[]string]
	err = b.conn.QueryRowContext(ctx, `select coalesce(list(column_name), []) from duckdb_columns()
		where database_name = current_database() and schema_name = 'raw' and table_name = $1`, kind).Scan(&columns)
	if err != nil {
		return "", "", fmt.Errorf("list columns of raw.%s: %w", kind, err)
	}
	of := slices.DeleteFunc(columns.Get(), func(name string) bool { return !slices.Contains(identity, name) })
	return "row(before." + strings.Join(of, ", before.") + ")", "row(now." + strings.Join(of, ", now.") + ")", nil
}

func (b scopeBuild) mustBeEmpty(ctx context.Context, query, otherwise string) error {
	var isEmpty bool
	if err := b.conn.QueryRowContext(ctx, "select not exists ("+query+")").Scan(&isEmpty); err != nil {
		return fmt.Errorf("see whether %s: %w", otherwise, err)
	}
	if !isEmpty {
		return fmt.Errorf("%s: %w", otherwise, errEverything)
	}
	return nil
}

// lose makes sure that what was inferred from the removed rows stands without them, and puts the rows in scope that meant
// removed goals.
func (b scopeBuild) lose(ctx context.Context) error {
	var hasRemoved bool
	if err := b.conn.QueryRowContext(ctx, "select exists (from temp.removed)").Scan(&hasRemoved); err != nil {
		return fmt.Errorf("see whether rows were removed: %w", err)
	}
	err := execAll(ctx, b.conn, "create temp table lost_goal_stated as from kept.int_goal_stated where natural_key in (select natural_key from temp.lost_goal)")
	if err != nil || !hasRemoved {
		return err
	}
	loss := scopeModel("scope_loss")
	needed, err := inOrder(models(), loss.beforeNow())
	if err != nil {
		return err
	}
	if err := supersede(ctx, b.conn, "temp.lost_"); err != nil {
		return err
	}
	for _, m := range needed[:len(needed)-1] {
		if m.layer == sqltext.Macros {
			continue
		}
		if err := execAll(ctx, b.conn, m.over("lost").createTemp(m.Name)); err != nil {
			return err
		}
	}
	if err := b.mustBeEmpty(ctx, strings.TrimSpace(loss.Text), "removed rows alone said something"); err != nil {
		return err
	}
	if err := execAll(ctx, b.conn, "insert into scope_row "+strings.TrimSpace(scopeModel("scope_orphan").Text)); err != nil {
		return err
	}
	return b.see(ctx)
}
