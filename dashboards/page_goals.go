package dashboards

import "slices"

func goalsPage() Page {
	status := overviewPanel("loop/goal_status")
	status.Width = 6
	return Page{
		Name:   "goals",
		Panels: slices.Concat(goalQualityPanels(), goalTargetPanels(), overviewPanels("loop/attainment"), []Panel{status}),
		Findings: []Finding{{Query: "goals/finding_signs", Path: "/goals"}, {Query: "goals/finding_uncovered"}, {Query: "goals/finding_smart"},
			{Query: "goals/finding_weights"}},
		HasGoalBox: true,
	}
}

// goalQualityPanels tell who has goals, how well they are written and whether they lead anywhere.
func goalQualityPanels() []Panel {
	return []Panel{
		{Name: "goals/figures", Kind: KindFigures, Width: 12, X: "figure", Step: "goals", Files: []string{"goal"},
			Series: []Series{{Column: "value_share"}, {Column: "compare_share", Style: StyleCompare}}},
		{Name: "goals/smart", Kind: KindStacked, Width: 5, X: "criterion", Step: "goals", Files: []string{"goal"},
			Series: []Series{{Column: "met_count", Color: "on-time"}, {Column: "half_met_count", Color: "late"}, {Column: "unmet_count", Color: "missed"}},
			Drill:  people(map[string]string{"sign": "drill_sign"})},
		{Name: "goals/rules", Kind: KindRanking, Width: 7, X: "smart_rule", Step: "goals", Files: []string{"goal"},
			Drill: people(map[string]string{"sign": "drill_sign"})},
		{Name: "goals/mend", Kind: KindTable, Width: 12, X: "employee_name", Step: "goals", Files: []string{"goal"}},
		{Name: "goals/tree", Kind: KindTree, Width: 12, X: "goal_branch", Step: "goals", Files: []string{"goal", "unit"},
			Series: []Series{{Column: "goal_count", Color: "goals"}}, Drill: Drill{Columns: map[string]string{"unit": "drill_unit", "manager": "drill_manager"}}},
		{Name: "goals/units", Kind: KindRanking, Width: 12, X: "unit", Step: "goals", Files: []string{"employee", "unit", "goal"},
			Drill: Drill{Columns: map[string]string{"unit": "unit_id"}}},
	}
}

// goalTargetPanels tell how goals are weighed and how hard their targets are.
func goalTargetPanels() []Panel {
	return []Panel{
		{Name: "goals/signs", Kind: KindTable, Width: 12, X: "unit", Step: "goals", Files: []string{"goal", "check_in"},
			Drill: Drill{Columns: map[string]string{"unit": "unit_id"}}},
		{Name: "goals/difficulty", Kind: KindIntervals, Width: 6, X: "unit", Step: "goals", Files: []string{"goal", "check_in", "unit"},
			Series: []Series{{Column: "stretch_difference_points", Color: "goals"}, {Column: "lower_points", Style: StyleLower}, {Column: "upper_points", Style: StyleUpper}},
			Drill:  Drill{Columns: map[string]string{"unit": "unit_id"}}},
		{Name: "goals/trend", Kind: KindLines, Width: 6, X: "cycle_name", Step: "goals", Files: []string{"goal", "cycle"},
			Series: []Series{{Column: "coverage_share", Color: "goals"}, {Column: "weight_complete_share", Color: "ink"}, {Column: "aligned_share", Color: "accent"}},
			Drill:  Drill{Columns: map[string]string{"cycle": "cycle_id"}, Fixed: map[string]string{"compare": ""}}},
		{Name: "goals/goal_count", Kind: KindColumns, Width: 6, X: "goal_number", Step: "goals", Files: []string{"goal"},
			Series: []Series{{Column: "people_share", Color: "goals"}},
			Drill:  Drill{Path: "/people", Columns: map[string]string{"from": "band_from", "to": "band_to"}, Fixed: map[string]string{"measure": "goal_count"}}},
		{Name: "goals/weights", Kind: KindBars, Width: 6, X: "weight_state", Step: "goals", Files: []string{"goal"},
			Series: []Series{{Column: "people_share", Color: "goals"}}, Drill: people(map[string]string{"sign": "drill_sign"})},
		{Name: "goals/uncovered", Kind: KindTable, Width: 12, X: "employee_name", Step: "goals", Files: []string{"goal"}},
	}
}
