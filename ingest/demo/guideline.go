package demo

import "slices"

// guidelineFile says how many of a hundred people are to get each label.
func (c *company) guidelineFile() file {
	lang := c.lang("zh")
	var rows [][]any
	for i, code := range codes() {
		rows = append(rows, []any{code, share(guideline()[i])})
	}
	slices.Reverse(rows)
	return file{
		name: fileName(lang, text{"rating_guideline", "绩效分布指引"}, ".csv"), lang: lang,
		sheets: []sheet{{kind: "guideline", fields: []string{"label", "share"}, rows: slices.Values(rows), percents: asText}},
	}
}
