package ingest_test

import (
	"archive/zip"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/perfloop/perfloop/ingest"
)

const current = `select * exclude (import_id, sheet, line)
from raw.employee
qualify row_number() over (partition by natural_key order by import_id desc, line desc, sheet desc) = 1
order by natural_key`

// However a table is cut into files, what is known is what the whole table says.
func TestPartsOfATableSayWhatTheWholeSays(t *testing.T) {
	const tables = 12
	for seed := range tables {
		people := rapid.Custom(cutPeople).Example(seed)
		whole, cut := newWarehouse(t), newWarehouse(t)
		r := whole.importText(t, "people.csv", people.text(func(int, int) bool { return true }))
		wantEqual(t, "rejected of the whole", fmt.Sprint(r.Rejected()), "0")
		path := filepath.Join(t.TempDir(), "people.zip")
		people.writeParts(t, path)
		r = cut.importSources(t, []ingest.Source{{Name: "people.zip", Path: path}})[0]
		wantEqual(t, "rejected of the parts", fmt.Sprint(r.Rejected()), "0")
		wantEqual(t, fmt.Sprintf("people of table %d", seed), cut.table(t, current), whole.table(t, current))
		r = cut.importText(t, "people.csv", people.text(func(int, int) bool { return true }))
		wantEqual(t, "stored again", fmt.Sprint(r.Stored()), "0")
	}
}

// table is people whose cells are each in one of several parts.
type cutTable struct {
	names, cells []string
	part         []int // of each cell
	parts        int
}

func cutPeople(t *rapid.T) cutTable {
	c := cutTable{names: []string{"Department", "Position", "Hire Date", "Grade"}, parts: rapid.IntRange(2, 4).Draw(t, "parts")}
	for range rapid.IntRange(1, 6).Draw(t, "people") * len(c.names) {
		c.cells = append(c.cells, rapid.SampledFrom([]string{"Sales", "IT", "Support"}).Draw(t, "cell"))
		c.part = append(c.part, rapid.IntRange(0, c.parts-1).Draw(t, "part"))
	}
	for i := 2; i < len(c.cells); i += len(c.names) {
		c.cells[i] = fmt.Sprintf("2024-03-%02d", 1+i%28)
	}
	return c
}

// text is the table with the cells that are wanted.
func (c cutTable) text(wanted func(person, column int) bool) string {
	var b strings.Builder
	b.WriteString("Employee ID," + strings.Join(c.names, ","))
	for person := range len(c.cells) / len(c.names) {
		fmt.Fprintf(&b, "\nE%d", person)
		for column := range c.names {
			b.WriteString(",")
			if wanted(person, column) {
				b.WriteString(c.cells[person*len(c.names)+column])
			}
		}
	}
	return b.String() + "\n"
}

// writeParts writes an archive with one file a part.
func (c cutTable) writeParts(t *testing.T, path string) {
	t.Helper()
	out, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	z := zip.NewWriter(out)
	for part := range c.parts {
		member, createErr := z.Create(fmt.Sprintf("part%d.csv", part))
		if createErr == nil {
			_, createErr = member.Write([]byte(c.text(func(person, column int) bool { return c.part[person*len(c.names)+column] == part })))
		}
		err = errors.Join(err, createErr)
	}
	if err = errors.Join(err, z.Close(), out.Close()); err != nil {
		t.Fatal(err)
	}
}

// The order of the columns that become attributes says nothing.
func TestAttributesInAnotherOrderAreUnchanged(t *testing.T) {
	w := newWarehouse(t)
	w.importText(t, "people.csv", "Employee ID,Department,Shirt,Locker\nE1,Sales,M,17\nE2,IT,L,18\n")
	r := w.importText(t, "again.csv", "Employee ID,Locker,Department,Shirt\nE1,17,Sales,M\nE2,19,IT,L\n")
	wantEqual(t, "unchanged", fmt.Sprint(r.Unchanged()), "1")
	wantEqual(t, "stored", fmt.Sprint(r.Stored()), "1")
	wantEqual(t, "attributes", w.table(t, "select attributes::json ->> 'Locker' from raw.employee where import_id = 2"), "19")
}

// A second sheet may say otherwise what the first took over from an older import.
func TestWhatAnOlderImportSaidMayChangeOnAnySheet(t *testing.T) {
	w := newWarehouse(t)
	w.importText(t, "old.csv", "Employee ID,Department,Position\nE1,Sales,Rep\n")
	r := w.importText(t, "new.csv", "Employee ID,Employee Name,Hire Date\nE1,Ann Lee,2020-01-05\n\nEmployee ID,Department,Location\nE1,IT,Oslo\n")
	wantEqual(t, "rejected", fmt.Sprint(r.Rejected()), "0")
	wantEqual(t, "stored", fmt.Sprint(r.Stored()), "2")
	got := w.table(t, "select employee_name, unit, position, location from ("+current+")")
	wantEqual(t, "known", got, "Ann Lee|IT|Rep|Oslo")
}
