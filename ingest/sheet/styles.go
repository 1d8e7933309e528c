package sheet

import (
	"slices"
	"strings"
)

type stylesXML struct {
	Formats []struct {
		ID   int    `xml:"numFmtId,attr"`
		Code string `xml:"formatCode,attr"`
	} `xml:"numFmts>numFmt"`
	Cells []struct {
		Format int `xml:"numFmtId,attr"`
	} `xml:"cellXfs>xf"`
}

// readStyles loads what the number format of each cell style shows.
func (w *workbook) readStyles(part string) error {
	if w.parts[part] == nil {
		return nil
	}
	var x stylesXML
	if err := w.decode(part, &x); err != nil {
		return err
	}
	codes := map[int]string{}
	for _, f := range x.Formats {
		codes[f.ID] = f.Code
	}
	for _, c := range x.Cells {
		w.styles = append(w.styles, styleOf(c.Format, codes))
	}
	return nil
}

// style is the style of an index that a cell gives.
func (w *workbook) style(index int) ColumnStyle {
	if index < 0 || index >= len(w.styles) {
		return ColumnStyle{}
	}
	return w.styles[index]
}

// styleOf says what the number format of an id shows. codes are the file's own formats.
func styleOf(id int, codes map[int]string) ColumnStyle {
	if code, ok := codes[id]; ok {
		return formatStyle(code)
	}
	return builtInStyle(id)
}

// styleCounts counts the numbers of each column by their style; the majority wins.
type styleCounts []styleCount

type styleCount struct{ all, percents, dates int }

func (s *styleCounts) add(column int, style ColumnStyle) {
	for len(*s) <= column {
		*s = append(*s, styleCount{})
	}
	c := &(*s)[column]
	c.all++
	if style.IsPercent {
		c.percents++
	}
	if style.IsDate {
		c.dates++
	}
}

func (s styleCounts) columns() []ColumnStyle {
	styles := make([]ColumnStyle, len(s))
	for i, c := range s {
		styles[i] = ColumnStyle{IsPercent: 2*c.percents > c.all, IsDate: 2*c.dates > c.all}
	}
	return styles
}

// dateFormats are the ranges of built-in formats that show a date or a time, those
// of Chinese, Japanese, Korean and Thai programs included.
var dateFormats = [][2]int{{14, 22}, {27, 36}, {45, 47}, {50, 58}, {71, 81}}

func builtInStyle(id int) ColumnStyle {
	isDate := slices.ContainsFunc(dateFormats, func(r [2]int) bool { return r[0] <= id && id <= r[1] })
	return ColumnStyle{IsPercent: id == 9 || id == 10, IsDate: isDate}
}

// formatStyle reads the first section of a format code, the one for positive numbers.
func formatStyle(code string) ColumnStyle {
	symbols := formatSymbols(code)
	return ColumnStyle{
		IsPercent: strings.Contains(symbols, "%"),
		IsDate:    strings.ContainsAny(symbols, "ymdhs"),
	}
}

// formatSymbols leaves out of a format code what is shown as it stands, and colours,
// conditions and languages, which are in brackets. [h], the elapsed hours, stays.
func formatSymbols(code string) string {
	var out strings.Builder
	code = strings.ToLower(code)
	for i := 0; i < len(code); i++ {
		switch code[i] {
		case ';':
			return out.String()
		case '\\', '_', '*':
			i++
		case '"':
			i += max(0, strings.IndexByte(code[i+1:], '"')) + 1
		case '[':
			end := strings.IndexByte(code[i:], ']')
			if end < 0 {
				return out.String()
			}
			if inside := code[i+1 : i+end]; strings.Trim(inside, "hms") == "" {
				out.WriteString(inside)
			}
			i += end
		default:
			out.WriteByte(code[i])
		}
	}
	return strings.ReplaceAll(out.String(), "general", "")
}
