package analytics

import (
	"context"
	"database/sql"
	"fmt"
	"slices"
	"strings"

	sqltext "github.com/perfloop/perfloop/sql"
)

// exactGrainLimit is up to how many rows a mart's keys are compared one by one. A larger mart of goals or of people in cycles must not
// have more rows than there are of those, which are compared elsewhere: a join that doubles rows shows in the count, at no cost.
const exactGrainLimit = 500_000

// grainCheck is the check that rows of marts are told apart by the columns that the catalogue says.
func grainCheck(ctx context.Context, conn *sql.Conn) (sqltext.File, error) {
	check := sqltext.File{Name: "rows_are_told_apart_by_their_grain", Path: "catalogue/*.yaml"}
	known, err := catalogueOnce()
	if err != nil {
		return check, err
	}
	parts := []string{"select null::varchar as mart, null::varchar as row_key where false"}
	for _, entry := range known.Models {
		at := slices.IndexFunc(marts(), func(m model) bool { return m.Name == entry.Name })
		if at < 0 || len(entry.Grain) == 0 || marts()[at].isView() {
			continue
		}
		var count int64
		if err := conn.QueryRowContext(ctx, "select count(*) from "+entry.Name).Scan(&count); err != nil {
			return check, fmt.Errorf("count rows of %s: %w", entry.Name, err)
		}
		whole := map[string]string{"goal_id": "fct_goal", "employee_id": "fct_employee_cycle"}[entry.Grain[0]]
		switch {
		case count <= exactGrainLimit:
			keys := strings.Join(entry.Grain, ", ")
			parts = append(parts, fmt.Sprintf("select '%s', to_json(row(%s))::varchar from %s group by %s having count(*) > 1", entry.Name, keys, entry.Name, keys))
		case whole != "" && whole != entry.Name:
			parts = append(parts, fmt.Sprintf("select '%s', null where (select count(*) from %s) > (select count(*) from %s)", entry.Name, entry.Name, whole))
		}
	}
	check.Text = "-- error: rows of marts are told apart by the columns that the catalogue says\n" + strings.Join(parts, "\nunion all\n")
	return check, nil
}

// noteQuality remakes fct_quality, which an import changes that stores nothing, and adds this build's scores to raw.quality_history.
func noteQuality(ctx context.Context, conn *sql.Conn) error {
	at := slices.IndexFunc(marts(), func(m model) bool { return m.Name == "fct_quality" })
	if err := execAll(ctx, conn, "drop table main.fct_quality"); err != nil {
		return err
	}
	if err := makeModel(ctx, conn, marts()[at]); err != nil {
		return err
	}
	return execAll(ctx, conn, `
		insert into raw.quality_history
		select
			(select max(build_id) from raw.build),
			step,
			sum(row_count),
			sum(rejected_count),
			sum(finding_count),
			case when sum(row_count) > 0 then greatest(1 - (sum(rejected_count) + sum(finding_row_count)) / sum(row_count)::double, 0) end
		from main.fct_quality
		group by step`)
}
