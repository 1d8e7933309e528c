package workbook

import "math"

const goalsHeaderRow = 5

// goalColumn is a column of the goals sheet: the query's column, its width and how it is shown.
type goalColumn struct {
	name  string
	width float64
	look  look
	words string // where the value is one of ours, the words it is said with
}

func goalColumns() []goalColumn {
	text, wrapped := look{format: "@"}, look{format: "@", isWrap: true}
	share, number := look{format: numberFormats["share"], isRight: true}, look{isRight: true}
	beside := look{format: "@", isIndented: true}
	return []goalColumn{
		{name: "employee_id", width: 11, look: text},
		{name: "employee_name", width: 17, look: wrapped},
		{name: "unit", width: 18, look: wrapped},
		{name: "title", width: 46, look: wrapped},
		{name: "category", width: 16, look: wrapped},
		{name: "weight_share", width: 10, look: share},
		{name: "direction", width: 13, look: beside, words: "direction."},
		{name: "baseline", width: 13, look: number},
		{name: "target", width: 13, look: number},
		{name: "actual", width: 13, look: number},
		{name: "unit_of_measure", width: 12, look: beside},
		{name: "attainment", width: 12, look: share},
		{name: "status", width: 13, look: beside, words: "status."},
		{name: "last_check_in_on", width: 13, look: look{format: numberFormats["date"], isRight: true}},
	}
}

func (cb *calibrationBook) writeGoals() error {
	sheet := cb.t("sheet.goals")
	columns := goalColumns()
	if err := cb.setUpTable(sheet, goalsHeaderRow, frozenPeopleColumns); err != nil {
		return err
	}
	if err := cb.foot(sheet); err != nil {
		return err
	}
	widths := make([]float64, len(columns))
	headings := make([]cell, len(columns))
	for i, c := range columns {
		widths[i] = c.width
		headings[i] = cell{value: cb.t("goals." + c.name), look: c.look.heading()}
	}
	g, err := cb.grid(sheet, widths)
	if err != nil {
		return err
	}
	if err := cb.writeHead(g, cb.t("goals.title_of_sheet"), cb.t("note.goals")); err != nil {
		return err
	}
	if err := g.write(headings...); err != nil {
		return err
	}
	for _, values := range cb.data.goals.Rows {
		if err := g.write(cb.goalCells(columns, record{cb.data.goals, values})...); err != nil {
			return err
		}
	}
	return g.finishTable(goalsHeaderRow, len(columns))
}

func (cb *calibrationBook) goalCells(columns []goalColumn, goal record) []cell {
	cells := make([]cell, len(columns))
	for i, c := range columns {
		shown := dataCell(goal.value(c.name), "")
		cells[i] = cell{value: shown.value, look: c.look}
		if c.words != "" {
			cells[i].value = cb.said(c.words, goal.text(c.name))
		}
		if c.look == (look{isRight: true}) {
			cells[i].look.format = magnitudeFormat(shown.value)
		}
	}
	return cells
}

// said is one of our own values in words; one without words is shown as it is.
func (cb *calibrationBook) said(area, value string) any {
	if key := "workbook." + area + value; cb.words.Has(key) {
		return cb.words.T(key)
	}
	return textOrNil(value)
}

// magnitudeFormat shows a number of any unit: whole ones without decimals, others with two.
func magnitudeFormat(value any) string {
	if x, ok := value.(float64); ok && x != math.Trunc(x) {
		return "#,##0.00"
	}
	return "#,##0"
}
