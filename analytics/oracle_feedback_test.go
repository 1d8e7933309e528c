package analytics_test

// feedback is how a final rating was talked over.
type feedback struct {
	isLow, isDelivered, isAcknowledged, isUnmet bool
	on                                          day
	days                                        float64
	talks, both, responses                      int
}

func (o *oracle) isLow(r *rating, cycle string) bool {
	return r.rank > 0 && r.rank <= int(o.set("low_label_count", cycle, 2))
}

// feedbackOn counts the feedback conversations since the rating.
func (o *oracle) feedbackOn(p *person, r *rating) feedback {
	f := feedback{isLow: o.isLow(r, p.cycle.id), on: never, days: none}
	for _, talk := range o.conversations {
		if talk.employee != p.id || talk.cycle != p.cycle.id || talk.kind != "feedback" || talk.on > o.asOf || talk.on != never && talk.on < r.on {
			continue
		}
		f.talks++
		f.isDelivered = true
		f.isAcknowledged = f.isAcknowledged || o.isAcknowledged(talk)
		f.both += int(truth(talk.strengths != "" && talk.improvements != ""))
		f.responses += int(truth(talk.response != ""))
		if talk.on != never && (f.on == never || talk.on < f.on) {
			f.on = talk.on
		}
	}
	if f.on != never {
		f.days = float64(f.on - r.on)
	}
	f.isUnmet = f.isLow && !f.isDelivered && o.asOf > p.steps[4].due
	return f
}

func (o *oracle) isTimely(f feedback, cycle string) bool {
	return f.days <= o.set("feedback_due_days", cycle, 14)
}

func (o *oracle) feedbackTable() *table {
	t := &table{mart: "fct_feedback", keys: []string{"employee_id", "cycle_id"}}
	for key, r := range o.ratings {
		p := o.people[key]
		f := o.feedbackOn(p, r)
		row := figures{"rating_label": r.label, "rating_rank": r.rank, "is_low_rated": f.isLow, "rated_on": r.on, "feedback_on": f.on, "is_delivered": f.isDelivered,
			"is_acknowledged": f.isAcknowledged, "is_timely": nil, "conversation_count": f.talks, "both_named_count": f.both, "response_count": f.responses,
			"is_low_unmet": f.isUnmet}
		if reason := "no_evidence"; known(f.days) {
			row["is_timely"] = o.isTimely(f, p.cycle.id)
			row.why("feedback_days", f.days, reason)
		} else if !f.isDelivered {
			row.why("feedback_days", f.days, "no_counterpart")
		} else {
			row.why("feedback_days", f.days, reason)
		}
		t.add(row, p.id, p.cycle.id)
	}
	return t
}

func (o *oracle) feedbackUnitTable() *table {
	t := &table{mart: "fct_feedback_unit", keys: []string{"cycle_id", "unit_id"}}
	for _, g := range o.groups() {
		var all []feedback
		var days []float64
		sum := map[string]int{}
		for _, p := range g.of {
			r := o.ratings[at(p.id, p.cycle.id)]
			if r == nil {
				continue
			}
			f := o.feedbackOn(p, r)
			all = append(all, f)
			for name, is := range map[string]bool{"delivered": f.isDelivered, "acknowledged": f.isAcknowledged, "timely": o.isTimely(f, p.cycle.id), "low": f.isLow, "unmet": f.isUnmet} {
				sum[name] += int(truth(is))
			}
			sum["talks"], sum["both"], sum["responses"] = sum["talks"]+f.talks, sum["both"]+f.both, sum["responses"]+f.responses
			if known(f.days) {
				days = append(days, f.days)
			}
		}
		if len(all) == 0 {
			continue
		}
		row := figures{"appraised_count": len(all), "delivered_count": sum["delivered"], "delivered_share": float64(sum["delivered"]) / float64(len(all)),
			"acknowledged_count": sum["acknowledged"], "acknowledged_share": float64(sum["acknowledged"]) / float64(len(all)), "dated_count": len(days),
			"feedback_lower_quartile_days": quantile(days, 0.25), "feedback_upper_quartile_days": quantile(days, 0.75), "timely_count": sum["timely"],
			"conversation_count": sum["talks"], "low_rated_count": sum["low"], "low_unmet_count": sum["unmet"]}
		reason := "no_evidence"
		if sum["delivered"] == 0 {
			reason = "no_counterpart"
		}
		row.why("feedback_median_days", quantile(days, 0.5), reason)
		row.share("timely_share", sum["timely"], len(days), reason)
		row.share("both_named_share", sum["both"], sum["talks"], reason)
		row.share("response_share", sum["responses"], sum["talks"], reason)
		t.add(row, g.cycle.id, g.unit)
	}
	return t
}
