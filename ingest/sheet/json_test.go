package sheet_test

import (
	"bytes"
	"strings"
	"testing"

	"golang.org/x/text/encoding/unicode"

	"github.com/perfloop/perfloop/ingest/sheet"
)

// dumpBook is all sheets, each under its name.
func dumpBook(b *sheet.Book) string {
	var out strings.Builder
	for _, s := range b.Sheets() {
		out.WriteString("[" + s.Name + "]\n" + dump(s))
	}
	return out.String()
}

func TestJSONShapes(t *testing.T) {
	for _, c := range []struct {
		name, text string
		want       []string
	}{
		{"a list of records is a sheet, its columns in the order in which they appear", "[\n{\"id\": 1, \"name\": \"张三\"},\n{\"name\": \"李四\", \"score\": 4.50, \"id\": 2}\n]",
			[]string{`[]`, `0 "id" "name" "score"`, `2 "1" "张三"`, `3 "2" "李四" "4.50"`}},
		{"numbers stay as they are written", `[{"id": 1234567890123456789, "x": 1e5, "y": 0.10}]`,
			[]string{`[]`, `0 "id" "x" "y"`, `1 "1234567890123456789" "1e5" "0.10"`}},
		{"null is blank, and true is a word", `[{"a": null, "b": true, "c": false}]`,
			[]string{`[]`, `0 "a" "b" "c"`, `1 "" "true" "false"`}},
		{"records on one line are numbered", `[{"a": 1}, {"a": 2}]`,
			[]string{`[]`, `0 "a"`, `1 "1"`, `2 "2"`}},
		{"each line may be a record", "{\"a\": 1, \"l\": [{\"b\": 2}]}\n\n{\"a\": 3}\n",
			[]string{`[]`, `0 "a"`, `1 "1"`, `3 "3"`, `[l]`, `0 "b"`, `1 "2"`}},
		{"an object may hold lists of records", "{\"count\": 2, \"next\": null, \"employees\": [\n{\"id\": 1}],\n\"goals\": [{\"id\": 7}], \"tags\": [\"x\"]}",
			[]string{`[employees]`, `0 "id"`, `2 "1"`, `[goals]`, `0 "id"`, `3 "7"`}},
		{"objects may stand around a list", `{"response": {"data": [{"a": 1}]}}`,
			[]string{`[response.data]`, `0 "a"`, `1 "1"`}},
		{"an object without lists of records is one record", `{"a": 1, "tags": ["x", 2, null], "who": {"id": "E1"}}`,
			[]string{`[]`, `0 "a" "tags" "who.id"`, `1 "1" "x, 2" "E1"`}},
		{"objects in a record are columns", `[{"employee": {"id": "E1", "unit": {"name": "Sales"}}}]`,
			[]string{`[]`, `0 "employee.id" "employee.unit.name"`, `1 "E1" "Sales"`}},
		{"a list in a record is a sheet that says whose it is", `{"objectives": [{"id": 5, "title": "Grow", "owner_id": "E1", "weight": 1, "key_results": [{"id": 1, "title": "Visit"}, {"title": "Sell"}]}]}`,
			[]string{`[objectives]`, `0 "id" "title" "owner_id" "weight"`, `1 "5" "Grow" "E1" "1"`,
				`[objectives.key_results]`, `0 "id" "title" "parent_id" "parent_title" "owner_id"`, `1 "1" "Visit" "5" "Grow" "E1"`, `2 "" "Sell" "5" "Grow" "E1"`}},
		{"a list in the record of a person says whose it is", `{"employees": [{"id": "E1", "name": "张三", "goals": [{"title": "Sell"}], "notes": []}]}`,
			[]string{`[employees]`, `0 "id" "name"`, `1 "E1" "张三"`, `[employees.goals]`, `0 "title" "employee_id" "employee_name"`, `1 "Sell" "E1" "张三"`}},
		{"what stands around a list says whose it is", `{"employee_id": "E1", "cycle": "2025H1", "goals": [{"title": "Sell", "cycle": "2025H2"}]}`,
			[]string{`[goals]`, `0 "title" "cycle" "employee_id"`, `1 "Sell" "2025H2" "E1"`}},
		{"a dump has a sheet for each model", `[{"model": "hr.person", "pk": 12, "fields": {"badge": "007"}}, {"model": "hr.unit", "pk": 1, "fields": {}}, {"model": "hr.person", "pk": 13, "fields": {"badge": "008"}}]`,
			[]string{`[hr.person]`, `0 "pk" "badge"`, `1 "12" "007"`, `2 "13" "008"`, `[hr.unit]`, `0 "pk"`, `1 "1"`}},
	} {
		t.Run(c.name, func(t *testing.T) {
			book := open(t, "x.xlsx", []byte(c.text))
			if got, want := dumpBook(book), lines(c.want...); got != want || book.Format() != "json" {
				t.Errorf("%s, got\n%swant\n%s", book.Format(), got, want)
			}
		})
	}
}

func TestJSONInUTF16(t *testing.T) {
	data, err := unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewEncoder().Bytes([]byte(`[{"姓名": "张三"}]`))
	if err != nil {
		t.Fatal(err)
	}
	wantRows(t, open(t, "x", data).Sheets()[0], `0 "姓名"`, `1 "张三"`)
}

func TestDamagedJSONNamesItsLine(t *testing.T) {
	for _, c := range []struct {
		text string
		line int
	}{
		{"[\n{\"a\": 1},\n{\"a\": \n", 4},
		{"[{\"a\": 1},\n{\"a\" 2}]", 2},
		{"[{\"a\": 1}]\n[]]", 2},
		{"[{\"a\": 1}", 1},
	} {
		_, err := sheet.Open("x", bytes.NewReader([]byte(c.text)), sheet.Limits{})
		if e := wantKey(t, err, "damaged_json"); e.Args["line"] != c.line {
			t.Errorf("%q: got line %v, want %d", c.text, e.Args["line"], c.line)
		}
	}
}

func TestADumpSaysTheNamesOfWhatItRefersTo(t *testing.T) {
	people := `[{"model": "hr.employee", "pk": 12, "fields": {"badge_id": "E12", "employee_user_id": 13}}, {"model": "hr.employee", "pk": 13, "fields": {"badge_id": "E13"}},
{"model": "hr.jobposition", "pk": 12, "fields": {"job_position": "Clerk"}}]`
	work := "[{\"model\": \"hr.workinfo\", \"pk\": 1, \"fields\": {\"employee_id\": 12, \"reporting_manager_id\": 13, \"job_position_id\": 12, \"created_by\": 12, \"room_id\": 12}},\n" +
		"{\"model\": \"okr.assignment\", \"pk\": 5, \"fields\": {\"employee_id\": 12}},\n{\"model\": \"okr.result\", \"pk\": 6, \"fields\": {\"assignment_id\": 5}},\n{\"model\": \"okr.meeting\", \"pk\": 7, \"fields\": {\"employee_id\": [12, 13, 99]}}]"
	all := open(t, "a.json", []byte(people)).References()
	book := open(t, "b.json", []byte(work))
	for model, records := range book.References() {
		all[model] = records
	}
	used, err := book.Refer(all)
	if err != nil {
		t.Fatal(err)
	}
	want := lines(`[hr.workinfo]`, `0 "pk" "employee_id" "reporting_manager_id" "job_position_id" "created_by" "room_id"`, `1 "1" "E12" "E13" "Clerk" "12" "12"`,
		`[okr.assignment]`, `0 "pk" "employee_id"`, `2 "5" "E12"`, `[okr.result]`, `0 "pk" "assignment_id" "employee_id"`, `3 "6" "5" "E12"`,
		`[okr.meeting]`, `0 "pk" "employee_id"`, `1 "7" "E12"`, `2 "7" "E13"`, `3 "7" "99"`)
	if got := dumpBook(book); got != want {
		t.Errorf("got\n%swant\n%s", got, want)
	}
	again := open(t, "b.json", []byte(work))
	if _, err := again.Refer(used); err != nil {
		t.Fatal(err)
	}
	if got := dumpBook(again); got != want {
		t.Errorf("with the references that were used alone, got\n%swant\n%s", got, want)
	}
}
