package ingest

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/duckdb/duckdb-go/v2"

	"github.com/perfloop/perfloop/ingest/sheet"
)

const (
	chunkRows     = 200_000 // rows that are compared with what is stored at a time
	rejectedRows  = 5_000   // rejected rows that are held before they are written
	maxProblems   = 10_000  // problems of a sheet that are kept; the counts go on
	progressEvery = 2_000
)

// loader loads the rows of one sheet. It streams: no more than a chunk is held.
type loader struct {
	conn     *sql.Conn
	importID int64
	file     *file
	sheet    *sheet.Sheet
	plan     *plan
	convert  *converter // nil: the sheet is refused
	report   SheetReport

	incoming *duckdb.Appender
	chunk    int // rows in incoming
	rejected []rejectedRow
	late     map[int]bool // lines that the comparison with stored rows rejected
	skipped  []int
	hidden   []int // lines of hidden rows: read, or left out if the plan says so
}

type rejectedRow struct {
	line  int
	cells string
}

// load reads the sheet and answers its report.
func (l *loader) load(ctx context.Context) (SheetReport, error) {
	l.report = l.plan.report()
	l.late = map[int]bool{}
	for _, p := range l.plan.Findings {
		l.keep(withPlace(p, l.file.name))
	}
	if l.plan.Refused != nil {
		p := *l.plan.Refused
		l.keep(withPlace(p, l.file.name))
	}
	if l.plan.Left {
		return l.report, l.writeReport(ctx)
	}
	done, err := l.loadBulk(ctx)
	if err == nil && !done {
		err = l.rows(ctx)
	}
	if err != nil {
		return l.report, fmt.Errorf("load sheet %q of %s: %w", l.sheet.Name, l.file.name, err)
	}
	l.report.Read = l.report.New + l.report.Changed + l.report.Unchanged + l.report.Rejected
	l.decideLines("skipped_rows", l.skipped)
	if l.plan.SkipHidden {
		l.decideLines("hidden_rows_left_out", l.hidden)
	} else {
		l.decideLines("hidden_rows", l.hidden)
	}
	slices.SortStableFunc(l.report.Problems, func(a, b Problem) int { return a.Line - b.Line })
	if err := l.writeReport(ctx); err != nil {
		return l.report, fmt.Errorf("write report of %s: %w", l.file.name, err)
	}
	return l.report, nil
}

// decideLines reports what was decided about whole rows, if there are any.
func (l *loader) decideLines(key string, lines []int) {
	if len(lines) > 0 {
		args := map[string]any{"count": len(lines), "lines": shownLines(lines)}
		l.report.Decisions = append(l.report.Decisions, Decision{Key: key, Args: args})
	}
}

// skip takes note of a row that is no data.
func (l *loader) skip(row sheet.Row) {
	if l.plan.leavesOut(row) {
		l.hidden = append(l.hidden, row.Line)
		return
	}
	l.skipped = append(l.skipped, row.Line)
}

// rows converts row by row and compares chunk by chunk.
func (l *loader) rows(ctx context.Context) error {
	defer l.dropIncoming()
	number := 0
	for row, err := range dataRows(l.sheet, l.plan, l.skip) {
		if err != nil && !isRowFault(err) {
			return err
		}
		if number++; number%progressEvery == 0 {
			if err := errors.Join(l.file.course.step(number), ctx.Err()); err != nil {
				return err
			}
		}
		if row.Hidden && l.convert != nil {
			l.hidden = append(l.hidden, row.Line)
		}
		if err := l.row(ctx, row, err); err != nil {
			return err
		}
		if l.chunk >= chunkRows {
			if err := l.compare(ctx); err != nil {
				return err
			}
		}
	}
	if err := l.file.course.end(number); err != nil {
		return err
	}
	if err := l.compare(ctx); err != nil {
		return err
	}
	if err := l.keepLateRows(); err != nil {
		return err
	}
	return l.flushRejected()
}

// row stores one row among the incoming ones, or keeps it as rejected.
func (l *loader) row(ctx context.Context, row sheet.Row, fault error) error {
	if l.convert == nil {
		return l.reject(row)
	}
	if fault != nil {
		var e *sheet.Error
		errors.As(fault, &e)
		row.Cells = l.plan.withoutPrivate(row.Cells)
		p := reject("sheet."+e.Key, "", first(row.Cells))
		p.Args = e.Args
		l.keep(l.convert.located(p, row.Line))
		return l.reject(row)
	}
	if l.convert.optionalBlank(row.Cells) {
		return nil
	}
	rec := l.convert.convert(row.Line, row.Cells)
	for _, p := range rec.problems {
		l.keep(p)
	}
	if rec.rejected {
		return l.reject(row)
	}
	return l.append(ctx, rec)
}

// keep remembers a problem, up to the limit.
func (l *loader) keep(p Problem) {
	l.report.group(p)
	if len(l.report.Problems) < maxProblems {
		l.report.Problems = append(l.report.Problems, p)
	}
}

// reject counts a row and keeps its cells.
func (l *loader) reject(row sheet.Row) error {
	l.report.Rejected++
	return l.keepCells(row)
}

func (l *loader) keepCells(row sheet.Row) error {
	l.rejected = append(l.rejected, rejectedRow{line: row.Line, cells: toJSON(l.plan.withoutPrivate(row.Cells))})
	if len(l.rejected) < rejectedRows {
		return nil
	}
	return l.flushRejected()
}

// append adds the rows of a record to the incoming table.
func (l *loader) append(ctx context.Context, rec record) error {
	if l.incoming == nil {
		if err := l.openIncoming(ctx); err != nil {
			return err
		}
	}
	for part, v := range rec.rows {
		l.report.sample(l.convert.kind, rec.line, v)
		cells := []driver.Value{int32(rec.line), int32(part), l.convert.naturalKey(v)}
		for at, f := range l.convert.kind.Fields {
			if f.stored() {
				cells = append(cells, v[at])
			}
		}
		if err := l.incoming.AppendRow(cells...); err != nil {
			return fmt.Errorf("append line %d: %w", rec.line, err)
		}
		l.chunk++
	}
	return nil
}

func (l *loader) openIncoming(ctx context.Context) error {
	if _, err := l.conn.ExecContext(ctx, l.convert.kind.createIncoming()); err != nil {
		return fmt.Errorf("create incoming: %w", err)
	}
	var err error
	l.incoming, err = appender(l.conn, "temp", "main", "incoming")
	return err
}

// appender opens an appender on the connection's own transaction.
func appender(conn *sql.Conn, catalog, schema, table string) (*duckdb.Appender, error) {
	var a *duckdb.Appender
	err := conn.Raw(func(raw any) error {
		c, ok := raw.(driver.Conn)
		if !ok {
			return fmt.Errorf("driver connection is a %T", raw)
		}
		var err error
		a, err = duckdb.NewAppender(c, catalog, schema, table)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("open appender on %s.%s: %w", schema, table, err)
	}
	return a, nil
}

// compare moves the incoming rows to raw, as far as they say something new.
func (l *loader) compare(ctx context.Context) error {
	if l.incoming == nil {
		return nil
	}
	if err := l.closeIncoming(); err != nil {
		return err
	}
	return l.judge(ctx)
}

// closeIncoming puts what was appended into the table.
func (l *loader) closeIncoming() error {
	err := l.incoming.Close()
	l.incoming, l.chunk = nil, 0
	if err != nil {
		return fmt.Errorf("append incoming rows: %w", err)
	}
	return nil
}

// judge compares the rows of the incoming table, which it drops.
func (l *loader) judge(ctx context.Context) error {
	c := comparison{kind: l.convert.kind, conn: l.conn, importID: l.importID, sheet: l.sheet.Name, confirmed: l.plan.Confirmed}
	counts, err := c.run(ctx)
	if err != nil {
		return err
	}
	if l.report.Changes == nil {
		l.report.Changes = c.changed
	}
	l.report.New += counts["new"]
	l.report.Changed += counts["changed"]
	l.report.Unchanged += counts["unchanged"]
	l.report.Rejected += counts["rejected"]
	return c.offenders(ctx, func(o offender) {
		if !l.late[o.line] {
			l.late[o.line] = true
			l.keep(l.convert.located(o.problem(), o.line))
		}
	})
}

// keepLateRows reads the sheet again for the cells of rows that the comparison rejected.
func (l *loader) keepLateRows() error {
	if len(l.late) == 0 {
		return nil
	}
	for row, err := range dataRows(l.sheet, l.plan, func(sheet.Row) {}) {
		if err != nil && !isRowFault(err) {
			return err
		}
		if l.late[row.Line] {
			if err := l.keepCells(row); err != nil {
				return err
			}
		}
	}
	return nil
}

// dropIncoming leaves nothing behind on the connection, whatever happened.
func (l *loader) dropIncoming() {
	if l.incoming != nil {
		_ = l.incoming.Close() // the load has failed already and says why
		l.incoming = nil
	}
}

func (l *loader) flushRejected() error {
	if len(l.rejected) == 0 {
		return nil
	}
	a, err := appender(l.conn, "", "raw", "rejected_row")
	if err != nil {
		return err
	}
	for _, r := range l.rejected {
		if err := a.AppendRow(l.importID, l.sheet.Name, int32(r.line), nonEmpty(l.plan.Kind), r.cells); err != nil {
			return errors.Join(fmt.Errorf("append rejected row: %w", err), a.Close())
		}
	}
	l.rejected = l.rejected[:0]
	return a.Close()
}

// writeReport writes the sheet's line of raw.import_sheet and its problems.
func (l *loader) writeReport(ctx context.Context) error {
	r := l.report
	_, err := l.conn.ExecContext(ctx, `insert into raw.import_sheet by name
select
    $1::bigint as import_id,
    $2 as sheet,
    $3 as kind,
    $4::integer as header_line,
    $5::bigint as read_count,
    $6::bigint as new_count,
    $7::bigint as changed_count,
    $8::bigint as unchanged_count,
    $9::bigint as rejected_count,
    $10 as decisions`,
		l.importID, r.Sheet, nonEmpty(r.Kind), positive(r.HeaderLine), r.Read, r.New, r.Changed, r.Unchanged, r.Rejected, toJSON(r.Decisions))
	if err != nil || len(r.Problems) == 0 {
		return err
	}
	a, err := appender(l.conn, "", "raw", "problem")
	if err != nil {
		return err
	}
	for _, p := range r.Problems {
		err := a.AppendRow(l.importID, r.Sheet, positive(p.Line), nonEmpty(p.Kind), p.Severity, nonEmpty(p.Field),
			nonEmpty(p.Header), nonEmpty(p.Cell), p.Key, toJSON(p.Args))
		if err != nil {
			return errors.Join(fmt.Errorf("append problem: %w", err), a.Close())
		}
	}
	return a.Close()
}

// positive is nil for no line: the problem is the sheet's.
func positive(line int) any {
	if line <= 0 {
		return nil
	}
	return int32(line)
}

// recordImport writes the line of raw.import.
func recordImport(ctx context.Context, conn *sql.Conn, m *manifest) error {
	var undoneAt, undoneBy any
	if m.Undone != nil {
		undoneAt, undoneBy = m.Undone.At, m.Undone.By
	}
	_, err := conn.ExecContext(ctx, `insert into raw.import by name
select
    $1::bigint as import_id,
    $2 as file_name,
    $3 as sha256,
    $4::timestamp as imported_at,
    $5 as imported_by,
    $6::timestamp as undone_at,
    $7 as undone_by`,
		m.ImportID, m.FileName, m.SHA256, m.ImportedAt.UTC().Truncate(time.Microsecond), m.ImportedBy, undoneAt, undoneBy)
	if err != nil {
		return fmt.Errorf("record import %d: %w", m.ImportID, err)
	}
	return nil
}
