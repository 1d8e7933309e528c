package sheet_test

import (
	"archive/zip"
	"bytes"
	"compress/gzip"
	"testing"

	"github.com/xuri/excelize/v2"
	"golang.org/x/text/encoding/simplifiedchinese"

	"github.com/perfloop/perfloop/ingest/sheet"
)

// packed is an archive of files in their order.
func packed(t testing.TB, files ...[2]string) []byte {
	t.Helper()
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	for _, f := range files {
		part, err := w.CreateHeader(&zip.FileHeader{Name: f[0], Method: zip.Deflate, NonUTF8: true})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := part.Write([]byte(f[1])); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func TestFilesOfAnArchiveAreSheets(t *testing.T) {
	book := written(t, func(f *excelize.File) error { return setRows(f, []any{"工号"}, []any{"007"}) })
	oldName, err := simplifiedchinese.GB18030.NewEncoder().String("人员/花名册.csv")
	if err != nil {
		t.Fatal(err)
	}
	var locked bytes.Buffer
	if err := excelize.NewFile().Write(&locked, excelize.Options{Password: "secret"}); err != nil {
		t.Fatal(err)
	}
	all := open(t, "x.zip", packed(t,
		[2]string{"2025/", ""}, [2]string{"__MACOSX/._a.csv", "x"}, [2]string{".DS_Store", "x"}, [2]string{"~$a.xlsx", "x"},
		[2]string{oldName, "id;name\n1;Li, Si\n"}, [2]string{"a.csv", string(book)}, [2]string{"b.json", `{"goals": [{"id": 1}]}`},
		[2]string{"broken.xlsx", "PK\x03\x04 and no more"}, [2]string{"locked.xlsx", locked.String()}, [2]string{"scan.csv", "%PDF-1.7\n"},
		[2]string{"more.zip", string(packed(t, [2]string{"c.csv", "a,b\n"}))}))
	got := dumpBook(all)
	want := lines(`[人员/花名册.csv]`, `1 "id" "name"`, `2 "1" "Li, Si"`, `[a.csv/Sheet1]`, `1 "工号"`, `2 "007"`, `[b.json/goals]`, `0 "id"`, `1 "1"`,
		`[broken.xlsx]`, `[locked.xlsx]`, `[scan.csv]`, `[more.zip]`)
	if got != want || all.Format() != "zip" {
		t.Errorf("%s, got\n%swant\n%s", all.Format(), got, want)
	}
	faults := map[string]string{"broken.xlsx": "damaged_workbook", "locked.xlsx": "password_protected", "scan.csv": "unsupported_format", "more.zip": "archive_in_archive"}
	for _, s := range all.Sheets() {
		if key := faults[s.Name]; key != "" {
			if e := wantKey(t, s.Fault, key); e.Args["file"] != "x.zip/"+s.Name {
				t.Errorf("%s: the fault is about %v", s.Name, e.Args["file"])
			}
		} else if s.Fault != nil || s.Member+"/"+s.Title != s.Name && s.Member != s.Name {
			t.Errorf("%s: member %q, title %q, fault %v", s.Name, s.Member, s.Title, s.Fault)
		}
	}
}

func TestAnEncryptedMemberIsNamed(t *testing.T) {
	data := packed(t, [2]string{"a.csv", "a,b\n1,2\n"})
	for _, at := range [][2]int{{bytes.Index(data, []byte("PK\x03\x04")), 6}, {bytes.Index(data, []byte("PK\x01\x02")), 8}} {
		data[at[0]+at[1]] |= 1
	}
	e := wantKey(t, open(t, "x.zip", data).Sheets()[0].Fault, "password_protected")
	if e.Args["file"] != "x.zip/a.csv" {
		t.Errorf("got file %v", e.Args["file"])
	}
}

func TestAPackedFileIsUnpacked(t *testing.T) {
	var out bytes.Buffer
	w := gzip.NewWriter(&out)
	if _, err := w.Write([]byte("a|b\n1|2\n")); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	wantRows(t, open(t, "x.csv.gz", out.Bytes()).Sheets()[0], `1 "a" "b"`, `2 "1" "2"`)
	_, err := sheet.Open("x", bytes.NewReader(out.Bytes()[:20]), sheet.Limits{})
	wantKey(t, err, "damaged_archive")
}
