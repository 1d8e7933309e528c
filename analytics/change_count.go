package analytics

import (
	"context"
	"database/sql"
	"fmt"
	"strings"
)

// ChangeCounts sums up what is different between two builds, a row a mart and kind of change: how many rows came, went or moved, and of
// how many people. Unlike Changes it compares whole rows, so it is quick however much moved.
func (h *History) ChangeCounts(ctx context.Context, s Span) (*Result, error) {
	if s.Until == 0 && len(h.Builds) > 0 {
		s.Until = h.Builds[len(h.Builds)-1].ID
	}
	records, err := h.until(s.Until)
	if err != nil {
		return nil, err
	}
	if _, err := h.until(s.Since); err != nil {
		return nil, err
	}
	db, err := sql.Open("duckdb", Options{}.dsn())
	if err != nil {
		return nil, fmt.Errorf("open history: %w", err)
	}
	defer db.Close()
	e := &extract{db: db}
	parts := []string{"select null as mart, null as change, 0 as row_count, 0 as people_count where false"}
	for _, mart := range records[len(records)-1].Marts {
		files := filesOf(h.dir, records, mart)
		if files == "" || (s.Mart != "" && s.Mart != mart) {
			continue
		}
		about, err := e.query(ctx, fmt.Sprintf("select 1 from (describe from read_parquet(%s, union_by_name = true)) where column_name = 'employee_id'", files), nil, 0)
		if err != nil {
			return nil, fmt.Errorf("compare %s: %w", mart, err)
		}
		employee := "null::varchar"
		if len(about.Rows) > 0 {
			employee = "employee_id"
		}
		parts = append(parts, fmt.Sprintf(countsText, mart, s.Since, employee, files))
	}
	return e.query(ctx, strings.Join(parts, "\nunion all\n")+"\norder by row_count desc, mart, change", nil, 0)
}

// countsText compares the rows of one mart as the two builds have them. A row that came and went in between is no change.
const countsText = `
	select
		'%[1]s' as mart,
		case when coalesce(was_gone, true) then 'new' when is_gone then 'gone' else 'moved' end as change,
		count(*) as row_count,
		nullif(count(distinct employee_id), 0) as people_count
	from (
		select
			arg_max(history_row is null, history_build) filter (history_build <= %[2]d) as was_gone,
			arg_max(history_row is null, history_build) as is_gone,
			arg_max(history_row, history_build) filter (history_build <= %[2]d) as row_before,
			arg_max(history_row, history_build) as row_now,
			any_value(%[3]s) as employee_id
		from read_parquet(%[4]s, union_by_name = true)
		group by history_key
		having max(history_build) > %[2]d
	)
	where is_gone is distinct from coalesce(was_gone, true)
		or (not is_gone and row_now is distinct from row_before)
	group by all`
