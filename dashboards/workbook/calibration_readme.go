package workbook

import "fmt"

// The paragraphs of the read-me sheet, by the end of their keys.
const readMeSteps = 6

func definedTerms() []string {
	return []string{
		"attainment", "measured_share", "self_label", "original_label", "current_label", "attainment_change",
		"guideline_count", "difference", "changed",
	}
}

// writeReadMe says how the book is used and what its figures mean.
func (cb *calibrationBook) writeReadMe() error {
	sheet := cb.t("sheet.read_me")
	if err := cb.printWide(sheet); err != nil {
		return err
	}
	if err := cb.foot(sheet); err != nil {
		return err
	}
	g, err := cb.grid(sheet, []float64{30, 108})
	if err != nil {
		return err
	}
	if err := cb.writeHead(g, cb.t("read_me.title"), cb.t("note.read_me")); err != nil {
		return err
	}
	if err := cb.writeSteps(g); err != nil {
		return err
	}
	if err := cb.writeTerms(g); err != nil {
		return err
	}
	return g.stream.Flush()
}

func (cb *calibrationBook) writeSteps(g *grid) error {
	if err := g.write(cell{value: cb.t("read_me.how"), look: look{kind: lookHeader}}, cell{look: look{kind: lookHeader}}); err != nil {
		return err
	}
	for n := 1; n <= readMeSteps; n++ {
		step := cb.t(fmt.Sprintf("read_me.step_%d", n), "calibrated", cb.t("people.calibrated_label"), "reason", cb.t("people.reason"),
			"to_do", cb.t("people.to_do"), "distribution", cb.t("sheet.distribution"), "calibration", cb.t("sheet.calibration"))
		if err := cb.writeParagraph(g, fmt.Sprint(n), step); err != nil {
			return err
		}
	}
	return g.write()
}

func (cb *calibrationBook) writeTerms(g *grid) error {
	if err := g.write(cell{value: cb.t("read_me.terms"), look: look{kind: lookHeader}}, cell{look: look{kind: lookHeader}}); err != nil {
		return err
	}
	for _, term := range definedTerms() {
		name := cb.t("people." + term)
		if key := "distribution." + term; cb.words.Has("workbook." + key) {
			name = cb.t(key)
		}
		if err := cb.writeParagraph(g, name, cb.t("term."+term)); err != nil {
			return err
		}
	}
	return nil
}

func (cb *calibrationBook) writeParagraph(g *grid, name, text string) error {
	body := look{format: "@", isWrap: true}
	return g.write(cell{value: name, look: body}, cell{value: text, look: body})
}
