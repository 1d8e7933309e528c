package dashboards

import (
	"fmt"
	"html"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"github.com/labstack/echo/v4"

	"github.com/perfloop/perfloop/dashboards/words"
)

// TestEveryPanelIsExplained asks in both languages what the columns of each panel mean.
func TestEveryPanelIsExplained(t *testing.T) {
	s := serve(t, openWarehouse(t, scale(40)))
	for _, p := range panels() {
		for _, lang := range words.Languages {
			got := s.get(fmt.Sprintf("/explain?panel=%s&%s&lang=%s&cycle=2026H1", p.Name, askedOf, lang))
			if got.StatusCode != http.StatusOK || !strings.Contains(got.body, words.For(lang).T("explained.columns")) {
				t.Errorf("%s in %s: %s\n%.400s", p.Name, lang, got.Status, s.log)
			}
		}
	}
}

// TestAFigureLeadsToTheLinesOfTheFiles goes from a person's goals to one goal's attainment and finds its check-ins.
func TestAFigureLeadsToTheLinesOfTheFiles(t *testing.T) {
	s := serve(t, openWarehouse(t, scale(40)))
	page := s.get("/explain?panel=people/list&cycle=2026H1&location=Berlin")
	if !strings.Contains(page.body, "Berlin") || !strings.Contains(page.body, "fct_employee_cycle.attainment") {
		t.Errorf("the filter or the mart is not named:\n%s", page.body)
	}
	link := regexp.MustCompile(`href="(/explain\?[^"]*column=attainment[^"]*)"`).FindStringSubmatch(page.body)
	if link == nil {
		t.Fatalf("no figure leads on:\n%s", page.body)
	}
	for lang, want := range map[string]string{"en": "Made from", "zh": "由以下数据得出"} {
		got := s.get(html.UnescapeString(link[1]) + "&lang=" + lang)
		if got.StatusCode != http.StatusOK || !strings.Contains(got.body, want) || !strings.Contains(got.body, "fct_goal") {
			t.Errorf("%s: %s\n%s", lang, got.Status, got.body)
		}
	}
}

func TestAQuestionThatNamesNothingIsAnswered(t *testing.T) {
	s := serve(t, openWarehouse(t, scale(40)))
	for path, want := range map[string]string{
		"/explain?model=fct_none&column=x":                              "There is no table",
		"/explain?model=fct_goal&column=none&key=goal_id%3DG1":          "has no column",
		"/explain?model=fct_employee_cycle&column=attainment&key=a%3Db": "has no column a to tell a row by",
		"/explain?panel=loop/none":                                      "There is no such page",
		"/explain?model=" + url.QueryEscape("<script>"):                 "There is no table",
	} {
		got := s.get(path)
		if got.StatusCode != http.StatusNotFound || !strings.Contains(got.body, want) || strings.Contains(got.body, "<script>") {
			t.Errorf("%s: %s\n%s", path, got.Status, got.body)
		}
	}
}

// TestRowsBehindAFigureAreForWhoSeesAll holds a viewer of group figures, and one of a unit, from the rows of people.
func TestRowsBehindAFigureAreForWhoSeesAll(t *testing.T) {
	db := openWarehouse(t, scale(40))
	s := &server{Config: Config{DB: db, Now: today}, answers: newAnswers(answerBytes)}
	c := echo.New().NewContext(httptest.NewRequest(http.MethodGet, "/explain?cycle=2026H1", nil), httptest.NewRecorder())
	r, err := s.readRequest(c)
	if err != nil {
		t.Fatal(err)
	}
	if !r.mayExplainRows() {
		t.Error("who sees all is held back")
	}
	for _, v := range []Viewer{{}, {May: Permissions{SeeIndividuals: true}, Scope: Scope{UnitID: "D1"}}} {
		if r.Viewer = v; r.mayExplainRows() {
			t.Errorf("%+v may see rows of everybody", v)
		}
	}
}
