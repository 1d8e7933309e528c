package sheet

import (
	"bytes"
	"io"
	"iter"
	"strings"
)

// dialect is how the fields of a text are told apart.
type dialect struct {
	delim   byte
	marked  bool // the first line, "sep=;", is for Excel and not a record
	wrapped bool // each line is one quoted field that holds the record
}

const (
	dialectRecords = 100
	delimiters     = ",;\t|^"
)

// detectDialect decides from the start of a text. A text without any delimiter has
// records of one field.
func detectDialect(head []byte) dialect {
	if delim, ok := declaredDelim(head); ok {
		return dialect{delim: delim, marked: true}
	}
	if inner := unwrapped(head); inner != nil {
		if delim, share := bestDelim(inner); share == 1 {
			return dialect{delim: delim, wrapped: true}
		}
	}
	delim, _ := bestDelim(head)
	return dialect{delim: delim}
}

// dialectWith is the dialect of a text whose delimiter is known.
func dialectWith(head []byte, delim byte) dialect {
	_, marked := declaredDelim(head)
	inner := unwrapped(head)
	share, columns := consistency(inner, delim)
	return dialect{delim: delim, marked: marked, wrapped: columns > 1 && share == 1}
}

// declaredDelim reads the first line by which a file tells Excel its delimiter.
func declaredDelim(head []byte) (byte, bool) {
	line, _, _ := bytes.Cut(head, []byte{'\n'})
	line = bytes.Trim(line, "\"\r")
	if len(line) == 5 && strings.EqualFold(string(line[:4]), "sep=") {
		return line[4], true
	}
	return 0, false
}

// bestDelim picks the delimiter that gives the most records the same number of
// fields, more fields being the better evidence and a rule without exception the best,
// and answers the share of those records.
func bestDelim(head []byte) (byte, float64) {
	best, bestShare, bestScore := byte(','), 0.0, 0.0
	for _, delim := range []byte(delimiters) {
		share, columns := consistency(head, delim)
		if columns < 2 || delim == ',' && onlyDecimal(head) && hasOther(head) {
			continue
		}
		score := share * (1 - 1/float64(columns))
		if share == 1 {
			score++
		}
		if score > bestScore {
			best, bestShare, bestScore = delim, share, score
		}
	}
	return best, bestShare
}

// consistency answers the most frequent number of fields above one, and the share of
// the records that have it.
func consistency(head []byte, delim byte) (share float64, columns int) {
	counts := map[int]int{}
	total := 0
	for cells := range headRecords(head, delim) {
		total++
		counts[len(cells)]++
	}
	for n, count := range counts {
		if n > 1 && (count > counts[columns] || count == counts[columns] && n > columns || columns == 0) {
			columns = n
		}
	}
	if total == 0 || columns == 0 {
		return 0, 0
	}
	return float64(counts[columns]) / float64(total), columns
}

// headRecords are the first records of head that hold anything.
func headRecords(head []byte, delim byte) iter.Seq[[]string] {
	return func(yield func([]string) bool) {
		r := newRecords(bytes.NewReader(head), delim)
		for range dialectRecords {
			_, cells, err := r.next()
			if err == io.EOF {
				return
			}
			if err == nil && !isBlankRow(cells) && !yield(cells) {
				return
			}
		}
	}
}

// onlyDecimal says that every comma stands between two digits, as in 1,5.
func onlyDecimal(head []byte) bool {
	found := false
	for i, b := range head {
		if b != ',' {
			continue
		}
		if i == 0 || i+1 == len(head) || !isDigit(head[i-1]) || !isDigit(head[i+1]) {
			return false
		}
		found = true
	}
	return found
}

func hasOther(head []byte) bool {
	for _, delim := range []byte(delimiters[1:]) {
		if share, _ := consistency(head, delim); share >= 0.5 {
			return true
		}
	}
	return false
}

// unwrapped answers the text inside the quotes if every line is one quoted field,
// and nil otherwise.
func unwrapped(head []byte) []byte {
	var inner []byte
	first := bytes.TrimLeft(head, "\r\n")
	if len(first) == 0 || first[0] != '"' {
		return nil
	}
	for cells := range headRecords(head, ',') {
		if len(cells) != 1 {
			return nil
		}
		inner = append(append(inner, cells[0]...), '\n')
	}
	return inner
}
