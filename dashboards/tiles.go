package dashboards

import (
	"math"

	"github.com/perfloop/perfloop/analytics"
)

// Figure is one headline number with its change, which names its base.
type Figure struct {
	Name, Value, Note, Delta, Trend string
}

// figures reads rows of figure, value_share, compare_share, people_count and, where there is no value, reason_key. A running cycle has no change yet:
// it would be compared with a whole one.
func figures(r *request, result *analytics.Result) []Figure {
	shown := make([]Figure, 0, len(result.Rows))
	for _, row := range result.Rows {
		at := func(column string) any { return row[result.Index(column)] }
		f := Figure{Name: text(at("figure")), Value: r.Words.Value(at("value_share"), "share")}
		if at("value_share") != nil {
			f.Note = r.Words.T("figure.of", "count", at("people_count"))
		} else if reason := value(result, row, "reason_key"); reason != "" {
			f.Note = say(r.Words, analytics.Column{Name: "reason_key"}, reason)
		}
		if change := number(at("value_share")) - number(at("compare_share")); !math.IsNaN(change) && r.Compare != nil && r.Cycle.IsClosed {
			f.Trend = trend(change)
			f.Delta = r.Words.T("figure.delta", "change", r.Words.Points(change), "base", clip(r.Compare.Name))
			if f.Trend == "same" {
				f.Delta = r.Words.T("figure.same", "base", clip(r.Compare.Name))
			}
		}
		shown = append(shown, f)
	}
	return shown
}

func trend(change float64) string {
	switch {
	case change >= 0.0005:
		return "up"
	case change <= -0.0005:
		return "down"
	}
	return "same"
}
