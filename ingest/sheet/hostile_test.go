package sheet_test

import (
	"archive/zip"
	"bytes"
	"compress/gzip"
	"encoding/binary"
	"fmt"
	"io"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/perfloop/perfloop/ingest/sheet"
)

// What a hostile file may cost. A reader that is lost takes minutes or all memory there is.
const (
	hostileTime   = time.Minute // with the race detector, on a busy machine
	hostileMemory = 500 << 20
)

// filled is a file of one byte repeated behind a few others. Nobody has to hold it.
type filled struct {
	head string
	fill []byte // a piece of it
	size int64
}

// gigabyte is a file of so many bytes.
func gigabyte(head string, fill byte) sheet.Input {
	return filled{head, bytes.Repeat([]byte{fill}, 1<<16), 1 << 30}
}

func (f filled) Size() int64 { return f.size }

func (f filled) ReadAt(p []byte, offset int64) (int, error) {
	n := int(min(int64(len(p)), max(0, f.size-offset)))
	for done := 0; done < n; {
		done += copy(p[done:n], f.fill)
	}
	if offset < int64(len(f.head)) {
		copy(p[:n], f.head[offset:])
	}
	if n < len(p) {
		return n, io.EOF
	}
	return n, nil
}

func of(data []byte) sheet.Input { return bytes.NewReader(data) }

// hostile is a file made to exhaust the machine. It is refused for what it is, or read, and soon.
type hostile struct {
	name string
	make func(t *testing.T) sheet.Input
	key  string // "": it is read
}

func TestHostileArchives(t *testing.T) {
	checkHostile(t, sheet.Limits{Unzipped: 64 << 20}, []hostile{
		{"an archive in an archive in an archive", nestedArchives, "archive_in_archive"},
		{"a packed file in a packed file", func(t *testing.T) sheet.Input { return of(gzipped(t, string(gzipped(t, "a,b\n1,2\n")))) }, "archive_in_archive"},
		{"an archive in a workbook", archiveInWorkbook, ""},
		{"a member that is larger than it says", lyingMember, "damaged_archive"},
		{"a sheet that is larger than it says", lyingSheet, "damaged_workbook"},
		{"members that share their bytes", overlapping, "limit_unzipped"},
		{"a packed file of zeros", func(t *testing.T) sheet.Input {
			return of(bytes.Repeat(gzipped(t, strings.Repeat("\x00", 10<<20)), 30))
		}, "limit_unzipped"},
	})
}

func TestHostileWorkbooks(t *testing.T) {
	checkHostile(t, sheet.Limits{}, []hostile{
		{"entities that expand in a sheet", func(t *testing.T) sheet.Input { return of(bare(t, laughs+rowsXML(laughing("c", "v")), "<sst/>")) }, "damaged_sheet"},
		{"entities that expand in the strings", func(t *testing.T) sheet.Input {
			return of(bare(t, rowsXML(`<row r="1"><c t="s"><v>0</v></c></row>`), laughs+`<sst><si><t>&i;</t></si></sst>`))
		}, "damaged_workbook"},
		{"entities that expand in an OpenDocument sheet", func(t *testing.T) sheet.Input {
			return of(archived(t, "mimetype", odsType, "content.xml", laughs+odsContent(odsTable(`<table:table-row><table:table-cell><text:p>&i;</text:p></table:table-cell></table:table-row>`))))
		}, "damaged_workbook"},
		{"three hundred thousand merged ranges", manyMerges, ""},
		{"a sheet whose every row has its last cell alone", lastCells, ""},
		{"a million empty columns in each row of an OpenDocument sheet", func(t *testing.T) sheet.Input {
			return of(ods(t, odsTable(strings.Repeat(`<table:table-row><table:table-cell table:number-columns-repeated="1048576"/></table:table-row>`, 100_000))))
		}, ""},
		{"a row that stands there a thousand million times", func(t *testing.T) sheet.Input {
			return of(ods(t, odsTable(`<table:table-row table:number-rows-repeated="1000000000"><table:table-cell><text:p>x</text:p></table:table-cell></table:table-row>`)))
		}, "damaged_sheet"},
		{"a blank row that stands there a thousand million times", func(t *testing.T) sheet.Input {
			return of(ods(t, odsTable(strings.Repeat(`<table:table-row table:number-rows-repeated="1000000000"/>`, 1000))))
		}, ""},
		{"a chain of sectors that bites its tail", cyclicContainer, "damaged_sheet"},
		{"two thousand million texts of an old workbook that are not there", func(t *testing.T) sheet.Input {
			return of(oldSheet(rec(0xfc, 0xffff, 0x7fff, 0xffff, 0x7fff, 1, byte(0), "a")+strings.Repeat(rec(0x3c), 200_000), rec(0xfd, 0, 0, 0, 9, 9)))
		}, "damaged_sheet"},
		{"a Parquet file that states more rows than it has", lyingParquet, "damaged_file"},
	})
}

func TestHostileTexts(t *testing.T) {
	checkHostile(t, sheet.Limits{Memory: 16 << 20}, []hostile{
		{"a million empty columns in each row of text", func(t *testing.T) sheet.Input {
			return of([]byte("a,b\n" + strings.Repeat(strings.Repeat(",", 1<<20)+"\n", 20)))
		}, "too_many_columns"},
		{"a million lists in lists", func(t *testing.T) sheet.Input { return of([]byte(`[{"a":` + strings.Repeat("[", 1_000_000))) }, "damaged_json"},
		{"a million records in records", func(t *testing.T) sheet.Input {
			return of([]byte(`[` + strings.Repeat(`{"a":`, 1_000_000) + "1" + strings.Repeat("}", 1_000_000) + "]"))
		}, "damaged_json"},
		{"a field of a gigabyte", func(t *testing.T) sheet.Input { return gigabyte("a,b\n1,", 'x') }, "limit_memory"},
		{"a quoted field of a gigabyte", func(t *testing.T) sheet.Input { return gigabyte("a,b\n1,\"", 'x') }, "limit_memory"},
		{"a text of JSON of a gigabyte", func(t *testing.T) sheet.Input { return gigabyte(`[{"a": "`, 'x') }, "limit_memory"},
		{"a gigabyte of quotes", func(t *testing.T) sheet.Input { return gigabyte("a,b\n", '"') }, "limit_memory"},
		{"elements in elements in a page", func(t *testing.T) sheet.Input {
			return of([]byte("<table><tr><td>" + strings.Repeat("<div>", 1_000_000)))
		}, "unsupported_format"},
		{"a workbook of XML with elements in elements", func(t *testing.T) sheet.Input {
			return of([]byte(`<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet">` + strings.Repeat("<Worksheet>", 1_000_000)))
		}, "limit_sheets"},
	})
}

func checkHostile(t *testing.T, limits sheet.Limits, files []hostile) {
	for _, f := range files {
		t.Run(f.name, func(t *testing.T) {
			in := f.make(t)
			peak := watchMemory()
			began := time.Now()
			err := firstFault(in, limits)
			if took := time.Since(began); took > hostileTime {
				t.Errorf("took %s", took)
			}
			if held := peak(); held > hostileMemory {
				t.Errorf("held %d MB", held>>20)
			}
			if f.key != "" {
				wantKey(t, err, f.key)
			} else if err != nil {
				t.Error(err)
			}
		})
	}
}

// firstFault reads all that is in a file up to the first thing that is wrong.
func firstFault(in sheet.Input, limits sheet.Limits) error {
	book, err := sheet.Open("x", in, limits)
	if err != nil {
		return err
	}
	defer book.Close()
	for _, s := range book.Sheets() {
		if s.Fault != nil {
			return s.Fault
		}
		s.Styles(1, 50)
		s.Merges()
		if err := rowError(s); err != nil {
			return err
		}
	}
	return nil
}

// watchMemory answers by how much the memory in use has grown at the most.
func watchMemory() (peak func() uint64) {
	var stats runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&stats)
	before, most := stats.HeapAlloc, stats.HeapAlloc
	stop, done := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(done)
		for tick := time.NewTicker(10 * time.Millisecond); ; {
			select {
			case <-stop:
				tick.Stop()
				return
			case <-tick.C:
				runtime.ReadMemStats(&stats)
				most = max(most, stats.HeapAlloc)
			}
		}
	}()
	return func() uint64 {
		close(stop)
		<-done
		return most - before
	}
}

func gzipped(t *testing.T, text string) []byte {
	t.Helper()
	var out bytes.Buffer
	w := gzip.NewWriter(&out)
	if _, err := io.WriteString(w, text); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func nestedArchives(t *testing.T) sheet.Input {
	inner := packed(t, [2]string{"c.csv", "a,b\n1,2\n"})
	for range 5 {
		inner = packed(t, [2]string{"more.zip", string(inner)})
	}
	return of(inner)
}

// archiveInWorkbook holds an archive beside its parts, where nobody looks.
func archiveInWorkbook(t *testing.T) sheet.Input {
	hidden := string(packed(t, [2]string{"c.csv", strings.Repeat("0", 4<<20)}))
	data := archived(t,
		"xl/workbook.xml", `<workbook xmlns:r="r"><sheets><sheet name="One" sheetId="1" r:id="r1"/></sheets></workbook>`,
		"xl/_rels/workbook.xml.rels", `<Relationships><Relationship Id="r1" Type="http://x/worksheet" Target="worksheets/sheet1.xml"/></Relationships>`,
		"xl/worksheets/sheet1.xml", rowsXML(`<row r="1"><c><v>1</v></c></row>`), "xl/embeddings/more.zip", hidden)
	return of(packed(t, [2]string{"book.xlsx", string(data)}))
}

// understated makes an archive say that each of its members has a hundred bytes.
func understated(data []byte) []byte {
	for at := 0; ; at++ {
		next := bytes.Index(data[at:], []byte("PK\x01\x02"))
		if next < 0 {
			return data
		}
		at += next
		binary.LittleEndian.PutUint32(data[at+24:], 100)
	}
}

func lyingMember(t *testing.T) sheet.Input {
	return of(understated(packed(t, [2]string{"a.csv", "a,b\n" + strings.Repeat("0,0\n", 1<<20)})))
}

func lyingSheet(t *testing.T) sheet.Input {
	rows := strings.Repeat(`<row><c><v>1</v></c></row>`, 100_000)
	return of(understated(packed(t,
		[2]string{"xl/workbook.xml", `<workbook xmlns:r="r"><sheets><sheet name="One" sheetId="1" r:id="r1"/></sheets></workbook>`},
		[2]string{"xl/_rels/workbook.xml.rels", `<Relationships><Relationship Id="r1" Type="http://x/worksheet" Target="worksheets/sheet1.xml"/></Relationships>`},
		[2]string{"xl/worksheets/sheet1.xml", rowsXML(rows)})))
}

// overlapping lists the same bytes as five thousand members.
func overlapping(t *testing.T) sheet.Input {
	data := packed(t, [2]string{"0.csv", strings.Repeat("0,0\n", 1<<20)})
	directory := bytes.Index(data, []byte("PK\x01\x02"))
	end := bytes.Index(data, []byte("PK\x05\x06"))
	entry, tail := data[directory:end], bytes.Clone(data[end:])
	out := bytes.Clone(data[:directory])
	const members = 5000
	for range members {
		out = append(out, entry...)
	}
	binary.LittleEndian.PutUint16(tail[8:], members)
	binary.LittleEndian.PutUint16(tail[10:], members)
	binary.LittleEndian.PutUint32(tail[12:], uint32(members*len(entry)))
	if _, err := zip.NewReader(bytes.NewReader(append(out, tail...)), int64(len(out)+len(tail))); err != nil {
		t.Fatal(err)
	}
	return of(append(out, tail...))
}

// laughs declares an entity of 10^9 words.
var laughs = func() string {
	var b strings.Builder
	b.WriteString(`<!DOCTYPE x [<!ENTITY a "laugh">`)
	for name := 'b'; name <= 'i'; name++ {
		fmt.Fprintf(&b, `<!ENTITY %c "%s">`, name, strings.Repeat(fmt.Sprintf("&%c;", name-1), 10))
	}
	return b.String() + `]>`
}()

func laughing(cell, value string) string {
	return fmt.Sprintf(`<row r="1"><%s t="str"><%s>&i;</%s></%s></row>`, cell, value, value, cell)
}

func manyMerges(t *testing.T) sheet.Input {
	var merges strings.Builder
	for i := range 300_000 {
		fmt.Fprintf(&merges, `<mergeCell ref="A%d:B%d"/>`, i%500_000+1, i%500_000+3)
	}
	rows := strings.Repeat(`<row><c><v>1</v></c><c/><c><v>2</v></c></row>`, 2_000)
	return of(bare(t, `<worksheet><sheetData>`+rows+`</sheetData><mergeCells>`+merges.String()+`</mergeCells></worksheet>`, "<sst/>"))
}

func lastCells(t *testing.T) sheet.Input {
	rows := strings.Repeat(`<row><c r="XFD1"><v>1</v></c></row>`, 2_000)
	return of(bare(t, rowsXML(rows), "<sst/>"))
}

// cyclicContainer has a stream whose sectors follow each other in a circle.
func cyclicContainer(t *testing.T) sheet.Input {
	data := compound("Workbook", oldStream("", strings.Repeat(rec(0x203, 0, 0, 0, 1.0), 2000)))
	fat := len(data) - sectorSize // of so small a file, one sector
	binary.LittleEndian.PutUint32(data[fat+4*20:], 3)
	return of(data)
}

// lyingParquet says in its footer that it has 8191 rows.
func lyingParquet(t *testing.T) sheet.Input {
	data := parquet(t, "select range as id, 'x' || range as name from range(1000)")
	size := int(binary.LittleEndian.Uint32(data[len(data)-8:]))
	footer := data[len(data)-8-size:]
	copy(footer, bytes.ReplaceAll(footer, []byte{0xd0, 0x0f}, []byte{0xfe, 0x7f})) // numbers of Thrift: 1000, 8191
	return of(data)
}
