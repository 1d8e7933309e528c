package dashboards

func monitoringPage() Page {
	return Page{
		Name:   "monitoring",
		Panels: append(watchPanels(), alarmPanels()...),
		Findings: []Finding{
			{Query: "monitoring/finding_silent"}, {Query: "monitoring/finding_unanswered"}, {Query: "monitoring/finding_alarm"}, {Query: "monitoring/finding_status"}},
		Keeps: []string{"metric", "employee_id"}, // whose series is shown
	}
}

// watchPanels tell how far goals are, who says so and who looks.
func watchPanels() []Panel {
	return []Panel{
		{Name: "monitoring/figures", Kind: KindFigures, Width: 12, X: "figure", Step: "monitoring", Files: []string{"goal", "check_in"},
			Series: []Series{{Column: "value_share"}, {Column: "compare_share", Style: StyleCompare}}},
		{Name: "monitoring/calendar", Kind: KindHeat, Width: 12, X: "week_on", Y: "unit", Step: "monitoring", Files: []string{"check_in"},
			Series: []Series{{Column: "checked_share", Color: "monitoring"}}, Drill: Drill{Columns: map[string]string{"unit": "unit_id"}}},
		{Name: "monitoring/pace", Kind: KindColumns, Width: 6, X: "pace_band", Step: "monitoring", Files: []string{"goal", "check_in"},
			Series: []Series{{Column: "goal_share", Color: "monitoring"}},
			Drill:  Drill{Path: "/people", Columns: map[string]string{"from": "band_from", "to": "band_to"}, Fixed: map[string]string{"measure": "pace"}}},
		{Name: "monitoring/pace_units", Kind: KindIntervals, Width: 6, X: "unit", Step: "monitoring", Files: []string{"goal", "check_in", "unit"},
			Series: []Series{{Column: "median_pace_points", Color: "monitoring"}, {Column: "lower_quartile_points", Style: StyleLower},
				{Column: "upper_quartile_points", Style: StyleUpper}},
			Drill: Drill{Columns: map[string]string{"unit": "unit_id"}}},
		{Name: "monitoring/status", Kind: KindHeat, Width: 5, X: "status", Y: "owner_status", Step: "monitoring", Files: []string{"goal", "check_in"},
			Series: []Series{{Column: "goal_count", Color: "monitoring"}},
			Drill:  people(map[string]string{"status": "status", "owner_status": "owner_status"})},
		{Name: "monitoring/disagreements", Kind: KindTable, Width: 7, X: "employee_name", Step: "monitoring", Files: []string{"goal", "check_in"}},
		{Name: "monitoring/overdue", Kind: KindTable, Width: 12, X: "employee_name", Step: "monitoring", Files: []string{"goal", "check_in"}},
		{Name: "monitoring/forecast", Kind: KindColumns, Width: 6, X: "chance_band", Step: "monitoring", Files: []string{"goal", "check_in"},
			Series: []Series{{Column: "goal_share", Color: "monitoring"}},
			Drill:  Drill{Path: "/people", Columns: map[string]string{"from": "band_from", "to": "band_to"}, Fixed: map[string]string{"measure": "chance"}}},
		{Name: "monitoring/backtest", Kind: KindLines, Width: 6, X: "elapsed_share", Step: "monitoring", Files: []string{"goal", "check_in"},
			Series: []Series{{Column: "brier", Color: "monitoring"}, {Column: "pace_brier", Color: "late"}, {Column: "last_value_brier", Color: "open"}}},
		{Name: "monitoring/forecast_people", Kind: KindTable, Width: 12, X: "employee_name", Step: "monitoring", Files: []string{"goal", "check_in"}},
	}
}

// alarmPanels are about KPI readings; the series shown is that of an alarm clicked, else of the newest.
func alarmPanels() []Panel {
	return []Panel{
		{Name: "monitoring/alarms", Kind: KindStacked, Width: 5, X: "metric", Step: "monitoring", Files: []string{"reading"},
			Series: []Series{{Column: "environment_count", Color: "open"}, {Column: "both_count", Color: "late"},
				{Column: "individual_count", Color: "missed"}, {Column: "unknown_count", Color: "exempt"}},
			Drill: people(map[string]string{"metric": "metric", "alarm": "alarm_kind"})},
		{Name: "monitoring/series", Kind: KindBand, Width: 7, X: "read_on", Step: "monitoring", Trace: "reading", Files: []string{"reading"},
			Series: []Series{{Column: "value", Color: "monitoring"}, {Column: "expected", Color: "open"},
				{Column: "lower_value", Style: StyleLower}, {Column: "upper_value", Style: StyleUpper}}},
		{Name: "monitoring/cusum", Kind: KindLines, Width: 6, X: "read_on", Step: "monitoring", Trace: "reading", Files: []string{"reading"},
			Series: []Series{{Column: "adverse_sum", Color: "monitoring"}, {Column: "alarm_bound", Color: "missed"}}},
		{Name: "monitoring/reaction", Kind: KindColumns, Width: 6, X: "reaction_span", Step: "monitoring", Files: []string{"reading", "check_in", "conversation"},
			Series: []Series{{Column: "alarm_share", Color: "monitoring"}},
			Drill:  people(map[string]string{"measure": "drill_measure", "from": "drill_from", "to": "drill_to", "sign": "drill_sign"})},
		{Name: "monitoring/unanswered", Kind: KindTable, Width: 12, X: "metric", Step: "monitoring", Files: []string{"reading"},
			Drill: Drill{Columns: map[string]string{"metric": "metric", "employee_id": "employee_id"}, At: "monitoring/series"}},
		{Name: "monitoring/talks", Kind: KindBars, Width: 6, X: "conversation_kind", Step: "monitoring", Files: []string{"conversation"},
			Series: []Series{{Column: "people_share", Color: "monitoring"}}, Drill: people(map[string]string{"sign": "drill_sign"})},
		{Name: "monitoring/missing", Kind: KindTable, Width: 6, X: "metric", Step: "monitoring", Files: []string{"reading"},
			Drill: people(map[string]string{"metric": "metric", "alarm": "alarm_kind"})},
		{Name: "monitoring/units", Kind: KindRanking, Width: 12, X: "unit", Step: "monitoring", Files: []string{"employee", "unit", "check_in"},
			Drill: Drill{Columns: map[string]string{"unit": "unit_id"}}},
	}
}
