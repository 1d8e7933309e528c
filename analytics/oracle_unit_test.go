package analytics_test

// unitGoalTable: the means, medians and quartiles of a unit's people, and how many of them have goals.
func (o *oracle) unitGoalTable() *table {
	t := &table{mart: "fct_unit_goal", keys: []string{"cycle_id", "unit_id"}}
	for _, g := range o.groups() {
		attained := g.figuresOf(func(p *person) float64 { return p.attained })
		measured := g.figuresOf(func(p *person) float64 { return p.measured })
		aligned := g.figuresOf(func(p *person) float64 { return p.aligned })
		covered := g.countOf(func(p *person) bool { return p.count("") > 0 })
		f := figures{"people_count": len(g.of), "covered_people_count": covered, "coverage_share": float64(covered) / float64(len(g.of)),
			"attainment_people_count": len(attained), "lower_attainment": quantile(attained, 0.25), "median_attainment": quantile(attained, 0.5),
			"upper_attainment": quantile(attained, 0.75), "aligned_people_count": len(aligned), "lower_aligned_share": quantile(aligned, 0.25),
			"median_aligned_share": quantile(aligned, 0.5), "upper_aligned_share": quantile(aligned, 0.75)}
		f.why("attainment", mean(attained), "no_evidence")
		f.why("measured_share", mean(measured), "no_evidence")
		f.why("aligned_share", mean(aligned), "no_evidence")
		t.add(f, g.cycle.id, g.unit)
	}
	return t
}
