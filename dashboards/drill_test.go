package dashboards

import (
	"context"
	"net/url"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/perfloop/perfloop/analytics"
	sqltext "github.com/perfloop/perfloop/sql"
)

// TestDrillsListThePeopleOfTheMark holds the list of people behind each drill against the mart that the mark counts.
func TestDrillsListThePeopleOfTheMark(t *testing.T) {
	db := openWarehouse(t, scale(120))
	const cycle = "2026H1"
	for address, want := range map[string]string{
		"sign=check_in_overdue&cycle=2026H2":         `select employee_id from fct_employee_monitoring where cycle_id = '2026H2' and is_check_in_overdue`,
		"sign=owner_kinder":                          `select employee_id from fct_employee_monitoring where cycle_id = '2026H1' and owner_kinder_count > 0`,
		"sign=not_talked":                            `select employee_id from fct_employee_monitoring where cycle_id = '2026H1' and conversation_count = 0`,
		"sign=low_unmet":                             `select employee_id from fct_feedback where cycle_id = '2026H1' and is_low_unmet`,
		"sign=feedback_unacknowledged":               `select employee_id from fct_feedback where cycle_id = '2026H1' and is_delivered and not is_acknowledged`,
		"measure=feedback_days&from=7&to=14":         `select employee_id from fct_feedback where cycle_id = '2026H1' and feedback_days between 7 and 13`,
		"measure=pace&from=-0.2&to=-0.1":             `select distinct employee_id from fct_goal where cycle_id = '2026H1' and employee_id is not null and not is_cancelled and pace >= -0.2 and pace < -0.1`,
		"metric=Orders&alarm=dip":                    `select distinct employee_id from fct_alarm where metric = 'Orders' and alarm_kind = 'dip' and alarm_on between '2026-01-01' and '2026-06-30'`,
		"status=overdue&owner_status=on_track":       `select distinct employee_id from fct_goal where cycle_id = '2026H1' and status = 'overdue' and owner_status = 'on_track' and employee_id is not null`,
		"measure=reaction_days&from=0&to=15":         `select distinct employee_id from fct_alarm where cycle_id = '2026H1' and reaction_days < 15`,
		"sign=check_in_overdue&cycle=2026H2&unit=D1": `select employee_id from fct_employee_monitoring join fct_employee_cycle using (employee_id, cycle_id) where cycle_id = '2026H2' and is_check_in_overdue and unit_path like 'Company/Division 1/%'`,
	} {
		values, err := url.ParseQuery(address)
		if err != nil {
			t.Fatal(err)
		}
		f := readFilter(values)
		if f.Cycle == "" {
			f.Cycle = cycle
		}
		expected := employees(t, db, want, Filter{})
		if len(expected) == 0 {
			t.Errorf("%s: nobody in the generated company: the case shows nothing", address)
		}
		if diff := cmp.Diff(expected, employees(t, db, panelText(t, "people/list"), f)); diff != "" {
			t.Errorf("%s (-mart +list):\n%s", address, diff)
		}
	}
}

func panelText(t *testing.T, name string) string {
	t.Helper()
	f, ok := sqltext.Panel(name)
	if !ok {
		t.Fatalf("no panel %s", name)
	}
	return f.Text
}

// employees are the ids that a query finds, each with a true.
func employees(t *testing.T, db *analytics.DB, text string, f Filter) map[string]bool {
	t.Helper()
	result := rowsOf(t, db, text, f)
	found := map[string]bool{}
	for _, row := range result.Rows {
		found[value(result, row, "employee_id")] = true
	}
	return found
}

// rowsOf asks as a panel does, in English.
func rowsOf(t *testing.T, db *analytics.DB, text string, f Filter) *analytics.Result {
	t.Helper()
	args, err := f.Args()
	if err != nil {
		t.Fatal(err)
	}
	args["lang"], args["as_of"], args["employee_id"], args["import_id"] = "en", today(), nil, nil
	result, err := db.Query(context.Background(), text, args, 0)
	if err != nil {
		t.Fatalf("%v\n%s", err, text)
	}
	return result
}
