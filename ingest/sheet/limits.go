package sheet

import (
	"archive/zip"
	"fmt"
	"io"
	"strconv"
	"strings"
	"time"
)

// Limits bound what a file may cost, against files made to exhaust the machine. A zero is the default.
type Limits struct {
	Bytes    int64 // of the file
	Unzipped int64 // bytes of all that an archive holds
	Ratio    int64 // unzipped bytes for one of the archive, where they are more than ratioFree
	Entries  int64 // of an archive
	Sheets   int64
	Rows     int64 // of a sheet
	Columns  int64
	Cell     int64 // bytes of a cell's text
	Seconds  int64 // from opening to the last row
	Memory   int64 // bytes that a reader may hold: the shared strings of a workbook, a record of JSON
}

// ratioFree is how much any archive may hold, however well it is packed.
const ratioFree = 256 << 20

// limit is one limit as people name it.
type limit struct {
	name     string
	of       func(*Limits) *int64
	standard int64
}

const (
	limitBytes    = "bytes"
	limitUnzipped = "unzipped"
	limitRatio    = "ratio"
	limitEntries  = "entries"
	limitSheets   = "sheets"
	limitRows     = "rows"
	limitColumns  = "columns"
	limitCell     = "cell"
	limitSeconds  = "seconds"
	limitMemory   = "memory"
)

func allLimits() []limit {
	return []limit{
		{limitBytes, func(l *Limits) *int64 { return &l.Bytes }, 2 << 30},
		{limitUnzipped, func(l *Limits) *int64 { return &l.Unzipped }, 4 << 30},
		{limitRatio, func(l *Limits) *int64 { return &l.Ratio }, 200},
		{limitEntries, func(l *Limits) *int64 { return &l.Entries }, 10_000},
		{limitSheets, func(l *Limits) *int64 { return &l.Sheets }, 1_000},
		{limitRows, func(l *Limits) *int64 { return &l.Rows }, 20_000_000},
		{limitColumns, func(l *Limits) *int64 { return &l.Columns }, maxColumns},
		{limitCell, func(l *Limits) *int64 { return &l.Cell }, 4 << 20},
		{limitSeconds, func(l *Limits) *int64 { return &l.Seconds }, 3600},
		{limitMemory, func(l *Limits) *int64 { return &l.Memory }, 512 << 20},
	}
}

// orDefaults is the limits with defaults for what is not stated.
func (l Limits) orDefaults() Limits {
	for _, known := range allLimits() {
		if value := known.of(&l); *value == 0 {
			*value = known.standard
		}
	}
	return l
}

// Unlimited is for files that were read before.
func Unlimited() Limits {
	var l Limits
	for _, known := range allLimits() {
		*known.of(&l) = 1 << 40
	}
	return l
}

// ParseLimits reads limits as people write them, rows=5000000,seconds=60.
func ParseLimits(text string) (Limits, error) {
	var l Limits
	for part := range strings.SplitSeq(text, ",") {
		if part = strings.TrimSpace(part); part == "" {
			continue
		}
		if err := l.set(part); err != nil {
			return Limits{}, err
		}
	}
	return l, nil
}

func (l *Limits) set(text string) error {
	name, value, _ := strings.Cut(text, "=")
	number, err := strconv.ParseInt(strings.TrimSpace(value), 10, 64)
	if err != nil || number < 1 || number > 1<<40 {
		return fmt.Errorf("read limit %q: want a whole number from 1 on", text)
	}
	for _, known := range allLimits() {
		if known.name == strings.TrimSpace(name) {
			*known.of(l) = number
			return nil
		}
	}
	return fmt.Errorf("read limit %q: want one of %s", text, strings.Join(LimitNames(), ", "))
}

// LimitNames lists what ParseLimits knows.
func LimitNames() []string {
	var names []string
	for _, known := range allLimits() {
		names = append(names, known.name)
	}
	return names
}

// exceeded is the cause of a fault where a limit was passed.
type exceeded struct {
	limit string
	max   int64
}

func (e *exceeded) Error() string { return fmt.Sprintf("more than %s=%d", e.limit, e.max) }

// check is nil, or *exceeded if the value is more than the limit of that name.
func (l Limits) check(name string, value int64) error {
	for _, known := range allLimits() {
		if most := *known.of(&l); known.name == name && value > most {
			return &exceeded{name, most}
		}
	}
	return nil
}

// checkArchive believes the sizes that an archive states: reading fails where more is in it.
func (l Limits) checkArchive(archive *zip.Reader, size int64) error {
	if err := l.check(limitEntries, int64(len(archive.File))); err != nil {
		return err
	}
	unzipped := int64(0)
	for _, f := range archive.File {
		unzipped += int64(min(f.UncompressedSize64, 1<<40))
	}
	if err := l.check(limitUnzipped, unzipped); err != nil || unzipped <= ratioFree {
		return err
	}
	return l.check(limitRatio, unzipped/max(size, 1))
}

// timed is an input that can be read until the deadline.
type timed struct {
	Input
	deadline time.Time // zero: none
	err      error
}

func (t *timed) isLate() bool { return !t.deadline.IsZero() && time.Now().After(t.deadline) }

func (t *timed) ReadAt(p []byte, offset int64) (int, error) {
	if t.isLate() {
		return 0, t.err
	}
	return t.Input.ReadAt(p, offset)
}

// duration of the seconds; many years at the most.
func (l Limits) duration() time.Duration { return time.Duration(min(l.Seconds, 1<<32)) * time.Second }

// withDeadline is an input that ends with an error when the time for it is over.
func (l Limits) withDeadline(in Input) *timed {
	return &timed{in, time.Now().Add(l.duration()), &exceeded{limitSeconds, l.Seconds}}
}

// guard holds the rows of a sheet to the limits.
type guard struct {
	file   string
	limits Limits
	in     *timed
}

// rows is the rows of the source up to the first that passes a limit. A cell that is too long costs its row only.
func (g *guard) rows(source source, yield func(Row, error) bool) {
	count := int64(0)
	for row, err := range source.rows {
		if err != nil {
			if !yield(row, err) {
				return
			}
			continue
		}
		count++
		if err := g.check(count, row.Cells); err != nil {
			yield(Row{Line: row.Line}, withLine(fault(g.file, "", err), row.Line))
			return
		}
		if i := g.tooLong(row.Cells); i >= 0 {
			e := withLine(fault(g.file, "", g.limits.check(limitCell, int64(len(row.Cells[i])))), row.Line)
			e.IsOfRow = true
			row.Cells, err = []string{strings.ToValidUTF8(row.Cells[i][:min(100, len(row.Cells[i]))], "")}, e
		}
		if !yield(row, err) {
			return
		}
	}
}

func (g *guard) check(count int64, cells []string) error {
	if count > g.limits.Rows {
		return g.limits.check(limitRows, count)
	}
	if int64(len(cells)) > g.limits.Columns {
		return g.limits.check(limitColumns, int64(len(cells)))
	}
	if count%1024 == 0 && g.in.isLate() {
		return g.in.err
	}
	return nil
}

func (g *guard) tooLong(cells []string) int {
	for i, cell := range cells {
		if int64(len(cell)) > g.limits.Cell {
			return i
		}
	}
	return -1
}

func withLine(e *Error, line int) *Error {
	e.Args["line"] = line
	return e
}

// capped reads no more than it may; what is behind it is an error.
type capped struct {
	in   io.Reader
	left int64
	err  error
}

func (c *capped) Read(p []byte) (int, error) {
	if c.left < 0 {
		return 0, c.err
	}
	n, err := c.in.Read(p[:min(int64(len(p)), c.left+1)])
	if c.left -= int64(n); c.left < 0 {
		return 0, c.err
	}
	return n, err
}
