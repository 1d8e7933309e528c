package sheet

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"strconv"
	"unicode/utf8"
)

var errXML = errors.New("damaged XML")

// token kinds of a scanner.
const (
	tokenOpen = iota + 1
	tokenClose
	tokenText
)

// maxToken bounds a tag or a piece of text, against files made to exhaust memory.
const maxToken = 64 << 20

// scanner reads the XML of sheets and of shared strings, which is nearly all of a
// workbook, several times as fast as encoding/xml. It does not check that tags match.
type scanner struct {
	in   *bufio.Reader
	kind int
	name []byte // local name, of an open or close token
	attr []byte // what follows the name of an open token
	text []byte // of a text token, entities resolved

	inTag   bool // the '<' of the next token is read already
	empty   bool // the open token was <name/>: a close token follows
	long    []byte
	decoded []byte
}

func newScanner(r io.Reader) *scanner {
	return &scanner{in: bufio.NewReaderSize(r, headSize)}
}

// next reads a token; its slices are valid until the next call. The end is io.EOF.
func (s *scanner) next() error {
	if s.empty {
		s.empty, s.kind = false, tokenClose
		return nil
	}
	for {
		if !s.inTag {
			text, err := s.until('<')
			if err != nil {
				return s.tail(text, err)
			}
			s.inTag = true
			if len(text) > 0 {
				s.kind, s.text = tokenText, s.unescape(text)
				return nil
			}
		}
		s.inTag = false
		if found, err := s.tag(); err != nil || found {
			return err
		}
	}
}

// buffered is what was read already of what comes next, nil inside of a tag. It is valid until the next call.
func (s *scanner) buffered() []byte {
	if s.inTag || s.empty {
		return nil
	}
	ahead, _ := s.in.Peek(s.in.Buffered())
	return ahead
}

// pass goes on behind the first n bytes of what is buffered.
func (s *scanner) pass(n int) { _, _ = s.in.Discard(n) }

// tail judges what was read when no tag follows.
func (s *scanner) tail(text []byte, err error) error {
	if err == io.EOF && len(bytes.TrimSpace(text)) > 0 {
		return errXML
	}
	return err
}

// until reads up to the delimiter and leaves it out.
func (s *scanner) until(delim byte) ([]byte, error) {
	part, err := s.in.ReadSlice(delim)
	if err == bufio.ErrBufferFull {
		s.long = append(s.long[:0], part...)
		for err == bufio.ErrBufferFull && len(s.long) < maxToken {
			part, err = s.in.ReadSlice(delim)
			s.long = append(s.long, part...)
		}
		part = s.long
	}
	if err != nil {
		return part, err
	}
	return part[:len(part)-1], nil
}

// tag reads what follows a '<'. It answers false for what is passed over.
func (s *scanner) tag() (bool, error) {
	body, err := s.until('>')
	if err != nil {
		return false, truncated(err)
	}
	if len(body) == 0 {
		return false, errXML
	}
	switch {
	case body[0] == '?':
		return false, nil
	case body[0] == '!':
		return s.declaration(body)
	case body[0] == '/':
		s.kind, s.name = tokenClose, localName(bytes.TrimSpace(body[1:]))
		return true, nil
	}
	if bytes.IndexByte(body, '"') >= 0 || bytes.IndexByte(body, '\'') >= 0 {
		if body, err = s.closeQuotes(body); err != nil {
			return false, err
		}
	}
	s.open(body)
	return true, nil
}

func truncated(err error) error {
	if err == io.EOF {
		return io.ErrUnexpectedEOF
	}
	return err
}

func (s *scanner) open(body []byte) {
	if n := len(body) - 1; body[n] == '/' {
		s.empty, body = true, body[:n]
	}
	end := bytes.IndexAny(body, " \t\r\n")
	if end < 0 {
		end = len(body)
	}
	s.kind, s.name, s.attr = tokenOpen, localName(body[:end]), body[end:]
}

func localName(name []byte) []byte { return name[bytes.IndexByte(name, ':')+1:] }

// closeQuotes reads on if the '>' that ended body was inside the value of an attribute.
func (s *scanner) closeQuotes(body []byte) ([]byte, error) {
	quote := openQuote(0, body)
	if quote == 0 {
		return body, nil
	}
	whole := bytes.Clone(body)
	for quote != 0 {
		more, err := s.until('>')
		if err != nil || len(whole) > maxToken {
			return nil, errXML
		}
		whole = append(append(whole, '>'), more...)
		quote = openQuote(quote, more)
	}
	return whole, nil
}

// openQuote answers the quote that is open after text, given the one before it; 0 is none.
func openQuote(quote byte, text []byte) byte {
	for _, b := range text {
		switch {
		case quote == 0 && (b == '"' || b == '\''):
			quote = b
		case b == quote:
			quote = 0
		}
	}
	return quote
}

// declaration passes over a comment and takes CDATA as text.
func (s *scanner) declaration(body []byte) (bool, error) {
	start, end := "", ""
	switch {
	case bytes.HasPrefix(body, []byte("!--")):
		start, end = "!--", "--"
	case bytes.HasPrefix(body, []byte("![CDATA[")):
		start, end = "![CDATA[", "]]"
	default:
		return false, errXML // a document type: no spreadsheet program writes one
	}
	whole := bytes.Clone(body)
	for !bytes.HasSuffix(whole[len(start):], []byte(end)) {
		more, err := s.until('>')
		if err != nil || len(whole) > maxToken {
			return false, errXML
		}
		whole = append(append(whole, '>'), more...)
	}
	s.kind, s.text = tokenText, whole[len(start):len(whole)-len(end)]
	return end == "]]", nil
}

// value answers an attribute of an open token by its name without prefix, nil if it
// is not there. Entities are left as they are.
func (s *scanner) value(name string) []byte {
	rest := s.attr
	for {
		eq := bytes.IndexByte(rest, '=')
		if eq < 0 {
			return nil
		}
		key := bytes.TrimSpace(rest[:eq])
		rest = bytes.TrimLeft(rest[eq+1:], " \t\r\n")
		if len(rest) == 0 {
			return nil
		}
		end := bytes.IndexByte(rest[1:], rest[0])
		if end < 0 {
			return nil
		}
		if string(localName(key)) == name {
			return rest[1 : end+1]
		}
		rest = rest[end+2:]
	}
}

// unescape resolves entities. An unknown one stays as it is written.
func (s *scanner) unescape(text []byte) []byte {
	if bytes.IndexByte(text, '&') < 0 {
		return text
	}
	out := s.decoded[:0]
	for {
		amp := bytes.IndexByte(text, '&')
		if amp < 0 {
			break
		}
		out = append(out, text[:amp]...)
		text = text[amp:]
		end := bytes.IndexByte(text[:min(len(text), 12)], ';')
		r, ok := rune(0), false
		if end > 0 {
			r, ok = entity(string(text[1:end]))
		}
		if !ok {
			out, text = append(out, '&'), text[1:]
			continue
		}
		out, text = utf8.AppendRune(out, r), text[end+1:]
	}
	s.decoded = append(out, text...)
	return s.decoded
}

func entity(name string) (rune, bool) {
	switch name {
	case "amp":
		return '&', true
	case "lt":
		return '<', true
	case "gt":
		return '>', true
	case "quot":
		return '"', true
	case "apos":
		return '\'', true
	}
	base := 10
	switch {
	case len(name) > 2 && name[0] == '#' && (name[1] == 'x' || name[1] == 'X'):
		name, base = name[2:], 16
	case len(name) > 1 && name[0] == '#':
		name = name[1:]
	default:
		return 0, false
	}
	n, err := strconv.ParseUint(name, base, 21)
	return notZero(rune(n)), err == nil
}

// notZero replaces the character 0, which text in a database cannot hold.
func notZero(r rune) rune {
	if r == 0 {
		return utf8.RuneError
	}
	return r
}

// skip reads to the close of the element whose open token was the last.
func (s *scanner) skip() error {
	for depth := 1; depth > 0; {
		if err := s.next(); err != nil {
			return fmt.Errorf("skip element: %w", truncated(err))
		}
		switch s.kind {
		case tokenOpen:
			depth++
		case tokenClose:
			depth--
		}
	}
	return nil
}
