package workbook

import (
	"fmt"
	"time"
)

// KeySheet is the hidden sheet that says what the book was made from, so that it can be compared with
// what is stored when it comes back. Its columns are record, key, value and shown:
//
//	book    format | cycle | unit | build | as_of | exported_at | lang | sheet | header_row   value
//	column  employee_id | calibrated_label | reason                                           the column's letter
//	label   the code      rank, 1 the highest                                                 the label as the book shows it
//	person  employee id   the code of the label at the export, "" for none                    the label as the book shows it
const KeySheet = "_perfloop"

// keyFormat is the version of the key sheet's layout.
const keyFormat = "1"

func (cb *calibrationBook) writeKeys() error {
	if err := cb.add(KeySheet); err != nil {
		return err
	}
	if err := cb.file.SetSheetVisible(KeySheet, false, true); err != nil {
		return err
	}
	g, err := cb.grid(KeySheet, nil)
	if err != nil {
		return err
	}
	for _, row := range cb.keyRows() {
		cells := make([]cell, len(row))
		for i, text := range row {
			cells[i] = cell{value: text, look: look{format: "@"}}
		}
		if err := g.write(cells...); err != nil {
			return err
		}
	}
	return g.stream.Flush()
}

func (cb *calibrationBook) keyRows() [][4]string {
	build := cb.data.people.Build
	rows := [][4]string{
		{"record", "key", "value", "shown"},
		{"book", "format", keyFormat, ""},
		{"book", "cycle", cb.data.head.text("cycle_id"), cb.data.head.text("cycle_name")},
		{"book", "unit", cb.data.head.text("unit_id"), cb.data.unitName(cb.words)},
		{"book", "build", fmt.Sprint(build.ID), ""},
		{"book", "as_of", build.AsOf.Format(time.DateOnly), ""},
		{"book", "exported_at", cb.data.exportedAt.Format(time.RFC3339), ""},
		{"book", "lang", cb.words.Lang, ""},
		{"book", "sheet", cb.t("sheet.calibration"), ""},
		{"book", "header_row", fmt.Sprint(calibrationHeaderRow), ""},
		{"column", "employee_id", "A", cb.t("people.employee_id")},
		{"column", "calibrated_label", calibratedColumn, cb.t("people.calibrated_label")},
		{"column", "reason", reasonColumn, cb.t("people.reason")},
	}
	for i, code := range cb.data.labels.codes {
		rows = append(rows, [4]string{"label", code, fmt.Sprint(i + 1), cb.data.labels.show(code)})
	}
	for _, values := range cb.data.people.Rows {
		p := record{cb.data.people, values}
		code := p.text("current_label")
		rows = append(rows, [4]string{"person", p.text("employee_id"), code, cb.data.labels.show(code)})
	}
	return rows
}
