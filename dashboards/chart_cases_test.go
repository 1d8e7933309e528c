package dashboards

import (
	"fmt"
	"strings"
	"time"

	"github.com/perfloop/perfloop/analytics"
	"github.com/perfloop/perfloop/dashboards/words"
)

// chartCase is a small result made by hand and the panel that draws it.
type chartCase struct {
	panel  Panel
	result *analytics.Result
}

// table makes a result: columns are written name:unit.
func resultOf(columns string, rows ...[]any) *analytics.Result {
	r := &analytics.Result{Rows: rows}
	for _, column := range strings.Fields(columns) {
		name, unit, _ := strings.Cut(column, ":")
		r.Columns = append(r.Columns, analytics.Column{Name: name, Unit: unit})
	}
	return r
}

func month(m int) time.Time { return time.Date(2026, time.Month(m), 28, 0, 0, 0, 0, time.UTC) }

func toUnit() Drill { return people(map[string]string{"unit": "unit_id"}) }

// chartCases has every kind of chart at least once.
func chartCases() []chartCase { return append(nameCases(), placeCases()...) }

// nameCases are kinds with names or dates along an axis.
func nameCases() []chartCase {
	var readings [][]any
	for i, x := range []float64{82, 80.5, 83, 81, 79, 71, 70.5, 78} {
		readings = append(readings, []any{month(i + 1), x, 76.0, 86.0, float64(i) * 0.7, i == 5 || i == 6, "calls"})
	}
	readings[2][2] = nil
	var units [][]any
	for i := range 12 {
		units = append(units, []any{fmt.Sprintf("Unit %c", 'A'+i), fmt.Sprint("U", i), 0.9 - 0.05*float64(i), int64(30 - i)})
	}
	return []chartCase{
		{Panel{Name: "gallery/columns", Kind: KindColumns, Width: 6, X: "unit", Drill: toUnit(), Series: []Series{{Column: "people_share", Color: "appraisal"},
			{Column: "compare_people_share", Color: "appraisal", Style: StyleCompare}, {Column: "guideline_share", Color: "ink", Style: StyleMark}}},
			resultOf("unit:text unit_id:text people_share:share compare_people_share:share guideline_share:share people_count:count",
				[]any{"A", "U1", 0.1, 0.15, 0.1, int64(6)}, []any{"B", "U2", 0.6, 0.5, 0.7, int64(36)}, []any{"C", "U3", 0.3, 0.35, 0.2, int64(18)}, []any{"D", "U4", suppressed{5}, suppressed{5}, suppressed{5}, suppressed{5}})},
		{Panel{Name: "gallery/bars", Kind: KindBars, Width: 6, X: "unit", Drill: toUnit(), Series: []Series{{Column: "people_share", Color: "goals"}}},
			resultOf("unit:text unit_id:text people_share:share people_count:count", units...)},
		{Panel{Name: "gallery/change", Kind: KindBars, Width: 6, X: "unit", Drill: toUnit(), Series: []Series{{Column: "change_points", Color: "improvement"}}},
			resultOf("unit:text unit_id:text change_points:points", []any{"Sales", "U1", 0.12}, []any{"研发部", "U2", 0.02}, []any{"A unit with quite a long name in the north", "U3", -0.3})},
		{Panel{Name: "gallery/stacked", Kind: KindStacked, Width: 6, X: "unit", Drill: toUnit(), Series: []Series{{Column: "on_time_count", Color: "on-time"},
			{Column: "late_count", Color: "late"}, {Column: "missed_count", Color: "missed"}}},
			resultOf("unit:text unit_id:text on_time_count:count late_count:count missed_count:count people_count:count",
				[]any{"Sales", "U1", int64(40), int64(8), int64(2), int64(50)}, []any{"市场部", "U2", int64(20), int64(9), int64(11), int64(40)},
				[]any{"Legal", "U3", suppressed{5}, suppressed{5}, suppressed{5}, suppressed{5}})},
		{Panel{Name: "gallery/lines", Kind: KindLines, Width: 6, X: "cycle_name", Series: []Series{{Column: "closed_share", Color: "ink"}, {Column: "feedback_share", Color: "feedback"}}},
			resultOf("cycle_name:text closed_share:share feedback_share:share", []any{"2025 H1", 0.41, nil}, []any{"2025 H2", 0.52, 0.7}, []any{"2026 H1", 0.61, 0.65})},
		{Panel{Name: "gallery/intervals", Kind: KindIntervals, Width: 6, X: "reviewer_name", Drill: people(map[string]string{"reviewer": "reviewer_id"}),
			Series: []Series{{Column: "severity_points", Color: "appraisal"}, {Column: "lower_points", Style: StyleLower}, {Column: "upper_points", Style: StyleUpper}}},
			resultOf("reviewer_name:text reviewer_id:text severity_points:points lower_points:points upper_points:points people_count:count reason_key:text",
				[]any{"Ann", "R1", 0.3, 0.1, 0.5, int64(9), nil}, []any{"Bo", "R2", -0.2, -0.5, 0.1, int64(7), nil}, []any{"Cy", "R3", nil, nil, nil, int64(2), "too_few"})},
		{Panel{Name: "gallery/band", Kind: KindBand, Width: 12, X: "read_on", Step: "monitoring", Drill: people(map[string]string{"metric": "metric"}),
			Series: []Series{{Column: "value", Color: "monitoring"}, {Column: "lower", Style: StyleLower}, {Column: "upper", Style: StyleUpper}, {Column: "cusum_low", Color: "late"}}},
			resultOf("read_on:date value:number lower:number upper:number cusum_low:number is_alarm:flag metric:text", readings...)},
	}
}

// placeCases are kinds without such an axis.
func placeCases() []chartCase {
	var weeks [][]any
	for u, unit := range []string{"Sales", "Legal", "研发部"} {
		for w := 8; w >= 1; w-- {
			weeks = append(weeks, []any{month(w), unit, fmt.Sprint("U", u), float64(w*(u+1)) / 30, int64(12)})
		}
	}
	weeks[4][3], weeks[9][3] = nil, suppressed{5}
	var goals [][]any
	for i := range 20 {
		goals = append(goals, []any{fmt.Sprint("Goal ", i+1), fmt.Sprint("w", i), nil})
	}
	return []chartCase{
		{Panel{Name: "gallery/scatter", Kind: KindScatter, Width: 6, X: "unit", Drill: toUnit(), Series: []Series{{Column: "attainment", Color: "goals"}, {Column: "severity_points"}, {Column: "people_count"}}},
			resultOf("unit:text unit_id:text attainment:share severity_points:points people_count:count",
				[]any{"Sales", "U1", 0.9, 0.1, int64(30)}, []any{"Legal", "U2", 1.1, -0.2, int64(8)}, []any{"Ops", "U3", nil, 0.3, int64(12)}, []any{"IT", "U4", 0.7, 0.25, int64(55)})},
		{Panel{Name: "gallery/heat", Kind: KindHeat, Width: 6, X: "read_on", Y: "unit", Drill: toUnit(), Series: []Series{{Column: "checked_share", Color: "monitoring"}}},
			resultOf("read_on:date unit:text unit_id:text checked_share:share people_count:count", weeks...)},
		{Panel{Name: "gallery/box", Kind: KindHeat, Width: 6, X: "potential", Y: "rating", Series: []Series{{Column: "goal_count", Color: "appraisal"}}},
			resultOf("potential:number rating:text goal_count:count", []any{int64(1), "High", int64(4)}, []any{int64(2), "High", int64(12)}, []any{int64(3), "High", int64(9)},
				[]any{int64(1), "Low", int64(7)}, []any{int64(2), "Low", int64(3)}, []any{int64(3), "Low", int64(1)})},
		{Panel{Name: "gallery/flow", Kind: KindFlow, Width: 6, X: "from_rating", Y: "rating", Drill: people(map[string]string{"label": "rating"}), Series: []Series{{Column: "people_count", Color: "appraisal"}}},
			resultOf("from_rating:text rating:text people_count:count", []any{"A", "A", int64(12)}, []any{"A", "B", int64(5)}, []any{"B", "A", int64(7)},
				[]any{"B", "B", int64(60)}, []any{"B", "C", int64(0)}, []any{"C", "B", int64(9)}, []any{"C", "C", suppressed{5}})},
		{Panel{Name: "gallery/tree", Kind: KindTree, Width: 6, X: "title", Step: "goals", Drill: toUnit(), Series: []Series{{Column: "attainment", Color: "goals"}}},
			resultOf("title:text node_key:text parent_key:text unit_id:text attainment:share", []any{"Grow by a fifth", "g1", nil, "U1", 0.9}, []any{"Win ten accounts", "g2", "g1", "U1", 0.8},
				[]any{"Renew nine in ten", "g3", "g1", "U2", 1.0}, []any{"Call every week", "g4", "g2", "U2", 0.7}, []any{"Two pilots", "g5", "g4", "U2", nil},
				[]any{"No parent there", "g6", "gone", "U3", 0.5}, []any{"Ring one", "g7", "g8", "U3", nil}, []any{"Ring two", "g8", "g7", "U3", nil})},
		{Panel{Name: "gallery/wide", Kind: KindTree, Width: 6, X: "title", Step: "goals"}, resultOf("title:text node_key:text parent_key:text", goals...)},
	}
}

// hostileNames try to be markup, script, template, layout or a property of every object.
func hostileNames() []string {
	return []string{"<img src=x onerror=window.hacked=1>", "{a|b}{{.Words}}", "\u202egnp.exe", strings.Repeat("宽", 10_000), "__proto__", "__f__window.hacked=2__f__",
		"</script><script>window.hacked=3</script>", "constructor", "@ink", "bell\x01\x0b\uffff", ""}
}

// hostileCase is a case whose texts are hostile names, but for ids and the keys that hold a tree together.
func hostileCase(c chartCase) chartCase {
	names := hostileNames()
	made := resultOf("")
	made.Columns = c.result.Columns
	for i := range max(len(c.result.Rows), len(names)) {
		row := append([]any{}, c.result.Rows[i%len(c.result.Rows)]...)
		for at, column := range made.Columns {
			switch {
			case strings.HasSuffix(column.Name, "_key") && i >= len(c.result.Rows):
				row[at] = names[i%len(names)]
			case !strings.HasSuffix(column.Name, "_key") && !strings.HasSuffix(column.Name, "_id") && (column.Unit == "text" || column.Name == c.panel.X):
				row[at] = names[(i+at)%len(names)]
			}
		}
		made.Rows = append(made.Rows, row)
	}
	return chartCase{c.panel, made}
}

func wordsOnly(lang string) *request {
	return &request{Words: words.For(lang), Filter: Filter{Cycle: "2026H1"}, Viewer: LocalViewer()}
}
