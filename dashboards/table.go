package dashboards

import (
	"net/url"
	"strconv"
	"strings"

	"github.com/perfloop/perfloop/analytics"
	"github.com/perfloop/perfloop/dashboards/words"
)

// Table is a result in words, ready to print.
type Table struct {
	Caption string
	Columns []TableColumn
	Rows    [][]Cell
	IsCut   bool
	Shown   string // how many rows, in words
	Total   string
}

// TableColumn is a heading; numbers stand at the right.
type TableColumn struct {
	Name, Title string
	IsNumber    bool
}

// Cell is one value in words, with where it leads and the part of a full bar it is.
type Cell struct {
	Text, Full   string // Full where Text was shortened
	Link         string
	Class        string // of style.css, for states and reasons
	IsNumber     bool
	HasBar       bool
	BarWidth     string // 0 to 100
	IsSuppressed bool
	IsIcon       bool   // the class draws it; the text is for those who do not see it
	Parts        []Cell // a cell that says several things
	Spark        *Spark // a small line
}

// shownRows is how many rows a page prints; exports have all.
const shownRows = 200

// vocabulary names the area of words in which a column's texts are said.
func vocabulary() map[string]string {
	return map[string]string{
		"step": "step", "leak_step": "step", "state": "state", "status": "status", "owner_status": "status", "cause_hint": "cause",
		"conversation_kind": "conversation", "plan_kind": "plan", "outcome": "outcome", "incentive_kind": "incentive",
		"rating_source": "source", "reviewer_role": "role", "commitment": "commitment", "cycle_kind": "cycle_kind", "part": "part", "actual_source": "evidence", "severity": "severity", "kind": "kind", "finding": "finding_name",
		"figure": "figure", "direction": "direction", "check_name": "check", "employment_status": "employment", "reason_key": "reason",
		"alarm_kind": "alarm", "agreement": "agreement", "reaction_span": "span", "days_span": "span", "chance_band": "span", "content": "content",
		"item_state": "state", "waiting_kind": "waiting", "todo": "todo", "note_cause": "note_cause",
		"performance_level": "level", "potential_level": "level", "earlier_fifth": "fifth", "effect_name": "effect", "verdict": "verdict",
		"plan_outcome": "outcome", "freshness": "freshness", "change": "change", "out_of_line": "out_of_line", "fairness_attribute": "fairness", "reference_group": "fairness_group", "fairness_group": "fairness_group",
		"criterion": "smart", "smart_rule": "smart", "gaming_sign": "gaming", "weight_state": "weight", "goal_branch": "branch", "branch_kind": "branch_kind", "late_span": "late",
	}
}

// isHidden tells columns that only links need; exports keep them.
func isHidden(name string) bool {
	switch name {
	case "unit_id", "employee_id", "manager_id", "reviewer_id", "import_id", "band_from", "band_to", "step_number", "label", "rank", "goal_id", "arguments", "subject", "total_count":
		return true
	}
	return strings.HasSuffix(name, "_key") && name != "problem_key" && name != "reason_key" || strings.HasPrefix(name, "compare_") && !strings.HasSuffix(name, "_share") || strings.HasPrefix(name, "drill_")
}

// say writes one value of a column: a word where the column has a vocabulary, else by its unit.
func say(w *words.Words, c analytics.Column, v any) string {
	switch x := v.(type) {
	case suppressed:
		return w.T("panel.suppressed", "count", x.smallest)
	case string:
		if area, ok := vocabulary()[c.Name]; ok {
			if key := area + "." + x; w.Has(key) {
				return w.T(key)
			}
		}
		return x
	}
	return w.Value(v, c.Unit)
}

// columnTitle is a column's name in words; a name without words is shown as it is.
func columnTitle(w *words.Words, name string) string {
	if key := "column." + name; w.Has(key) {
		return w.T(key)
	}
	return name
}

// tableOf prints the rows of a panel.
func tableOf(r *request, p Panel, result *analytics.Result) Table {
	t := Table{IsCut: result.IsCut || len(result.Rows) > shownRows, Total: r.Words.Number(float64(len(result.Rows)), 0)}
	var at []int
	for i, c := range result.Columns {
		if !isHidden(c.Name) && (holdsAnything(result, i) || isWritable(c.Name)) {
			at = append(at, i)
			t.Columns = append(t.Columns, TableColumn{Name: c.Name, Title: columnTitle(r.Words, c.Name), IsNumber: isNumber(c)})
		}
	}
	for _, row := range result.Rows[:min(len(result.Rows), shownRows)] {
		cells := make([]Cell, 0, len(at)+1)
		for _, i := range at {
			cells = append(cells, tabulation{r, p, result}.cell(row, i))
		}
		if key := value(result, row, "natural_key"); p.Trace != "" && key != "" {
			cells = append(cells, Cell{Text: r.Words.T("table.trace"), Link: traceURL(p.Trace, key), Class: "trace"})
		}
		t.Rows = append(t.Rows, cells)
	}
	if p.Trace != "" {
		t.Columns = append(t.Columns, TableColumn{Name: "trace", Title: r.Words.T("column.trace")})
	}
	t.Shown = r.Words.Number(float64(len(t.Rows)), 0)
	return t
}

// isWritable tells a column that readers fill in: it is shown empty too.
func isWritable(name string) bool { return name == "item_note" }

// holdsAnything tells a column with a value from one that would only print dashes.
func holdsAnything(result *analytics.Result, at int) bool {
	for _, row := range result.Rows {
		if row[at] != nil && row[at] != "" {
			return true
		}
	}
	return false
}

func isNumber(c analytics.Column) bool { return c.Unit != "text" && c.Unit != "flag" }

// traceURL leads to the rows of files behind a key; the kind may be left open.
func traceURL(kind, key string) string {
	if kind == "" {
		return "/trace?" + url.Values{"key": {key}}.Encode()
	}
	return "/trace?" + url.Values{"kind": {kind}, "key": {key}}.Encode()
}

// value is a row's text in a column; "" where there is none.
func value(result *analytics.Result, row []any, column string) string {
	at := result.Index(column)
	if at < 0 || row[at] == nil {
		return ""
	}
	switch x := row[at].(type) {
	case string:
		return x
	case int64:
		return strconv.FormatInt(x, 10)
	case float64:
		return strconv.FormatFloat(x, 'f', -1, 64)
	}
	return ""
}
