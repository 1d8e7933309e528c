package sheet

import (
	"bytes"
	"encoding/json"
	"io"
)

// What the first bytes can say. Any other answer of detect is the name of a format
// that people know and that is not read.
const (
	formatEmpty     = "empty"
	formatBinary    = "binary"
	formatEncrypted = "encrypted"
	formatText      = "text"
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
	{"\x1f\x8b", "gzip"},
	{"PAR1", "parquet"},
	{"SQLite format 3\x00", "sqlite"},
}

// isZip says whether a file is a zip archive, as new workbooks are.
func isZip(in Input) bool {
	magic := make([]byte, 4)
	_, err := in.ReadAt(magic, 0)
	return (err == nil || err == io.EOF) && (string(magic) == "PK\x03\x04" || string(magic) == "PK\x05\x06")
}

// oleMagic starts the container of old Office files and of encrypted new ones.
const oleMagic = "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

// detect says what data is. Text is everything that can be read as text; it has an
// encoding.
func detect(data []byte) (string, textEncoding) {
	if len(data) == 0 {
		return formatEmpty, textEncoding{}
	}
	for _, m := range magics {
		if bytes.HasPrefix(data, []byte(m.prefix)) {
			return m.format, textEncoding{}
		}
	}
	if bytes.HasPrefix(data, []byte(oleMagic)) {
		return detectOLE(data), textEncoding{}
	}
	enc := detectEncoding(data)
	if enc.name == "" {
		return formatBinary, enc
	}
	return detectMarkup(enc, data), enc
}

// detectOLE looks for the names of streams, which the directory keeps in UTF-16.
func detectOLE(data []byte) string {
	has := func(stream string) bool {
		return bytes.Contains(data, encodeUTF16LE(stream))
	}
	switch {
	case has("EncryptedPackage"):
		return formatEncrypted
	case has("Workbook"), has("Book"):
		return "xls"
	case has("WordDocument"):
		return "doc"
	}
	return formatBinary
}

func encodeUTF16LE(ascii string) []byte {
	out := make([]byte, 0, 2*len(ascii))
	for i := range len(ascii) {
		out = append(out, ascii[i], 0)
	}
	return out
}

// detectMarkup finds text that is a document of another kind. Many systems export
// an HTML page under the name .xls.
func detectMarkup(enc textEncoding, data []byte) string {
	head := bytes.TrimSpace(decodeHead(enc, data))
	lower := bytes.ToLower(head)
	starts := func(s string) bool { return bytes.HasPrefix(lower, []byte(s)) }
	switch {
	case len(head) == 0:
		return formatEmpty
	case starts("<!doctype html"), starts("<html"), starts("<table"):
		return "html"
	case starts("<?xml"), starts("<workbook"):
		return "xml"
	case starts("{"), starts("["):
		if body, err := io.ReadAll(decoded(enc, data)); err == nil && json.Valid(body) {
			return "json"
		}
	}
	return formatText
}
