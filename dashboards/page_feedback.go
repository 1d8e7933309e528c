package dashboards

func feedbackPage() Page {
	return Page{
		Name:     "feedback",
		IsClosed: true,
		Panels:   feedbackPanels(),
		Findings: []Finding{
			{Query: "feedback/finding_unmet", IsClosed: true}, {Query: "feedback/finding_unit", IsClosed: true},
			{Query: "feedback/finding_trend", IsClosed: true}, {Query: "feedback/finding_content", IsClosed: true}},
	}
}

func feedbackPanels() []Panel {
	return []Panel{
		{Name: "feedback/figures", Kind: KindFigures, Width: 12, X: "figure", Step: "feedback", Files: []string{"appraisal", "conversation"},
			Series: []Series{{Column: "value_share"}, {Column: "compare_share", Style: StyleCompare}}},
		{Name: "feedback/unmet", Kind: KindTable, Width: 7, X: "employee_name", Step: "feedback", Files: []string{"appraisal", "conversation"}},
		{Name: "feedback/days", Kind: KindColumns, Width: 5, X: "days_span", Step: "feedback", Files: []string{"appraisal", "conversation"},
			Series: []Series{{Column: "people_share", Color: "feedback"}, {Column: "compare_people_share", Color: "feedback", Style: StyleCompare}},
			Drill:  people(map[string]string{"measure": "drill_measure", "from": "drill_from", "to": "drill_to", "sign": "drill_sign"})},
		{Name: "feedback/managers", Kind: KindTable, Width: 7, X: "manager_name", Step: "feedback", Files: []string{"appraisal", "conversation"},
			Drill: people(map[string]string{"manager": "manager_id", "sign": "drill_sign"})},
		{Name: "feedback/content", Kind: KindBars, Width: 5, X: "content", Step: "feedback", Files: []string{"conversation"},
			Series: []Series{{Column: "conversation_share", Color: "feedback"}, {Column: "compare_conversation_share", Color: "feedback", Style: StyleCompare}}},
		{Name: "feedback/unit_days", Kind: KindIntervals, Width: 6, X: "unit", Step: "feedback", Files: []string{"appraisal", "conversation", "unit"},
			Series: []Series{{Column: "median_days", Color: "feedback"}, {Column: "lower_quartile_days", Style: StyleLower},
				{Column: "upper_quartile_days", Style: StyleUpper}},
			Drill: Drill{Columns: map[string]string{"unit": "unit_id"}}},
		{Name: "feedback/trend", Kind: KindLines, Width: 6, X: "cycle_name", Step: "feedback", Files: []string{"cycle", "appraisal", "conversation"},
			Series: []Series{{Column: "delivered_share", Color: "feedback"}, {Column: "acknowledged_share", Color: "on-time"},
				{Column: "timely_share", Color: "late"}, {Column: "both_named_share", Color: "ink"}},
			Drill: Drill{Columns: map[string]string{"cycle": "cycle_id"}, Fixed: map[string]string{"compare": ""}}},
		{Name: "feedback/units", Kind: KindRanking, Width: 12, X: "unit", Step: "feedback", Files: []string{"appraisal", "conversation", "unit"},
			Drill: Drill{Columns: map[string]string{"unit": "unit_id"}}},
	}
}
