package dashboards

func improvementPage() Page {
	return Page{
		Name:     "improvement",
		IsClosed: true,
		Panels:   append(improvementPanels(), awardPanels()...),
		Findings: []Finding{
			{Query: "improvement/finding_effect", IsClosed: true}, {Query: "improvement/finding_regression", IsClosed: true},
			{Query: "improvement/finding_awards", IsClosed: true}},
	}
}

func improvementPanels() []Panel {
	return []Panel{
		{Name: "improvement/effects", Kind: KindIntervals, Width: 6, X: "effect_name", Step: "improvement",
			Files: []string{"improvement_plan", "conversation", "appraisal"},
			Series: []Series{{Column: "effect_points", Color: "improvement"}, {Column: "lower_points", Style: StyleLower},
				{Column: "upper_points", Style: StyleUpper}}},
		{Name: "improvement/change", Kind: KindColumns, Width: 6, X: "earlier_fifth", Step: "improvement", Files: []string{"goal", "check_in"},
			Series: []Series{{Column: "naive_points", Color: "open"}, {Column: "adjusted_points", Color: "improvement"}}},
		{Name: "improvement/migration", Kind: KindFlow, Width: 6, X: "earlier_rating", Y: "rating", Step: "improvement", Files: []string{"appraisal"},
			Series: []Series{{Column: "people_count", Color: "improvement"}},
			Drill:  people(map[string]string{"label": "label"})},
		{Name: "improvement/trend", Kind: KindLines, Width: 6, X: "cycle_name", Step: "improvement", Files: []string{"cycle", "goal", "check_in"},
			Series: []Series{{Column: "naive_points", Color: "open"}, {Column: "adjusted_points", Color: "improvement"}},
			Drill:  Drill{Columns: map[string]string{"cycle": "cycle_id"}, Fixed: map[string]string{"compare": ""}}},
		{Name: "improvement/units", Kind: KindIntervals, Width: 7, X: "unit", Step: "improvement", Files: []string{"goal", "check_in", "unit"},
			Series: []Series{{Column: "median_adjusted_points", Color: "improvement"}, {Column: "lower_quartile_points", Style: StyleLower},
				{Column: "upper_quartile_points", Style: StyleUpper}},
			Drill: Drill{Columns: map[string]string{"unit": "unit_id"}}},
		{Name: "improvement/outcomes", Kind: KindBars, Width: 5, X: "plan_outcome", Step: "improvement", Files: []string{"improvement_plan"},
			Series: []Series{{Column: "plan_count", Color: "improvement"}}},
		{Name: "improvement/outcome_units", Kind: KindTable, Width: 12, X: "unit", Step: "improvement", Files: []string{"improvement_plan", "unit"},
			Drill: Drill{Columns: map[string]string{"unit": "unit_id"}}},
		{Name: "improvement/carried", Kind: KindTable, Width: 12, X: "focus", Trace: "improvement_plan", Step: "improvement",
			Files: []string{"improvement_plan", "goal"}},
	}
}

func awardPanels() []Panel {
	return []Panel{
		{Name: "improvement/awards", Kind: KindColumns, Width: 5, X: "rating", Step: "improvement", Files: []string{"incentive", "appraisal"},
			Series: []Series{{Column: "median_award_share", Color: "improvement"}, {Column: "awarded_share", Color: "open"}},
			Drill:  people(map[string]string{"label": "label"})},
		{Name: "improvement/award_units", Kind: KindRanking, Width: 7, X: "unit", Step: "improvement", Files: []string{"incentive", "unit"},
			Drill: Drill{Columns: map[string]string{"unit": "unit_id"}}},
		{Name: "improvement/out_of_line", Kind: KindTable, Width: 12, X: "employee_name", Step: "improvement", Files: []string{"incentive", "appraisal"}},
	}
}
