package ingest

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
)

// comparison compares the rows of temp.incoming with what raw holds of the same things.
type comparison struct {
	kind      *kind
	conn      *sql.Conn
	importID  int64
	sheet     string
	confirmed map[string]string // employee id: the name that the user says is right for it
	changed   []Change          // what the first changed rows state otherwise
}

// sqlType is the type of a field's column.
func (f *field) sqlType() string {
	switch f.Type {
	case "number", "target", "bound", "share":
		return "double"
	case "date", "boolean", "integer":
		return f.Type
	}
	return "varchar"
}

// storedNames lists the fields that have a column in raw.
func (k *kind) storedNames() []string {
	var names []string
	for _, f := range k.Fields {
		if f.stored() {
			names = append(names, f.Name)
		}
	}
	return names
}

// createIncoming makes the table that takes rows as they are read.
func (k *kind) createIncoming() string {
	columns := []string{"line integer", "sub_line integer", "natural_key varchar"}
	for _, f := range k.Fields {
		if f.stored() {
			columns = append(columns, f.Name+" "+f.sqlType())
		}
	}
	return "create or replace temp table incoming (\n    " + strings.Join(columns, ",\n    ") + "\n)"
}

// each joins an expression per stored field; % stands for the field.
func (k *kind) each(expression, separator string) string {
	return k.parts(func(name string) string { return strings.ReplaceAll(expression, "%", name) }, separator)
}

// judge says of each incoming row what it is to what was stored before, or stood earlier in the file.
// An earlier row of the same import counts as the same file, whichever sheet or chunk it came with.
func (k *kind) judge() string {
	return `create or replace temp table judged as
with versions as materialized (
    select *
    from raw.` + k.Name + `
    where import_id <= $import_id
    and natural_key in (select natural_key from temp.incoming)
),
known as (
    from versions
    qualify row_number() over (partition by natural_key order by import_id desc, line desc, sheet desc) = 1
),
older as (
    from versions
    where import_id < $import_id
    and natural_key in (select natural_key from versions where import_id = $import_id)
    qualify row_number() over (partition by natural_key order by import_id desc, line desc, sheet desc) = 1
),
numbered as materialized (
    select
        *,
        row_number() over (partition by natural_key order by line, sub_line) as occurrence
    from temp.incoming
),
` + k.mergeCTEs() + k.identityCTEs() + `
select
    i.line,
    i.sub_line,
    i.natural_key,
    ` + k.parts(together, ",\n    ") + `,
    coalesce(k.import_id = $import_id, false) as completes,
    case when completes then ` + k.against() + ` end as against,
    coalesce(p.odd_field, against) as other_field,
    case when p.odd_field is null then k.line else p.odd_line end as other_line,
    case when p.odd_field is null then k.sheet end as other_sheet,
    ` + k.otherName() + ` as other_name,
    ` + k.otherID() + ` as other_id,
    case
        when other_name is not null or other_id is not null or other_field is not null then 'rejected'
        when i.occurrence > 1 and not p.adds then 'unchanged'
        when k.natural_key is null then 'new'
        when ` + k.parts(sameAsKnown, " and ") + ` then 'unchanged'
        when completes and w.natural_key is null then 'new'
        else 'changed'
    end as state
from numbered as i
left join known as k
    on i.natural_key = k.natural_key
left join older as w
    on i.natural_key = w.natural_key
left join pieces as p
    on i.natural_key = p.natural_key
    and i.occurrence = p.occurrence` + k.identityJoins()
}

// run judges, stores what is new or changed of rows nothing speaks against, and counts rows of the sheet by state.
func (c *comparison) run(ctx context.Context) (map[string]int, error) {
	if err := c.confirm(ctx); err != nil {
		return nil, err
	}
	// Without named arguments DuckDB takes no parameter in a create statement: the id is our own number.
	id := strconv.FormatInt(c.importID, 10)
	if _, err := c.conn.ExecContext(ctx, strings.ReplaceAll(c.kind.judge(), "$import_id", id)); err != nil {
		return nil, fmt.Errorf("compare incoming rows: %w", err)
	}
	if _, err := c.conn.ExecContext(ctx, "drop table temp.incoming"); err != nil {
		return nil, fmt.Errorf("drop incoming: %w", err)
	}
	var err error
	if c.changed, err = c.changes(ctx); err != nil {
		return nil, err
	}
	names := strings.Join(c.kind.storedNames(), ", ")
	_, err = c.conn.ExecContext(ctx, `insert into raw.`+c.kind.Name+` (import_id, sheet, line, natural_key, `+names+`)
select $1::bigint, $2, line, natural_key, `+names+`
from temp.judged
where state in ('new', 'changed')
and line not in (select line from temp.judged where state = 'rejected')
order by line, sub_line`, c.importID, c.sheet)
	if err != nil {
		return nil, fmt.Errorf("store rows of %s: %w", c.kind.Name, err)
	}
	if err := c.completeOthers(ctx); err != nil {
		return nil, err
	}
	return c.counts(ctx)
}

func (c *comparison) counts(ctx context.Context) (map[string]int, error) {
	rows, err := c.conn.QueryContext(ctx, `select state, count(*)
from (
    select
        case
            when bool_or(state = 'rejected') then 'rejected'
            when bool_or(state = 'new') then 'new'
            when bool_or(state = 'changed') then 'changed'
            else 'unchanged'
        end as state
    from temp.judged
    group by line
)
group by state`)
	if err != nil {
		return nil, fmt.Errorf("count judged rows: %w", err)
	}
	defer rows.Close()
	counts := map[string]int{}
	for rows.Next() {
		var state string
		var n int
		if err := rows.Scan(&state, &n); err != nil {
			return nil, err
		}
		counts[state] = n
	}
	return counts, rows.Err()
}

// offender is a row that the comparison rejected.
type offender struct {
	line, otherLine              int
	otherSheet, otherField       string // where its field is stated otherwise
	id, name, otherID, otherName string
}

func (o offender) problem() Problem {
	if o.otherID != "" {
		p := reject("name_conflict", "employee_id", o.id)
		p.Args = map[string]any{"name": o.name, "id": o.id, "other_id": o.otherID}
		return p
	}
	if o.otherName != "" {
		p := reject("identity_conflict", "employee_name", o.name)
		p.Args = map[string]any{"id": o.id, "name": o.name, "other_name": o.otherName}
		return p
	}
	p := reject("duplicate_in_file", o.otherField, "")
	p.Args = map[string]any{"other_line": o.otherLine}
	if o.otherSheet != "" {
		p.Key, p.Args["other_sheet"] = "duplicate_in_sheet", o.otherSheet
	}
	return p
}

// offenders calls each for the rejected rows, and drops the judged rows.
func (c *comparison) offenders(ctx context.Context, each func(offender)) error {
	id, name := "null", "null"
	if c.kind.Name == "employee" {
		id, name = "employee_id", "employee_name"
	}
	rows, err := c.conn.QueryContext(ctx, `select
    line,
    coalesce(other_line, 0),
    coalesce(other_sheet, ''),
    coalesce(other_field, ''),
    coalesce(`+id+`, ''),
    coalesce(`+name+`, ''),
    coalesce(other_id, ''),
    coalesce(other_name, '')
from temp.judged
where state = 'rejected'
order by line, sub_line`)
	if err != nil {
		return fmt.Errorf("list rejected rows: %w", err)
	}
	defer rows.Close()
	for rows.Next() {
		var o offender
		if err := rows.Scan(&o.line, &o.otherLine, &o.otherSheet, &o.otherField, &o.id, &o.name, &o.otherID, &o.otherName); err != nil {
			return err
		}
		each(o)
	}
	if err := rows.Err(); err != nil {
		return err
	}
	rows.Close()
	_, err = c.conn.ExecContext(ctx, "drop table temp.judged")
	return err
}

// toJSON is a value as JSON. What we give it has no channels or functions: an error is a bug.
func toJSON(value any) string {
	var b strings.Builder
	encoder := json.NewEncoder(&b)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(value); err != nil {
		panic(fmt.Errorf("encode %T: %w", value, err))
	}
	return strings.TrimSuffix(b.String(), "\n")
}
