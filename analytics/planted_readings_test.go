package analytics

import (
	"context"
	"database/sql"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// quietAlarmShare is what the catalogue states of normal readings where nothing happens: how many of them are alarms. Simulated apart from
// the models: a deviation of 12 readings is often too small, hence far more than the normal distribution's 0.02 %.
const quietAlarmShare = 0.012

// TestPlantedFallsAreFoundAndQuietReadingsAreNot lets KPIs fall for everybody, for one person, and not at all.
func TestPlantedFallsAreFoundAndQuietReadingsAreNot(t *testing.T) {
	db, err := Open(t.Context(), "", Options{Now: func() time.Time { return time.Date(2024, 1, 31, 12, 0, 0, 0, time.UTC) }})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	companies, err := os.ReadFile(filepath.Join("..", "testdata", "planted", "readings.sql"))
	if err != nil {
		t.Fatal(err)
	}
	update(t, db, func(ctx context.Context, conn *sql.Conn) error {
		return execAll(ctx, conn, strings.ReplaceAll(string(companies), "$seeds", fmt.Sprint(plantedSeeds)))
	})
	const fallen = "from fct_reading where read_on = date '2023-08-31' and metric[2:]::integer % 2 = "
	for _, f := range []struct {
		name, where, cause, other string
		people                    float64
	}{
		{"the market's fall", "0", "environment", "individual", 12 * plantedSeeds / 2},
		{"the one person's fall", "1 and employee_id like '%-0'", "individual", "environment", plantedSeeds / 2},
	} {
		alarms := planted(t, db, "select count(*) filter (is_alarm)::double "+fallen+f.where)
		right := planted(t, db, "select count(*) filter (is_alarm and cause_hint = '"+f.cause+"')::double "+fallen+f.where)
		other := planted(t, db, "select count(*) filter (is_alarm and cause_hint = '"+f.other+"')::double "+fallen+f.where)
		t.Logf("%s: of %.0f readings %.0f are alarms, %.0f put down to the %s, %.0f to the %s", f.name, f.people, alarms, right, f.cause, other, f.other)
		if alarms < 0.85*f.people || right < 0.5*alarms || other > 0.02*alarms {
			t.Errorf("%s: %.0f alarms of %.0f, %.0f %s, %.0f %s", f.name, alarms, f.people, right, f.cause, other, f.other)
		}
	}
	const quiet = "from fct_reading where z is not null and read_on != date '2023-08-31'"
	judged := planted(t, db, "select count(*)::double "+quiet)
	wantShare(t, "quiet readings that are alarms", portion{planted(t, db, "select count(*) filter (is_alarm)::double "+quiet), judged}, quietAlarmShare)
	t.Logf("quiet readings by which a lasting shift is found: %.4f", planted(t, db, "select avg(is_shift_alarm::integer) "+quiet))
}
