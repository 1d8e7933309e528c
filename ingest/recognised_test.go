package ingest_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/perfloop/perfloop/ingest"
)

// Every file of testdata that is read without a mapping is read the same with the mapping that its report gives.
func TestAReportsMappingReadsTheFileTheSame(t *testing.T) {
	for _, path := range readWithoutMapping(t) {
		t.Run(filepath.Base(path), func(t *testing.T) {
			source := ingest.Source{Name: filepath.Base(path), Path: path}
			plain := newWarehouse(t)
			report := plain.importSources(t, []ingest.Source{source})[0]
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
			mapped := newWarehouse(t)
			again := mapped.importSources(t, []ingest.Source{source})[0]
			if got, want := counts(again), counts(report); got != want {
				t.Errorf("with its mapping %s, without %s:\n%s", got, want, text)
			}
			for _, kind := range ingest.Kinds() {
				wantEqual(t, kind, mapped.rows(t, kind), plain.rows(t, kind))
			}
		})
	}
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
