package ingest

import (
	"slices"
	"strings"
)

// readLayout reads the words that tell what stands around data.
func (b *book) readLayout() {
	var words struct{ Totals, Overalls, Endings, Forms, Notes, Hints, Attributes, Values, Measures, Attendance, Paid, Payroll, Levels, Bounds []string }
	readYAML("layout", &words)
	b.totals, b.formLabels, b.fillHints = foldedSet(words.Totals), foldedSet(words.Forms), foldedSet(words.Hints)
	b.overalls = foldedSet(words.Overalls)
	b.attributeNames, b.valueNames, b.measures = foldedSet(words.Attributes), foldedSet(words.Values), foldedSet(words.Measures)
	b.attendance, b.paid, b.payroll = foldedSet(words.Attendance), foldedSet(words.Paid), foldedSet(words.Payroll)
	b.goalLevels, b.goalBounds = foldedSet(words.Levels), foldedSet(words.Bounds)
	b.endings, b.notes = foldAll(words.Endings), words.Notes
	b.labels = map[string]bool{}
	for _, k := range b.kinds {
		for key := range k.strong {
			b.labels[key] = true
		}
		for key := range k.weak {
			b.labels[key] = true
		}
	}
}

func foldedSet(words []string) map[string]bool {
	set := map[string]bool{}
	for _, w := range words {
		set[foldWhole(w)] = true
	}
	return set
}

// isLabel says whether a text is a header that some kind knows.
func (b *book) isLabel(text string) bool {
	whole := foldWhole(text)
	if b.labels[whole] {
		return true
	}
	if key := foldHeader(text); key != whole && b.labels[key] {
		return true
	}
	chinese, english, _ := languagesOf(text)
	return chinese != "" && b.labels[chinese] && b.labels[english]
}

// isTotal says whether a text alone says that its row sums up others.
func (b *book) isTotal(text string) bool {
	return len(text) < 48 && b.totals[foldWhole(text)]
}

// isOverall says whether a text names the sum of a form's scores.
func (b *book) isOverall(text string) bool {
	return len(text) < 48 && b.overalls[foldWhole(text)]
}

// endsAsTotal says whether a text names what a row sums up: 销售部小计, Sales total.
func (b *book) endsAsTotal(text string) bool {
	key := foldWhole(text)
	return slices.ContainsFunc(b.endings, func(e string) bool { return strings.HasSuffix(key, e) })
}

// opensAsTotal says whether a text that opens a short row counts others: Total employees, 合计人数.
func (b *book) opensAsTotal(text string) bool {
	key := foldWhole(text)
	return strings.HasPrefix(key, "total") || strings.HasPrefix(key, "合计") || strings.HasPrefix(key, "总计") || strings.HasPrefix(key, "共计")
}

// isNote says whether a text explains something.
func isNote(text string) bool {
	s := foldText(text)
	for _, mark := range dictionary().notes {
		rest, found := strings.CutPrefix(s, mark)
		if found && (rest == "" || strings.ContainsAny(rest[:1], ":.*※1234567890 ") || strings.HasPrefix(rest, "：")) {
			return true
		}
	}
	return false
}
