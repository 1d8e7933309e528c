package ingest

import (
	"regexp"
	"slices"
	"strings"
)

var (
	dateInName  = regexp.MustCompile(`(\d{4})[-_.年](\d{1,2})[-_.月](\d{1,2})日?`)
	eightInName = regexp.MustCompile(`(?:^|\D)((?:19|20)\d{2}[01]\d[0-3]\d)(?:\D|$)`)
	cycleInName = regexp.MustCompile(`(?i)((?:19|20)\d{2}[\s_-]*[QH][1-4]|[QH][1-4][\s_-]*(?:19|20)\d{2}|(?:19|20)\d{2}年?[上下]半年|(?:19|20)\d{2}年?第?[一二三四1-4]季度|(?:19|20)\d{2}年\d{1,2}月|(?:19|20)\d{2}[-_](?:0[1-9]|1[0-2])|FY\s?\d{2,4}|(?:19|20)\d{2})`)
	yearInName  = regexp.MustCompile(`(?:19|20)\d{2}`)
	unitInName  = regexp.MustCompile(`([\p{Han}]{1,12}(?:部|中心|事业部|分公司|办公室|总经办))`)
	unitSheet   = regexp.MustCompile(`(?i)^([\p{Han}]{1,12}[组处室科]|.{2,40} (?:department|dept|team|division))$`)
)

// nameHints are what the names of file and sheet say about every row. The sheet's name wins.
func nameHints(fileName, sheetName string) map[string]string {
	hints := map[string]string{}
	for _, name := range []string{fileName, sheetName} {
		if day := dayIn(name); day != "" {
			hints["date"] = day
		} else if label := cycleInName.FindString(name); label != "" {
			hints["cycle"] = canonicalCycle(strings.ReplaceAll(label, "_", "-"))
			hints["year"] = yearInName.FindString(label)
		}
		if unit := unitIn(name); unit != "" {
			hints["unit"] = unit
		}
	}
	if unit := unitSheet.FindString(strings.TrimSpace(sheetName)); unit != "" {
		hints["unit"] = unit
	}
	if day := hints["date"]; day != "" {
		for _, name := range []string{"checked_on", "read_on", "held_on"} {
			hints[name] = day
		}
		delete(hints, "cycle")
	}
	return hints
}

// dayIn finds a full date in a name, as ISO text.
func dayIn(name string) string {
	text := dateInName.FindString(name)
	if m := eightInName.FindStringSubmatch(name); text == "" && m != nil {
		text = m[1]
	}
	day, fault := parseDate(strings.ReplaceAll(text, "_", "-"), dateStyle{})
	if text == "" || fault != "" {
		return ""
	}
	return day.Format("2006-01-02")
}

func unitIn(name string) string {
	unit := unitInName.FindString(name)
	for _, other := range []string{"全部", "内部", "外部", "各部", "总部门"} {
		if strings.HasSuffix(unit, other) {
			return ""
		}
	}
	return unit
}

// hintedDate is the date field of a kind that the name of a file may give.
func (k *kind) hintedDate() string {
	for _, name := range []string{"checked_on", "read_on", "held_on"} {
		if k.field(name) != nil {
			return name
		}
	}
	return ""
}

// settle adds what is not in the header row: constants, hints, defaults, and why columns were left out.
func (d *detector) settle(p *plan, k *kind) {
	if m := d.mapping; m != nil {
		if m.preset != nil {
			p.decide("", "preset_used", map[string]any{"system": m.preset.System, "preset": m.preset.Name})
		}
		for name, value := range m.Constants {
			if k.field(name) != nil {
				p.Constants[name] = value
			}
		}
	}
	d.settleHints(p, k)
	settleUnitOfMeasure(p, k)
	d.settleDefaults(p, k)
	for _, c := range p.Columns {
		switch c.Why {
		case asSensitive:
			p.decide("", "column_not_stored", map[string]any{"header": c.Header})
		case asIgnored:
			p.decide("", "column_ignored", map[string]any{"header": c.Header})
		case asDuplicate:
			p.decide("", "column_duplicate", map[string]any{"header": c.Header})
		}
	}
}

// settleHints uses the names of file and sheet for fields without a column.
func (d *detector) settleHints(p *plan, k *kind) {
	use := func(name, value string) {
		if k.field(name) == nil || value == "" || p.column(name) != nil || p.Constants[name] != "" {
			return
		}
		p.Constants[name] = value
		p.decide(name, "from_name", map[string]any{"field": name, "value": value})
	}
	use(k.hintedDate(), d.hints["date"])
	if p.column("unit_1") == nil && !slices.Contains([]string{"unit", "guideline"}, k.Name) {
		use("unit", d.hints["unit"])
	}
	if p.column("year") == nil && k.hintedDate() != "checked_on" && k.hintedDate() != "read_on" && !slices.Contains([]string{"cycle", "rating_scale"}, k.Name) {
		use("cycle", d.hints["cycle"])
	}
	if k.Name == "reading" && p.count(byMonth) > 0 {
		use("year", d.hints["year"])
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
		for ours, words := range f.Names {
			if slices.ContainsFunc(words, func(w string) bool {
				return strings.Contains(foldWord(d.file.name+" "+d.sheet.Name), foldWord(w))
			}) {
				p.Constants[f.Name], key = ours, "from_name"
			}
		}
		p.decide(f.Name, key, map[string]any{"field": f.Name, "value": p.Constants[f.Name]})
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
		if _, isUnit := dictionary().parseAmount("1" + foldText(hint)); isUnit && hint != "" {
			p.Constants["unit_of_measure"] = hint
			p.decide("unit_of_measure", "from_header", map[string]any{"field": "unit_of_measure", "header": column.Header, "value": hint})
			return
		}
	}
}
