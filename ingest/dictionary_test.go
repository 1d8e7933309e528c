package ingest

import (
	"encoding/json"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	sqltext "github.com/perfloop/perfloop/sql"
)

// The fields of a kind are the columns of its raw table, but for provenance, in the same order and of the same type.
func TestFieldsAreTheColumnsOfRaw(t *testing.T) {
	column := regexp.MustCompile(`(?m)^    (\w+) (\w+)`)
	provenance := []string{"import_id", "sheet", "line", "natural_key"}
	for _, k := range dictionary().kinds {
		i := slices.IndexFunc(sqltext.Files(sqltext.Raw), func(f sqltext.File) bool { return f.Name == k.Name })
		if i < 0 {
			t.Errorf("kind %s has no table", k.Name)
			continue
		}
		var got, want []string
		for _, m := range column.FindAllStringSubmatch(sqltext.Files(sqltext.Raw)[i].Text, -1) {
			if !slices.Contains(provenance, m[1]) {
				want = append(want, m[1]+" "+m[2])
			}
		}
		for _, f := range k.Fields {
			if f.stored() {
				got = append(got, f.Name+" "+f.sqlType())
			}
		}
		slices.Sort(got)
		slices.Sort(want)
		if !slices.Equal(got, want) {
			t.Errorf("%s:\n got %v\nwant %v", k.Name, got, want)
		}
	}
}

// A rule of the dictionary names only what exists.
func TestDictionaryNamesWhatExists(t *testing.T) {
	b := dictionary()
	for _, k := range b.kinds {
		names := slices.Concat(k.ColumnsAny, k.ColumnsAll)
		for _, g := range k.Required {
			names = append(names, g.Any...)
		}
		for part := range strings.SplitSeq(strings.Join(naturalKeys[k.Name], "/"), "/") {
			if part = strings.TrimPrefix(part, "?"); part != "person" && part != "owner" {
				names = append(names, part)
			}
		}
		for _, f := range k.Fields {
			if f.Into != "" {
				names = append(names, f.Into)
			}
			for name := range f.Emit {
				names = append(names, name)
			}
			if f.table() != "" && b.words[f.table()] == nil {
				t.Errorf("%s.%s: no table of words %s", k.Name, f.Name, f.table())
			}
			if !slices.Contains([]string{"text", "name", "id", "number", "target", "bound", "band", "integer", "share", "date", "boolean", "cycle", "rating", "attributes", "word", "alias"}, strings.SplitN(f.Type, ":", 2)[0]) {
				t.Errorf("%s.%s: no type %q", k.Name, f.Name, f.Type)
			}
		}
		for _, name := range names {
			if k.field(name) == nil {
				t.Errorf("%s: no field %s", k.Name, name)
			}
		}
		if len(naturalKeys[k.Name]) == 0 {
			t.Errorf("%s has no natural key", k.Name)
		}
	}
}

// One header names one field of a kind, and one word one meaning.
func TestNoHeaderNamesTwoFields(t *testing.T) {
	for _, k := range dictionary().kinds {
		owner := map[string]string{}
		for _, f := range k.Fields {
			for _, h := range f.Headers.all() {
				if other := owner[foldWhole(h)]; other != "" && other != f.Name {
					t.Errorf("%s: header %q names %s and %s", k.Name, h, other, f.Name)
				}
				owner[foldWhole(h)] = f.Name
			}
		}
	}
	var tables map[string]map[string][]string
	readYAML("words", &tables)
	for table, words := range tables {
		owner := map[string]string{}
		for ours, theirs := range words {
			for _, w := range append(theirs, ours) {
				if other := owner[foldWord(w)]; other != "" && other != ours {
					t.Errorf("%s: word %q means %s and %s", table, w, other, ours)
				}
				owner[foldWord(w)] = ours
			}
		}
	}
}

// Every header is found whatever its case, blanks, underscores, width and colon.
func TestHeadersAreFoundInAnyDress(t *testing.T) {
	goal := dictionary().kind("goal")
	for header, field := range map[string]string{
		"employeeID": "employee_id", "EMPLOYEE_ID": "employee_id", " Employee  ID : ": "employee_id", "Employee\nID": "employee_id",
		"工号：": "employee_id", "目 标 值（万元）": "target", "Ｇｏａｌ": "title", "Weight (%)": "weight", "指标权重(%)": "weight", "goalTitle": "title",
	} {
		m := newMatcher(goal, [][]string{{plain(header)}}, nil)
		m.match(nil, "")
		if got := m.columns[0].Field; got != field {
			t.Errorf("%q: got field %q, want %q", header, got, field)
		}
	}
}

var (
	keyInSource = regexp.MustCompile(`(?:reject|find|problem|fault)\("(\w+)"|decide\([^,]*, "(\w+)"|Key: +"(\w+)"`)
	placeholder = regexp.MustCompile(`\{(\w+)\}`)
)

// Every problem and decision has words in both languages, with the same arguments.
func TestProblemsHaveWords(t *testing.T) {
	en, zh := problemWords(t, "en"), problemWords(t, "zh")
	needed := map[string]bool{ // those that reach their problem through a variable
		string(notADate): true, string(yearOutOfRange): true, "mapping_sheet_missing": true, "no_rows": true,
		"assumed_value": true, "from_name": true,
	}
	sources, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range sources {
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range keyInSource.FindAllStringSubmatch(string(text), -1) {
			if !strings.HasSuffix(name, "_test.go") {
				if key := m[1] + m[2] + m[3]; key != "missing_" { // completed with the group's name, below
					needed[key] = true
				}
			}
		}
	}
	for _, k := range dictionary().kinds {
		for _, g := range k.Required {
			needed["missing_"+g.Name] = true
		}
	}
	if len(needed) < 30 {
		t.Errorf("only %d keys found in the source", len(needed))
	}
	for key := range needed {
		if en["problem."+key] == "" || zh["problem."+key] == "" {
			t.Errorf("no words for problem.%s", key)
		}
	}
	for key, sentence := range en {
		if got, want := placeholders(zh[key]), placeholders(sentence); !slices.Equal(got, want) {
			t.Errorf("%s: Chinese has %v, English %v", key, got, want)
		}
	}
}

func problemWords(t *testing.T, language string) map[string]string {
	t.Helper()
	data, err := os.ReadFile("../dashboards/words/" + language + "/problem.json")
	words := map[string]string{}
	if err == nil {
		err = json.Unmarshal(data, &words)
	}
	if err != nil {
		t.Fatal(err)
	}
	return words
}

func placeholders(sentence string) []string {
	var names []string
	for _, m := range placeholder.FindAllStringSubmatch(sentence, -1) {
		names = append(names, m[1])
	}
	slices.Sort(names)
	return slices.Compact(names)
}
