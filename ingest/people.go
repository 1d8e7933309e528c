package ingest

import (
	"regexp"
	"slices"
	"strings"
)

// people are the roles in which a row names somebody: fields _id, _name and _email.
var people = []string{"employee", "manager", "reviewer", "held_by", "head"}

const idText = `[a-z]{0,4}[-_]?\d{3,20}`

var (
	idAlone     = regexp.MustCompile(`(?i)^` + idText + `$`)
	nameThenID  = regexp.MustCompile(`(?i)^([^\d()（）]*\pL[^\d()（）]*?)\s*[,，(（\[【]\s*(` + idText + `)\s*[)）\]】]?$`)
	hanThenID   = regexp.MustCompile(`(?i)^(\p{Han}{2,4})[-_/ ]?(` + idText + `)$`)
	idThenName  = regexp.MustCompile(`(?i)^(` + idText + `)\s*[,，(（]\s*([^\d()（）]*\pL[^\d()（）]*?)\s*[)）]?$`)
	idThenHan   = regexp.MustCompile(`(?i)^(` + idText + `)[-_/ ]?(\p{Han}{2,4})$`)
	pointZero   = regexp.MustCompile(`^(\d+)\.0$`)
	damagedID   = regexp.MustCompile(`^\d(?:\.\d+)?e\+1[5-9]$|^\d(?:\.\d+)?e\+[2-9]\d$`)
	damagedTail = regexp.MustCompile(`^\d{15}0+$`)
)

// settlePeople puts ids, names and e-mail addresses that stand in each other's columns where they belong: a manager may be
// named here and numbered there, in one column, or both at once (张三（1002）).
func (c *converter) settlePeople(v values) {
	for _, who := range people {
		if c.kind.field(who+"_name") == nil {
			continue
		}
		c.splitName(who, v)
		c.moveID(who, v)
	}
	c.moveUnit(v)
}

// moveUnit takes an owner whose name is that of a department for the department: no person is called Sales Dept or 市场部.
func (c *converter) moveUnit(v values) {
	name := c.text(v, "employee_name")
	if !slices.Contains(naturalKeys[c.kind.Name], "owner") || c.text(v, "employee_id")+c.text(v, "employee_email") != "" || !isUnitName(name) {
		return
	}
	c.fill(v, "unit", name)
	if c.text(v, "unit") == name {
		c.set(v, "employee_name", nil)
	}
}

var slashOfLetters = regexp.MustCompile(`(^|[^\p{L}\p{N}])(\p{L})/(\p{L})($|[^\p{L}\p{N}])`)

// keepSlashes keeps the slash of S/W Dept or A/P from parting a unit from the one above it: it becomes another sign that looks
// the same.
func keepSlashes(unit string) string {
	if !strings.Contains(unit, "/") {
		return unit
	}
	return slashOfLetters.ReplaceAllString(unit, "$1$2∕$3$4")
}

var unitName = regexp.MustCompile(`(?i)^.{2,60} (?:department|dept\.?|division|team|office|branch)$`)

func isUnitName(name string) bool {
	return unitName.MatchString(name) || len([]rune(name)) > 2 && unitIn(name) == name
}

// splitName takes e-mail address and id out of a name.
func (c *converter) splitName(who string, v values) {
	name := c.text(v, who+"_name")
	if name == "" {
		return
	}
	hasID := c.kind.field(who+"_id") != nil
	isOwn := c.kind.Name == "employee" && who == "employee"
	id, rest := cutID(name)
	if stated := c.text(v, who+"_id"); hasID && stated != "" && strings.HasSuffix(name, "("+stated+")") {
		id, rest = stated, strings.TrimSpace(strings.TrimSuffix(name, "("+stated+")"))
	}
	switch {
	case strings.Contains(name, "@") && !strings.Contains(name, " ") && c.kind.field(who+"_email") != nil:
		c.fill(v, who+"_email", name)
		c.set(v, who+"_name", nil)
	case !hasID || id == "" || rest == "" && isOwn:
	case c.text(v, who+"_id") == "" || c.text(v, who+"_id") == id:
		c.fill(v, who+"_id", id)
		c.set(v, who+"_name", nonEmpty(rest))
	}
}

// cutID finds an employee's id in a name; rest is the name without it.
func cutID(name string) (id, rest string) {
	if idAlone.MatchString(name) {
		return name, ""
	}
	for _, form := range []*regexp.Regexp{idThenName, idThenHan} {
		if m := form.FindStringSubmatch(name); m != nil {
			return m[1], m[2]
		}
	}
	for _, form := range []*regexp.Regexp{nameThenID, hanThenID} {
		if m := form.FindStringSubmatch(name); m != nil {
			return m[2], m[1]
		}
	}
	return "", name
}

// moveID takes a name, an e-mail address, or a name with its id in brackets out of a column of ids.
func (c *converter) moveID(who string, v values) {
	id := c.text(v, who+"_id")
	if strings.ContainsAny(id, ")）") && c.text(v, who+"_name") == "" {
		if m := nameThenID.FindStringSubmatch(id); m != nil { // 林涛(T0101)
			c.set(v, who+"_name", m[1])
			c.set(v, who+"_id", m[2])
			return
		}
	}
	isName := id != "" && !strings.ContainsAny(id, "0123456789@") && (isHan(id) || strings.Contains(id, " "))
	switch {
	case strings.Contains(id, "@") && c.kind.field(who+"_email") != nil && c.text(v, who+"_email") == "":
		c.set(v, who+"_email", id)
	case isName && c.text(v, who+"_name") == "":
		c.set(v, who+"_name", id)
	default:
		return
	}
	c.set(v, who+"_id", nil)
}

// isPersonID says whether a field is the id of a person: 1001.0 is 1001 there, while 2.0 numbers an outline elsewhere.
func isPersonID(field string) bool {
	for _, who := range people {
		if field == who+"_id" {
			return true
		}
	}
	return false
}

// readID keeps an id as it is written. Its finding says that a spreadsheet program has rounded it: it keeps fifteen digits.
func (c *converter) readID(r *reader, cell string, v values) *Problem {
	id := strings.Join(strings.Fields(plain(cell)), " ")
	if m := pointZero.FindStringSubmatch(id); m != nil && isPersonID(r.Field) {
		id = m[1]
	}
	v[r.at] = id
	if damagedTail.MatchString(id) && len(id) > 15 || damagedID.MatchString(strings.ToLower(id)) {
		return &Problem{Severity: Finding, Key: "id_damaged", Field: r.Field, Header: r.Header, Cell: cell}
	}
	return nil
}

// settleOwner takes who is no person out of the owner's column: all staff, others. What they own is the unit's.
func (c *converter) settleOwner(v values) *Problem {
	if c.kind.field("unit") == nil || !ownerKinds[c.kind.Name] {
		return nil
	}
	name := c.text(v, "employee_name")
	if name == "" || c.dict.words["nobody"][foldWord(name)] == "" || c.text(v, "employee_id")+c.text(v, "employee_email") != "" {
		return nil
	}
	c.set(v, "employee_name", nil)
	c.fill(v, "unit", name)
	return &Problem{Severity: Finding, Key: "owner_is_nobody", Field: "employee_name", Cell: name}
}

// ownerKinds are the kinds whose rows may be owned by a unit.
var ownerKinds = map[string]bool{"goal": true, "plan_item": true, "check_in": true, "reading": true}
