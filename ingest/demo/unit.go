package demo

import "iter"

// unitFile is the org tree, parents by code.
func (c *company) unitFile() file {
	lang := c.lang("zh")
	return file{
		name: fileName(lang, text{"units", "组织架构"}, ".csv"), lang: lang, encoding: "bom",
		sheets: []sheet{{
			kind: "unit", fields: []string{"unit_id", "unit", "parent_unit", "unit_type", "head_id", "head_name"},
			rows: c.unitRows(),
		}},
	}
}

func (c *company) unitRows() iter.Seq[[]any] {
	return func(yield func([]any) bool) {
		for _, u := range c.units {
			parent, kind := "", text{"Company", "公司"}
			if u.parent != nil {
				parent, kind = u.parent.code, text{"Division", "中心"}
			}
			if u.code[0] == 'T' {
				kind = text{"Department", "部门"}
			}
			if !yield([]any{u.code, u.name, parent, kind, u.head.id, u.head.name}) {
				return
			}
		}
	}
}
