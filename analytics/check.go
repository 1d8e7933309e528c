package analytics

import (
	"context"
	"database/sql"
	"fmt"
	"strings"

	sqltext "github.com/perfloop/perfloop/sql"
)

// Severity of a check: an error stops the commit, a finding is kept and shown.
type Severity string

// The two severities; a check file's first line begins with one of them and a colon.
const (
	SeverityError   Severity = "error"
	SeverityFinding Severity = "finding"
)

// CheckResult is what one check found: a check selects offenders, so none is good.
type CheckResult struct {
	Name      string   `json:"name"`
	Severity  Severity `json:"severity"`
	Rule      string   `json:"rule"`
	Offenders int64    `json:"offenders"`
}

// CheckError lists the checks of severity error that have offenders. Nothing was committed.
type CheckError struct{ Failed []CheckResult }

func (e *CheckError) Error() string {
	var b strings.Builder
	b.WriteString("checks found offenders:")
	for _, c := range e.Failed {
		fmt.Fprintf(&b, " %s (%d)", c.Name, c.Offenders)
	}
	return b.String()
}

// checkRowLimit is how many offenders of a check are kept, each as a JSON object; their count is of all.
const checkRowLimit = 100

// runChecks counts the offenders of every check, writes main.check_result and main.check_row and fails on errors.
func runChecks(ctx context.Context, conn *sql.Conn) ([]CheckResult, error) {
	if err := execAll(ctx, conn,
		"create or replace table main.check_result (check_name varchar, severity varchar, rule varchar, offender_count bigint)",
		"create or replace table main.check_row (check_name varchar, row_number bigint, row_json varchar)"); err != nil {
		return nil, err
	}
	grain, err := grainCheck(ctx, conn)
	if err != nil {
		return nil, err
	}
	var results, failed []CheckResult
	for _, f := range append(sqltext.Files(sqltext.Checks), grain) {
		c, err := runCheck(ctx, conn, f)
		if err != nil {
			return nil, err
		}
		results = append(results, c)
		if c.Severity == SeverityError && c.Offenders > 0 {
			failed = append(failed, c)
		}
	}
	if len(failed) > 0 {
		return nil, &CheckError{Failed: failed}
	}
	return results, noteQuality(ctx, conn)
}

func runCheck(ctx context.Context, conn *sql.Conn, f sqltext.File) (CheckResult, error) {
	severity, rule, ok := strings.Cut(f.Grain(), ": ")
	if !ok || (severity != string(SeverityError) && severity != string(SeverityFinding)) {
		return CheckResult{}, fmt.Errorf("check %s: first line must begin with error or finding and a colon", f.Path)
	}
	c := CheckResult{Name: f.Name, Severity: Severity(severity), Rule: rule}
	if err := conn.QueryRowContext(ctx, "select count(*) from (\n"+f.Text+"\n)").Scan(&c.Offenders); err != nil {
		return c, fmt.Errorf("run check %s: %w", f.Path, err)
	}
	_, err := conn.ExecContext(ctx, "insert into main.check_result values (?, ?, ?, ?)", c.Name, severity, rule, c.Offenders)
	if err != nil {
		return c, fmt.Errorf("keep check %s: %w", f.Path, err)
	}
	if c.Offenders == 0 {
		return c, nil
	}
	_, err = conn.ExecContext(ctx, fmt.Sprintf(`
		insert into main.check_row
		select '%s', row_number() over (), to_json(offender)::varchar
		from (from (
%s
) limit %d) as offender`, c.Name, f.Text, checkRowLimit))
	if err != nil {
		return c, fmt.Errorf("keep offenders of check %s: %w", f.Path, err)
	}
	return c, nil
}
