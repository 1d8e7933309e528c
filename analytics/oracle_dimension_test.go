package analytics_test

// rankOf a label; nil without one.
func (o *oracle) rankOf(label string) any {
	if _, rank, _ := o.onScale(label, none); rank > 0 {
		return rank
	}
	return nil
}

func (o *oracle) cycleTable() *table {
	t := &table{mart: "dim_cycle", keys: []string{"cycle_id"}}
	for _, c := range o.cycles {
		elapsed := max(0, min(1, float64(o.asOf-c.starts)/float64(c.ends-c.starts)))
		t.add(figures{"previous_cycle_id": o.previous(c.id), "is_closed": o.asOf > c.ends, "elapsed_share": elapsed, "check_in_days": o.period(c.id)}, c.id)
	}
	return t
}

func (o *oracle) labelTable() *table {
	t := &table{mart: "dim_rating_label", keys: []string{"cycle_id", "code"}}
	for _, c := range o.cycles {
		for _, l := range o.labels {
			_, rank, share := o.onScale(l.code, none)
			t.add(figures{"rank": rank, "label_count": len(o.labels), "value_share": share}, c.id, l.code)
		}
	}
	return t
}

func (o *oracle) appraisalTable() *table {
	t := &table{mart: "fct_appraisal", keys: []string{"line"}}
	for i, a := range o.appraisals {
		if a.on <= o.asOf {
			_, _, share := o.onScale(a.label, a.score)
			t.add(figures{"score": a.score, "value_share": share}, i+2)
		}
	}
	return t
}
