package ingest_test

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/perfloop/perfloop/ingest"
)

// Every file of testdata that is read without a mapping is read the same with the mapping that its report gives.
func TestAReportsMappingReadsTheFileTheSame(t *testing.T) {
	w := newWarehouse(t)
	for _, path := range readWithoutMapping(t) {
		t.Run(filepath.Base(path), func(t *testing.T) {
			source := ingest.Source{Name: filepath.Base(path), Path: path}
			report, rows := w.readOnce(t, source)
			text, err := ingest.RecognisedYAML(report.Sheets, func(c ingest.Column) string { return c.Why })
			if err != nil {
				t.Fatal(err)
			}
			if len(text) == 0 {
				return
			}
			if source.Mapping, err = ingest.ReadMapping(text); err != nil {
				t.Fatalf("%v in\n%s", err, text)
			}
			again, same := w.readOnce(t, source)
			if got, want := counts(again), counts(report); got != want {
				t.Errorf("with its mapping %s, without %s:\n%s", got, want, text)
			}
			wantEqual(t, "rows with its mapping", same, rows)
		})
	}
}

// readOnce imports a file into the warehouse, lists the rows that come of it, and drops them.
func (w *warehouse) readOnce(t *testing.T, source ingest.Source) (report ingest.Report, rows string) {
	t.Helper()
	w.trial(t, func(w *warehouse) {
		report = w.importSources(t, []ingest.Source{source})[0]
		for _, kind := range ingest.Kinds() {
			if slices.ContainsFunc(report.Sheets, func(s ingest.SheetReport) bool { return s.Kind == kind }) {
				rows += w.rows(t, kind)
			}
		}
	})
	return report, rows
}

// readWithoutMapping lists the files of testdata that have no mapping beside them.
func readWithoutMapping(t *testing.T) []string {
	t.Helper()
	var paths []string
	for _, pattern := range []string{"*", "presets/*"} {
		found, err := filepath.Glob(filepath.Join(workbooks, pattern))
		if err != nil {
			t.Fatal(err)
		}
		for _, path := range found {
			_, err := os.Stat(strings.TrimSuffix(path, filepath.Ext(path)) + ".mapping.yaml")
			info, isFile := os.Stat(path)
			if os.IsNotExist(err) && isFile == nil && !info.IsDir() && !strings.HasSuffix(path, ".golden") && !strings.HasSuffix(path, ".mapping.yaml") {
				paths = append(paths, path)
			}
		}
	}
	if len(paths) < 40 {
		t.Fatalf("found only %d files", len(paths))
	}
	return paths
}
