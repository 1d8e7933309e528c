package dashboards

import (
	"fmt"
	"net/url"
	"slices"
	"strconv"

	"github.com/labstack/echo/v4"

	"github.com/perfloop/perfloop/ingest"
)

// correct takes what the form says of how the job's files are to be read: a mapping written by hand, else what was chosen.
// It says whether that is another way than they were checked.
func (s *server) correct(c echo.Context, j *job) (isNew bool, err error) {
	form, err := c.FormParams()
	if err != nil {
		return false, &UserError{Status: 400, Key: "error.bad_request"}
	}
	v := j.view()
	if v.IsRunning() || len(v.Reports) != len(v.Sources) {
		return false, nil
	}
	for i, report := range v.Reports {
		before := v.Sources[i].Mapping
		mapping, err := corrected(form, i, report, before)
		if err != nil {
			return false, mappingError(err)
		}
		if mapping != before {
			j.read(i, mapping)
			isNew = true
		}
	}
	return isNew, nil
}

// read sets the mapping of one of the job's files.
func (j *job) read(file int, m *ingest.Mapping) {
	j.mu.Lock()
	defer j.mu.Unlock()
	j.sources[file].Mapping = m
	j.isEdited = j.isEdited || m != nil
}

// corrected is the mapping of a file after the form; the one before where the form changes nothing.
func corrected(form url.Values, file int, report ingest.Report, before *ingest.Mapping) (*ingest.Mapping, error) {
	if form.Get("by_hand") == strconv.Itoa(file) {
		return ingest.ReadMapping([]byte(form.Get(fmt.Sprintf("yaml.%d", file))))
	}
	whole, isChanged := &ingest.Mapping{}, false
	for k, sheet := range report.Sheets {
		f := sheetForm{values: form, id: fmt.Sprintf("%d.%d", file, k), sheet: sheet}
		m, changed := f.mapping()
		isChanged = isChanged || changed
		if m != nil && (changed || before != nil) {
			whole.Sheets = append(whole.Sheets, m)
		}
	}
	switch {
	case !isChanged:
		return before, nil
	case len(whole.Sheets) == 0:
		return nil, nil
	}
	return whole, nil
}

// sheetForm is the part of a form that is about one table.
type sheetForm struct {
	values url.Values
	id     string
	sheet  ingest.SheetReport
}

// get is a field of the form, def where the form does not have it.
func (f sheetForm) get(name, def string) string {
	if !f.values.Has(name + "." + f.id) {
		return def
	}
	return f.values.Get(name + "." + f.id)
}

// mapping is how the table is to be read after the form, and whether that is another way than it was read.
func (f sheetForm) mapping() (m *ingest.Mapping, isChanged bool) {
	table := address(f.sheet)
	switch isOut := f.get("skip", "") != ""; {
	case f.sheet.IsLeftOut() && (isOut || !f.values.Has("left."+f.id)):
		return f.sheet.Mapping, false
	case f.sheet.IsLeftOut():
		return nil, true
	case isOut:
		table.Skip = true
		return &table, true
	}
	row, err := strconv.Atoi(f.get("row", ""))
	if err != nil || row < 1 {
		row = table.HeaderRow
	}
	kind := f.get("kind", f.sheet.Kind)
	if kind != f.sheet.Kind || row != table.HeaderRow {
		table.Kind, table.HeaderRow = kind, row
		return &table, true
	}
	if f.sheet.Mapping == nil {
		return nil, false
	}
	m = f.sheet.Mapping.Clone()
	for i, c := range f.sheet.Columns {
		column := sheetForm{values: f.values, id: fmt.Sprintf("%s.%d", f.id, i), sheet: f.sheet}
		isChanged = column.apply(m, c) || isChanged
	}
	return m, f.confirm(m) || isChanged
}

// confirm takes the word of somebody that a name is right for an id, or takes it back.
func (f sheetForm) confirm(m *ingest.Mapping) bool {
	if id := f.get("unconfirm", ""); id != "" {
		delete(m.Confirm, id)
		return true
	}
	chosen := f.get("confirm", "")
	isChanged := false
	for i, c := range f.sheet.Conflicts() {
		if chosen == "all" || chosen == strconv.Itoa(i) {
			m.Confirm[c.ID] = c.Name
			isChanged = true
		}
	}
	return isChanged
}

// address is a mapping that is about the table and says nothing of it yet. Tables without a header have at least their first line.
func address(sheet ingest.SheetReport) ingest.Mapping {
	if m := sheet.Mapping; m != nil {
		return ingest.Mapping{Sheet: sheet.Sheet, HeaderRow: m.HeaderRow, Form: m.Form, ColumnRange: m.ColumnRange}
	}
	return ingest.Mapping{Sheet: sheet.Sheet, HeaderRow: max(1, sheet.HeaderLine)}
}

// apply puts what was chosen for a column into the mapping, and says whether it is anything new.
func (f sheetForm) apply(m *ingest.Mapping, c ingest.Column) bool {
	field := f.get("field", c.Field)
	if field != c.Field {
		if c.Field != "" {
			delete(m.Columns, c.Field)
			delete(m.Letters, c.Field)
		}
		m.Ignore = slices.DeleteFunc(m.Ignore, func(header string) bool { return header == c.Header })
		if field == "" {
			m.Ignore = append(m.Ignore, c.Header)
		} else {
			m.Columns[field] = c.Header
			delete(m.Constants, field)
		}
		return true
	}
	switch how := f.get("how", ""); {
	case how == "MDY" || how == "DMY" || how == "YMD":
		isNew := m.DateOrders[field] != how
		m.DateOrders[field] = how
		return isNew
	case how == "1" || how == "100":
		whole, _ := strconv.Atoi(how)
		isNew := m.Percent[field] != whole
		m.Percent[field] = whole
		return isNew
	}
	return false
}
