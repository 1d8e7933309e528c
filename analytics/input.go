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

// otherInput are the raw tables that models read in whole.
func otherInput() []string {
	seen := map[string]bool{"build": true}
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

// inputQuery sums up the raw rows that models read: per import where the models can follow single rows, else as one.
// Loads never change a row in place. They may load an import again with other values only where they also delete rows of
// another or bring them back, and that shows in the sums.
func inputQuery() string {
	var parts []string
	for _, kind := range factKinds() {
		parts = append(parts, fmt.Sprintf(`
			select '%[1]s' as kind, import_id, count(*) as row_count, sum(hash(natural_key, line)::hugeint)::varchar as rows_hash
			from raw.%[1]s group by import_id`, kind))
	}
	for _, table := range otherInput() {
		parts = append(parts, fmt.Sprintf(`
			select '%[1]s', 0, count(*), coalesce(sum(hash(input)::hugeint), 0)::varchar
			from raw.%[1]s as input`, table))
	}
	return strings.Join(parts, " union all ")
}

// addedRows lists the kinds that have rows of new imports; temporary table added says which imports. errEverything:
// something else has changed since the last build.
func addedRows(ctx context.Context, conn *sql.Conn) ([]string, error) {
	err := execAll(ctx, conn,
		"create schema if not exists kept",
		"create table if not exists kept.input (kind varchar, import_id bigint, row_count bigint, rows_hash varchar)",
		"create temp table input as "+inputQuery(),
		"create temp table added as (from temp.input except from kept.input)")
	if err != nil {
		return nil, fmt.Errorf("sum up raw rows: %w", err)
	}
	var isOnlyAdded bool
	var kinds duckdb.Composite[[]string]
	err = conn.QueryRowContext(ctx, `
		select
			(select count(distinct (as_of, models_fingerprint)) = 1 and count(*) = 2 from (from raw.build order by build_id desc limit 2))
				and exists (from kept.input)
				and not exists (from kept.input except from temp.input)
				and not exists (
					from added
					where import_id = 0
						or import_id <= (select max(import_id) from kept.input where kept.input.kind = added.kind)
				),
			coalesce((select list(distinct kind) from added), [])`).Scan(&isOnlyAdded, &kinds)
	if err != nil {
		return nil, fmt.Errorf("compare raw rows with the last build's: %w", err)
	}
	if err := execAll(ctx, conn, "delete from kept.input", "insert into kept.input from temp.input"); err != nil {
		return nil, err
	}
	if !isOnlyAdded {
		return nil, errEverything
	}
	return kinds.Get(), nil
}
