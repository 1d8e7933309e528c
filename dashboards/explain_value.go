package dashboards

import (
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/perfloop/perfloop/analytics"
)

// valueInWords puts an explanation into the reader's words.
func valueInWords(r *request, x *analytics.Explanation) valuePage {
	v := valuePage{Model: x.Mart, IsTop: true}
	v.Column = columnInWords(r, analytics.Answered{Name: x.Column, Meaning: x.Meaning, Unit: x.Unit, Formulas: x.Formulas})
	v.Value = say(r.Words, analytics.Column{Name: x.Column, Unit: x.Unit}, x.Value)
	if code, ok := x.Reason.(string); ok && x.Value == nil {
		v.Reason = r.Words.T("reason." + code)
	}
	v.Key = factsOf(r, x.Key)
	for _, setting := range x.Settings {
		v.Settings = append(v.Settings, Param{Name: setting.Name, Value: strings.TrimSpace(plain(r, setting.Name, setting.Value) + "  " + setting.Said.In(r.Words.Lang))})
	}
	v.Sources = sourcesInWords(r, x.Sources)
	v.Inputs = inputsInWords(r, x.Inputs)
	return v
}

func inputsInWords(r *request, inputs []analytics.Input) []explainedInput {
	var all []explainedInput
	for _, in := range inputs {
		e := explainedInput{Title: r.Words.T("explain.input", "table", in.Table, "count", in.Count, "columns", strings.Join(in.Columns, ", "))}
		for _, row := range in.Rows {
			e.Rows = append(e.Rows, explainedRow{Words: r.Words, Facts: factsOf(r, row.Values), Sources: sourcesInWords(r, row.Sources), Inputs: inputsInWords(r, row.Inputs)})
		}
		if more := in.Count - int64(len(in.Rows)); more > 0 {
			e.More = r.Words.T("explained.more", "count", more)
		}
		all = append(all, e)
	}
	return all
}

func sourcesInWords(r *request, sources []analytics.Source) []traceVersion {
	var all []traceVersion
	for _, source := range sources {
		v := traceVersion{File: source.File, Sheet: source.Sheet, Line: strconv.FormatInt(source.Line, 10), IsCurrent: source.IsCurrent,
			Imported: r.Words.Value(source.ImportedAt, "time"), Facts: factsOf(r, source.Values)}
		if source.File != "" {
			v.Import = importURL(strconv.FormatInt(source.ImportID, 10))
		}
		all = append(all, v)
	}
	return all
}

// factsOf are the values of a row that holds any, by name.
func factsOf(r *request, values map[string]any) []Param {
	var facts []Param
	for _, name := range slices.Sorted(maps.Keys(values)) {
		if values[name] != nil {
			facts = append(facts, Param{Name: columnTitle(r.Words, name), Value: clip(plain(r, name, values[name]))})
		}
	}
	return facts
}

// plain writes a value whose unit only its column's name says.
func plain(r *request, name string, v any) string {
	return say(r.Words, analytics.Column{Name: name, Unit: analytics.UnitOf(name, v)}, v)
}
