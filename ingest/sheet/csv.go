package sheet

import (
	"bufio"
	"bytes"
	"errors"
	"io"
	"strings"
)

// Limits of quoted fields. A longer field is a quote that nobody closed. If too much
// had to be read again because of those, no quote is believed to hold line ends.
const (
	maxQuoted = 1 << 20
	maxAgain  = 256 << 20
)

// Errors about one record.
var (
	errUnterminated = errors.New("unterminated quote")
	errTooWide      = errors.New("too many columns")
)

// errLongLine is no error about one record: what follows the line cannot be found.
var errLongLine = errors.New("line too long")

// records splits delimited text. Unlike encoding/csv it goes on after an unterminated
// quote, and a stray quote costs one field its quoting instead of the rows after it.
type records struct {
	in    *bufio.Reader // line ends are LF
	delim byte
	line  int // lines read so far
	long  []byte
	// maxLine bounds a line, which is held; 0 is no bound.
	maxLine int

	raw   []byte // the lines of the record, as read, without the last LF
	text  []byte // its fields, unquoted, one after the other
	ends  []int  // where in text each field ends
	cells []string

	ahead  []byte // lines behind an unterminated quote, to be read again before in
	buffer []byte // ends with ahead
	again  int    // bytes that were read again so far
}

func newRecords(r io.Reader, delim byte) *records {
	return &records{in: bufio.NewReaderSize(&newlines{r: r}, headSize), delim: delim}
}

// next reads a record and the line on which it starts. With an error about one record
// the only cell is the text of that line, and the next call starts after it.
func (r *records) next() (int, []string, error) {
	line, err := r.readLine()
	if err != nil {
		return 0, nil, err
	}
	start := r.line
	if err := r.parse(line); err != nil {
		return start, r.cells, r.giveUp(start, err)
	}
	return start, r.cells, nil
}

// isOfRecord says that the records after the error can be read.
func isOfRecord(err error) bool { return err == errUnterminated || err == errTooWide }

// parse makes cells of a line and of the lines after it that its quotes take in.
func (r *records) parse(line []byte) error {
	if bytes.IndexByte(line, '"') < 0 && len(line) < maxColumns {
		r.split(line)
		return nil
	}
	r.raw = append(r.raw[:0], line...)
	r.text, r.ends = r.text[:0], r.ends[:0]
	if err := r.fields(); err != nil {
		return err
	}
	r.cut(string(r.text))
	return nil
}

// unwrap splits the record that a line holds as its one cell.
func (r *records) unwrap(cells []string) []string {
	if err := r.parse([]byte(cells[0])); err != nil {
		return cells
	}
	return r.cells
}

// readLine answers a line without its end, valid until the next call.
func (r *records) readLine() ([]byte, error) {
	if len(r.ahead) > 0 {
		line, rest, _ := bytes.Cut(r.ahead, []byte{'\n'})
		r.ahead = rest
		r.line++
		return line, nil
	}
	line, err := r.in.ReadSlice('\n')
	if err == bufio.ErrBufferFull {
		r.long = append(r.long[:0], line...)
		for err == bufio.ErrBufferFull {
			if r.maxLine > 0 && len(r.long) > r.maxLine {
				return nil, errLongLine
			}
			line, err = r.in.ReadSlice('\n')
			r.long = append(r.long, line...)
		}
		line = r.long
	}
	if err != nil && (err != io.EOF || len(line) == 0) {
		return nil, err
	}
	r.line++
	return bytes.TrimSuffix(line, []byte{'\n'}), nil
}

// split cuts a line that has no quotes and not too many delimiters.
func (r *records) split(line []byte) {
	text := string(line)
	r.cells = r.cells[:0]
	for {
		i := strings.IndexByte(text, r.delim)
		if i < 0 {
			break
		}
		r.cells = append(r.cells, text[:i])
		text = text[i+1:]
	}
	r.cells = append(r.cells, text)
}

func (r *records) cut(text string) {
	r.cells = r.cells[:0]
	start := 0
	for _, end := range r.ends {
		r.cells = append(r.cells, text[start:end])
		start = end
	}
}

// fields parses raw from its start and reads more lines into it where a quoted field goes on.
func (r *records) fields() error {
	for pos := 0; ; pos++ {
		var err error
		if lead := quoteLead(r.raw[pos:]); lead >= 0 {
			pos, err = r.quoted(pos + lead)
		} else {
			pos = r.plain(pos)
		}
		if err != nil {
			return err
		}
		if r.ends = append(r.ends, len(r.text)); len(r.ends) > maxColumns {
			return errTooWide
		}
		if pos == len(r.raw) {
			return nil
		}
	}
}

// quoteLead is the number of blanks before an opening quote, -1 if the field is not quoted.
func quoteLead(field []byte) int {
	for i, b := range field {
		if b == '"' {
			return i
		}
		if b != ' ' {
			break
		}
	}
	return -1
}

// plain takes the field at pos as it is and answers where it ends.
func (r *records) plain(pos int) int {
	end := bytes.IndexByte(r.raw[pos:], r.delim)
	if end < 0 {
		end = len(r.raw)
	} else {
		end += pos
	}
	r.text = append(r.text, r.raw[pos:end]...)
	return end
}

// quoted takes the field whose opening quote is at pos and answers where it ends.
func (r *records) quoted(pos int) (int, error) {
	open, from, spans := pos, len(r.text), false
	for pos++; ; {
		end := bytes.IndexByte(r.raw[pos:], '"')
		if end < 0 {
			r.text = append(r.text, r.raw[pos:]...)
			r.text = append(r.text, '\n')
			pos, spans = len(r.raw)+1, true
			if err := r.more(open); err != nil {
				return 0, err
			}
			continue
		}
		r.text = append(r.text, r.raw[pos:pos+end]...)
		pos += end + 1
		if pos < len(r.raw) && r.raw[pos] == '"' {
			r.text = append(r.text, '"')
			pos++
			continue
		}
		if rest := r.closed(pos); rest >= 0 {
			return rest, nil
		}
		if spans {
			return 0, errUnterminated
		}
		return r.stray(open, from), nil
	}
}

// closed answers where the field ends whose closing quote is before pos, and -1 if
// more than blanks follow the quote.
func (r *records) closed(pos int) int {
	for pos < len(r.raw) && r.raw[pos] == ' ' && r.delim != ' ' {
		pos++
	}
	if pos == len(r.raw) || r.raw[pos] == r.delim {
		return pos
	}
	return -1
}

// stray takes a field with quotes inside as it is written, without the outer pair if
// there is one.
func (r *records) stray(open, from int) int {
	r.text = r.text[:from]
	end := r.plain(open)
	field := r.text[from:]
	if len(field) > 1 && field[len(field)-1] == '"' {
		copy(field, field[1:len(field)-1])
		r.text = r.text[:len(r.text)-2]
	}
	return end
}

// more reads the next line into raw for the quoted field that opened at open.
func (r *records) more(open int) error {
	if len(r.raw)-open > maxQuoted || r.again > maxAgain {
		return errUnterminated
	}
	line, err := r.readLine()
	if err == io.EOF {
		return errUnterminated
	}
	r.raw = append(append(r.raw, '\n'), line...)
	return err
}

// giveUp makes the first line of the record its only cell and hands the others back.
func (r *records) giveUp(start int, err error) error {
	if !isOfRecord(err) {
		return err
	}
	first, rest, more := bytes.Cut(r.raw, []byte{'\n'})
	r.cells = append(r.cells[:0], string(first))
	if !more {
		return err
	}
	r.line = start
	r.again += len(rest)
	if n := len(r.ahead); n > 0 {
		r.ahead = r.buffer[len(r.buffer)-n-len(rest)-1:]
		return err
	}
	r.buffer = append(bytes.Clone(rest), '\n')
	r.ahead = r.buffer
	return err
}
