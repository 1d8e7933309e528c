package analytics

import (
	"context"
	"database/sql"
	"fmt"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// labelled is a goal of testdata/smart with what a reader said of it, and what the models say.
type labelled struct {
	language   string
	row        []string // title, metric, unit_of_measure, target, due_on and the three labels
	got        []float64
	reason     []string
	isTunedFor bool // every second goal was looked at while the words were chosen
}

// criteria are those of the text alone; what makes a goal attainable and relevant lies in other rows, not in a reader's eye.
var criteria = []string{"specific", "measurable", "time_bound"}

// floors are a little below the agreement measured when the labels were new.
var floors = map[string][]float64{
	"en": {0.86, 0.97, 0.98},
	"zh": {0.88, 0.97, 0.98},
}

// TestSmartAgreesWithItsReader compares the scores of goals written as people write them with those a reader gave by the
// definition before anything scored them. Each disagreement is listed in testdata/smart/disagreements.csv.
func TestSmartAgreesWithItsReader(t *testing.T) {
	db, err := Open(t.Context(), "", Options{Now: func() time.Time { return time.Date(2025, 6, 30, 12, 0, 0, 0, time.UTC) }})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	disagreements := [][]string{{"language", "title", "criterion", "labelled", "scored", "reason"}}
	for _, language := range []string{"en", "zh"} {
		goals := scoreLabelled(t, db, language)
		if len(goals) < 150 {
			t.Errorf("%s: %d labelled goals, want 150 at least", language, len(goals))
		}
		for i, criterion := range criteria {
			for _, g := range goals {
				if g.label(i) != g.got[i] {
					disagreements = append(disagreements, []string{language, g.row[0], criterion, g.row[5+i], fmt.Sprint(g.got[i]), g.reason[i]})
				}
			}
			all, unseen := agreement(goals, i, false), agreement(goals, i, true)
			t.Logf("%s %s: %.3f of %d agree; of those not looked at while the words were chosen %.3f", language, criterion, all, len(goals), unseen)
			if all < floors[language][i] {
				t.Errorf("%s %s: %.3f agree, want %.2f at least", language, criterion, all, floors[language][i])
			}
		}
		mustScoreAlone(t, db, goals)
	}
	compareDisagreements(t, disagreements)
}

func (g labelled) label(i int) float64 {
	label, err := strconv.ParseFloat(g.row[5+i], 64)
	if err != nil {
		panic(err)
	}
	return label
}

func agreement(goals []labelled, i int, onlyUnseen bool) float64 {
	count, agreed := 0, 0
	for _, g := range goals {
		if onlyUnseen && g.isTunedFor {
			continue
		}
		count++
		if g.label(i) == g.got[i] {
			agreed++
		}
	}
	return float64(agreed) / float64(count)
}

// scoreLabelled brings the goals of a language through a build.
func scoreLabelled(t *testing.T, db *DB, language string) []labelled {
	t.Helper()
	records, err := readCSV(filepath.Join("..", "testdata", "smart", language+".csv"))
	if err != nil {
		t.Fatal(err)
	}
	goals := make([]labelled, len(records)-1)
	update(t, db, func(ctx context.Context, conn *sql.Conn) error {
		if err := ClearRaw(ctx, conn); err != nil {
			return err
		}
		for i, row := range records[1:] {
			goals[i] = labelled{language: language, row: row, isTunedFor: i%2 == 1}
			id := fmt.Sprintf("%03d", i)
			_, err := conn.ExecContext(ctx, `insert into raw.goal by name
				select 1 as import_id, 'goals' as sheet, $1::integer as line, $2 as natural_key, $2 as goal_id, '2025' as cycle, 'E1' as employee_id,
					$3 as title, nullif($4, '') as metric, nullif($5, '') as unit_of_measure, nullif($6, '')::double as target, nullif($7, '')::date as due_on`,
				i+2, id, row[0], row[1], row[2], row[3], row[4])
			if err != nil {
				return fmt.Errorf("add goal %s: %w", row[0], err)
			}
		}
		return nil
	})
	r, err := db.Query(t.Context(), `select specific, specific_reason, measurable, measurable_reason, time_bound, time_bound_reason from fct_goal_smart order by goal_id`, nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	if len(r.Rows) != len(goals) {
		t.Fatalf("%s: %d of %d goals are scored", language, len(r.Rows), len(goals))
	}
	for i, row := range r.Rows {
		for c := range criteria {
			goals[i].got = append(goals[i].got, row[2*c].(float64))
			goals[i].reason = append(goals[i].reason, row[2*c+1].(string))
		}
	}
	return goals
}

// mustScoreAlone scores some texts one by one, as somebody pastes them: it must be as in the mart.
func mustScoreAlone(t *testing.T, db *DB, goals []labelled) {
	t.Helper()
	for g := range slices.Chunk(goals, 12) {
		alone := g[0]
		r, err := db.Query(t.Context(), `select specific_reason, measurable_reason, time_bound_reason
			from smart_score($title, nullif($metric, ''), nullif($unit, ''), nullif($target, '')::double, nullif($due_on, '')::date, date '2025-01-01', date '2025-12-31')`,
			Args{"title": alone.row[0], "metric": alone.row[1], "unit": alone.row[2], "target": alone.row[3], "due_on": alone.row[4]}, 0)
		if err != nil {
			t.Fatal(err)
		}
		for c, v := range r.Rows[0] {
			if v != alone.reason[c] {
				t.Errorf("%q alone is %v, among others %s", alone.row[0], v, alone.reason[c])
			}
		}
	}
}

func compareDisagreements(t *testing.T, got [][]string) {
	t.Helper()
	path := filepath.Join("..", "testdata", "smart", "disagreements.csv")
	if *rewrite {
		writeCSV(t, path, got)
		return
	}
	want, err := readCSV(path)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("disagreements (-want +got):\n%s", diff)
	}
}

// TestAChanceOnAThresholdIsInside: from 0.3 to 0.9 both ends are in reach, 0.1 does not discourage yet and 0.97 is no certainty yet.
func TestAChanceOnAThresholdIsInside(t *testing.T) {
	db, err := Open(t.Context(), "", Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	update(t, db, ClearRaw)
	for _, c := range []struct {
		chance any
		reason string
		points float64
	}{
		{nil, "no_history", 0.5}, {0.0, "discouraging", 0}, {0.0999, "discouraging", 0}, {0.1, "hard", 0.5}, {0.2999, "hard", 0.5}, {0.3, "in_reach", 1},
		{0.9, "in_reach", 1}, {0.9001, "easy", 0.5}, {0.97, "easy", 0.5}, {0.9701, "no_challenge", 0}, {1.0, "no_challenge", 0},
	} {
		r, err := db.Query(t.Context(), `select attainable_reason, attainable, smart_score
			from smart_score('Improve sales', null, null, null, null, null, null, p_chance := $chance::double)`, Args{"chance": c.chance}, 0)
		if err != nil {
			t.Fatal(err)
		}
		if got := r.Rows[0]; got[0] != c.reason || got[1] != c.points || got[2] != c.points {
			t.Errorf("a chance of %v: got %v, want %s, %v and nothing else", c.chance, got, c.reason, c.points)
		}
	}
}

// TestAnyTextIsScored: whatever somebody pastes gets five criteria of 0, a half or 1 with a reason each, and a target and a due date make no
// text worse.
func TestAnyTextIsScored(t *testing.T) {
	db, err := Open(t.Context(), "", Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	update(t, db, ClearRaw)
	words := rapid.SampledFrom([]string{"提高", "sales", "20%", "by Q3", "line 4", "华东", "the", "年底前", "３月", "'", "\\", "¦", "#", "ISO 9001", "\n", "🙂", "of"})
	rapid.Check(t, func(rt *rapid.T) {
		text := strings.Join(rapid.SliceOfN(rapid.OneOf(words, rapid.String()), 0, 12).Draw(rt, "text"), " ")
		text = strings.ToValidUTF8(strings.ReplaceAll(text, "\x00", ""), "")
		r, err := db.Query(t.Context(), `select bare.*, whole.smart_score as whole_score
			from smart_score($text, null, null, null, null, date '2025-01-01', date '2025-12-31') as bare
			cross join smart_score($text, 'Sales', '%', 20, date '2025-06-30', date '2025-01-01', date '2025-12-31') as whole`, Args{"text": text}, 0)
		if err != nil {
			rt.Fatal(err)
		}
		row, sum := r.Rows[0], 0.0
		for i := 0; i < 10; i += 2 {
			points, reason := row[i].(float64), row[i+1]
			if (points != 0 && points != 0.5 && points != 1) || reason == nil {
				rt.Fatalf("%q: %s is %v because of %v", text, r.Columns[i].Name, points, reason)
			}
			sum += points
		}
		if row[10] != sum || row[11].(float64) < sum+1 {
			rt.Fatalf("%q: the score is %v, with a target and a due date %v; want %v and at least one more", text, row[10], row[11], sum)
		}
	})
}
