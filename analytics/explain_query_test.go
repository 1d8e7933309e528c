package analytics

import (
	"slices"
	"testing"

	sqltext "github.com/perfloop/perfloop/sql"
)

// TestEveryPanelsColumnsCanBeExplained follows the names in each panel's query to marts and on to raw fields.
func TestEveryPanelsColumnsCanBeExplained(t *testing.T) {
	db := openEmpty(t)
	e, err := NewExplainer(t.Context(), db)
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range sqltext.Panels() {
		columns, err := e.Answered(t.Context(), file.Text)
		if err != nil {
			t.Errorf("%s: %v", file.Path, err)
			continue
		}
		if len(columns) == 0 {
			t.Errorf("%s: no columns", file.Path)
		}
	}
}

func TestAnAnswersColumnSaysWhatItIsMadeOf(t *testing.T) {
	db := openEmpty(t)
	e, err := NewExplainer(t.Context(), db)
	if err != nil {
		t.Fatal(err)
	}
	columns, err := e.Answered(t.Context(), `
		select one.employee_id, avg(one.attainment) as attainment
		from scoped_person(null, $unit, $job_family, $location, $grade, $manager, $attributes) as one
		group by one.employee_id`)
	if err != nil {
		t.Fatal(err)
	}
	id, attainment := columns[0], columns[1]
	if !id.IsHanded || !slices.Equal(id.From, []Ref{{"fct_employee_cycle", "employee_id"}}) {
		t.Errorf("employee_id: %+v", id)
	}
	if attainment.IsHanded || !slices.Equal(attainment.From, []Ref{{"fct_employee_cycle", "attainment"}}) {
		t.Errorf("attainment: %+v", attainment)
	}
	if attainment.Meaning.Said.En == "" || attainment.Meaning.Said.Zh == "" || attainment.Unit != "share" {
		t.Errorf("attainment means %+v in %q", attainment.Meaning.Said, attainment.Unit)
	}
	if !slices.Contains(attainment.Fields, Ref{"raw.goal", "target"}) {
		t.Errorf("attainment is not traced to a goal's target: %v", attainment.Fields)
	}
	if len(attainment.Formulas) == 0 || attainment.Formulas[0].Of != "attainment" {
		t.Errorf("attainment has no formula: %v", attainment.Formulas)
	}
}

func TestAFunctionIsCalledByItsWholeName(t *testing.T) {
	for text, want := range map[string]bool{
		"select * from signed_person(1)": true, "signed_person(1)": true, "select * from goal_signed_person(1)": false,
		"goal_signed_person(signed_person(1))": true, "signed_person": false, "": false,
	} {
		if got := calls(text, "signed_person"); got != want {
			t.Errorf("%q: %t", text, got)
		}
	}
}
