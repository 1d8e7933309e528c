package analytics

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"
)

// Question names a value of a mart.
type Question struct {
	Mart, Column string
	Key          map[string]string // columns that tell the row, such as employee_id and cycle_id; an empty text is null
	Limit        int               // most rows of one input that are shown; 0: 20
	Depth        int               // how many marts down; 0: 3
}

// Explanation says where a value comes from, down to the files' rows.
type Explanation struct {
	Mart     string         `json:"mart"`
	Column   string         `json:"column"`
	Key      map[string]any `json:"key"`
	Value    any            `json:"value"`
	Unit     string         `json:"unit"`
	Build    int64          `json:"build"`
	AsOf     string         `json:"as_of"`
	Reason   any            `json:"reason,omitempty"` // the code of why there is no value
	Row      map[string]any `json:"row"`              // the mart's row as a whole
	Meaning  Meaning        `json:"meaning"`
	Formulas []Formula      `json:"formulas"`
	Settings []SettingValue `json:"settings"`
	Sources  []Source       `json:"sources"` // the rows that state the row itself, all versions, the one that counts first
	Inputs   []Input        `json:"inputs"`
}

// Formula is how one column is made: the mart's own first, then what that reads.
type Formula struct {
	Of      string `json:"of"`
	Formula string `json:"formula"`
}

// Meaning is what the catalogue says of a column; empty where it says nothing yet.
type Meaning struct {
	Said    Said    `json:"said"`
	Formula string  `json:"formula,omitempty"`
	Metric  *Metric `json:"metric,omitempty"` // where the column is one that pages show
}

// Metric is what the catalogue says of a metric.
type Metric struct {
	Name       Said   `json:"name"`
	Definition Said   `json:"definition"`
	Limits     Said   `json:"limits"`
	Example    string `json:"example"` // a golden case
	Worked     Said   `json:"worked"`
}

// SettingValue is a threshold or date that the value hangs on; of a cycle where it may have its own.
type SettingValue struct {
	Name  string `json:"name"`
	Value any    `json:"value"`
	Said  Said   `json:"said"`
}

// Input is a table with the rows that the value was made from.
type Input struct {
	Table   string     `json:"table"`
	Columns []string   `json:"columns"` // those that the value reads; *: the rows count
	Count   int64      `json:"count"`   // of all rows, shown or not
	Rows    []InputRow `json:"rows"`
}

// InputRow is a row of an input, and what it was made from in turn.
type InputRow struct {
	Values  map[string]any `json:"values"`
	Sources []Source       `json:"sources,omitempty"`
	Inputs  []Input        `json:"inputs,omitempty"`
}

// Source is a row of an imported file.
type Source struct {
	Kind       string         `json:"kind"`
	File       string         `json:"file"`
	Sheet      string         `json:"sheet"`
	Line       int64          `json:"line"`
	ImportID   int64          `json:"import_id"`
	ImportedAt any            `json:"imported_at"`
	ImportedBy any            `json:"imported_by"`
	IsCurrent  bool           `json:"is_current"` // false: a later row says it again
	Values     map[string]any `json:"values"`
}

// QuestionError says what is wrong with a question: a key of the words explain.<key> and its arguments.
type QuestionError struct {
	Key  string
	Args map[string]any
}

func (e *QuestionError) Error() string { return fmt.Sprintf("explain: %s %v", e.Key, e.Args) }

// Explainer answers questions about one state of the marts. It may be kept for as long as the program runs.
type Explainer struct {
	q       Querier
	lineage *Lineage
	words   *Descriptions
}

// NewExplainer reads the models' lineage.
func NewExplainer(ctx context.Context, q Querier) (*Explainer, error) {
	l, err := ReadLineage(ctx, q)
	if err != nil {
		return nil, err
	}
	words, err := catalogue()
	if err != nil {
		return nil, err
	}
	return &Explainer{q: q, lineage: l, words: words}, nil
}

const (
	explainedRows  = 20
	explainedDepth = 3
)

// Explain answers with the value's row, its formulas, thresholds and inputs. What is wrong with the question is a *QuestionError.
func (e *Explainer) Explain(ctx context.Context, ask Question) (*Explanation, error) {
	if ask.Limit <= 0 {
		ask.Limit = explainedRows
	}
	if ask.Depth <= 0 {
		ask.Depth = explainedDepth
	}
	m := e.lineage.Model(ask.Mart)
	if m == nil || !e.isMart(ask.Mart) {
		return nil, &QuestionError{"no_mart", map[string]any{"mart": ask.Mart, "marts": strings.Join(e.marts(), ", ")}}
	}
	if m.Column(ask.Column) == nil {
		return nil, &QuestionError{"no_column", map[string]any{"mart": ask.Mart, "column": ask.Column, "columns": strings.Join(m.names(), ", ")}}
	}
	result, err := e.findRow(ctx, m, ask)
	if err != nil {
		return nil, err
	}
	row := rowValues(result, 0)
	x := &Explanation{Mart: ask.Mart, Column: ask.Column, Key: map[string]any{}, Value: row[ask.Column], Row: row, Build: result.Build.ID,
		Unit: result.Columns[result.Index(ask.Column)].Unit, AsOf: result.Build.AsOf.Format("2006-01-02"), Reason: row[ask.Column+"_reason"]}
	for _, name := range grainOf(ask.Mart, m.names()) {
		x.Key[name] = row[name]
	}
	x.Meaning = e.meaning(ask.Mart, ask.Column)
	if x.Formulas, err = e.formulas(ctx, Ref{ask.Mart, ask.Column}); err != nil {
		return nil, err
	}
	if x.Settings, err = e.settings(ctx, ask, row); err != nil {
		return nil, err
	}
	if x.Sources, err = e.sourcesOf(ctx, ask.Mart, row); err != nil {
		return nil, err
	}
	x.Inputs, err = e.inputs(ctx, asked{model: m, columns: []string{ask.Column}, row: row, limit: ask.Limit, depth: ask.Depth})
	return x, err
}

func (m *ModelLineage) names() []string {
	names := make([]string, len(m.Columns))
	for i, c := range m.Columns {
		names[i] = c.Name
	}
	return names
}

// isMart reports that the table is a mart, whose rows are published.
func (e *Explainer) isMart(table string) bool {
	m := e.lineage.Model(table)
	return m != nil && m.Layer == "marts"
}

func (e *Explainer) marts() []string {
	var names []string
	for _, m := range e.lineage.Models {
		if m.Layer == "marts" {
			names = append(names, m.Name)
		}
	}
	slices.Sort(names)
	return names
}

// findRow finds the one row that the key tells.
func (e *Explainer) findRow(ctx context.Context, m *ModelLineage, ask Question) (*Result, error) {
	conditions, args := []string{"true"}, Args{}
	for i, name := range slices.Sorted(maps.Keys(ask.Key)) {
		if m.Column(name) == nil {
			return nil, &QuestionError{"no_key", map[string]any{"mart": m.Name, "column": name, "columns": strings.Join(grainOf(m.Name, m.names()), ", ")}}
		}
		if ask.Key[name] == "" {
			conditions = append(conditions, fmt.Sprintf(`"%s" is null`, name))
			continue
		}
		conditions = append(conditions, fmt.Sprintf(`"%s"::varchar = $key%d`, name, i))
		args[fmt.Sprintf("key%d", i)] = ask.Key[name]
	}
	found, err := e.q.Query(ctx, fmt.Sprintf("select * from %s where %s", m.Name, strings.Join(conditions, " and ")), args, 2)
	if err != nil {
		return nil, fmt.Errorf("find the row: %w", err)
	}
	if len(found.Rows) == 1 {
		return found, nil
	}
	key := "no_row"
	if len(found.Rows) > 1 {
		key = "many_rows"
	}
	return nil, &QuestionError{key, map[string]any{"mart": m.Name, "columns": strings.Join(grainOf(m.Name, m.names()), ", ")}}
}

func rowValues(r *Result, at int) map[string]any {
	values := make(map[string]any, len(r.Columns))
	for i, c := range r.Columns {
		values[c.Name] = r.Rows[at][i]
	}
	return values
}

func (e *Explainer) meaning(mart, column string) Meaning {
	entry, _ := e.words.Column(mart, column)
	meaning := Meaning{Said: entry.Said, Formula: entry.Formula}
	if m := found(e.words.Metrics, func(m *MetricEntry) bool { return m.Column == mart+"."+column }); m != nil {
		meaning.Metric = &Metric{Name: m.Name, Definition: m.Definition, Limits: m.Limits, Example: m.Example, Worked: m.Worked}
	}
	return meaning
}

// settings are the thresholds that the value is made with, and those that decide which rows its mart has.
func (e *Explainer) settings(ctx context.Context, ask Question, row map[string]any) ([]SettingValue, error) {
	refs := e.lineage.Trace(Ref{ask.Mart, ask.Column}, e.isMart)
	for _, ref := range e.lineage.Model(ask.Mart).Rows {
		refs = append(refs, e.lineage.Trace(ref, e.isMart)...)
	}
	var values []SettingValue
	for _, table := range []string{"dim_cycle_setting", "dim_setting"} {
		var names []string
		for _, ref := range refs {
			if ref.Table == table && ref.Column != "*" && ref.Column != "cycle_id" && !slices.Contains(names, ref.Column) {
				names = append(names, ref.Column)
			}
		}
		if len(names) == 0 {
			continue
		}
		where, args := "", Args{}
		if table == "dim_cycle_setting" {
			where, args = " where cycle_id = $cycle_id", Args{"cycle_id": row["cycle_id"]}
		}
		r, err := e.q.Query(ctx, "select "+strings.Join(names, ", ")+" from "+table+where, args, 1)
		if err != nil {
			return nil, fmt.Errorf("read settings: %w", err)
		}
		for i, name := range names {
			if len(r.Rows) > 0 {
				values = append(values, SettingValue{Name: name, Value: r.Rows[0][i], Said: e.saidOf(name)})
			}
		}
	}
	return values, nil
}

func (e *Explainer) saidOf(setting string) Said {
	if s := e.words.Setting(setting); s != nil {
		return s.Said
	}
	return Said{}
}
