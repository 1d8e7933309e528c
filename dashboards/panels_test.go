package dashboards

import (
	"context"
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/perfloop/perfloop/analytics"
	"github.com/perfloop/perfloop/dashboards/words"
	sqltext "github.com/perfloop/perfloop/sql"
)

// askedOf says what the panels need beside a filter: a person and an import.
const askedOf = "employee_id=E7&import_id=1"

func TestEveryPanelHasItsQueryAndEveryQueryItsUse(t *testing.T) {
	wanted := map[string]bool{"data/cycles": true, "data/options": true, "data/import": true, "data/rejected_reasons": true, "person/head": true,
		"worklist/item": true, "worklist/notes": true, "person/brief": true, "goals/box": true}
	for _, p := range panels() {
		wanted[p.Name] = true
	}
	for _, b := range pages() {
		for _, f := range b.Findings {
			wanted[f.Query] = true
		}
	}
	for _, f := range dataFindings() {
		wanted[f.Query] = true
	}
	for _, query := range briefQueries() {
		wanted[query] = true
	}
	for _, kind := range traceKinds() {
		wanted["data/trace_"+kind] = true
	}
	for _, f := range sqltext.Panels() {
		if page, _, _ := strings.Cut(f.Name, "/"); page != "calibration" && !wanted[f.Name] {
			t.Errorf("%s is used by no panel", f.Path)
		}
		delete(wanted, f.Name)
	}
	for name := range wanted {
		t.Errorf("no query sql/panels/%s.sql", name)
	}
}

func TestEveryKindOfFileCanBeTraced(t *testing.T) {
	for _, f := range sqltext.Files(sqltext.Raw) {
		if strings.Contains(f.Text, "natural_key") && !contains(traceKinds(), f.Name) {
			t.Errorf("raw.%s has natural keys and no trace", f.Name)
		}
	}
}

func TestEveryQueryRunsOnAnEmptyWarehouse(t *testing.T) {
	everyQueryRuns(t, openWarehouse(t, nil), Filter{})
}

func TestEveryQueryRunsUnderEveryFilter(t *testing.T) {
	everyQueryRuns(t, openWarehouse(t, scale(120)), Filter{Cycle: "2026H1", Compare: "2025H2", Unit: "D1", JobFamily: "x", Location: "x", Grade: "x",
		Manager: "x", Attributes: map[string]string{"City": "O'Hara\"; --"}, Step: "goals", State: "late", Leak: "plan", Label: "A", Status: "done",
		From: "0.5", To: "0.6", Reviewer: "x", Metric: "x", Search: "%_'"})
}

func everyQueryRuns(t *testing.T, db *analytics.DB, f Filter) {
	t.Helper()
	args, err := f.Args()
	if err != nil {
		t.Fatal(err)
	}
	for name, value := range map[string]any{"lang": "en", "as_of": today(), "employee_id": nil, "import_id": nil, "key": "x",
		"text": "x", "goal_metric": "", "goal_unit": "", "goal_target": "", "goal_due": "", "goal_parent": "x"} {
		args[name] = value
	}
	for _, file := range sqltext.Panels() {
		if strings.HasPrefix(file.Name, "calibration/") {
			continue
		}
		if _, err := db.Query(context.Background(), file.Text, args, 10); err != nil {
			t.Errorf("%s: %v", file.Path, err)
		}
	}
}

// TestEveryPanelIsServed asks for every panel in both languages and every form.
func TestEveryPanelIsServed(t *testing.T) {
	s := serve(t, openWarehouse(t, scale(120)))
	for _, p := range panels() {
		for _, lang := range words.Languages {
			path := fmt.Sprintf("/panels/%s?%s&lang=%s&cycle=2026H1", p.Name, askedOf, lang)
			got := s.get(path, "HX-Request", "true")
			if got.StatusCode != http.StatusOK || !strings.Contains(got.body, words.For(lang).T(dotted(p.Name)+".title")) {
				t.Errorf("%s: %s\n%s", path, got.Status, got.body)
			}
		}
		for _, ext := range []string{"json", "csv", "xlsx"} {
			got := s.get(fmt.Sprintf("/panels/%s.%s?%s&cycle=2026H1", p.Name, ext, askedOf))
			if got.StatusCode != http.StatusOK || len(got.body) == 0 {
				t.Errorf("%s.%s: %s", p.Name, ext, got.Status)
			}
		}
	}
	if s.log.Len() > 0 {
		t.Error(s.log)
	}
}

// TestEveryColumnOfAPanelIsThereAndHasAName checks the list in panels.go against what the queries answer.
func TestEveryColumnOfAPanelIsThereAndHasAName(t *testing.T) {
	db := openWarehouse(t, scale(120))
	args := analytics.Args{"lang": "en", "as_of": today(), "employee_id": nil, "import_id": nil}
	for _, f := range fields() {
		args[f.name] = nil
	}
	args["attributes"], args["cycle"] = nil, "2026H1"
	for _, p := range panels() {
		f, _ := sqltext.Panel(p.Name)
		r, err := db.Query(context.Background(), f.Text, args, 10)
		if err != nil {
			t.Errorf("%s: %v", p.Name, err)
			continue
		}
		columns := []string{p.X}
		for _, s := range p.Series {
			columns = append(columns, s.Column)
		}
		for _, column := range p.Drill.Columns {
			columns = append(columns, column)
		}
		if p.Trace != "" {
			columns = append(columns, "natural_key")
		}
		for _, column := range columns {
			if r.Index(column) < 0 {
				t.Errorf("%s: no column %s", p.Name, column)
			}
		}
		for _, column := range r.Columns {
			if !words.For("en").Has("column." + column.Name) {
				t.Errorf("%s: column %s has no name in words", p.Name, column.Name)
			}
		}
	}
}

// TestOverviewIsNotEmpty guards the other tests: a page of empty panels would pass them.
func TestOverviewIsNotEmpty(t *testing.T) {
	s := serve(t, openWarehouse(t, scale(120)))
	for _, name := range []string{"figures", "steps", "leak", "attainment", "units", "goal_status", "rating", "trend", "lead_time", "attention"} {
		got := s.get("/panels/loop/" + name + "?cycle=2026H1")
		if strings.Contains(got.body, `class="nothing"`) {
			t.Errorf("loop/%s is empty on the generated company", name)
		}
	}
}
