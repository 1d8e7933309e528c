package dashboards

func monitoringPage() Page {
	return Page{Name: "monitoring", Panels: overviewPanels("loop/alarms")}
}
