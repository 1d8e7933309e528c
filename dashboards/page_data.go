package dashboards

// dataPanels are the panels of the pages about the data itself.
func dataPanels() []Panel {
	return []Panel{
		{Name: "data/freshness", Kind: KindTable, Width: 12, X: "kind"},
		{Name: "data/imports", Kind: KindTable, Width: 12, X: "file_name"},
		{Name: "data/quality_trend", Kind: KindLines, Width: 6, X: "build",
			Series: []Series{{Column: "people_doubtful_share", Color: "ink"}, {Column: "goals_doubtful_share", Color: "goals"},
				{Column: "plan_doubtful_share", Color: "plan"}, {Column: "monitoring_doubtful_share", Color: "monitoring"},
				{Column: "appraisal_doubtful_share", Color: "appraisal"}, {Column: "feedback_doubtful_share", Color: "feedback"},
				{Column: "improvement_doubtful_share", Color: "improvement"}}},
		{Name: "data/quality_steps", Kind: KindTable, Width: 6, X: "step"},
		{Name: "data/quality_files", Kind: KindRanking, Width: 12, X: "file_name"},
		{Name: "data/findings", Kind: KindTable, Width: 6, X: "finding"},
		{Name: "data/checks", Kind: KindTable, Width: 6, X: "check_name"},
		{Name: "data/sheets", Kind: KindTable, Width: 12, X: "sheet"},
		{Name: "data/problems", Kind: KindTable, Width: 12, X: "problem_key"},
		{Name: "data/rejected", Kind: KindTable, Width: 12, X: "line"},
	}
}

// dataTabs are the pages about the data itself below /data, whose own name is empty.
func dataTabs() []string { return []string{"", "quality", "builds", "lineage", "metrics"} }

// dataFindings are what the page about quality opens with, and the panel that has more.
func dataFindings() []Finding {
	return []Finding{{Query: "data/finding_doubtful", Path: "data/quality_files"}, {Query: "data/finding_broken", Path: "data/checks"}}
}
