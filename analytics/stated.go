package analytics

import (
	"context"
	"database/sql"
	"fmt"

	"github.com/duckdb/duckdb-go/v2"
)

// Nearly every row is the only one about its thing. kept.stated_again names the others' natural keys, and perhaps some that
// are stated once only, so that a build looks for the last word among few rows and reads the rest as it is. It is
// brought up to date with the imports that came, and outlives a build of everything.

// noteStatedAgain adds the natural keys that the changed imports share with other rows.
func noteStatedAgain(ctx context.Context, conn *sql.Conn) error {
	var kinds duckdb.Composite[[]string]
	if err := conn.QueryRowContext(ctx, "select coalesce(list(distinct kind), []) from temp.changed where import_id != 0").Scan(&kinds); err != nil {
		return fmt.Errorf("list changed kinds: %w", err)
	}
	for _, kind := range kinds.Get() {
		if _, err := conn.ExecContext(ctx, fmt.Sprintf(`
			insert into kept.stated_again
			with changed as materialized (
				select hash(natural_key) as key_hash
				from raw.%[1]s
				where %[2]s
			),

			doubtful as (
				select key_hash
				from changed
				group by key_hash
				having count(*) > 1
				union
				select hash(natural_key)
				from raw.%[1]s
				where not %[2]s
					and hash(natural_key) in (select key_hash from changed)
			)

			select '%[1]s', natural_key
			from raw.%[1]s
			where hash(natural_key) in (select key_hash from doubtful)
			except
			from kept.stated_again`, kind, isChanged(kind))); err != nil {
			return fmt.Errorf("note what is stated again of raw.%s: %w", kind, err)
		}
	}
	return nil
}

// supersede lists the rows that are not the last word on their thing, of all raw tables or of copies of some of their rows:
// temporary table superseded. is_last_stated, which staging models ask, is true at once where there are none.
func supersede(ctx context.Context, conn *sql.Conn, prefix string) error {
	statements := []string{"create or replace temp table superseded (of_kind varchar, of_rowid bigint)"}
	for _, kind := range factKinds() {
		statements = append(statements, fmt.Sprintf(`
			insert into superseded
			select '%[2]s', rowid
			from %[1]s%[2]s
			where natural_key in (select natural_key from kept.stated_again where kind = '%[2]s')
			qualify row_number() over (partition by natural_key order by import_id desc, line desc, sheet desc) > 1`, prefix, kind))
	}
	if err := execAll(ctx, conn, statements...); err != nil {
		return err
	}
	var hasAny bool
	if err := conn.QueryRowContext(ctx, "select exists (from temp.superseded)").Scan(&hasAny); err != nil {
		return fmt.Errorf("see whether rows are superseded: %w", err)
	}
	condition := "true"
	if hasAny {
		condition = "p_rowid not in (select of_rowid from temp.superseded where of_kind = p_kind)"
	}
	return execAll(ctx, conn, "create or replace temp macro is_last_stated(p_kind, p_rowid) as "+condition)
}
