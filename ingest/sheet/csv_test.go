package sheet_test

import (
	"bytes"
	"strings"
	"testing"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"
	"golang.org/x/text/encoding/unicode"

	"github.com/perfloop/perfloop/ingest/sheet"
)

func TestCSVQuirks(t *testing.T) {
	for _, c := range []struct {
		name, text string
		want       []string
	}{
		{"line ends may be LF", "a,b\n1,2\n", []string{`1 "a" "b"`, `2 "1" "2"`}},
		{"line ends may be CRLF", "a,b\r\n1,2\r\n", []string{`1 "a" "b"`, `2 "1" "2"`}},
		{"line ends may be CR alone", "a,b\r1,2\r3,4", []string{`1 "a" "b"`, `2 "1" "2"`, `3 "3" "4"`}},
		{"line ends may be mixed", "a,b\r\n1,2\n3,4\r5,6", []string{`1 "a" "b"`, `2 "1" "2"`, `3 "3" "4"`, `4 "5" "6"`}},
		{"the last line needs no end", "a,b\n1,2", []string{`1 "a" "b"`, `2 "1" "2"`}},
		{"blank rows are left out and lines still counted", "a,b\n\n , \n,,\n1,2\n", []string{`1 "a" "b"`, `5 "1" "2"`}},
		{"blank cells at the end are cut, others stay", "a,,b,, \n", []string{`1 "a" "" "b"`}},
		{"the first header may be empty", ",b\n1,2\n", []string{`1 "" "b"`, `2 "1" "2"`}},
		{"a quoted field may span lines", "a,b\r\n\"x\ny\r\nz\",2\r\n3,4\r\n", []string{`1 "a" "b"`, `2 "x\ny\nz" "2"`, `5 "3" "4"`}},
		{"a doubled quote is a quote", "a,b\n\"say \"\"hi\"\"\",\"\"\"\"\n", []string{`1 "a" "b"`, `2 "say \"hi\"" "\""`}},
		{"a quote inside a plain field is text", "a,b\n5\" pipe,2\n", []string{`1 "a" "b"`, `2 "5\" pipe" "2"`}},
		{"a stray quote costs its field only", "a,b\n\"Sales\" dept,2\n3,4\n", []string{`1 "a" "b"`, `2 "\"Sales\" dept" "2"`, `3 "3" "4"`}},
		{"quotes that should have been doubled stay", "a,b\n\"he said \"hi\" to me\",2\n", []string{`1 "a" "b"`, `2 "he said \"hi\" to me" "2"`}},
		{"blanks around quotes are no text", "a,b\n \"x,y\" ,2\n", []string{`1 "a" "b"`, `2 "x,y" "2"`}},
		{"an unterminated quote costs its line only", "a,b\n\"open,2\n3,4\n5,6\n", []string{`1 "a" "b"`, `2 unterminated_quote "\"open,2"`, `3 "3" "4"`, `4 "5" "6"`}},
		{"an unterminated quote before another quote costs its line only", "a,b\n\"open,2\n3,\"x\"\n5,6\n", []string{`1 "a" "b"`, `2 unterminated_quote "\"open,2"`, `3 "3" "x"`, `4 "5" "6"`}},
		{"the last line may have an unterminated quote", "a,b\n1,\"open", []string{`1 "a" "b"`, `2 unterminated_quote "1,\"open"`}},
		{"semicolons may separate, with decimal commas", "id;x;y\na;1,5;2,5\nb;2,5;3,5\n", []string{`1 "id" "x" "y"`, `2 "a" "1,5" "2,5"`, `3 "b" "2,5" "3,5"`}},
		{"semicolons may separate numbers only", "1,5;2,5;3,5\n1,5;2,5;3,5\n", []string{`1 "1,5" "2,5" "3,5"`, `2 "1,5" "2,5" "3,5"`}},
		{"tabs may separate, with commas in names", "name\tunit\nLi, Si\tA, B\nWang, Wu\tC, D\n", []string{`1 "name" "unit"`, `2 "Li, Si" "A, B"`, `3 "Wang, Wu" "C, D"`}},
		{"a delimiter without exception beats commas in names", "id\tname\n1\tLi, Si, X\n2\tWang, Wu, Y\n", []string{`1 "id" "name"`, `2 "1" "Li, Si, X"`, `3 "2" "Wang, Wu, Y"`}},
		{"bars may separate", "a|b|c\n1|2, 3|4\n", []string{`1 "a" "b" "c"`, `2 "1" "2, 3" "4"`}},
		{"carets may separate", "id^name^note\n1^Li, Si^a; b\n2^Wang, Wu^c\n", []string{`1 "id" "name" "note"`, `2 "1" "Li, Si" "a; b"`, `3 "2" "Wang, Wu" "c"`}},
		{"a header and one row show the delimiter", "工号;姓名;得分\n007;张三;81,5", []string{`1 "工号" "姓名" "得分"`, `2 "007" "张三" "81,5"`}},
		{"a delimiter may end each line", "a;b;\n1;2;\n3;4;\n", []string{`1 "a" "b"`, `2 "1" "2"`, `3 "3" "4"`}},
		{"a file without a header is read like any other", "007,张三,81\n008,李四,79\n", []string{`1 "007" "张三" "81"`, `2 "008" "李四" "79"`}},
		{"each line may be one quoted field with any delimiter and line end", "\"id;name\"\r\"1;Li, Si\"\r", []string{`1 "id" "name"`, `2 "1" "Li, Si"`}},
		{"a delimiter inside quotes does not count", "a,b\n\"x;y;z\",1\n\"p;q;r\",2\n", []string{`1 "a" "b"`, `2 "x;y;z" "1"`, `3 "p;q;r" "2"`}},
		{"a title line does not hide the delimiter", "绩效表\n工号;姓名\n001;张三\n", []string{`1 "绩效表"`, `2 "工号" "姓名"`, `3 "001" "张三"`}},
		{"the file may name its delimiter", "sep=;\na;b\n1;2\n", []string{`2 "a" "b"`, `3 "1" "2"`}},
		{"each line may be one quoted field", "\"id,name\"\n\"1,\"\"Li, Si\"\"\"\n", []string{`1 "id" "name"`, `2 "1" "Li, Si"`}},
		{"text without a delimiter has one column", "hello\nworld\n", []string{`1 "hello"`, `2 "world"`}},
		{"one quoted column with commas stays one column", "\"note\"\n\"done, at last\"\n\"late\"\n", []string{`1 "note"`, `2 "done, at last"`, `3 "late"`}},
		{"one quoted column of names stays one column", "\"name\"\n" + strings.Repeat("\"Li, Si\"\n", 2), []string{`1 "name"`, `2 "Li, Si"`, `3 "Li, Si"`}},
		{"long ids and leading zeros are kept", "id,n\n007,1234567890123456789\n", []string{`1 "id" "n"`, `2 "007" "1234567890123456789"`}},
	} {
		t.Run(c.name, func(t *testing.T) {
			book := open(t, "x.csv", []byte(c.text))
			if got := book.Format(); got != "csv" {
				t.Errorf("format %s, want csv", got)
			}
			wantRows(t, book.Sheets()[0], c.want...)
		})
	}
}

func TestCSVEncodings(t *testing.T) {
	const zh = "工号,姓名,目标\n007,张三,完成销售额\n008,李四,客户投诉率≤3%\n"
	const traditional = "員工編號,姓名,績效等級\n007,張三豐,優秀\n008,陳怡君,待改進\n"
	const west = "name,note\nRené,it’s done – très bien\nJoão,façade\n"
	utf16 := func(e unicode.Endianness, bom unicode.BOMPolicy) encoding.Encoding { return unicode.UTF16(e, bom) }
	for _, c := range []struct {
		name, encoding string
		text           string
		encoder        encoding.Encoding
	}{
		{"UTF-8", "utf-8", zh, unicode.UTF8},
		{"UTF-8 with a mark", "utf-8-bom", zh, unicode.UTF8BOM},
		{"UTF-16 little endian with a mark", "utf-16le", zh, utf16(unicode.LittleEndian, unicode.UseBOM)},
		{"UTF-16 big endian with a mark", "utf-16be", zh, utf16(unicode.BigEndian, unicode.UseBOM)},
		{"UTF-16 little endian without a mark", "utf-16le", zh, utf16(unicode.LittleEndian, unicode.IgnoreBOM)},
		{"UTF-16 big endian without a mark", "utf-16be", zh, utf16(unicode.BigEndian, unicode.IgnoreBOM)},
		{"GB18030", "gb18030", zh, simplifiedchinese.GB18030},
		{"GB18030 with characters of four bytes", "gb18030", zh + "009,㐂子,完成\n", simplifiedchinese.GB18030},
		{"Big5", "big5", traditional, traditionalchinese.Big5},
		{"Big5 of a header and one row", "big5", "工號,姓名\n1,林美玲\n", traditionalchinese.Big5},
		{"Big5 of sentences", "big5", "目標,說明\n提高客戶滿意度,每季度完成三次拜訪並記錄結果，由主管確認。\n", traditionalchinese.Big5},
		{"GB18030 of a header and one row", "gb18030", "工号,姓名\n1,王伟\n", simplifiedchinese.GB18030},
		{"GB18030 of two characters", "gb18030", "姓名\n", simplifiedchinese.GB18030},
		{"GB18030 of traditional characters", "gb18030", traditional, simplifiedchinese.GB18030},
		{"GB18030 behind much that is ASCII", "gb18030", "id,name\n" + strings.Repeat("1,someone of this name\n", 200_000) + "2,张三\n3,李四\n", simplifiedchinese.GB18030},
		{"Windows-1252 of names", "windows-1252", "Name\nÄnderung Übel\nMüller\nGarcía Íñigo\n", charmap.Windows1252},
		{"Windows-1252", "windows-1252", west, charmap.Windows1252},
		{"the Unicode text of Excel", "utf-16le", strings.ReplaceAll(zh, ",", "\t"), utf16(unicode.LittleEndian, unicode.UseBOM)},
		{"plain ASCII", "utf-8", "a,b\n1,2\n", unicode.UTF8},
	} {
		t.Run(c.name, func(t *testing.T) {
			data, err := c.encoder.NewEncoder().Bytes([]byte(c.text))
			if err != nil {
				t.Fatal(err)
			}
			book := open(t, "x.csv", data)
			if got := book.Encoding(); got != c.encoding {
				t.Errorf("encoding %s, want %s", got, c.encoding)
			}
			want := open(t, "x.csv", []byte(c.text))
			wantRows(t, book.Sheets()[0], strings.TrimSuffix(dump(want.Sheets()[0]), "\n"))
		})
	}
}

func TestOneBrokenByteDoesNotChangeTheEncoding(t *testing.T) {
	text := "工号,姓名\n" + strings.Repeat("007,张三丰\n", 50)
	book := open(t, "x.csv", []byte(text+"008,\xff李\n"))
	if got := book.Encoding(); got != "utf-8" {
		t.Fatalf("encoding %s, want utf-8", got)
	}
	got := dump(book.Sheets()[0])
	if want := "52 \"008\" \"\ufffd李\"\n"; !strings.HasSuffix(got, want) {
		t.Errorf("last row %s, want %s", got[len(got)-40:], want)
	}
}

func TestRowsMayBeReadTwice(t *testing.T) {
	s := open(t, "x.csv", []byte("a,b\n1,2\n")).Sheets()[0]
	for range s.Rows() {
		break
	}
	wantRows(t, s, `1 "a" "b"`, `2 "1" "2"`)
	wantRows(t, s, `1 "a" "b"`, `2 "1" "2"`)
}

func TestALineWithTooManyColumnsCostsItselfOnly(t *testing.T) {
	wide := strings.Repeat(",", 1<<14)
	s := open(t, "x.csv", []byte("a,b\n"+wide+"\n1,2\n")).Sheets()[0]
	wantKey(t, rowError(s), "too_many_columns")
	wantRows(t, s,
		`1 "a" "b"`, `2 too_many_columns "`+wide+`"`, `3 "1" "2"`)
}

func TestCSVHasNoStyles(t *testing.T) {
	s := open(t, "x.csv", []byte("a,b\n1,2\n")).Sheets()[0]
	if s.Name != "" || s.Date1904() || s.Styles(1, 10) != nil {
		t.Errorf("got name %q, date1904 %v, styles %v; want none of them", s.Name, s.Date1904(), s.Styles(1, 10))
	}
}

func TestAFieldLargerThanTheBuffersIsWhole(t *testing.T) {
	long := strings.Repeat("业绩", 100_000)
	s := open(t, "x.csv", []byte("a,b\n"+long+",\""+long+"\n"+long+"\"\n3,4\n")).Sheets()[0]
	wantRows(t, s, `1 "a" "b"`, `2 "`+long+`" "`+long+`\n`+long+`"`, `4 "3" "4"`)
}

func TestUnterminatedQuotesCostTheirLinesOnly(t *testing.T) {
	const n = 5_000
	for name, c := range map[string]struct {
		text          string
		broken, whole int
	}{
		"many, then a field of two lines": {strings.Repeat("\"x,1\ny,2\n", n) + "z,\"3\n4\"\n", n, n + 1},
		"one, then many lines":            {"\"x,1\n" + strings.Repeat("a longer line of text,2\n", 10*n), 1, 10 * n},
		"two, far apart":                  {"\"x,1\n" + strings.Repeat("a longer line of text,2\n", 10*n) + "\"x,1\ny,2\n", 2, 10*n + 1},
	} {
		broken, whole := 0, 0
		for _, err := range open(t, "x.csv", []byte(c.text)).Sheets()[0].Rows() {
			if err != nil {
				wantKey(t, err, "unterminated_quote")
				broken++
			} else {
				whole++
			}
		}
		if broken != c.broken || whole != c.whole {
			t.Errorf("%s: got %d broken and %d whole rows, want %d and %d", name, broken, whole, c.broken, c.whole)
		}
	}
}

func TestEncodingAndDelimiterMayBeGiven(t *testing.T) {
	data, err := traditionalchinese.Big5.NewEncoder().Bytes([]byte("a;b^c\n甲;乙^丙\n"))
	if err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]string{"BIG5": "甲;乙", "iso-8859-1": "¥Ò;¤A"} {
		book, err := sheet.OpenAs("x", bytes.NewReader(data), sheet.Reading{Encoding: sheet.EncodingNamed(name), Delimiter: "^"})
		if err != nil {
			t.Fatal(err)
		}
		got := dump(book.Sheets()[0])
		if !strings.HasPrefix(got, "1 \"a;b\" \"c\"\n2 \""+want) {
			t.Errorf("as %s: got %s", name, got)
		}
	}
	if got := sheet.EncodingNamed("morse"); got != "" {
		t.Errorf("morse is taken for %s", got)
	}
}
