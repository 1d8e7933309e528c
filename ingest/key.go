package ingest

import (
	"strings"
	"time"
)

// naturalKeys is what identifies a thing of each kind, whichever file states it. A name stands for a field;
// a/b is the first that is stated; person is id, e-mail, or unit and name; owner is person, or unit;
// ?a/b/c is a where there is neither b nor c.
var naturalKeys = map[string][]string{
	"employee":         {"person", "effective_on"},
	"unit":             {"unit_id"},
	"cycle":            {"cycle/cycle_name"},
	"rating_scale":     {"cycle", "code/label_en/label_zh"},
	"guideline":        {"cycle", "unit", "label"},
	"goal":             {"cycle", "owner", "goal_id/title"},
	"plan_item":        {"cycle", "goal_id/goal_title", "owner", "plan_item_id/title"},
	"check_in":         {"goal_id/goal_title", "owner", "checked_on"},
	"reading":          {"metric", "owner", "read_on"},
	"conversation":     {"person", "conversation_kind", "held_on", "held_by_id/held_by_name"},
	"appraisal":        {"cycle", "person", "reviewer_role", "reviewer_id/reviewer_name", "part", "item", "appraisal_id", "?appraised_on/cycle/appraisal_id"},
	"calibration":      {"cycle", "person", "calibrated_on"},
	"improvement_plan": {"cycle", "person", "plan_kind", "plan_id/focus", "?starts_on/plan_id"},
	"incentive":        {"cycle", "person", "incentive_kind", "awarded_on"},
}

// naturalKey joins the parts that identify the row, folded so that case, width and blanks do not tell things apart.
func (c *converter) naturalKey(v values) string {
	var b strings.Builder
	for i, part := range naturalKeys[c.kind.Name] {
		if i > 0 {
			b.WriteByte('|')
		}
		b.WriteString(keyText(c.keyPart(v, part)))
	}
	return b.String()
}

func keyText(s string) string {
	return strings.ReplaceAll(foldText(s), "|", "/")
}

// keyPart is the text of one part of a natural key.
func (c *converter) keyPart(v values, part string) string {
	switch part {
	case "person":
		return c.personKey(v)
	case "goal_id/title":
		if c.isRepeated(v) {
			return c.text(v, "goal_id") + "/" + c.text(v, "title")
		}
	case "owner":
		if person := c.personKey(v); person != "" {
			return person
		}
		return c.text(v, "unit")
	}
	if rest, optional := strings.CutPrefix(part, "?"); optional {
		name, unless, _ := strings.Cut(rest, "/")
		if c.firstStated(v, unless) != "" {
			return ""
		}
		return c.stated(v, name)
	}
	return c.firstStated(v, part)
}

// firstStated is the first of the fields a/b/c that the row states.
func (c *converter) firstStated(v values, fields string) string {
	for name := range strings.SplitSeq(fields, "/") {
		if s := c.stated(v, name); s != "" {
			return s
		}
	}
	return ""
}

// personKey tells people apart by id, else e-mail, else name within unit.
func (c *converter) personKey(v values) string {
	if id := c.text(v, "employee_id"); id != "" {
		return id
	}
	if email := c.text(v, "employee_email"); email != "" {
		return email
	}
	if name := c.text(v, "employee_name"); name != "" {
		return "name:" + c.text(v, "unit") + "/" + name
	}
	return ""
}

// stated is a text or a date of the row as text.
func (c *converter) stated(v values, name string) string {
	at, found := c.kind.index[name]
	if !found {
		return ""
	}
	switch value := v[at].(type) {
	case string:
		return value
	case time.Time:
		return value.Format(time.DateOnly)
	}
	return ""
}
