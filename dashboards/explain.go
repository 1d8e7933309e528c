package dashboards

import (
	"errors"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/labstack/echo/v4"

	"github.com/perfloop/perfloop/analytics"
	"github.com/perfloop/perfloop/dashboards/words"
	sqltext "github.com/perfloop/perfloop/sql"
)

// explainPage says what the columns of a panel mean and what they are made of.
type explainPage struct {
	page
	Panel   Panel
	Name    string
	Back    string // the page that the panel is on
	Grain   string // what one row is
	Asked   []Param
	Columns []explainedColumn
	Values  Table // figures of single people and goals, each leading to what it is made of
}

// explainedColumn is one column in words.
type explainedColumn struct {
	*words.Words
	Name, Heading, Unit           string
	Said, Limits, Worked, Formula string
	Formulas                      []analytics.Formula
	From, Fields                  []string
}

// explainedValues is how many rows of a panel are offered to be followed to the files.
const explainedValues = 20

// explain answers what a panel's columns mean, or where one value comes from.
func (s *server) explain(c echo.Context) error {
	if c.QueryParam("panel") == "" {
		return s.explainValue(c)
	}
	p, ok := findPanel(c.QueryParam("panel"))
	f, hasQuery := sqltext.Panel(p.Name)
	if !ok || !hasQuery {
		return notFound("error.no_page", nil)
	}
	r, err := s.readRequest(c)
	if err != nil {
		return err
	}
	args, err := r.panelArgs(c)
	if err != nil {
		return err
	}
	explainer, err := s.explainer()
	if err != nil {
		return err
	}
	answered, err := explainer.Answered(c.Request().Context(), f.Text)
	if err != nil {
		return err
	}
	result, err := s.ask(c.Request().Context(), r.Viewer, p.Name, args)
	if err != nil {
		return err
	}
	v := explainPage{page: s.newPage(c, r, ""), Panel: p, Name: dotted(p.Name), Grain: f.Grain(), Asked: params(f.Text, args, r), Back: r.Filter.URL(boardOf(p.Name))}
	v.Title = v.T("explained.title", "panel", v.T(v.Name+".title"))
	for _, a := range answered {
		if !isHidden(a.Name) {
			v.Columns = append(v.Columns, columnInWords(r, a))
		}
	}
	if r.mayExplainRows() {
		v.Values = explainableValues(r, explainer, explainable{p, result, answered})
	}
	return s.render(c, http.StatusOK, "explain.html", v)
}

func columnInWords(r *request, a analytics.Answered) explainedColumn {
	lang := r.Words.Lang
	e := explainedColumn{Words: r.Words, Name: a.Name, Heading: columnTitle(r.Words, a.Name), Said: a.Meaning.Said.In(lang), Formula: a.Meaning.Formula, Formulas: a.Formulas}
	if m := a.Meaning.Metric; m != nil {
		e.Said, e.Limits, e.Worked = m.Definition.In(lang), m.Limits.In(lang), m.Worked.In(lang)
	}
	if key := "unit_of." + a.Unit; r.Words.Has(key) {
		e.Unit = r.Words.T(key)
	}
	for _, ref := range a.From {
		e.From = append(e.From, ref.String())
	}
	for _, ref := range a.Fields {
		kind := strings.TrimPrefix(ref.Table, "raw.")
		if key := "kind." + kind; r.Words.Has(key) {
			kind = r.Words.T(key)
		}
		e.Fields = append(e.Fields, r.Words.T("explained.field", "kind", kind, "field", ref.Column))
	}
	return e
}

// mayExplainRows tells who may see the rows behind a figure: they are of people of the whole company, the peers
// that a figure is held against among them, so a narrower scope has none of it.
func (r *request) mayExplainRows() bool {
	return r.Viewer.May.SeeIndividuals && r.Viewer.Scope.UnitID == ""
}

// explainable is a panel's result with where its columns come from.
type explainable struct {
	panel    Panel
	result   *analytics.Result
	answered []analytics.Answered
}

// explainableValues are the figures that a mart holds as they stand and whose row the result tells.
func explainableValues(r *request, explainer *analytics.Explainer, x explainable) Table {
	t := Table{Caption: r.Words.T("explained.values")}
	named := x.result.Index(x.panel.X)
	var columns []analytics.Answered
	for _, a := range x.answered {
		at := x.result.Index(a.Name)
		if a.IsHanded && at >= 0 && at != named && isNumber(x.result.Columns[at]) && !isHidden(a.Name) && x.key(r, explainer.Grain(a.From[0].Table), 0) != nil {
			columns = append(columns, a)
		}
	}
	if len(columns) == 0 || named < 0 {
		return t
	}
	t.Columns = []TableColumn{{Name: x.panel.X, Title: columnTitle(r.Words, x.panel.X)}}
	for _, a := range columns {
		t.Columns = append(t.Columns, TableColumn{Name: a.Name, Title: columnTitle(r.Words, a.Name), IsNumber: true})
	}
	for i, row := range x.result.Rows[:min(len(x.result.Rows), explainedValues)] {
		cells := []Cell{{Text: clip(say(r.Words, x.result.Columns[named], row[named]))}}
		for _, a := range columns {
			at := x.result.Index(a.Name)
			link := valueURL(a.From[0], x.key(r, explainer.Grain(a.From[0].Table), i))
			cells = append(cells, Cell{Text: say(r.Words, x.result.Columns[at], row[at]), IsNumber: true, Link: link})
		}
		t.Rows = append(t.Rows, cells)
	}
	return t
}

// key is what tells the mart's row behind a row of the result, as column=value; nil where the result does not say it.
func (x explainable) key(r *request, grain []string, row int) []string {
	if len(x.result.Rows) == 0 || len(grain) == 0 {
		return nil
	}
	var key []string
	for _, name := range grain {
		v := value(x.result, x.result.Rows[row], name)
		if v == "" && name == "cycle_id" && x.result.Index(name) < 0 {
			v = r.Filter.Cycle
		}
		isTold := slices.ContainsFunc(x.answered, func(a analytics.Answered) bool { return a.Name == name && a.IsHanded })
		if v == "" || !isTold && name != "cycle_id" {
			return nil
		}
		key = append(key, name+"="+v)
	}
	return key
}

// valueURL is where a mart's value is explained; "" without a key.
func valueURL(of analytics.Ref, key []string) string {
	if key == nil {
		return ""
	}
	return "/explain?" + url.Values{"model": {of.Table}, "column": {of.Column}, "key": key}.Encode()
}

// valuePage says where one value comes from, down to the files' lines.
type valuePage struct {
	page
	Column   explainedColumn
	Key      []Param
	Value    string
	Reason   string
	Settings []Param
	Sources  []traceVersion
	Inputs   []explainedInput
	Model    string
	IsTop    bool // its inputs are open
}

// T says a sentence in the page's language.
func (v valuePage) T(key string, pairs ...any) string { return v.page.T(key, pairs...) }

// explainedInput is a table with the rows that a value was made from.
type explainedInput struct {
	Title, More string
	Rows        []explainedRow
}

// explainedRow is a row of an input and the lines of files that state it.
type explainedRow struct {
	*words.Words
	Facts   []Param
	Sources []traceVersion
	Inputs  []explainedInput
	IsTop   bool // its inputs are open
}

func (s *server) explainValue(c echo.Context) error {
	r, err := s.readRequest(c)
	if err != nil {
		return err
	}
	if !r.mayExplainRows() {
		return &UserError{Status: http.StatusForbidden, Key: "error.not_allowed"}
	}
	explainer, err := s.explainer()
	if err != nil {
		return err
	}
	ask := analytics.Question{Mart: c.QueryParam("model"), Column: c.QueryParam("column"), Key: map[string]string{}}
	for _, pair := range c.QueryParams()["key"] {
		name, value, _ := strings.Cut(pair, "=")
		ask.Key[name] = value
	}
	x, err := explainer.Explain(c.Request().Context(), ask)
	var theirs *analytics.QuestionError
	if errors.As(err, &theirs) {
		return notFound("explain."+theirs.Key, clipped(theirs.Args))
	}
	if err != nil {
		return err
	}
	v := valueInWords(r, x)
	v.page = s.newPage(c, r, "")
	v.Title = v.T("explained.value_title", "column", v.Column.Heading)
	return s.render(c, http.StatusOK, "value.html", v)
}

// clipped keeps what a reader typed from filling the page.
func clipped(args map[string]any) map[string]any {
	short := map[string]any{}
	for name, v := range args {
		if t, ok := v.(string); ok && (name == "mart" || name == "column") {
			v = clip(t)
		}
		short[name] = v
	}
	return short
}
