package dashboards

import "testing"

// TestDataPagesInTheBrowser opens the pages about the data with imports and findings on them, wide and on a phone.
func TestDataPagesInTheBrowser(t *testing.T) {
	s := serve(t, openWarehouse(t, twoFiles))
	b := openTab(t, s)
	for _, look := range []string{"lang=en&theme=light", "lang=zh&theme=dark"} {
		for _, tab := range []string{"?", "/quality?", "/builds?", "/lineage?model=fct_rater&", "/metrics?q=closure&"} {
			path := "/data" + tab + look
			b.size(1440, 900)
			b.open(path)
			for _, wrong := range append(b.violations(), b.taken()...) {
				t.Errorf("%s: %s", path, wrong)
			}
			b.size(390, 844)
			if width := eval[int](b, "document.documentElement.scrollWidth"); width > 390 {
				t.Errorf("%s is %d pixels wide on a phone", path, width)
			}
			b.taken()
		}
	}
}
