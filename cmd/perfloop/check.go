package main

import (
	"context"
	"errors"
	"fmt"

	"github.com/perfloop/perfloop/analytics"
)

type checkCommand struct{}

// checkRow is one line of the answer.
type checkRow struct {
	Name      string `json:"name"`
	Severity  string `json:"severity"`
	Rule      string `json:"rule"`
	Offenders int64  `json:"offenders"`
}

// checked is what the last build found.
type checked struct {
	build   analytics.Build
	rows    []checkRow
	steps   []stepQuality
	sources []sourceQuality
}

// Run shows what the checks found in the published build. Findings do not change the exit code: they are
// the files' own; an error would have stopped the build.
func (c *checkCommand) Run(ctx context.Context, a *app) error {
	found, err := readChecks(ctx, a.data)
	if err != nil {
		return err
	}
	failed := 0
	for _, r := range found.rows {
		if r.Severity == string(analytics.SeverityError) && r.Offenders > 0 {
			failed++
		}
	}
	if a.json {
		err = a.writeJSON(map[string]any{
			"build": found.build.ID, "as_of": found.build.AsOf.Format("2006-01-02"), "checks": found.rows,
			"quality": map[string]any{"steps": found.steps, "sources": found.sources},
		})
	} else {
		a.printChecks(found.rows, found.build)
		a.printQuality(found.steps, found.sources)
	}
	if err == nil && failed > 0 {
		return exitError(exitNothing)
	}
	return err
}

func readChecks(ctx context.Context, data string) (found checked, err error) {
	reader, err := analytics.OpenReader(ctx, data, analytics.Options{})
	if err != nil {
		return found, err
	}
	defer func() { err = errors.Join(err, reader.Close()) }()
	result, err := reader.Query(ctx, `
		select check_name, severity, rule, offender_count from main.check_result
		order by severity, offender_count desc, check_name`, nil, 0)
	if err != nil {
		return found, err
	}
	for _, row := range result.Rows {
		found.rows = append(found.rows, checkRow{Name: row[0].(string), Severity: row[1].(string), Rule: row[2].(string), Offenders: row[3].(int64)})
	}
	found.build = result.Build
	if found.steps, err = readStepQuality(ctx, reader); err != nil {
		return found, err
	}
	found.sources, err = readSourceQuality(ctx, reader)
	return found, err
}

func (a *app) printChecks(rows []checkRow, build analytics.Build) {
	a.print("cli.checks", "build", build.ID, "as_of", build.AsOf)
	for _, r := range rows {
		key := "cli.check_clean"
		if r.Offenders > 0 {
			key = "cli.check_" + r.Severity
		}
		rule := r.Rule
		if a.words.Has("check." + r.Name) {
			rule = a.words.T("check." + r.Name)
		}
		fmt.Fprintf(a.out, "%s  %s (%s)\n", a.words.T(key, "count", r.Offenders), rule, r.Name)
	}
}
