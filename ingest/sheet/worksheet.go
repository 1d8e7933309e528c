package sheet

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"maps"
	"slices"
	"strconv"
)

// xmlSheet is one sheet of a workbook.
type xmlSheet struct {
	book   *workbook
	name   string
	part   string
	merges *[]Merge // nil: not read yet
}

// Merge is a range of cells that are merged into one; its text is that of the first.
type Merge struct{ FirstLine, LastLine, FirstColumn, LastColumn int }

// each reads, if it reads all rows, what follows them too: the archive keeps a checksum of the whole part.
func (x *xmlSheet) each(use func(*gridRow) bool) (line int, err error) {
	merges, err := x.readMerges()
	if err != nil {
		return 0, err
	}
	in, err := x.book.stream(x.part)
	if err != nil {
		return 0, err
	}
	defer in.Close()
	r := &cellReader{book: x.book, s: newScanner(in)}
	for err = r.seek(); err == nil; {
		if err = r.next(); err != nil {
			break
		}
		r.merges, merges = merges, nil
		if !use(&r.gridRow) {
			return r.line, nil
		}
	}
	if err == io.EOF {
		_, err = io.Copy(io.Discard, r.s.in)
	}
	return r.line, err
}

func (x *xmlSheet) fault(line int, err error) *Error {
	return damagedSheet(x.book.file, x.name, line, err)
}

func (x *xmlSheet) mergedCells() []Merge {
	merges, _ := x.readMerges()
	return merges
}

// readMerges lists the merges by their first line. They stand behind the
// rows in the XML, so the part is unpacked once more, but the rows in it not parsed.
func (x *xmlSheet) readMerges() ([]Merge, error) {
	if x.merges != nil {
		return *x.merges, nil
	}
	var merges []Merge
	for _, mark := range []string{"/sheetData>", ":sheetData>"} {
		in, err := x.book.read(x.part)
		if err != nil {
			return nil, err
		}
		rest, err := after(in, mark)
		if err == io.EOF {
			continue
		}
		if err != nil {
			return nil, fmt.Errorf("read merged cells: %w", err)
		}
		merges = parseMerges(rest)
		break
	}
	x.merges = &merges
	return merges, nil
}

// after reads to the first mark. io.EOF says that there is none.
func after(in io.Reader, mark string) (io.Reader, error) {
	buffered := bufio.NewReaderSize(in, headSize)
	for {
		window, err := buffered.Peek(headSize)
		found := bytes.Index(window, []byte(mark))
		if found < 0 && err != nil {
			return nil, err
		}
		skip := found + len(mark)
		if found < 0 {
			skip = len(window) - len(mark) + 1
		}
		if _, err := buffered.Discard(skip); err != nil {
			return nil, err
		}
		if found >= 0 {
			return buffered, nil
		}
	}
}

// parseMerges takes what it can read. Rows says it if the part is damaged.
func parseMerges(in io.Reader) []Merge {
	var merges []Merge
	s := newScanner(in)
	for s.next() == nil {
		if s.kind != tokenOpen || string(s.name) != "mergeCell" {
			continue
		}
		from, to, ok := bytes.Cut(s.value("ref"), []byte{':'})
		if !ok {
			continue
		}
		left, err := columnOf(from, 0)
		right, err2 := columnOf(to, 0)
		m := Merge{FirstLine: lineOf(from), LastLine: lineOf(to), FirstColumn: left, LastColumn: right}
		if err == nil && err2 == nil && m.FirstLine > 0 && m.FirstLine <= m.LastLine && left <= right {
			merges = append(merges, m)
		}
	}
	slices.SortStableFunc(merges, func(a, b Merge) int { return a.FirstLine - b.FirstLine })
	return merges
}

// upright are the merges over several lines.
func upright(merges []Merge) []Merge {
	return slices.DeleteFunc(slices.Clone(merges), func(m Merge) bool { return m.FirstLine == m.LastLine })
}

// lineOf reads the digits of a reference as B7, 0 if there are none.
func lineOf(ref []byte) int {
	n, _ := strconv.Atoi(string(bytes.TrimLeft(ref, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz$")))
	return n
}

// filler repeats the value of a vertical merge in the lines below the first.
type filler struct {
	waiting []Merge         // those that start further down
	active  map[int]filling // by column: merges of a sheet do not overlap
}

type filling struct {
	Merge
	text string
}

// look takes note of the merges that start on this line or above it.
func (f *filler) look(line int, cells []string) {
	for len(f.waiting) > 0 && f.waiting[0].FirstLine <= line {
		m := f.waiting[0]
		f.waiting = f.waiting[1:]
		if m.FirstLine == line && m.FirstColumn < len(cells) && cells[m.FirstColumn] != "" {
			if f.active == nil {
				f.active = map[int]filling{}
			}
			f.active[m.FirstColumn] = filling{m, cells[m.FirstColumn]}
		}
	}
	maps.DeleteFunc(f.active, func(_ int, a filling) bool { return a.LastLine < line })
}

// fill repeats values in cells that are empty.
func (f *filler) fill(line int, cells []string) []string {
	for _, a := range f.active {
		for len(cells) <= a.FirstColumn {
			cells = append(cells, "")
		}
		if a.FirstLine < line && cells[a.FirstColumn] == "" {
			cells[a.FirstColumn] = a.text
		}
	}
	return cells
}
