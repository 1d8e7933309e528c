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
	kind     *kind
	conn     *sql.Conn
	importID int64
	sheet    string
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
	var parts []string
	for _, name := range k.storedNames() {
		e := expression
		if name == "attributes" {
			e = attributesLike(expression)
		}
		parts = append(parts, strings.ReplaceAll(e, "%", name))
	}
	return strings.Join(parts, separator)
}

// attributesLike is the form of an expression for the attributes: of an object each name is a cell of its own.
func attributesLike(expression string) string {
	switch expression {
	case sameAsFirst:
		return "(i.% is null or json_merge_patch(f.%, i.%)::varchar is not distinct from json_merge_patch(f.%, '{}')::varchar)"
	case sameAsKnown:
		return "(i.% is null or json_merge_patch(k.%, i.%)::varchar is not distinct from json_merge_patch(k.%, '{}')::varchar)"
	case merged:
		return "case when i.% is null or k.% is null then coalesce(i.%, k.%) else json_merge_patch(k.%, i.%)::varchar end as %"
	}
	return expression
}

const (
	sameAsFirst = "(i.% is null or i.% is not distinct from f.%)"
	sameAsKnown = "(i.% is null or i.% is not distinct from k.%)"
	merged      = "coalesce(i.%, k.%) as %"
)

// judge says of each incoming row what it is to what was stored before, or stood earlier in the file.
// An earlier row of the same import counts as the same file, whichever sheet or chunk it came with.
func (k *kind) judge() string {
	return `create or replace temp table judged as
with known as (
    select r.*
    from raw.` + k.Name + ` as r
    where r.natural_key in (select natural_key from temp.incoming)
    qualify row_number() over (partition by r.natural_key order by r.import_id desc, r.line desc) = 1
),
numbered as materialized (
    select
        *,
        row_number() over (partition by natural_key order by line, sub_line) as occurrence
    from temp.incoming
),
firsts as (
    select *
    from numbered
    where occurrence = 1
    and natural_key in (select natural_key from numbered where occurrence > 1)
)` + k.namesCTE() + `
select
    i.line,
    i.sub_line,
    i.natural_key,
    ` + k.each(merged, ",\n    ") + `,
    case when i.occurrence > 1 then f.line else k.line end as other_line,
    ` + k.conflict() + ` as other_name,
    case
        when ` + k.conflict() + ` is not null then 'rejected'
        when i.occurrence > 1 and ` + k.each(sameAsFirst, " and ") + ` then 'unchanged'
        when i.occurrence > 1 then 'rejected'
        when k.natural_key is null then 'new'
        when ` + k.each(sameAsKnown, " and ") + ` then 'unchanged'
        when k.import_id = $import_id then 'rejected'
        else 'changed'
    end as state
from numbered as i
left join known as k
    on i.natural_key = k.natural_key
left join firsts as f
    on i.natural_key = f.natural_key` + k.namesJoin()
}

// namesCTE finds the name under which an employee id is known, for employee files alone.
func (k *kind) namesCTE() string {
	if k.Name != "employee" {
		return ""
	}
	return `,
stated as (
    select employee_id, employee_name, import_id, line
    from raw.employee
    where employee_id in (select employee_id from temp.incoming)
    union all by name
    select employee_id, employee_name, $import_id + 1 as import_id, -line as line
    from temp.incoming
),
names as (
    select
        employee_id,
        coalesce(
            max_by(employee_name, (import_id, line)) filter (where import_id <= $import_id),
            max_by(employee_name, line)
        ) as known_name
    from stated
    where employee_id is not null
    and employee_name is not null
    group by employee_id
)`
}

func (k *kind) namesJoin() string {
	if k.Name != "employee" {
		return ""
	}
	return `
left join names as n
    on i.employee_id = n.employee_id`
}

// conflict is the other name under which the same id is known; null where it is the same name.
func (k *kind) conflict() string {
	if k.Name != "employee" {
		return "null::varchar"
	}
	return "case when " + nameParts("i.employee_name") + " <> " + nameParts("n.known_name") + " then n.known_name end"
}

// nameParts makes "Last, First", "First Last" and "first  last" equal.
func nameParts(column string) string {
	return `list_sort(string_split(trim(regexp_replace(lower(` + column + `), '[^\p{L}\p{N}]+', ' ', 'g')), ' '))`
}

// run judges, stores what is new or changed of rows nothing speaks against, and counts rows of the sheet by state.
func (c *comparison) run(ctx context.Context) (map[string]int, error) {
	// Without named arguments DuckDB takes no parameter in a create statement: the id is our own number.
	id := strconv.FormatInt(c.importID, 10)
	if _, err := c.conn.ExecContext(ctx, strings.ReplaceAll(c.kind.judge(), "$import_id", id)); err != nil {
		return nil, fmt.Errorf("compare incoming rows: %w", err)
	}
	if _, err := c.conn.ExecContext(ctx, "drop table temp.incoming"); err != nil {
		return nil, fmt.Errorf("drop incoming: %w", err)
	}
	names := strings.Join(c.kind.storedNames(), ", ")
	_, err := c.conn.ExecContext(ctx, `insert into raw.`+c.kind.Name+` (import_id, sheet, line, natural_key, `+names+`)
select $1::bigint, $2, line, natural_key, `+names+`
from temp.judged
where state in ('new', 'changed')
and line not in (select line from temp.judged where state = 'rejected')
order by line, sub_line`, c.importID, c.sheet)
	if err != nil {
		return nil, fmt.Errorf("store rows of %s: %w", c.kind.Name, err)
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
	line, otherLine int
	name, otherName string
}

func (o offender) problem() Problem {
	if o.otherName != "" {
		p := reject("identity_conflict", "employee_name", o.name)
		p.Args = map[string]any{"name": o.name, "other_name": o.otherName}
		return p
	}
	p := reject("duplicate_in_file", "", "")
	p.Args = map[string]any{"other_line": o.otherLine}
	return p
}

// offenders calls each for the rejected rows, and drops the judged rows.
func (c *comparison) offenders(ctx context.Context, each func(offender)) error {
	name := "null"
	if c.kind.Name == "employee" {
		name = "employee_name"
	}
	rows, err := c.conn.QueryContext(ctx, `select line, coalesce(other_line, 0), coalesce(`+name+`, ''), coalesce(other_name, '')
from temp.judged
where state = 'rejected'
order by line, sub_line`)
	if err != nil {
		return fmt.Errorf("list rejected rows: %w", err)
	}
	defer rows.Close()
	for rows.Next() {
		var o offender
		if err := rows.Scan(&o.line, &o.otherLine, &o.name, &o.otherName); err != nil {
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
