package ingest

import "strings"

// levels are the names of units from the root down to the row's own.
func (c *converter) levels(v values) []string {
	var path []string
	for _, name := range []string{"unit_1", "unit_2", "unit_3", "unit_4"} {
		if part := c.text(v, name); part != "" {
			path = append(path, part)
		}
	}
	return path
}

// joinLevels makes a unit of its levels: the lowest is its name, the one above its parent. Without a code a unit is known by
// its path, for two may have the same name.
func (c *converter) joinLevels(v values) {
	path := c.levels(v)
	if c.kind.Name != "unit" || len(path) == 0 {
		return
	}
	above := path[:len(path)-1]
	c.fill(v, "unit", path[len(above)])
	if len(above) > 0 && c.text(v, "unit_id") != "" {
		c.fill(v, "parent_unit", above[len(above)-1])
	} else {
		c.fill(v, "parent_unit", nonEmpty(strings.Join(above, "/")))
	}
	c.fill(v, "unit_id", strings.Join(path, "/"))
}

// expandLevels makes a row of each level above a unit too, where units are known by their paths: no row of its own may name it.
func (c *converter) expandLevels(v values) []values {
	rows, path := []values{v}, c.levels(v)
	for n := len(path) - 1; n > 0 && c.text(v, "unit_id") == strings.Join(path, "/"); n-- {
		above := make(values, len(v))
		c.fill(above, "unit_id", strings.Join(path[:n], "/"))
		c.fill(above, "unit", path[n-1])
		c.fill(above, "parent_unit", nonEmpty(strings.Join(path[:n-1], "/")))
		rows = append(rows, above)
	}
	return rows
}
