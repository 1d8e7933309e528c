package sheet

import (
	"bytes"
	"fmt"
	"io"
	"strconv"
	"unicode/utf8"
)

// readStrings loads the strings that cells refer to by number. Some files name the
// part and leave it out: they have no such cells.
func (w *workbook) readStrings(part string) error {
	if w.parts[part] == nil {
		return nil
	}
	in, err := w.stream(part)
	if err != nil {
		return err
	}
	defer in.Close()
	if err := w.strings.read(newScanner(in)); err != nil {
		return fmt.Errorf("read shared strings: %w", err)
	}
	return nil
}

// read takes the items of the part that s scans.
func (t *stringTable) read(s *scanner) error {
	var text []byte
	for {
		items, err := t.simpleItems(s.buffered())
		if err != nil {
			return err
		}
		s.pass(items)
		err = s.next()
		if err == io.EOF {
			return t.flush()
		}
		if err != nil {
			return err
		}
		if s.kind != tokenOpen || string(s.name) != "si" {
			continue
		}
		if text, err = s.richText(text[:0]); err != nil {
			return err
		}
		if err := t.add(storedText(text)); err != nil {
			return err
		}
	}
}

// simpleItems takes items as nearly all are, <si><t>text</t></si>, from the start of b, and answers
// how much of it they are.
func (t *stringTable) simpleItems(b []byte) (int, error) {
	taken := 0
	for {
		text, found := bytes.CutPrefix(b[taken:], []byte("<si><t>"))
		if !found {
			text, found = bytes.CutPrefix(b[taken:], []byte(`<si><t xml:space="preserve">`))
		}
		end := bytes.IndexByte(text, '<')
		if !found || end < 0 || !bytes.HasPrefix(text[end:], []byte("</t></si>")) || bytes.IndexByte(text[:end], '&') >= 0 {
			return taken, nil
		}
		if err := t.add(storedText(text[:end])); err != nil {
			return taken, err
		}
		taken = len(b) - len(text) + end + len("</t></si>")
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

// storedText makes a cell of stored text: line ends are LF, and _x000D_ is the
// character of that code. It may answer text itself.
func storedText(text []byte) []byte {
	if bytes.Contains(text, []byte("_x")) {
		text = unescapeCodes(text)
	}
	if bytes.IndexByte(text, '\r') >= 0 {
		text = bytes.ReplaceAll(text, []byte("\r\n"), []byte("\n"))
		text = bytes.ReplaceAll(text, []byte("\r"), []byte("\n"))
	}
	if !utf8.Valid(text) {
		return bytes.ToValidUTF8(text, []byte("\ufffd"))
	}
	return text
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
