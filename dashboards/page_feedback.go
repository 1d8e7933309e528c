package dashboards

func feedbackPage() Page {
	return Page{Name: "feedback", Panels: overviewPanels("loop/lead_time"), IsClosed: true}
}
