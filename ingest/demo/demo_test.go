package demo

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
	"unicode"
)

func kinds() []string {
	return []string{
		"appraisal", "calibration", "check_in", "conversation", "cycle", "employee", "goal", "guideline",
		"improvement_plan", "incentive", "plan_item", "rating_scale", "reading", "unit",
	}
}

func TestSameOptionsGiveTheSameBytes(t *testing.T) {
	o := Options{Employees: 60, Cycles: 4, AsOf: today()}
	one, truth := written(t, o)
	two, _ := written(t, o)
	o.Seed = 2
	other, _ := written(t, o)
	for _, f := range append(truth.Files, FileTruth{File: "truth.json"}) {
		a, b := read(t, one, f.File), read(t, two, f.File)
		if !bytes.Equal(a, b) {
			t.Errorf("%s differs between two runs with the same options", f.File)
		}
	}
	if bytes.Equal(read(t, one, "employee_roster.xlsx"), read(t, other, "employee_roster.xlsx")) {
		t.Error("another seed made the same people")
	}
}

func read(t *testing.T, dir, name string) []byte {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(dir, name))
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func TestEveryKindIsInTheFiles(t *testing.T) {
	for _, o := range []Options{
		{Employees: 50, Cycles: 2, AsOf: today()},
		{Employees: 130, Cycles: 3, Lang: "zh", AsOf: day(2026, 1, 10)},
		{Employees: 100, Cycles: 5, Lang: "en", AsOf: day(2025, 7, 1), Seed: 9},
	} {
		dir, truth := written(t, o)
		for _, kind := range kinds() {
			if got, want := len(records(t, dir, truth, kind)), truth.Kinds[kind]; got != want || got == 0 {
				t.Errorf("%+v: %d rows of %s in the files, truth says %d", o, got, kind, want)
			}
		}
		if got := len(records(t, dir, truth, "cycle")); got != o.Cycles {
			t.Errorf("%+v: %d cycles", o, got)
		}
	}
}

func TestHeadcountIsAsAsked(t *testing.T) {
	for _, n := range []int{40, 50, 250} {
		dir, truth := written(t, Options{Employees: n, Cycles: 3, AsOf: today()})
		active := map[string]bool{}
		for _, r := range records(t, dir, truth, "employee") {
			if r["employment_status"] != "Left" {
				active[r["employee_id"]] = true
			}
		}
		if got := len(active); got < n-n/20-1 || got > n {
			t.Errorf("%d people at work, asked for %d", got, n)
		}
	}
}

func TestHeadersAreInTheLanguageAskedFor(t *testing.T) {
	for _, lang := range []string{"en", "zh", "both"} {
		dir, truth := written(t, Options{Employees: 45, Cycles: 3, Lang: lang, AsOf: today()})
		seen := map[string]int{}
		for _, f := range truth.Files {
			for _, s := range f.Sheets {
				is := headerLanguage(t, lines(t, dir, f, s), f.File)
				seen[is]++
				if is != f.Language {
					t.Errorf("%s: header is %s, truth says %s", f.File, is, f.Language)
				}
			}
		}
		if lang == "both" && (seen["en"] < 5 || seen["zh"] < 5) || lang != "both" && len(seen) != 1 {
			t.Errorf("lang %s: sheets by language %v", lang, seen)
		}
		if lang == "en" {
			for _, r := range records(t, dir, truth, "goal") {
				if strings.ContainsFunc(r["title"]+r["employee_name"]+r["unit"], isHan) {
					t.Fatalf("Chinese in an English company: %v", r)
				}
			}
		}
	}
}

func isHan(r rune) bool { return unicode.Is(unicode.Han, r) }

// headerLanguage finds the header, the first line of several cells, and says what it is written in.
func headerLanguage(t *testing.T, rows [][]string, file string) string {
	t.Helper()
	for _, row := range rows {
		if len(row) > 1 {
			if strings.ContainsFunc(row[0]+row[1], isHan) {
				return "zh"
			}
			return "en"
		}
	}
	t.Fatalf("%s: no header", file)
	return ""
}

func TestDirtStandsWhereTruthSays(t *testing.T) {
	dir, truth := written(t, Options{Employees: 100, Cycles: 4, AsOf: today()})
	if len(truth.Dirt) < 6 {
		t.Fatalf("only %d rows to reject", len(truth.Dirt))
	}
	for _, d := range truth.Dirt {
		for _, f := range truth.Files {
			if f.File != d.File {
				continue
			}
			row := lines(t, dir, f, SheetTruth{Sheet: d.Sheet})[d.Line-1]
			if !strings.Contains(strings.Join(row, "|"), d.Cell) {
				t.Errorf("%s line %d is %q, want a cell %q", d.File, d.Line, row, d.Cell)
			}
		}
	}
}

func TestNothingIsReportedFromTheFuture(t *testing.T) {
	asOf := day(2026, 9, 3)
	dir, truth := written(t, Options{Employees: 80, Cycles: 3, AsOf: asOf})
	for kind, fields := range map[string][]string{
		"check_in": {"checked_on"}, "conversation": {"held_on", "acknowledged_on"}, "reading": {"read_on"}, "appraisal": {"appraised_on"},
		"calibration": {"calibrated_on"}, "incentive": {"awarded_on"}, "plan_item": {"done_on"}, "employee": {"effective_on", "left_on"},
		"improvement_plan": {"starts_on", "outcome_on"},
	} {
		dates := 0
		for _, r := range records(t, dir, truth, kind) {
			for _, field := range fields {
				when, ok := dated(r[field])
				if ok {
					dates++
				}
				if when.After(asOf) {
					t.Errorf("%s: %s %s is after %s: %v", kind, field, iso(when), iso(asOf), r)
				}
			}
		}
		if dates == 0 {
			t.Errorf("%s: no dates read", kind)
		}
	}
}

func TestOptionsThatMakeNoCompanyAreRefused(t *testing.T) {
	for _, o := range []Options{{Employees: 12}, {Cycles: 1}, {Lang: "fr"}} {
		if _, err := Write(context.Background(), t.TempDir(), o, nil); err == nil {
			t.Errorf("%+v was accepted", o)
		}
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := Write(ctx, t.TempDir(), Options{Employees: 50, Cycles: 2}, nil); err == nil {
		t.Error("a cancelled context wrote all files")
	}
}

func TestProgressNamesEveryFile(t *testing.T) {
	var told []string
	truth, err := Write(context.Background(), t.TempDir(), Options{Employees: 40, Cycles: 2}, func(f string) { told = append(told, f) })
	if err != nil {
		t.Fatal(err)
	}
	if len(told) != len(truth.Files) {
		t.Errorf("told of %d files, wrote %d", len(told), len(truth.Files))
	}
	if truth.AsOf != "2026-11-15" {
		t.Errorf("default day is %s", truth.AsOf)
	}
}

func BenchmarkWrite(b *testing.B) {
	for name, o := range map[string]Options{"600x6": {AsOf: today()}, "5000x8": {Employees: 5000, Cycles: 8, AsOf: today()}} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				start := time.Now()
				truth, err := Write(context.Background(), b.TempDir(), o, nil)
				if err != nil {
					b.Fatal(err)
				}
				rows := 0
				for _, n := range truth.Kinds {
					rows += n
				}
				b.ReportMetric(float64(rows)/time.Since(start).Seconds(), "rows/s")
			}
		})
	}
}
