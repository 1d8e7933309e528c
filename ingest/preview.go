package ingest

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"
)

const (
	shownRows  = 5 // of a sheet that a report shows
	groupLines = 8 // that a group of problems lists
)

// Value is one field of a row as text: a day as 2026-03-31, a number with a point.
type Value struct {
	Field string `json:"field"`
	Text  string `json:"text"`
}

// SampleRow is one of the first rows as it would be stored, by the fields that say something.
type SampleRow struct {
	Line   int     `json:"line"`
	Values []Value `json:"values"`
}

// Change is a field of a stored row that a row of the file states otherwise. Old is empty where nothing was stored.
type Change struct {
	Line  int    `json:"line"`
	Field string `json:"field"`
	Old   string `json:"old"`
	New   string `json:"new"`
}

// ProblemGroup gathers a sheet's problems of one reason and column: the first, how many, and the lines of the first few.
type ProblemGroup struct {
	Problem
	Count int   `json:"count"`
	Lines []int `json:"lines,omitempty"`
}

// How sure it is that a column is taken for the right field, and a sheet for the right kind.
const (
	Certain  = "certain"  // somebody said so, or the header says exactly this
	Likely   = "likely"   // the place or the form of the header says it
	Doubtful = "doubtful" // a header of several meanings, or only the values say it
)

var confidence = map[string]string{
	byMapping: Certain, byMemory: Certain, byPreset: Certain, byHeader: Certain, asCalibration: Certain,
	byPeriod: Likely, byNumber: Likely, byHeading: Likely, byForm: Likely, byItem: Likely,
	byWeak: Doubtful, byValues: Doubtful,
}

// confidenceOf is that of the sheet's kind: the share of columns that are certain decides.
func confidenceOf(columns []Column) string {
	certain, taken := 0, 0
	for _, c := range columns {
		if c.Confidence != "" {
			taken++
		}
		if c.Confidence == Certain {
			certain++
		}
	}
	switch {
	case certain >= 3 || certain == taken && certain > 0:
		return Certain
	case certain > 0:
		return Likely
	}
	return Doubtful
}

// group counts a problem among those of its reason and column.
func (r *SheetReport) group(p Problem) {
	i := slices.IndexFunc(r.Groups, func(g ProblemGroup) bool {
		return g.Severity == p.Severity && g.Key == p.Key && g.Field == p.Field && g.Header == p.Header
	})
	if i < 0 {
		i = len(r.Groups)
		r.Groups = append(r.Groups, ProblemGroup{Problem: p})
	}
	g := &r.Groups[i]
	g.Count++
	if p.Line > 0 && len(g.Lines) < groupLines && !slices.Contains(g.Lines, p.Line) {
		g.Lines = append(g.Lines, p.Line)
	}
}

// sample takes the row among those that the report shows, as long as there are few.
func (r *SheetReport) sample(k *kind, line int, v values) {
	if len(r.Sample) >= shownRows {
		return
	}
	row := SampleRow{Line: line}
	for at, f := range k.Fields {
		if f.stored() && v[at] != nil {
			row.Values = append(row.Values, Value{Field: f.Name, Text: shown(v[at])})
		}
	}
	r.Sample = append(r.Sample, row)
}

func shown(value any) string {
	switch v := value.(type) {
	case time.Time:
		return v.Format(time.DateOnly)
	case float64:
		return strconv.FormatFloat(v, 'f', -1, 64)
	}
	return fmt.Sprint(value)
}

// changes lists what the first changed rows state otherwise than raw, which does not hold them yet.
func (c *comparison) changes(ctx context.Context) ([]Change, error) {
	var any bool // of them; to look up what raw knows takes a while
	if err := c.conn.QueryRowContext(ctx, "select exists(from temp.judged where state = 'changed')").Scan(&any); err != nil || !any {
		return nil, err
	}
	names := c.kind.storedNames()
	rows, err := c.conn.QueryContext(ctx, `with changed as (
    select *
    from temp.judged
    where state = 'changed'
    and line not in (select line from temp.judged where state = 'rejected')
    order by line, sub_line
    limit `+fmt.Sprint(shownRows)+`
),
known as (
    select *
    from raw.`+c.kind.Name+`
    where natural_key in (select natural_key from changed)
    and import_id <= $1
    qualify row_number() over (partition by natural_key order by import_id desc, line desc) = 1
)
select
    changed.line,
    unnest(['`+strings.Join(names, "', '")+`']) as field,
    unnest([`+c.kind.each("coalesce(known.%::varchar, '')", ", ")+`]) as old,
    unnest([`+c.kind.each("coalesce(changed.%::varchar, '')", ", ")+`]) as new
from changed
join known
    on known.natural_key = changed.natural_key
order by changed.line, changed.sub_line`, c.importID)
	if err != nil {
		return nil, fmt.Errorf("list changes: %w", err)
	}
	defer rows.Close()
	var all []Change
	for rows.Next() {
		var change Change
		if err := rows.Scan(&change.Line, &change.Field, &change.Old, &change.New); err != nil {
			return nil, err
		}
		if change.Old != change.New {
			all = append(all, change)
		}
	}
	return all, rows.Err()
}
