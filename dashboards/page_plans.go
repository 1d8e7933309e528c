package dashboards

func plansPage() Page {
	return Page{
		Name:     "plans",
		Panels:   append(milestonePanels(), planCoveragePanels()...),
		Findings: []Finding{{Query: "plans/finding_unit", Path: "/plans"}, {Query: "plans/finding_overdue"}, {Query: "plans/finding_unplanned"}},
	}
}

// milestonePanels tell whether plans are kept.
func milestonePanels() []Panel {
	return []Panel{
		{Name: "plans/figures", Kind: KindFigures, Width: 12, X: "figure", Step: "plan", Files: []string{"goal", "plan_item"},
			Series: []Series{{Column: "value_share"}, {Column: "compare_share", Style: StyleCompare}}},
		{Name: "plans/timeline", Kind: KindLines, Width: 7, X: "day_on", Step: "plan", Files: []string{"plan_item"},
			Series: []Series{{Column: "due_count", Color: "open"}, {Column: "done_count", Color: "plan"}}},
		{Name: "plans/months", Kind: KindStacked, Width: 5, X: "due_month", Step: "plan", Files: []string{"plan_item"},
			Series: []Series{{Column: "punctual_count", Color: "on-time"}, {Column: "late_count", Color: "late"}, {Column: "overdue_count", Color: "missed"},
				{Column: "coming_count", Color: "open"}}},
		{Name: "plans/slippage", Kind: KindColumns, Width: 6, X: "late_span", Step: "plan", Files: []string{"plan_item"},
			Series: []Series{{Column: "milestone_share", Color: "plan"}},
			Drill:  Drill{Path: "/people", Columns: map[string]string{"from": "band_from", "to": "band_to"}, Fixed: map[string]string{"measure": "late_days"}}},
		{Name: "plans/punctual_units", Kind: KindIntervals, Width: 6, X: "unit", Step: "plan", Files: []string{"plan_item", "unit"},
			Series: []Series{{Column: "punctual_share", Color: "plan"}, {Column: "lower_share", Style: StyleLower}, {Column: "upper_share", Style: StyleUpper}},
			Drill:  Drill{Columns: map[string]string{"unit": "unit_id"}}},
		{Name: "plans/overdue", Kind: KindTable, Width: 12, X: "employee_name", Trace: "plan_item", Step: "plan", Files: []string{"plan_item"}},
		{Name: "plans/coming", Kind: KindTable, Width: 12, X: "employee_name", Trace: "plan_item", Step: "plan", Files: []string{"plan_item"}},
	}
}

// planCoveragePanels tell whether goals are planned, and by whom plans are kept.
func planCoveragePanels() []Panel {
	return []Panel{
		{Name: "plans/units", Kind: KindRanking, Width: 12, X: "unit", Step: "plan", Files: []string{"employee", "unit", "plan_item"},
			Drill: Drill{Columns: map[string]string{"unit": "unit_id"}}},
		{Name: "plans/managers", Kind: KindRanking, Width: 12, X: "manager_name", Step: "plan", Files: []string{"employee", "plan_item"},
			Drill: Drill{Columns: map[string]string{"manager": "manager_id"}}},
		{Name: "plans/coverage", Kind: KindColumns, Width: 6, X: "coverage_band", Step: "plan", Files: []string{"goal", "plan_item"},
			Series: []Series{{Column: "people_share", Color: "plan"}},
			Drill:  Drill{Path: "/people", Columns: map[string]string{"from": "band_from", "to": "band_to"}, Fixed: map[string]string{"measure": "plan_coverage"}}},
		{Name: "plans/trend", Kind: KindLines, Width: 6, X: "cycle_name", Step: "plan", Files: []string{"plan_item", "cycle"},
			Series: []Series{{Column: "plan_coverage_share", Color: "plan"}, {Column: "punctual_share", Color: "ink"}},
			Drill:  Drill{Columns: map[string]string{"cycle": "cycle_id"}, Fixed: map[string]string{"compare": ""}}},
		{Name: "plans/unplanned", Kind: KindTable, Width: 12, X: "employee_name", Step: "plan", Files: []string{"goal", "plan_item"}},
	}
}
