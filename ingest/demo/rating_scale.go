package demo

import "slices"

// ratingScaleFile names the five labels, best first, with the scores that belong to them.
func (c *company) ratingScaleFile() file {
	lang := c.lang("en")
	labels := []text{{"Well below", "不合格"}, {"Needs improvement", "待改进"}, {"Meets", "良好"}, {"Exceeds", "优秀"}, {"Outstanding", "卓越"}}
	var rows [][]any
	for i, code := range codes() {
		top := scoreFloors()[i+1]
		if i < len(labels)-1 {
			top -= 0.1
		}
		rows = append(rows, []any{code, labels[i].en, labels[i].zh, i + 1, i + 1, scoreFloors()[i], round(top, 1)})
	}
	slices.Reverse(rows)
	return file{
		name: fileName(lang, text{"rating_scale", "等级标准"}, ".csv"), lang: lang,
		sheets: []sheet{{
			kind: "rating_scale", rows: slices.Values(rows),
			fields: []string{"code", "label_en", "label_zh", "rank", "value", "lower_score", "upper_score"},
		}},
	}
}
