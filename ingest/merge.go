package ingest

import (
	"context"
	"fmt"
	"strings"
)

// Several rows of one import may each state a part of the same thing: one sheet its name, another its department. They are
// put together as long as none states a field otherwise than an earlier one: that row is rejected. Of rows that stand in one
// sheet, each later one is stored with what the earlier ones said; what another sheet of the import stored is completed in
// place, for the last line of an import counts, on whichever sheet it stands.

// attributesOnce are attributes in a form in which the order of their names does not matter.
func attributesOnce(expression string) string {
	return "list_sort(map_entries(coalesce(" + expression + ", '{}')::json::map(varchar, varchar)))"
}

func patched(under, over string) string {
	return "json_merge_patch(coalesce(" + under + ", '{}'), coalesce(" + over + ", '{}'))::varchar"
}

// soFar is what the rows of a thing up to this one say of a field, of those for which the condition holds. The first that
// says something counts.
func soFar(name, condition, window string) string {
	if name == "attributes" {
		return "list_reduce(list_filter(list(case when " + condition + " then attributes end) over " + window +
			", lambda x: x is not null), lambda a, x: json_merge_patch(x, a)::varchar, '{}')"
	}
	return "first_value(case when " + condition + " then " + name + " end ignore nulls) over " + window
}

// parts are the columns of a query, one for each field that raw keeps.
func (k *kind) parts(column func(name string) string, separator string) string {
	var all []string
	for _, name := range k.storedNames() {
		all = append(all, column(name))
	}
	return strings.Join(all, separator)
}

// mergeCTEs find of each thing that the incoming rows state more than once what its rows say together, and which of them
// contradict an earlier one: in which field, and on which line that is stated otherwise.
func (k *kind) mergeCTEs() string {
	return `several as (
    select
        *,
        ` + k.parts(func(n string) string { return soFar(n, "true", "earlier") + " as first_" + n }, ",\n        ") + `,
        ` + k.parts(func(n string) string {
		return "first_value(case when " + n + " is not null then line end ignore nulls) over earlier as line_" + n
	}, ",\n        ") + `
    from numbered
    where natural_key in (select natural_key from numbered where occurrence > 1)
    window earlier as (partition by natural_key order by occurrence rows between unbounded preceding and current row)
),
weighed as (
    select
        *,
        case` + k.parts(func(n string) string { return "\n            when " + differs(n, n, "first_"+n) + " then '" + n + "'" }, "") + `
        end as odd_field,
        case` + k.parts(func(n string) string { return "\n            when " + differs(n, n, "first_"+n) + " then line_" + n }, "") + `
        end as odd_line
    from several
),
pieces as (
    select
        natural_key,
        occurrence,
        odd_field,
        odd_line,
        ` + k.parts(func(n string) string { return soFar(n, "odd_field is null", "earlier") + " as " + n }, ",\n        ") + `,
        ` + k.parts(func(n string) string { return adds(n) }, "\n        or ") + ` as adds
    from weighed
    window
        earlier as (partition by natural_key order by occurrence rows between unbounded preceding and current row),
        before as (partition by natural_key order by occurrence rows between unbounded preceding and 1 preceding)
)`
}

// differs says whether a row states a field otherwise than it is known; of attributes, one of those that it names.
func differs(name, stated, known string) string {
	if name == "attributes" {
		return stated + " is not null and " + known + " is not null and " +
			attributesOnce(patched(known, stated)) + " <> " + attributesOnce(patched(stated, known))
	}
	return stated + " <> " + known
}

// adds says whether a row states a field of which the rows before it say nothing.
func adds(name string) string {
	valid := "odd_field is null"
	if name == "attributes" {
		return attributesOnce(soFar(name, valid, "before")) + " <> " + attributesOnce(soFar(name, valid, "earlier"))
	}
	return name + " is not null and " + soFar(name, valid, "before") + " is null"
}

// against names the field that another sheet of the import, or an earlier part of the same, states otherwise. What that one
// took over from older imports may change.
func (k *kind) against() string {
	return "case" + k.parts(func(n string) string {
		return "\n        when " + differs(n, "i."+n, "k."+n) + " and k." + n + " is distinct from w." + n + " then '" + n + "'"
	}, "") + "\n    end"
}

// together is what is known of a field once a row is stored.
func together(name string) string {
	if name == "attributes" {
		return "case when i.attributes is null and k.attributes is null then null else " +
			patched("k.attributes", "coalesce(p.attributes, i.attributes)") + " end as attributes"
	}
	return "coalesce(i." + name + ", p." + name + ", k." + name + ") as " + name
}

// sameAsKnown says whether a row says nothing of a field, or what is known.
func sameAsKnown(name string) string {
	if name == "attributes" {
		return "(i.attributes is null or " + attributesOnce(patched("k.attributes", "i.attributes")) + " = " + attributesOnce("k.attributes") + ")"
	}
	return "(i." + name + " is null or i." + name + " is not distinct from k." + name + ")"
}

// completeOthers gives the rows that earlier sheets of the import stored what the new ones add to them.
func (c *comparison) completeOthers(ctx context.Context) error {
	sets := c.kind.parts(func(n string) string { return n + " = j." + n }, ",\n    ")
	_, err := c.conn.ExecContext(ctx, `update raw.`+c.kind.Name+` as r
set
    `+sets+`
from (
    select *
    from temp.judged
    where state in ('new', 'changed')
    and completes
    and line not in (select line from temp.judged where state = 'rejected')
    qualify row_number() over (partition by natural_key order by line desc, sub_line desc) = 1
) as j
where r.natural_key = j.natural_key
and r.import_id = $1
and (r.line, r.sheet) > (j.line, $2)`, c.importID, c.sheet)
	if err != nil {
		return fmt.Errorf("complete rows of %s: %w", c.kind.Name, err)
	}
	return nil
}
