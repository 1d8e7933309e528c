package analytics

import "slices"

// refs are the columns of tables that an expression reads, whatever its shape.
func (r *resolver) refs(v any, s *scopeOfNames) []Ref {
	var all []Ref
	for _, d := range r.derivedIn(v, s) {
		all = union(all, d.from)
	}
	return all
}

// derivedIn are the columns that an expression names, macros' own reading among them.
func (r *resolver) derivedIn(v any, s *scopeOfNames) []derived {
	switch x := v.(type) {
	case []any:
		var all []derived
		for _, each := range x {
			all = append(all, r.derivedIn(each, s)...)
		}
		return all
	case node:
		return r.derivedInNode(x, s)
	case map[string]any:
		return r.derivedInNode(x, s)
	}
	return nil
}

func (r *resolver) derivedInNode(n node, s *scopeOfNames) []derived {
	var all []derived
	switch n.text("class") {
	case "COLUMN_REF":
		return r.named(n.texts("column_names"), s)
	case "STAR":
		return r.star(n, s)
	case "SUBQUERY":
		all = r.query(n.child("subquery").child("node"), s, "")
		return append(all, r.derivedIn(n["child"], s)...)
	case "LAMBDA":
		inner := &scopeOfNames{outer: s, bound: map[string]bool{}}
		for _, name := range parameterNames(n.child("lhs")) {
			inner.bound[name] = true
		}
		return r.derivedIn(n["expr"], inner)
	case "FUNCTION", "WINDOW":
		if countsRows[n.text("function_name")] {
			all = append(all, derived{from: s.countedRows()})
		}
		if refs := r.macros[n.text("function_name")]; len(refs) > 0 {
			all = append(all, derived{from: refs})
		}
	}
	for _, name := range sortedKeys(n) {
		all = append(all, r.derivedIn(n[name], s)...)
	}
	return all
}

// countsRows are the functions whose value comes from rows as such.
var countsRows = map[string]bool{"count_star": true, "row_number": true}

// countedRows are the rows of the first table that a select reads, as column *: the others are joined to them.
func (s *scopeOfNames) countedRows() []Ref {
	if len(s.relations) == 0 {
		return nil
	}
	return s.relations[0].main
}

func sortedKeys(n node) []string {
	names := make([]string, 0, len(n))
	for name := range n {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}

// parameterNames are those of a lambda: e or (a, b).
func parameterNames(n node) []string {
	names := n.texts("column_names")
	for _, child := range n.children("children") {
		names = append(names, parameterNames(child)...)
	}
	return names
}

// named finds what a name such as column, table.column, schema.table.column or column.field means.
func (r *resolver) named(names []string, s *scopeOfNames) []derived {
	for at := s; at != nil; at = at.outer {
		if at.bound[names[0]] {
			return nil
		}
		if found, ok := at.find(names); ok {
			return found
		}
	}
	if names[len(names)-1] == "rowid" { // a row's place in its table, which every table has
		return nil
	}
	r.fail("column %v is unknown", names)
	return nil
}

func (s *scopeOfNames) find(names []string) ([]derived, bool) {
	for _, rel := range s.relations {
		rest := names
		if len(rest) > 2 && rest[0] == rel.schema && rest[1] == rel.table {
			rest = rest[1:]
		}
		if len(rest) > 1 && (rest[0] == rel.alias) {
			if c, ok := rel.column(rest[1]); ok {
				return []derived{c}, true
			}
		}
	}
	for _, rel := range s.relations {
		if c, ok := rel.column(names[0]); ok {
			return []derived{c}, true
		}
	}
	for _, c := range s.aliases {
		if c.name == names[0] {
			return []derived{c}, true
		}
	}
	for _, rel := range s.relations {
		if len(names) == 1 && rel.alias == names[0] { // the row as a whole
			return rel.columns, true
		}
	}
	return nil, false
}

func (r relation) column(name string) (derived, bool) {
	at := slices.IndexFunc(r.columns, func(c derived) bool { return c.name == name })
	if at < 0 {
		return derived{}, false
	}
	return r.columns[at], true
}
