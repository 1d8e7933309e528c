package sheet

import "bytes"

// simpleCells takes the cells at the start of b that are written as nearly all are, <c r="B7" s="3" t="s"><v>12</v></c>,
// after the cell in column. It answers how much of b they are and the column of the last: anything else is
// left to the scanner, from there on.
func (r *cellReader) simpleCells(b []byte, column int) (taken, last int, err error) {
	for {
		c, size := simpleCell(b[taken:], column)
		if size == 0 {
			return taken, column, nil
		}
		taken, column = taken+size, c.column
		if err := r.keep(column, c.kind, c.style, c.value); err != nil {
			return taken, column, err
		}
	}
}

type simple struct {
	column, kind, style int
	value               []byte
}

// simpleCell reads a cell and answers its size, 0 if it is not a simple one or not whole.
func simpleCell(b []byte, before int) (c simple, size int) {
	rest, ok := bytes.CutPrefix(b, []byte("<c"))
	if !ok {
		return c, 0
	}
	c.column = before + 1
	if rest, ok = c.attributes(rest); !ok {
		return c, 0
	}
	open, closing := "<v>", "</v></c>"
	switch {
	case bytes.HasPrefix(rest, []byte("/>")):
		return c, len(b) - len(rest) + 2
	case c.kind == typeText && bytes.HasPrefix(rest, []byte("><is>")):
		open, closing = "<is><t>", "</t></is></c>"
	}
	if rest, ok = bytes.CutPrefix(rest[1:], []byte(open)); !ok {
		return c, 0
	}
	end := textEnd(rest)
	if end < 0 || !bytes.HasPrefix(rest[end:], []byte(closing)) {
		return c, 0
	}
	c.value = rest[:end]
	return c, len(b) - len(rest) + end + len(closing)
}

// textEnd is where the tag after a text starts, -1 if the text has an entity or the tag is not there.
func textEnd(b []byte) int {
	for i, c := range b {
		if c == '<' {
			return i
		}
		if c == '&' {
			return -1
		}
	}
	return -1
}

// attributes reads r, s and t up to the end of the tag, which it leaves. Others are not simple.
func (c *simple) attributes(b []byte) (rest []byte, ok bool) {
	for len(b) > 5 && b[0] == ' ' && b[2] == '=' && b[3] == '"' {
		name, value := b[1], b[4:]
		end := bytes.IndexByte(value[:min(len(value), 16)], '"')
		if end <= 0 {
			return b, false
		}
		b, value = value[end+1:], value[:end]
		switch name {
		case 'r':
			c.column, ok = simpleColumn(value)
		case 's':
			c.style, ok = digitsOf(value)
		case 't':
			c.kind, ok = cellType(value), true
		default:
			ok = false
		}
		if !ok {
			return b, false
		}
	}
	return b, len(b) > 1 && (b[0] == '>' || b[0] == '/' && b[1] == '>')
}

// simpleColumn reads a reference as B7 or AB12.
func simpleColumn(ref []byte) (int, bool) {
	column, letters := -1, 0
	for letters < len(ref) && 'A' <= ref[letters] && ref[letters] <= 'Z' {
		column = (column+1)*26 + int(ref[letters]-'A')
		letters++
	}
	ok := 0 < letters && letters <= 3 && column < maxColumns && allDigits(ref[letters:])
	return column, ok
}

// digitsOf reads up to nine digits.
func digitsOf(b []byte) (n int, ok bool) {
	for _, d := range b {
		if !isDigit(d) {
			return 0, false
		}
		n = n*10 + int(d-'0')
	}
	return n, 0 < len(b) && len(b) <= 9
}
