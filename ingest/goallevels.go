package ingest

// byLevels keeps what stands beside a goal's target and is not it: threshold, stretch, and where there is one of these a
// minimum or maximum too, which is no bound of the target then.
func (m *matcher) byLevels() {
	if m.kind.Name != "goal" {
		return
	}
	hasLevel := false
	for _, words := range []map[string]bool{dictionary().goalLevels, dictionary().goalBounds} {
		for i := range m.columns {
			c := &m.columns[i]
			if c.Why == "" && words[foldHeader(c.Header)] && m.below.figures(i) {
				c.Why, hasLevel = asAttribute, true
			}
		}
		if !hasLevel {
			return
		}
	}
}
