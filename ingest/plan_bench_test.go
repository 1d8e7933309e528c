package ingest

import (
	"path/filepath"
	"testing"
	"time"

	"github.com/perfloop/perfloop/ingest/demo"
)

// BenchmarkPlan settles how the files of a demo company are read: what recognising files costs, without reading them into a
// warehouse.
func BenchmarkPlan(b *testing.B) {
	dir := b.TempDir()
	truth, err := demo.Write(b.Context(), dir, demo.Options{Employees: 600, Cycles: 6, Seed: 1, AsOf: time.Date(2026, 11, 22, 0, 0, 0, 0, time.UTC)}, nil)
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		for _, f := range truth.Files {
			planOne(b, Source{Name: f.File, Path: filepath.Join(dir, f.File)})
		}
	}
	b.ReportMetric(float64(len(truth.Files)), "files/op")
}

func planOne(b *testing.B, source Source) {
	f, err := openFile(source, Options{})
	if err != nil {
		b.Fatal(err)
	}
	defer f.close()
	if plans, err := planFile(f); err != nil || len(plans) == 0 {
		b.Fatalf("%s: %d plans, %v", source.Name, len(plans), err)
	}
}
