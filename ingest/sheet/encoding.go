package sheet

import (
	"bytes"
	"io"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"
)

const (
	encUTF8    = "utf-8"
	encUTF8BOM = "utf-8-bom"
	encUTF16LE = "utf-16le"
	encUTF16BE = "utf-16be"
	encGB18030 = "gb18030"
	enc1252    = "windows-1252"
)

const headSize = 64 << 10

// textEncoding says how bytes become text. Without a name they are no text.
type textEncoding struct {
	name   string
	broken bool // it is UTF-8 but for some bytes
}

// detectEncoding tells the encoding of data. The order is from the strictest to the
// one that accepts every byte.
func detectEncoding(data []byte) textEncoding {
	body, marked := bytes.CutPrefix(data, []byte("\xef\xbb\xbf"))
	switch {
	case bytes.HasPrefix(data, []byte("\xff\xfe")):
		return textEncoding{name: encUTF16LE}
	case bytes.HasPrefix(data, []byte("\xfe\xff")):
		return textEncoding{name: encUTF16BE}
	case bytes.IndexByte(head(data), 0) >= 0:
		return textEncoding{name: detectUTF16(data)}
	case utf8.Valid(body):
		return textEncoding{name: textOr(utf8Name(marked), body)}
	case marked, isBrokenUTF8(body):
		return textEncoding{name: textOr(utf8Name(marked), body), broken: true}
	case isGB18030(data):
		return textEncoding{name: textOr(encGB18030, data)}
	}
	return textEncoding{name: textOr(enc1252, data)}
}

func utf8Name(marked bool) string {
	if marked {
		return encUTF8BOM
	}
	return encUTF8
}

func head(data []byte) []byte { return data[:min(len(data), headSize)] }

// textOr answers enc, or "" if the bytes hold control codes as no text does.
func textOr(enc string, data []byte) string {
	if bytes.IndexByte(data, 0) >= 0 {
		return ""
	}
	controls := 0
	for _, b := range head(data) {
		if b < ' ' && b != '\t' && b != '\n' && b != '\r' && b != '\f' && b != '\v' && b != 0x1a {
			controls++
		}
	}
	if controls*100 > len(head(data)) {
		return ""
	}
	return enc
}

// detectUTF16 tells UTF-16 without a mark by where the zero bytes of its commas,
// digits and line ends stand. Other data with zero bytes is not text.
func detectUTF16(data []byte) string {
	if len(data)%2 != 0 {
		return ""
	}
	var zeros [2]int
	for i, b := range head(data) {
		if b == 0 {
			zeros[i%2]++
		}
	}
	enc := ""
	switch {
	case zeros[1] > 4*zeros[0]:
		enc = encUTF16LE
	case zeros[0] > 4*zeros[1]:
		enc = encUTF16BE
	default:
		return ""
	}
	text := decodeHead(textEncoding{name: enc}, data)
	if bytes.ContainsRune(text, utf8.RuneError) {
		return ""
	}
	return textOr(enc, text)
}

// isBrokenUTF8 forgives a byte here and there in a text that is otherwise UTF-8.
// Text in another encoding hardly ever forms whole UTF-8 sequences.
func isBrokenUTF8(data []byte) bool {
	good, bad := 0, 0
	for len(data) > 0 {
		r, n := utf8.DecodeRune(data)
		switch {
		case r == utf8.RuneError && n == 1:
			bad++
		case n > 1:
			good++
		}
		data = data[n:]
	}
	return good > 100*bad
}

// isGB18030 asks for a decode without an error in which most characters are of
// GB 2312, the everyday ones. Accented Latin letters before plain ones decode too,
// but to rare characters.
func isGB18030(data []byte) bool {
	everyday, rare := 0, 0
	for i := 0; i < len(data); {
		n := gbLength(data[i:])
		switch {
		case n == 0:
			return false
		case n == 2 && data[i] >= 0xa1 && data[i] <= 0xf7 && data[i+1] >= 0xa1:
			everyday++
		case n > 1:
			rare++
		}
		i += n
	}
	return everyday > 3*rare && decodes(simplifiedchinese.GB18030, data)
}

// gbLength is the length of the GB18030 character at the start, 0 if there is none.
func gbLength(b []byte) int {
	switch {
	case b[0] < 0x80:
		return 1
	case b[0] == 0x80 || b[0] == 0xff || len(b) < 2:
		return 0
	case b[1] >= 0x40 && b[1] != 0x7f && b[1] != 0xff:
		return 2
	case len(b) >= 4 && isDigit(b[1]) && b[2] >= 0x81 && b[2] <= 0xfe && isDigit(b[3]):
		return 4
	}
	return 0
}

func decodes(e encoding.Encoding, data []byte) bool {
	w := &replacementFinder{}
	_, err := io.Copy(w, e.NewDecoder().Reader(bytes.NewReader(data)))
	return err == nil && !w.found
}

// replacementFinder is a writer that looks for what decoders write for an invalid byte.
type replacementFinder struct {
	found bool
	tail  []byte
}

func (f *replacementFinder) Write(p []byte) (int, error) {
	mark := []byte("\ufffd")
	f.tail = append(f.tail, p[:min(len(p), 2)]...)
	f.found = f.found || bytes.Contains(p, mark) || bytes.Contains(f.tail, mark)
	f.tail = append(f.tail[:0], p[max(0, len(p)-2):]...)
	return len(p), nil
}

// decoded streams data as UTF-8 without a mark. What cannot be decoded becomes U+FFFD.
func decoded(enc textEncoding, data []byte) io.Reader {
	r := bytes.NewReader(bytes.TrimPrefix(data, []byte("\xef\xbb\xbf")))
	switch enc.name {
	case encUTF16LE:
		return unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewDecoder().Reader(r)
	case encUTF16BE:
		return unicode.UTF16(unicode.BigEndian, unicode.UseBOM).NewDecoder().Reader(r)
	case encGB18030:
		return simplifiedchinese.GB18030.NewDecoder().Reader(r)
	case enc1252:
		return charmap.Windows1252.NewDecoder().Reader(r)
	}
	if enc.broken {
		return transform.NewReader(r, unicode.UTF8.NewDecoder())
	}
	return r
}

// decodeHead decodes the start of data: all of it, or whole lines if there are any.
func decodeHead(enc textEncoding, data []byte) []byte {
	text, _ := io.ReadAll(decoded(enc, head(data)))
	if len(data) <= headSize {
		return text
	}
	if end := bytes.LastIndexAny(text, "\r\n"); end >= 0 {
		return text[:end]
	}
	for {
		r, size := utf8.DecodeLastRune(text)
		if r != utf8.RuneError || size == 0 {
			return text
		}
		text = text[:len(text)-size]
	}
}
