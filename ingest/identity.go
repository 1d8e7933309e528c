package ingest

import (
	"context"
	"fmt"
)

// Who a row of an employee file is, is in doubt where its id is known under another name, or its name under another id.
// Such a row is rejected until the user confirms that the name is right for the id. A name under two ids passes without
// that where the rows show two people: e-mail, birth date or hire date differ, or the unit does and no hire date is shared. The
// same e-mail or birth date shows one person whatever else differs.

const (
	samePerson = `(i.employee_email = b.employee_email or i.birth_on = b.birth_on)`
	twoPeople  = `coalesce(i.employee_email <> b.employee_email, false)
    or coalesce(i.birth_on <> b.birth_on, false)
    or coalesce(i.hired_on <> b.hired_on, false)
    or coalesce(i.unit <> b.unit, false) and not coalesce(i.hired_on = b.hired_on, false)`

	bearersCompared = "20" // people of one name that a row is compared with
)

// Conflict is a row of employees whose id is known under another name, or whose name under another id: one of OtherName and
// OtherID is empty. It is stored once a mapping has the name under confirm for the id.
type Conflict struct {
	Line               int
	ID, Name           string
	OtherID, OtherName string
}

// Conflicts are the rows that wait for somebody to confirm who they are, each person once.
func (r SheetReport) Conflicts() []Conflict {
	var all []Conflict
	seen := map[[2]string]bool{}
	for _, p := range r.Problems {
		if p.Key != "name_conflict" && p.Key != "identity_conflict" {
			continue
		}
		c := Conflict{Line: p.Line, ID: text(p.Args["id"]), Name: text(p.Args["name"]), OtherID: text(p.Args["other_id"]), OtherName: text(p.Args["other_name"])}
		if who := [2]string{c.ID, c.Name}; !seen[who] {
			seen[who] = true
			all = append(all, c)
		}
	}
	return all
}

// confirm makes the table of names that the user says are right for their ids.
func (c *comparison) confirm(ctx context.Context) error {
	if c.kind.Name != "employee" {
		return nil
	}
	_, err := c.conn.ExecContext(ctx, "create or replace temp table confirmed (employee_id varchar, employee_name varchar)")
	for id, name := range c.confirmed {
		if err == nil {
			_, err = c.conn.ExecContext(ctx, "insert into temp.confirmed values ($1, $2)", id, name)
		}
	}
	if err != nil {
		return fmt.Errorf("keep confirmed names: %w", err)
	}
	return nil
}

// identityCTEs find the name under which an employee id is known, and the people who bear a name.
func (k *kind) identityCTEs() string {
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
),
stored_bearer as (
    select employee_id, ` + nameKey("employee_name") + ` as name_key, employee_email, birth_on, hired_on, unit, 0 as line
    from raw.employee
    where employee_id is not null
    and employee_name is not null
    qualify row_number() over (partition by employee_id, name_key order by import_id desc, line desc) = 1
),
bearer as (
    from stored_bearer
    union all by name
    select employee_id, ` + nameKey("employee_name") + ` as name_key, employee_email, birth_on, hired_on, unit, line
    from numbered
    where employee_id is not null
    and employee_name is not null
    qualify row_number() over (partition by employee_id, name_key order by line, sub_line) = 1
),
few_bearers as (
    from bearer
    qualify row_number() over (partition by name_key order by line, employee_id) <= ` + bearersCompared + `
),
namesake as (
    select i.line, i.sub_line, min_by(b.employee_id, b.line) as other_id
    from numbered as i
    join few_bearers as b
        on b.name_key = ` + nameKey("i.employee_name") + `
        and b.employee_id <> i.employee_id
        and b.line < i.line
    where (` + samePerson + ` or not (` + twoPeople + `))
    and (i.employee_id, b.name_key) not in (select (employee_id, name_key) from stored_bearer)
    and (i.employee_id, b.name_key) not in (select (employee_id, ` + nameKey("employee_name") + `) from temp.confirmed)
    group by all
)`
}

func (k *kind) identityJoins() string {
	if k.Name != "employee" {
		return ""
	}
	return `
left join names as n
    on i.employee_id = n.employee_id
left join temp.confirmed as y
    on i.employee_id = y.employee_id
    and ` + nameKey("i.employee_name") + ` = ` + nameKey("y.employee_name") + `
left join namesake as s
    on i.line = s.line
    and i.sub_line = s.sub_line`
}

// otherName is the other name under which the same id is known; null where it is the same name.
func (k *kind) otherName() string {
	if k.Name != "employee" {
		return "null::varchar"
	}
	return "case when y.employee_id is null and " + nameKey("i.employee_name") + " <> " + nameKey("n.known_name") + " then n.known_name end"
}

// otherID is the other id under which the same name is known, unless they are two people.
func (k *kind) otherID() string {
	if k.Name != "employee" {
		return "null::varchar"
	}
	return "s.other_id"
}

// nameKey makes "Last, First", "First Last" and "first  last" equal.
func nameKey(column string) string {
	return `array_to_string(list_sort(string_split(trim(regexp_replace(lower(` + column + `), '[^\p{L}\p{N}]+', ' ', 'g')), ' ')), ' ')`
}
