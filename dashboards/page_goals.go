package dashboards

func goalsPage() Page {
	return Page{Name: "goals", Panels: overviewPanels("loop/attainment", "loop/goal_status")}
}
