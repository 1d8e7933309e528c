package sheet

import (
	"bytes"
	"encoding/json"
	"io"
)

// What the first bytes can say. Any other answer of detect is the name of a format
// that people know and that is not read.
const (
	formatEmpty  = "empty"
	formatBinary = "binary"
	formatText   = "text"
	formatODS    = "flat ods" // an OpenDocument spreadsheet that is XML without an archive
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
	return startsWith(in, "PK\x03\x04") || startsWith(in, "PK\x05\x06")
}

func startsWith(in Input, magic string) bool {
	head := make([]byte, len(magic))
	n, err := in.ReadAt(head, 0)
	return (err == nil || err == io.EOF) && string(head[:n]) == magic
}

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
	enc := detectEncoding(data)
	if enc.name == "" {
		return formatBinary, enc
	}
	return detectMarkup(enc, data), enc
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
	case starts("<?xml") && bytes.Contains(head, []byte(odsType)):
		return formatODS
	case starts("<?xml"), starts("<workbook"):
		return "xml"
	case starts("{"), starts("["):
		if body, err := io.ReadAll(decoded(enc, data)); err == nil && json.Valid(body) {
			return "json"
		}
	}
	return formatText
}
