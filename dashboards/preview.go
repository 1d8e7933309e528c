package dashboards

import (
	"strconv"
	"strings"

	"github.com/labstack/echo/v4"

	"github.com/perfloop/perfloop/dashboards/words"
	"github.com/perfloop/perfloop/ingest"
)

// filePreview is what importing one file would do, and how it would be read.
type filePreview struct {
	Number    int
	File      string
	Sentence  string // why the file is refused, or that it is known; "" where its sheets say it
	IsRefused bool
	Sheets    []sheetPreview
}

// sheetPreview is one sheet of a file as it would be read.
type sheetPreview struct {
	Number     int
	Sheet      ingest.SheetReport
	Title      string
	Kinds      []option
	Columns    []columnPreview
	Decisions  []string
	Questions  []question
	Problems   []problemPreview
	IsRefused  bool
	HeaderLine string
}

// columnPreview is one column of the file and the field it is taken for.
type columnPreview struct {
	Number  int
	Header  string
	Why     string
	Fields  []option
	Samples []string
}

// question is a choice that the values of a column leave open or that was made from them.
type question struct {
	Name, Label string
	Options     []option
}

// problemPreview is one reason and where it was met.
type problemPreview struct {
	Sentence, Lines string
	Count           int
	IsRejected      bool
}

// option of a select.
type option struct {
	Value, Label string
	IsChosen     bool
}
