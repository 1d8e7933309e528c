package ingest

import (
	"hash/maphash"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/perfloop/perfloop/ingest/sheet"
)

const maxTemplates = 1 << 16 // of each kind, in each worker

// bulkWorker converts blocks. Each goroutine has its own.
type bulkWorker struct {
	bulkLayout
	convert *converter
	plan    *plan
	asides  quickAsides
	columns []*freeColumn // the free ones

	owners    map[string]*ownerTemplate
	templates map[string]*rowTemplate
	said      []freeCell // by the free columns of the row
	whomKey   []byte
	otherKey  []byte
	key       []byte // the natural one
	part      bulkPart
}

// ownerTemplate is what the cells about persons and units make of a row.
type ownerTemplate struct {
	text  string // their fields, each behind a tab
	owner string // in the natural key
}

// rowTemplate is what all other cells make of it, given which of the free ones state something.
type rowTemplate struct {
	text   string   // the other fields, each behind a tab
	blanks []string // of the free columns that state nothing: what stands for them
	key    []keyPiece
}

// keyPiece is a part of a natural key: a free column, the owner or a text.
type keyPiece struct {
	column int
	text   string
}

const (
	ownerPiece = -1
	textPiece  = -2
)

func newBulkWorker(c *converter, p *plan, y bulkLayout) *bulkWorker {
	w := &bulkWorker{bulkLayout: y, convert: c, plan: p, asides: newQuickAsides(p), owners: map[string]*ownerTemplate{}, templates: map[string]*rowTemplate{}}
	for _, i := range y.free {
		w.columns = append(w.columns, newFreeColumn(c, c.columns[i]))
	}
	w.said = make([]freeCell, len(w.columns))
	return w
}

// convertBlock converts the rows of a block.
func (w *bulkWorker) convertBlock(b sheet.Block) bulkPart {
	w.part = bulkPart{text: make([]byte, 0, 3<<20)}
	for row, err := range b.Rows() {
		if err != nil {
			return bulkPart{err: err}
		}
		switch {
		case row.Line < w.plan.firstLine():
		case w.asides.isOne(row.Cells):
			w.part.skipped = append(w.part.skipped, row.Line)
		case !w.compose(row) && !w.render(row):
			w.part.odd = append(w.part.odd, sheet.Row{Line: row.Line, Cells: slices.Clone(row.Cells)})
		}
	}
	return w.part
}

// compose makes the row of what is known about its parts. It answers false if they are not known to fit.
func (w *bulkWorker) compose(row sheet.Row) bool {
	w.otherKey = w.otherKey[:0]
	for i, f := range w.columns {
		w.said[i] = f.read(cellIn(row.Cells, f.Index))
		if !w.said[i].isClear {
			return false
		}
		w.otherKey = append(w.otherKey, stateOf(w.said[i]))
	}
	w.whomKey = w.whomKey[:0]
	for i := range w.fixed {
		cell := cellIn(row.Cells, w.fixed[i].Index)
		if w.isWhom[i] {
			w.whomKey = append(append(w.whomKey, cell...), 0)
		} else {
			w.otherKey = append(append(w.otherKey, cell...), 0)
		}
	}
	owner, template := w.owners[string(w.whomKey)], w.templates[string(w.otherKey)]
	if owner == nil || template == nil {
		if owner, template = w.learn(row, owner, template); owner == nil {
			return false
		}
	}
	w.composeKey(owner, template)
	w.write(row.Line, owner.text, template.text)
	for i, said := range w.said {
		w.part.text = append(w.part.text, '\t')
		if !said.isStated {
			said.text = template.blanks[i]
		}
		w.part.text = appendField(w.part.text, said.text)
	}
	w.part.text = append(w.part.text, '\n')
	return true
}

func cellIn(cells []string, index int) string {
	if index < len(cells) {
		return cells[index]
	}
	return ""
}

func stateOf(said freeCell) byte {
	switch {
	case !said.isStated:
		return 'b'
	case said.isWhole:
		return 'w'
	}
	return 's'
}

// learn converts a row whose parts are not both known, and keeps them. It answers nil if the row needs a look of its own, or
// is not the sum of its parts.
func (w *bulkWorker) learn(row sheet.Row, owner *ownerTemplate, template *rowTemplate) (*ownerTemplate, *rowTemplate) {
	v := w.converted(row)
	if v == nil {
		return nil, nil
	}
	newOwner, newTemplate := w.ownerOf(v), w.templateOf(v)
	for i, f := range w.columns {
		text, ok := bulkText(v[f.at])
		if said := w.said[i]; !ok || said.isStated && said.text != text {
			return nil, nil
		}
	}
	isSum := (owner == nil || *owner == *newOwner) && (template == nil || template.equal(newTemplate))
	if w.composeKey(newOwner, newTemplate); !isSum || string(w.key) != w.convert.naturalKey(v) {
		return nil, nil
	}
	if owner == nil && len(w.owners) < maxTemplates {
		w.owners[string(w.whomKey)] = newOwner
	}
	if template == nil && len(w.templates) < maxTemplates {
		w.templates[string(w.otherKey)] = newTemplate
	}
	return newOwner, newTemplate
}

func (t *rowTemplate) equal(other *rowTemplate) bool {
	return t.text == other.text && slices.Equal(t.blanks, other.blanks) && slices.Equal(t.key, other.key)
}

// converted is the one row of raw that the converter makes of a row, nil if there is anything to be said about it.
func (w *bulkWorker) converted(row sheet.Row) values {
	rec := w.convert.convert(row.Line, row.Cells)
	if rec.rejected || len(rec.problems) > 0 || len(rec.rows) != 1 {
		return nil
	}
	for _, value := range rec.rows[0] {
		if _, ok := bulkText(value); !ok {
			return nil
		}
	}
	return rec.rows[0]
}

// render writes a row as the converter makes it.
func (w *bulkWorker) render(row sheet.Row) bool {
	v := w.converted(row)
	if v == nil {
		return false
	}
	w.key = append(w.key[:0], w.convert.naturalKey(v)...)
	w.write(row.Line, w.texts(v, w.whom), w.texts(v, w.others))
	for _, f := range w.columns {
		text, _ := bulkText(v[f.at])
		w.part.text = appendField(append(w.part.text, '\t'), text)
	}
	w.part.text = append(w.part.text, '\n')
	return true
}

// write starts a row: its line, the natural key, and the fields before the free ones.
func (w *bulkWorker) write(line int, whom, others string) {
	h := maphash.Bytes(w.hashing, w.key)
	w.part.lines, w.part.hashes = append(w.part.lines, int32(line)), append(w.part.hashes, max(h, 1))
	out := strconv.AppendInt(w.part.text, int64(line), 10)
	out = appendField(append(out, '\t'), string(w.key))
	w.part.text = append(append(out, whom...), others...)
}

// texts are fields as they are written, each behind a tab.
func (w *bulkWorker) texts(v values, fields []int) string {
	var out []byte
	for _, at := range fields {
		text, _ := bulkText(v[at])
		out = appendField(append(out, '\t'), text)
	}
	return string(out)
}

func (w *bulkWorker) ownerOf(v values) *ownerTemplate {
	return &ownerTemplate{text: w.texts(v, w.whom), owner: keyText(w.convert.keyPart(v, "owner"))}
}

func (w *bulkWorker) templateOf(v values) *rowTemplate {
	t := &rowTemplate{text: w.texts(v, w.others), blanks: make([]string, len(w.columns))}
	for i, f := range w.columns {
		if !w.said[i].isStated {
			t.blanks[i], _ = bulkText(v[f.at])
		}
	}
	for _, part := range naturalKeys[w.kind.Name] {
		t.key = append(t.key, w.keyPiece(v, part))
	}
	return t
}

// keyPiece says where a part of the natural key comes from.
func (w *bulkWorker) keyPiece(v values, part string) keyPiece {
	if part == "owner" {
		return keyPiece{column: ownerPiece}
	}
	for name := range strings.SplitSeq(part, "/") {
		if w.convert.stated(v, name) == "" {
			continue
		}
		for i, f := range w.columns {
			if f.Field == name && w.said[i].isStated {
				return keyPiece{column: i}
			}
		}
		break
	}
	return keyPiece{column: textPiece, text: keyText(w.convert.keyPart(v, part))}
}

// composeKey makes the natural key of its parts.
func (w *bulkWorker) composeKey(owner *ownerTemplate, template *rowTemplate) {
	w.key = w.key[:0]
	for i, piece := range template.key {
		if i > 0 {
			w.key = append(w.key, '|')
		}
		switch piece.column {
		case ownerPiece:
			w.key = append(w.key, owner.owner...)
		case textPiece:
			w.key = append(w.key, piece.text...)
		default:
			w.key = appendKeyText(w.key, w.said[piece.column].text)
		}
	}
}

// appendKeyText appends keyText of a text.
func appendKeyText(out []byte, text string) []byte {
	start := len(out)
	for i := 0; i < len(text); i++ {
		c := text[i]
		if c <= ' ' || c >= utf8.RuneSelf || c == '|' {
			return append(out[:start], keyText(text)...)
		}
		if 'A' <= c && c <= 'Z' {
			c += 'a' - 'A'
		}
		out = append(out, c)
	}
	return out
}

// appendField appends a text as a field of the file for the warehouse.
func appendField(out []byte, text string) []byte {
	if strings.IndexByte(text, '"') < 0 && strings.IndexByte(text, '\n') < 0 && strings.IndexByte(text, '\t') < 0 && strings.IndexByte(text, '\r') < 0 {
		return append(out, text...)
	}
	out = append(out, '"')
	out = append(out, strings.ReplaceAll(text, `"`, `""`)...)
	return append(out, '"')
}
