package ingest

import (
	"slices"
	"strings"
)

// settle adds what is not in the header row: constants, forms, hints, defaults, and why columns were left out.
func (d *detector) settle(t table, p *plan) {
	k := t.kind
	if m := t.mapping; m != nil {
		if t.why == byMemory {
			p.decide("", "mapping_remembered", map[string]any{"fingerprint": fingerprintOf(t.header.texts())})
		}
		if m.preset != nil {
			p.decide("", "preset_used", map[string]any{"system": m.preset.System, "preset": m.preset.Name})
		}
		for name, value := range m.Constants {
			if k.field(name) != nil {
				p.Constants[name] = value
			}
		}
	}
	d.settleContext(t, p)
	d.settleHints(t, p)
	settleUnitOfMeasure(p, k)
	d.settleDefaults(p, k)
	for _, c := range p.Columns {
		switch c.Why {
		case asSensitive:
			p.decide("", "column_not_stored", map[string]any{"header": c.Header})
		case asIgnored:
			p.decide("", "column_ignored", map[string]any{"header": c.Header})
		case asAttribute:
			if p.Kind == "goal" {
				p.decide("target", "column_kept", map[string]any{"header": c.Header})
			}
		case asDuplicate:
			p.decide("", "column_duplicate", map[string]any{"header": c.Header})
		case byValues:
			p.decide(c.Field, "column_by_values", map[string]any{"field": c.Field, "header": c.Header})
		}
	}
}

// contextFields are the fields that a form above a table may state for all its rows: who, where and when.
var contextFields = []string{
	"employee_id", "employee_name", "employee_email", "first_name", "last_name", "unit", "cycle", "year", "half", "quarter", "month",
	"reviewer_id", "reviewer_name", "manager_id", "manager_name", "held_by_id", "held_by_name", "held_on", "checked_on", "read_on",
	"appraised_on", "calibrated_on", "calibrated_by", "awarded_on",
}

func isContext(name string) bool { return slices.Contains(contextFields, name) }

// settleContext uses what forms above the table say for fields without a column.
func (d *detector) settleContext(t table, p *plan) {
	k := dictionary().kind(p.Kind)
	if objective := t.above.objective(); objective != "" && p.column("parent_goal_id") == nil && p.namesKeyResults() {
		p.Constants["parent_goal_id"] = objective
		p.decide("parent_goal_id", "from_name", map[string]any{"field": "parent_goal_id", "value": objective})
	}
	for _, name := range contextFields {
		pair, stated := t.above.value(k, name)
		if !stated || p.column(name) != nil || p.Constants[name] != "" || p.statesCycle(name) || p.givesWide(name) {
			continue
		}
		p.Constants[name] = pair.value
		p.decide(name, "from_form", map[string]any{"field": name, "header": pair.label, "value": pair.value, "line": pair.at.Line})
	}
}

// namesKeyResults says whether the plan's goals are key results.
func (p *plan) namesKeyResults() bool {
	title := p.column("title")
	return p.Kind == "goal" && title != nil && isKeyResult(title.Header)
}

// statesCycle says whether a field is part of a period that columns of the plan state.
func (p *plan) statesCycle(name string) bool {
	period := []string{"cycle", "year", "half", "quarter", "month"}
	return slices.Contains(period, name) && slices.ContainsFunc(period, func(other string) bool {
		return p.column(other) != nil && (other != "year" || name == "cycle" || name == "year")
	})
}

// givesWide says whether columns of several things give the field.
func (p *plan) givesWide(name string) bool {
	return slices.ContainsFunc(p.Columns, func(c planColumn) bool { return c.Sets[name] != "" })
}

// settleHints uses the names of file and sheet, and titles, for fields without a column.
func (d *detector) settleHints(t table, p *plan) {
	k, hints := dictionary().kind(p.Kind), d.hintsOf(t.above)
	use := func(name, value string) {
		if k.field(name) == nil || value == "" || p.column(name) != nil || p.Constants[name] != "" || p.givesWide(name) {
			return
		}
		p.Constants[name] = value
		p.decide(name, "from_name", map[string]any{"field": name, "value": value})
	}
	isWide := p.count(byPeriod) > 0
	if !isWide {
		use(k.hintedDate(), hints[k.hintedDate()])
	}
	if p.column("unit_1") == nil && !slices.Contains([]string{"unit", "guideline"}, k.Name) {
		use("unit", hints["unit"])
	}
	if isWide || p.column("month") != nil || p.column("quarter") != nil || p.column("half") != nil {
		use("year", hints["year"])
	} else if p.column("year") == nil && k.hintedDate() != "checked_on" && k.hintedDate() != "read_on" && !slices.Contains([]string{"cycle", "rating_scale"}, k.Name) {
		use("cycle", hints["cycle"])
	}
}

// settleDefaults fills fields without a column from words in the names, else with the dictionary's default.
func (d *detector) settleDefaults(p *plan, k *kind) {
	for _, f := range k.Fields {
		if f.Default == "" || p.column(f.Name) != nil || p.Constants[f.Name] != "" {
			continue
		}
		p.Constants[f.Name] = f.Default
		key := "assumed_value"
		if grade := p.column("to_grade"); f.Name == "incentive_kind" && grade != nil && p.column("amount") == nil && p.column("base_share") == nil {
			p.Constants[f.Name] = "promotion"
			p.decide(f.Name, "from_header", map[string]any{"field": f.Name, "header": grade.Header, "value": "promotion"})
			continue
		}
		for ours, words := range f.Names {
			if slices.ContainsFunc(words, func(w string) bool {
				return strings.Contains(foldWord(d.file.name+" "+d.sheet.Name), foldWord(w))
			}) {
				p.Constants[f.Name], key = ours, "from_name"
			}
		}
		if !p.givesWide(f.Name) {
			p.decide(f.Name, key, map[string]any{"field": f.Name, "value": p.Constants[f.Name]})
		}
	}
}

// settleUnitOfMeasure takes the unit of a header such as 目标值(万元) or "Target (days)". The numbers stay as they are.
func settleUnitOfMeasure(p *plan, k *kind) {
	if k.field("unit_of_measure") == nil || p.column("unit_of_measure") != nil || p.Constants["unit_of_measure"] != "" {
		return
	}
	for _, name := range []string{"target", "actual", "value", "baseline"} {
		column := p.column(name)
		if column == nil {
			continue
		}
		hint := strings.TrimPrefix(headerHint(column.Header), "in ")
		if isUnitOfMeasure(foldText(hint)) {
			p.Constants["unit_of_measure"] = hint
			p.decide("unit_of_measure", "from_header", map[string]any{"field": "unit_of_measure", "header": column.Header, "value": hint})
			return
		}
	}
}

// isUnitOfMeasure says whether a folded text is a unit of measure: 万元, days, k usd.
func isUnitOfMeasure(text string) bool {
	if text == "" || len(text) > longestValue || isFigure(text) {
		return false
	}
	_, isUnit := dictionary().parseAmount("1" + text)
	return isUnit
}
