package ingest

import (
	"slices"

	"github.com/perfloop/perfloop/ingest/sheet"
)

// calibrated makes a second plan of a sheet of appraisals: the calibrations that stand beside them (自评分 上级评分
// 校准后评分) in a column that appraisals have no use for. Rows without a calibrated rating are none of its business.
func (d *detector) calibrated(p *plan) *plan {
	if p.Kind != "appraisal" || len(d.candidates()) == 1 {
		return nil
	}
	at := slices.IndexFunc(d.rows, func(row sheet.Row) bool { return row.Line == p.HeaderLine })
	k := dictionary().kind("calibration")
	g := d.try(k, d.rows[at])
	if g.lacks != "" {
		return nil
	}
	second := &plan{Sheet: p.Sheet, Kind: k.Name, HeaderLine: p.HeaderLine, Columns: g.columns, Constants: map[string]string{}, Optional: true,
		SkipHidden: p.SkipHidden}
	result := second.column("to_score")
	if result == nil {
		result = second.column("to_label")
	}
	unused := slices.IndexFunc(p.Columns, func(c planColumn) bool { return result != nil && c.Index == result.Index && c.Field == "" })
	if unused < 0 {
		return nil
	}
	for i := range p.Columns {
		isHere := slices.ContainsFunc(second.Columns, func(c planColumn) bool { return c.Index == p.Columns[i].Index && c.Field != "" })
		if p.Columns[i].Field == "" && isHere {
			p.Columns[i].Why = asCalibration
		}
	}
	d.settleHints(second, k)
	return second
}

// optionalBlank says whether a row of a second plan has nothing for it.
func (c *converter) optionalBlank(cells []string) bool {
	if !c.plan.Optional {
		return false
	}
	for _, name := range []string{"to_score", "to_label"} {
		if !c.dict.isNothing(c.cellOf(cells, name)) {
			return false
		}
	}
	return true
}
