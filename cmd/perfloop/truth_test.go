package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// interval is where an analysis must find a planted figure.
type interval struct{ Lower, Upper float64 }

func (i interval) holds(t *testing.T, what string, got any) {
	t.Helper()
	x, ok := got.(float64)
	if !ok || x < i.Lower || x > i.Upper {
		t.Errorf("%s: got %v, want between %v and %v", what, got, i.Lower, i.Upper)
	}
}

// rater is a manager who was planted to be lenient or severe.
type rater struct {
	EmployeeID string   `json:"employee_id"`
	Residual   interval `json:"interval_mean_residual_labels"`
}

// fall is a planted drop of a KPI.
type fall struct {
	Metric      string
	EmployeeIDs []string `json:"employee_ids"`
	From, To    string
}

// planted is the part of truth.json that the models must find again.
type planted struct {
	Lenient rater `json:"lenient_manager"`
	Severe  rater `json:"severe_manager"`
	Leak    struct {
		UnitID    string   `json:"unit_id"`
		Missing   interval `json:"interval_missing_share"`
		Elsewhere interval `json:"interval_missing_share_elsewhere"`
	} `json:"feedback_leak"`
	Market fall `json:"market_fall"`
	Person fall `json:"person_fall"`
	Plan   struct {
		Effect interval `json:"interval_effect"`
	} `json:"improvement_plan_effect"`
	Null struct {
		Effect interval `json:"interval_effect"`
	} `json:"development_action_effect"`
	Gap struct {
		JobFamily string   `json:"job_family"`
		Labels    interval `json:"interval_gap_labels"`
		Elsewhere interval `json:"interval_gap_elsewhere_labels"`
	} `json:"rating_gap"`
	Gamed struct {
		UnitID  string   `json:"unit_id"`
		Bunched interval `json:"interval_bunched_share"`
	} `json:"gamed_targets"`
	Dirt []struct {
		File string
		Line int
	}
}

func readTruth(t *testing.T, data string) planted {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(data, "demo-files", "truth.json"))
	if err != nil {
		t.Fatal(err)
	}
	var truth planted
	if err := json.Unmarshal(text, &truth); err != nil {
		t.Fatal(err)
	}
	return truth
}

// truths are what was planted in the demo company, each looked for in the published marts.
var truths = map[string]func(t *testing.T, data string, truth planted){
	"only the spoiled rows are rejected":              dirtIsRejected,
	"the lenient and the severe manager are flagged":  ratersAreFlagged,
	"the loop leaks at feedback in one unit":          feedbackLeaks,
	"the market's fall is put down to the market":     marketFalls,
	"the person's fall is put down to the person":     personFalls,
	"improvement plans work and development does not": plansWork,
	"ratings differ by gender in one job family":      ratingsDiffer,
	"targets are gamed in one unit":                   targetsAreGamed,
}

func dirtIsRejected(t *testing.T, data string, truth planted) {
	want := map[[2]any]bool{}
	for _, d := range truth.Dirt {
		want[[2]any{d.File, float64(d.Line)}] = true
	}
	if len(want) == 0 {
		t.Fatal("truth.json names no dirt")
	}
	got := map[[2]any]bool{}
	for _, row := range query(t, data, "select i.file_name, r.line from raw.rejected_row as r join raw.import as i using (import_id)") {
		got[[2]any{row[0], row[1]}] = true
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("rejected rows (-planted +rejected): %s", diff)
	}
}

// Residuals are in shares of a scale of five labels, so a label is a quarter.
func ratersAreFlagged(t *testing.T, data string, truth planted) {
	for _, r := range []rater{truth.Lenient, truth.Severe} {
		row := query(t, data, "select 4 * sum(mean_residual * rated_count) / sum(rated_count), bool_and(is_flagged), bool_and(interval_lower > 0 or interval_upper < 0) from fct_rater where reviewer_id = '"+r.EmployeeID+"'")[0]
		r.Residual.holds(t, "mean residual of "+r.EmployeeID, row[0])
		if row[1] != true || row[2] != true {
			t.Errorf("%s: flagged in every cycle %v, interval away from 0 %v", r.EmployeeID, row[1], row[2])
		}
	}
	others := query(t, data, "select avg(is_flagged::integer) from fct_rater where reviewer_id not in ('"+truth.Lenient.EmployeeID+"', '"+truth.Severe.EmployeeID+"')")
	interval{0, 0.10}.holds(t, "share of the other raters flagged", others[0][0])
}

func feedbackLeaks(t *testing.T, data string, truth planted) {
	for here, want := range map[string]interval{"=": truth.Leak.Missing, "!=": truth.Leak.Elsewhere} {
		got := query(t, data, `select avg((step.state = 'missed')::integer)
			from fct_step as step join fct_employee_cycle as person using (employee_id, cycle_id)
			where step.step = 'feedback' and person.rating_label is not null and step.cycle_id in ('2025H2', '2026H1') and person.unit_id `+here+" '"+truth.Leak.UnitID+"'")
		want.holds(t, "share without feedback where the unit is "+here+" "+truth.Leak.UnitID, got[0][0])
	}
}

// alarms counts the cause hints of a fall's alarms on its people.
func alarms(t *testing.T, data string, f fall) map[any]float64 {
	t.Helper()
	list, err := json.Marshal(f.EmployeeIDs)
	if err != nil {
		t.Fatal(err)
	}
	counts := map[any]float64{}
	for _, row := range query(t, data, "select cause_hint, count(distinct employee_id) from fct_reading where is_alarm and metric = '"+f.Metric+"' and read_on between '"+f.From+"' and '"+f.To+
		"' and list_contains(from_json('"+string(list)+"', '[\"VARCHAR\"]'), employee_id) group by cause_hint") {
		counts[row[0]] = row[1].(float64)
	}
	return counts
}

func marketFalls(t *testing.T, data string, truth planted) {
	got := alarms(t, data, truth.Market)
	people := float64(len(truth.Market.EmployeeIDs))
	if got["environment"] < 0.6*people || got["individual"] > 0.05*people {
		t.Errorf("cause hints of %v people: %v, want mostly environment and hardly ever individual", people, got)
	}
}

func personFalls(t *testing.T, data string, truth planted) {
	if got := alarms(t, data, truth.Person); got["individual"] != 1 || got["environment"] != 0 || got["both"] != 0 {
		t.Errorf("cause hints of the one person: %v, want individual alone", got)
	}
}

// plansWork compares low-rated people with and without a plan in the cycle after: by the naive change development looks like a
// success, by the change corrected for regression to the mean and against those without, it is none.
func plansWork(t *testing.T, data string, truth planted) {
	rows := query(t, data, `
		with low as (
			select rating.employee_id, rating.cycle_id, coalesce(max(plan.plan_kind), 'none') as plan_kind
			from fct_rating as rating left join fct_improvement_plan as plan using (employee_id, cycle_id)
			where rating.rank <= 2 group by all
		)
		select low.plan_kind, avg(later.attainment_change_points), avg(later.adjusted_attainment_change_points)
		from low
		join dim_cycle as cycle on cycle.previous_cycle_id = low.cycle_id and cycle.is_closed
		join fct_employee_cycle as later on later.employee_id = low.employee_id and later.cycle_id = cycle.cycle_id
		where later.attainment_change_points is not null group by all`)
	naive, adjusted := map[any]float64{}, map[any]float64{}
	for _, row := range rows {
		naive[row[0]], adjusted[row[0]] = row[1].(float64), row[2].(float64)
	}
	truth.Plan.Effect.holds(t, "effect of improvement plans", adjusted["improvement"]-adjusted["none"])
	truth.Null.Effect.holds(t, "effect of development actions", adjusted["development"]-adjusted["none"])
	interval{0.04, 0.2}.holds(t, "naive change after development actions, which misleads", naive["development"])
	truth.Null.Effect.holds(t, "adjusted change after development actions", adjusted["development"])
}

func ratingsDiffer(t *testing.T, data string, truth planted) {
	for here, want := range map[string]interval{"=": truth.Gap.Labels, "!=": truth.Gap.Elsewhere} {
		got := query(t, data, `select 4 * (avg(residual) filter (gender = 'male') - avg(residual) filter (gender = 'female'))
			from fct_rating_residual join fct_employee_cycle as person using (employee_id, cycle_id)
			join (select distinct employee_id, gender from dim_employee) as who using (employee_id)
			where person.job_family `+here+" '"+truth.Gap.JobFamily+"'")
		want.holds(t, "gap in labels where the job family is "+here+" "+truth.Gap.JobFamily, got[0][0])
	}
}

func targetsAreGamed(t *testing.T, data string, truth planted) {
	got := query(t, data, `select avg((goal.attainment between 1 and 1.02)::integer)
		from fct_goal as goal join fct_employee_cycle as person using (employee_id, cycle_id)
		join dim_cycle as cycle on cycle.cycle_id = goal.cycle_id and cycle.is_closed
		where goal.actual_source = 'final' and person.unit_id = '`+truth.Gamed.UnitID+"'")
	truth.Gamed.Bunched.holds(t, "share of attainments from 1.00 to 1.02", got[0][0])
}
