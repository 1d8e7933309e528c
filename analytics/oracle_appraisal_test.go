package analytics

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"maps"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"
)

// A firm made at random. Its figures of appraisal are worked out in the files beside this one from their definitions, apart from the models.
type (
	staff struct {
		id, unit, grade, family, gender, shift, manager string
		birth                                           time.Time
	}
	verdict struct {
		role, by, item, part, label string
		score                       float64 // where there is no label
		on                          time.Time
	}
	ruling struct {
		from, to, reason string
		on               time.Time
	}
	outcome struct { // a goal: its attainment unless it is unknown, and its weight
		attained, weight float64
		isKnown          bool
		checkIns         int
	}
	record struct { // what files say of one person in one cycle
		who      *staff
		cycle    string
		verdicts []verdict
		ruling   *ruling
		goals    []outcome
		talks    []time.Time // zero: undated
	}
	firm struct {
		staff   []*staff
		records map[[2]string]*record // cycle and person
		rates   map[[2]string]rated   // of those with a final rating
	}
)

var (
	halves     = []string{"2023H2", "2024H1", "2024H2", "2025H1"} // in the first all are alike, in the first and third nobody is calibrated
	halfEnds   = map[string]time.Time{"2023H2": date(2023, 12, 31), "2024H1": date(2024, 6, 30), "2024H2": date(2024, 12, 31), "2025H1": date(2025, 6, 30)}
	labels     = []string{"D", "C", "B", "A", "S"}
	labelWords = []string{"Poor", "Fair", "Good", "Great", "Superb"}
	labelValue = []float64{1, 2, 3, 4, 6}
	parents    = map[string]string{"HQ": "", "D1": "HQ", "D2": "HQ", "T1": "D1", "T2": "D1", "T3": "D2", "T4": "D2", "T5": "D2", "T6": "D1"}
	guidelines = map[string]map[string]float64{ // T5's does not add up; D2's leaves D and C out
		"":   {"D": 0.05, "C": 0.15, "B": 0.5, "A": 0.2, "S": 0.1},
		"D2": {"B": 0.6, "A": 0.3, "S": 0.1},
		"T5": {"B": 0.6, "S": 0.3},
	}
)

func date(year, month, day int) time.Time {
	return time.Date(year, time.Month(month), day, 0, 0, 0, 0, time.UTC)
}

func randomFirm(r *rand.Rand) *firm {
	f := &firm{records: map[[2]string]*record{}}
	for i := range 90 {
		w := &staff{id: fmt.Sprintf("E%02d", i), unit: pick(r, "T1", "T1", "T1", "T2", "T2", "T3", "T3", "D2", "T4", "T4", ""),
			grade: pick(r, "P1", "P2"), family: pick(r, "Sales", "Lab", ""), gender: pick(r, "F", "M", "F", "M", "F", "M", ""),
			shift: pick(r, "day", "day", "day", "night", ""), manager: fmt.Sprintf("M%d", r.IntN(9)),
			birth: date(1960+r.IntN(42), 1+r.IntN(12), 1+r.IntN(28))}
		if i < 3 {
			w.gender = "X"
		}
		if i%30 == 7 {
			w.unit, w.manager = "T5", "M9" // M9 rates few
		}
		if i%30 == 8 {
			w.unit = "T6"
		}
		f.staff = append(f.staff, w)
	}
	for i := range 10 {
		f.staff = append(f.staff, &staff{id: fmt.Sprintf("M%d", i), unit: "HQ", birth: date(1970, 1, 1)})
	}
	for _, cycle := range halves {
		for i, w := range f.staff[:90] {
			if cycle == halves[0] && i >= 20 {
				break
			}
			f.records[[2]string{cycle, w.id}] = randomRecord(r, w, cycle)
		}
	}
	f.rates = f.rate()
	return f
}

func randomRecord(r *rand.Rand, w *staff, cycle string) *record {
	p := &record{who: w, cycle: cycle}
	level := r.Float64()
	weights := pick(r, []float64{1}, []float64{0.6, 0.4}, []float64{0.5, 0.3, 0.2}, nil)
	for _, weight := range weights {
		steps := math.Round(level*24) + float64(r.IntN(16)) - 3
		p.goals = append(p.goals, outcome{steps * 0.05, weight, r.IntN(6) > 0, r.IntN(2)})
	}
	ended := halfEnds[cycle]
	add := func(role, by string, chance float64) {
		if w.unit == "T4" && (role == "self" || role == "committee") {
			return
		}
		if r.Float64() < chance {
			p.verdicts = append(p.verdicts, verdict{role: role, by: by, label: labels[p.said(r, level, by)], on: ended.AddDate(0, 0, 1+r.IntN(20))})
		}
	}
	rater := pick(r, w.manager, w.manager, w.manager, w.manager, "", fmt.Sprintf("M%d", r.IntN(9)))
	add("manager", rater, 0.9)
	add("manager", "M8", 0.1)
	add("self", w.id, 0.6)
	add("committee", "", 0.1)
	for i := range r.IntN(3) {
		if w.unit == "T4" {
			break
		}
		p.verdicts = append(p.verdicts, verdict{role: pick(r, "peer", "peer", "subordinate"), by: fmt.Sprintf("E%02d", i), score: 1 + 0.5*float64(r.IntN(11)), on: ended})
	}
	flat := rater == "M1" // gives everybody the same in all
	for i := range r.IntN(5) {
		score := 1 + 0.5*float64(r.IntN(11))
		if flat {
			score = 4 + 0.5*float64(i%2)
		}
		p.verdicts = append(p.verdicts, verdict{role: "manager", by: rater, item: fmt.Sprintf("Skill %d", i), part: pick(r, "competencies", ""), score: score, on: ended})
	}
	for _, role := range []string{"manager", "manager", "committee", "peer"} {
		if r.IntN(3) == 0 {
			potential := verdict{role: role, by: rater, score: 1 + 0.5*float64(r.IntN(11)), on: ended}
			if potential.part = "potential"; r.IntN(3) == 0 {
				potential.part, potential.item = "", "潜力"
			}
			p.verdicts = append(p.verdicts, potential)
		}
	}
	p.more(r, p.said(r, level, ""))
	if cycle == halves[0] {
		p.goals = []outcome{{1, 1, true, 1}}
	}
	return p
}

// said is the label by a rater: M1 gives everybody the same, M2 is lenient and M3 severe; in T4 and in the first cycle all get one.
func (p *record) said(r *rand.Rand, level float64, by string) int {
	switch {
	case p.cycle == halves[0]:
		return 1
	case by == "M1" || p.who.unit == "T4":
		return 2
	}
	tilt := map[string]float64{"M2": 1.5, "M3": -1.5}[by]
	return min(4, max(0, int(level*4+tilt+0.8*r.NormFloat64()+0.5)))
}

// more than appraisals: calibration, except in the middle cycle, and conversations.
func (p *record) more(r *rand.Rand, to int) {
	ended := halfEnds[p.cycle]
	if p.cycle != "2023H2" && p.cycle != "2024H2" && p.who.unit != "T4" && r.IntN(3) == 0 {
		p.ruling = &ruling{to: pick(r, labels[to], labelWords[to]), from: pick(r, "", labels[r.IntN(5)]), reason: pick(r, "", " ", "agreed"), on: ended.AddDate(0, 0, 25)}
	}
	for range r.IntN(3) {
		p.talks = append(p.talks, pick(r, ended.AddDate(0, 0, -30), ended.AddDate(0, 0, 40), time.Time{}))
	}
}

type line = map[string]any

// lines are the raw rows, by table.
func (f *firm) lines() map[string][]line {
	all := map[string][]line{}
	add := func(table string, l line) {
		l["import_id"], l["line"], l["natural_key"] = 1, len(all[table])+1, fmt.Sprint(table, len(all[table]))
		for name, v := range l {
			if on, ok := v.(time.Time); ok && !on.IsZero() {
				l[name] = on.Format(time.DateOnly)
			} else if ok || v == "" {
				l[name] = nil
			}
		}
		all[table] = append(all[table], l)
	}
	for unit, parent := range parents {
		add("unit", line{"unit_id": unit, "unit": unit, "parent_unit": parent})
	}
	for i, code := range labels {
		add("rating_scale", line{"code": code, "label_en": labelWords[i], "rank": i + 1, "value": labelValue[i]})
	}
	for unit, shares := range guidelines {
		for code, share := range shares {
			add("guideline", line{"unit": unit, "label": code, "share": share})
		}
	}
	for _, w := range f.staff {
		l := line{"employee_id": w.id, "employee_name": "Person " + w.id, "unit": w.unit, "grade": w.grade, "job_family": w.family, "manager_id": w.manager, "gender": w.gender, "birth_on": w.birth}
		if w.shift != "" {
			l["attributes"] = `{"Shift": "` + w.shift + `"}`
		}
		add("employee", l)
	}
	for _, key := range slices.SortedFunc(maps.Keys(f.records), func(a, b [2]string) int { return strings.Compare(a[0]+a[1], b[0]+b[1]) }) {
		f.records[key].addTo(add)
	}
	return all
}

func (p *record) addTo(add func(string, line)) {
	for i, g := range p.goals {
		id := fmt.Sprintf("%s-%s-%d", p.cycle, p.who.id, i)
		l := line{"cycle": p.cycle, "employee_id": p.who.id, "goal_id": id, "title": id, "direction": "increase", "baseline": 0, "target": 100, "weight": g.weight}
		if g.isKnown {
			l["actual"] = math.Round(g.attained * 100)
			for n := range g.checkIns {
				add("check_in", line{"cycle": p.cycle, "employee_id": p.who.id, "goal_id": id, "value": 10 * n, "checked_on": halfEnds[p.cycle].AddDate(0, 0, -40)})
			}
		}
		add("goal", l)
	}
	for _, v := range p.verdicts {
		l := line{"cycle": p.cycle, "employee_id": p.who.id, "reviewer_role": v.role, "reviewer_id": v.by, "item": v.item, "part": v.part, "label": v.label, "appraised_on": v.on}
		if v.label == "" {
			l["score"] = v.score
		}
		add("appraisal", l)
	}
	if c := p.ruling; c != nil {
		add("calibration", line{"cycle": p.cycle, "employee_id": p.who.id, "from_label": c.from, "to_label": c.to, "reason": c.reason, "calibrated_by": "Board", "calibrated_on": c.on})
	}
	for _, on := range p.talks {
		add("conversation", line{"cycle": p.cycle, "employee_id": p.who.id, "conversation_kind": "one_on_one", "held_on": on})
	}
}

func (f *firm) load(ctx context.Context, conn *sql.Conn) error {
	if _, err := conn.ExecContext(ctx, "insert into raw.setting values ('protected_attributes', 'gender,age_band,Shift', null), ('favourable_label_count', '1', '2024H2')"); err != nil {
		return err
	}
	for table, rows := range f.lines() {
		kinds := map[string]string{}
		for _, l := range rows {
			for name, v := range l {
				if _, isNumber := asNumber(v); isNumber {
					kinds[name] = "DOUBLE"
				} else if v != nil {
					kinds[name] = "VARCHAR"
				}
			}
		}
		shape, err := json.Marshal([]any{kinds})
		if err != nil {
			return err
		}
		text, err := json.Marshal(rows)
		if err != nil {
			return err
		}
		insert := fmt.Sprintf("insert into raw.%s by name select unnest(l) from (select unnest(from_json($1::json, '%s')) as l)", table, shape)
		if _, err := conn.ExecContext(ctx, insert, string(text)); err != nil {
			return fmt.Errorf("fill %s: %w", table, err)
		}
	}
	return nil
}

// TestAppraisalAgreesWithItsDefinitions compares every figure of appraisal, calibration and fairness, and every reason why one is missing.
func TestAppraisalAgreesWithItsDefinitions(t *testing.T) {
	seen := map[string]bool{}
	for seed := range uint64(3) {
		f := randomFirm(rand.New(rand.NewPCG(seed, 4)))
		db := openOn(t, "2025-12-01")
		update(t, db, f.load)
		for mart, check := range map[string]struct {
			keys string
			want map[string]line
		}{
			"fct_rating":              {"cycle_id, employee_id", f.finals()},
			"fct_rating_distribution": {"cycle_id, unit_id, label", f.distribution()},
			"fct_rating_spread":       {"cycle_id, unit_id", f.spread()},
			"fct_rating_consistency":  {"cycle_id, unit_id", f.consistency()},
			"fct_rating_residual":     {"cycle_id, employee_id", f.residuals()},
			"fct_rater":               {"cycle_id, reviewer_id", f.raters()},
			"fct_rater_trait":         {"cycle_id, reviewer_id", f.traits()},
			"fct_rating_agreement":    {"cycle_id, unit_id", f.agreement()},
			"fct_nine_box":            {"cycle_id, employee_id", f.boxes()},
			"fct_fairness":            {"cycle_id, attribute, group_value", f.fairness()},
			"fct_calibration":         {"cycle_id, unit_id, from_label, to_label", f.matrix()},
			"fct_calibration_case":    {"cycle_id, employee_id", f.cases()},
			"fct_calibration_rater":   {"cycle_id, reviewer_id", f.shifts()},
			"fct_calibration_unit":    {"cycle_id, unit_id", f.calibrated()},
			"fct_calibration_group":   {"cycle_id, attribute, group_value", f.movesByGroup()},
			"fct_calibration_agenda":  {"cycle_id, employee_id", f.agenda()},
		} {
			mustSay(t, db, keyedRows{fmt.Sprintf("seed %d: %s", seed, mart), mart, check.keys}, check.want)
			for _, l := range check.want {
				for column, v := range l {
					seen[fmt.Sprintf("%s.%s=%v", mart, column, v)] = true
				}
			}
		}
	}
	for _, rare := range []string{
		"rating_distribution.is_beyond_chance=true", "rating_spread.total_variation_share_reason=too_few", "rating_spread.total_variation_share_reason=no_definition",
		"rating_consistency.spearman_reason=too_few", "rating_consistency.spearman_reason=no_variance", "rating_residual.residual_reason=no_variance",
		"rater.is_flagged=true", "rater.severity_reason=too_few", "rater.severity_reason=no_variance", "rater.interval_reason=no_variance",
		"rater_trait.is_halo=true", "rater_trait.is_central=true", "rater_trait.central_ratio_reason=no_variance", "rater_trait.central_ratio_reason=no_evidence",
		"rating_agreement.icc_reason=too_few", "rating_agreement.icc_reason=no_counterpart", "rating_agreement.self_manager_gap_points_reason=no_counterpart",
		"fairness.is_below_four_fifths=true", "fairness.selection_ratio_reason=no_variance", "fairness.stratified_gap_points_reason=too_few",
		"calibration_case.is_against_attainment=true", "calibration_case.is_against_attainment_reason=no_evidence", "calibration_case.move_reason=no_counterpart",
		"calibration_unit.kappa_reason=too_few", "calibration_unit.kappa_reason=no_variance", "calibration_unit.spearman_after_reason=no_variance",
		"calibration_group.up_p_value_reason=too_few", "calibration_agenda.is_mismatch=true", "calibration_agenda.is_what_if_other=true",
		"calibration_agenda.what_if_label_reason=too_few", "calibration_agenda.what_if_label_reason=no_variance", "calibration_agenda.what_if_label_reason=no_counterpart",
	} {
		if !seen["fct_"+rare] {
			t.Errorf("no company had fct_%s", rare)
		}
	}
}

// keyedRows are a mart's rows under a key made of some columns; keys that are null are empty.
type keyedRows struct{ name, mart, keys string }

// mustSay compares the columns that are wanted of every row.
func mustSay(t *testing.T, db *DB, of keyedRows, want map[string]line) {
	t.Helper()
	found, err := db.Query(t.Context(), fmt.Sprintf("select concat_ws('|', %s) as row_key, rows.* from %s as rows",
		"coalesce("+strings.ReplaceAll(of.keys, ", ", ", ''), coalesce(")+", '')", of.mart), nil, 0)
	what := of.name
	if err != nil {
		t.Fatal(err)
	}
	if len(want) < 3 {
		t.Errorf("%s: only %d rows are wanted", what, len(want))
	}
	missing := maps.Clone(want)
	for _, row := range found.Rows {
		key := row[0].(string)
		expected, ok := want[key]
		if !ok {
			t.Errorf("%s has %s, which it should not", what, key)
			continue
		}
		delete(missing, key)
		seen := 0
		for i, column := range found.Columns {
			wanted, ok := expected[column.Name]
			if !ok {
				continue
			}
			seen++
			if !agree(row[i], wanted) {
				t.Errorf("%s: %s of %s: got %v, want %v", what, column.Name, key, row[i], wanted)
			}
		}
		if seen != len(expected) {
			t.Errorf("%s: %d columns of %d are there", what, seen, len(expected))
		}
	}
	for key := range missing {
		t.Errorf("%s lacks %s", what, key)
	}
}

// agree compares to 1e-9; what is not a number is null.
func agree(got, want any) bool {
	x, isNumber := asNumber(want)
	if want == nil || isNumber && math.IsNaN(x) {
		return got == nil
	}
	y, ok := asNumber(got)
	if isNumber {
		return ok && math.Abs(x-y) <= 1e-9*max(1, math.Abs(x))
	}
	return got == want
}

func asNumber(v any) (float64, bool) {
	switch n := v.(type) {
	case float64:
		return n, true
	case int:
		return float64(n), true
	case int32:
		return float64(n), true
	case int64:
		return float64(n), true
	}
	return 0, false
}
