package ingest

import (
	"regexp"
	"slices"
	"strings"
	"unicode"

	"github.com/perfloop/perfloop/ingest/sheet"
)

// A key column is filled down where this part of its cells is blank, or a smaller one below several of its values: less may
// be cells that nobody filled in.
const (
	blankShare        = 0.4
	blankShareOfGroup = 0.2
)

// keyFields may be stated once for several rows below each other, as merged cells are: what the rows are about.
var keyFields = []string{
	"unit", "unit_1", "unit_2", "unit_3", "unit_4", "employee_id", "employee_name", "employee_email", "first_name", "last_name",
	"cycle", "year", "half", "quarter", "month", "goal_id", "goal_title", "title", "reviewer_id", "reviewer_name",
}

// settleRepeats finds what stands once for several rows: keys in the first row of a group, headings above it.
func (d *detector) settleRepeats(t table, p *plan) {
	if d.sheet.IsRecords {
		return // each states all that is known
	}
	if !p.Optional {
		d.settleHeadings(t, p)
	}
	var keys []*repeats
	rows := d.dataOf(t, p)
	for _, c := range p.Columns {
		isOwn := p.Kind == "goal" && (c.Field == "goal_id" || c.Field == "title" && p.column("metric") == nil && !p.hasKeyResults()) || p.Kind == "plan_item" && c.Field == "title"
		if isWhole[c.Why] && slices.Contains(keyFields, c.Field) && c.Why != byHeading && !isOwn {
			keys = append(keys, p.repeatsOf(rows, c))
		}
	}
	for _, r := range keys {
		isObjective := r.column.Field == "title" && p.hasKeyResults() && r.opens && len(r.blanks) > 0
		if isObjective || r.areGroups() || slices.ContainsFunc(keys, func(o *repeats) bool { return o != r && r.goWith(o) }) {
			p.FillDown = append(p.FillDown, r.column.Index)
			p.decide(r.column.Field, "filled_down", map[string]any{"header": r.column.Header})
		}
	}
	slices.Sort(p.FillDown)
}

// hasKeyResults says whether each row states a key result of its objective.
func (p *plan) hasKeyResults() bool {
	return slices.ContainsFunc(p.Columns, func(c planColumn) bool { return c.IsKeyResult && c.Number == 0 })
}

// repeats is how a key column is filled.
type repeats struct {
	column planColumn
	opens  bool  // the first row states it
	stated int   // rows that state it
	blanks []int // rows that do not
	groups int   // stated values with blanks below
	inside bool  // where it is blank, another key further left is stated: the row has a key of its own
	twice  bool  // a value stands in two rows below each other: there is no need to repeat it
}

// dataOf are the rows of the table that hold data.
func (d *detector) dataOf(t table, p *plan) []sheet.Row {
	a := newAsides(p)
	return slices.DeleteFunc(slices.Clone(d.data(t)), func(row sheet.Row) bool { return row.Line < p.firstLine() || a.isOne(row.Cells) })
}

func (p *plan) repeatsOf(rows []sheet.Row, c planColumn) *repeats {
	r, before := &repeats{column: c}, ""
	for n, row := range rows {
		cell := ""
		if c.Index < len(row.Cells) {
			cell = plain(row.Cells[c.Index])
		}
		switch {
		case cell == "":
			r.blanks = append(r.blanks, n)
			r.inside = r.inside || p.statesKey(row.Cells, c.Index)
			if before != "" {
				r.groups++
			}
		default:
			r.opens = r.opens || n == 0
			r.twice = r.twice || cell == before
			r.stated++
		}
		before = cell
	}
	return r
}

// statesKey says whether a row states who it is about left of a column, in a list of units a level above.
func (p *plan) statesKey(cells []string, before int) bool {
	return slices.ContainsFunc(p.Columns, func(c planColumn) bool {
		isKey := slices.Contains([]string{"unit", "employee_id", "employee_name", "employee_email", "first_name", "last_name"}, c.Field)
		isLevel := p.Kind == "unit" && strings.HasPrefix(c.Field, "unit_") && c.Field != "unit_id" && c.Field != "unit_type"
		return (isKey || isLevel) && isWhole[c.Why] && c.Index < before && c.Index < len(cells) && plain(cells[c.Index]) != ""
	})
}

// areGroups says whether the column states its values once and leaves them out below.
func (r *repeats) areGroups() bool {
	share := float64(len(r.blanks)) / float64(max(1, r.stated+len(r.blanks)))
	return r.opens && !r.twice && !r.inside && (share >= blankShare && r.stated > 1 || r.groups > 1 && share >= blankShareOfGroup)
}

// goWith says whether the column is blank only where another key is: both in the same rows, or where the other is left out.
func (r *repeats) goWith(o *repeats) bool {
	if !r.opens || !o.opens || len(r.blanks) == 0 || r.inside {
		return false
	}
	if slices.Equal(r.blanks, o.blanks) && r.stated > 1 {
		return !o.twice
	}
	return o.areGroups() && !slices.ContainsFunc(r.blanks, func(n int) bool { return !slices.Contains(o.blanks, n) })
}

// settleHeadings takes short texts alone in their rows, above rows of data, for the unit, the part or the category of the
// rows below, if the table has no column for it.
func (d *detector) settleHeadings(t table, p *plan) {
	var headings []string
	a := newAsides(p)
	rows := d.data(t)
	for i, row := range rows {
		text := onlyCell(row.Cells)
		if !isTitle(text) || !a.isOne(row.Cells) || len(pairsInCell(text)) > 0 {
			continue
		}
		if i+1 < len(rows) && onlyCell(rows[i+1].Cells) == "" && !a.isOne(rows[i+1].Cells) {
			headings = append(headings, headingText(text))
		}
	}
	name := p.headingField(headings)
	if name == "" {
		return
	}
	p.HeadingColumn = d.width
	p.Columns = append(p.Columns, planColumn{Index: d.width, Header: headings[0] + " …", Field: name, Why: byHeading})
	delete(p.Constants, name)
	p.decide(name, "from_headings", map[string]any{"field": name, "values": shorten(strings.Join(slices.Compact(headings), ", "), 200)})
}

// headingField is the field that headings state, "" for none.
func (p *plan) headingField(headings []string) string {
	k := dictionary().kind(p.Kind)
	if len(headings) == 0 {
		return ""
	}
	every := func(is func(text string) bool) bool {
		return !slices.ContainsFunc(headings, func(text string) bool { return !is(text) })
	}
	free := func(name string) bool { return k.field(name) != nil && p.column(name) == nil && !p.givesWide(name) }
	isUnit := every(func(text string) bool { return unitIn(text) == text || unitSheet.MatchString(text) })
	isPart := every(func(text string) bool { return dictionary().words["part"][foldWord(text)] != "" })
	switch {
	case free("part") && isPart:
		return "part"
	case free("unit") && p.column("unit_1") == nil && (isUnit || k.field("category") == nil && p.names("employee_id", "employee_name", "employee_email")):
		return "unit"
	case free("category"):
		return "category"
	}
	return ""
}

// names says whether a column gives one of the fields.
func (p *plan) names(fields ...string) bool {
	return slices.ContainsFunc(fields, func(name string) bool { return p.column(name) != nil })
}

var headingMark = regexp.MustCompile(`^\s*(?:第?[一二三四五六七八九十]+[部章节]?[分]?[、.．:：\s]|[(（][一二三四五六七八九十\d]+[)）]|\d{1,2}[、.．)）]\s*|[IVX]+[.、]\s*|[A-Z][.、]\s+)`)

// headingText is a heading without its number and a weight behind it: 一、业绩指标（70%） is 业绩指标.
func headingText(text string) string {
	text = plain(headingMark.ReplaceAllString(text, ""))
	name, hint := cutHint(text)
	if hint != "" && !strings.ContainsFunc(hint, unicode.IsLetter) {
		text = plain(name)
	}
	return strings.TrimRight(text, ":：")
}
