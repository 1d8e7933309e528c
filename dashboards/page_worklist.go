package dashboards

func worklistPage() Page {
	return Page{Name: "worklist", Keeps: []string{"waiting"}, Export: "/export/worklist", Panels: []Panel{
		{Name: "worklist/kinds", Kind: KindTable, Width: 6, X: "waiting_kind", Files: []string{"goal", "check_in", "reading", "appraisal", "conversation", "improvement_plan"},
			Drill: Drill{Columns: map[string]string{"waiting": "waiting_kind"}}},
		{Name: "worklist/managers", Kind: KindStacked, Width: 6, X: "manager_name", Files: []string{"employee"},
			Series: []Series{{Column: "goals_count", Color: "goals"}, {Column: "plan_count", Color: "plan"}, {Column: "monitoring_count", Color: "monitoring"},
				{Column: "appraisal_count", Color: "appraisal"}, {Column: "feedback_count", Color: "feedback"}, {Column: "improvement_count", Color: "improvement"}},
			Drill: Drill{Columns: map[string]string{"manager": "manager_id"}}},
		{Name: "worklist/items", Kind: KindTable, Width: 12, X: "manager_name", Files: []string{"goal", "check_in", "reading", "appraisal", "conversation", "improvement_plan"},
			Drill: Drill{Columns: map[string]string{"manager": "manager_id"}}},
		{Name: "worklist/causes", Kind: KindTable, Width: 12, X: "note_cause",
			Drill: Drill{Columns: map[string]string{"waiting": "waiting_kind"}}},
	}, Findings: []Finding{{Query: "worklist/finding_oldest", Path: "/worklist"}, {Query: "worklist/finding_manager", Path: "/worklist"},
		{Query: "worklist/finding_low", Path: "/worklist"}}}
}
