package analytics

import (
	"context"
	"regexp"
	"strings"

	sqltext "github.com/perfloop/perfloop/sql"
)

const explainedFormulas = 60

// formulas are how a column is made, from the mart's own expression down to the tables whose rows can be shown. What only hands a
// column on is left out; a macro that is called is said once.
func (e *Explainer) formulas(ctx context.Context, of Ref) ([]Formula, error) {
	f := formulaWalk{explainer: e, seen: map[*Step]bool{}, refs: map[Ref]bool{}}
	f.column(of)
	texts, err := expressionTexts(ctx, e.q, f.expressions)
	if err != nil {
		return nil, err
	}
	formulas := make([]Formula, 0, len(texts))
	for i, text := range texts {
		formulas = append(formulas, Formula{Of: f.names[i], Formula: text})
	}
	return withMacros(formulas), nil
}

type formulaWalk struct {
	explainer   *Explainer
	names       []string
	expressions []node
	seen        map[*Step]bool
	refs        map[Ref]bool
}

func (f *formulaWalk) column(ref Ref) {
	if f.refs[ref] || len(f.names) >= explainedFormulas {
		return
	}
	f.refs[ref] = true
	m := f.explainer.lineage.Model(ref.Table)
	if m == nil || (f.explainer.isMart(ref.Table) && len(f.refs) > 1) {
		return
	}
	c := m.Column(ref.Column)
	if c == nil {
		return
	}
	f.step(ref.Table, c.Step)
	for _, next := range c.From {
		f.column(next)
	}
}

func (f *formulaWalk) step(table string, s *Step) {
	if s == nil || f.seen[s] {
		return
	}
	f.seen[s] = true
	if s.expression.text("class") != "COLUMN_REF" {
		f.names = append(f.names, table+"."+s.Name)
		f.expressions = append(f.expressions, s.expression)
	}
	for _, read := range s.reads {
		f.step(table, read)
	}
}

var calledName = regexp.MustCompile(`\b([a-z_]+)\(`)

// withMacros adds the texts of the macros that formulas call.
func withMacros(formulas []Formula) []Formula {
	texts := map[string]Formula{}
	for _, file := range sqltext.Files(sqltext.Macros) {
		if found := macroHead.FindStringSubmatch(file.Text); found != nil {
			texts[file.Name] = Formula{Of: found[1] + "(" + found[2] + ")", Formula: strings.TrimSpace(found[4])}
		}
	}
	for i := 0; i < len(formulas); i++ {
		for _, called := range calledName.FindAllStringSubmatch(formulas[i].Formula, -1) {
			if macro, ok := texts[called[1]]; ok {
				delete(texts, called[1])
				formulas = append(formulas, macro)
			}
		}
	}
	return formulas
}
