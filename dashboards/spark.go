package dashboards

import (
	"math"
	"strconv"
	"strings"
)

// Spark is a small line in a cell, 96 wide and 20 high: how a figure came to where it is. Whole is the height of 100 %.
type Spark struct{ Points, X, Y, Whole, Text string }

// The line leaves room for its last point and goes no higher than 120 %, no lower than nothing.
const (
	sparkLeft, sparkRight = 3.0, 93.0
	sparkTop, sparkBottom = 3.0, 17.0
	sparkMost             = 1.2
)

// sparkOf draws shares that stand one after the other, parted by spaces; nil where there are none.
func sparkOf(r *request, list string) *Spark {
	var shares []float64
	for _, part := range strings.Fields(list) {
		if share, err := strconv.ParseFloat(part, 64); err == nil && !math.IsInf(share, 0) && !math.IsNaN(share) {
			shares = append(shares, share)
		}
	}
	if len(shares) == 0 {
		return nil
	}
	s := &Spark{Whole: sparkNumber(sparkHeight(1))}
	points := make([]string, len(shares))
	for i, share := range shares {
		x := sparkRight
		if len(shares) > 1 {
			x = sparkLeft + (sparkRight-sparkLeft)*float64(i)/float64(len(shares)-1)
		}
		s.X, s.Y = sparkNumber(x), sparkNumber(sparkHeight(share))
		points[i] = s.X + "," + s.Y
	}
	s.Points = strings.Join(points, " ")
	s.Text = r.Words.T("spark.text", "count", len(shares), "first", r.Words.Share(shares[0]), "last", r.Words.Share(shares[len(shares)-1]))
	return s
}

func sparkHeight(share float64) float64 {
	return sparkBottom - (sparkBottom-sparkTop)*min(max(share, 0), sparkMost)/sparkMost
}

func sparkNumber(x float64) string { return strconv.FormatFloat(x, 'f', 1, 64) }
