package main

import (
	"fmt"
	"path/filepath"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"github.com/perfloop/perfloop/ingest"
)

// The company of the import benchmark: every employee has 8 half-year cycles of 5 goals with 6 check-ins each.
const (
	benchCycles   = 8
	benchGoals    = 5
	benchCheckIns = 6
)

// BenchmarkImport imports a roster, and goals and check-ins of each cycle, as workbooks, into an empty data folder and
// builds. Bare reads the same sheets with excelize's row iterator and does nothing; ratio is import/bare, both whole.
// The 20,000 employees take minutes and some GiB: name them with -bench 'Import/20000'.
func BenchmarkImport(b *testing.B) {
	for _, employees := range []int{1_000, 20_000} {
		b.Run(fmt.Sprint(employees), func(b *testing.B) {
			sources := benchSources(b, employees)
			var bare, whole, build time.Duration
			rows := 0
			for b.Loop() {
				started := time.Now()
				rows = readBare(b, sources)
				bare += time.Since(started)
				started = time.Now()
				build += importAll(b, sources, rows-len(sources))
				whole += time.Since(started)
			}
			b.ReportMetric(float64(whole)/float64(bare), "import/bare")
			b.ReportMetric(float64(whole-build)/float64(bare), "import-without-build/bare")
			b.ReportMetric(float64(rows)*float64(b.N)/whole.Seconds(), "rows/s")
		})
	}
}

// importAll imports and gives how long the build alone takes on the same warehouse.
func importAll(b *testing.B, sources []ingest.Source, want int) time.Duration {
	s, err := openStore(b.Context(), b.TempDir())
	if err != nil {
		b.Fatal(err)
	}
	defer s.close()
	reports, err := s.archive.Import(b.Context(), s.update, sources, ingest.Options{By: "benchmark", Now: time.Now})
	if err != nil {
		b.Fatal(err)
	}
	stored := 0
	for _, r := range reports {
		stored += r.Stored()
	}
	if stored != want {
		b.Fatalf("stored %d rows of %d", stored, want)
	}
	b.StopTimer()
	defer b.StartTimer()
	started := time.Now()
	if _, err := s.db.Update(b.Context(), nil); err != nil {
		b.Fatal(err)
	}
	return time.Since(started)
}

// readBare reads every row of every sheet as its raw text.
func readBare(b *testing.B, sources []ingest.Source) int {
	rows := 0
	for _, source := range sources {
		book, err := excelize.OpenFile(source.Path, excelize.Options{RawCellValue: true})
		if err != nil {
			b.Fatal(err)
		}
		sheet, err := book.Rows(book.GetSheetName(0))
		if err != nil {
			b.Fatal(err)
		}
		for sheet.Next() {
			if _, err := sheet.Columns(); err != nil {
				b.Fatal(err)
			}
			rows++
		}
		if err := book.Close(); err != nil {
			b.Fatal(err)
		}
	}
	return rows
}

func benchSources(b *testing.B, employees int) []ingest.Source {
	sources := []ingest.Source{workbookOf(b, "roster.xlsx", []any{"Employee ID", "Name", "Department", "Hire Date"}, func(row func(...any)) {
		for e := range employees {
			row(fmt.Sprintf("E%06d", e), fmt.Sprintf("Person %d", e), fmt.Sprintf("Department %d", e%40), "2015-01-05")
		}
	})}
	for c := range benchCycles {
		start := time.Date(2022+c/2, time.Month(1+c%2*6), 1, 0, 0, 0, 0, time.UTC)
		cycle := fmt.Sprintf("%dH%d", start.Year(), 1+c%2)
		sources = append(sources, workbookOf(b, "goals-"+cycle+".xlsx",
			[]any{"Employee ID", "Cycle", "Goal ID", "Goal", "Baseline", "Target", "Weight", "Start Date", "Due Date"}, func(row func(...any)) {
				for e := range employees {
					for g := range benchGoals {
						row(fmt.Sprintf("E%06d", e), cycle, fmt.Sprintf("%s-%d-%d", cycle, e, g), fmt.Sprintf("Raise measure %d", g), 0, 100+g, 0.2,
							start.Format(time.DateOnly), start.AddDate(0, 6, -1).Format(time.DateOnly))
					}
				}
			}),
			workbookOf(b, "check-ins-"+cycle+".xlsx", []any{"Employee ID", "Cycle", "Goal ID", "Check-in Date", "Current Value", "Status"}, func(row func(...any)) {
				for e := range employees {
					for g := range benchGoals {
						for k := range benchCheckIns {
							row(fmt.Sprintf("E%06d", e), cycle, fmt.Sprintf("%s-%d-%d", cycle, e, g), start.AddDate(0, k, 24).Format(time.DateOnly), float64(17*(k+1))-float64(e%7), "On Track")
						}
					}
				}
			}))
	}
	return sources
}

// workbookOf streams rows into a workbook of one sheet.
func workbookOf(b *testing.B, name string, header []any, fill func(row func(...any))) ingest.Source {
	book := excelize.NewFile()
	stream, err := book.NewStreamWriter("Sheet1")
	if err != nil {
		b.Fatal(err)
	}
	line := 0
	row := func(cells ...any) {
		line++
		if err := stream.SetRow(fmt.Sprintf("A%d", line), cells); err != nil {
			b.Fatal(err)
		}
	}
	row(header...)
	fill(row)
	if err := stream.Flush(); err != nil {
		b.Fatal(err)
	}
	path := filepath.Join(b.TempDir(), name)
	if err := book.SaveAs(path); err != nil {
		b.Fatal(err)
	}
	if err := book.Close(); err != nil {
		b.Fatal(err)
	}
	return ingest.Source{Name: name, Path: path}
}
