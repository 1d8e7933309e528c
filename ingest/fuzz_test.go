package ingest

import (
	"testing"
)

// Whatever a cell holds, reading it ends, and a number that is read is a number.
func FuzzNumber(f *testing.F) {
	for _, cell := range []string{"1.234,56", "≤3%", "(5)", "9 - 12", "3/5", "8:13", "12.5¹", "75 (0-100)", "[80,90)", "12万+", "--", "(", "1e309%", "$"} {
		f.Add(cell)
	}
	f.Fuzz(func(t *testing.T, cell string) {
		for _, d := range []decimals{pointDecimals, commaDecimals, commaAndDots} {
			for _, comparing := range []bool{false, true} {
				n, ok := dictionary().readNumber(cell, numberStyle{comparing: comparing, decimals: d})
				if ok && (!finite(n.value) || !finite(n.upper) || n.upper < n.value) {
					t.Errorf("%q: got %+v", cell, n)
				}
				if ok && !comparing && n.comparator != "" {
					t.Errorf("%q: compared without being asked: %+v", cell, n)
				}
			}
		}
	})
}

// Whatever a cell holds, a date that is read lies in the years that are taken, and without an order no other day is
// read than with one of the two.
func FuzzDate(f *testing.F) {
	for _, cell := range []string{"2026-03-31", "3/4/2026", "31.12.99", "民国114年3月5日", "Jun-11", "11-Jun", "1774915200", "2026-Q1", "0/0/0000", "(Oct-2006 to Sept-2007)"} {
		f.Add(cell)
	}
	f.Fuzz(func(t *testing.T, cell string) {
		asMonth, monthFault := parseDate(cell, dateStyle{order: monthFirst})
		asDay, dayFault := parseDate(cell, dateStyle{order: dayFirst, lastDay: false})
		either, fault := parseDate(cell, dateStyle{})
		if fault == "" && (either.Year() < 1900 || either.Year() > 2200) {
			t.Errorf("%q: got %v", cell, either)
		}
		if fault == "" && !(monthFault == "" && either.Equal(asMonth)) && !(dayFault == "" && either.Equal(asDay)) {
			t.Errorf("%q: got %v, month first %v, day first %v", cell, either, asMonth, asDay)
		}
		daysOfSpan(cell)
		canonicalCycle(cell)
	})
}
