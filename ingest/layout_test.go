package ingest_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/perfloop/perfloop/ingest"
)

// A table of ratings is found whatever stands above, below and beside it.
func TestTableIsFoundAmongOtherThings(t *testing.T) {
	w := newWarehouse(t)
	above := []string{"Performance ratings,,,\n", ",,,\n", "Please fill in every row.,,,\n", "Prepared by: HR,,,\n", "Confidential - internal use only,,,\n"}
	below := []string{",,,\n", "Total,,90,\n", "Note: drafts are not shown,,,\n", "Signature: ________,,Date:,\n", "Average,,45,\n"}
	rapid.Check(t, func(rt *rapid.T) {
		var text strings.Builder
		for _, line := range rapid.SliceOfN(rapid.SampledFrom(above), 0, 6).Draw(rt, "above") {
			text.WriteString(line)
		}
		text.WriteString("Employee ID,Cycle,Score,Rating\n")
		people := rapid.IntRange(1, 5).Draw(rt, "people")
		for i := range people {
			fmt.Fprintf(&text, "N%d,2025H1,%d,B\n", i, 40+i)
		}
		for _, line := range rapid.SliceOfN(rapid.SampledFrom(below), 0, 4).Draw(rt, "below") {
			text.WriteString(line)
		}
		reports, err := w.Preview(t.Context(), w.rollback, []ingest.Source{textSource(t, "ratings.csv", text.String())}, ingest.Options{Now: fixedNow})
		if err != nil {
			rt.Fatal(err)
		}
		r := reports[0]
		if r.Stored() != people || r.Rejected() != 0 {
			rt.Fatalf("%d people, got %s %s\n%s", people, counts(r), keys(r), text.String())
		}
	})
}

// Whatever a sheet holds, it is read or refused with a reason.
func FuzzLayout(f *testing.F) {
	for _, name := range []string{"form_above_kpis_with_scores.csv", "three_header_rows.csv", "two_tables_side_by_side.csv", "legend_below_the_table.csv"} {
		text, err := os.ReadFile(filepath.Join(workbooks, name))
		if err != nil {
			f.Fatal(err)
		}
		f.Add(string(text))
	}
	w := newWarehouse(f)
	f.Fuzz(func(t *testing.T, text string) {
		reports, err := w.Preview(t.Context(), w.rollback, []ingest.Source{textSource(t, "fuzz.csv", text)}, ingest.Options{Now: fixedNow})
		if err != nil {
			t.Fatalf("%v\n%q", err, text)
		}
		if r := reports[0]; r.Refused == nil && r.Stored()+r.Unchanged()+r.Rejected() != r.Read() {
			t.Errorf("read %d rows, but not all are accounted for: %s\n%q", r.Read(), counts(r), text)
		}
	})
}
