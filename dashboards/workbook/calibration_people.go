package workbook

import (
	"fmt"

	"github.com/xuri/excelize/v2"
)

const (
	calibrationHeaderRow = 5
	frozenPeopleColumns  = 2 // who it is stays in sight
)

// The columns of the people sheet that formulas speak of.
const (
	originalColumn   = "K"
	currentColumn    = "L"
	calibratedColumn = "O"
	reasonColumn     = "P"
	changedColumn    = "Q"
	toDoColumn       = "R"
)

// personColumn is a column of the people sheet: its words, width and look, and what stands in it.
type personColumn struct {
	key   string
	width float64
	look  look
	value func(p record) any // nil: filled by formula
}

func (cb *calibrationBook) personColumns() []personColumn {
	text, name := look{format: "@"}, look{format: "@", isWrap: true}
	label := look{format: "@", isCentre: true, isWrap: true}
	number := func(format string) look { return look{format: format, isRight: true} }
	wide := cb.data.labels.width()
	of := func(column string) func(record) any { return func(p record) any { return p.value(column) } }
	labelOf := func(column string) func(record) any {
		return func(p record) any { return textOrNil(cb.data.labels.show(p.text(column))) }
	}
	return []personColumn{
		{"employee_id", 11, text, of("employee_id")},
		{"employee_name", 17, name, of("employee_name")},
		{"unit", 18, name, of("unit")},
		{"position", 18, name, of("position")},
		{"grade", 8, look{format: "@", isCentre: true}, of("grade")},
		{"manager_name", 17, name, of("manager_name")},
		{"goal_count", 8, number(numberFormats["count"]), of("goal_count")},
		{"attainment", 12, number(numberFormats["share"]), of("attainment")},
		{"measured_share", 12, number(numberFormats["share"]), of("measured_share")},
		{"self_label", wide, label, labelOf("self_label")},
		{"original_label", wide, label, labelOf("original_label")},
		{"current_label", wide, label, labelOf("current_label")},
		{"previous_label", wide, label, cb.previousLabel},
		{"attainment_change", 13, number("+0.0;-0.0;0.0"), changeInPoints},
		{"calibrated_label", wide + 2, look{format: "@", isInput: true, isCentre: true, isWrap: true}, func(record) any { return nil }},
		{"reason", 32, look{format: "@", isInput: true, isWrap: true}, func(record) any { return nil }},
		{"changed", 10, look{isWeak: true, isCentre: true}, nil},
		{"to_do", 17, look{kind: lookWarning}, nil},
	}
}

// previousLabel is shown in the words of the scale it was given on.
func (cb *calibrationBook) previousLabel(p record) any {
	return textOrNil(labelText(p.text("previous_label"), p.text("previous_label_en"), p.text("previous_label_zh"), cb.words.Lang))
}

// changeInPoints is a difference of shares times 100, as people say it.
func changeInPoints(p record) any {
	if change, ok := p.value("attainment_change_points").(float64); ok {
		return change * 100
	}
	return nil
}

func textOrNil(text string) any {
	if text == "" {
		return nil
	}
	return text
}

func (cb *calibrationBook) writePeople() error {
	sheet := cb.t("sheet.calibration")
	columns := cb.personColumns()
	if err := cb.setUpPeople(sheet); err != nil {
		return err
	}
	widths := make([]float64, len(columns))
	for i, c := range columns {
		widths[i] = c.width
	}
	g, err := cb.grid(sheet, widths)
	if err != nil {
		return err
	}
	if err := cb.writeHead(g, cb.title(), cb.t("note.calibration", "column", cb.t("people.calibrated_label"))); err != nil {
		return err
	}
	headings := make([]cell, len(columns))
	for i, c := range columns {
		headings[i] = cell{value: cb.t("people." + c.key), look: c.look.heading()}
	}
	if err := g.write(headings...); err != nil {
		return err
	}
	for _, values := range cb.data.people.Rows {
		if err := g.write(cb.personCells(columns, record{cb.data.people, values}, g.row+1)...); err != nil {
			return err
		}
	}
	return g.finishTable(calibrationHeaderRow, len(columns))
}

func (cb *calibrationBook) personCells(columns []personColumn, p record, row int) []cell {
	cells := make([]cell, len(columns))
	for i, c := range columns {
		cells[i].look = c.look
		switch {
		case c.key == "changed":
			cells[i].value, cells[i].formula = cb.t("no"), cb.changedFormula(row)
		case c.key == "to_do":
			cells[i].value, cells[i].formula = "", cb.toDoFormula(row)
		default:
			cells[i].value = c.value(p)
		}
	}
	return cells
}

// changedFormula says whether the label chosen is another than the current one.
func (cb *calibrationBook) changedFormula(row int) string {
	return fmt.Sprintf(`IF(AND(%[1]s%[3]d&""<>"",%[1]s%[3]d&""<>%[2]s%[3]d&""),%[4]s,%[5]s)`,
		calibratedColumn, currentColumn, row, formulaText(cb.t("yes")), formulaText(cb.t("no")))
}

// toDoFormula names what a row still lacks: a label of the scale, or the reason for a change.
func (cb *calibrationBook) toDoFormula(row int) string {
	return fmt.Sprintf(`IF(AND(%[1]s%[5]d&""<>"",SUMPRODUCT(--(%[4]s&""=%[1]s%[5]d&""))=0),%[6]s,IF(AND(%[3]s%[5]d=%[8]s,TRIM(%[2]s%[5]d&"")=""),%[7]s,""))`,
		calibratedColumn, reasonColumn, changedColumn, cb.scaleRange(), row,
		formulaText(cb.t("to_do.not_on_scale")), formulaText(cb.t("to_do.reason_missing")), formulaText(cb.t("yes")))
}

// setUpPeople sets everything about the sheet that is not a row. Excelize's stream writes it around the rows.
func (cb *calibrationBook) setUpPeople(sheet string) error {
	if err := cb.setUpTable(sheet, calibrationHeaderRow, frozenPeopleColumns); err != nil {
		return err
	}
	if err := cb.foot(sheet); err != nil {
		return err
	}
	if err := cb.offerLabels(sheet); err != nil {
		return err
	}
	return cb.markChanges(sheet)
}

// offerLabels makes the drop-down: one for the whole column, its labels those of the distribution sheet.
func (cb *calibrationBook) offerLabels(sheet string) error {
	v := excelize.NewDataValidation(true)
	v.SetSqref(cb.peopleRange(calibratedColumn, false))
	v.SetSqrefDropList(cb.scaleRange())
	v.SetError(excelize.DataValidationErrorStyleStop, cb.t("choice.wrong"), cb.t("choice.wrong_text"))
	v.SetInput(cb.t("choice.title"), cb.t("choice.text"))
	return cb.file.AddDataValidation(sheet, v)
}

// markChanges tints the rows whose label changes; the column "changed" says the same in words.
func (cb *calibrationBook) markChanges(sheet string) error {
	tint, err := cb.file.NewConditionalStyle(&excelize.Style{Fill: solid("FFE3B0")})
	if err != nil {
		return err
	}
	strong, err := cb.file.NewConditionalStyle(&excelize.Style{Font: &excelize.Font{Bold: true, Color: ink}, Fill: solid("FFE3B0")})
	if err != nil {
		return err
	}
	first := calibrationHeaderRow + 1
	changed := fmt.Sprintf("$%s%d=%s", changedColumn, first, formulaText(cb.t("yes")))
	last := cb.lastPersonRow()
	for _, part := range []struct {
		from, to string
		style    int
	}{{changedColumn, changedColumn, strong}, {"A", reasonColumn, tint}} {
		err := cb.file.SetConditionalFormat(sheet, fmt.Sprintf("%s%d:%s%d", part.from, first, part.to, last),
			[]excelize.ConditionalFormatOptions{{Type: "formula", Criteria: changed, Format: &part.style}})
		if err != nil {
			return err
		}
	}
	return nil
}

func (cb *calibrationBook) lastPersonRow() int {
	return calibrationHeaderRow + len(cb.data.people.Rows)
}

// peopleRange is a column of the people, with the sheet's name for formulas of other sheets.
func (cb *calibrationBook) peopleRange(column string, isElsewhere bool) string {
	cells := fmt.Sprintf("$%s$%d:$%s$%d", column, calibrationHeaderRow+1, column, cb.lastPersonRow())
	if isElsewhere {
		return quoted(cb.t("sheet.calibration")) + "!" + cells
	}
	return cells
}

// formulaText is a text inside a formula.
func formulaText(text string) string {
	quotedText := `"`
	for _, r := range text {
		if r == '"' {
			quotedText += `"`
		}
		quotedText += string(r)
	}
	return quotedText + `"`
}
