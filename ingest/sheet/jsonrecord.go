package sheet

import (
	"bytes"
	"encoding/json"
	"slices"
	"strings"
)

// jsonRecord is one object of a list: its fields, those of objects inside it as a.b, and the
// records of the lists inside it.
type jsonRecord struct {
	name     string // of its list
	line     int
	isModel  bool // of a database dump
	depth    int
	fields   []namedText
	children []*jsonRecord
}

type namedText struct{ name, text string }

const maxDepth = 32 // of objects in a record; what is deeper stays JSON

func (r *jsonRecord) add(name, text string) { r.fields = append(r.fields, namedText{name, text}) }

func joinName(outer, inner string) string {
	if outer == "" {
		return inner
	}
	return outer + "." + inner
}

// parseRecord is nil for what is no object.
func parseRecord(raw json.RawMessage, name string, line int) (*jsonRecord, error) {
	if len(raw) == 0 || raw[0] != '{' {
		return nil, nil
	}
	model, fields := dumped(raw)
	if model != "" {
		name, raw = model, fields
	}
	r := &jsonRecord{name: name, line: line, isModel: model != ""}
	d := json.NewDecoder(bytes.NewReader(raw))
	d.UseNumber()
	if _, err := d.Token(); err != nil {
		return nil, err
	}
	if err := r.object(d, "", 1); err != nil {
		return nil, err
	}
	return r, nil
}

// dumped takes apart a record of a database dump: the name of its model, and its fields with pk before them.
func dumped(raw json.RawMessage) (model string, fields json.RawMessage) {
	if !bytes.Contains(raw[:min(len(raw), 1000)], []byte(`"model"`)) {
		return "", nil
	}
	var dump map[string]json.RawMessage
	if json.Unmarshal(raw, &dump) != nil || len(dump) > 3 || len(dump["fields"]) == 0 || dump["fields"][0] != '{' {
		return "", nil
	}
	if json.Unmarshal(dump["model"], &model) != nil || model == "" {
		return "", nil
	}
	rest := bytes.TrimLeft(dump["fields"][1:], " \t\r\n")
	if dump["pk"] == nil {
		return model, dump["fields"]
	}
	comma := ""
	if rest[0] != '}' {
		comma = ","
	}
	return model, slices.Concat([]byte(`{"pk":`), dump["pk"], []byte(comma), rest)
}

// object reads fields up to the end of the object.
func (r *jsonRecord) object(d *json.Decoder, prefix string, depth int) error {
	for d.More() {
		token, err := d.Token()
		if err != nil {
			return err
		}
		key, _ := token.(string)
		if err := r.field(d, joinName(prefix, key), depth); err != nil {
			return err
		}
	}
	_, err := d.Token()
	return err
}

func (r *jsonRecord) field(d *json.Decoder, name string, depth int) error {
	if depth == maxDepth {
		var raw json.RawMessage
		if err := d.Decode(&raw); err != nil {
			return err
		}
		r.add(name, string(raw))
		return nil
	}
	token, err := d.Token()
	switch {
	case err != nil:
		return err
	case token == json.Delim('{'):
		return r.object(d, name, depth+1)
	case token == json.Delim('['):
		return r.list(d, name)
	}
	r.add(name, scalarText(token))
	return nil
}

// list makes one text of scalars, and records of objects. A number with a text is the id and the name of what is referred to,
// as Odoo writes it: [7, "Ann Lee"].
func (r *jsonRecord) list(d *json.Decoder, name string) error {
	var texts []string
	isReference := true
	for at := 0; d.More(); at++ {
		var raw json.RawMessage
		if err := d.Decode(&raw); err != nil {
			return err
		}
		isReference = isReference && (at == 0 && isDigit(raw[0]) || at == 1 && raw[0] == '"')
		child, err := parseRecord(raw, joinName(r.name, name), r.line)
		if err != nil {
			return err
		}
		if child != nil {
			r.children = append(r.children, child)
		} else if text := elementText(raw); text != "" {
			texts = append(texts, text)
		}
	}
	switch {
	case isReference && len(texts) == 2:
		r.add(name, texts[0])
		r.add(joinName(name, "name"), texts[1])
	case len(texts) > 0:
		r.add(name, strings.Join(texts, ", "))
	}
	_, err := d.Token()
	return err
}

func elementText(raw json.RawMessage) string {
	if raw[0] == '[' {
		return string(raw)
	}
	d := json.NewDecoder(bytes.NewReader(raw))
	d.UseNumber()
	token, _ := d.Token()
	return scalarText(token)
}

// scalarText is a number as it is written; null is blank.
func scalarText(token json.Token) string {
	switch v := token.(type) {
	case string:
		return v
	case json.Number:
		return v.String()
	case bool:
		if v {
			return "true"
		}
		return "false"
	}
	return ""
}

// walk hands the record to use, and then those inside it, each with what it needs of this one.
func (r *jsonRecord) walk(use func(*jsonRecord) error) error {
	if err := use(r); err != nil {
		return err
	}
	for _, child := range r.children {
		child.inherit(r)
		if err := child.walk(use); err != nil {
			return err
		}
	}
	return nil
}

// Fields of a record by which others refer to it, and ends of the names of those that say whose or of which cycle it is.
var (
	ownKeys   = []string{"id", "pk", "key", "code", "uid", "uuid", "guid", "number", "name", "title", "编号", "名称"}
	whoseEnds = []string{"id", "email", "name", "owner", "cycle", "period", "year", "quarter", "month", "employee", "department",
		"工号", "姓名", "邮箱", "部门", "周期", "年度", "季度", "月份"}
)

// people and units are what a record is about more often than what it is a part of.
var people = []string{"employee", "staff", "person", "people", "user", "member", "worker", "owner", "manager", "department", "unit", "team",
	"cycle", "period", "员工", "人员", "部门"}

// inherit takes over what says to which record this one belongs: the id and the name of the record around it, as
// those of a person or of its parent, and the person, the unit and the cycle that it does not state itself.
func (r *jsonRecord) inherit(around *jsonRecord) {
	owner := singular(around.name[strings.LastIndexByte(around.name, '.')+1:])
	if !slices.Contains(people, strings.ToLower(owner)) {
		owner = "parent"
	}
	for _, f := range around.fields {
		name, lower := f.name, strings.ToLower(f.name)
		switch {
		case slices.Contains(ownKeys, lower):
			name = owner + "_" + name
		case !slices.ContainsFunc(whoseEnds, func(end string) bool { return strings.HasSuffix(lower, end) }):
			continue
		}
		if !slices.ContainsFunc(r.fields, func(own namedText) bool { return own.name == name }) {
			r.add(name, f.text)
		}
	}
}

// singular is the name of one of the things that a list is named for.
func singular(list string) string {
	switch {
	case strings.HasSuffix(list, "ies"):
		return strings.TrimSuffix(list, "ies") + "y"
	case strings.HasSuffix(list, "ss"):
		return list
	}
	return strings.TrimSuffix(list, "s")
}
