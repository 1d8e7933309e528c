package ingest_test

import (
	"encoding/csv"
	"errors"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/perfloop/perfloop/ingest"
)

// A preset says all that a reader of the list wants to know, and its mapping stands on its own.
func TestPresetsAreComplete(t *testing.T) {
	for _, p := range ingest.Presets() {
		if p.System == "" || p.What["en"] == "" || p.What["zh"] == "" || p.Source == "" {
			t.Errorf("%s: system %q, what %v, source %q", p.Name, p.System, p.What, p.Source)
		}
		if p.CheckedAgainst != ingest.AgainstRealFile && p.CheckedAgainst != ingest.AgainstDocumentation {
			t.Errorf("%s is checked against %q", p.Name, p.CheckedAgainst)
		}
		if len(p.Headers) < 3 {
			t.Errorf("%s: %q are too few headers to be sure", p.Name, p.Headers)
		}
		if _, err := ingest.ReadMapping([]byte(p.Text)); err != nil {
			t.Errorf("%s: %v", p.Name, err)
		}
	}
}

// Every preset has a workbook of its name, read by it and by no other, with every column that it names; its golden file
// says what becomes of it.
func TestPresetsReadTheirWorkbooks(t *testing.T) {
	files := presetWorkbooks(t)
	for _, p := range ingest.Presets() {
		path := files[p.Name]
		if path == "" {
			t.Errorf("preset %s has no workbook", p.Name)
			continue
		}
		delete(files, p.Name)
		golden, err := os.ReadFile(path + ".golden")
		if err != nil {
			t.Fatal(err)
		}
		if want := "preset_used preset=" + p.Name + " "; strings.Count(string(golden), "preset_used") != 1 || !strings.Contains(string(golden), want) {
			t.Errorf("%s is not read by %s alone", path, p.Name)
		}
		for field, header := range p.Mapping.Columns {
			if !strings.Contains(string(golden), "  column "+header+": "+field+" (preset)\n") {
				t.Errorf("%s has no column %s for %s", path, header, field)
			}
		}
	}
	for name := range files {
		t.Errorf("there is no preset for the workbook %s", name)
	}
}

// A preset is found whatever the order and dress of its headers, and not where one of them is missing.
func TestPresetsAreFoundByTheirHeaders(t *testing.T) {
	w := newWarehouse(t)
	used := func(header []string) string {
		var text strings.Builder
		csv := csv.NewWriter(&text)
		if err := errors.Join(csv.Write(header), csv.Error()); err != nil {
			t.Fatal(err)
		}
		csv.Flush()
		for _, d := range w.importText(t, "export.csv", text.String(), ingest.Options{}).Sheets[0].Decisions {
			if d.Key == "preset_used" {
				return d.Args["preset"].(string)
			}
		}
		return ""
	}
	for _, p := range ingest.Presets() {
		header := slices.Clone(p.Headers)
		for _, name := range slices.Sorted(maps.Values(p.Mapping.Columns)) {
			if !slices.Contains(header, name) {
				header = append(header, name)
			}
		}
		for i := range header {
			header[i] = " " + strings.ToUpper(strings.ReplaceAll(header[i], "_", "  "))
		}
		if got := used(header[1:]); got == p.Name {
			t.Errorf("%q: preset %s, though a header is missing", header[1:], got)
		}
		slices.Reverse(header)
		if got := used(header); got != p.Name {
			t.Errorf("%q: preset %q, want %s", header, got, p.Name)
		}
	}
}

// presetWorkbooks are the paths of the presets' workbooks by name.
func presetWorkbooks(t *testing.T) map[string]string {
	t.Helper()
	paths, err := filepath.Glob(workbooks + "/presets/*")
	if err != nil {
		t.Fatal(err)
	}
	files := map[string]string{}
	for _, path := range paths {
		if ext := filepath.Ext(path); ext != ".golden" {
			files[strings.TrimSuffix(filepath.Base(path), ext)] = path
		}
	}
	return files
}

// The README lists every preset with what it was checked against.
func TestTheReadmeListsThePresets(t *testing.T) {
	readme, err := os.ReadFile("../README.md")
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(string(readme), "\n")
	against := map[string]string{ingest.AgainstRealFile: "real file", ingest.AgainstDocumentation: "documentation"}
	for _, p := range ingest.Presets() {
		listed := func(line string) bool {
			return strings.Contains(line, "`"+p.Name+"`") && strings.Contains(line, p.System) && strings.Contains(line, "| "+against[p.CheckedAgainst])
		}
		if !slices.ContainsFunc(lines, listed) {
			t.Errorf("the README does not list %s of %s, checked against %s", p.Name, p.System, against[p.CheckedAgainst])
		}
	}
}
