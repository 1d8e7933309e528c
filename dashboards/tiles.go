package dashboards

import (
	"math"
	"strconv"

	"github.com/perfloop/perfloop/analytics"
	"github.com/perfloop/perfloop/dashboards/words"
)

// Figure is one headline number with its change, which names its base.
type Figure struct {
	Name, Value, Note, Delta, Trend string
}

// figures reads rows of figure, value_share, compare_share, people_count. A running cycle has no change yet:
// it would be compared with a whole one.
func figures(r *request, result *analytics.Result) []Figure {
	shown := make([]Figure, 0, len(result.Rows))
	for _, row := range result.Rows {
		at := func(column string) any { return row[result.Index(column)] }
		f := Figure{Name: text(at("figure")), Value: r.Words.Value(at("value_share"), "share")}
		if at("value_share") != nil {
			f.Note = r.Words.T("figure.of", "count", at("people_count"))
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

// StepTile is one step of the loop with the people in each state.
type StepTile struct {
	Step      string
	Number    int
	Done      string // share of people done, in words
	IsUnknown bool   // no file is about this step: missed would be a guess
	Segments  []Segment
}

// Segment is one state's part of a tile's bar, in hundredths.
type Segment struct {
	State, X, Width, Link, Label, Share, Count string
}

// stepTiles reads rows of step, state, people_count, people_share in the order of the loop.
func stepTiles(r *request, p Panel, result *analytics.Result) []StepTile {
	byStep := map[string]*StepTile{}
	done, x := map[string]float64{}, map[string]float64{}
	tiles := make([]StepTile, len(steps()))
	for i, step := range steps() {
		tiles[i] = StepTile{Step: step, Number: i + 1}
		byStep[step] = &tiles[i]
	}
	for _, row := range result.Rows {
		at := func(column string) any { return row[result.Index(column)] }
		step, state := text(at("step")), text(at("state"))
		tile := byStep[step]
		share := number(at("people_share"))
		if tile == nil || math.IsNaN(share) {
			continue
		}
		if has, _ := at("has_evidence").(bool); !has {
			tile.IsUnknown = true
			continue
		}
		tile.Segments = append(tile.Segments, Segment{
			State: state, X: hundredths(x[step]), Width: hundredths(share), Link: drillURL(r.Filter, p, result, row),
			Label: r.Words.T("state." + state), Share: r.Words.Share(share), Count: r.Words.Value(at("people_count"), "count"),
		})
		x[step] += share
		if state == "on_time" || state == "late" {
			done[step] += share
		}
	}
	for i := range tiles {
		tiles[i].Done = words.None
		if len(tiles[i].Segments) > 0 {
			tiles[i].Done = r.Words.Share(done[tiles[i].Step])
		}
	}
	return tiles
}

func hundredths(share float64) string { return strconv.FormatFloat(100*share, 'f', 2, 64) }
