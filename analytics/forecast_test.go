package analytics

import (
	"context"
	"database/sql"
	"fmt"
	"math"
	"math/rand/v2"
	"testing"
	"time"
)

// heading is a goal of 100 days with check-ins on some of them: what was attained by then.
type heading struct {
	days     []int
	attained []float64
}

var (
	lastStart = time.Date(2025, 1, 1, 0, 0, 0, 0, time.UTC)
	nextStart = time.Date(2025, 7, 1, 0, 0, 0, 0, time.UTC)
)

// TestForecastsAgreeWithTheirDefinition compares the forecasts of random goals, and the back-test on a closed cycle, with loops
// written from the definition: gone are 50 of the 100 days.
func TestForecastsAgreeWithTheirDefinition(t *testing.T) {
	random := rand.New(rand.NewPCG(11, 3))
	closed, running := randomHeadings(random, 40, 100), randomHeadings(random, 60, 50)
	db := openOn(t, nextStart.AddDate(0, 0, 50).Format(time.DateOnly))
	update(t, db, func(ctx context.Context, conn *sql.Conn) error {
		if err := execAll(ctx, conn, `insert into raw.cycle (natural_key, cycle, cycle_kind, starts_on, ends_on) values
			('a', '2025H1', 'half', '2025-01-01', '2025-06-30'), ('b', '2025H2', 'half', '2025-07-01', '2025-12-31')`); err != nil {
			return err
		}
		if err := loadHeadings(ctx, conn, lastStart, closed); err != nil {
			return err
		}
		return loadHeadings(ctx, conn, nextStart, running)
	})
	compareForecasts(t, db, running, past{meanOfPeople(closed), backTest(t, db, closed)[5]})
}

func randomHeadings(random *rand.Rand, count, until int) []heading {
	all := make([]heading, count)
	for i := range all {
		pace := 0.6 + 0.8*random.Float64()
		for day := random.IntN(40); day <= until; day += 1 + random.IntN(35) {
			all[i].days = append(all[i].days, day)
			all[i].attained = append(all[i].attained, pace*float64(day)/100+0.1*random.Float64()-0.05)
		}
	}
	return all
}

func loadHeadings(ctx context.Context, conn *sql.Conn, start time.Time, all []heading) error {
	cycle := map[time.Time]string{lastStart: "2025H1", nextStart: "2025H2"}[start]
	for i, h := range all {
		id := fmt.Sprintf("%s-%02d", cycle, i)
		person := fmt.Sprint("E", i%10)
		if _, err := conn.ExecContext(ctx, `insert into raw.goal (import_id, line, natural_key, cycle, goal_id, employee_id, direction, baseline, target, starts_on, due_on)
			values (1, ?, ?, ?, ?, ?, 'decrease', 300, 100, ?, ?)`, i, id, cycle, id, person, start, start.AddDate(0, 0, 100)); err != nil {
			return err
		}
		for k, day := range h.days {
			if _, err := conn.ExecContext(ctx, `insert into raw.check_in (import_id, line, natural_key, goal_id, employee_id, checked_on, value) values (1, ?, ?, ?, ?, ?, ?)`,
				1000*i+k, fmt.Sprint(id, "|", k), id, person, start.AddDate(0, 0, day), 300-200*h.attained[k]); err != nil {
				return err
			}
		}
	}
	return nil
}

func within(x float64) float64 { return max(0, min(1.5, x)) }

// final is where a goal ended; NaN without a check-in.
func (h heading) final() float64 {
	if len(h.days) == 0 {
		return math.NaN()
	}
	return within(h.attained[len(h.attained)-1])
}

// lead is the last value by an elapsed share, and what the check-ins until then lead to by the end; NaN where they lead nowhere.
func (h heading) lead(elapsed float64) (last, end float64, count int) {
	var sx, sy, sxx, sxy float64
	for i, day := range h.days {
		x, y := float64(day)/100, h.attained[i]
		if x > elapsed {
			break
		}
		last = y
		count++
		sx, sy, sxx, sxy = sx+x, sy+y, sxx+x*x, sxy+x*y
	}
	n := float64(count)
	switch {
	case count == 0:
		return math.NaN(), math.NaN(), 0
	case count >= 3:
		slope := (n*sxy - sx*sy) / (n*sxx - sx*sx)
		return last, within((sy-slope*sx)/n + slope), count
	case elapsed < 0.2:
		return last, math.NaN(), count
	}
	return last, within(last / elapsed), count
}

// meanOfPeople is the mean over ten people of the means of their goals.
func meanOfPeople(all []heading) float64 {
	sum := 0.0
	for person := range 10 {
		total, count := 0.0, 0.0
		for i, h := range all {
			if i%10 == person && len(h.days) > 0 {
				total, count = total+h.final(), count+1
			}
		}
		sum += total / count
	}
	return sum / 10
}

// backTest compares each tenth of the closed cycle, which has no peers before it, and returns the errors by tenth.
func backTest(t *testing.T, db *DB, closed []heading) map[int][]float64 {
	t.Helper()
	found, err := db.Query(t.Context(), `select elapsed_share, goal_count, mean_absolute_error_points, last_value_mean_absolute_error_points,
		pace_mean_absolute_error_points, brier from fct_forecast_backtest order by elapsed_share`, nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	rows := found.Rows
	all := map[int][]float64{}
	for tenth := 1; tenth <= 9; tenth++ {
		elapsed := float64(tenth) / 10
		var ends, forecasts []float64
		var line, still, pace float64
		for _, h := range closed {
			last, end, _ := h.lead(elapsed)
			if math.IsNaN(end) {
				continue
			}
			final := h.final()
			ends, forecasts = append(ends, final), append(forecasts, end)
			all[tenth] = append(all[tenth], final-end)
			line, still, pace = line+math.Abs(final-end), still+math.Abs(final-within(last)), pace+math.Abs(final-within(last/elapsed))
		}
		if len(ends) == 0 { // nobody has three check-ins so early
			continue
		}
		if len(rows) == 0 || rows[0][0] != elapsed {
			t.Fatalf("no row for tenth %d: %v", tenth, rows)
		}
		n, row := float64(len(ends)), rows[0]
		rows = rows[1:]
		want := []float64{line / n, still / n, pace / n, brier(ends, forecasts)}
		for k, w := range want {
			if row[1] != int64(n) || math.Abs(number(row[2+k])-w) > 2e-7 && !(math.IsNaN(w) && row[2+k] == nil) {
				t.Errorf("tenth %d of %v goals: got %v, want %v", tenth, n, row, want)
			}
		}
	}
	if len(rows) > 0 || len(all) < 8 {
		t.Errorf("%d tenths; rows left: %v", len(all), rows)
	}
	return all
}

// brier takes each goal's chance from the errors of the others.
func brier(ends, forecasts []float64) float64 {
	if len(ends) < 20 {
		return math.NaN()
	}
	sum := 0.0
	for i := range ends {
		var others []float64
		for k := range ends {
			if k != i {
				others = append(others, ends[k]-forecasts[k])
			}
		}
		met := 0.0
		if ends[i] >= 1 {
			met = 1
		}
		sum += math.Pow(chance(forecasts[i], others)-met, 2)
	}
	return sum / float64(len(ends))
}

func chance(forecast float64, errors []float64) float64 {
	mean, square := 0.0, 0.0
	for _, e := range errors {
		mean += e / float64(len(errors))
	}
	for _, e := range errors {
		square += (e - mean) * (e - mean) / float64(len(errors)-1)
	}
	return 0.5 * math.Erfc(-(forecast+mean-1)/math.Sqrt(2*square))
}

// past is what the closed cycle says: the peers' mean and the errors of forecasts at half time.
type past struct {
	peers  float64
	errors []float64
}

func compareForecasts(t *testing.T, db *DB, running []heading, before past) {
	t.Helper()
	found, err := db.Query(t.Context(), "select goal_id, check_in_count, forecast, chance_share, forecast_reason from fct_goal_forecast order by goal_id", nil, 0)
	if err != nil || len(found.Rows) != len(running) {
		t.Fatalf("%d forecasts, want %d, error %v", len(found.Rows), len(running), err)
	}
	for i, h := range running {
		_, end, count := h.lead(0.5)
		want := (float64(count)*end + 3*before.peers) / (float64(count) + 3)
		row := found.Rows[i]
		if row[1] != int64(count) || !alike(number(row[2]), want) || math.IsNaN(want) != (row[4] != nil) {
			t.Errorf("goal %d %+v: got %v, want %v", i, h, row, want)
		}
		if !math.IsNaN(want) && math.Abs(number(row[3])-chance(want, before.errors)) > 2e-7 {
			t.Errorf("goal %d: got chance %v, want %v", i, row[3], chance(want, before.errors))
		}
	}
}
