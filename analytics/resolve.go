package analytics

import (
	"fmt"
	"slices"
	"strings"
)

// Ref is a column of a model or, as raw.kind, of a raw table.
type Ref struct {
	Table  string `json:"table"`
	Column string `json:"column"`
}

func (r Ref) String() string { return r.Table + "." + r.Column }

// Step is how a column is made: an expression, and the columns of the statement's own parts that it reads.
type Step struct {
	Name       string // part.column; for the model's own column, the column alone
	expression node
	reads      []*Step
}

// derived is a column of a select or table as far as it is resolved.
type derived struct {
	name string
	from []Ref
	step *Step
}

// relation is something a select reads from.
type relation struct {
	alias, schema, table string
	columns              []derived
	hidden               []string // columns that a join's using shows once
	main                 []Ref    // the tables whose rows its rows are
}

// scopeOfNames is what names mean inside one select.
type scopeOfNames struct {
	outer     *scopeOfNames
	ctes      map[string]relation
	relations []relation
	aliases   []derived
	bound     map[string]bool // parameters of lambdas and macros
}

// resolver follows the names in one model's tree.
type resolver struct {
	tables    func(schema, name string) (table string, columns []string, ok bool)
	macros    map[string][]Ref    // what a macro reads beside its arguments
	functions map[string]relation // macros that are tables
	rows      []Ref
	main      []Ref // the tables whose rows those of the last resolved query are
	seen      []string
	errs      []string
}

func (r *resolver) fail(format string, args ...any) {
	r.errs = append(r.errs, fmt.Sprintf(format, args...))
}

// query resolves a query node; part is the name of the statement's part that it defines.
func (r *resolver) query(n node, outer *scopeOfNames, part string) []derived {
	s := &scopeOfNames{outer: outer, ctes: map[string]relation{}}
	for _, entry := range n.child("cte_map").children("map") {
		name, cte := entry.text("key"), entry.child("value")
		columns := r.query(cte.child("query").child("node"), s, name)
		s.ctes[name] = relation{alias: name, columns: renamed(columns, cte.texts("aliases")), main: r.main}
	}
	switch n.text("type") {
	case "SELECT_NODE":
		return r.selectNode(n, s, part)
	case "SET_OPERATION_NODE":
		return r.setOperation(n, s, part)
	case "RECURSIVE_CTE_NODE":
		left := r.query(n.child("left"), s, part)
		s.ctes[n.text("cte_name")] = relation{alias: n.text("cte_name"), columns: renamed(left, n.texts("aliases")), main: r.main}
		return merged(left, r.query(n.child("right"), s, part), false)
	}
	r.fail("a query of type %s", n.text("type"))
	return nil
}

func (r *resolver) setOperation(n node, s *scopeOfNames, part string) []derived {
	parts := n.children("children")
	if len(parts) == 0 {
		parts = []node{n.child("left"), n.child("right")}
	}
	all := r.query(parts[0], s, part)
	main := r.main
	for _, other := range parts[1:] {
		columns := r.query(other, s, part)
		if !strings.HasPrefix(n.text("setop_type"), "UNION") {
			for _, c := range columns {
				r.rows = append(r.rows, c.from...)
			}
			continue
		}
		all = merged(all, columns, n.text("setop_type") == "UNION_BY_NAME")
		main = union(main, r.main)
	}
	r.main = main
	return all
}

// merged are the columns of a union.
func merged(left, right []derived, byName bool) []derived {
	all := slices.Clone(left)
	for i, c := range right {
		at := i
		if byName {
			at = slices.IndexFunc(all, func(d derived) bool { return d.name == c.name })
		}
		if at < 0 || at >= len(all) {
			all = append(all, c)
			continue
		}
		both := all[at]
		both.from = union(both.from, c.from)
		both.step = joined(both.step, c.step)
		all[at] = both
	}
	return all
}

// joined is a step for a column that the parts of a union make in two ways.
func joined(a, b *Step) *Step {
	if a == nil || b == nil || a == b {
		if a == nil {
			return b
		}
		return a
	}
	return &Step{Name: a.Name, expression: a.expression, reads: append(slices.Clone(a.reads), b)}
}

func renamed(columns []derived, names []string) []derived {
	all := slices.Clone(columns)
	for i := range min(len(all), len(names)) {
		all[i].name = names[i]
	}
	return all
}

func union(a, b []Ref) []Ref {
	all := slices.Clone(a)
	for _, ref := range b {
		if !slices.Contains(all, ref) {
			all = append(all, ref)
		}
	}
	return all
}

func (r *resolver) selectNode(n node, s *scopeOfNames, part string) []derived {
	r.from(n.child("from_table"), s)
	var columns []derived
	for _, e := range n.children("select_list") {
		columns = append(columns, r.selectItem(e, s, part)...)
		s.aliases = columns
	}
	for _, name := range []string{"where_clause", "having", "qualify", "group_expressions"} {
		r.rows = union(r.rows, r.refs(n[name], s))
	}
	r.main = s.countedRows()
	return columns
}

// selectItem are the columns of one item of a select list.
func (r *resolver) selectItem(e node, s *scopeOfNames, part string) []derived {
	if e.text("class") == "STAR" {
		return r.star(e, s)
	}
	name := e.text("alias")
	if name == "" {
		name = nameOf(e)
	}
	step := &Step{Name: name, expression: e}
	if part != "" {
		step.Name = part + "." + name
	}
	found := r.derivedIn(e, s)
	c := derived{name: name, step: step}
	for _, d := range found {
		c.from = union(c.from, d.from)
		if d.step != nil && !slices.Contains(step.reads, d.step) {
			step.reads = append(step.reads, d.step)
		}
	}
	if e.text("class") == "COLUMN_REF" && len(found) == 1 && found[0].step != nil {
		c.step = found[0].step // handed on as it is
	}
	return []derived{c}
}

func nameOf(e node) string {
	if names := e.texts("column_names"); len(names) > 0 {
		return names[len(names)-1]
	}
	if e.text("class") == "CAST" {
		return nameOf(e.child("child"))
	}
	return e.text("function_name")
}

func (r *resolver) star(e node, s *scopeOfNames) []derived {
	var columns []derived
	excluded := e.texts("exclude_list")
	for _, q := range e.children("qualified_exclude_list") {
		excluded = append(excluded, q.text("column"))
	}
	replaced := map[string]derived{}
	for _, entry := range e.children("replace_list") {
		found := r.selectItem(entry.child("value"), s, "")
		replaced[entry.text("key")] = derived{name: entry.text("key"), from: found[0].from, step: found[0].step}
	}
	for _, rel := range s.relations {
		if of := e.text("relation_name"); of != "" && of != rel.alias {
			continue
		}
		for _, c := range rel.columns {
			if slices.Contains(excluded, c.name) || (e.text("relation_name") == "" && slices.Contains(rel.hidden, c.name)) {
				continue
			}
			if d, ok := replaced[c.name]; ok {
				c = d
			}
			columns = append(columns, c)
		}
	}
	return columns
}

// from adds what a from clause reads to the scope.
func (r *resolver) from(n node, s *scopeOfNames) {
	switch n.text("type") {
	case "", "EMPTY":
	case "BASE_TABLE":
		s.relations = append(s.relations, r.table(n, s))
	case "SUBQUERY":
		columns := r.query(n.child("subquery").child("node"), s, n.text("alias"))
		s.relations = append(s.relations, relation{alias: n.text("alias"), columns: renamed(columns, n.texts("column_name_alias")), main: r.main})
	case "JOIN":
		r.from(n.child("left"), s)
		before := len(s.relations)
		r.from(n.child("right"), s)
		for i := before; i < len(s.relations); i++ {
			s.relations[i].hidden = append(s.relations[i].hidden, n.texts("using_columns")...)
		}
		r.rows = union(r.rows, r.refs(n["condition"], s))
		for _, name := range n.texts("using_columns") {
			for _, rel := range s.relations {
				for _, c := range rel.columns {
					if c.name == name {
						r.rows = union(r.rows, c.from)
					}
				}
			}
		}
	case "TABLE_FUNCTION":
		refs := r.refs(map[string]any(n.child("function")), s)
		rel := relation{alias: n.text("alias")}
		if known, ok := r.functions[n.child("function").text("function_name")]; ok {
			rel.columns, rel.main = known.columns, known.main
		}
		for _, name := range n.texts("column_name_alias") {
			rel.columns = append(rel.columns, derived{name: name, from: refs})
		}
		s.relations = append(s.relations, rel)
	case "EXPRESSION_LIST": // values written out
		s.relations = append(s.relations, written(n))
	default:
		r.fail("a table of type %s", n.text("type"))
	}
}

// table is a part of the statement, a model or a raw table.
func (r *resolver) table(n node, s *scopeOfNames) relation {
	schema, name := n.text("schema_name"), n.text("table_name")
	alias := n.text("alias")
	if alias == "" {
		alias = name
	}
	if schema == "" {
		for at := s; at != nil; at = at.outer {
			if cte, ok := at.ctes[name]; ok {
				return relation{alias: alias, columns: renamed(cte.columns, n.texts("column_name_alias")), main: cte.main}
			}
		}
	}
	table, columns, ok := r.tables(schema, name)
	if !ok {
		r.fail("table %s is unknown", name)
		return relation{alias: alias}
	}
	if !slices.Contains(r.seen, table) {
		r.seen = append(r.seen, table)
	}
	rel := relation{alias: alias, schema: schema, table: name, main: []Ref{{Table: table, Column: "*"}}}
	for _, c := range columns {
		rel.columns = append(rel.columns, derived{name: c, from: []Ref{{Table: table, Column: c}}})
	}
	return rel
}

// written are the columns of values that stand in the text: they come from no table.
func written(n node) relation {
	rel := relation{alias: n.text("alias")}
	rows, _ := n["values"].([]any)
	if len(rows) == 0 {
		return rel
	}
	values, _ := rows[0].([]any)
	for i := range values {
		rel.columns = append(rel.columns, derived{name: fmt.Sprintf("col%d", i)})
	}
	rel.columns = renamed(rel.columns, n.texts("column_name_alias"))
	return rel
}
