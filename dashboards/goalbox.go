package dashboards

import (
	"errors"
	"net/http"
	"strings"
	"unicode/utf8"

	"github.com/labstack/echo/v4"

	"github.com/perfloop/perfloop/analytics"
	sqltext "github.com/perfloop/perfloop/sql"
)

// What the box for goal texts takes: characters in all, and goals, a line each; and its form in bytes, where a character takes up to twelve.
const (
	boxCharacters = 10_000
	boxGoals      = 50
	boxFormLimit  = 12*boxCharacters + 4096
)

// goalBox is the form that scores goal texts at once, with what was pasted and how it scored. Nothing of it is kept.
type goalBox struct {
	page
	Action, Back                    string
	Text, Metric, Unit, Target, Due string
	Parent                          string
	Problem                         string // what is wrong with the text, in words
	Goals                           []scoredGoal
	Limit, MostGoals                int
	IsOpen                          bool
}

// scoredGoal is one line of the text with its score and criteria.
type scoredGoal struct {
	Title, Full, Score string
	Criteria           []scoredCriterion
}

// scoredCriterion is one criterion, how far it is met and the rule that says so, which says what to mend too.
type scoredCriterion struct {
	Name, State, Verdict, Rule string // State: met, half or unmet
}

// newGoalBox is the empty form about the cycle shown.
func newGoalBox(r *request, frame page) *goalBox {
	return &goalBox{page: frame, Action: r.Filter.Scope().URL("/goals/score"), Back: r.Filter.Scope().URL("/goals"), Limit: boxCharacters, MostGoals: boxGoals}
}

// goalBoxPage answers the form on a page of its own.
func (s *server) goalBoxPage(c echo.Context) error {
	r, err := s.readRequest(c)
	if err != nil {
		return err
	}
	box := newGoalBox(r, s.newPage(c, r, "goals"))
	box.Title, box.IsOpen = box.T("goalbox.title"), true
	return s.render(c, http.StatusOK, "goalbox.html", box)
}

// scoreGoals answers what was pasted with its scores: the results alone for a page that asks for them, else the page
// with the form. The text comes in the body, so it is in no address, log or history.
func (s *server) scoreGoals(c echo.Context) error {
	r, err := s.readRequest(c)
	if err != nil {
		return err
	}
	box := newGoalBox(r, s.newPage(c, r, "goals"))
	box.Title, box.IsOpen = box.T("goalbox.title"), true
	status := http.StatusOK
	if err = box.read(c); err == nil {
		err = s.fillGoalBox(c, r, box)
	}
	var mistake *UserError
	if errors.As(err, &mistake) {
		status, box.Problem, err = mistake.Status, mistake.sentence(r.Words), nil
	}
	if err != nil {
		return err
	}
	if c.Request().Header.Get("HX-Request") != "" {
		return s.render(c, status, "_goalscores.html", box)
	}
	return s.render(c, status, "goalbox.html", box)
}

// read takes the form; it refuses a text that is empty, too long or no text.
func (b *goalBox) read(c echo.Context) error {
	c.Request().Body = http.MaxBytesReader(c.Response(), c.Request().Body, boxFormLimit)
	form, err := c.FormParams()
	tooLong := &UserError{Status: http.StatusRequestEntityTooLarge, Key: "error.long_goals", Args: map[string]any{"count": boxCharacters, "goals": boxGoals}}
	var tooLarge *http.MaxBytesError
	if errors.As(err, &tooLarge) {
		return tooLong
	}
	if err != nil {
		return &UserError{Status: http.StatusBadRequest, Key: "error.bad_request"}
	}
	b.Text, b.Metric, b.Unit = form.Get("text"), form.Get("metric"), form.Get("unit_of_measure")
	b.Target, b.Due, b.Parent = form.Get("target"), form.Get("due_on"), form.Get("parent")
	all := b.Text + b.Metric + b.Unit + b.Target + b.Due + b.Parent
	text := strings.TrimSpace(strings.ReplaceAll(b.Text, "\r\n", "\n"))
	switch {
	case text == "":
		return &UserError{Status: http.StatusUnprocessableEntity, Key: "error.empty_goals"}
	case !utf8.ValidString(all) || strings.ContainsRune(all, 0):
		return &UserError{Status: http.StatusBadRequest, Key: "error.bad_request"}
	case utf8.RuneCountInString(all) > boxCharacters || strings.Count(text, "\n") >= boxGoals:
		return tooLong
	}
	return nil
}

// fillGoalBox scores the text. It asks for no row about anybody, so there is nothing to narrow to the viewer's scope.
func (s *server) fillGoalBox(c echo.Context, r *request, b *goalBox) error {
	query, _ := sqltext.Panel("goals/box")
	args := analytics.Args{"cycle": nil, "text": b.Text, "goal_metric": b.Metric, "goal_unit": b.Unit, "goal_target": b.Target, "goal_due": b.Due, "goal_parent": b.Parent}
	if r.Cycle != nil {
		args["cycle"] = r.Cycle.ID
	}
	result, err := s.DB.Query(c.Request().Context(), query.Text, args, boxGoals)
	if err != nil {
		return errors.New("score pasted goals") // the engine's error may quote the text
	}
	for _, row := range result.Rows {
		full := value(result, row, "title")
		goal := scoredGoal{Title: clip(full), Full: full, Score: r.Words.T("goalbox.score", "score", r.Words.Number(number(row[result.Index("smart_score")]), 1))}
		for _, criterion := range []string{"specific", "measurable", "attainable", "relevant", "time_bound"} {
			state := map[string]string{"1": "met", "0.5": "half"}[value(result, row, criterion)]
			if state == "" {
				state = "unmet"
			}
			goal.Criteria = append(goal.Criteria, scoredCriterion{Name: r.Words.T("smart." + criterion), State: state,
				Verdict: r.Words.T("goalbox." + state), Rule: r.Words.T("smart." + value(result, row, criterion+"_reason"))})
		}
		b.Goals = append(b.Goals, goal)
	}
	return nil
}
