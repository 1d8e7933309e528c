package dashboards

func improvementPage() Page {
	return Page{Name: "improvement", Panels: overviewPanels("loop/trend"), IsClosed: true}
}
