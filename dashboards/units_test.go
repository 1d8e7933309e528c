package dashboards

import (
	"context"
	"database/sql"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestUnitsAreSetAgainstTheRest works the comparison of one unit of the small company out by hand. Ratings of A are 0, 0, 1/3, 1/3, six of 2/3 and two
// of 1, those of B have a third 1/3 in the place of one 2/3: means 5/9 and 19/36, variances 0.10774 and 0.11027, so 0.0278 apart and 0.2642 to each side.
func TestUnitsAreSetAgainstTheRest(t *testing.T) {
	db := openWarehouse(t, rated)
	all, one := Filter{Cycle: "2026H1"}, Filter{Cycle: "2026H1", Unit: "A"}
	for _, c := range []struct {
		panel   string
		filter  Filter
		columns string
		want    []string
	}{
		{"units/differences", one, "figure difference_points lower_points upper_points chosen_share rest_share people_count rest_count reason_key", []string{
			"goals_set 0 -0.2132 0.2132 0.9231 0.9231 13 13 ", "aligned 0   0 0 12 12 no_variance", "planned 0   0 0 12 12 no_variance",
			"cadence 0   0.1667 0.1667 12 12 no_variance", "attainment 0 -0.1154 0.1154 0.86 0.86 12 12 ", "rated 0 -0.2132 0.2132 0.9231 0.9231 13 13 ",
			"mean_rating 0.0278 -0.2364 0.292 0.5556 0.5278 12 12 ", "delivered 0.6667 0.3552 0.9781 0.8333 0.1667 12 12 ",
			"acknowledged 0   0 0 12 12 no_variance", "closed 0   0 0 13 13 no_variance"}},
		{"units/differences", Filter{Cycle: "2026H1", Manager: "MB"}, "figure chosen_share rest_share people_count rest_count", []string{
			"goals_set 1 0.8571 12 14", "aligned 0 0 12 12", "planned 0 0 12 12", "cadence 0.1667 0.1667 12 12", "attainment 0.86 0.86 12 12",
			"rated 1 0.8571 12 14", "mean_rating 0.5278 0.5556 12 12", "delivered 0.1667 0.8333 12 12", "acknowledged 0 0 12 12", "closed 0 0 12 14"}},
		{"units/differences", all, "figure", nil},
		{"units/matrix", all, "unit_id figure mean_share people_count", []string{
			" goals_set 0.9231 26", " aligned 0 24", " planned 0 24", " cadence 0.1667 24", " attainment 0.86 24", " rated 0.9231 26",
			" mean_rating 0.5417 24", " delivered 0.5 24", " acknowledged 0 24", " closed 0 26",
			"A goals_set 0.9231 13", "A aligned 0 12", "A planned 0 12", "A cadence 0.1667 12", "A attainment 0.86 12", "A rated 0.9231 13",
			"A mean_rating 0.5556 12", "A delivered 0.8333 12", "A acknowledged 0 12", "A closed 0 13",
			"B goals_set 0.9231 13", "B aligned 0 12", "B planned 0 12", "B cadence 0.1667 12", "B attainment 0.86 12", "B rated 0.9231 13",
			"B mean_rating 0.5278 12", "B delivered 0.1667 12", "B acknowledged 0 12", "B closed 0 13"}},
		{"units/managers", all, "manager_id people_count attainment closed_share item_count", []string{"MB 12 0.86 0 15", "MA 12 0.86 0 14"}},
		{"units/trend", one, "cycle_id attainment company_attainment_share closed_share people_count", []string{"2025H2 0.725 0.725 0 13", "2026H1 0.86 0.86 0 13"}},
	} {
		result := rowsOf(t, db, panelText(t, c.panel), c.filter)
		if diff := cmp.Diff(c.want, cells(result, strings.Fields(c.columns)...)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", c.panel, diff)
		}
	}
	s := serve(t, db)
	for path, c := range map[string]string{
		"/units?cycle=2026H1":        "Units lie furthest apart in “Feedback given”: Workshop has 16.7\u00a0%, Orders desk 83.3\u00a0%",
		"/units?cycle=2026H1&unit=A": "Feedback given: 83.3\u00a0% here, above the 16.7\u00a0% of the rest of the company by more than chance (12 people)",
		"/units?cycle=2026H1&unit=B": "Feedback given: 16.7\u00a0% here against 83.3\u00a0% in the rest of the company, more than chance explains (12 people)",
	} {
		if page := s.get(path).body; !strings.Contains(page, c) {
			t.Errorf("%s does not say %q; it says %v", path, c, between(page, `<ul class="findings"`, "</ul>"))
		}
	}
}

// TestGoalsWithoutPeopleSayWhatIsMissing: files of goals alone fill no page about people; the overview says so.
func TestGoalsWithoutPeopleSayWhatIsMissing(t *testing.T) {
	s := serve(t, openWarehouse(t, func(ctx context.Context, conn *sql.Conn) error {
		_, err := conn.ExecContext(ctx, `insert into raw.goal by name select 1 as import_id, 'g' || i as natural_key, '2026H1' as cycle, 'Sales' as unit,
			'Orders ' || i as title, 'increase' as direction, 100 as target from range(3) as n(i)`)
		return err
	}))
	page := s.get("/loop").body
	if !strings.Contains(page, "3 goals are on file for this cycle, but nobody who has them") {
		t.Errorf("the page says %s", between(page, `<ul class="findings"`, "</ul>"))
	}
}
