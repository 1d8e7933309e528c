package main

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/perfloop/perfloop/analytics"
)

type explainCommand struct {
	Mart   string            `arg:"" help:"The table, such as fct_goal."`
	Column string            `help:"The column whose value is explained." required:"" placeholder:"COLUMN"`
	Key    map[string]string `help:"What tells the row: employee_id=E17;cycle_id=2025H2, or goal_id=G3." required:"" placeholder:"COLUMN=VALUE;…"`
	Format string            `help:"text or json." enum:"text,json" default:"text"`
	Limit  int               `help:"Most rows of one input to show." default:"20"`
	Depth  int               `help:"How many tables down to go." default:"3"`
}

// Run explains a value of the newest published build.
func (c *explainCommand) Run(ctx context.Context, a *app) (err error) {
	reader, err := analytics.OpenReader(ctx, a.data, analytics.Options{})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, reader.Close()) }()
	explainer, err := analytics.NewExplainer(ctx, reader)
	if err != nil {
		return err
	}
	x, err := explainer.Explain(ctx, analytics.Question{Mart: c.Mart, Column: c.Column, Key: c.Key, Limit: c.Limit, Depth: c.Depth})
	var theirs *analytics.QuestionError
	if errors.As(err, &theirs) {
		return &userError{key: "explain." + theirs.Key, args: theirs.Args, code: exitUsage}
	}
	if err != nil {
		return err
	}
	if a.json || c.Format == "json" {
		return a.writeJSON(x)
	}
	a.tell(x)
	return nil
}

// tell writes the explanation as an indented text.
func (a *app) tell(x *analytics.Explanation) {
	a.print("explain.value", "mart", x.Mart, "column", x.Column, "key", pairs(x.Key), "value", textOf(x.Value), "build", x.Build, "as_of", x.AsOf)
	if x.Value == nil && x.Reason != nil {
		a.print("explain.reason", "reason", a.words.T("reason."+fmt.Sprint(x.Reason)))
	}
	if said := x.Meaning.Said.In(a.words.Lang); said != "" {
		fmt.Fprintln(a.out, said)
	}
	if m := x.Meaning.Metric; m != nil {
		fmt.Fprintf(a.out, "%s: %s\n", m.Name.In(a.words.Lang), m.Definition.In(a.words.Lang))
		if limits := m.Limits.In(a.words.Lang); limits != "" {
			fmt.Fprintln(a.out, limits)
		}
	}
	if len(x.Formulas) > 0 {
		a.print("explain.formulas")
	}
	for _, f := range x.Formulas {
		fmt.Fprintf(a.out, "  %s = %s\n", f.Of, f.Formula)
	}
	if len(x.Settings) > 0 {
		a.print("explain.settings")
	}
	for _, s := range x.Settings {
		fmt.Fprintf(a.out, "  %s = %s  %s\n", s.Name, textOf(s.Value), s.Said.In(a.words.Lang))
	}
	a.tellSources(x.Sources, "")
	a.tellInputs(x.Inputs, "")
}

func (a *app) tellSources(sources []analytics.Source, indent string) {
	for _, s := range sources {
		key := "explain.source"
		if !s.IsCurrent {
			key = "explain.source_before"
		}
		fmt.Fprint(a.out, indent)
		a.print(key, "file", s.File, "sheet", sheetName(s.Sheet), "line", s.Line, "import", s.ImportID, "values", pairs(s.Values))
	}
}

func (a *app) tellInputs(inputs []analytics.Input, indent string) {
	for _, in := range inputs {
		fmt.Fprint(a.out, indent)
		a.print("explain.input", "table", in.Table, "count", in.Count, "columns", strings.Join(in.Columns, ", "))
		for _, row := range in.Rows {
			fmt.Fprintf(a.out, "%s  %s\n", indent, pairs(row.Values))
			a.tellSources(row.Sources, indent+"    ")
			a.tellInputs(row.Inputs, indent+"    ")
		}
		if more := in.Count - int64(len(in.Rows)); more > 0 {
			fmt.Fprint(a.out, indent)
			a.print("explain.more", "count", more)
		}
	}
}

// pairs are values by name, as column=value.
func pairs(values map[string]any) string {
	texts := make([]string, 0, len(values))
	for _, name := range slices.Sorted(maps.Keys(values)) {
		texts = append(texts, name+"="+textOf(values[name]))
	}
	return strings.Join(texts, ", ")
}

// textOf writes a value exactly; a null is seen.
func textOf(v any) string {
	if v == nil {
		return "null"
	}
	return cellText(v)
}
