package dashboards

import (
	"context"
	"database/sql"
	"testing"

	"github.com/perfloop/perfloop/analytics"
)

// A viewer of one unit who asks for another in the URL gets their own; one below their own is theirs to ask for.
func TestAViewerCannotAskBeyondTheirScope(t *testing.T) {
	db, err := analytics.Open(t.Context(), "", analytics.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	_, err = db.Update(t.Context(), func(ctx context.Context, conn *sql.Conn) error {
		_, err := conn.ExecContext(ctx, `
			insert into raw.unit (import_id, sheet, line, natural_key, unit_id, unit, parent_unit) values
				(1, '', 2, 'c', 'C', 'Company', null),
				(1, '', 3, 's', 'S', 'Sales', 'C'),
				(1, '', 4, 'e', 'E', 'East', 'S'),
				(1, '', 5, 'f', 'F', 'Finance', 'C');
			insert into raw.employee (import_id, sheet, line, natural_key, employee_id, employee_name, unit, hired_on) values
				(2, '', 2, '1', '1', 'Ada', 'S', '2020-01-01'),
				(2, '', 3, '2', '2', 'Bo', 'E', '2020-01-01'),
				(2, '', 4, '3', '3', 'Cy', 'F', '2020-01-01');
			insert into raw.cycle (import_id, sheet, line, natural_key, cycle) values (3, '', 2, '2025H1', '2025H1')`)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	s := &server{Config: Config{DB: db}, answers: newAnswers(answerBytes)}
	viewer := LocalViewer()
	viewer.Scope.UnitID = "S"
	for asked, want := range map[string]int{"": 2, "S": 2, "E": 1, "F": 2, "C": 2, "nowhere": 2} {
		args, err := Filter{Cycle: "2025H1", Unit: asked}.Args()
		if err != nil {
			t.Fatal(err)
		}
		args["lang"], args["as_of"] = "en", today()
		r, err := s.ask(t.Context(), viewer, "people/list", args)
		if err != nil {
			t.Fatal(err)
		}
		if len(r.Rows) != want {
			t.Errorf("asking for %q: %d people, want %d", asked, len(r.Rows), want)
		}
	}
}
