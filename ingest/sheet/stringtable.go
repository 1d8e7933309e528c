package sheet

import (
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"os"
)

// Sizes of a stringTable. A workbook of a million rows may well hold a string of its own in each.
const (
	maxHeldText = 32 << 20 // bytes held in memory; what comes after them is in a file
	textPage    = 64 << 10 // memory is taken in pieces of this size
	filePage    = 4 << 10  // the file is read in pieces of this size
	filePages   = 512      // pieces of the file that are held; a power of two
	stringGroup = 16       // strings of which one position is kept

	readyStrings = 1 << 14 // strings that are kept ready to be handed out again; a power of two
	maxReady     = 256     // bytes of the longest of them
)

// stringTable holds the shared strings of a workbook in less memory than they take as strings: as bytes, each
// behind its length, beyond a limit in a temporary file. It is not for use by several goroutines at once.
type stringTable struct {
	count  int
	most   int64   // bytes
	size   int64   // bytes of all
	starts []int64 // of every string whose number stringGroup divides
	pages  [][]byte

	file   *os.File // what does not fit into pages, from offset 0 on
	tail   []byte   // the end of it, not written yet
	cached [filePages]cachedPage

	next   int   // the string after the one that was read last
	nextAt int64 // and where it is
	ready  [readyStrings]readyString
}

// readyString is a string that was handed out. A string is kept when it is wanted for the second time.
type readyString struct {
	number int // of the string, from 1
	text   string
}

type cachedPage struct {
	number int64 // of the page, from 1
	bytes  []byte
}

// add appends a string.
func (t *stringTable) add(text []byte) error {
	if t.count%stringGroup == 0 {
		t.starts = append(t.starts, t.size)
	}
	var head [binary.MaxVarintLen64]byte
	n := binary.PutUvarint(head[:], uint64(len(text)))
	t.count++
	if t.size > t.most {
		return &exceeded{limitMemory, t.most}
	}
	if err := t.write(head[:n]); err != nil {
		return err
	}
	return t.write(text)
}

func (t *stringTable) write(b []byte) error {
	for len(b) > 0 && t.size < maxHeldText {
		if at := int(t.size % textPage); at == 0 {
			t.pages = append(t.pages, make([]byte, textPage))
		}
		n := copy(t.pages[len(t.pages)-1][t.size%textPage:], b)
		t.size += int64(n)
		b = b[n:]
	}
	if len(b) == 0 {
		return nil
	}
	t.tail = append(t.tail, b...)
	t.size += int64(len(b))
	if len(t.tail) < textPage {
		return nil
	}
	return t.flush()
}

// flush writes the tail to the file, which nobody else can open once it is removed.
func (t *stringTable) flush() error {
	if len(t.tail) == 0 {
		return nil
	}
	if t.file == nil {
		f, err := os.CreateTemp("", "perfloop-strings-*")
		if err != nil {
			return fmt.Errorf("create file of shared strings: %w", err)
		}
		t.file = f
		_ = os.Remove(f.Name()) // where an open file cannot be removed, close does it
	}
	if _, err := t.file.Write(t.tail); err != nil {
		return fmt.Errorf("write shared strings: %w", err)
	}
	t.tail = t.tail[:0]
	return nil
}

// close releases the file.
func (t *stringTable) close() error {
	if t.file == nil {
		return nil
	}
	err := t.file.Close()
	if removed := os.Remove(t.file.Name()); removed != nil && !errors.Is(removed, os.ErrNotExist) {
		err = errors.Join(err, removed)
	}
	t.file = nil
	return err
}

// appendTo appends string n, counted from 0, which the table must have. Everything must have been flushed.
func (t *stringTable) appendTo(into []byte, n int) ([]byte, error) {
	at, skip := t.nextAt, n-t.next
	if skip < 0 || skip > n%stringGroup {
		at, skip = t.starts[n/stringGroup], n%stringGroup
	}
	var length int64
	var err error
	for ; skip >= 0; skip-- {
		if length, at, err = t.length(at); err != nil {
			return into, err
		}
		if skip > 0 {
			at += length
		}
	}
	t.next, t.nextAt = n+1, at+length
	for length > 0 {
		window, err := t.window(at)
		if err != nil {
			return into, err
		}
		window = window[:min(int64(len(window)), length)]
		into = append(into, window...)
		at, length = at+int64(len(window)), length-int64(len(window))
	}
	return into, nil
}

// length reads the length of the string at a position, and answers where its text is.
func (t *stringTable) length(at int64) (length, textAt int64, err error) {
	for shift := 0; ; shift += 7 {
		window, err := t.window(at)
		if err != nil {
			return 0, 0, err
		}
		at++
		length |= int64(window[0]&0x7f) << shift
		if window[0] < 0x80 {
			return length, at, nil
		}
	}
}

// window answers bytes from a position on, one at least.
func (t *stringTable) window(at int64) ([]byte, error) {
	if at < maxHeldText {
		return t.pages[at/textPage][at%textPage:], nil
	}
	at -= maxHeldText
	number := at/filePage + 1
	page := &t.cached[number%filePages]
	if page.number != number {
		if page.bytes == nil {
			page.bytes = make([]byte, filePage)
		}
		page.number = 0
		if _, err := t.file.ReadAt(page.bytes, (number-1)*filePage); err != nil && err != io.EOF {
			return nil, fmt.Errorf("read shared strings: %w", err)
		}
		page.number = number
	}
	return page.bytes[at%filePage:], nil
}
