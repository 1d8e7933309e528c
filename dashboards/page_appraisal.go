package dashboards

func appraisalPage() Page {
	return Page{Name: "appraisal", Panels: overviewPanels("loop/rating", "loop/raters"), IsClosed: true}
}
