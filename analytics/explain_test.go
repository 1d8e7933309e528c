package analytics

import (
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestEveryColumnOfEveryMartIsExplained asks for each column of a row of each mart: the value is the row's, and what it is made of is
// said.
func TestEveryColumnOfEveryMartIsExplained(t *testing.T) {
	db := openScale(t, scale{employees: 40, cycles: 4, goals: 3, checkIns: 4})
	e, err := NewExplainer(t.Context(), db)
	if err != nil {
		t.Fatal(err)
	}
	for _, mart := range e.marts() {
		m := e.lineage.Model(mart)
		r, err := db.Query(t.Context(), "select * from "+mart+" order by all", nil, 1)
		if err != nil {
			t.Fatal(err)
		}
		if len(r.Rows) == 0 {
			continue
		}
		row := rowValues(r, 0)
		key := map[string]string{}
		for _, name := range grainOf(mart, m.names()) {
			key[name] = cellText(row[name])
		}
		for _, c := range m.Columns {
			x, err := e.Explain(t.Context(), Question{Mart: mart, Column: c.Name, Key: key, Limit: 2, Depth: 2})
			if err != nil {
				t.Errorf("%s.%s: %v", mart, c.Name, err)
				continue
			}
			if !cmp.Equal(x.Value, row[c.Name]) {
				t.Errorf("%s.%s: explains %v, the row says %v", mart, c.Name, x.Value, row[c.Name])
			}
			if len(x.Formulas)+len(x.Sources)+len(x.Inputs)+len(x.Settings) == 0 {
				t.Errorf("%s.%s: nothing is said; it comes from %v", mart, c.Name, e.lineage.Trace(Ref{mart, c.Name}, e.isMart))
			}
		}
	}
}

// explainCase builds a golden case and explains a value of it.
func explainCase(t *testing.T, claim string, ask Question) *Explanation {
	t.Helper()
	db := openEmpty(t)
	if _, err := db.Update(t.Context(), loadCase(filepath.Join("..", "testdata", "models", claim))); err != nil {
		t.Fatal(err)
	}
	e, err := NewExplainer(t.Context(), db)
	if err != nil {
		t.Fatal(err)
	}
	x, err := e.Explain(t.Context(), ask)
	if err != nil {
		t.Fatal(err)
	}
	return x
}

// outline is an explanation's rows as lines: the table, the row's own word, and where the files say it.
func outline(inputs []Input, indent string) []string {
	var lines []string
	for _, in := range inputs {
		lines = append(lines, fmt.Sprintf("%s%s %d", indent, in.Table, in.Count))
		for _, row := range in.Rows {
			var places []string
			for _, s := range row.Sources {
				places = append(places, fmt.Sprintf("%s:%d", s.Sheet, s.Line))
			}
			lines = append(lines, indent+"  "+strings.Join(places, " "))
			lines = append(lines, outline(row.Inputs, indent+"    ")...)
		}
	}
	return lines
}

func TestAttainmentIsExplainedDownToTheFilesLines(t *testing.T) {
	ask := Question{Mart: "fct_goal", Column: "attainment", Key: map[string]string{"goal_id": "A"}}
	x := explainCase(t, "the_last_check_in_up_to_as_of_is_the_actual", ask)
	if x.Value != 0.5 || len(x.Sources) != 1 || x.Sources[0].Kind != "goal" || x.Sources[0].Line != 2 || x.Sources[0].Values["target"] != 100.0 {
		t.Errorf("value %v stated in %+v", x.Value, x.Sources)
	}
	want := []string{"fct_check_in 2", "  raw.check_in:3", "  raw.check_in:2"} // the newest first; line 4 is after as_of
	if diff := cmp.Diff(want, outline(x.Inputs, "")); diff != "" {
		t.Errorf("inputs (-want +got): %s", diff)
	}
	if !slices.ContainsFunc(x.Settings, func(s SettingValue) bool { return s.Name == "attainment_cap" && s.Value == 1.5 }) {
		t.Errorf("thresholds: %v", x.Settings)
	}
	if !slices.ContainsFunc(x.Formulas, func(f Formula) bool { return strings.HasPrefix(f.Of, "value_attainment(") }) {
		t.Errorf("formulas: %v", x.Formulas)
	}
}

func TestAPersonsAttainmentIsExplainedByGoalsAndTheirCheckIns(t *testing.T) {
	ask := Question{Mart: "fct_employee_cycle", Column: "attainment", Key: map[string]string{"employee_id": "E1", "cycle_id": "2025H1"}}
	x := explainCase(t, "the_last_check_in_up_to_as_of_is_the_actual", ask)
	want := []string{
		"fct_goal 2",
		"  raw.goal:2", "    fct_check_in 2", "      raw.check_in:3", "      raw.check_in:2",
		"  raw.goal:3", "    fct_check_in 1", "      raw.check_in:5",
	}
	got := slices.DeleteFunc(outline(x.Inputs, ""), func(line string) bool { return strings.Contains(line, "dim_cycle") })
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("inputs (-want +got): %s", diff)
	}
	if got := x.Inputs[0].Rows[1].Values["attainment"]; got != 0.8 {
		t.Errorf("the second goal's attainment is %v", got)
	}
}

func TestAWrongQuestionIsTold(t *testing.T) {
	e, err := NewExplainer(t.Context(), openEmpty(t))
	if err != nil {
		t.Fatal(err)
	}
	for want, ask := range map[string]Question{
		"no_mart":   {Mart: "raw.goal", Column: "title"},
		"no_column": {Mart: "fct_goal", Column: "colour"},
		"no_key":    {Mart: "fct_goal", Column: "title", Key: map[string]string{"colour": "red"}},
		"no_row":    {Mart: "fct_goal", Column: "title", Key: map[string]string{"goal_id": "' or true --"}},
	} {
		_, err := e.Explain(t.Context(), ask)
		var theirs *QuestionError
		if !errors.As(err, &theirs) || theirs.Key != want {
			t.Errorf("%+v: got %v, want %s", ask, err, want)
		}
	}
}
