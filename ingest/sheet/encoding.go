package sheet

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"
)

const (
	encUTF8    = "utf-8"
	encUTF8BOM = "utf-8-bom"
	encUTF16LE = "utf-16le"
	encUTF16BE = "utf-16be"
	encGB18030 = "gb18030"
	encBig5    = "big5"
	enc1252    = "windows-1252"
)

const (
	headSize   = 64 << 10
	sampleSize = 4 << 20
	markUTF8   = "\xef\xbb\xbf"
)

// textEncoding says how bytes become text. Without a name they are no text.
type textEncoding struct {
	name   string
	broken bool // it is UTF-8 but for some bytes
}

// encodingNames are other names of the encodings, as people write them.
var encodingNames = map[string]string{
	"utf8": encUTF8, "utf16": encUTF16LE, "utf-16": encUTF16LE, "gbk": encGB18030, "gb2312": encGB18030, "cp936": encGB18030,
	"big-5": encBig5, "cp950": encBig5, "cp1252": enc1252, "latin1": enc1252, "latin-1": enc1252, "iso-8859-1": enc1252, "ansi": enc1252,
}

// EncodingNamed is our name of an encoding that a person names, and "" if it is none that is read.
func EncodingNamed(name string) string {
	name = strings.ToLower(strings.TrimSpace(name))
	if ours := encodingNames[name]; ours != "" {
		return ours
	}
	switch name {
	case encUTF8, encUTF16LE, encUTF16BE, encGB18030, encBig5, enc1252:
		return name
	}
	return ""
}

// detectEncoding tells the encoding of a text. The order is from the strictest to the
// one that accepts every byte. It reads everything and holds no more than a sample.
func detectEncoding(in Input) (textEncoding, error) {
	head, err := readHead(in, 0, headSize)
	if err != nil {
		return textEncoding{}, err
	}
	switch {
	case bytes.HasPrefix(head, []byte("\xff\xfe")):
		return textEncoding{name: encUTF16LE}, nil
	case bytes.HasPrefix(head, []byte("\xfe\xff")):
		return textEncoding{name: encUTF16BE}, nil
	case bytes.IndexByte(head, 0) >= 0:
		return textEncoding{name: detectUTF16(in, head)}, nil
	}
	marked := bytes.HasPrefix(head, []byte(markUTF8))
	fault, err := findFault(in)
	if err != nil || fault == hasZero || hasControls(head) {
		return textEncoding{}, err
	}
	if fault == noFault {
		return textEncoding{name: utf8Name(marked)}, nil
	}
	sample, err := sampleAround(in, fault)
	if err != nil {
		return textEncoding{}, err
	}
	if marked || isBrokenUTF8(sample) {
		return textEncoding{name: utf8Name(marked), broken: true}, nil
	}
	for _, name := range chineseOf(sample) {
		if decodes(name, in) {
			return textEncoding{name: name}, nil
		}
	}
	return textEncoding{name: enc1252}, nil
}

func utf8Name(marked bool) string {
	if marked {
		return encUTF8BOM
	}
	return encUTF8
}

// readHead reads up to size bytes from the offset on.
func readHead(in Input, offset, size int64) ([]byte, error) {
	head := make([]byte, max(0, min(size, in.Size()-offset)))
	n, err := in.ReadAt(head, offset)
	if err != nil && !(errors.Is(err, io.EOF) && n == len(head)) {
		return nil, fmt.Errorf("read head: %w", err)
	}
	return head, nil
}

// Answers of findFault that are no offset.
const (
	noFault = -1
	hasZero = -2
)

// findFault is the offset of the first byte that is not UTF-8, noFault, or hasZero
// where a zero byte comes first, which no text has.
func findFault(in Input) (int64, error) {
	buffer := make([]byte, 256<<10)
	kept, at := 0, int64(0)
	for r := io.NewSectionReader(in, 0, in.Size()); ; {
		n, err := io.ReadFull(r, buffer[kept:])
		last := errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF)
		if err != nil && !last {
			return 0, fmt.Errorf("read text: %w", err)
		}
		chunk := buffer[:kept+n]
		if bytes.IndexByte(chunk, 0) >= 0 {
			return hasZero, nil
		}
		whole := chunk
		if !last {
			whole = chunk[:wholeRunes(chunk)]
		}
		if !utf8.Valid(whole) {
			return at + firstInvalid(whole), nil
		}
		if last {
			return noFault, nil
		}
		kept = copy(buffer, chunk[len(whole):])
		at += int64(len(whole))
	}
}

// wholeRunes is the length of text without a rune at its end that goes on behind it.
func wholeRunes(text []byte) int {
	for i := 1; i < utf8.UTFMax && i <= len(text); i++ {
		if b := text[len(text)-i]; utf8.RuneStart(b) {
			if !utf8.FullRune(text[len(text)-i:]) {
				return len(text) - i
			}
			break
		}
	}
	return len(text)
}

func firstInvalid(text []byte) int64 {
	for i := 0; i < len(text); {
		r, n := utf8.DecodeRune(text[i:])
		if r == utf8.RuneError && n == 1 {
			return int64(i)
		}
		i += n
	}
	return int64(len(text))
}

// sampleAround is text to judge the encoding by, which has the byte at the offset. It starts with a line.
func sampleAround(in Input, offset int64) ([]byte, error) {
	if offset < sampleSize-headSize {
		return readHead(in, 0, sampleSize)
	}
	sample, err := readHead(in, offset-headSize, sampleSize)
	if err != nil {
		return nil, err
	}
	if end := bytes.IndexAny(sample[:headSize], "\r\n"); end >= 0 {
		sample = sample[end+1:]
	}
	return sample, nil
}

// hasControls finds more control codes than a text has.
func hasControls(head []byte) bool {
	controls := 0
	for _, b := range head {
		if b < ' ' && b != '\t' && b != '\n' && b != '\r' && b != '\f' && b != '\v' && b != 0x1a {
			controls++
		}
	}
	return controls*100 > len(head)
}

// detectUTF16 tells UTF-16 without a mark by where the zero bytes of its commas,
// digits and line ends stand. Other data with zero bytes is not text.
func detectUTF16(in Input, head []byte) string {
	if in.Size()%2 != 0 {
		return ""
	}
	var zeros [2]int
	for i, b := range head {
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
	text := decodeHead(textEncoding{name: enc}, in)
	if bytes.ContainsRune(text, utf8.RuneError) || bytes.IndexByte(text, 0) >= 0 || hasControls(text) {
		return ""
	}
	return enc
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

// decodes says whether all of in is text of the encoding.
func decodes(name string, in Input) bool {
	w := &replacementFinder{}
	_, err := io.Copy(w, decoded(textEncoding{name: name}, in))
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

// decoded streams in as UTF-8 without a mark. What cannot be decoded becomes U+FFFD.
func decoded(enc textEncoding, in Input) io.Reader {
	start := int64(0)
	if startsWith(in, markUTF8) {
		start = int64(len(markUTF8))
	}
	r := io.NewSectionReader(in, start, in.Size()-start)
	if e := encodingOf(enc); e != nil {
		return transform.NewReader(r, e.NewDecoder())
	}
	return r
}

// encodingOf is nil for what is UTF-8 already.
func encodingOf(enc textEncoding) encoding.Encoding {
	switch enc.name {
	case encUTF16LE:
		return unicode.UTF16(unicode.LittleEndian, unicode.UseBOM)
	case encUTF16BE:
		return unicode.UTF16(unicode.BigEndian, unicode.UseBOM)
	case encGB18030:
		return simplifiedchinese.GB18030
	case encBig5:
		return traditionalchinese.Big5
	case enc1252:
		return charmap.Windows1252
	}
	if enc.broken {
		return unicode.UTF8
	}
	return nil
}

// decodeHead decodes the start of in: all of it, or whole lines if there are any.
func decodeHead(enc textEncoding, in Input) []byte {
	text, _ := io.ReadAll(decoded(enc, io.NewSectionReader(in, 0, min(headSize, in.Size()))))
	if in.Size() <= headSize {
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
