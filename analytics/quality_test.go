package analytics

import (
	"context"
	"database/sql"
	"errors"
	"testing"
)

// A goal whose target is its baseline is odd: its row is kept beside the count, and the score of the build tells it.
func TestFindingsAreKeptWithTheirRowsAndTheirTrend(t *testing.T) {
	db := openDB(t, "")
	goal := func(id string, target int) Load {
		return func(ctx context.Context, conn *sql.Conn) error {
			_, err := conn.ExecContext(ctx, "insert into raw.import (import_id, file_name) select 1, 'goals.csv' where not exists (from raw.import)")
			if err == nil {
				_, err = conn.ExecContext(ctx, "insert into raw.import_sheet (import_id, sheet, kind, read_count, rejected_count) values (1, 's', 'goal', 1, 0)")
			}
			if err == nil {
				_, err = conn.ExecContext(ctx, "insert into raw.goal (import_id, sheet, line, natural_key, cycle, goal_id, employee_id, direction, baseline, target) values (1, 's', ?, ?, '2025H1', ?, 'E1', 'increase', 5, ?)",
					target, id, id, target)
			}
			return err
		}
	}
	update(t, db, goal("A", 9))
	update(t, db, goal("B", 5))
	r, err := db.Query(t.Context(), `
		select
			(select row_json->>'natural_key' from check_row where check_name = 'targets_differ_from_baselines'),
			(select list(clean_share order by build_id)::varchar from raw.quality_history where step = 'goals'),
			(select list(row_count order by build_id)::varchar from raw.quality_history where step = 'goals')`, nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	if got := r.Rows[0]; got[0] != "B" || got[1] != "[1.0, 0.5]" || got[2] != "[1, 2]" {
		t.Errorf("%v, want goal B, and scores of 1 and then 0.5 of 1 and then 2 rows", got)
	}
}

// Two rows that the catalogue's grain does not tell apart stop the build.
func TestADoubledRowStopsTheCommit(t *testing.T) {
	db := openDB(t, "")
	var isFound bool
	err := db.inTransaction(t.Context(), func(conn *sql.Conn) error {
		if err := execAll(t.Context(), conn, "insert into main.dim_cycle (cycle_id) values ('2025'), ('2025')"); err != nil {
			return err
		}
		check, err := grainCheck(t.Context(), conn)
		if err != nil {
			return err
		}
		c, err := runCheck(t.Context(), conn, check)
		isFound = c.Severity == SeverityError && c.Offenders == 1
		return errors.Join(err, errRollBack)
	})
	if !isFound {
		t.Errorf("a doubled row was not found: %v", err)
	}
}
