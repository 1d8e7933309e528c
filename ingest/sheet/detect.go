package sheet

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
)

// What the first bytes can say. Any other answer of detect is the name of a format
// that people know and that is not read.
const (
	formatEmpty  = "empty"
	formatBinary = "binary"
	formatText   = "text"
	formatODS    = "flat ods" // an OpenDocument spreadsheet that is XML without an archive
	formatJSON   = "json"
	formatHTML   = "html"
	formatXML    = "xml"
	formatZip    = "zip"
)

var magics = []struct{ prefix, format string }{
	{"%PDF-", "pdf"},
	{"\x89PNG", "png"},
	{"\xff\xd8\xff", "jpeg"},
	{"GIF8", "gif"},
	{"II*\x00", "tiff"},
	{"MM\x00*", "tiff"},
	{"{\\rtf", "rtf"},
	{"Rar!\x1a", "rar"},
	{"7z\xbc\xaf\x27\x1c", "7z"},
	{"SQLite format 3\x00", "sqlite"},
}

// isZip says whether a file is a zip archive, as new workbooks are.
func isZip(in Input) bool {
	return startsWith(in, "PK\x03\x04") || startsWith(in, "PK\x05\x06")
}

func startsWith(in Input, magic string) bool {
	head := make([]byte, len(magic))
	n, err := in.ReadAt(head, 0)
	return (err == nil || err == io.EOF) && string(head[:n]) == magic
}

// detect says what a file is. Text is everything that can be read as text; it has an
// encoding.
func detect(in Input) (string, textEncoding, error) {
	if in.Size() == 0 {
		return formatEmpty, textEncoding{}, nil
	}
	for _, m := range magics {
		if startsWith(in, m.prefix) {
			return m.format, textEncoding{}, nil
		}
	}
	enc, err := detectEncoding(in)
	if err != nil || enc.name == "" {
		return formatBinary, enc, err
	}
	return detectMarkup(enc, in), enc, nil
}

// detectMarkup finds text that is more than delimited fields. Many systems export an
// HTML page under the name .xls.
func detectMarkup(enc textEncoding, in Input) string {
	head := bytes.TrimSpace(decodeHead(enc, in))
	lower := bytes.ToLower(head)
	starts := func(s string) bool { return bytes.HasPrefix(lower, []byte(s)) }
	switch {
	case len(head) == 0:
		return formatEmpty
	case starts("<!doctype html"), starts("<html"), starts("<table"), starts("<meta"), starts("<style"):
		return formatHTML
	case starts("<?xml") && bytes.Contains(head, []byte(odsType)):
		return formatODS
	case starts("<?xml"), starts("<workbook"):
		if bytes.Contains(lower, []byte("<html")) {
			return formatHTML
		}
		return formatXML
	case looksLikeJSON(head):
		return formatJSON
	}
	return formatText
}

// looksLikeJSON says whether the text starts with a record or a list, which brackets
// in the first field of a table do not.
func looksLikeJSON(head []byte) bool {
	if head[0] != '{' && head[0] != '[' {
		return false
	}
	d := json.NewDecoder(bytes.NewReader(head))
	for range 4 {
		if _, err := d.Token(); err != nil {
			return errors.Is(err, io.EOF) && d.InputOffset() == int64(len(head)) || errors.Is(err, io.ErrUnexpectedEOF)
		}
	}
	return true
}
