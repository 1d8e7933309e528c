package workbook

import (
	"errors"
	"fmt"
	"io"
	"math"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/xuri/excelize/v2"
)

// look is how a cell is shown; the zero look is plain text.
type look struct {
	format     string // number format; "@" is text
	kind       lookKind
	isInput    bool // the reader writes here
	isWeak     bool // in the secondary colour
	isCentre   bool
	isRight    bool
	isIndented bool // text beside a number to its left
	isWrap     bool
}

type lookKind int

const (
	lookBody lookKind = iota // a cell of a table, ruled below
	lookNote
	lookTitle
	lookHeader
	lookTotal
	lookWarning
)

// The colours of the light theme.
const (
	ink       = "1B2430"
	secondary = "55606E"
	line      = "DDE2E8"
	surface   = "EEF2F7"
	accent    = "1F5FBF"
	inputFill = "FFF9E8"
	inputHead = "F6E3B8"
	warning   = "C23B2A"
)

// book is a workbook being written and the styles made for it so far.
type book struct {
	file   *excelize.File
	font   string
	styles map[look]int
	sheets []string
}

// newBook begins a workbook whose texts are mostly in lang; "" is any language.
func newBook(lang string) *book {
	font := "Calibri"
	if lang == "zh" {
		font = "Microsoft YaHei"
	}
	return &book{file: excelize.NewFile(), font: font, styles: map[look]int{}}
}

// add makes a sheet; the first one replaces the sheet that every new file has.
func (b *book) add(name string) error {
	b.sheets = append(b.sheets, name)
	if len(b.sheets) == 1 {
		return b.file.SetSheetName(b.file.GetSheetName(0), name)
	}
	_, err := b.file.NewSheet(name)
	return err
}

// finish writes the workbook and closes it, also where before is an error, which it returns first.
func (b *book) finish(w io.Writer, before error) error {
	if before == nil {
		before = b.file.Write(w)
	}
	return errors.Join(before, b.file.Close())
}

// style makes the look's style once.
func (b *book) style(l look) (int, error) {
	if id, ok := b.styles[l]; ok {
		return id, nil
	}
	id, err := b.file.NewStyle(l.style(b.font))
	if err != nil {
		return 0, fmt.Errorf("make style: %w", err)
	}
	b.styles[l] = id
	return id, nil
}

func (l look) style(font string) *excelize.Style {
	s := &excelize.Style{
		Font:      &excelize.Font{Family: font, Size: 10, Color: ink},
		Alignment: &excelize.Alignment{Vertical: "top", WrapText: l.isWrap},
	}
	if l.format != "" {
		s.CustomNumFmt = &l.format
	}
	if l.isWeak {
		s.Font.Color = secondary
	}
	switch {
	case l.isCentre:
		s.Alignment.Horizontal = "center"
	case l.isRight:
		s.Alignment.Horizontal = "right"
	case l.isIndented:
		s.Alignment.Horizontal, s.Alignment.Indent = "left", 1
	}
	if l.isInput {
		s.Fill = solid(inputFill)
		s.Border = edges(line, "top", "bottom", "left", "right")
	}
	l.kind.apply(s, l.isInput)
	return s
}

// heading is the look of the heading above cells of this look.
func (l look) heading() look {
	return look{kind: lookHeader, isInput: l.isInput, isCentre: l.isCentre, isRight: l.isRight, isIndented: l.isIndented}
}

func (k lookKind) apply(s *excelize.Style, isInput bool) {
	switch k {
	case lookBody:
		if !isInput {
			s.Border = edges(line, "bottom")
		}
	case lookNote:
		s.Font.Color = secondary
	case lookTitle:
		s.Font.Size, s.Font.Bold = 16, true
	case lookHeader:
		s.Font.Bold = true
		s.Fill = solid(surface)
		if isInput {
			s.Fill = solid(inputHead)
		}
		s.Border = edges(secondary, "bottom")
		s.Alignment.Vertical, s.Alignment.WrapText = "bottom", true
	case lookTotal:
		s.Font.Bold = true
		s.Border = edges(secondary, "top")
	case lookWarning:
		s.Font.Bold, s.Font.Color = true, warning
		s.Border = edges(line, "bottom")
	}
}

func solid(colour string) excelize.Fill {
	return excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{colour}}
}

func edges(colour string, sides ...string) []excelize.Border {
	borders := make([]excelize.Border, len(sides))
	for i, side := range sides {
		borders[i] = excelize.Border{Type: side, Color: colour, Style: 1}
	}
	return borders
}

// grid writes a sheet row by row, from the top.
type grid struct {
	book   *book
	name   string
	stream *excelize.StreamWriter
	widths []float64
	row    int // the last one written
}

// grid begins the rows of a sheet. Everything about the page that comes before rows in the file,
// fitting it to paper among it, must be set by then.
func (b *book) grid(sheet string, widths []float64) (*grid, error) {
	stream, err := b.file.NewStreamWriter(sheet)
	if err != nil {
		return nil, err
	}
	for i, width := range widths {
		if err := stream.SetColWidth(i+1, i+1, width); err != nil {
			return nil, err
		}
	}
	return &grid{book: b, name: sheet, stream: stream, widths: widths}, nil
}

// cell is a value or a formula with the value it has now, and its look.
type cell struct {
	value   any
	formula string
	look    look
}

// write puts the next row down; no cells leave it empty. Strings are written as strings: none can
// become a formula.
func (g *grid) write(cells ...cell) error {
	g.row++
	if len(cells) == 0 {
		return nil
	}
	values := make([]any, len(cells))
	for i, c := range cells {
		id, err := g.book.style(c.look)
		if err != nil {
			return err
		}
		values[i] = excelize.Cell{StyleID: id, Formula: c.formula, Value: c.value}
	}
	height := excelize.RowOpts{Height: g.height(cells)}
	if err := g.stream.SetRow(fmt.Sprintf("A%d", g.row), values, height); err != nil {
		return fmt.Errorf("write row %d of sheet %s: %w", g.row, g.name, err)
	}
	return nil
}

// height is the room the row's wrapped texts need: not every program that opens the file works it out.
func (g *grid) height(cells []cell) float64 {
	const lineHeight, titleHeight, padding, maxLines = 13.5, 26, 3, 12
	lines := 1.0
	for i, c := range cells {
		if c.look.kind == lookTitle {
			return titleHeight
		}
		text, isText := c.value.(string)
		if isText && i < len(g.widths) && (c.look.isWrap || c.look.kind == lookHeader) {
			lines = max(lines, wrappedLines(text, g.widths[i]-1, c.look.kind == lookHeader))
		}
	}
	return min(lines, maxLines)*lineHeight + padding
}

// wrappedLines is how many lines a text takes: words go to the next line whole, Chinese breaks anywhere.
func wrappedLines(text string, width float64, isBold bool) float64 {
	if isBold {
		width *= 0.88
	}
	lines, used := 1.0, 0.0
	for _, word := range strings.SplitAfter(text, " ") {
		room := textWidth(strings.TrimRight(word, " "))
		switch {
		case used+room <= width:
			used += textWidth(word)
		case room > width:
			lines += math.Ceil((used + room - width) / width)
			used = math.Mod(used+room, width)
		default:
			lines++
			used = textWidth(word)
		}
	}
	return lines
}

// textWidth is the room a text takes in a column: a Chinese character takes two.
func textWidth(text string) float64 {
	width := 0
	for _, r := range text {
		switch {
		case r < utf8.RuneSelf:
			width++
		case isWide(r):
			width += 2
		default:
			width++
		}
	}
	return float64(width)
}

func isWide(r rune) bool {
	return unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Hangul) ||
		(r >= 0x3000 && r <= 0x303f) || (r >= 0xff00 && r <= 0xff60)
}
