package ingest

import "strings"

// names says whether the mapping gives the column to the field, by its header or by its letter.
func (m *Mapping) names(field string, c planColumn) bool {
	if header := m.Columns[field]; header != "" && c.Header != "" && foldWhole(header) == foldWhole(c.Header) {
		return true
	}
	return m.Letters[field] != "" && columnOf(m.Letters[field]) == c.Index
}

// letterOf is the letter by which spreadsheet programs name a column: A is the first.
func letterOf(column int) string {
	letters := ""
	for column++; column > 0; column = (column - 1) / 26 {
		letters = string(rune('A'+(column-1)%26)) + letters
	}
	return letters
}

// columnOf is the column of a letter, -1 for what is none.
func columnOf(letters string) int {
	column := 0
	for _, r := range strings.ToUpper(letters) {
		if r < 'A' || r > 'Z' || column > 1<<14 {
			return -1
		}
		column = column*26 + int(r-'A') + 1
	}
	return column - 1
}

// columnRange are the first and the last column that the mapping is about, if it names them.
func (m *Mapping) columnRange() (first, last int, ok bool) {
	from, to, found := strings.Cut(m.ColumnRange, ":")
	first, last = columnOf(strings.TrimSpace(from)), columnOf(strings.TrimSpace(to))
	return first, last, found && 0 <= first && first <= last
}

// isHeaderless says whether the mapping that was given names columns by their letters alone, of sheets without a header.
func (f *file) isHeaderless() bool {
	m := f.given()
	return m != nil && len(m.Letters) > 0 && len(m.Columns) == 0 && m.HeaderRow == 0
}

// headerless is the table of a sheet that starts with its first row of data.
func (d *detector) headerless() []table {
	h := header{top: -1, at: -1, labels: make([][]string, d.width)}
	best, _ := d.best([]header{h}, surroundings{})
	if best.kind == nil || best.lacks != "" || best.missingHeader() != "" {
		return nil
	}
	return []table{{guess: best, last: len(d.rows) - 1, below: len(d.rows) - 1}}
}
