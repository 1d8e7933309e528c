package dashboards

func appraisalPage() Page {
	return Page{
		Name:     "appraisal",
		IsClosed: true,
		Panels:   append(appraisalPanels(), appraisalLists()...),
		Findings: []Finding{
			{Query: "appraisal/finding_raters", IsClosed: true}, {Query: "appraisal/finding_guideline", IsClosed: true},
			{Query: "appraisal/finding_mismatch", IsClosed: true}},
	}
}

func appraisalPanels() []Panel {
	return append(overviewPanels("loop/rating"), []Panel{
		{Name: "appraisal/against_attainment", Kind: KindHeat, Width: 7, X: "attainment_band", Y: "rating", Step: "appraisal",
			Files:  []string{"goal", "check_in", "appraisal"},
			Series: []Series{{Column: "people_count", Color: "appraisal"}},
			Drill:  people(map[string]string{"label": "label", "from": "band_from", "to": "band_to"})},
		{Name: "appraisal/guideline", Kind: KindTable, Width: 7, X: "rating", Step: "appraisal", Files: []string{"appraisal", "guideline"},
			Drill: people(map[string]string{"label": "label"})},
		{Name: "appraisal/nine_box", Kind: KindHeat, Width: 5, X: "performance_level", Y: "potential_level", Step: "appraisal",
			Files:  []string{"appraisal"},
			Series: []Series{{Column: "people_count", Color: "appraisal"}},
			Drill:  people(map[string]string{"sign": "drill_box"})},
		overviewPanel("loop/raters"),
		{Name: "appraisal/gap", Kind: KindIntervals, Width: 6, X: "unit", Step: "appraisal", Files: []string{"appraisal"},
			Series: []Series{{Column: "median_gap_points", Color: "appraisal"}, {Column: "lower_quartile_points", Style: StyleLower},
				{Column: "upper_quartile_points", Style: StyleUpper}},
			Drill: Drill{Columns: map[string]string{"unit": "unit_id"}}},
	}...)
}

func appraisalLists() []Panel {
	return []Panel{
		{Name: "appraisal/agenda", Kind: KindTable, Width: 12, X: "employee_name", Step: "appraisal", Files: []string{"appraisal", "goal"}},
		{Name: "appraisal/calibrated", Kind: KindHeat, Width: 5, X: "rating", Y: "original_rating", Step: "appraisal", Files: []string{"calibration"},
			Series: []Series{{Column: "people_count", Color: "appraisal"}},
			Drill:  people(map[string]string{"label": "label"})},
		{Name: "appraisal/agreement", Kind: KindTable, Width: 7, X: "unit", Step: "appraisal", Files: []string{"appraisal", "goal"},
			Drill: Drill{Columns: map[string]string{"unit": "unit_id"}}},
		{Name: "appraisal/traits", Kind: KindTable, Width: 12, X: "reviewer_name", Step: "appraisal", Files: []string{"appraisal"},
			Drill: people(map[string]string{"reviewer": "reviewer_id"})},
		{Name: "appraisal/fairness", Kind: KindTable, Width: 12, X: "fairness_group", Step: "appraisal", Files: []string{"employee", "appraisal"},
			IsProtected: true},
	}
}
