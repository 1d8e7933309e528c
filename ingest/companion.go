package ingest

import "slices"

// companions are the kinds of which a table of the first kind may state things too, in columns that it has no use for:
// calibrated ratings beside ratings, monthly figures and ratings beside goals.
var companions = map[string][]string{
	"appraisal": {"calibration"},
	"goal":      {"reading", "appraisal"},
}

// asCompanion says of a column that the table's second plan reads it.
var asCompanion = map[string]string{"calibration": asCalibration, "reading": "reading", "appraisal": "appraisal"}

// results are the fields for which a companion stands there.
var results = map[string][]string{
	"calibration": {"to_score", "to_label"},
	"reading":     {"value"},
	"appraisal":   {"self_rating", "manager_rating", "committee_rating", "peer_rating", "subordinate_rating", "hr_rating", "score", "label"},
}

// mainOf finds the kind that a table mainly states where the best guess is its companion: appraisals before calibrations,
// and goals, if it says what they ask for, before what is measured and how it is rated.
func mainOf(fits []guess, best guess) (main guess, found bool) {
	for _, g := range fits {
		if g.lacks != "" || !slices.Contains(companions[g.kind.Name], best.kind.Name) {
			continue
		}
		if g.kind.Name == "goal" && !g.asks(best.kind.Name) || len(unusedBy(g, best)) == 0 || g.kind.Name == "appraisal" && g.score < best.score-tieMargin {
			continue
		}
		return g, true
	}
	return guess{}, false
}

// asks says whether a table of goals says what they ask for. A weight alone may be that of an item of an appraisal.
func (g guess) asks(companion string) bool {
	return slices.ContainsFunc(g.columns, func(c planColumn) bool {
		return slices.Contains([]string{"target", "baseline", "due_on", "progress", "target_upper", "target_lower"}, c.Field) ||
			companion == "reading" && (c.Field == "weight" || c.Field == "goal_id" && c.Why == byHeader) || companion == "appraisal" && c.Field == "actual" ||
			companion == "appraisal" && c.Why == byHeader && slices.Contains([]string{"title", "metric"}, c.Field)
	})
}

// withoutMeasured leaves out goals that ask for nothing where the table can be read as what was measured.
func withoutMeasured(fits []guess) []guess {
	if !slices.ContainsFunc(fits, func(g guess) bool { return g.kind.Name == "reading" && g.lacks == "" }) {
		return fits
	}
	return slices.DeleteFunc(fits, func(g guess) bool { return g.kind.Name == "goal" && !g.asks("reading") })
}

// unusedBy lists the columns with results of the second that the first has no use for.
func unusedBy(main, second guess) []int {
	var columns []int
	for _, c := range second.columns {
		free := slices.ContainsFunc(main.columns, func(m planColumn) bool { return m.Index == c.Index && m.Field == "" })
		if free && (slices.Contains(results[second.kind.Name], c.Field) || c.Sets != nil) {
			columns = append(columns, c.Index)
		}
	}
	return columns
}

// namesResult says whether a header means a result of the kind and nothing else.
func (g guess) namesResult() bool {
	return slices.ContainsFunc(g.columns, func(c planColumn) bool {
		return slices.Contains(results[g.kind.Name], c.Field) && c.Why != byWeak
	})
}

// companion makes a second plan of a table. Rows without a result are none of its business.
func (d *detector) companion(t table, p *plan) *plan {
	if m := t.mapping; d.file.options.Kind != "" || m != nil && m.preset != nil && m.Kind != "" {
		return nil
	}
	for _, name := range companions[p.Kind] {
		g := d.try(dictionary().kind(name), t.header, t.above)
		if name == "appraisal" {
			g.nameItem(p)
		}
		if len(g.columns) == 0 || g.lacks != "" || len(unusedBy(t.guess, g)) == 0 {
			continue
		}
		second := *p
		second.Kind, second.Columns, second.Constants, second.Optional = name, g.columns, map[string]string{}, true
		for i := range p.Columns {
			c := &p.Columns[i]
			if c.Field == "" && slices.ContainsFunc(g.columns, func(o planColumn) bool { return o.Index == c.Index && o.Field != "" }) {
				c.Why = asCompanion[name]
			}
		}
		second.Columns = slices.DeleteFunc(second.Columns, func(c planColumn) bool { return c.Field == "" })
		t.guess = g
		d.settleContext(t, &second)
		d.settleHints(t, &second)
		if name == "appraisal" {
			second.Constants["part"] = "goals"
			d.settleDefaults(&second, g.kind)
		}
		return &second
	}
	return nil
}

// nameItem takes the goals of a table for the items that its ratings are about.
func (g *guess) nameItem(p *plan) {
	if slices.ContainsFunc(g.columns, func(c planColumn) bool { return c.Field == "item" }) {
		return
	}
	goal := p.column("title")
	if goal == nil {
		goal = p.column("metric")
	}
	for i := range g.columns {
		if goal != nil && g.columns[i].Index == goal.Index {
			g.columns[i].Field, g.columns[i].Why = "item", goal.Why
		}
	}
}

// optionalBlank says whether a row of a second plan has nothing for it.
func (c *converter) optionalBlank(cells []string) bool {
	if !c.plan.Optional {
		return false
	}
	for _, column := range c.plan.Columns {
		isResult := column.Sets != nil || slices.Contains(results[c.kind.Name], column.Field)
		if isResult && column.Index < len(cells) && !c.dict.isNothing(cells[column.Index]) {
			return false
		}
	}
	return true
}
