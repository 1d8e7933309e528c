package main

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/perfloop/perfloop/analytics"
	"github.com/perfloop/perfloop/dashboards/workbook"
)

type buildsCommand struct{}

// Run lists the published builds that can be asked again, the newest first.
func (c *buildsCommand) Run(a *app) error {
	history, err := analytics.OpenHistory(a.data)
	if err != nil {
		return err
	}
	if a.json {
		return a.writeJSON(history.Builds)
	}
	for i := len(history.Builds) - 1; i >= 0; i-- {
		b, before := history.Builds[i], analytics.BuildRecord{}
		if i > 0 {
			before = history.Builds[i-1]
		}
		a.print("builds.line", "build", b.ID, "at", b.BuiltAt, "as_of", b.AsOf, "count", len(b.Imports), "causes", a.causes(strings.Join(b.Causes(before), ", ")))
		for _, m := range b.Moved {
			key := "builds.out"
			if m.IsIn {
				key = "builds.in"
			}
			a.print(key, "import", m.ImportID, "file", m.File, "by", m.By)
		}
	}
	if len(history.Builds) == 0 {
		a.print("builds.none")
	}
	return nil
}

// causes says in words why a build differs from the one before.
func (a *app) causes(codes string) string {
	if codes == "" {
		return a.words.T("builds.cause_none")
	}
	names := strings.Split(codes, ", ")
	for i, code := range names {
		names[i] = a.words.T("builds.cause_" + code)
	}
	return strings.Join(names, ", ")
}

type changesCommand struct {
	Since  int64  `help:"Number of the build to compare with, as perfloop builds lists it." required:"" placeholder:"BUILD"`
	Until  int64  `help:"Number of the later build. Default: the newest." placeholder:"BUILD"`
	Mart   string `help:"Only this table, such as fct_employee_cycle." placeholder:"MART"`
	Format string `help:"table, csv or json." enum:"table,csv,json" default:"table"`
	Limit  int    `help:"Most figures to list." default:"10000"`
}

// Run lists the figures that moved, person by person, and what moved them.
func (c *changesCommand) Run(ctx context.Context, a *app) error {
	history, err := analytics.OpenHistory(a.data)
	if err != nil {
		return err
	}
	result, err := history.Changes(ctx, analytics.Span{Since: c.Since, Until: c.Until, Mart: c.Mart}, c.Limit)
	if errors.Is(err, analytics.ErrNoBuild) {
		return noBuild(err)
	}
	if err != nil {
		return err
	}
	if c.Format == "table" && !a.json {
		cause, change := result.Index("cause"), result.Index("change")
		for _, row := range result.Rows {
			row[cause] = a.causes(row[cause].(string))
			row[change] = a.words.T("change." + row[change].(string))
		}
	}
	return a.writeResult(result, c.Format, c.Limit)
}

// noBuild is the user's to mend: the number is not in the list.
func noBuild(err error) error {
	return &userError{key: "builds.unknown", args: map[string]any{"problem": strings.TrimSuffix(err.Error(), ": "+analytics.ErrNoBuild.Error())}, code: exitUsage}
}

type reportCommand struct {
	Build  int64  `help:"Number of the build, as perfloop builds lists it. Default: the newest." placeholder:"BUILD"`
	Mart   string `help:"The table." default:"fct_employee_cycle" placeholder:"MART"`
	Format string `help:"table, csv or json." enum:"table,csv,json" default:"csv"`
}

// Run writes all rows of a table as a build published them: the same bytes whenever it is asked.
func (c *reportCommand) Run(ctx context.Context, a *app) (err error) {
	reader, err := asKnownOn(ctx, a.data, c.Build)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, reader.Close()) }()
	result, err := reader.Query(ctx, `select * from "`+strings.ReplaceAll(c.Mart, `"`, `""`)+`" order by all`, nil, reportLimit)
	if err != nil {
		return &userError{key: "builds.not_kept", args: map[string]any{"mart": c.Mart, "build": reader.Build().ID}, code: exitUsage}
	}
	return a.writeResult(result, c.Format, reportLimit)
}

const reportLimit = 10_000_000

// asKnownOn opens the tables of a build; 0 is the newest.
func asKnownOn(ctx context.Context, data string, build int64) (*analytics.Reader, error) {
	history, err := analytics.OpenHistory(data)
	if err != nil {
		return nil, err
	}
	if len(history.Builds) == 0 {
		return nil, analytics.ErrNothingPublished
	}
	if build == 0 {
		build = history.Builds[len(history.Builds)-1].ID
	}
	reader, err := history.AsKnownOn(ctx, build)
	if errors.Is(err, analytics.ErrNoBuild) {
		return nil, noBuild(err)
	}
	return reader, err
}

// writeResult writes a query's answer in one of three ways, and says when there was more.
func (a *app) writeResult(result *analytics.Result, format string, limit int) error {
	if result.IsCut {
		fmt.Fprintln(a.err, a.words.T("cli.cut", "limit", limit))
	}
	switch {
	case format == "json" || a.json:
		return workbook.WriteJSON(a.out, result)
	case format == "csv":
		return workbook.WriteCSV(a.out, result, func(column string) string { return column })
	}
	return writeTable(a.out, result, a.words)
}
