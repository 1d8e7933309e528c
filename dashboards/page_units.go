package dashboards

// unitsPage is one unit's or one manager's view of all steps, beside the rest of the company; the filter chooses whose.
func unitsPage() Page {
	return Page{
		Name: "units",
		Panels: append([]Panel{
			{Name: "units/matrix", Kind: KindHeat, Width: 12, X: "figure", Y: "unit", Files: []string{"employee", "unit", "goal", "check_in", "appraisal", "conversation"},
				Series: []Series{{Column: "mean_share", Color: "accent"}}, Drill: Drill{Columns: map[string]string{"unit": "unit_id"}}},
			{Name: "units/differences", Kind: KindIntervals, Width: 6, X: "figure", Files: []string{"employee", "unit", "goal", "check_in", "appraisal", "conversation"},
				Series: []Series{{Column: "difference_points", Color: "accent"}, {Column: "lower_points", Style: StyleLower}, {Column: "upper_points", Style: StyleUpper}}},
			{Name: "units/trend", Kind: KindLines, Width: 6, X: "cycle_name", Files: []string{"cycle", "goal"},
				Series: []Series{{Column: "attainment", Color: "goals"}, {Column: "company_attainment_share", Color: "open"},
					{Column: "closed_share", Color: "accent"}, {Column: "company_closed_share", Color: "exempt"}},
				Drill: Drill{Columns: map[string]string{"cycle": "cycle_id"}, Fixed: map[string]string{"compare": ""}}},
			{Name: "units/managers", Kind: KindRanking, Width: 12, X: "manager_name", Files: []string{"employee", "goal", "appraisal"},
				Drill: Drill{Columns: map[string]string{"manager": "manager_id"}}},
		}, overviewPanels("loop/attention")...),
		Findings: []Finding{{Query: "units/finding_behind"}, {Query: "units/finding_ahead"}, {Query: "units/finding_apart", Path: "/units"}},
	}
}
