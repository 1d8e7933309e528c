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

	"gonum.org/v1/gonum/stat/distuv"
)

const (
	plantedSeverity = 0.3 // of a lenient or severe rater, as a share of the scale
	plantedGap      = 0.3 // by which women are favoured less often
)

// TestPlantedRatersAndGapsAreFoundAndNoneIsNot rates people as coins fall: by raters who differ, by a few who do and many who
// do not, and by none; with a gap between groups, and without.
func TestPlantedRatersAndGapsAreFoundAndNoneIsNot(t *testing.T) {
	db, err := Open(t.Context(), "", Options{Now: func() time.Time { return time.Date(2025, 8, 31, 12, 0, 0, 0, time.UTC) }})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	companies, err := os.ReadFile(filepath.Join("..", "testdata", "planted", "ratings.sql"))
	if err != nil {
		t.Fatal(err)
	}
	numbers := strings.NewReplacer("$seeds", fmt.Sprint(plantedSeeds), "$severity", fmt.Sprint(plantedSeverity), "$gap", fmt.Sprint(plantedGap))
	update(t, db, func(ctx context.Context, conn *sql.Conn) error {
		return execAll(ctx, conn, numbers.Replace(string(companies)))
	})
	t.Run("raters", func(t *testing.T) { compareRaters(t, db) })
	t.Run("gaps", func(t *testing.T) { compareGaps(t, db) })
}

func compareRaters(t *testing.T, db *DB) {
	const truth = `from fct_rater as rater join (select distinct cycle, reviewer_id, comment::double as severity from raw.appraisal) as planted
		on planted.cycle = rater.cycle_id and planted.reviewer_id = rater.reviewer_id where rater.cycle_id[1] = `
	held := planted(t, db, "select count(*) filter (severity_planted between interval_lower and interval_upper)::double from (select planted.severity as severity_planted, rater.* "+truth+"'R')")
	stated := planted(t, db, "select count(interval_lower)::double "+truth+"'R'")
	wantShare(t, "severity inside the interval of raters who differ", portion{held, stated}, 0.95)

	found := planted(t, db, "select count(*) filter (is_flagged and planted.severity != 0)::double "+truth+"'Q'")
	falsely := planted(t, db, "select avg(share) from (select coalesce(count(*) filter (is_flagged and planted.severity = 0) / nullif(count(*) filter (is_flagged), 0), 0) as share "+truth+"'Q' group by rater.cycle_id)")
	t.Logf("of 4 raters each in %d companies %.0f %% are flagged; false discoveries %.3f in the mean, at most 0.05 × 16/20 stated", plantedSeeds, 100*found/4/plantedSeeds, falsely)
	if found < 0.4*4*plantedSeeds {
		t.Errorf("only %.0f lenient and severe raters are flagged", found)
	}
	// A share lies in [0, 1] and is 0 mostly: its mean over the companies has a standard deviation under 0.03.
	if falsely > 0.04+3*0.03 {
		t.Errorf("false discoveries are %.3f of the flagged, stated 0.05", falsely)
	}
	companies := planted(t, db, "select count(distinct rater.cycle_id) filter (is_flagged)::double "+truth+"'N'")
	wantAtMost(t, "companies of raters alike with any flagged", portion{companies, plantedSeeds}, 0.05)
}

func compareGaps(t *testing.T, db *DB) {
	const figures = "from fct_fairness where attribute = 'gender' and group_value != reference_group and cycle_id[1] = "
	held := planted(t, db, fmt.Sprintf("select count(*) filter (-%g between stratified_lower_points and stratified_upper_points)::double ", plantedGap)+figures+"'F'")
	stated := planted(t, db, "select count(stratified_lower_points)::double "+figures+"'F'")
	wantShare(t, "gap inside its interval", portion{held, stated}, 0.95)
	found := planted(t, db, "select count(*) filter (p_value <= 0.05)::double "+figures+"'F'")
	t.Logf("gap of %g: p ≤ 0.05 in %.0f %% of the companies", plantedGap, 100*found/plantedSeeds)
	if found < 0.8*plantedSeeds {
		t.Errorf("a gap of %g is found in %.0f of %d companies", plantedGap, found, plantedSeeds)
	}
	wantAtMost(t, "companies without a gap where p ≤ 0.05", portion{planted(t, db, "select count(*) filter (p_value <= 0.05)::double "+figures+"'E'"), plantedSeeds}, 0.05)
	zero := planted(t, db, "select count(*) filter (0 between stratified_lower_points and stratified_upper_points)::double "+figures+"'E'")
	wantShare(t, "no gap inside the interval", portion{zero, planted(t, db, "select count(stratified_lower_points)::double "+figures+"'E'")}, 0.95)
}

// portion is how many of n something is true of.
type portion struct{ count, n float64 }

// wantShare wants a count that chance gives in 99.9 of 100 tries, were the share what is stated.
func wantShare(t *testing.T, what string, of portion, share float64) {
	t.Helper()
	count, n := of.count, of.n
	t.Logf("%s: %.0f of %.0f, %.1f %%", what, count, n, 100*count/n)
	stated := distuv.Binomial{N: n, P: share}
	if n < plantedSeeds/2 || stated.CDF(count) < 0.0005 || 1-stated.CDF(count-1) < 0.0005 {
		t.Errorf("%s: %.0f of %.0f is not what chance gives about %g", what, count, n, share)
	}
}

// wantAtMost wants no more than chance gives in 999 of 1000 tries, were the share what is stated.
func wantAtMost(t *testing.T, what string, of portion, share float64) {
	t.Helper()
	count, n := of.count, of.n
	t.Logf("%s: %.0f of %.0f, %.1f %% (stated %.0f %%)", what, count, n, 100*count/n, 100*share)
	if 1-(distuv.Binomial{N: n, P: share}).CDF(count-1) < 0.001 {
		t.Errorf("%s: %.0f of %.0f is more than chance gives about %g", what, count, n, share)
	}
}
