package sheet_test

import (
	"archive/zip"
	"bufio"
	"bytes"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"runtime/debug"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"github.com/perfloop/perfloop/ingest/sheet"
)

const (
	largeRows = 1_000_000
)

// BenchmarkLargeWorkbook reads 1,000,000 rows of 12 columns with shared strings, a remark of its own in
// each row among them, and the same file with excelize, everything in memory. It reports the ratio of their rates,
// and the peak memory of a process that does nothing but read the file with this package.
func BenchmarkLargeWorkbook(b *testing.B) {
	path := filepath.Join(b.TempDir(), "large.xlsx")
	writeLargeWorkbook(b, path, largeRows)
	for b.Loop() {
		ours := timed(func() { countRows(b, path, largeRows) })
		theirs := timed(func() { countWithExcelize(b, path, largeRows) })
		debug.FreeOSMemory()
		b.ReportMetric(largeRows/ours.Seconds(), "rows/s")
		b.ReportMetric(largeRows/theirs.Seconds(), "excelize-rows/s")
		b.ReportMetric(theirs.Seconds()/ours.Seconds(), "ratio")
		b.ReportMetric(peakOfReader(b, path), "peak-MB")
	}
}

func timed(work func()) time.Duration {
	start := time.Now()
	work()
	return time.Since(start)
}

func countRows(tb testing.TB, path string, want int) {
	tb.Helper()
	in, err := os.Open(path)
	if err != nil {
		tb.Fatal(err)
	}
	defer in.Close()
	info, err := in.Stat()
	if err != nil {
		tb.Fatal(err)
	}
	book, err := sheet.Open("large", io.NewSectionReader(in, 0, info.Size()), sheet.Limits{Unzipped: 8 << 30})
	if err != nil {
		tb.Fatal(err)
	}
	defer book.Close()
	rows := 0
	for row, err := range book.Sheets()[0].Rows() {
		if err != nil {
			tb.Fatal(err)
		}
		if len(row.Cells) != benchColumns {
			tb.Fatalf("line %d: got %d cells, want %d", row.Line, len(row.Cells), benchColumns)
		}
		rows++
	}
	if rows != want {
		tb.Fatalf("got %d rows, want %d", rows, want)
	}
}

func countWithExcelize(tb testing.TB, path string, want int) {
	tb.Helper()
	f, err := excelize.OpenFile(path, excelize.Options{RawCellValue: true, UnzipSizeLimit: 16 << 30, UnzipXMLSizeLimit: 8 << 30})
	if err != nil {
		tb.Fatal(err)
	}
	defer f.Close()
	rows, err := f.Rows("Sheet1")
	if err != nil {
		tb.Fatal(err)
	}
	count := 0
	for rows.Next() {
		if _, err := rows.Columns(); err != nil {
			tb.Fatal(err)
		}
		count++
	}
	if count != want {
		tb.Fatalf("excelize: got %d rows, want %d", count, want)
	}
}

// readerOf names the workbook that this test binary reads, when it is started for that alone.
const readerOf = "PERFLOOP_TEST_READER_OF"

func TestMain(m *testing.M) {
	if path := os.Getenv(readerOf); path != "" {
		countRows(&testing.B{}, path, largeRows)
		fmt.Println(peakOfThisProcess())
		return
	}
	m.Run()
}

// peakOfReader reads the workbook in a process of its own and answers the most memory it had, in MB.
func peakOfReader(tb testing.TB, path string) float64 {
	tb.Helper()
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), readerOf+"="+path)
	out, err := cmd.Output()
	if err != nil {
		tb.Fatalf("read in a process of its own: %v", err)
	}
	kb, err := strconv.Atoi(strings.TrimSpace(string(out)))
	if err != nil {
		tb.Fatalf("peak of the process: %v", err)
	}
	return float64(kb) / 1000
}

// peakOfThisProcess is the high-water mark of resident memory in kB, as Linux counts it.
func peakOfThisProcess() string {
	status, _ := os.ReadFile("/proc/self/status")
	_, rest, _ := strings.Cut(string(status), "VmHWM:")
	peak, _, _ := strings.Cut(rest, "kB")
	return strings.TrimSpace(peak)
}

// writeLargeWorkbook writes a workbook as Excel does, streaming: shared strings in the order of their first use.
func writeLargeWorkbook(tb testing.TB, path string, rows int) {
	tb.Helper()
	file, err := os.Create(path)
	if err != nil {
		tb.Fatal(err)
	}
	w := zip.NewWriter(file)
	part := func(name string, write func(out *bufio.Writer)) {
		in, err := w.Create(name)
		if err != nil {
			tb.Fatal(err)
		}
		out := bufio.NewWriterSize(in, 1<<20)
		write(out)
		if err := out.Flush(); err != nil {
			tb.Fatal(err)
		}
	}
	for i := 0; i < len(fixedParts); i += 2 {
		part(fixedParts[i], func(out *bufio.Writer) { out.WriteString(fixedParts[i+1]) })
	}
	shared := &sharedStrings{}
	part("xl/worksheets/sheet1.xml", func(out *bufio.Writer) { writeLargeSheet(out, rows, shared) })
	part("xl/sharedStrings.xml", shared.write)
	if err := w.Close(); err != nil {
		tb.Fatal(err)
	}
	if err := file.Close(); err != nil {
		tb.Fatal(err)
	}
}

const (
	mainSpace     = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
	relationSpace = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
	packageSpace  = "http://schemas.openxmlformats.org/package/2006/"
	contentType   = "application/vnd.openxmlformats-officedocument.spreadsheetml."
)

// fixedParts are names and contents of what excelize wants to find around one sheet and its shared strings.
var fixedParts = []string{
	"[Content_Types].xml", `<Types xmlns="` + packageSpace + `content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>` +
		`<Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="` + contentType + `sheet.main+xml"/>` +
		`<Override PartName="/xl/worksheets/sheet1.xml" ContentType="` + contentType + `worksheet+xml"/>` +
		`<Override PartName="/xl/sharedStrings.xml" ContentType="` + contentType + `sharedStrings+xml"/></Types>`,
	"_rels/.rels", `<Relationships xmlns="` + packageSpace + `relationships"><Relationship Id="rId1" Type="` + relationSpace + `/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
	"xl/workbook.xml", `<workbook xmlns="` + mainSpace + `" xmlns:r="` + relationSpace + `"><sheets><sheet name="Sheet1" sheetId="1" r:id="rId1"/></sheets></workbook>`,
	"xl/_rels/workbook.xml.rels", `<Relationships xmlns="` + packageSpace + `relationships"><Relationship Id="rId1" Type="` + relationSpace + `/worksheet" Target="worksheets/sheet1.xml"/>` +
		`<Relationship Id="rId2" Type="` + relationSpace + `/sharedStrings" Target="sharedStrings.xml"/></Relationships>`,
}

// sharedStrings collects the items of the part as XML.
type sharedStrings struct {
	items bytes.Buffer
	count int
	known map[string]int
}

// index answers the number of a text; one that occurs once need not be remembered.
func (s *sharedStrings) index(text string, once bool) int {
	if at, found := s.known[text]; found && !once {
		return at
	}
	if s.known == nil {
		s.known = map[string]int{}
	}
	if !once {
		s.known[text] = s.count
	}
	s.items.WriteString("<si><t>" + text + "</t></si>")
	s.count++
	return s.count - 1
}

func (s *sharedStrings) write(out *bufio.Writer) {
	out.WriteString(`<sst xmlns="` + mainSpace + `">`)
	out.Write(s.items.Bytes())
	out.WriteString(`</sst>`)
}

func writeLargeSheet(out *bufio.Writer, rows int, shared *sharedStrings) {
	out.WriteString(`<worksheet xmlns="` + mainSpace + `"><sheetData>`)
	for i := range rows {
		fmt.Fprintf(out, `<row r="%d" spans="1:12">`, i+1)
		for c, text := range []string{
			fmt.Sprintf("E%06d", i%30_000), fmt.Sprintf("员工 %d", i%30_000), fmt.Sprintf("部门 %d", i%40), fmt.Sprintf("Goal %d of the year", i%200_000),
			[]string{"On Track", "At Risk", "Behind", "Done"}[i%4], fmt.Sprintf("e%d@example.com", i%30_000), "2026Q" + strconv.Itoa(i%4+1),
		} {
			fmt.Fprintf(out, `<c r="%c%d" t="s"><v>%d</v></c>`, 'A'+c, i+1, shared.index(text, false))
		}
		fmt.Fprintf(out, `<c r="H%d" t="s"><v>%d</v></c>`, i+1, shared.index(fmt.Sprintf("本周进展 %d: 完成 %d items, next up is review %d", i, i%17, i*7), true))
		fmt.Fprintf(out, `<c r="I%d"><v>%d</v></c><c r="J%d"><v>%g</v></c><c r="K%d"><v>%d</v></c><c r="L%d"><v>0.%d</v></c></row>`,
			i+1, 45000+i%400, i+1, float64(i%997)/7, i+1, i%100, i+1, i%10)
	}
	out.WriteString(`</sheetData></worksheet>`)
}

func TestSharedStringsThatFillMemoryAreReadFromAFile(t *testing.T) {
	const count, size = 1500, 32_000
	text := func(n int) string {
		return strings.Repeat(fmt.Sprintf("%d·", n), size/2)[:size] + "|" + strconv.Itoa(n)
	}
	var items, rows strings.Builder
	for n := range count {
		items.WriteString("<si><t>" + text(n) + "</t></si>")
		fmt.Fprintf(&rows, `<row><c t="s"><v>%d</v></c><c t="s"><v>%d</v></c></row>`, n, (n*7919+3)%count)
	}
	book := open(t, "x.xlsx", bare(t, rowsXML(rows.String()), "<sst>"+items.String()+"</sst>"))
	n := 0
	for row, err := range book.Sheets()[0].Rows() {
		if err != nil {
			t.Fatal(err)
		}
		if want := (n*7919 + 3) % count; row.Cells[0] != strings.ToValidUTF8(text(n), "\ufffd") || row.Cells[1] != strings.ToValidUTF8(text(want), "\ufffd") {
			t.Fatalf("row %d: got strings that end in %q and %q, want %d and %d", row.Line, row.Cells[0][size-4:], row.Cells[1][size-4:], n, want)
		}
		n++
	}
	if n != count {
		t.Errorf("got %d rows, want %d", n, count)
	}
}

func TestALargeSheetCanBeLeftAtAnyRow(t *testing.T) {
	path := filepath.Join(t.TempDir(), "large.xlsx")
	writeLargeWorkbook(t, path, 20_000)
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	book := open(t, "x.xlsx", data)
	for _, stop := range []int{1, 2, 777, 15_000} {
		for row, err := range book.Sheets()[0].Rows() {
			if err != nil {
				t.Fatal(err)
			}
			if want := fmt.Sprintf("E%06d", row.Line-1); row.Cells[0] != want {
				t.Fatalf("line %d: got %q, want %q", row.Line, row.Cells[0], want)
			}
			if row.Line == stop {
				break
			}
		}
	}
}
