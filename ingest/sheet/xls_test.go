package sheet_test

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"
	"unicode/utf16"

	"github.com/perfloop/perfloop/ingest/sheet"
)

const (
	sectorSize = 512
	endOfChain = 0xfffffffe
	noEntry    = 0xffffffff
)

// compound is the container of old Office files with a few streams, given as name, content, name, content …
func compound(streams ...string) []byte {
	var body bytes.Buffer // the sectors behind the directory, which is the first
	var fat []uint32
	chain := func(sectors int) {
		for range sectors - 1 {
			fat = append(fat, uint32(len(fat)+1))
		}
		fat = append(fat, endOfChain)
	}
	chain(1)
	directory := rootEntry()
	for i := 0; i < len(streams); i += 2 {
		content := []byte(streams[i+1])
		content = append(content, make([]byte, max(0, 4096-len(content)))...) // shorter ones are kept elsewhere
		sectors := (len(content) + sectorSize - 1) / sectorSize
		next := uint32(noEntry)
		if i+2 < len(streams) {
			next = uint32(i/2 + 2)
		}
		directory = append(directory, streamEntry(streams[i], next, uint32(len(fat)), len(content))...)
		chain(sectors)
		body.Write(content)
		body.Write(make([]byte, sectors*sectorSize-len(content)))
	}
	tables := len(fat)/127 + 1
	header := binary.LittleEndian.AppendUint64(nil, 0xe11ab1a1e011cfd0)
	header = append(header, make([]byte, 16)...)
	for _, half := range []uint16{0x3e, 3, 0xfffe, 9, 6, 0, 0, 0} {
		header = binary.LittleEndian.AppendUint16(header, half)
	}
	for _, word := range []uint32{0, uint32(tables), 0, 0, 4096, endOfChain, 0, endOfChain, 0} {
		header = binary.LittleEndian.AppendUint32(header, word)
	}
	for i := range 109 {
		at := uint32(noEntry)
		if i < tables {
			at = uint32(len(fat) + i)
		}
		header = binary.LittleEndian.AppendUint32(header, at)
	}
	out := append(append(header, append(directory, make([]byte, sectorSize-len(directory))...)...), body.Bytes()...)
	for i := range tables * sectorSize / 4 {
		next := uint32(noEntry)
		if i < len(fat) {
			next = fat[i]
		}
		out = binary.LittleEndian.AppendUint32(out, next)
	}
	return out
}

// rootEntry is the first entry of a container's directory. The first stream is its child.
func rootEntry() []byte {
	e := streamEntry("Root Entry", noEntry, endOfChain, 0)
	e[66] = 5
	binary.LittleEndian.PutUint32(e[76:], 1)
	return e
}

// streamEntry is an entry for a stream, with the number of the entry after it.
func streamEntry(name string, next, start uint32, size int) []byte {
	e := make([]byte, 128)
	for i, unit := range utf16.Encode([]rune(name)) {
		binary.LittleEndian.PutUint16(e[2*i:], unit)
	}
	binary.LittleEndian.PutUint16(e[64:], uint16(2*len(name)+2))
	e[66], e[67] = 2, 1
	for at, word := range map[int]uint32{68: noEntry, 72: next, 76: noEntry, 116: start, 120: uint32(size)} {
		binary.LittleEndian.PutUint32(e[at:], word)
	}
	return e
}

// rec is one record of an old workbook. Its body is given as integers of two bytes, bytes and text.
func rec(kind int, parts ...any) string {
	var body []byte
	for _, p := range parts {
		switch p := p.(type) {
		case int:
			body = binary.LittleEndian.AppendUint16(body, uint16(p))
		case byte:
			body = append(body, p)
		case float64:
			body = binary.LittleEndian.AppendUint64(body, math.Float64bits(p))
		case string:
			body = append(body, p...)
		}
	}
	head := binary.LittleEndian.AppendUint16(nil, uint16(kind))
	return string(binary.LittleEndian.AppendUint16(head, uint16(len(body)))) + string(body)
}

var (
	begin  = rec(0x809, 0x600, 5, 0, 0, 0, 0, 0, 0)
	begins = rec(0x809, 0x600, 0x10, 0, 0, 0, 0, 0, 0)
	end    = rec(0x0a)
)

// oldSheet is a workbook of Excel 97 with one sheet: records about the workbook, and those of its rows.
func oldSheet(globals, rows string) []byte {
	return compound("Workbook", oldStream(globals, rows))
}

func oldStream(globals, rows string) string {
	list := func(start int) string { return rec(0x85, start, start>>16, 0, byte(3), byte(0), "One") }
	start := len(begin) + len(globals) + len(list(0)) + len(end)
	return begin + globals + list(start) + end + begins + rows + end
}

func TestXLSCells(t *testing.T) {
	texts := rec(0xfc, 5, 0, 5, 0,
		3, byte(0), "007", 2, byte(1), "\x1aN\xe9~", // plain, wide
		2, byte(8), 1, "ab", 1, 5, // with formats
		2, byte(1|4|8), 1, 4, 0, "\x1aN\xe9~", 1, 5, "ye  ", // with formats and pronunciation
		5, byte(0), "a\r\nb\x00")
	for _, c := range []struct{ name, records, want string }{
		{"a shared text keeps its zeros", rec(0xfd, 0, 0, 0, 0, 0), "007"},
		{"a text may have two bytes a character", rec(0xfd, 0, 0, 0, 1, 0), "业绩"},
		{"formats of a text are passed over", rec(0xfd, 0, 0, 0, 2, 0), "ab"},
		{"pronunciation is passed over", rec(0xfd, 0, 0, 0, 3, 0), "业绩"},
		{"line ends are LF, and there is no character 0", rec(0xfd, 0, 0, 0, 4, 0), "a\nb\ufffd"},
		{"a text may stand in its cell", rec(0x204, 0, 0, 0, 2, byte(0), "\xe9b"), "éb"},
		{"a number has eight bytes", rec(0x203, 0, 0, 0, 81.5), "81.5"},
		{"noise behind the fifteenth digit is dropped", rec(0x203, 0, 0, 0, 0.1+0.2), "0.3"},
		{"a whole number keeps all its digits", rec(0x203, 0, 0, 0, 1234567890123456.0), "1234567890123456"},
		{"a whole number in four bytes", rec(0x27e, 0, 0, 0, 4*7+2, 0), "7"},
		{"a negative whole number in four bytes", rec(0x27e, 0, 0, 0, -4*7+2, -1), "-7"},
		{"hundredths in four bytes", rec(0x27e, 0, 0, 0, 4*570+3, 0), "5.7"},
		{"a short float in four bytes", rec(0x27e, 0, 0, 0, 0, 0x3fe0), "0.5"},
		{"a hundredth of a short float", rec(0x27e, 0, 0, 0, 1, 0x3fe0), "0.005"},
		{"true is TRUE", rec(0x205, 0, 0, 0, byte(1), byte(0)), "TRUE"},
		{"false is FALSE", rec(0x205, 0, 0, 0, byte(0), byte(0)), "FALSE"},
		{"an error is its text", rec(0x205, 0, 0, 0, byte(7), byte(1)), "#DIV/0!"},
		{"an unknown error is no number", rec(0x205, 0, 0, 0, byte(99), byte(1)), "#ERROR99"},
		{"a formula's number", rec(0x06, 0, 0, 0, 2.5, 0, 0, 0), "2.5"},
		{"a formula's text, behind the formula it shares", rec(0x06, 0, 0, 0, 0, 0, 0, -1, 0, 0, 0) + rec(0x4bc, "shared") + rec(0x207, 2, byte(0), "ab"), "ab"},
		{"a formula's truth", rec(0x06, 0, 0, 0, 1, 1, 0, -1, 0, 0, 0), "TRUE"},
		{"a formula's error", rec(0x06, 0, 0, 0, 2, 0x2a, 0, -1, 0, 0, 0), "#N/A"},
		{"a formula's zero", rec(0x06, 0, 0, 0, 0.0, 0, 0, 0), "0"},
		{"a formula that nobody calculated is shown as such", rec(0x06, 0, 0, 0, 0.0, 2, 0, 0), "=…"},
		{"a chart's own cells are not the sheet's", rec(0x203, 0, 0, 0, 1.0) + rec(0x809, 0x600, 0x20) + rec(0x203, 0, 0, 0, 9.0) + end, "1"},
	} {
		t.Run(c.name, func(t *testing.T) {
			wantRows(t, open(t, "x.xls", oldSheet(texts, c.records)).Sheets()[0], fmt.Sprintf("1 %q", c.want))
		})
	}
}

func TestXLSRowsAreInTheOrderOfTheirLines(t *testing.T) {
	rows := rec(0x208, 6, 0, 2, 255, 0, 0, 0x20, 0) +
		rec(0x203, 6, 1, 0, 3.0) + rec(0xbd, 2, 0, 0, 4*1+2, 0, 0, 4*2+2, 0, 1) + rec(0x201, 4, 0, 0) + rec(0x203, 6, 0, 0, 4.0) +
		rec(0xe5, 2, 2, 6, 0, 0, 0, 0, 0, 1)
	s := open(t, "x.xls", oldSheet("", rows)).Sheets()[0]
	wantRows(t, s, `3 "1" "2"`, `7 "4" "3"`)
	for row := range s.Rows() {
		if row.Hidden != (row.Line == 7) {
			t.Errorf("line %d: hidden %v", row.Line, row.Hidden)
		}
	}
	if got, want := fmt.Sprint(s.Merges()), "[{1 1 0 1} {3 7 0 0}]"; got != want {
		t.Errorf("got merges %s, want %s", got, want)
	}
}

func TestAZeroAmongResultsIsAZero(t *testing.T) {
	rows := rec(0x06, 0, 0, 0, 0.0, 2, 0, 0) + rec(0x06, 0, 1, 0, 5.0, 2, 0, 0)
	wantRows(t, open(t, "x.xls", oldSheet("", rows)).Sheets()[0], `1 "0" "5"`)
}

// The list of texts is cut wherever a record is full, and each piece may change to two bytes a character or back.
func TestXLSTextsAreCutAnywhere(t *testing.T) {
	for name, pieces := range map[string][]string{
		"inside narrow text, going on wide": {rec(0xfc, 1, 0, 1, 0, 4, byte(0), "ab"), rec(0x3c, byte(1), "\x1aN\xe9~")},
		"inside wide text, going on narrow": {rec(0xfc, 1, 0, 1, 0, 4, byte(1), "a\x00b\x00"), rec(0x3c, byte(0), "cd")},
		"inside the length":                 {rec(0xfc, 1, 0, 1, 0, byte(4)), rec(0x3c, byte(0), byte(0), "abcd")},
		"before the first character":        {rec(0xfc, 1, 0, 1, 0, 4, byte(0)), rec(0x3c, byte(0), "abcd")},
		"inside the formats":                {rec(0xfc, 1, 0, 1, 0, 4, byte(8), 1, "abcd", 1), rec(0x3c, 5)},
		"behind a text":                     {rec(0xfc, 2, 0, 2, 0, 4, byte(0), "abcd"), rec(0x3c, 1, byte(0), "z")},
		"twice":                             {rec(0xfc, 1, 0, 1, 0, 4, byte(0), "ab"), rec(0x3c, byte(0), "c"), rec(0x3c, byte(1), "d\x00")},
	} {
		want := map[string]string{"inside narrow text, going on wide": "ab业绩"}[name]
		if want == "" {
			want = "abcd"
		}
		book := open(t, "x.xls", oldSheet(strings.Join(pieces, ""), rec(0xfd, 0, 0, 0, 0, 0)))
		if got := dump(book.Sheets()[0]); got != fmt.Sprintf("1 %q\n", want) {
			t.Errorf("%s: got %s", name, got)
		}
	}
}

func TestXLSStylesAndDates(t *testing.T) {
	formats := rec(0x41e, 164, 4, byte(0), "0.0%") + rec(0x41e, 165, 10, byte(0), "yyyy\\-mm-dd")
	for _, format := range []int{0, 164, 165, 9, 14} {
		formats += rec(0xe0, 0, format, 0)
	}
	rows := ""
	for column := range 6 {
		rows += rec(0x203, 0, column, column, 45000.0)
	}
	s := open(t, "x.xls", oldSheet(rec(0x22, 1)+formats, rows)).Sheets()[0]
	percent, date, none := sheet.ColumnStyle{IsPercent: true}, sheet.ColumnStyle{IsDate: true}, sheet.ColumnStyle{}
	if want := []sheet.ColumnStyle{none, percent, date, percent, date, none}; !slices.Equal(s.Styles(1, 9), want) {
		t.Errorf("got styles %v, want %v", s.Styles(1, 9), want)
	}
	if !s.Date1904() {
		t.Error("want dates from 1904 on")
	}
}

func TestAChartOfAnOldWorkbookIsNoSheet(t *testing.T) {
	charts := rec(0x85, 0, 0, byte(0), byte(2), byte(5), byte(0), "Chart")
	book := open(t, "x.xls", oldSheet(charts, rec(0x203, 0, 0, 0, 1.0)))
	if n := len(book.Sheets()); n != 1 || book.Format() != "xls" {
		t.Fatalf("got %d sheets of %s, want the one that is no chart", n, book.Format())
	}
}

func TestXLSBeforeExcel97(t *testing.T) {
	const chinese = "\xb9\xa4\xba\xc5" // 工号 in GBK
	globals := rec(0x809, 0x500, 5, 0, 0) + rec(0x42, 936) + rec(0x41e, 164, byte(2), "0%") + rec(0xe0, 0, 164, 0)
	list := func(start int) string { return rec(0x85, start, 0, 0, byte(4), chinese) }
	start := len(globals) + len(list(0)) + len(end)
	rows := rec(0x809, 0x500, 0x10, 0, 0) + rec(0x204, 0, 0, 0, 4, chinese) + rec(0xd6, 0, 1, 0, 2, "ab", byte(1), byte(0), byte(5)) + rec(0x203, 1, 0, 0, 0.5) +
		rec(0x06, 1, 1, 0, 0, 0, 0, -1, 0, 0, 0) + rec(0x207, 4, chinese) + end
	stream := globals + list(start) + end + rows
	for name, data := range map[string][]byte{"in its container": compound("Book", stream), "without a container": []byte(stream)} {
		s := open(t, "x.xls", data).Sheets()[0]
		if s.Name != "工号" {
			t.Errorf("%s: got name %q", name, s.Name)
		}
		wantRows(t, s, `1 "工号" "ab"`, `2 "0.5" "工号"`)
		if got := s.Styles(1, 9); len(got) != 1 || !got[0].IsPercent {
			t.Errorf("%s: got styles %v", name, got)
		}
	}
	wantRows(t, open(t, "x.xls", []byte(rows)).Sheets()[0], `1 "工号" "ab"`, `2 "0.5" "工号"`)
}

func TestXLSWithoutACharsetIsReadByItsText(t *testing.T) {
	for text, want := range map[string]string{"\xb9\xa4\xba\xc5": "工号", "工号": "工号", "Caf\xe9": "Café"} {
		cells := rec(0x809, 0, 0x10, 0, 0) + rec(0x204, 0, 0, 0, len(text), text) + rec(0x203, 0, 1, 0, 1.5) + end
		wantRows(t, open(t, "x.xls", []byte(cells)).Sheets()[0], fmt.Sprintf(`1 %q "1.5"`, want))
		list := func(start int) string {
			return rec(0x809, 0x500, 5, 0, 0) + rec(0x41e, 164, byte(2), "0%") + rec(0x85, start, 0, 0, byte(len(text)), text) + end
		}
		if got := open(t, "x.xls", []byte(list(len(list(0)))+cells)).Sheets()[0].Name; got != want {
			t.Errorf("got sheet %q, want %q", got, want)
		}
	}
}

func TestDamagedXLS(t *testing.T) {
	good := rec(0x203, 0, 0, 0, 1.0)
	for _, c := range []struct{ name, rows string }{
		{"a text that is not there", rec(0xfd, 1, 0, 0, 7, 0)},
		{"a column that no sheet has", rec(0x203, 1, 256, 0, 1.0)},
		{"a number that is cut short", rec(0x203, 1, 0, 0, 1, 2)},
		{"a text that is cut short", rec(0x204, 1, 0, 0, 99, byte(0), "ab")},
		{"half a character", rec(0x204, 1, 0, 0, 2, byte(1), "abc")},
		{"a formula without its text", rec(0x06, 1, 0, 0, 0, 0, 0, -1, 0, 0, 0)},
		{"a record that is cut short", "\x03\x02\xff\xff"},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := open(t, "x.xls", oldSheet("", good+c.rows)).Sheets()[0]
			if got := dump(s); !strings.HasPrefix(got, "1 \"1\"\n") {
				t.Errorf("got %s, want row 1 first", got)
			}
			wantKey(t, rowError(s), "damaged_sheet")
		})
	}
	for _, c := range []struct {
		name string
		data []byte
	}{
		{"a container that is cut short", oldSheet("", strings.Repeat(good, 500))[:3000]},
		{"a list of texts that is cut short", oldSheet(rec(0xfc, 1, 0, 1, 0, 9, byte(0), "ab"), good)},
		{"a sheet behind the end", compound("Workbook", begin+rec(0x85, 0, 99, 0, byte(1), byte(0), "A")+end)},
		{"a stream of something else", compound("Workbook", "no records at all, only text")},
		{"no end of the records about the workbook", []byte(begin)},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, err := sheet.Open("x.xls", bytes.NewReader(c.data), sheet.Limits{})
			wantKey(t, err, "damaged_workbook")
		})
	}
}

func TestAnOldWorkbookWithAPassword(t *testing.T) {
	_, err := sheet.Open("x.xls", bytes.NewReader(oldSheet(rec(0x2f, 1, 1, 1, "salt and hash"), "")), sheet.Limits{})
	wantKey(t, err, "password_protected")
}
