package sheet

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
)

// jsonBook is a file of records: a list of them, one record a line, an object with lists
// of them, or a dump of {model, pk, fields}. Each list is a sheet; a list of records inside
// a record is a sheet too, whose rows tell which record they belong to.
type jsonBook struct {
	file     string
	in       Input
	encoding textEncoding
	limits   Limits
	byLine   bool // one record a line

	references References // of a dump: how people name what its fields refer to
	sheets     []*jsonSheet
	byName     map[string]*jsonSheet
}

// jsonSheet is the records of one name. Its header is line 0.
type jsonSheet struct {
	book     *jsonBook
	name     string
	isModel  bool
	columns  []string
	index    map[string]int
	lastLine int
	count    int
	oneLine  bool // several records start on one line: rows are numbered instead
}

var errNoRecord = errors.New("no record")

func openJSON(file string, in Input, enc textEncoding, reading Reading) (*Book, error) {
	b := &jsonBook{file: file, in: in, encoding: enc, limits: reading.Limits}
	b.byLine = b.isByLine()
	return b.open()
}

// openRecordLines opens JSON with one record a line, which a single one does not show.
func openRecordLines(file string, in Input, reading Reading) (*Book, error) {
	b := &jsonBook{file: file, in: in, encoding: textEncoding{name: encUTF8}, limits: reading.Limits, byLine: true}
	return b.open()
}

func (b *jsonBook) open() (*Book, error) {
	b.byName = map[string]*jsonSheet{}
	if err := b.each(b.note); err != nil {
		return nil, err
	}
	book := &Book{format: "json", encoding: b.encoding.name}
	book.dumps = []*jsonBook{b}
	for _, s := range b.sheets {
		book.sheets = append(book.sheets, &Sheet{Name: s.name, source: s, IsRecords: true, IsModel: s.isModel})
	}
	return book, nil
}

// isByLine says whether a second value follows the first.
func (b *jsonBook) isByLine() bool {
	d := json.NewDecoder(io.LimitReader(decoded(b.encoding, b.in), headSize))
	var first json.RawMessage
	return d.Decode(&first) == nil && d.More()
}

// note takes up the columns of a record.
func (b *jsonBook) note(r *jsonRecord) error {
	s := b.byName[r.name]
	if s == nil {
		if err := b.limits.check(limitSheets, int64(len(b.sheets)+1)); err != nil {
			return err
		}
		s = &jsonSheet{book: b, name: r.name, isModel: r.isModel, index: map[string]int{}}
		b.byName[r.name] = s
		b.sheets = append(b.sheets, s)
	}
	for _, f := range r.fields {
		if _, known := s.index[f.name]; !known {
			s.index[f.name] = len(s.columns)
			s.columns = append(s.columns, f.name)
		}
	}
	s.oneLine = s.oneLine || s.count > 0 && r.line <= s.lastLine
	s.count++
	s.lastLine = r.line
	return b.limits.check(limitColumns, int64(len(s.columns)))
}

func (s *jsonSheet) styles(int, int) []ColumnStyle { return nil }

func (s *jsonSheet) rows(yield func(Row, error) bool) {
	if !yield(Row{Cells: slices.Clone(s.columns)}, nil) {
		return
	}
	number := 0
	var cells []string
	err := s.book.each(func(r *jsonRecord) error {
		if r.name != s.name {
			return nil
		}
		number++
		cells = append(cells[:0], make([]string, len(s.columns))...)
		for _, f := range r.fields {
			cells[s.index[f.name]] = f.text
		}
		line := r.line
		if s.oneLine {
			line = number
		}
		if cut := trimRow(cells); len(cut) > 0 && !yield(Row{Line: line, Cells: cut}, nil) {
			return errStop
		}
		return nil
	})
	var fault *Error
	if errors.As(err, &fault) {
		yield(Row{Line: number}, fault)
	}
}

// each hands all records to use, those inside others after them. Its errors are *Error, but errStop of use.
func (b *jsonBook) each(use func(*jsonRecord) error) error {
	w := &jsonWalker{book: b, use: use}
	w.in = &lineReader{in: &newlines{r: decoded(b.encoding, b.in)}}
	w.decoder = json.NewDecoder(w.in)
	w.decoder.UseNumber()
	err := w.all()
	if err == nil || errors.Is(err, errStop) {
		return err
	}
	offset := w.decoder.InputOffset()
	var syntax *json.SyntaxError
	switch {
	case errors.As(err, &syntax):
		offset = max(offset, syntax.Offset)
	case errors.Is(err, io.ErrUnexpectedEOF):
		offset = w.in.read
	}
	return withLine(fault(b.file, "damaged_json", err), w.in.lineAt(offset))
}

// jsonWalker finds the records of a file.
type jsonWalker struct {
	book    *jsonBook
	use     func(*jsonRecord) error
	in      *lineReader
	decoder *json.Decoder
	found   int // records
}

func (w *jsonWalker) all() error {
	if w.book.byLine {
		for w.decoder.More() {
			if _, err := w.element(&jsonRecord{}, ""); err != nil {
				return err
			}
		}
		return w.end()
	}
	if err := w.value(&jsonRecord{}, ""); err != nil {
		return err
	}
	return w.end()
}

// end asks that nothing follows.
func (w *jsonWalker) end() error {
	if _, err := w.decoder.Token(); !errors.Is(err, io.EOF) {
		return errors.Join(errNoRecord, err)
	}
	return nil
}

// value reads a list of records, or an object around such lists. What else stands in the object is its own.
func (w *jsonWalker) value(around *jsonRecord, name string) error {
	w.allow()
	token, err := w.decoder.Token()
	switch {
	case err != nil:
		return unexpected(err)
	case token == json.Delim('['):
		return w.list(around, name)
	case token == json.Delim('{'):
		return w.object(around, name)
	}
	if name != "" {
		around.add(name, scalarText(token))
	}
	return nil
}

func (w *jsonWalker) list(around *jsonRecord, name string) error {
	var texts []string
	for w.decoder.More() {
		text, err := w.element(around, name)
		if err != nil {
			return err
		}
		if text != "" && len(texts) < maxTexts {
			texts = append(texts, text)
		}
	}
	if len(texts) > 0 && name != "" {
		around.add(name, strings.Join(texts, ", "))
	}
	_, err := w.decoder.Token()
	return unexpected(err)
}

const (
	maxWrappers = 8    // objects around a list
	maxTexts    = 1000 // of a list that is a field
)

func (w *jsonWalker) object(around *jsonRecord, name string) error {
	if around.depth == maxWrappers {
		return fmt.Errorf("%w in %d objects", errNoRecord, maxWrappers)
	}
	found, own := w.found, &jsonRecord{depth: around.depth + 1, line: 1, fields: slices.Clone(around.fields)}
	for w.decoder.More() {
		w.allow()
		key, err := w.decoder.Token()
		if err != nil {
			return unexpected(err)
		}
		text, _ := key.(string)
		if err := w.value(own, joinName(name, text)); err != nil {
			return err
		}
	}
	if _, err := w.decoder.Token(); err != nil {
		return unexpected(err)
	}
	if w.found > found {
		return nil
	}
	if around.fields = own.fields; name == "" && len(own.fields) > 0 {
		return w.use(own) // a file of one record
	}
	return nil
}

// element reads one record of a list, or the text of what is none.
func (w *jsonWalker) element(around *jsonRecord, name string) (string, error) {
	w.allow()
	var raw json.RawMessage
	if err := w.decoder.Decode(&raw); err != nil {
		return "", unexpected(err)
	}
	line := w.in.lineAt(w.decoder.InputOffset() - int64(len(raw)))
	r, err := parseRecord(raw, name, line)
	if err != nil {
		return "", err
	}
	if r == nil {
		return elementText(raw), nil
	}
	w.found++
	if len(around.fields) > 0 {
		r.inherit(around)
	}
	for _, one := range w.book.references.resolved(r) {
		if err := one.walk(w.use); err != nil {
			return "", err
		}
	}
	return "", nil
}

// allow lets the decoder hold one more record.
func (w *jsonWalker) allow() {
	w.in.most = w.decoder.InputOffset() + w.book.limits.Memory/8
	w.in.err = &exceeded{limitMemory, w.book.limits.Memory}
}

func unexpected(err error) error {
	if errors.Is(err, io.EOF) {
		return io.ErrUnexpectedEOF
	}
	return err
}

// lineReader knows on which line an offset is that a reader behind it has come to.
type lineReader struct {
	in    io.Reader
	read  int64
	most  int64 // offset behind which reading fails with err
	err   error
	ahead []int64 // offsets of line ends that were not asked for yet
	line  int     // line ends before
}

func (l *lineReader) Read(p []byte) (int, error) {
	if l.read > l.most {
		return 0, l.err
	}
	n, err := l.in.Read(p)
	for i, b := range p[:n] {
		if b == '\n' {
			l.ahead = append(l.ahead, l.read+int64(i))
		}
	}
	l.read += int64(n)
	return n, err
}

func (l *lineReader) lineAt(offset int64) int {
	passed := 0
	for passed < len(l.ahead) && l.ahead[passed] < offset {
		passed++
	}
	l.line += passed
	l.ahead = l.ahead[:copy(l.ahead, l.ahead[passed:])]
	return l.line + 1
}
