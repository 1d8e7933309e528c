package workbook

import (
	"fmt"

	"github.com/xuri/excelize/v2"
)

// setUpTable freezes the headings and the first columns, and sets the sheet up for A4 paper on its side: as
// wide as the page, its headings on every page. It comes before the sheet's rows.
func (b *book) setUpTable(sheet string, headerRow, frozenColumns int) error {
	if err := b.freeze(sheet, headerRow, frozenColumns); err != nil {
		return err
	}
	if err := b.printWide(sheet); err != nil {
		return err
	}
	return b.file.SetDefinedName(&excelize.DefinedName{
		Name:     "_xlnm.Print_Titles",
		Scope:    sheet,
		RefersTo: fmt.Sprintf("%s!$%d:$%d", quoted(sheet), headerRow, headerRow),
	})
}

func (b *book) printWide(sheet string) error {
	fit := true
	if err := b.file.SetSheetProps(sheet, &excelize.SheetPropsOptions{FitToPage: &fit}); err != nil {
		return err
	}
	size, orientation, wide, high := 9, "landscape", 1, 0 // 9 is A4, 0 as many pages as it takes
	if err := b.file.SetPageLayout(sheet, &excelize.PageLayoutOptions{
		Size: &size, Orientation: &orientation, FitToWidth: &wide, FitToHeight: &high,
	}); err != nil {
		return err
	}
	left, right, top, bottom := 0.4, 0.4, 0.5, 0.6 // inches
	return b.file.SetPageMargins(sheet, &excelize.PageLayoutMarginsOptions{
		Left: &left, Right: &right, Top: &top, Bottom: &bottom,
	})
}

// freeze keeps the rows down to the headings and the first columns in sight.
func (b *book) freeze(sheet string, headerRow, columns int) error {
	corner, err := excelize.CoordinatesToCellName(columns+1, headerRow+1)
	if err != nil {
		return err
	}
	pane := "bottomLeft"
	if columns > 0 {
		pane = "bottomRight"
	}
	return b.file.SetPanes(sheet, &excelize.Panes{
		Freeze: true, XSplit: columns, YSplit: headerRow, TopLeftCell: corner, ActivePane: pane,
	})
}

// finishTable lets the headings filter and ends the sheet.
func (g *grid) finishTable(headerRow, columns int) error {
	if columns > 0 {
		if err := g.filter(headerRow, columns); err != nil {
			return err
		}
	}
	return g.stream.Flush()
}

func (g *grid) filter(headerRow, columns int) error {
	last, err := excelize.CoordinatesToCellName(columns, max(g.row, headerRow))
	if err != nil {
		return err
	}
	return g.book.file.AutoFilter(g.name, fmt.Sprintf("A%d:%s", headerRow, last), nil)
}

// quoted is a sheet's name as formulas need it.
func quoted(sheet string) string {
	text := "'"
	for _, r := range sheet {
		if r == '\'' {
			text += "'"
		}
		text += string(r)
	}
	return text + "'"
}
