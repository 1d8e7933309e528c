package sheet

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"io"
	"strings"
	"unicode/utf16"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/japanese"
	"golang.org/x/text/encoding/korean"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"
	"golang.org/x/text/encoding/unicode"
)

// The records that are read.
const (
	biffBegin      = 0x0809
	biffEnd        = 0x000a
	biffFilePass   = 0x002f
	biffCodePage   = 0x0042
	biffDateMode   = 0x0022
	biffStyle      = 0x00e0
	biffFormat     = 0x041e
	biffSheet      = 0x0085
	biffStrings    = 0x00fc
	biffContinue   = 0x003c
	biffRow        = 0x0208
	biffMerges     = 0x00e5
	biffNumber     = 0x0203
	biffRK         = 0x027e
	biffManyRK     = 0x00bd
	biffLabel      = 0x0204
	biffRichLabel  = 0x00d6
	biffSharedText = 0x00fd
	biffBoolError  = 0x0205
	biffFormula    = 0x0006
	biffResult     = 0x0207 // the text of the formula before it
)

const worksheetPart = 0x0010 // what follows the first record of a sheet

// record is one record of the stream and where the next one starts.
type record struct {
	kind uint16
	body []byte
	next int
}

// u16 is two bytes of the body, 0 behind its end.
func (r record) u16(at int) int {
	if at+2 > len(r.body) {
		return 0
	}
	return int(binary.LittleEndian.Uint16(r.body[at:]))
}

func (x *xlsBook) record(at int) (record, error) {
	if at+4 > len(x.stream) {
		return record{}, io.ErrUnexpectedEOF
	}
	kind, size := binary.LittleEndian.Uint16(x.stream[at:]), int(binary.LittleEndian.Uint16(x.stream[at+2:]))
	at += 4
	if at+size > len(x.stream) {
		return record{}, io.ErrUnexpectedEOF
	}
	return record{kind, x.stream[at : at+size], at + size}, nil
}

// pieces is the content of a record and of the records that continue it.
type pieces struct {
	book *xlsBook
	body []byte // what is left of the piece
	next int    // where the next record starts
}

func (x *xlsBook) pieces(r record) *pieces { return &pieces{x, r.body, r.next} }

// more goes on to the next piece.
func (p *pieces) more() error {
	r, err := p.book.record(p.next)
	if err != nil {
		return err
	}
	if r.kind != biffContinue {
		return fmt.Errorf("record %#x continues text: %w", r.kind, errBIFF)
	}
	p.body, p.next = r.body, r.next
	return nil
}

// atEnd says that nothing is left, in no further piece either.
func (p *pieces) atEnd() bool {
	for len(p.body) == 0 {
		if p.more() != nil {
			return true
		}
	}
	return false
}

// take is the next n bytes, wherever they are cut.
func (p *pieces) take(n int) ([]byte, error) {
	if n <= len(p.body) {
		out := p.body[:n]
		p.body = p.body[n:]
		return out, nil
	}
	var out []byte
	for len(out) < n {
		if len(p.body) == 0 {
			if err := p.more(); err != nil {
				return nil, err
			}
		}
		part := p.body[:min(n-len(out), len(p.body))]
		out, p.body = append(out, part...), p.body[len(part):]
	}
	return out, nil
}

func (p *pieces) u8() (int, error) {
	b, err := p.take(1)
	if err != nil {
		return 0, err
	}
	return int(b[0]), nil
}

func (p *pieces) u16() (int, error) {
	b, err := p.take(2)
	if err != nil {
		return 0, err
	}
	return int(binary.LittleEndian.Uint16(b)), nil
}

// text reads a text after its length, which has one byte if it is short.
func (p *pieces) text(short bool) (string, error) {
	read := p.u16
	if short {
		read = p.u8
	}
	count, err := read()
	if err != nil {
		return "", err
	}
	if !p.book.isBIFF8 {
		raw, err := p.take(count)
		if err != nil {
			return "", err
		}
		return p.book.decode(raw), nil
	}
	flags, err := p.u8()
	if err != nil {
		return "", err
	}
	return p.characters(count, flags)
}

// The flags of a text.
const (
	textIsWide    = 0x01 // two bytes a character, not one
	textHasExtra  = 0x04 // pronunciation follows
	textHasFormat = 0x08 // formats of its parts follow
)

// richText reads a text of the list that cells refer to, without what follows it.
func (p *pieces) richText() (string, error) {
	count, err := p.u16()
	if err != nil {
		return "", err
	}
	flags, err := p.u8()
	if err != nil {
		return "", err
	}
	behind := 0
	if flags&textHasFormat != 0 {
		runs, err := p.u16()
		if err != nil {
			return "", err
		}
		behind += 4 * runs
	}
	if flags&textHasExtra != 0 {
		size, err := p.take(4)
		if err != nil {
			return "", err
		}
		behind += int(binary.LittleEndian.Uint32(size))
	}
	text, err := p.characters(count, flags)
	if err != nil {
		return "", err
	}
	_, err = p.take(behind)
	return text, err
}

// characters reads count characters. Each piece that they go on in says anew how many
// bytes a character has.
func (p *pieces) characters(count, flags int) (string, error) {
	units := make([]uint16, 0, min(count, len(p.book.stream)))
	for len(units) < count {
		if len(p.body) == 0 {
			if err := p.more(); err != nil {
				return "", err
			}
			var err error
			if flags, err = p.u8(); err != nil {
				return "", err
			}
		}
		size := 1 + flags&textIsWide
		n := min(count-len(units), len(p.body)/size)
		if n == 0 && len(p.body) > 0 {
			return "", fmt.Errorf("half a character: %w", errBIFF)
		}
		for i := range n {
			unit := uint16(p.body[size*i])
			if size == 2 {
				unit |= uint16(p.body[2*i+1]) << 8
			}
			units = append(units, unit)
		}
		p.body = p.body[size*n:]
	}
	return plainText(string(utf16.Decode(units))), nil
}

// plainText makes a cell of text: line ends are LF, and the character 0, which text in
// a database cannot hold, is replaced.
func plainText(text string) string {
	if !strings.ContainsAny(text, "\r\x00") {
		return text
	}
	return strings.NewReplacer("\r\n", "\n", "\r", "\n", "\x00", "\ufffd").Replace(text)
}

// guessCharset tells the charset from the text of the cells. Programs that write old workbooks
// record by record leave it out.
func (x *xlsBook) guessCharset() encoding.Encoding {
	var texts []byte
	for at := 0; len(texts) < headSize; {
		r, err := x.record(at)
		if err != nil {
			break
		}
		if r.kind == biffLabel && len(r.body) > 8 {
			texts = append(append(texts, r.body[8:]...), '\n')
		}
		at = r.next
	}
	enc, err := detectEncoding(bytes.NewReader(texts))
	if err != nil || enc.name == "" {
		return charmap.Windows1252
	}
	if guessed := encodingOf(enc); guessed != nil {
		return guessed
	}
	return unicode.UTF8
}

// decode makes text of bytes.
func (x *xlsBook) decode(raw []byte) string {
	if x.charset == nil {
		x.charset = x.guessCharset()
	}
	text, err := x.charset.NewDecoder().Bytes(raw)
	if err != nil {
		text = raw
	}
	return plainText(strings.ToValidUTF8(string(text), "\ufffd"))
}

// codePage is the encoding of a code page of Windows, of Western Europe's if it is unknown.
func codePage(number int) encoding.Encoding {
	switch number {
	case 936:
		return simplifiedchinese.GB18030
	case 950:
		return traditionalchinese.Big5
	case 932:
		return japanese.ShiftJIS
	case 949:
		return korean.EUCKR
	case 874:
		return charmap.Windows874
	case 65001:
		return unicode.UTF8
	case 437:
		return charmap.CodePage437
	case 850:
		return charmap.CodePage850
	case 10000:
		return charmap.Macintosh
	}
	windows := []encoding.Encoding{charmap.Windows1250, charmap.Windows1251, charmap.Windows1252, charmap.Windows1253,
		charmap.Windows1254, charmap.Windows1255, charmap.Windows1256, charmap.Windows1257, charmap.Windows1258}
	if n := number - 1250; n >= 0 && n < len(windows) {
		return windows[n]
	}
	return charmap.Windows1252
}
