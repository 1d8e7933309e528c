package dashboards

import (
	"cmp"
	"encoding/json"
	"math"
	"net/url"
	"strconv"
	"strings"

	"github.com/perfloop/perfloop/analytics"
)

// tabulation is a panel's result on its way into a table.
type tabulation struct {
	*request
	panel  Panel
	result *analytics.Result
}

// cell prints one cell with its link.
func (t tabulation) cell(row []any, at int) Cell {
	r, p, result := t.request, t.panel, t.result
	column := result.Columns[at]
	full := say(r.Words, column, row[at])
	c := Cell{Text: clip(full), IsNumber: isNumber(column)}
	if c.Text != full {
		c.Full = full
	}
	_, c.IsSuppressed = row[at].(suppressed)
	switch {
	case column.Name == "employee_name":
		c.Link = personURL(r, value(result, row, "employee_id"))
	case column.Name == "attainment_trend":
		c.Text, c.Full, c.Spark = "", "", sparkOf(r, text(row[at]))
	case column.Name == "reasons":
		c.Text, c.Parts = "", reasonParts(r, text(row[at]))
	case column.Name == "mend":
		c.Text, c.Parts = "", sentenceParts(r, "smart", text(row[at]))
	case column.Name == "gaming_note":
		c.Text, c.Parts = "", sentenceParts(r, "gaming_note", text(row[at]))
	case column.Name == "problem_key":
		c.Text = clip(problemSentence(r, text(row[at]), value(result, row, "arguments")))
	case column.Name == "kinds":
		c.Text = kindNames(r, text(row[at]))
	case column.Name == "item_note":
		c.Link = itemURL(r.Filter, value(result, row, "item_key"))
		c.Text = cmp.Or(c.Text, r.Words.T("item.write"))
	case column.Name == "file_name":
		c.Link = importURL(value(result, row, "import_id"))
	case column.Name == p.X:
		c.Link = drillURL(r.Filter, p, result, row)
	}
	if area, ok := vocabulary()[column.Name]; ok && r.Words.Has(area+"."+text(row[at])) {
		c.Class, c.Text, c.Full = text(row[at]), full, "" // our own words are not too long
	}
	if _, isState := stateColumns()[column.Name]; isState {
		c.Class = text(row[at])
		c.Text = r.Words.T("state." + text(row[at]))
		c.Full, c.IsIcon = c.Text, p.Kind == KindRanking
		if key := value(result, row, strings.TrimSuffix(column.Name, "state")+"key"); key != "" {
			c.Link = traceURL("", key)
		}
	}
	if p.Kind == KindRanking && column.Unit == "share" && column.Name != "measured_share" {
		c.HasBar, c.BarWidth = barWidth(number(row[at]))
	}
	return c
}

// stateColumns hold the state of one step each.
func stateColumns() map[string]string {
	columns := map[string]string{}
	for _, step := range steps() {
		columns[step+"_state"] = step
	}
	return columns
}

func barWidth(x float64) (has bool, width string) {
	if math.IsNaN(x) {
		return false, ""
	}
	return true, strconv.FormatFloat(100*min(max(x, 0), 1), 'f', 1, 64)
}

// reasonParts reads "overdue:3|no_feedback:1" into words.
func reasonParts(r *request, list string) []Cell {
	var parts []Cell
	for _, part := range strings.Split(list, "|") {
		key, count, _ := strings.Cut(part, ":")
		if key == "" {
			continue
		}
		n, _ := strconv.Atoi(count)
		parts = append(parts, Cell{Text: r.Words.T("reason."+key, "count", n), Class: "reason " + key})
	}
	return parts
}

// sentenceParts reads "vague|no_number" into the sentences of an area of words.
func sentenceParts(r *request, area, list string) []Cell {
	var parts []Cell
	for _, key := range strings.Split(list, "|") {
		if key != "" {
			parts = append(parts, Cell{Text: r.Words.T(area + "." + key), Class: "rule"})
		}
	}
	return parts
}

// problemSentence says a stored problem: its key names the words, a JSON object their arguments.
func problemSentence(r *request, key, arguments string) string {
	args := map[string]any{}
	if json.Unmarshal([]byte(arguments), &args) != nil {
		args = nil // without arguments the sentence still says what is wrong
	}
	if !strings.Contains(key, ".") {
		key = "problem." + key
	}
	return r.Words.Say(key, args)
}

// kindNames says a list of kinds of file.
func kindNames(r *request, list string) string {
	var names []string
	for _, kind := range strings.Split(list, ", ") {
		if key := "kind." + kind; r.Words.Has(key) {
			names = append(names, r.Words.T(key))
		}
	}
	return strings.Join(names, " · ")
}

func personURL(r *request, id string) string {
	if id == "" {
		return ""
	}
	return Filter{Cycle: r.Filter.Cycle}.URL("/people/" + url.PathEscape(id))
}

func importURL(id string) string {
	if id == "" {
		return ""
	}
	return "/data/imports/" + id
}

// drillURL is where a row's mark leads; "" where it leads nowhere. A column drill_… may be empty: the row is
// then narrowed by the others.
func drillURL(f Filter, p Panel, result *analytics.Result, row []any) string {
	if len(p.Drill.Columns) == 0 {
		return ""
	}
	f = f.Scope()
	for name, value := range p.Drill.Fixed {
		f = f.With(name, value)
	}
	isNarrowed := false
	for name, column := range p.Drill.Columns {
		v := value(result, row, column)
		switch {
		case v != "":
			f, isNarrowed = f.With(name, v), true
		case !strings.HasPrefix(column, "drill_"):
			return ""
		}
	}
	if !isNarrowed {
		return ""
	}
	path := p.Drill.Path
	if path == "" {
		path = boardOf(p.Name)
	}
	if p.Drill.At != "" {
		return f.URL(path) + "#" + dashed(p.Drill.At)
	}
	return f.URL(path)
}

// boardOf is the path of the page that a panel is on; a row without a path of its own narrows it.
func boardOf(panel string) string {
	name, _, _ := strings.Cut(panel, "/")
	for _, b := range pages() {
		if b.Name == name {
			return "/" + name
		}
	}
	return "/loop"
}
