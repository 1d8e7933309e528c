package analytics

import (
	"context"
	"fmt"
	"regexp"
	"slices"
	"strings"

	sqltext "github.com/perfloop/perfloop/sql"
)

// Lineage says what every model is made from, as the engine's own parser reads the models' texts.
type Lineage struct {
	Models []ModelLineage // each after those it reads
	raw    map[string][]string
}

// ModelLineage is one model: the tables it reads and where its columns come from.
type ModelLineage struct {
	Name    string          `json:"name"`
	Path    string          `json:"path"`
	Layer   string          `json:"layer"`
	Inputs  []string        `json:"inputs"` // models, and raw tables as raw.kind
	Columns []ColumnLineage `json:"columns"`
	Rows    []Ref           `json:"rows"` // what decides which rows there are: conditions, joins, groups
	main    []Ref
}

// ColumnLineage is a column and the columns of the model's inputs that its value is made from; a count is made from the rows
// of a table, column *. Without any it is a constant.
type ColumnLineage struct {
	Name string `json:"name"`
	From []Ref  `json:"from"`
	Step *Step  `json:"-"`
}

// Model so named, or nil.
func (l *Lineage) Model(name string) *ModelLineage {
	at := slices.IndexFunc(l.Models, func(m ModelLineage) bool { return m.Name == name })
	if at < 0 {
		return nil
	}
	return &l.Models[at]
}

// IsConstant reports that the column's value comes from no table.
func (c *ColumnLineage) IsConstant() bool { return len(c.From) == 0 }

// Column so named, or nil.
func (m *ModelLineage) Column(name string) *ColumnLineage {
	at := slices.IndexFunc(m.Columns, func(c ColumnLineage) bool { return c.Name == name })
	if at < 0 {
		return nil
	}
	return &m.Columns[at]
}

// Trace follows a column through models for as long as they are not stops, and answers the columns of stops, raw tables
// and settings it reaches.
func (l *Lineage) Trace(from Ref, isStop func(table string) bool) []Ref {
	var reached []Ref
	seen := map[Ref]bool{}
	var follow func(ref Ref)
	follow = func(ref Ref) {
		if seen[ref] {
			return
		}
		seen[ref] = true
		m := l.Model(ref.Table)
		if m == nil || (ref != from && isStop(ref.Table)) {
			reached = append(reached, ref)
			return
		}
		next := m.main
		if c := m.Column(ref.Column); c != nil {
			next = c.From
		}
		for _, ref := range next {
			follow(ref)
		}
	}
	follow(from)
	return reached
}

// ReadLineage parses every model. It needs the raw tables' columns from q, which may be any build.
func ReadLineage(ctx context.Context, q Querier) (*Lineage, error) {
	l := &Lineage{raw: map[string][]string{}}
	r, err := q.Query(ctx, `select table_name, column_name from duckdb_columns() where schema_name = 'raw' order by table_name, column_index`, nil, 0)
	if err != nil {
		return nil, fmt.Errorf("list raw columns: %w", err)
	}
	for _, row := range r.Rows {
		table := "raw." + row[0].(string)
		l.raw[table] = append(l.raw[table], row[1].(string))
	}
	ordered, err := inOrder(models(), models()...)
	if err != nil {
		return nil, err
	}
	macros := map[string][]Ref{}
	for _, m := range ordered {
		if m.layer == sqltext.Macros {
			if err := l.readMacro(ctx, q, m, macros); err != nil {
				return nil, err
			}
		}
	}
	for _, m := range ordered {
		if m.layer != sqltext.Macros {
			if err := l.readModel(ctx, q, m, macros); err != nil {
				return nil, err
			}
		}
	}
	return l, nil
}

// tables knows the raw tables and the models read so far.
func (l *Lineage) tables(schema, name string) (table string, columns []string, ok bool) {
	if schema == "raw" {
		columns, ok = l.raw["raw."+name]
		return "raw." + name, columns, ok
	}
	m := l.Model(name)
	if m == nil {
		return name, nil, false
	}
	for _, c := range m.Columns {
		columns = append(columns, c.Name)
	}
	return name, columns, true
}

func (l *Lineage) readModel(ctx context.Context, q Querier, m model, macros map[string][]Ref) error {
	tree, err := parseSelect(ctx, q, m.Text)
	if err != nil {
		return fmt.Errorf("%s: %w", m.Path, err)
	}
	r := &resolver{tables: l.tables, macros: macros}
	columns := r.query(tree, nil, "")
	if len(r.errs) > 0 {
		return fmt.Errorf("%s: %s", m.Path, strings.Join(r.errs, "; "))
	}
	read := ModelLineage{Name: m.Name, Path: m.Path, Layer: string(m.layer), Inputs: r.seen, Rows: r.rows, main: r.main}
	for _, c := range columns {
		read.Columns = append(read.Columns, ColumnLineage{Name: c.name, From: c.from, Step: c.step})
	}
	l.Models = append(l.Models, read)
	return nil
}

var macroHead = regexp.MustCompile(`(?s)create or replace (?:temp )?macro (\w+)\(([^)]*)\) as\s+(table\s+)?(.*)`)

// readMacro notes what a macro reads beside its arguments.
func (l *Lineage) readMacro(ctx context.Context, q Querier, m model, macros map[string][]Ref) error {
	found := macroHead.FindStringSubmatch(m.Text)
	if found == nil {
		return fmt.Errorf("%s is no macro", m.Path)
	}
	if found[3] != "" { // its tables are models, which come later: it serves the pages
		return nil
	}
	tree, err := parseSelect(ctx, q, "select "+found[4])
	if err != nil {
		return fmt.Errorf("%s: %w", m.Path, err)
	}
	r := &resolver{tables: l.tables, macros: macros}
	outer := &scopeOfNames{bound: map[string]bool{}}
	for _, name := range strings.Split(found[2], ",") {
		outer.bound[strings.TrimSpace(name)] = true
	}
	for _, c := range r.query(tree, outer, "") {
		macros[m.Name] = union(macros[m.Name], c.from)
	}
	if len(r.errs) > 0 {
		return fmt.Errorf("%s: %s", m.Path, strings.Join(r.errs, "; "))
	}
	return nil
}
