package dashboards

import (
	"encoding/json"
	"fmt"
	"html"
	"strings"
	"testing"
)

// chartOf is the chart in a panel's fragment, and the fragment's other half with the table.
func chartOf(t *testing.T, body string) (chart *Chart, rest string) {
	t.Helper()
	_, after, found := strings.Cut(body, `<script type="application/json">`)
	if !found {
		return nil, ""
	}
	text, rest, _ := strings.Cut(after, "</script>")
	if err := json.Unmarshal([]byte(text), &chart); err != nil {
		t.Fatalf("%v in %.300s", err, text)
	}
	return chart, rest
}

// TestEveryChartCanBeReadAndFollowedWithoutAMouse asks every panel of the generated company: what its marks lead
// to is in its table, and a sentence says what it shows.
func TestEveryChartCanBeReadAndFollowedWithoutAMouse(t *testing.T) {
	s := serve(t, openWarehouse(t, scale(120)))
	drawn := 0
	for _, p := range panels() {
		got := s.get(fmt.Sprintf("/panels/%s?%s&cycle=2026H1&compare=2025H2", p.Name, askedOf), "HX-Request", "true")
		chart, rest := chartOf(t, got.body)
		if chart == nil {
			continue
		}
		drawn++
		if chart.Whole != nil {
			chart = chart.Whole
		}
		if strings.Contains(got.body, "<figcaption></figcaption>") {
			t.Errorf("%s has no text alternative", p.Name)
		}
		for _, link := range chart.Links[:min(len(chart.Links), shownRows)] {
			if link != "" && !strings.Contains(html.UnescapeString(rest), `href="`+link+`"`) {
				t.Errorf("%s: a mark leads to %s, the table does not", p.Name, link)
				break
			}
		}
	}
	if drawn < 6 {
		t.Errorf("only %d charts are drawn", drawn)
	}
}
