package sheet

import (
	"bytes"
	"errors"
	"io"
	"iter"
	"strings"
)

const blockSize = 2 << 20

// ErrNotPlain says that a text is not written as every CSV writer writes it, so that its blocks cannot be read one without
// the other. Rows reads it.
var ErrNotPlain = errors.New("not plain CSV")

// Block is a piece of a text: whole records. Blocks may be read by several goroutines at once.
type Block struct {
	firstLine int
	text      string
	delim     byte
	limits    Limits
}

// Blocks cuts a plain CSV file into blocks, in order; ok is false for any other sheet. Where the rows of a block differ
// from those that Rows would give, there is ErrNotPlain, of the sequence or of the block, and no block is to be believed.
func (s *Sheet) Blocks() (blocks iter.Seq2[Block, error], ok bool) {
	t, isText := s.source.(*textSheet)
	if !isText || t.dialect.marked || t.dialect.wrapped {
		return nil, false
	}
	return t.blocks, true
}

func (t *textSheet) blocks(yield func(Block, error) bool) {
	in := decoded(t.encoding, t.in)
	buffer, held, line := make([]byte, blockSize), 0, 1
	for {
		n, err := io.ReadFull(in, buffer[held:])
		whole := buffer[:held+n]
		isLast := err == io.EOF || err == io.ErrUnexpectedEOF
		if err != nil && !isLast {
			yield(Block{}, t.rowError("unreadable_text", line, err))
			return
		}
		size := len(whole)
		if !isLast {
			if size = recordsEnd(whole); size == 0 {
				yield(Block{}, ErrNotPlain)
				return
			}
		}
		b := Block{firstLine: line, text: string(whole[:size]), delim: t.dialect.delim, limits: t.limits}
		if size > 0 && !yield(b, nil) || isLast {
			return
		}
		if line += bytes.Count(whole[:size], []byte{'\n'}); int64(line) > t.limits.Rows {
			yield(Block{}, ErrNotPlain) // Rows counts those that say something
			return
		}
		held = copy(buffer, whole[size:])
	}
}

// recordsEnd is where the last line ends that is not inside quotes, given that text starts outside of them; 0 is nowhere.
func recordsEnd(text []byte) int {
	quotes := bytes.Count(text, []byte{'"'})
	for end := len(text); end > 0; {
		last := bytes.LastIndexByte(text[:end], '\n')
		quotes -= bytes.Count(text[last+1:end], []byte{'"'})
		if last >= 0 && quotes%2 == 0 {
			return last + 1
		}
		end = last
	}
	return 0
}

// Rows are the rows of the block, as those of Sheet.Rows. The error is ErrNotPlain, the last of the sequence.
func (b Block) Rows() iter.Seq2[Row, error] {
	return func(yield func(Row, error) bool) {
		p := plainRecords{Block: b, hasCR: strings.IndexByte(b.text, '\r') >= 0}
		for line := b.firstLine; p.at < len(p.text); {
			start := p.at
			lines, ok := p.next()
			if !ok || p.passesLimits(p.at-start) {
				yield(Row{Line: line}, ErrNotPlain)
				return
			}
			if cells := trimRow(p.cells); len(cells) > 0 && !yield(Row{Line: line, Cells: cells}, nil) {
				return
			}
			line += lines
		}
	}
}

// plainRecords reads records in which quotes are around whole fields and doubled inside.
type plainRecords struct {
	Block
	hasCR bool
	at    int
	cells []string
}

// passesLimits says whether a limit may be passed by the record, of that size, that was read last.
func (p *plainRecords) passesLimits(size int) bool {
	return int64(size) > min(p.limits.Cell, p.limits.Memory/8) || int64(len(p.cells)) > p.limits.Columns
}

// next reads a record and answers how many lines it has.
func (p *plainRecords) next() (lines int, ok bool) {
	p.cells = p.cells[:0]
	end := strings.IndexByte(p.text[p.at:], '\n')
	if end < 0 {
		end = len(p.text) - p.at
	}
	record := p.text[p.at : p.at+end]
	if strings.IndexByte(record, '"') >= 0 {
		return p.quotedRecord()
	}
	p.at += end + 1
	if p.hasCR {
		record = strings.TrimSuffix(record, "\r")
		if strings.IndexByte(record, '\r') >= 0 {
			return 0, false
		}
	}
	for {
		i := strings.IndexByte(record, p.delim)
		if i < 0 {
			break
		}
		p.cells = append(p.cells, record[:i])
		record = record[i+1:]
	}
	p.cells = append(p.cells, record)
	return 1, len(p.cells) <= maxColumns
}

// quotedRecord reads a record that has quotes in its first line.
func (p *plainRecords) quotedRecord() (lines int, ok bool) {
	start := p.at
	for {
		size, ok := p.field(p.text[p.at:])
		if !ok || len(p.cells) > maxColumns {
			return 0, false
		}
		p.at += size
		rest := p.text[p.at:]
		if len(rest) > 0 && rest[0] == p.delim {
			p.at++
			continue
		}
		switch {
		case rest == "":
		case rest[0] == '\n':
			p.at++
		case strings.HasPrefix(rest, "\r\n"):
			p.at += 2
		default:
			return 0, false
		}
		return strings.Count(p.text[start:p.at], "\n"), true
	}
}

// field takes the field at the start of rest and answers its size; what follows it is not looked at.
func (p *plainRecords) field(rest string) (size int, ok bool) {
	if !strings.HasPrefix(rest, `"`) {
		for size < len(rest) && rest[size] != p.delim && rest[size] != '\n' && rest[size] != '\r' {
			if rest[size] == '"' {
				return 0, false
			}
			size++
		}
		p.cells = append(p.cells, rest[:size])
		return size, true
	}
	end, doubled := 1, false
	for {
		i := strings.IndexByte(rest[end:], '"')
		if i < 0 || end > maxQuoted {
			return 0, false
		}
		end += i + 1
		if end == len(rest) || rest[end] != '"' {
			break
		}
		doubled = true
		end++
	}
	cell := rest[1 : end-1]
	if doubled {
		cell = strings.ReplaceAll(cell, `""`, `"`)
	}
	if p.hasCR && strings.IndexByte(cell, '\r') >= 0 {
		if cell = strings.ReplaceAll(cell, "\r\n", "\n"); strings.IndexByte(cell, '\r') >= 0 {
			return 0, false
		}
	}
	p.cells = append(p.cells, cell)
	return end, true
}
