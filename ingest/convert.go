package ingest

import (
	"encoding/json"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"golang.org/x/text/unicode/norm"
)

// values are the fields of one row to be, in the order of the kind's fields; nil states nothing.
type values []any

// converter makes rows of raw of rows of a sheet, as the plan says.
type converter struct {
	dict    *book
	kind    *kind
	plan    *plan
	file    string
	columns []reader
	fixed   values      // the constants
	sets    [][]*reader // the columns that state the same of several things, by which of them
	numbers []int       // places of the kind's fields that hold measured numbers

	okrs   okrs // of the rows above
	isText bool // of a text file, where =1+1 is what it says
}

// reader reads the cells of one column.
type reader struct {
	planColumn
	field     *field
	at        int // place of the field among the kind's
	fieldType string
	style     dateStyle
}

// record is the outcome of one row of the sheet: rows of raw, or problems of which one at least rejects it.
type record struct {
	line     int
	rows     []values
	problems []Problem
	rejected bool
}

func newConverter(f *file, p *plan, date1904 bool) (*converter, error) {
	c := &converter{dict: dictionary().with(f.options.words, p.Words), kind: dictionary().kind(p.Kind), plan: p, file: f.name}
	c.isText = slices.Contains([]string{"csv", "json", "parquet"}, f.book.Format())
	for _, col := range p.Columns {
		fieldType := typeOf(p.Kind, col)
		if fieldType == "" {
			continue
		}
		r := reader{planColumn: col, fieldType: fieldType, at: -1}
		r.style = dateStyle{order: col.Order, date1904: date1904}
		if at, found := c.kind.index[col.Field]; found {
			r.field, r.at = c.kind.Fields[at], at
			r.style.lastDay, r.style.born = r.field.Month == "last", col.Field == "birth_on"
		}
		c.columns = append(c.columns, r)
	}
	c.sets = setsOf(c.columns)
	for at, f := range c.kind.Fields {
		if isMeasure(f.Type) {
			c.numbers = append(c.numbers, at)
		}
	}
	c.fixed = make(values, len(c.kind.Fields))
	for name, value := range p.Constants {
		at, found := c.kind.index[name]
		if !found {
			return nil, fmt.Errorf("read constants of %s: no field %s", p.Kind, name)
		}
		r := reader{field: c.kind.Fields[at], at: at, fieldType: c.kind.Fields[at].Type, style: dateStyle{order: monthFirst}}
		r.Scale = 1
		if problem := c.read(&r, value, c.fixed); problem != nil {
			p.Findings = append(p.Findings, c.located(*problem, 0))
		}
	}
	return c, nil
}

// convert reads one row of the sheet.
func (c *converter) convert(line int, cells []string) record {
	rec := record{line: line}
	v := make(values, len(c.kind.Fields))
	for i := range c.columns {
		r := &c.columns[i]
		if r.Index >= len(cells) {
			continue
		}
		if !c.isText && isFormula(cells[r.Index]) {
			rec.add(r.uncalculated(cells[r.Index]))
			continue
		}
		if r.isWide() {
			continue
		}
		if problem := c.read(r, cells[r.Index], v); problem != nil {
			rec.add(*problem)
		}
	}
	for i, value := range c.fixed {
		if v[i] == nil {
			v[i] = value
		}
	}
	rec.addIf(c.joinMessage(v, c.cellOf(cells, "conversation_kind")))
	direction := c.text(v, "direction")
	c.joinPercentFlag(v)
	for _, problem := range c.settleNumbers(v) {
		rec.add(problem)
	}
	for _, problem := range c.complete(v) {
		rec.add(problem)
	}
	for _, problem := range c.contradictions(v, c.cellOf(cells, "status")) {
		rec.add(problem)
	}
	for _, problem := range c.doubts(v) {
		rec.add(problem)
	}
	for _, problem := range c.missing(v, rec.problems) {
		rec.add(problem)
	}
	if !rec.rejected {
		rec.rows = c.expand(v, cells, &rec)
		rec.addIf(c.directionAgainstNumbers(direction, rec.rows))
	}
	if !rec.rejected && len(rec.rows) == 0 {
		rec.add(reject("nothing_stated", "", ""))
	}
	for i := range rec.problems {
		rec.problems[i] = c.located(rec.problems[i], line)
	}
	return rec
}

// isFormula says whether a cell of a workbook is a formula that no program has calculated: not =<5 nor ====.
func isFormula(cell string) bool {
	body, found := strings.CutPrefix(cell, "=")
	return found && (body == "" || !strings.ContainsRune("<>= ", rune(body[0])))
}

// uncalculated is the problem of such a cell. The row waits for its value, but not for that of a column nobody mapped.
func (r *reader) uncalculated(cell string) Problem {
	p := Problem{Severity: Rejected, Key: "formula_not_calculated", Field: r.Field, Header: r.Header, Cell: cell}
	if r.fieldType == "attributes" {
		p.Severity = Finding
	}
	return p
}

func (r *record) add(p Problem) {
	r.problems = append(r.problems, p)
	r.rejected = r.rejected || p.Severity == Rejected
}

// reject is a problem for which the row is not stored.
func reject(key, field, cell string) Problem {
	return Problem{Severity: Rejected, Key: key, Field: field, Cell: cell}
}

// located completes a problem with where it is and the arguments of its words.
func (c *converter) located(p Problem, line int) Problem {
	p.Sheet, p.Line, p.Kind = c.plan.Sheet, line, c.plan.Kind
	if p.Header == "" {
		p.Header = c.headerOf(p.Field)
	}
	return withPlace(p, c.file)
}

// headerOf is the file's name of the field's column; our name where it has none.
func (c *converter) headerOf(field string) string {
	if column := c.plan.column(field); column != nil {
		return column.Header
	}
	return field
}

// withPlace puts file, sheet, line, header and cell among the arguments.
func withPlace(p Problem, file string) Problem {
	args := map[string]any{"file": file, "sheet": p.Sheet, "line": p.Line, "header": p.Header, "cell": shorten(p.Cell, 80)}
	for name, value := range p.Args {
		args[name] = value
	}
	p.Args = args
	return p
}

// read puts a cell's value into v. It answers a problem for a cell that cannot be read.
func (c *converter) read(r *reader, cell string, v values) *Problem {
	if cell == "" {
		return nil
	}
	switch r.fieldType {
	case "id":
		if c.dict.isNoName(cell) {
			return nil
		}
		return c.readID(r, cell, v)
	case "name":
		if !c.dict.isNoName(cell) {
			v[r.at] = strings.Join(strings.Fields(c.plan.owner(r.Field, plain(cell))), " ")
		}
		return nil
	case "attributes":
		c.readAttribute(r, cell, v)
		return nil
	}
	if table := r.closedTable(); table != "" {
		return c.readWord(r, table, cell, v)
	}
	if c.dict.isNothing(cell) {
		return nil
	}
	if r.field.isMeasure() && c.dict.isAbsence(cell) {
		return r.absent(cell)
	}
	switch r.fieldType {
	case "text":
		text := c.plan.owner(r.Field, plain(cell))
		if r.Field == "unit" {
			text = keepSlashes(text)
		}
		v[r.at] = text
	case "cycle":
		v[r.at] = c.readCycle(r, cell)
	case "date":
		return c.readDate(r, cell, v)
	case "band":
		return c.readBand(r, cell, v)
	case "rating":
		c.readRating(r, cell, v)
	default:
		return c.readNumber(r, cell, v)
	}
	return nil
}

// closedTable is the table of words of the column, if it has one.
func (r *reader) closedTable() string {
	if r.fieldType == "boolean" {
		return "boolean"
	}
	return r.field.table()
}

func (c *converter) readWord(r *reader, table, cell string, v values) *Problem {
	ours, known := c.dict.words[table][foldWord(cell)]
	switch {
	case known && r.fieldType == "boolean":
		v[r.at] = ours == "true"
	case known:
		v[r.at] = ours
	case c.dict.isNothing(cell):
	case table == "outcome" && c.dict.words["unfinished"][foldWord(cell)] != "": // what goes on has no outcome yet
		c.fill(v, "status", plain(cell))
	case strings.HasPrefix(r.fieldType, "alias:"):
		v[r.at] = plain(cell)
	default:
		p := reject("unknown_word", r.Field, cell)
		p.Header, p.Args = r.Header, map[string]any{"words": c.dict.ourWords(table)}
		return &p
	}
	return nil
}

func (c *converter) readCycle(r *reader, cell string) string {
	if r.IsDate {
		if day, fault := readSerial(cell, r.style); fault == "" {
			return day.Format("2006-01")
		}
	}
	return canonicalCycle(cell)
}

func (c *converter) readDate(r *reader, cell string, v values) *Problem {
	day, fault := parseDate(cell, r.style)
	if fault == noSuchDay {
		fault = notADate
	}
	if fault != "" {
		p := reject(string(fault), r.Field, cell)
		p.Header = r.Header
		return &p
	}
	if r.style.born && day.Year() > 2024 && len(cell) <= 8 {
		day = day.AddDate(-100, 0, 0)
	}
	v[r.at] = day
	return nil
}

// readRating takes a number for the score where the column holds numbers; "65 - Exceeds" is both.
// A column that makes a row of its own keeps its text for expand.
func (c *converter) readRating(r *reader, cell string, v values) {
	v[r.at] = plain(cell)
	if r.field.Emit != nil {
		return
	}
	score := c.kind.index[first([]string{r.field.Score, "score"})]
	if n, isNumber := c.dict.parseNumber(cell, false); isNumber && r.AsScore {
		v[r.at] = nil
		fillAt(v, score, rounded(n.value))
	} else if number, word, both := cutRating(cell); both {
		v[r.at] = word
		fillAt(v, score, number)
	}
}

var (
	numberThenWord = regexp.MustCompile(`^(\d{1,3}(?:\.\d+)?)\s*(?:[-–—=:.、(]\s*)(\pL[^()]*?)\)?$`)
	wordThenNumber = regexp.MustCompile(`^([^\d(]*[^\d( ])\s*\(\s*(\d{1,3}(?:\.\d+)?)\s*(?:分|points?|pts)?\s*\)$`)
)

// cutRating takes a rating apart that states number and word: 65 - Exceeds, 4-优秀, B+（85）, 5 (Outstanding).
func cutRating(cell string) (number float64, word string, both bool) {
	text := plain(norm.NFKC.String(cell))
	if len(text) > longestValue {
		return 0, "", false
	}
	digits := ""
	if m := numberThenWord.FindStringSubmatch(text); m != nil {
		digits, word = m[1], m[2]
	} else if m := wordThenNumber.FindStringSubmatch(text); m != nil {
		digits, word = m[2], m[1]
	}
	number, err := strconv.ParseFloat(digits, 64)
	return number, word, err == nil
}

// fillAt sets a field that nothing stated yet.
func fillAt(v values, at int, value any) {
	if v[at] == nil {
		v[at] = value
	}
}

// readAttribute keeps a cell of a column that nobody mapped.
func (c *converter) readAttribute(r *reader, cell string, v values) {
	text := plain(cell)
	if text == "" {
		return
	}
	if r.IsDate {
		if day, fault := readSerial(text, r.style); fault == "" {
			text = day.Format(time.DateOnly)
		}
	}
	at := c.kind.index["attributes"]
	sofar, _ := v[at].(string)
	if sofar == "" {
		sofar = "{}"
	}
	pair := quoteJSON(r.Header) + ":" + quoteJSON(text)
	if sofar != "{}" {
		pair = "," + pair
	}
	v[at] = sofar[:len(sofar)-1] + pair + "}"
}

// quoteJSON is text as JSON, readable: no escapes for < > &.
func quoteJSON(s string) string {
	var b strings.Builder
	encoder := json.NewEncoder(&b)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(s); err != nil {
		return `""`
	}
	return strings.TrimSuffix(b.String(), "\n")
}
