package ingest

import (
	"context"
	"fmt"
	"strings"
)

// states is the table that remembers what was known of things of a kind.
func states(kind string) string { return "temp.known_" + kind }

func (k *kind) createStates() string {
	return "create or replace temp table known_" + k.Name + " (natural_key varchar, state ubigint)"
}

// lastStated is a query of what is known of the things of a kind for which the condition holds: the last row that
// states each, as one number.
func lastStated(kind, condition string) string {
	return `select natural_key, hash(` + strings.Join(dictionary().kind(kind).storedNames(), ", ") + `) as state
from raw.` + kind + `
where ` + condition + `
qualify row_number() over (partition by natural_key order by import_id desc, line desc) = 1`
}

// remember notes what is known of the things that import $1 states. Of import $2, when it is brought back ($3), nothing
// was known.
func remember(kind string) string {
	return `insert into ` + states(kind) + "\n" + lastStated(kind, `natural_key in (select natural_key from raw.`+kind+` where import_id = $1)
and natural_key not in (select natural_key from `+states(kind)+`)
and not ($3 and import_id = $2)`)
}

// compareKinds counts the things that are known otherwise than before.
func (t *undoing) compareKinds(ctx context.Context) error {
	stated := make([]string, 0, len(t.again)+1)
	for _, m := range append([]*manifest{t.target}, t.again...) {
		stated = append(stated, fmt.Sprint(m.ImportID))
	}
	for _, kind := range t.kinds {
		e := KindEffect{Kind: kind}
		err := t.conn.QueryRowContext(ctx, `with now as (
`+lastStated(kind, `natural_key in (
    select natural_key from `+states(kind)+`
    union
    select natural_key from raw.`+kind+` where import_id in (`+strings.Join(stated, ", ")+`)
)`)+`
)
select
    count(*) filter (now.natural_key is null),
    count(*) filter (now.state <> known.state),
    count(*) filter (known.natural_key is null)
from now
full join `+states(kind)+` as known
    on known.natural_key = now.natural_key`).Scan(&e.Gone, &e.Changed, &e.Added)
		if err != nil {
			return fmt.Errorf("compare %s: %w", kind, err)
		}
		if _, err := t.conn.ExecContext(ctx, "drop table "+states(kind)); err != nil {
			return fmt.Errorf("forget %s: %w", kind, err)
		}
		if e.Gone+e.Changed+e.Added > 0 {
			t.effect.Kinds = append(t.effect.Kinds, e)
		}
	}
	return nil
}

// counts are the counts of the imports after this one that are not undone.
func (t *undoing) counts(ctx context.Context) (map[int64]Counts, error) {
	rows, err := t.conn.QueryContext(ctx, `select
    import_id,
    sum(new_count)::bigint,
    sum(changed_count)::bigint,
    sum(unchanged_count)::bigint,
    sum(rejected_count)::bigint
from raw.import_sheet
where import_id > $1
group by import_id`, t.ImportID)
	if err != nil {
		return nil, fmt.Errorf("count rows of imports: %w", err)
	}
	defer rows.Close()
	all := map[int64]Counts{}
	for rows.Next() {
		var id int64
		var c Counts
		if err := rows.Scan(&id, &c.New, &c.Changed, &c.Unchanged, &c.Rejected); err != nil {
			return nil, err
		}
		all[id] = c
	}
	return all, rows.Err()
}

// compareImports notes the later imports whose counts have changed.
func (t *undoing) compareImports(ctx context.Context, before map[int64]Counts) error {
	after, err := t.counts(ctx)
	if err != nil {
		return err
	}
	for _, m := range t.again {
		if was, is := before[m.ImportID], after[m.ImportID]; m.Undone == nil && was != is {
			t.effect.Imports = append(t.effect.Imports, ImportEffect{ImportID: m.ImportID, File: m.FileName, Before: was, After: is})
		}
	}
	return nil
}
