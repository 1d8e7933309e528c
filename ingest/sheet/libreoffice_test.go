package sheet_test

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"github.com/perfloop/perfloop/ingest/sheet"
)

// converted is text, as CSV in UTF-8, saved by LibreOffice in another format.
func converted(t *testing.T, text, format string) []byte {
	t.Helper()
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "in.csv"), []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	cmd := exec.CommandContext(t.Context(), "soffice", "-env:UserInstallation=file://"+filepath.Join(dir, "profile"), "--headless",
		"--infilter=Text - txt - csv (StarCalc):44,34,76,1,1/2", "--convert-to", format, "--outdir", dir, "in.csv")
	cmd.Dir = dir
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("convert with LibreOffice: %v\n%s", err, out)
	}
	data, err := os.ReadFile(filepath.Join(dir, "in."+format))
	if err != nil {
		t.Fatal(err)
	}
	return data
}

const officeText = "工号,得分,完成率,日期,备注\n007,81.5,5.7%,2024-03-31,\"两行\n文字\"\n008,-3,90%,2024-04-01,\"a, \"\"b\"\"\"\n"

func TestAWorkbookOfLibreOfficeIsRead(t *testing.T) {
	book := open(t, "in.xlsx", converted(t, officeText, "xlsx"))
	s := book.Sheets()[0]
	wantRows(t, s,
		`1 "工号" "得分" "完成率" "日期" "备注"`,
		`2 "007" "81.5" "0.057" "45382" "两行\n文字"`,
		`3 "008" "-3" "0.9" "45383" "a, \"b\""`)
	styles := s.Styles(2, 10)
	if len(styles) != 4 || !styles[2].IsPercent || !styles[3].IsDate || styles[1] != (sheet.ColumnStyle{}) {
		t.Errorf("got styles %v, want a percentage in column 3 and a date in column 4", styles)
	}
}

func TestOtherFormatsOfLibreOfficeAreNamed(t *testing.T) {
	for _, format := range []string{"xls", "ods"} {
		_, err := sheet.Open("in."+format, bytes.NewReader(converted(t, officeText, format)), sheet.Limits{})
		if e := wantKey(t, err, "unsupported_format"); e.Args["format"] != format {
			t.Errorf("%s: got format %v", format, e.Args["format"])
		}
	}
}
