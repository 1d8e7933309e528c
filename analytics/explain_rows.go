package analytics

import (
	"context"
	"fmt"
	"slices"
	"strings"
)

// asked is a row whose columns are followed down.
type asked struct {
	model   *ModelLineage
	columns []string
	row     map[string]any
	limit   int
	depth   int
}

// inputs are the rows that the row's columns were made from, table by table.
func (e *Explainer) inputs(ctx context.Context, a asked) ([]Input, error) {
	if a.depth == 0 {
		return nil, nil
	}
	tables, columns := e.reached(a)
	inputs, err := e.siblings(ctx, a)
	if err != nil {
		return nil, err
	}
	for _, table := range tables {
		condition, args := e.link(a, table)
		if condition == "" {
			continue
		}
		input, err := e.input(ctx, a, Input{Table: table, Columns: columns[table]}, linked{condition, args})
		if err != nil {
			return nil, err
		}
		if input.Count > 0 {
			inputs = append(inputs, input)
		}
	}
	return inputs, nil
}

// isMade reports that a mart is made of more than one row of a file: it is worth following down.
func (e *Explainer) isMade(m *ModelLineage) bool {
	at := slices.IndexFunc(marts(), func(mart model) bool { return mart.Name == m.Name })
	return strings.HasPrefix(m.Name, "fct_") && !strings.HasPrefix(marts()[at].scope(), byRow)
}

// siblings are the rows of a reading's own mart that it is judged by: those before it, and its peers' of the same day.
func (e *Explainer) siblings(ctx context.Context, a asked) ([]Input, error) {
	if a.model.Name != "fct_reading" || !slices.ContainsFunc(a.columns, func(c string) bool { return c != "value" && c != "read_on" }) {
		return nil, nil
	}
	conditions := []string{"employee_id is not distinct from $employee_id and unit_id is not distinct from $unit_id and read_on < $read_on"}
	if slices.ContainsFunc(a.columns, func(c string) bool { return strings.HasPrefix(c, "peer") || strings.HasPrefix(c, "cause") }) {
		conditions = append(conditions, "job_family is not distinct from $job_family and read_on = $read_on and natural_key != $natural_key")
	}
	args := Args{}
	for _, name := range []string{"employee_id", "unit_id", "job_family", "read_on", "metric", "natural_key"} {
		args[name] = a.row[name]
	}
	a.depth = 1
	var inputs []Input
	for _, condition := range conditions {
		in := Input{Table: "fct_reading", Columns: []string{"value", "expected", "z"}}
		in, err := e.input(ctx, a, in, linked{"metric = $metric and " + condition, args})
		if err != nil {
			return nil, err
		}
		if in.Count > 0 {
			inputs = append(inputs, in)
		}
	}
	return inputs, nil
}

// linked is which rows of a table belong to a row.
type linked struct {
	condition string
	args      Args
}

// reached are the tables that the columns are made from, and the columns of each that they read. What a file states and a mart holds is
// shown as the mart's row, which has the goal or person that it was found to mean.
func (e *Explainer) reached(a asked) (tables []string, columns map[string][]string) {
	columns = map[string][]string{}
	isNaming := !slices.ContainsFunc(a.columns, func(name string) bool { return !slices.Contains(naming, name) })
	for _, name := range a.columns {
		for _, ref := range e.lineage.Trace(Ref{a.model.Name, name}, e.isMart) {
			kind, isRaw := strings.CutPrefix(ref.Table, "raw.")
			if isRaw && !isNaming && slices.Contains(naming, ref.Column) {
				continue
			}
			if twin := "fct_" + kind; isRaw && e.isMart(twin) {
				ref.Table = twin
			}
			if ref.Table == a.model.Name || ref.Table == "dim_setting" || ref.Table == "dim_cycle_setting" || slices.Contains(places, ref.Column) || slices.Contains(columns[ref.Table], ref.Column) || ofOtherStep(a, ref) {
				continue
			}
			if !slices.Contains(tables, ref.Table) {
				tables = append(tables, ref.Table)
			}
			columns[ref.Table] = append(columns[ref.Table], ref.Column)
		}
	}
	return tables, columns
}

// naming are the columns by which rows of files are found to mean the same person, unit, cycle or goal. They are followed only where such
// a column is asked for: every figure hangs on them.
var naming = []string{
	"employee_id", "employee_name", "employee_email", "unit", "unit_id", "unit_path", "cycle", "cycle_id", "goal_id", "goal_title", "title",
	"manager_id", "manager_name", "manager_email", "reviewer_id", "reviewer_name",
}

// ofOtherStep reports a column of the loop's row that is about another step than the row.
func ofOtherStep(a asked, ref Ref) bool {
	step, ok := a.row["step"].(string)
	return ok && a.model.Name == "fct_step" && ref.Table == "fct_loop" && !strings.HasPrefix(ref.Column, step+"_") && !slices.Contains(entities, ref.Column)
}

// places are the columns that say where a row stands in the files; a later row wins by them.
var places = []string{"import_id", "sheet", "line"}

// entities are the columns by which rows of one mart belong to a row of another, the narrowest first.
var entities = []string{"goal_id", "employee_id", "reviewer_id", "unit_id", "metric", "cycle_id"}

// link says which rows of a table belong to the row: those of the same goal, else of the same person, rater or unit, in the same cycle, or
// in the one before too where the column compares cycles. Empty: no such rows can be told.
func (e *Explainer) link(a asked, table string) (string, Args) {
	var conditions []string
	args := Args{}
	isOwned := false
	for _, name := range entities {
		value := a.row[name]
		of := e.columnOf(table, name)
		if value == nil || of == "" || (isOwned && name != "cycle_id") || (name == "cycle_id" && args["goal_id"] != nil) {
			continue
		}
		isOwned = true
		args[name] = value
		condition := fmt.Sprintf(`"%s" = $%s`, of, name)
		if of == "cycle" { // a file need not say it
			condition = "coalesce(cycle, $cycle_id) = $cycle_id"
		}
		if name == "unit_id" && (slices.Contains(a.model.Inputs, "int_unit_above") || slices.Contains(a.model.Inputs, "int_unit_group")) {
			condition = fmt.Sprintf(`"%s" in (%s)`, of, unitsBelow)
		}
		if before := a.row["previous_cycle_id"]; name == "cycle_id" && before != nil && looksBack(a.columns) {
			args["previous_cycle_id"] = before
			condition = fmt.Sprintf(`"%s" in ($cycle_id, $previous_cycle_id)`, of)
		}
		conditions = append(conditions, condition)
	}
	return strings.Join(conditions, " and "), args
}

// unitsBelow are the unit and those below it, for figures that count them.
const unitsBelow = `
	select below.unit_id
	from dim_unit as above
	join dim_unit as below
		on below.unit_id = above.unit_id
		or starts_with(below.unit_path, above.unit_path || '/')
	where above.unit_id = $unit_id`

// columnOf is the table's name of a key column; empty where it has none.
func (e *Explainer) columnOf(table, name string) string {
	if m := e.lineage.Model(table); m != nil {
		if m.Column(name) != nil {
			return name
		}
		return ""
	}
	if name == "cycle_id" {
		name = "cycle"
	}
	if slices.Contains(e.lineage.raw[table], name) {
		return name
	}
	return ""
}

// looksBack reports that a column compares a cycle with the one before.
func looksBack(columns []string) bool {
	return slices.ContainsFunc(columns, func(name string) bool {
		return strings.Contains(name, "previous") || strings.Contains(name, "change") || strings.Contains(name, "expected")
	})
}

// telling are the columns that say what a row is about, shown beside those that the value reads.
var telling = []string{
	"title", "label", "code", "item", "part", "reviewer_role", "reviewer_id", "step", "conversation_kind", "incentive_kind", "plan_kind", "metric",
	"checked_on", "read_on", "held_on", "appraised_on", "awarded_on", "due_on", "starts_on", "weight_share",
}

// input reads the rows of one table, and follows each down.
func (e *Explainer) input(ctx context.Context, a asked, in Input, l linked) (Input, error) {
	r, err := e.q.Query(ctx, fmt.Sprintf("select count(*) over () as explained_count, t.* from %s as t where %s order by %s", in.Table, l.condition, e.order(in.Table)), l.args, a.limit)
	if err != nil {
		return in, fmt.Errorf("read rows of %s: %w", in.Table, err)
	}
	if len(r.Rows) == 0 {
		return in, nil
	}
	in.Count = r.Rows[0][0].(int64)
	m := e.lineage.Model(in.Table)
	for i := range r.Rows {
		all := rowValues(r, i)
		shown := InputRow{Values: map[string]any{}}
		for _, c := range r.Columns[1:] {
			if slices.Contains(in.Columns, c.Name) || slices.Contains(entities, c.Name) || (slices.Contains(telling, c.Name) && all[c.Name] != nil) {
				shown.Values[c.Name] = all[c.Name]
			}
		}
		if shown.Sources, err = e.sourcesOf(ctx, in.Table, all); err != nil {
			return in, err
		}
		if m != nil && e.isMade(m) {
			shown.Inputs, err = e.inputs(ctx, asked{model: m, columns: known(m, in.Columns), row: all, limit: a.limit, depth: a.depth - 1})
			if err != nil {
				return in, err
			}
		}
		in.Rows = append(in.Rows, shown)
	}
	return in, nil
}

// known are the names of figures: * is none.
func known(m *ModelLineage, names []string) []string {
	return slices.DeleteFunc(slices.Clone(names), func(name string) bool { return m.Column(name) == nil || slices.Contains(naming, name) })
}

// order shows the newest first.
func (e *Explainer) order(table string) string {
	var order []string
	for _, name := range []string{"checked_on", "read_on", "held_on", "appraised_on", "calibrated_on", "valid_from"} {
		if e.columnOf(table, name) != "" {
			order = append(order, name+" desc nulls last")
		}
	}
	for _, name := range []string{"natural_key", "import_id", "line"} {
		if len(order) > 0 && e.columnOf(table, name) != "" {
			order = append(order, name)
		}
	}
	if len(order) == 0 {
		return "all"
	}
	return strings.Join(order, ", ")
}

// sourcesOf are the files' rows that state a row: by its natural key, or, for a raw row, itself.
func (e *Explainer) sourcesOf(ctx context.Context, table string, row map[string]any) ([]Source, error) {
	key, ok := row["natural_key"].(string)
	if !ok {
		return nil, nil
	}
	kinds := []string{table}
	if !strings.HasPrefix(table, "raw.") {
		kinds = nil
		for _, ref := range e.lineage.Trace(Ref{table, "natural_key"}, func(string) bool { return false }) {
			if ref.Column == "natural_key" && !slices.Contains(kinds, ref.Table) {
				kinds = append(kinds, ref.Table)
			}
		}
	}
	var sources []Source
	for _, kind := range kinds {
		found, err := e.versions(ctx, kind, key)
		if err != nil {
			return nil, err
		}
		sources = append(sources, found...)
	}
	return sources, nil
}

// versions are all that files have said under a natural key, the row that counts first.
func (e *Explainer) versions(ctx context.Context, table, key string) ([]Source, error) {
	r, err := e.q.Query(ctx, fmt.Sprintf(`
		select import.file_name, import.imported_at, import.imported_by, version.*
		from %s as version
		left join raw.import as import on import.import_id = version.import_id
		where version.natural_key = $key
		order by version.import_id desc, version.line desc, version.sheet desc`, table), Args{"key": key}, explainedRows)
	if err != nil {
		return nil, fmt.Errorf("read versions in %s: %w", table, err)
	}
	var sources []Source
	for i := range r.Rows {
		row := rowValues(r, i)
		s := Source{Kind: strings.TrimPrefix(table, "raw."), IsCurrent: i == 0, ImportedAt: row["imported_at"], ImportedBy: row["imported_by"], Values: map[string]any{}}
		s.File, _ = row["file_name"].(string)
		s.Sheet, _ = row["sheet"].(string)
		s.Line, _ = row["line"].(int64)
		s.ImportID, _ = row["import_id"].(int64)
		for _, c := range r.Columns[3:] {
			if !slices.Contains(places, c.Name) && c.Name != "natural_key" && row[c.Name] != nil {
				s.Values[c.Name] = row[c.Name]
			}
		}
		sources = append(sources, s)
	}
	return sources, nil
}
