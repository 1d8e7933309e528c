package ingest

import (
	"regexp"
	"slices"
	"strings"

	"github.com/perfloop/perfloop/ingest/sheet"
)

const sampleRows = 30 // rows that tell what the cells below a header look like

// sample is the first rows below a header.
type sample []sheet.Row

func (d *detector) sampleOf(h header) sample {
	if h.at >= len(d.rows) {
		return nil
	}
	first := d.firstData(h)
	return d.rows[first:min(len(d.rows), first+sampleRows)]
}

// stated are the cells of a column that say something.
func (s sample) stated(column int) []string {
	var cells []string
	for _, row := range s {
		if column < len(row.Cells) && !dictionary().isNothing(row.Cells[column]) {
			cells = append(cells, plain(row.Cells[column]))
		}
	}
	return cells
}

// most says whether seven of ten cells are of a kind.
func most(cells []string, is func(cell string) bool) bool {
	n := 0
	for _, c := range cells {
		if is(c) {
			n++
		}
	}
	return n > 0 && 10*n >= 7*len(cells)
}

// rated says whether a column looks like ratings: small numbers or words of a scale.
func (s sample) rated(column int) bool {
	return most(slices.DeleteFunc(s.stated(column), dictionary().isAbsence), func(cell string) bool {
		n, isNumber := dictionary().parseNumber(cell, false)
		return isNumber && n.value >= 0 && n.value <= 100 && n.unit == "" || dictionary().words["rating_word"][foldWord(cell)] != ""
	})
}

// figures says whether a column holds numbers, comparators and units included: a target, and no name of a thing.
func (s sample) figures(column int) bool {
	cells := slices.DeleteFunc(s.stated(column), func(cell string) bool {
		return dictionary().isAbsence(cell) || dictionary().isFormLabel(strings.TrimRight(cell, ":："))
	})
	return most(cells, func(cell string) bool {
		_, isNumber := dictionary().readNumber(cell, numberStyle{comparing: true})
		return isNumber
	})
}

// prose says whether a column holds sentences.
func (s sample) prose(column int) bool {
	return most(s.stated(column), func(cell string) bool { return len(strings.Fields(cell)) > 5 || len([]rune(cell)) > 30 })
}

var (
	idLike   = regexp.MustCompile(`^(?:[A-Za-z]{1,4}[-_]?\d{1,12}|\d{4,20}|[A-Z0-9]{2,8}-[A-Z0-9]{2,8}|[A-Z]{2,8}(?:-[A-Z0-9]{1,8}){2,3})$`)
	nameLike = regexp.MustCompile(`^(?:\p{Han}{2,4}|\p{Lu}\p{L}+(?:[ -]\p{Lu}[\p{L}.']*){1,3}|\p{Lu}[\p{L}']+, \p{Lu}[\p{L}. ]+)$`)
)

// ids says whether a column looks like ids: each row has one, letters with digits or long numbers.
func (s sample) ids(column int) bool {
	cells := s.stated(column)
	return len(cells) == len(s) && !slices.ContainsFunc(cells, func(cell string) bool { return !idLike.MatchString(cell) })
}

// numberedIDs says whether a column looks like ids that have digits: no name has.
func (s sample) numberedIDs(column int) bool {
	return len(s) > 0 && s.ids(column) && !slices.ContainsFunc(s.stated(column), func(cell string) bool { return !hasDigit(cell) })
}

// statuses says whether a column holds words of a status: green, at risk.
func (s sample) statuses(column int) bool {
	return most(s.stated(column), func(cell string) bool { return dictionary().words["goal_status"][foldWord(cell)] != "" })
}

// people says whether a column looks like names of people.
func (s sample) people(column int) bool {
	cells := s.stated(column)
	return len(cells) > 0 && 5*len(cells) >= 4*len(s) && !slices.ContainsFunc(cells, func(cell string) bool { return !nameLike.MatchString(cell) })
}

var clockLike = regexp.MustCompile(`^\(?(?:h+|m+|minutes?):(?:m+|s+|seconds?)(?::s+)?\)?$`)

// measures says whether a column holds units of measure.
func (s sample) measures(column int) bool {
	b := dictionary()
	return most(s.stated(column), func(cell string) bool {
		word := foldText(cell)
		return strings.HasSuffix(word, "%") || b.units[word] || b.currencies[word] || b.magnitudes[word] > 0 || clockLike.MatchString(word) ||
			slices.Contains([]string{"count", "number", "percent", "percentage", "ratio", "currency", "index"}, word)
	})
}
