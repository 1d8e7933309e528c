package ingest

import (
	"errors"
	"slices"
	"strings"

	"github.com/perfloop/perfloop/ingest/sheet"
)

// isNothing says whether a cell states nothing: it is blank, a dash, N/A, 暂无 and the like.
func (b *book) isNothing(cell string) bool {
	if len(cell) > 64 || cell != "" && cell[0] >= '0' && cell[0] <= '9' { // no such word opens with a digit
		return false
	}
	folded := foldText(cell)
	return folded == "" || b.nothings[folded] ||
		slices.ContainsFunc(b.nothingOpenings, func(words string) bool { return strings.HasPrefix(folded, words+" ") })
}

// isAbsence says whether a cell says why there is no number or rating: somebody was on leave, 请假.
func (b *book) isAbsence(cell string) bool {
	return len(cell) <= 64 && cell != "" && b.absences[foldText(cell)]
}

// absent is the finding about a cell that isAbsence.
func (r *reader) absent(cell string) *Problem {
	return &Problem{Severity: Finding, Key: "absence_for_value", Field: r.Field, Header: r.Header, Cell: cell}
}

// isNoName is isNothing for names and ids, where na and none may be somebody.
func (b *book) isNoName(cell string) bool {
	if len(cell) > 64 {
		return false
	}
	folded := foldText(cell)
	return folded == "" || b.symbols[folded]
}

// isRowFault says whether a sheet's error is about one row, so that the rows after it can be read.
func isRowFault(err error) bool {
	var fault *sheet.Error
	return errors.As(err, &fault) && fault.IsOfRow
}
