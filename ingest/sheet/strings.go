package sheet

import (
	"bytes"
	"fmt"
	"io"
	"strconv"
	"strings"
	"unicode/utf8"
)

// readStrings loads the strings that cells refer to by number. Some files name the
// part and leave it out: they have no such cells.
func (w *workbook) readStrings(part string) error {
	if w.parts[part] == nil {
		return nil
	}
	in, err := w.read(part)
	if err != nil {
		return err
	}
	s, size := newScanner(in), 0
	var text []byte
	for {
		err := s.next()
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return fmt.Errorf("read shared strings: %w", err)
		}
		if s.kind != tokenOpen || string(s.name) != "si" {
			continue
		}
		if text, err = s.richText(text[:0]); err != nil {
			return fmt.Errorf("read shared strings: %w", err)
		}
		if size += len(text); size > maxStrings {
			return errTooLarge
		}
		w.strings = append(w.strings, cellText(text))
	}
}

// richText appends the runs of the element that was opened last, without the
// pronunciation that may accompany them, and reads to its end.
func (s *scanner) richText(into []byte) ([]byte, error) {
	inText := false
	for depth := 1; depth > 0; {
		if err := s.next(); err != nil {
			return into, truncated(err)
		}
		switch {
		case s.kind == tokenOpen && string(s.name) == "rPh":
			if err := s.skip(); err != nil {
				return into, err
			}
		case s.kind == tokenOpen:
			depth++
			inText = string(s.name) == "t"
		case s.kind == tokenClose:
			depth--
			inText = false
		case inText:
			into = append(into, s.text...)
		}
	}
	return into, nil
}

// cellText makes a cell of stored text: line ends are LF, and _x000D_ is the
// character of that code.
func cellText(text []byte) string {
	if bytes.Contains(text, []byte("_x")) {
		text = unescapeCodes(text)
	}
	if bytes.IndexByte(text, '\r') >= 0 {
		text = bytes.ReplaceAll(text, []byte("\r\n"), []byte("\n"))
		text = bytes.ReplaceAll(text, []byte("\r"), []byte("\n"))
	}
	if !utf8.Valid(text) {
		return strings.ToValidUTF8(string(text), "\ufffd")
	}
	return string(text)
}

func unescapeCodes(text []byte) []byte {
	out := make([]byte, 0, len(text))
	for {
		i := bytes.Index(text, []byte("_x"))
		if i < 0 {
			return append(out, text...)
		}
		out, text = append(out, text[:i]...), text[i:]
		if len(text) >= 7 && text[6] == '_' {
			if code, err := strconv.ParseUint(string(text[2:6]), 16, 16); err == nil {
				out, text = utf8.AppendRune(out, notZero(rune(code))), text[7:]
				continue
			}
		}
		out, text = append(out, text[:2]...), text[2:]
	}
}
