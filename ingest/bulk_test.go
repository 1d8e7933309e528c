package ingest_test

import (
	"bufio"
	"context"
	"encoding/csv"
	"errors"
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/perfloop/perfloop/ingest"
)

// uglyCells are cells by column, the plain ones more often than the others.
var uglyCells = map[string][]string{
	"Cycle":          {"2025H1", "2025H1", "2025H1", "2025 h1", "FY25 H1", "", "2025上半年", "N/A"},
	"Employee ID":    {"E0001", "E0002", "e0003", "007", "0007 ", "", "-", "1E5", "1234567890123450000", "12.0"},
	"Employee":       {"Ada Lovelace", "张伟", "Lovelace, Ada", "ada@example.com", "", "张伟（E0002）", "  Grace  Hopper", "全员", "王\u3000芳"},
	"Department":     {"Sales", "销售部", "Sales ", "", "R&D", "-"},
	"Goal ID":        {"G-1", "G-2", "g-1", "1.1", "10", "", "x|y", "N/A", "１２", "Total", "Goal ID"},
	"Goal":           {"Raise \"it\"", "提高满意度", " blanks ", "", "two\nlines", "no\u200bthing", "合计", "tab\there", "n／a", "None", "TBD", "a|b"},
	"Check-in Date":  {"2025-03-31", "2025-04-07", "2025-04-30", "2025-04-31", "2025/4/7", "7 Apr 2025", "", "45754", "2025-04-07 10:00", "soon", "1013-01-01", "2568-04-07", "07/04/2568", "Jun-25", "7/4/2025"},
	"Current Value":  {"1", "2.5", "-3", "1,234.5", "12万", "5%", "", "N/A", "about", "1e3", "0.123456789012345", "00.5", "3/5", "8:13", "(12)", "≤3"},
	"Progress":       {"50", "100", "0.5", "0.25", "7", "", "90%", "-", "150", "done", "Complete"},
	"Status":         {"On Track", "At Risk", "done", "", "never heard", "已完成", "N/A"},
	"Is Done":        {"yes", "no", "", "maybe"},
	"Comments":       {"said \"yes\"", "本周：正常", "", "-", "no comment", "ok\r\nthen", "“quoted”", "1", strings.Repeat("long ", 30), "Comments"},
	"Something Else": {"", "x"},
	"KPI":            {"Revenue", "客诉数", "revenue ", "", "Total", "N/A", "a|b"},
	"Read On":        {"2025-03-31", "2025-04-30", "2025/5/31", "", "soon", "45754"},
	"Value":          {"12", "7.25", "-3", "12万", "1,5", "", "N/A", "5%", "about"},
}

// uglyKinds are the columns of files of each kind; the first two are always there.
var uglyKinds = map[string][]string{
	"check_in": {"Goal ID", "Check-in Date", "Cycle", "Employee ID", "Employee", "Department", "Goal", "Current Value", "Progress", "Status", "Is Done", "Comments", "Something Else"},
	"reading":  {"KPI", "Read On", "Employee ID", "Employee", "Department", "Value", "Something Else"},
}

// uglyFile draws a CSV file of things of a kind.
func uglyFile(t *rapid.T, kind string) string {
	all := uglyKinds[kind]
	columns := unique(append(slices.Clone(all[:2]), rapid.SliceOfNDistinct(rapid.SampledFrom(all), 1, len(all), rapid.ID).Draw(t, "columns")...))
	isUgly := rapid.IntRange(0, 20).Draw(t, "ugliness")
	rows := [][]string{columns}
	for range rapid.IntRange(1, 25).Draw(t, "rows") {
		var row []string
		for _, c := range columns {
			cells := uglyCells[c]
			if rapid.IntRange(0, 20).Draw(t, "is ugly") >= isUgly {
				cells = cells[:2]
			}
			row = append(row, rapid.SampledFrom(cells).Draw(t, c))
		}
		rows = append(rows, row)
	}
	var out strings.Builder
	w := csv.NewWriter(&out)
	w.UseCRLF = rapid.Bool().Draw(t, "crlf")
	if err := w.WriteAll(rows); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

func unique(texts []string) []string {
	seen := map[string]bool{}
	var kept []string
	for _, s := range texts {
		if !seen[s] {
			kept = append(kept, s)
		}
		seen[s] = true
	}
	return kept
}

// everyRow is what is in raw and in the report after the imports.
func everyRow(t testing.TB, w *warehouse, reports []ingest.Report) string {
	out := ""
	for _, table := range []string{"check_in", "reading", "rejected_row", "problem", "import_sheet"} {
		out += w.table(t, "select t::varchar from raw."+table+" as t order by all") + "\n"
	}
	for _, r := range reports {
		out += counts(r) + "\n" + keys(r) + "\n" + fmt.Sprint(r.Sheets[0].Decisions) + "\n"
	}
	return out
}

// TestBulkAndRowByRowAreTheSame imports two files, of which the second may repeat rows of the first, both ways.
func TestBulkAndRowByRowAreTheSame(t *testing.T) {
	rowByRow, bulk := newWarehouse(t), newWarehouse(t)
	rapid.Check(t, func(r *rapid.T) {
		kind := rapid.SampledFrom([]string{"check_in", "reading"}).Draw(r, "kind")
		texts := []string{uglyFile(r, kind), uglyFile(r, kind)}
		var got []string
		for _, w := range []*warehouse{rowByRow, bulk} {
			o := ingest.Options{Kind: kind, BulkFrom: math.MaxInt64}
			if w == bulk {
				o.BulkFrom = 1
			}
			var reports []ingest.Report
			for i, text := range texts {
				reports = append(reports, w.importText(t, fmt.Sprintf("%d.csv", i), text, o))
			}
			got = append(got, everyRow(t, w, reports))
			w.empty(t)
		}
		if diff := cmp.Diff(got[0], got[1]); diff != "" {
			r.Fatalf("%q\n(-row by row +bulk):\n%s", texts, diff)
		}
	})
}

// empty forgets everything imported.
func (w *warehouse) empty(t testing.TB) {
	t.Helper()
	for _, table := range []string{"check_in", "reading", "rejected_row", "problem", "import_sheet", "import"} {
		w.exec(t, "delete from raw."+table)
	}
}

// checkIns is a CSV file of so many check-ins.
func checkIns(t *testing.T, rows int) string {
	t.Helper()
	var out strings.Builder
	writer := bufio.NewWriter(&out)
	fmt.Fprintln(writer, "Cycle,Employee ID,Employee,Employee Email,Department,Goal ID,Goal,Check-in Date,Current Value,Progress,Status,Comments")
	for i := range rows {
		writeCheckIn(writer, i)
	}
	if err := writer.Flush(); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

// TestAStoppedBulkLeavesNothing stops an import while its rows are surveyed, and one while they are stored; then it is let go.
func TestAStoppedBulkLeavesNothing(t *testing.T) {
	w, text := newWarehouse(t), checkIns(t, 60_000)
	for _, reading := range []int{1, 2} {
		ctx, stop := context.WithCancel(t.Context())
		o := ingest.Options{BulkFrom: 1, Now: fixedNow, Progress: func(p ingest.Progress) {
			if p.Row > 1000 && (reading == 1 || p.RowCount > 0) {
				stop()
			}
		}}
		if _, err := w.Import(ctx, w.update, []ingest.Source{textSource(t, "check-ins.csv", text)}, o); !errors.Is(err, context.Canceled) {
			t.Errorf("reading %d: got %v", reading, err)
		}
		stop()
		if left := w.table(t, "select count(*) from raw.check_in union all select count(*) from raw.import"); left != "0\n0" {
			t.Errorf("reading %d: left %q", reading, left)
		}
	}
	if r := w.importText(t, "check-ins.csv", text, ingest.Options{BulkFrom: 1}); r.Read() != 60_000 {
		t.Errorf("got %s", counts(r))
	}
}

// TestBulkOfManyBlocks imports a file of several blocks both ways: as it is, with a line in the last block that only a
// careful reader understands, and with more than a few rows of which something is to be said.
func TestBulkOfManyBlocks(t *testing.T) {
	all := checkIns(t, 15_000)
	for name, text := range map[string]string{
		"plain":   all,
		"quoted":  all + "2025H1,E1,A \"B\" C,e@example.com,D 1,G-1,Goal,2026-01-01,1,2,On Track,stray \" quote\n",
		"odd":     strings.ReplaceAll(all, "Raise measure 1", "Total"),
		"doubled": all + strings.ReplaceAll(all[strings.Index(all, "\n")+1:], "E00", "E10"),
	} {
		t.Run(name, func(t *testing.T) {
			var got []string
			for _, from := range []int64{math.MaxInt64, 1} {
				w := newWarehouse(t)
				report := w.importText(t, "check-ins.csv", text, ingest.Options{BulkFrom: from})
				got = append(got, everyRow(t, w, []ingest.Report{report}))
			}
			if got[0] != got[1] {
				t.Errorf("row by row and bulk differ:\n%s", cmp.Diff(strings.Split(got[0], "\n"), strings.Split(got[1], "\n")))
			}
		})
	}
}
