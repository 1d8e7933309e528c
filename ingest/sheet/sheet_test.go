package sheet_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/perfloop/perfloop/ingest/sheet"
)

// open fails the test if the file is refused.
func open(t *testing.T, name string, data []byte) *sheet.Book {
	t.Helper()
	book, err := sheet.Open(name, bytes.NewReader(data), sheet.Limits{})
	if err != nil {
		t.Fatalf("open %s: %v", name, err)
	}
	t.Cleanup(func() {
		if err := book.Close(); err != nil {
			t.Errorf("close %s: %v", name, err)
		}
	})
	return book
}

// rowError is the first error among the rows.
func rowError(s *sheet.Sheet) error {
	for _, err := range s.Rows() {
		if err != nil {
			return err
		}
	}
	return nil
}

// dump is the rows as text, one a line: the line number and the cells; an error row
// has its key before the cells.
func dump(s *sheet.Sheet) string {
	var out strings.Builder
	for row, err := range s.Rows() {
		var e *sheet.Error
		fmt.Fprintf(&out, "%d", row.Line)
		switch {
		case errors.As(err, &e):
			out.WriteString(" " + e.Key)
		case err != nil:
			out.WriteString(" an error that is not ours: " + err.Error())
		}
		for _, c := range row.Cells {
			fmt.Fprintf(&out, " %q", c)
		}
		out.WriteString("\n")
	}
	return out.String()
}

// lines joins the expected rows of a dump.
func lines(rows ...string) string { return strings.Join(rows, "\n") + "\n" }

func wantRows(t *testing.T, s *sheet.Sheet, rows ...string) {
	t.Helper()
	want := lines(rows...)
	if diff := cmp.Diff(want, dump(s)); diff != "" {
		t.Errorf("rows (-want +got):\n%s", diff)
	}
}

// wantKey also holds the error against the words that people will read.
func wantKey(t *testing.T, err error, key string) *sheet.Error {
	t.Helper()
	var e *sheet.Error
	if !errors.As(err, &e) {
		t.Fatalf("got error %v, want one of key %s", err, key)
	}
	if e.Key != key {
		t.Fatalf("got key %s (%v), want %s", e.Key, e, key)
	}
	for _, language := range []string{"en", "zh"} {
		sentence, ok := words(t, language)["sheet."+key]
		if !ok {
			t.Errorf("%s has no words for sheet.%s", language, key)
		}
		for _, placeholder := range regexp.MustCompile(`\{(\w+)\}`).FindAllStringSubmatch(sentence, -1) {
			if _, ok := e.Args[placeholder[1]]; !ok {
				t.Errorf("%s: the words for sheet.%s want %s, which %v lacks", language, key, placeholder[1], e)
			}
		}
	}
	return e
}

func words(t *testing.T, language string) map[string]string {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("..", "..", "dashboards", "words", language, "sheet.json"))
	if err != nil {
		t.Fatal(err)
	}
	var words map[string]string
	if err := json.Unmarshal(data, &words); err != nil {
		t.Fatal(err)
	}
	return words
}
