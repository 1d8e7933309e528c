package analytics

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"regexp"
	"strings"

	"github.com/duckdb/duckdb-go/v2"

	sqltext "github.com/perfloop/perfloop/sql"
)

// errEverything says that a build of the changed cycles would not be enough.
var errEverything = errors.New("everything must be built")

var (
	rawTable  = regexp.MustCompile(`\braw\.(\w+)`)
	scopeCall = regexp.MustCompile(`is_in_scope\('(\w+)', natural_key\)`)
)

// factKinds are the kinds whose staging can be narrowed to some rows.
func factKinds() []string {
	var kinds []string
	for _, f := range sqltext.Files(sqltext.Staging) {
		if found := scopeCall.FindStringSubmatch(f.Text); found != nil {
			kinds = append(kinds, found[1])
		}
	}
	return kinds
}

// otherInput are the raw tables that models read in whole. Of an import they read the day alone, which never
// changes, and its sheets' counts, of which fct_quality is made in every build. Notes are read through a view.
func otherInput() []string {
	seen := map[string]bool{"build": true, "import": true, "import_sheet": true, "work_note": true}
	for _, kind := range factKinds() {
		seen[kind] = true
	}
	var tables []string
	for _, m := range models() {
		for _, found := range rawTable.FindAllStringSubmatch(comment.ReplaceAllString(m.Text, ""), -1) {
			if !seen[found[1]] {
				seen[found[1]] = true
				tables = append(tables, found[1])
			}
		}
	}
	return tables
}

// inputQuery sums up the raw rows that models read: per import where the models can follow single rows, else as one. An
// import's rows come together and are never changed in place, so their count and lines tell whether they are still those of
// the last build; rows that went and came again are told by what the load put aside.
func inputQuery() string {
	var parts []string
	for _, kind := range factKinds() {
		parts = append(parts, sumsQuery(kind, "raw."+kind))
	}
	for _, table := range otherInput() {
		parts = append(parts, fmt.Sprintf(`
			select '%[1]s', 0, count(*), coalesce(sum(hash(input)::hugeint), 0)::varchar
			from raw.%[1]s as input`, table))
	}
	return strings.Join(parts, " union all ")
}

// removedQuery sums up the rows that the load put aside before it deleted them.
func removedQuery() string {
	var parts []string
	for _, kind := range factKinds() {
		parts = append(parts, sumsQuery(kind, "temp.removed_"+kind))
	}
	return strings.Join(parts, " union all ")
}

func sumsQuery(kind, table string) string {
	return fmt.Sprintf(`
		select '%s' as kind, import_id, count(*) as row_count, coalesce(sum(line), 0)::varchar as checksum
		from %s
		group by import_id`, kind, table)
}

// changedKinds lists the kinds with rows of imports that came or went since the last build; temporary table changed says
// which imports. errEverything: something else has changed, or rows are gone that were not put aside.
func changedKinds(ctx context.Context, conn *sql.Conn) ([]string, error) {
	statements := []string{
		"create schema if not exists kept",
		"create table if not exists kept.input (kind varchar, import_id bigint, row_count bigint, checksum varchar)",
		"create table if not exists kept.stated_again (kind varchar, natural_key varchar)",
	}
	for _, kind := range factKinds() {
		statements = append(statements, fmt.Sprintf("create temp table if not exists removed_%[1]s as from raw.%[1]s limit 0", kind))
	}
	err := execAll(ctx, conn, append(statements,
		"create temp table input as "+inputQuery(),
		"create temp table removed as "+removedQuery(),
		`create temp table changed as
			select kind, import_id from (from temp.input except from kept.input)
			union
			select kind, import_id from (from kept.input except from temp.input)
			union
			select kind, import_id from temp.removed`)...)
	if err != nil {
		return nil, fmt.Errorf("sum up raw rows: %w", err)
	}
	if err := noteStatedAgain(ctx, conn); err != nil {
		return nil, err
	}
	var isFollowable bool
	var kinds duckdb.Composite[[]string]
	err = conn.QueryRowContext(ctx, `
		select
			(select count(distinct (as_of, models_fingerprint)) = 1 and count(*) = 2 from (from raw.build order by build_id desc limit 2))
				and exists (from kept.input)
				and not exists (from temp.changed where import_id = 0)
				and not exists (from temp.removed except from kept.input)
				and not exists (from (from kept.input except from temp.input) except from temp.removed),
			coalesce((select list(distinct kind) from temp.changed), [])`).Scan(&isFollowable, &kinds)
	if err != nil {
		return nil, fmt.Errorf("compare raw rows with the last build's: %w", err)
	}
	if err := execAll(ctx, conn, "delete from kept.input", "insert into kept.input from temp.input"); err != nil {
		return nil, err
	}
	if !isFollowable {
		return nil, errEverything
	}
	return kinds.Get(), nil
}
