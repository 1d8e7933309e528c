package sheet

import (
	"archive/zip"
	"maps"
	"slices"
	"strings"
)

// References are the records of a database dump by model and primary key, as far as other records name them: a dump
// says 12 where people say E0012.
type References map[string]map[string]Reference

// Reference is how people name a record, and for one without a name of its own, whose it is.
type Reference struct {
	Key   string            `json:"key,omitempty"`
	Whose map[string]string `json:"whose,omitempty"` // field: primary key of a person
}

var (
	personModels = []string{"employee", "person", "people", "staff", "worker", "member"}
	personRoles  = []string{"employee", "manager", "supervisor", "colleague", "subordinate", "assignee", "owner", "reviewer", "leader", "mentor"}
	personKeys   = []string{"badge_id", "employee_id", "emp_id", "staff_id", "employee_no", "employee_number", "code", "email", "username"}
	thingKeys    = []string{"name", "title", "label", "code"}
)

// References lists the records of a dump, nothing for other files.
func (b *Book) References() References {
	all := References{}
	for _, dump := range b.dumps {
		_ = dump.each(func(r *jsonRecord) error { // was read once, when it was opened
			all.add(r)
			return nil
		})
	}
	return all
}

// Refer makes the rows of a dump say the names of what they refer to. It answers the references to models that the
// file's fields name: with these alone the file reads the same.
func (b *Book) Refer(all References) (References, error) {
	used := References{}
	for _, dump := range b.dumps {
		if err := dump.refer(all, used); err != nil {
			return nil, err
		}
	}
	return used, nil
}

// refer takes up the columns again: those that say whose a record is are new.
func (b *jsonBook) refer(all, used References) error {
	b.references = all
	for _, s := range b.sheets {
		for _, column := range s.columns {
			if model := all.target(column); model != "" && s.isModel {
				used[model] = all[model]
			}
		}
		s.count, s.lastLine = 0, 0
	}
	for _, model := range slices.Collect(maps.Keys(used)) {
		for _, r := range used[model] {
			for field := range r.Whose {
				if people := all.target(field); people != "" {
					used[people] = all[people]
				}
			}
		}
	}
	return b.each(b.note)
}

// add takes up a record of a dump.
func (all References) add(r *jsonRecord) {
	if !r.isModel || len(r.fields) == 0 || r.fields[0].name != "pk" {
		return
	}
	fields := map[string]string{}
	for _, f := range r.fields[1:] {
		fields[f.name] = f.text
	}
	reference := Reference{Key: keyOf(baseOf(r.name), fields)}
	if reference.Key == "" {
		reference.Whose = map[string]string{}
		for name, text := range fields {
			if isPersonRole(name) && isNumber(text) {
				reference.Whose[name] = text
			}
		}
	}
	if all[r.name] == nil {
		all[r.name] = map[string]Reference{}
	}
	all[r.name][r.fields[0].text] = reference
}

// keyOf is how people name a record of the model, "" if it has no such field.
func keyOf(model string, fields map[string]string) string {
	keys := personKeys
	if !slices.Contains(personModels, model) {
		for _, name := range slices.Sorted(maps.Keys(fields)) {
			folded := foldName(name)
			if text := fields[name]; text != "" && !isNumber(text) && (folded == model || folded == model+"name") {
				return text
			}
		}
		keys = thingKeys
	}
	for _, key := range keys {
		if text := strings.TrimSpace(fields[key]); text != "" {
			return text
		}
	}
	return ""
}

func baseOf(model string) string { return foldName(model[strings.LastIndexByte(model, '.')+1:]) }

func foldName(name string) string { return strings.ToLower(strings.ReplaceAll(name, "_", "")) }

// stemOf is what a field refers to by its name: employee for employee_id.
func stemOf(field string) string {
	return strings.TrimSuffix(strings.TrimSuffix(strings.ToLower(field), "_ids"), "_id")
}

// isPersonRole says whether the last word of a field's name is what people are to one another.
func isPersonRole(field string) bool {
	stem := stemOf(field)
	last := singular(stem[strings.LastIndexByte(stem, '_')+1:])
	return slices.Contains(personRoles, last)
}

// target is the model that a field refers to, "" if none is known.
func (all References) target(field string) string {
	stem := foldName(stemOf(field))
	people := ""
	for _, model := range slices.Sorted(maps.Keys(all)) {
		base := baseOf(model)
		if base == stem || base == singular(stem) {
			return model
		}
		if people == "" && slices.Contains(personModels, base) {
			people = model
		}
	}
	if isPersonRole(field) {
		return people
	}
	return ""
}

// resolved is the record with names for the primary keys in its fields, and with whose it is where it does not say so.
// One of several employees is a record of each.
func (all References) resolved(r *jsonRecord) []*jsonRecord {
	if len(all) == 0 || !r.isModel {
		return []*jsonRecord{r}
	}
	whose := map[string]string{}
	several := -1
	for i, f := range r.fields {
		if f.name == "pk" || f.text == "" || !isNumber(strings.ReplaceAll(f.text, ", ", "")) {
			continue
		}
		records := all[all.target(f.name)]
		keys := strings.Split(f.text, ", ")
		for k, pk := range keys {
			maps.Copy(whose, records[pk].Whose)
			if key := records[pk].Key; key != "" {
				keys[k] = key
			}
		}
		r.fields[i].text = strings.Join(keys, ", ")
		if len(keys) > 1 && slices.Contains(personModels, foldName(stemOf(f.name))) {
			several = i
		}
	}
	for _, name := range slices.Sorted(maps.Keys(whose)) {
		isOwn := slices.ContainsFunc(r.fields, func(f namedText) bool { return f.name == name })
		if key := all[all.target(name)][whose[name]].Key; key != "" && !isOwn {
			r.add(name, key)
		}
	}
	return r.forEach(several)
}

// forEach is a record for each text of a list in the field of that number, the record alone if it is none.
func (r *jsonRecord) forEach(field int) []*jsonRecord {
	if field < 0 {
		return []*jsonRecord{r}
	}
	var each []*jsonRecord
	for text := range strings.SplitSeq(r.fields[field].text, ", ") {
		one := *r
		one.fields = slices.Clone(r.fields)
		one.fields[field].text = text
		each = append(each, &one)
	}
	return each
}

func isNumber(text string) bool {
	for i := range len(text) {
		if !isDigit(text[i]) {
			return false
		}
	}
	return text != ""
}

// MayHoldDump says from the start of a file whether it may be a dump of a database, or an archive with one in it.
func MayHoldDump(in Input) bool {
	if isZip(in) {
		archive, err := zip.NewReader(in, in.Size())
		return err == nil && slices.ContainsFunc(archive.File, func(f *zip.File) bool { return strings.HasSuffix(strings.ToLower(f.Name), ".json") })
	}
	head, err := readHead(in, 0, 4<<10)
	text := string(head)
	return err == nil && strings.Contains(text, `"model"`) && strings.Contains(text, `"fields"`)
}
