package sheet

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"
)

// odsBook is an OpenDocument spreadsheet: one part of XML holds all its sheets.
type odsBook struct {
	file   string
	memory int64                         // bytes that repeated cells may take
	open   func() (io.ReadCloser, error) // reads the part from its start
}

// openDocuments are the other kinds of document, by their type.
var openDocuments = map[string]string{
	"application/vnd.oasis.opendocument.text":         "odt",
	"application/vnd.oasis.opendocument.presentation": "odp",
	"application/vnd.oasis.opendocument.graphics":     "odg",
}

const odsType = "application/vnd.oasis.opendocument.spreadsheet"

// isODS says whether an archive is an OpenDocument spreadsheet, or a template of one.
func (w *workbook) isODS() bool {
	return strings.HasPrefix(w.mimeType(), odsType)
}

func (w *workbook) openODS() (*Book, error) {
	if encrypted, err := w.isEncryptedODS(); encrypted || err != nil {
		if encrypted {
			return nil, fault(w.file, "password_protected", nil)
		}
		return nil, w.fault(err)
	}
	return openODS(w.file, w.strings.most, func() (io.ReadCloser, error) { return w.stream("content.xml") })
}

// isEncryptedODS looks into the list of parts, which says it for each of them.
func (w *workbook) isEncryptedODS() (bool, error) {
	const manifest = "meta-inf/manifest.xml"
	if w.parts[manifest] == nil {
		return false, nil
	}
	in, err := w.read(manifest)
	if err != nil {
		return false, err
	}
	text, err := io.ReadAll(io.LimitReader(in, maxToken))
	if err != nil {
		return false, fmt.Errorf("read manifest: %w", err)
	}
	return bytes.Contains(text, []byte("encryption-data")), nil
}

// openODS lists the sheets. It reads everything, so that what is damaged is found here.
func openODS(file string, memory int64, open func() (io.ReadCloser, error)) (*Book, error) {
	b := &odsBook{file: file, memory: memory, open: open}
	book := &Book{format: "ods"}
	err := b.tables(func(s *scanner, number int) error {
		name := strings.ToValidUTF8(string(s.unescape(s.value("name"))), "\ufffd")
		isLinked, err := s.skipTable()
		if err == nil && !isLinked {
			o := &odsSheet{book: b, name: name, number: number}
			book.sheets = append(book.sheets, &Sheet{Name: name, source: &gridSource{grid: o}})
		}
		return err
	})
	if err != nil {
		return nil, fault(file, "damaged_workbook", err)
	}
	return book, nil
}

// errStop ends a walk over tables early.
var errStop = errors.New("stop")

// tables opens each table of the document, which visit must read to its end.
func (b *odsBook) tables(visit func(s *scanner, number int) error) error {
	in, err := b.open()
	if err != nil {
		return err
	}
	defer in.Close()
	s := newScanner(in)
	if err := s.find("spreadsheet"); err != nil {
		return err
	}
	for number := 0; ; {
		if err := s.next(); err != nil {
			return truncated(err)
		}
		switch {
		case s.kind == tokenClose:
			return s.drain()
		case s.kind == tokenOpen && string(s.name) == "table":
			err = visit(s, number)
			number++
		case s.kind == tokenOpen:
			err = s.skip()
		}
		if err == errStop {
			return nil
		}
		if err != nil {
			return err
		}
	}
}

// find reads to the first element of a name.
func (s *scanner) find(name string) error {
	for {
		if err := s.next(); err != nil {
			return truncated(err)
		}
		if s.kind == tokenOpen && string(s.name) == name {
			return nil
		}
	}
}

// drain reads to the end: the archive keeps a checksum of the whole part.
func (s *scanner) drain() error {
	for {
		if err := s.next(); err == io.EOF {
			return nil
		} else if err != nil {
			return err
		}
	}
}

// skipTable is skip that says whether the table is a copy of one in another file.
func (s *scanner) skipTable() (isLinked bool, err error) {
	for depth := 1; depth > 0; {
		if err := s.next(); err != nil {
			return false, truncated(err)
		}
		switch s.kind {
		case tokenOpen:
			isLinked = isLinked || depth == 1 && string(s.name) == "table-source"
			depth++
		case tokenClose:
			depth--
		}
	}
	return isLinked, nil
}
