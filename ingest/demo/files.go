package demo

import (
	"iter"
	"slices"
	"strings"
)

// files lists every spreadsheet of the company in the order they are written.
func (c *company) files() []file {
	list := []file{c.employeeFile(), c.unitFile(), c.cycleFile(), c.ratingScaleFile(), c.guidelineFile()}
	for i := range c.cycles {
		list = append(list, c.goalFiles(i)...)
		list = append(list, c.planItemFile(i), c.checkInFile(i), c.conversationFile(i))
		if c.closed(c.cycles[i]) {
			list = append(list, c.appraisalFile(i))
		}
	}
	list = append(list, c.readingFiles()...)
	return append(list, c.calibrationFile(), c.improvementPlanFile(), c.incentiveFile())
}

// lang is the language of a file that would be written in preferred if people could choose.
func (c *company) lang(preferred string) string {
	if c.Lang == "both" {
		return preferred
	}
	return c.Lang
}

// turns gives every second file the other language.
func (c *company) turns(i int) string {
	return c.lang([]string{"en", "zh"}[i%2])
}

// fileName puts a name in the file's language before an ending.
func fileName(lang string, t text, rest string) string { return t.in(lang) + rest }

// total is the first word of a line below the rows that is no row.
func total(lang string) string { return text{"Total", "合计"}.in(lang) }

// cells names a cycle the way the nth file does: our label, a phrase, or year and half in two columns.
func (cy *cycle) cells(n int, lang string) (fields []string, cells []any) {
	phrase := text{"H1 ", "年上半年"}
	if cy.half == 2 {
		phrase = text{"H2 ", "年下半年"}
	}
	switch year := cy.label[:4]; {
	case n%3 == 1 && lang == "zh":
		return []string{"cycle"}, []any{year + phrase.zh}
	case n%3 == 1:
		return []string{"cycle"}, []any{phrase.en + year}
	case n%3 == 2 && lang == "zh":
		return []string{"year", "half"}, []any{year, strings.TrimPrefix(phrase.zh, "年")}
	case n%3 == 2:
		return []string{"year", "half"}, []any{year, strings.TrimSpace(phrase.en)}
	}
	return []string{"cycle"}, []any{cy.label}
}

// spoil yields rows and, behind the nth, a copy of it with other cells: the row that somebody left unfinished.
func spoil(rows iter.Seq[[]any], n int, edits map[int]any) iter.Seq[[]any] {
	return func(yield func([]any) bool) {
		i := 0
		for row := range rows {
			if i++; i != n {
				if !yield(row) {
					return
				}
				continue
			}
			copied := slices.Clone(row)
			for at, v := range edits {
				copied[at] = v
			}
			if !yield(row) || !yield(copied) {
				return
			}
		}
	}
}

// join makes one row of several parts.
func join(parts ...[]any) []any { return slices.Concat(parts...) }

// who are the cells that say whom a row is about.
func (e *entry) who() []any { return []any{e.p.id, e.p.name, e.post.unit.name} }

func whoFields() []string { return []string{"employee_id", "employee_name", "unit"} }
