package dashboards

import (
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"sort"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/perfloop/perfloop/dashboards/words"
	sqltext "github.com/perfloop/perfloop/sql"
)

// used finds the keys that templates and this package say: whole literals, and the areas whose keys are
// put together from a name.
var used = regexp.MustCompile(`\bT "([a-z_]+\.[a-z_.]+)"|\.T\("([a-z_]+\.[a-z_.]+)"|Key: +"([a-z_]+\.[a-z_.]+)"|notFound\("([a-z_]+\.[a-z_.]+)"`)

var placeholder = regexp.MustCompile(`\{[a-z_]+\}`)

// findingName is the name a branch of fct_finding gives its rows.
var findingName = regexp.MustCompile(`(?m)^\s*(?:select )?'([a-z_0-9]+)'(?: as finding)?,(?: |$)`)

// quotedCode is a reason code in a macro.
var quotedCode = regexp.MustCompile(`'([a-z_]+)'`)

func keysInSources(t *testing.T) map[string]string {
	t.Helper()
	found := map[string]string{}
	err := filepath.WalkDir(".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || strings.HasSuffix(name, "_test.go") || (filepath.Ext(name) != ".go" && filepath.Ext(name) != ".html") {
			return err
		}
		text, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		for _, match := range used.FindAllStringSubmatch(string(text), -1) {
			found[strings.Join(match[1:], "")] = name
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return found
}

// keysOfData lists the keys that lists in Go put together.
func keysOfData() map[string]string {
	keys := map[string]string{}
	for _, p := range panels() {
		for _, part := range []string{"title", "meaning", "empty"} {
			keys[dotted(p.Name)+"."+part] = p.Name
		}
		for _, kind := range p.Files {
			keys["kind."+kind] = p.Name
		}
	}
	areas := map[string][]string{
		"step":   append(steps(), "people"),
		"state":  {"on_time", "late", "open", "missed", "exempt"},
		"status": {"done", "not_started", "overdue", "on_track", "at_risk", "off_track", "cancelled"},
		"theme":  themes(), "lang": words.Languages, "kind": traceKinds(),
		"cause":     {"environment", "individual", "both"},
		"freshness": {"fresh", "due", "stale"}, "change": {"new", "gone", "moved"},
		"waiting":    {"no_goals", "plan_item", "check_in", "alarm", "unrated", "feedback", "acknowledgement", "improvement"},
		"todo":       {"no_goals", "plan_item", "check_in", "alarm", "unrated", "feedback", "acknowledgement", "improvement"},
		"note_cause": noteCauses(),
		"figure":     {"closed", "closed_on_time", "attainment", "rated", "feedback"},
		"reason": {
			"overdue", "off_track", "alarm", "no_feedback", "low_rating_without_plan",
			"too_few", "no_counterpart", "no_variance", "no_history", "no_scale", "no_evidence", "not_due", "no_definition",
		},
		"finding": {"leak", "lenient", "severe", "kpi_environment", "kpi_individual", "kpi_both", "closure", "closure_change", "waiting", "waiting_manager", "waiting_low", "data_stale", "data_doubtful", "data_refused", "data_broken"},
	}
	for area, names := range areas {
		for _, name := range names {
			keys[area+"."+name] = area
		}
	}
	for _, state := range []string{jobChecking, jobChecked, jobImporting, jobImported, jobStopped, jobFailed} {
		keys["upload.title_"+state] = "upload.go"
	}
	for _, f := range sqltext.Files(sqltext.Checks) {
		keys["check."+f.Name] = f.Path
	}
	for _, f := range sqltext.Files(sqltext.Marts) {
		for _, found := range findingName.FindAllStringSubmatch(f.Text, -1) {
			if f.Name == "fct_finding" {
				keys["finding_name."+found[1]] = f.Path
			}
		}
	}
	nameKeys(keys)
	return keys
}

// nameKeys adds those that the names of sections, rules, filters and tabs make.
func nameKeys(keys map[string]string) {
	for _, tab := range append(dataTabs()[1:], "imports") {
		keys["data.tab_"+tab] = "page_data.go"
	}
	for _, section := range briefSections() {
		keys["brief."+section], keys["brief."+section+"_none"] = "brief.go", "brief.go"
	}
	for _, f := range sqltext.Files(sqltext.Macros) {
		if f.Name == "smart_reason" {
			for _, found := range quotedCode.FindAllStringSubmatch(f.Text, -1) {
				keys["smart."+found[1]] = f.Path
			}
		}
	}
	for _, f := range fields() {
		keys["filter."+f.name] = "filter"
	}
}

func TestWords(t *testing.T) {
	keys := keysInSources(t)
	if len(keys) < 60 {
		t.Fatalf("found only %d keys in the sources: the scan is broken", len(keys))
	}
	for key, where := range keysOfData() {
		keys[key] = where
	}
	for _, lang := range words.Languages {
		w := words.For(lang)
		for key, where := range keys {
			if !w.Has(key) {
				t.Errorf("%s: no sentence for %s, used in %s", lang, key, where)
			}
		}
	}
}

func TestEverySentenceHasTheSamePlaceholdersInBothLanguages(t *testing.T) {
	en, zh := words.For("en"), words.For("zh")
	keys := map[string]bool{}
	for _, key := range append(en.Keys(), zh.Keys()...) {
		keys[key] = true
	}
	for key := range keys {
		if !en.Has(key) || !zh.Has(key) {
			t.Errorf("%s is said in one language only", key)
			continue
		}
		names := func(w *words.Words) []string {
			found := placeholder.FindAllString(w.T(key), -1)
			sort.Strings(found)
			return found
		}
		if diff := cmp.Diff(names(en), names(zh)); diff != "" {
			t.Errorf("%s: placeholders differ (-en +zh):\n%s", key, diff)
		}
	}
}

// counted is a number with a word that would be wrong for one.
var counted = regexp.MustCompile(`\{[a-z_]+\} (rows|files|people|columns|lines|dates|numbers|tables|things|sheets|bytes|seconds|times|days|imports|goals)\b`)

var pluralForm = regexp.MustCompile(`\{([a-z_]+)\|`)

func TestWordsGoWithTheirNumbers(t *testing.T) {
	en := words.For("en")
	for _, key := range en.Keys() {
		if found := counted.FindString(en.T(key)); found != "" {
			t.Errorf("%s: %q would be said of one too; write {count} {count|row|rows}", key, found)
		}
		for _, name := range pluralForm.FindAllStringSubmatch(en.T(key), -1) {
			if !strings.Contains(en.T(key), "{"+name[1]+"}") {
				t.Errorf("%s: a form goes with {%s}, which is not said", key, name[1])
			}
		}
	}
	for count, want := range map[int]string{0: "0 rows: lines 2", 1: "1 row: line 2", 2: "2 rows: lines 2", 1001: "1,001 rows: lines 2"} {
		if got := en.T("preview.lines", "count", count, "lines", "2"); got != want {
			t.Errorf("%d: got %q, want %q", count, got, want)
		}
	}
}
