package ingest

import "slices"

// expand makes the rows of raw of one row of the sheet: itself, or one per period, reviewer, item or number that has a value.
func (c *converter) expand(v values, cells []string, rec *record) []values {
	var rows []values
	if c.kind.Name == "unit" {
		rows = c.expandLevels(v)
	} else if c.kind.Name == "appraisal" {
		rows = c.expandRatings(v, rec)
	} else if len(c.sets) == 0 || c.statesOwn(v) {
		rows = append(rows, c.objective(v))
	}
	for _, set := range c.sets {
		row, stated := c.expandSet(set, v, cells, rec)
		if rec.rejected {
			return nil
		}
		if stated {
			rows = append(rows, row)
		}
	}
	if c.kind.Name == "appraisal" {
		return c.mergeOverall(rows)
	}
	return rows
}

// ownFields are what a row states for itself: a row of one set does not take them over.
var ownFields = []string{
	"target", "target_lower", "target_upper", "actual", "progress", "value", "amount", "status", "score", "label",
}

// oneOfMany are what each of several numbered things of a row states for itself.
var oneOfMany = append([]string{"goal_id", "title", "metric", "unit_of_measure", "baseline", "weight", "direction", "parent_goal_id"}, ownFields...)

// statesOwn says whether a row states something beside its sets.
func (c *converter) statesOwn(v values) bool {
	own := ownFields
	if c.plan.count(byNumber) > 0 {
		own = []string{"title"}
	}
	return slices.ContainsFunc(own, func(name string) bool {
		at, found := c.kind.index[name]
		return found && v[at] != nil
	})
}

// objective is a row without what its key result states, where it states one.
func (c *converter) objective(v values) values {
	if len(c.sets) != 1 || !c.sets[0][0].IsKeyResult || c.sets[0][0].Number > 0 {
		return v
	}
	row := slices.Clone(v)
	for _, name := range append([]string{"attributes"}, oneOfMany...) { // attributes are levels beside its target
		if at, found := c.kind.index[name]; found && name != "goal_id" && name != "title" && name != "parent_goal_id" {
			row[at] = nil
		}
	}
	return row
}

// setsOf groups the columns that state the same of several things by which of them they are about.
func setsOf(columns []reader) [][]*reader {
	var sets [][]*reader
	places := map[string]int{}
	for i := range columns {
		r := &columns[i]
		if !r.isWide() {
			continue
		}
		key := toJSON([]any{r.Period, r.Number, r.Sets})
		at, found := places[key]
		if !found {
			at = len(sets)
			places[key], sets = at, append(sets, nil)
		}
		sets[at] = append(sets[at], r)
	}
	return sets
}

// expandSet makes the row of one set. stated is false where all its cells are blank.
func (c *converter) expandSet(set []*reader, v values, cells []string, rec *record) (row values, stated bool) {
	row = slices.Clone(v)
	clear := ownFields
	switch {
	case set[0].Number > 0:
		clear = oneOfMany
	case set[0].IsKeyResult:
		clear = []string{"goal_id", "title"}
	}
	for _, name := range clear {
		if at, found := c.kind.index[name]; found {
			row[at] = nil
		}
	}
	for name, value := range set[0].Sets {
		row[c.kind.index[name]] = value
	}
	for _, r := range set {
		if r.Index >= len(cells) || c.dict.isNothing(cells[r.Index]) {
			continue
		}
		if r.field.isMeasure() && c.dict.isAbsence(cells[r.Index]) {
			rec.addIf(r.absent(cells[r.Index]))
			continue
		}
		stated = true
		if r.fieldType == "rating" {
			rec.addIf(c.setRating(row, cells[r.Index], r.planColumn))
		} else {
			rec.addIf(c.read(r, cells[r.Index], row))
		}
	}
	if !stated {
		return nil, false
	}
	for _, p := range c.settleNumbers(row) {
		rec.add(p)
	}
	c.leaveSelf(row, v)
	if set[0].Number > 0 {
		c.fill(row, "title", nonEmpty(c.text(row, "metric")))
	}
	if set[0].IsKeyResult {
		c.fill(row, "parent_goal_id", nonEmpty(first([]string{c.text(v, "goal_id"), c.text(v, "title")})))
	}
	if set[0].Number > 0 && c.text(row, "title") == "" {
		rec.add(reject("missing_title", "title", cells[set[0].Index]))
	}
	rec.addIf(c.setPeriod(row, set[0]))
	return row, true
}

// leaveSelf takes the reviewer off a rating that somebody gave themselves: the row's reviewer is another's.
func (c *converter) leaveSelf(row, whole values) {
	role, found := c.kind.index["reviewer_role"]
	if !found || row[role] != "self" || whole[role] == "self" {
		return
	}
	row[c.kind.index["reviewer_id"]], row[c.kind.index["reviewer_name"]] = nil, nil
}

// setPeriod puts the period of a column where the kind keeps it. A part of a year is of the row's year.
func (c *converter) setPeriod(row values, r *reader) *Problem {
	if r.Period == "" {
		return nil
	}
	period := r.Period
	if !hasYear(period) {
		year := first([]string{canonicalCycle(c.text(row, "year")), c.text(row, "cycle")})
		if len(year) < 4 {
			p := reject("missing_year", "year", "")
			p.Header = r.Header
			return &p
		}
		period = inYear(year[:4], period)
	}
	at, isReading := c.kind.index["read_on"]
	if !isReading {
		row[c.kind.index["cycle"]] = period
		return nil
	}
	day, ok := lastDayOf(period)
	if !ok {
		p := reject("not_a_date", "read_on", r.Header)
		return &p
	}
	row[at] = day
	return nil
}

// expandRatings makes a row of each rating that stands in a column of its own.
func (c *converter) expandRatings(v values, rec *record) []values {
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
		c.leaveSelf(row, v)
		column := c.plan.column(f.Name)
		rec.addIf(c.setRating(row, v[at].(string), *column))
		rows = append(rows, row)
	}
	return rows
}

// setRating puts a rating's text where it belongs. In a column of scores a word cannot be read.
func (c *converter) setRating(row values, cell string, column planColumn) *Problem {
	n, isNumber := c.dict.parseNumber(cell, false)
	number, word, both := cutRating(cell)
	switch {
	case both && !isNumber:
		row[c.kind.index["score"]], row[c.kind.index["label"]] = number, word
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

// mergeOverall settles an overall rating beside a column of the same role: 自评分 上级评分 绩效等级. A grade without a
// score is the manager's score in words, one row; a rating of its own is the committee's.
func (c *converter) mergeOverall(rows []values) []values {
	for i := 0; i < len(rows); i++ {
		for j := i + 1; j < len(rows); j++ {
			switch {
			case !c.sameRating(rows[i], rows[j]):
			case c.fillRating(rows[j], rows[i]):
				rows = slices.Delete(rows, i, i+1)
				i, j = i-1, len(rows)
			case i == 0:
				rows[0] = slices.Clone(rows[0])
				rows[0][c.kind.index["reviewer_role"]] = "committee"
				j = len(rows)
			}
		}
	}
	return rows
}

// sameRating says whether two rows rate the same by the same role.
func (c *converter) sameRating(a, b values) bool {
	return !slices.ContainsFunc([]string{"cycle", "reviewer_role", "part", "item"}, func(name string) bool {
		at := c.kind.index[name]
		return a[at] != b[at]
	})
}

// fillRating completes a score with a label or the other way round, if neither states both or the same.
func (c *converter) fillRating(row, with values) bool {
	score, label := c.kind.index["score"], c.kind.index["label"]
	if row[score] != nil && with[score] != nil || row[label] != nil && with[label] != nil {
		return false
	}
	fillAt(row, score, with[score])
	fillAt(row, label, with[label])
	return true
}
