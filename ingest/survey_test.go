package ingest

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// TestTwoHalvesSayWhatTheWholeSays profiles a column whole, and its two halves by themselves.
func TestTwoHalvesSayWhatTheWholeSays(t *testing.T) {
	cells := []string{
		"1", "0.25", "57", "105", "12.5%", "1.234", "-3", "≤3", "3/5", "4/5", "3/4", "8:13", "12 (2007)", "12万", "about", "N/A", "",
		"2025-03-31", "2025-04-01", "31/03/2025", "03/31/2025", "3/4/2025", "3.4.2025", "45754", "45780", "Jun-25", "25.4.1", "25.12.31", "31/03/2568", "Good", "A",
	}
	rapid.Check(t, func(r *rapid.T) {
		fieldType := rapid.SampledFrom([]string{"share", "number", "target", "integer", "date", "rating"}).Draw(r, "type")
		column := rapid.SliceOfN(rapid.SampledFrom(cells), 20, 60).Draw(r, "column")
		cut := rapid.IntRange(0, len(column)).Draw(r, "cut")
		var whole, above, below profile
		for i, cell := range column {
			half := &above
			if i >= cut {
				half = &below
			}
			at := place{line: i, isPercentRow: i%3 == 0}
			for _, p := range []*profile{&whole, half} {
				p.add(fieldType, cell, at)
				p.owners.add(cell)
			}
		}
		above.merge(&below)
		if diff := cmp.Diff(whole, above, cmp.AllowUnexported(profile{}, numberProfile{}, separators{}, dateProfile{}, ownerProfile{})); diff != "" {
			r.Errorf("%s %q cut at %d (-whole +halves):\n%s", fieldType, column, cut, diff)
		}
	})
}
