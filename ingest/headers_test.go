package ingest

import (
	"encoding/csv"
	"os"
	"strings"
	"testing"
)

// testdata/headers.csv lists headers of real files and what each is read as: a field (kind.field), an attribute of the
// employee, or nothing, and then why.
func TestHeadersOfRealFilesAreKnown(t *testing.T) {
	file, err := os.Open("../testdata/headers.csv")
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	rows, err := csv.NewReader(file).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	for _, row := range rows[1:] {
		header, readsAs, reason := row[0], row[1], row[2]
		switch kindName, field, _ := strings.Cut(readsAs, "."); readsAs {
		case "-":
			if reason == "" {
				t.Errorf("%q: no reason is given why it is not read", header)
			}
			for _, k := range dictionary().kinds {
				if c := matchedAlone(k, header); c.Field != "" {
					t.Errorf("%q is read as %s.%s", header, k.Name, c.Field)
				}
			}
		case "attribute":
			if c := matchedAlone(dictionary().kind("employee"), header); c.Why != asAttribute {
				t.Errorf("%q: %s %s, want an attribute", header, c.Field, c.Why)
			}
		default:
			if c := matchedAlone(dictionary().kind(kindName), header); c.Field != field {
				t.Errorf("%q: %s, want %s", header, c.Field, readsAs)
			}
		}
	}
}

// matchedAlone is what a kind takes a column for that stands alone.
func matchedAlone(k *kind, header string) planColumn {
	m := newMatcher(k, [][]string{{plain(header)}}, nil)
	m.match(nil, "")
	return m.columns[0]
}
