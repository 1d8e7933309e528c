package ingest

import "slices"

// expand makes the rows of raw of one row of the sheet: itself, or one per month, per reviewer or per item that has a value.
func (c *converter) expand(v values, cells []string, rec *record) []values {
	switch c.kind.Name {
	case "appraisal":
		return c.expandAppraisal(v, cells, rec)
	case "reading":
		if c.plan.count(byMonth) > 0 {
			return c.expandMonths(v, cells, rec)
		}
	}
	return []values{v}
}

// expandAppraisal makes a row of each rating that stands in a column of its own.
func (c *converter) expandAppraisal(v values, cells []string, rec *record) []values {
	var rows []values
	score, label := c.kind.index["score"], c.kind.index["label"]
	if v[score] != nil || v[label] != nil {
		rows = append(rows, v)
	}
	for at, f := range c.kind.Fields {
		if f.Emit == nil || v[at] == nil {
			continue
		}
		row := slices.Clone(v)
		row[score], row[label] = nil, nil
		for name, value := range f.Emit {
			row[c.kind.index[name]] = value
		}
		column := c.plan.column(f.Name)
		rec.addIf(c.setRating(row, v[at].(string), *column))
		rows = append(rows, row)
	}
	rows = c.mergeOverall(rows)
	for i := range c.columns {
		r := &c.columns[i]
		if r.Why != byItem || r.Index >= len(cells) || c.dict.isNothing(cells[r.Index]) {
			continue
		}
		row := slices.Clone(v)
		row[score], row[label] = nil, nil
		row[c.kind.index["part"]], row[r.at] = "competencies", r.Header
		rec.addIf(c.setRating(row, cells[r.Index], r.planColumn))
		rows = append(rows, row)
	}
	return rows
}

// setRating puts a rating's text where it belongs. In a column of scores a word cannot be read.
func (c *converter) setRating(row values, cell string, column planColumn) *Problem {
	n, isNumber := c.dict.parseNumber(cell, false)
	switch {
	case !column.AsScore:
		row[c.kind.index["label"]] = plain(cell)
	case isNumber:
		row[c.kind.index["score"]] = rounded(n.value)
	default:
		p := reject("not_a_number", column.Field, cell)
		p.Header = column.Header
		return &p
	}
	return nil
}

// addIf adds a problem where there is one.
func (r *record) addIf(p *Problem) {
	if p != nil {
		r.add(*p)
	}
}

// expandMonths makes a row of each month column that has a value.
func (c *converter) expandMonths(v values, cells []string, rec *record) []values {
	var rows []values
	for i := range c.columns {
		r := &c.columns[i]
		if r.Why != byMonth || r.Index >= len(cells) || c.dict.isNothing(cells[r.Index]) {
			continue
		}
		day, ok := lastDayOf(c.periodIn(r.Period, v))
		if !ok {
			p := reject("missing_year", "year", "")
			p.Header = r.Header
			rec.add(p)
			return nil
		}
		row := slices.Clone(v)
		row[c.kind.index["read_on"]] = day
		if p := c.readNumber(r, cells[r.Index], row); p != nil {
			rec.add(*p)
			continue
		}
		for _, p := range c.settleNumbers(row) {
			rec.add(p)
		}
		rows = append(rows, row)
	}
	return rows
}

// periodIn completes a month without a year with the row's year.
func (c *converter) periodIn(period string, v values) string {
	if len(period) != 2 {
		return period
	}
	return canonicalCycle(c.text(v, "year")) + "-" + period
}

// mergeOverall settles an overall rating beside a column of the same role: 自评分 上级评分 绩效等级. A grade without a
// score is the manager's score in words, one row; a rating of its own is the committee's.
func (c *converter) mergeOverall(rows []values) []values {
	score, label, role, part := c.kind.index["score"], c.kind.index["label"], c.kind.index["reviewer_role"], c.kind.index["part"]
	for i, row := range rows {
		if i == 0 || row[role] != rows[0][role] || row[part] != rows[0][part] {
			continue
		}
		if (row[score] == nil || rows[0][score] == nil) && (row[label] == nil || rows[0][label] == nil) {
			fillAt(row, score, rows[0][score])
			fillAt(row, label, rows[0][label])
			return rows[1:]
		}
		rows[0] = slices.Clone(rows[0])
		rows[0][role] = "committee"
		return rows
	}
	return rows
}
