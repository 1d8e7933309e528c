package demo

import (
	"context"
	"encoding/csv"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"
	"golang.org/x/text/encoding/simplifiedchinese"
)

func today() time.Time { return time.Date(2026, 11, 22, 0, 0, 0, 0, time.UTC) }

// written writes a company into a new folder.
func written(t *testing.T, o Options) (string, Truth) {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "demo")
	truth, err := Write(context.Background(), dir, o, nil)
	if err != nil {
		t.Fatal(err)
	}
	return dir, truth
}

// lines reads all lines of a sheet as they stand, with readers that know nothing of how they were written.
// Line numbers are those of a spreadsheet or editor, less one.
func lines(t *testing.T, dir string, f FileTruth, s SheetTruth) [][]string {
	t.Helper()
	name := filepath.Join(dir, f.File)
	if filepath.Ext(name) == ".xlsx" {
		book, err := excelize.OpenFile(name)
		if err != nil {
			t.Fatal(err)
		}
		defer book.Close()
		rows, err := book.GetRows(s.Sheet)
		if err != nil {
			t.Fatal(err)
		}
		return rows
	}
	data, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	if f.Encoding == "gb18030" {
		if data, err = simplifiedchinese.GB18030.NewDecoder().Bytes(data); err != nil {
			t.Fatal(err)
		}
	}
	r := csv.NewReader(strings.NewReader(strings.TrimPrefix(string(data), "\ufeff")))
	r.FieldsPerRecord = -1
	rows, err := r.ReadAll()
	if err != nil {
		t.Fatalf("%s: %v", f.File, err)
	}
	return rows
}

// record is a row as field to text.
type record map[string]string

func (r record) number(field string) (float64, bool) {
	x, err := strconv.ParseFloat(strings.ReplaceAll(strings.TrimSuffix(r[field], "%"), ",", ""), 64)
	return x, err == nil
}

// records reads every row of a kind, with the fields named by their headers in either language.
func records(t *testing.T, dir string, truth Truth, kind string) []record {
	t.Helper()
	fields := map[string]string{}
	for key, words := range headerWords() {
		owner, field, owned := strings.Cut(key, ".")
		if owned && owner != kind {
			continue
		}
		if !owned {
			field = key
		}
		fields[words.en], fields[words.zh] = field, field
	}
	var found []record
	for _, f := range truth.Files {
		for _, s := range f.Sheets {
			if s.Kind == kind {
				found = append(found, sheetRecords(lines(t, dir, f, s), fields, f.File)...)
			}
		}
	}
	return found
}

func sheetRecords(rows [][]string, fields map[string]string, file string) []record {
	var found []record
	var header []string
	for _, row := range rows {
		switch {
		case header == nil && len(row) < 2, len(row) > 0 && (row[0] == "Total" || row[0] == "合计"), len(row) == 0:
		case header == nil:
			for _, name := range row {
				if field := fields[name]; field != "" {
					name = field
				}
				header = append(header, name)
			}
		default:
			r := record{"file": file}
			for i, cell := range row {
				if cell = strings.TrimSpace(cell); cell != "" {
					r[header[i]] = cell
				}
			}
			found = append(found, r)
		}
	}
	return found
}

// cycleOf is the label of a row's cycle, whichever way its file writes it.
func (r record) cycleOf() string {
	s := r["cycle"] + r["year"] + r["half"]
	half := "H1"
	if strings.Contains(s, "H2") || strings.Contains(s, "下") {
		half = "H2"
	}
	if i := strings.Index(s, "20"); i >= 0 {
		return s[i:i+4] + half
	}
	return s
}

// dated reads a date in any of the ways the files write them.
func dated(s string) (time.Time, bool) {
	for _, layout := range []string{time.DateOnly, "2006/1/2", "2006年1月2日", "02-Jan-2006", "2 Jan 2006"} {
		if t, err := time.Parse(layout, s); err == nil {
			return t, true
		}
	}
	return time.Time{}, false
}
