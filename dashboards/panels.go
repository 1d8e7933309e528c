package dashboards

import "slices"

// Panel is one box of a page: its query is sql/panels/<Name>.sql, its words are <page>.<name>.title,
// .meaning and .empty.
type Panel struct {
	Name   string // page/name
	Kind   Kind
	Width  int      // of the 12 columns
	X      string   // the column that names a mark
	Y      string   // the column that names the second side: the row of a heat map, the end of a flow, the parent in a tree
	Series []Series // the columns a chart draws
	Drill  Drill    // where a mark leads
	Trace  string   // the raw kind that natural_key belongs to
	Step   string   // the step whose hue it wears
	Files  []string // the kinds of file that fill it

	IsProtected bool // about protected attributes such as gender: for viewers who may see fairness
}

// Kind says how a panel is drawn; every panel has its table besides.
type Kind string

// The kinds of drawing.
const (
	KindFigures   Kind = "figures"   // a row of numbers, each with its change
	KindSteps     Kind = "steps"     // the six steps with the people in each state
	KindColumns   Kind = "columns"   // upright bars along an ordered scale
	KindBars      Kind = "bars"      // lying bars, one a name
	KindLines     Kind = "lines"     // lines over cycles or dates
	KindIntervals Kind = "intervals" // a point with its whisker, one a name
	KindRanking   Kind = "ranking"   // a table whose shares are drawn as bars
	KindTable     Kind = "table"
	KindStacked   Kind = "stacked" // lying bars, one a name, a part for each series
	KindScatter   Kind = "scatter" // a point a row: the first series' column across, the second's upwards, a third's its size
	KindHeat      Kind = "heat"    // a cell a row at X and Y, the darker the more of the first series; dates and numbers across in their order, else as the rows come
	KindFlow      Kind = "flow"    // from X to Y, as wide as the first series; both sides in the order of the rows
	KindTree      Kind = "tree"    // X named, node_key below parent_key
	KindBand      Kind = "band"    // lines with the span between the lower and the upper series, alarms marked by is_alarm; cusum… in a strip below
)

// Style of a series: the cycle itself, the one it is compared with, or a mark on the scale.
type Style string

// The styles; the zero value is the cycle itself.
const (
	StyleCompare Style = "compare"
	StyleMark    Style = "mark"
	StyleLower   Style = "lower"
	StyleUpper   Style = "upper"
)

// Series is one column of a result as a chart draws it, in a colour of static/style.css.
type Series struct {
	Column string
	Color  string
	Style  Style
}

// Drill is where a row leads: to a path, with filters taken from its columns and fixed ones.
type Drill struct {
	Path    string
	Columns map[string]string // filter: column
	Fixed   map[string]string // filter: value
	At      string            // the panel of that page that answers
}

// people drills to the list of the people behind a mark.
func people(columns map[string]string) Drill { return Drill{Path: "/people", Columns: columns} }

// panels lists every panel there is, each once.
func panels() []Panel {
	var all []Panel
	for _, list := range [][]Panel{peoplePanels(), personPanels(), dataPanels()} {
		all = append(all, list...)
	}
	for _, b := range pages() {
		for _, p := range b.Panels {
			if !slices.ContainsFunc(all, func(known Panel) bool { return known.Name == p.Name }) {
				all = append(all, p)
			}
		}
	}
	return all
}

// findPanel returns the panel so named.
func findPanel(name string) (Panel, bool) {
	for _, p := range panels() {
		if p.Name == name {
			return p, true
		}
	}
	return Panel{}, false
}

func loopPanels() []Panel {
	return []Panel{
		{Name: "loop/figures", Kind: KindFigures, Width: 12, X: "figure", Files: []string{"employee", "goal"},
			Series: []Series{{Column: "value_share"}, {Column: "compare_share", Style: StyleCompare}}},
		{Name: "loop/steps", Kind: KindSteps, Width: 12, X: "step", Files: []string{"employee", "goal", "appraisal", "conversation"},
			Drill: people(map[string]string{"step": "step", "state": "state"})},
		{Name: "loop/units", Kind: KindIntervals, Width: 6, X: "unit", Files: []string{"employee", "unit"},
			Series: []Series{{Column: "unbroken_share", Color: "accent"}, {Column: "lower_share", Style: StyleLower}, {Column: "upper_share", Style: StyleUpper}},
			Drill:  Drill{Columns: map[string]string{"unit": "unit_id"}}},
		{Name: "loop/trend", Kind: KindLines, Width: 6, X: "cycle_name", Files: []string{"cycle", "goal"},
			Series: []Series{{Column: "closed_share", Color: "ink"}, {Column: "attainment", Color: "goals"}, {Column: "feedback_share", Color: "feedback"}},
			Drill:  Drill{Columns: map[string]string{"cycle": "cycle_id"}, Fixed: map[string]string{"compare": ""}}},
		{Name: "loop/leak", Kind: KindColumns, Width: 6, X: "step", Files: []string{"goal"},
			Series: []Series{{Column: "reached_share", Color: "accent"}, {Column: "compare_reached_share", Color: "accent", Style: StyleCompare}},
			Drill:  people(map[string]string{"leak": "step"})},
		{Name: "loop/lead_time", Kind: KindIntervals, Width: 6, X: "step", Files: []string{"goal", "appraisal", "conversation"},
			Series: []Series{{Column: "median_days", Color: "accent"}, {Column: "lower_quartile_days", Style: StyleLower}, {Column: "upper_quartile_days", Style: StyleUpper}}},
		{Name: "loop/attention", Kind: KindTable, Width: 12, X: "employee_name", Files: []string{"goal", "check_in", "reading"}},
	}
}

// stepPanels are about single steps; their pages show them.
func stepPanels() []Panel {
	return []Panel{
		{Name: "loop/attainment", Kind: KindColumns, Width: 6, X: "attainment_band", Step: "goals", Files: []string{"goal", "check_in"},
			Series: []Series{{Column: "people_share", Color: "goals"}, {Column: "compare_people_share", Color: "goals", Style: StyleCompare}},
			Drill:  people(map[string]string{"from": "band_from", "to": "band_to"})},
		{Name: "loop/goal_status", Kind: KindBars, Width: 3, X: "status", Step: "goals", Files: []string{"goal"},
			Series: []Series{{Column: "goal_count", Color: "goals"}}, Drill: people(map[string]string{"status": "status"})},
		{Name: "loop/rating", Kind: KindColumns, Width: 5, X: "rating", Step: "appraisal", Files: []string{"appraisal", "rating_scale", "guideline"},
			Series: []Series{{Column: "people_share", Color: "appraisal"}, {Column: "compare_people_share", Color: "appraisal", Style: StyleCompare},
				{Column: "guideline_share", Color: "ink", Style: StyleMark}},
			Drill: people(map[string]string{"label": "label"})},
		{Name: "loop/raters", Kind: KindIntervals, Width: 6, X: "reviewer_name", Step: "appraisal", Files: []string{"appraisal"},
			Series: []Series{{Column: "severity_points", Color: "appraisal"}, {Column: "lower_points", Style: StyleLower}, {Column: "upper_points", Style: StyleUpper}},
			Drill:  people(map[string]string{"reviewer": "reviewer_id"})},
	}
}

// headcountPanel stands on the overview of a company that has no cycle yet.
func headcountPanel() Panel {
	return Panel{Name: "loop/headcount", Kind: KindBars, Width: 12, X: "unit", Files: []string{"employee"},
		Series: []Series{{Column: "people_count", Color: "accent"}}}
}

func peoplePanels() []Panel {
	return []Panel{
		headcountPanel(),
		{Name: "people/list", Kind: KindRanking, Width: 12, X: "employee_name", Files: []string{"employee"}},
	}
}

func personPanels() []Panel {
	return []Panel{
		{Name: "person/steps", Kind: KindTable, Width: 12, X: "cycle_id", Files: []string{"goal", "appraisal"}},
		{Name: "person/goals", Kind: KindTable, Width: 12, X: "title", Trace: "goal", Step: "goals", Files: []string{"goal"}},
		{Name: "person/items", Kind: KindTable, Width: 12, X: "title", Trace: "plan_item", Step: "plan", Files: []string{"plan_item"}},
		{Name: "person/progress", Kind: KindLines, Width: 6, X: "checked_on", Trace: "check_in", Step: "monitoring", Files: []string{"check_in"},
			Series: []Series{{Column: "progress_share", Color: "monitoring"}}},
		{Name: "person/incentives", Kind: KindTable, Width: 6, X: "incentive_kind", Trace: "incentive", Step: "improvement", Files: []string{"incentive"}},
		{Name: "person/final", Kind: KindTable, Width: 12, X: "cycle_id", Trace: "appraisal", Step: "appraisal", Files: []string{"appraisal", "calibration"}},
		{Name: "person/ratings", Kind: KindTable, Width: 12, X: "cycle_id", Trace: "appraisal", Step: "appraisal", Files: []string{"appraisal"}},
		{Name: "person/readings", Kind: KindTable, Width: 12, X: "metric", Trace: "reading", Step: "monitoring", Files: []string{"reading"}},
		{Name: "person/conversations", Kind: KindTable, Width: 12, X: "held_on", Trace: "conversation", Step: "feedback", Files: []string{"conversation"}},
		{Name: "person/plans", Kind: KindTable, Width: 12, X: "focus", Trace: "improvement_plan", Step: "improvement", Files: []string{"improvement_plan"}},
		{Name: "person/notes", Kind: KindTable, Width: 12, X: "noted_on"},
	}
}
