package workbook

import (
	"fmt"
	"math"
	"sort"

	"github.com/xuri/excelize/v2"
)

const distributionHeaderRow = 5

func (cb *calibrationBook) scaleRange() string {
	return fmt.Sprintf("%s!$A$%d:$A$%d", quoted(cb.t("sheet.distribution")), distributionHeaderRow+1, cb.lastLabelRow())
}

func (cb *calibrationBook) lastLabelRow() int {
	return distributionHeaderRow + len(cb.data.distribution.Rows)
}

// writeDistribution writes one row per label, the highest first, and the total. What is counted is counted by formula,
// so that it follows the choices made in the people sheet; the values beside the formulas are those at the export.
func (cb *calibrationBook) writeDistribution() error {
	sheet := cb.t("sheet.distribution")
	if err := cb.setUpTable(sheet, distributionHeaderRow, 1); err != nil {
		return err
	}
	if err := cb.foot(sheet); err != nil {
		return err
	}
	if err := cb.drawDistribution(sheet); err != nil {
		return err
	}
	g, err := cb.grid(sheet, []float64{24, 13, 13, 16, 13, 13, 20})
	if err != nil {
		return err
	}
	if err := cb.writeHead(g, cb.t("distribution.title"), cb.t("note.distribution")); err != nil {
		return err
	}
	headings := []cell{{value: cb.t("distribution.label"), look: look{kind: lookHeader}}}
	for _, key := range []string{"guideline_share", "guideline_count", "original_count", "current_count", "current_share", "difference"} {
		headings = append(headings, cell{value: cb.t("distribution." + key), look: look{kind: lookHeader, isRight: true}})
	}
	if err := g.write(headings...); err != nil {
		return err
	}
	for i, counted := range cb.countLabels() {
		if err := g.write(cb.labelCells(counted, distributionHeaderRow+1+i)...); err != nil {
			return err
		}
	}
	if err := g.write(cb.totalCells()...); err != nil {
		return err
	}
	return g.stream.Flush()
}

// labelCount is a row of the distribution with its values at the time of the export.
type labelCount struct {
	label             string
	guideline         any // float64; nil: none
	expected          int // people, by the guideline
	original, current int
	currentShare      float64
}

func (cb *calibrationBook) countLabels() []labelCount {
	rows := make([]labelCount, len(cb.data.distribution.Rows))
	total := 0
	shares := make([]float64, len(rows))
	for i, values := range cb.data.distribution.Rows {
		row := record{cb.data.distribution, values}
		rows[i] = labelCount{
			label: cb.data.labels.show(row.text("code")), guideline: row.value("guideline_share"),
			original: row.count("original_count"), current: row.count("current_count"),
		}
		total += rows[i].current
		shares[i], _ = rows[i].guideline.(float64)
	}
	for i, expected := range apportion(shares, total) {
		rows[i].expected = expected
		if total > 0 {
			rows[i].currentShare = float64(rows[i].current) / float64(total)
		}
	}
	return rows
}

// apportion gives each share its whole people of n, and the people left over to the largest remainders, so that the
// parts add up to what the shares together make of n.
func apportion(shares []float64, n int) []int {
	parts := make([]int, len(shares))
	rest := make([]float64, len(shares))
	sum, given := 0.0, 0
	for i, share := range shares {
		exact := roundTo6(share * float64(n))
		parts[i] = int(exact)
		rest[i] = roundTo6(exact - math.Floor(exact))
		sum += share
		given += parts[i]
	}
	order := make([]int, len(shares))
	for i := range order {
		order[i] = i
	}
	sort.SliceStable(order, func(a, b int) bool { return rest[order[a]] > rest[order[b]] })
	left := int(math.Round(sum*float64(n))) - given
	for _, i := range order[:max(0, min(left, len(order)))] {
		parts[i]++
	}
	return parts
}

func roundTo6(x float64) float64 { return math.Round(x*1e6) / 1e6 }

func (cb *calibrationBook) labelCells(c labelCount, row int) []cell {
	share, count := look{format: numberFormats["share"]}, look{format: numberFormats["count"]}
	strong := look{format: "+0;-0;0"}
	original, current, calibrated := cb.peopleRange(originalColumn, true), cb.peopleRange(currentColumn, true), cb.peopleRange(calibratedColumn, true)
	cells := []cell{
		{value: c.label, look: look{format: "@"}},
		{value: c.guideline, look: share},
		{look: count},
		{value: c.original, look: count, formula: fmt.Sprintf(`SUMPRODUCT(--(%s&""=$A%d&""))`, original, row)},
		// the label chosen, else the current one; compared as text and in full, so that a label such as A* or 5 counts rightly
		{value: c.current, look: count, formula: fmt.Sprintf(`SUMPRODUCT((%[1]s&""=$A%[3]d&"")+(%[1]s&""="")*(%[2]s&""=$A%[3]d&""))`, calibrated, current, row)},
		{value: c.currentShare, look: share, formula: fmt.Sprintf(`IF($E$%[2]d=0,0,E%[1]d/$E$%[2]d)`, row, cb.lastLabelRow()+1)},
		{look: strong},
	}
	if c.guideline != nil {
		cells[2].value, cells[2].formula = c.expected, cb.apportionFormula(row)
		cells[6].value, cells[6].formula = c.current-c.expected, fmt.Sprintf("E%[1]d-C%[1]d", row)
	}
	return cells
}

// apportionFormula is apportion as a formula: whole people, and one more where fewer labels have a larger remainder than
// there are people left over.
func (cb *calibrationBook) apportionFormula(row int) string {
	first, last := distributionHeaderRow+1, cb.lastLabelRow()
	shares := fmt.Sprintf("$B$%d:$B$%d", first, last)
	people := fmt.Sprintf("ROUND(%s*$E$%d,6)", shares, last+1)
	rests := fmt.Sprintf("ROUND(%[1]s-INT(%[1]s),6)", people)
	own := fmt.Sprintf("ROUND($B%d*$E$%d,6)", row, last+1)
	rest := fmt.Sprintf("ROUND(%[1]s-INT(%[1]s),6)", own)
	return fmt.Sprintf("INT(%s)+IF(SUMPRODUCT((%s>%s)+(%s=%s)*(ROW(%s)<ROW()))<ROUND(SUM(%s)*$E$%d,0)-SUMPRODUCT(INT(%s)),1,0)",
		own, rests, rest, rests, rest, shares, shares, last+1, people)
}

func (cb *calibrationBook) totalCells() []cell {
	first, last := distributionHeaderRow+1, cb.lastLabelRow()
	var guideline, share float64
	var expected, original, current int
	for _, c := range cb.countLabels() {
		part, _ := c.guideline.(float64)
		guideline += part
		expected += c.expected
		original += c.original
		current += c.current
		share += c.currentShare
	}
	total := func(column string, value any, format string) cell {
		return cell{value: value, formula: fmt.Sprintf("SUM(%[1]s%[2]d:%[1]s%[3]d)", column, first, last), look: look{kind: lookTotal, format: format}}
	}
	return []cell{
		{value: cb.t("distribution.total"), look: look{kind: lookTotal}},
		total("B", guideline, numberFormats["share"]),
		total("C", expected, numberFormats["count"]),
		total("D", original, numberFormats["count"]),
		total("E", current, numberFormats["count"]),
		total("F", share, numberFormats["share"]),
		{look: look{kind: lookTotal}},
	}
}

// drawDistribution draws the shares as bars and the guideline as marks over them.
func (cb *calibrationBook) drawDistribution(sheet string) error {
	series := func(column, colour string) excelize.ChartSeries {
		cells := func(of string) string {
			return fmt.Sprintf("%s!$%s$%d:$%s$%d", quoted(sheet), of, distributionHeaderRow+1, of, cb.lastLabelRow())
		}
		return excelize.ChartSeries{
			Name:       fmt.Sprintf("%s!$%s$%d", quoted(sheet), column, distributionHeaderRow),
			Categories: cells("A"), Values: cells(column), Fill: solid(colour),
		}
	}
	gap := uint(60)
	font := excelize.Font{Size: 9, Color: secondary}
	labelAxis := excelize.ChartAxis{Font: font}
	shareAxis := excelize.ChartAxis{Font: font, MajorGridLines: true, Minimum: new(float64), NumFmt: excelize.ChartNumFmt{CustomNumFmt: "0%"}}
	bars := &excelize.Chart{
		Type: excelize.Col, Series: []excelize.ChartSeries{series("F", accent)}, GapWidth: &gap,
		Title:     excelize.ChartTitle{Paragraph: []excelize.RichTextRun{{Text: cb.t("distribution.chart"), Font: &excelize.Font{Size: 12, Color: ink}}}},
		Legend:    excelize.ChartLegend{Position: "bottom"},
		Dimension: excelize.ChartDimension{Width: 760, Height: 320},
		XAxis:     labelAxis, YAxis: shareAxis,
	}
	marks := series("B", ink)
	marks.Line = excelize.LineOptions{Type: excelize.LineNone}
	marks.Marker = excelize.ChartMarker{Symbol: "dash", Size: 20, Fill: solid(ink), Border: excelize.LineOptions{Type: excelize.LineSolid, Fill: solid(ink)}}
	at := fmt.Sprintf("A%d", cb.lastLabelRow()+4)
	return cb.file.AddChart(sheet, at, bars, &excelize.Chart{ // of two charts in one, the axes of the last are drawn
		Type: excelize.Line, Series: []excelize.ChartSeries{marks}, XAxis: labelAxis, YAxis: shareAxis,
	})
}
