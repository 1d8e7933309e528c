package dashboards

func plansPage() Page {
	return Page{Name: "plans", Panels: overviewPanels("loop/steps")}
}
