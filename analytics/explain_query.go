package analytics

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	sqltext "github.com/perfloop/perfloop/sql"
)

// Answered says where one column of what a query answers comes from.
type Answered struct {
	Name     string
	From     []Ref // columns of marts
	Fields   []Ref // columns of raw tables behind them
	Meaning  Meaning
	Unit     string // of the catalogue; empty where it says nothing
	Formulas []Formula
	IsHanded bool // it is a mart's column as it stands, so its rows can be explained
}

// Answered explains the columns of a query of marts.
func (e *Explainer) Answered(ctx context.Context, text string) ([]Answered, error) {
	columns, err := e.lineage.query(ctx, e.q, text)
	if err != nil {
		return nil, err
	}
	all := make([]Answered, 0, len(columns))
	for _, c := range columns {
		a := Answered{Name: c.name, From: columnsOf(c.from)}
		for _, ref := range a.From {
			for _, field := range e.lineage.Trace(ref, func(string) bool { return false }) {
				if strings.HasPrefix(field.Table, "raw.") && field.Column != "*" {
					a.Fields = union(a.Fields, []Ref{field})
				}
			}
		}
		a.IsHanded = len(c.from) == 1 && len(a.From) == 1 && (c.step == nil || c.step.expression.text("class") == "COLUMN_REF")
		e.describe(&a)
		if a.Formulas, err = e.stepFormulas(ctx, c.step); err != nil {
			return nil, err
		}
		all = append(all, a)
	}
	return all, nil
}

// columnsOf leaves out the rows as such.
func columnsOf(refs []Ref) []Ref {
	var columns []Ref
	for _, ref := range refs {
		if ref.Column != "*" {
			columns = append(columns, ref)
		}
	}
	return columns
}

// describe takes the catalogue's words for the mart's column of the same name, for the only one there is, or for a name that all share.
func (e *Explainer) describe(a *Answered) {
	at := slices.IndexFunc(a.From, func(ref Ref) bool { return ref.Column == a.Name })
	if at < 0 && len(a.From) == 1 {
		at = 0
	}
	of := Ref{Column: a.Name}
	if at >= 0 {
		of = a.From[at]
	}
	a.Meaning = e.meaning(of.Table, of.Column)
	entry, _ := e.words.Column(of.Table, of.Column)
	a.Unit = entry.Unit
}

func (e *Explainer) stepFormulas(ctx context.Context, s *Step) ([]Formula, error) {
	f := formulaWalk{explainer: e, seen: map[*Step]bool{}, refs: map[Ref]bool{}}
	f.step("", s)
	texts, err := expressionTexts(ctx, e.q, f.expressions)
	if err != nil {
		return nil, err
	}
	formulas := make([]Formula, 0, len(texts))
	for i, text := range texts {
		formulas = append(formulas, Formula{Of: strings.TrimPrefix(f.names[i], "."), Formula: text})
	}
	return formulas, nil
}

// Grain are the columns that tell one row of a mart; nil for what is none.
func (e *Explainer) Grain(mart string) []string {
	if !e.isMart(mart) {
		return nil
	}
	return grainOf(mart, e.lineage.Model(mart).names())
}

// query resolves the columns that a query of marts answers; macros that are tables are read as queries too.
func (l *Lineage) query(ctx context.Context, q Querier, text string) ([]derived, error) {
	others, err := tablesBeside(ctx, q)
	if err != nil {
		return nil, err
	}
	r := &resolver{macros: map[string][]Ref{}, functions: map[string]relation{}, tables: func(schema, name string) (string, []string, bool) {
		if table, columns, ok := l.tables(schema, name); ok {
			return table, columns, true
		}
		columns, ok := others[name]
		return name, columns, ok
	}}
	if err := r.readTableMacros(ctx, q, text); err != nil {
		return nil, err
	}
	tree, err := parseSelect(ctx, q, text)
	if err != nil {
		return nil, err
	}
	columns := r.query(tree, nil, "")
	if len(r.errs) > 0 {
		return nil, fmt.Errorf("resolve query: %s", strings.Join(r.errs, "; "))
	}
	return columns, nil
}

// tablesBeside are the published tables that no model makes, such as the results of the checks.
func tablesBeside(ctx context.Context, q Querier) (map[string][]string, error) {
	found, err := q.Query(ctx, "select table_name, column_name from duckdb_columns() where schema_name = 'main' and not internal order by table_name, column_index", nil, 0)
	if err != nil {
		return nil, fmt.Errorf("list published columns: %w", err)
	}
	tables := map[string][]string{}
	for _, row := range found.Rows {
		name := row[0].(string)
		tables[name] = append(tables[name], row[1].(string))
	}
	return tables, nil
}

// readTableMacros reads the macros that a text calls as tables, those that they call first.
func (r *resolver) readTableMacros(ctx context.Context, q Querier, text string) error {
	for _, file := range sqltext.Files(sqltext.Macros) {
		found := macroHead.FindStringSubmatch(file.Text)
		if _, isRead := r.functions[file.Name]; isRead || found == nil || found[3] == "" || !calls(text, file.Name) {
			continue
		}
		if err := r.readTableMacros(ctx, q, found[4]); err != nil {
			return err
		}
		tree, err := parseSelect(ctx, q, found[4])
		if err != nil {
			return fmt.Errorf("%s: %w", file.Path, err)
		}
		outer := &scopeOfNames{bound: map[string]bool{}}
		for _, name := range strings.Split(found[2], ",") {
			name, _, _ = strings.Cut(name, ":=") // it may have a default
			outer.bound[strings.TrimSpace(name)] = true
		}
		r.functions[file.Name] = relation{columns: r.query(tree, outer, file.Name), main: r.main}
	}
	return nil
}

// calls reports that a text calls a function of this very name, not one whose name ends like it.
func calls(text, name string) bool {
	for rest, isFound := text, true; isFound; {
		var before string
		before, rest, isFound = strings.Cut(rest, name+"(")
		last, _ := utf8.DecodeLastRuneInString(before)
		if isFound && last != '_' && !unicode.IsLetter(last) && !unicode.IsDigit(last) {
			return true
		}
	}
	return false
}

// UnitOf is the unit of a value, by the name of its column and what it is.
func UnitOf(name string, v any) string {
	kind := "DOUBLE"
	switch v.(type) {
	case string:
		kind = "VARCHAR"
	case bool:
		kind = "BOOLEAN"
	case time.Time:
		kind = "TIMESTAMP"
	}
	return unitOf(name, kind)
}
