package ingest

import (
	"hash/maphash"
	"slices"
	"strings"
	"sync"
	"unicode/utf8"

	"github.com/perfloop/perfloop/ingest/sheet"
)

const maxTemplates = 1 << 20 // of each kind, in each worker

// bulkWorker converts blocks, one after the other. Each thread has its own.
type bulkWorker struct {
	bulkLayout
	convert *converter
	plan    *plan
	asides  quickAsides
	columns []*freeColumn // the free ones

	owners    map[string]*ownerTemplate
	templates map[string]*rowTemplate
	shared    *sharedTemplates
	said      []freeCell // by the free columns of the row
	whomKey   []byte
	otherKey  []byte
	key       []byte // the natural one

	bulkPart
	next    int // of rows: the first that the warehouse has not taken
	written *bulkWriter
}

// bulkPart is what became of a block.
type bulkPart struct {
	rows    []bulkRow
	hashes  []uint64 // of their natural keys
	keys    []byte   // all natural keys
	free    []string // all texts of free columns
	odd     []sheet.Row
	skipped []int
}

// bulkRow is a row of raw: its texts are those of persons and units, of other fields, and of free columns. An empty one
// states nothing.
type bulkRow struct {
	line     int32
	keyStart int32 // in all keys
	keyEnd   int32
	texts    [3][]string
}

// Parts of a row's texts.
const (
	ofWhom = iota
	ofOthers
	ofFree
)

// ownerTemplate is what the cells about persons and units make of a row.
type ownerTemplate struct {
	texts []string // their fields
	owner string   // in the natural key
}

// rowTemplate is what all other cells make of it, given which of the free ones state something.
type rowTemplate struct {
	texts  []string // the other fields
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

// sharedTemplates are the owners that the workers have learned, each of which keeps its own for reading.
type sharedTemplates struct {
	mutex  sync.Mutex
	owners map[string]*ownerTemplate
}

func (s *sharedTemplates) owner(key []byte) *ownerTemplate {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	return s.owners[string(key)]
}

func (s *sharedTemplates) put(key string, owner *ownerTemplate) {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	s.owners[key] = owner
}

func newBulkWorker(l *loader, y bulkLayout, shared *sharedTemplates) *bulkWorker {
	c, p := l.convert, l.plan
	w := &bulkWorker{bulkLayout: y, convert: c, plan: p, asides: newQuickAsides(p), shared: shared, owners: map[string]*ownerTemplate{}, templates: map[string]*rowTemplate{}}
	for _, i := range y.free {
		w.columns = append(w.columns, newFreeColumn(c, c.columns[i]))
	}
	w.said = make([]freeCell, len(w.columns))
	return w
}

// convertBlock converts the rows of a block. The part is valid until the next.
func (w *bulkWorker) convertBlock(b sheet.Block) error {
	p := &w.bulkPart
	w.next, p.odd, p.skipped = 0, nil, nil
	p.rows, p.hashes, p.keys, p.free = p.rows[:0], p.hashes[:0], p.keys[:0], p.free[:0]
	for row, err := range b.Rows() {
		switch {
		case err != nil:
			return err
		case row.Line < w.plan.firstLine():
		case w.asides.isOne(row.Cells):
			p.skipped = append(p.skipped, row.Line)
		case !w.compose(row) && !w.render(row):
			p.odd = append(p.odd, sheet.Row{Line: row.Line, Cells: slices.Clone(row.Cells)})
		}
	}
	return nil
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
	owner, template := w.owner(), w.templates[string(w.otherKey)]
	if owner == nil || template == nil {
		if owner, template = w.learn(row, owner, template); owner == nil {
			return false
		}
	}
	w.composeKey(owner, template)
	free := len(w.bulkPart.free)
	for i, said := range w.said {
		if !said.isStated {
			said.text = template.blanks[i]
		}
		w.bulkPart.free = append(w.bulkPart.free, said.text)
	}
	w.add(row.Line, owner.texts, template.texts, free)
	return true
}

// owner is what is known about the row's persons and units, nil if nothing is.
func (w *bulkWorker) owner() *ownerTemplate {
	owner := w.owners[string(w.whomKey)]
	if owner == nil {
		if owner = w.shared.owner(w.whomKey); owner != nil {
			w.owners[string(w.whomKey)] = owner
		}
	}
	return owner
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
	isSum := (owner == nil || owner.equal(newOwner)) && (template == nil || template.equal(newTemplate))
	if w.composeKey(newOwner, newTemplate); !isSum || string(w.key) != w.convert.naturalKey(v) {
		return nil, nil
	}
	if owner == nil && len(w.owners) < maxTemplates {
		key := string(w.whomKey)
		w.owners[key] = newOwner
		w.shared.put(key, newOwner)
	}
	if template == nil && len(w.templates) < maxTemplates {
		w.templates[string(w.otherKey)] = newTemplate
	}
	return newOwner, newTemplate
}

func (t *ownerTemplate) equal(other *ownerTemplate) bool {
	return t.owner == other.owner && slices.Equal(t.texts, other.texts)
}

func (t *rowTemplate) equal(other *rowTemplate) bool {
	return slices.Equal(t.texts, other.texts) && slices.Equal(t.blanks, other.blanks) && slices.Equal(t.key, other.key)
}

// converted is the one row of raw that the converter makes of a row, nil if there is anything to be said about it, or it
// states a field that is not taken.
func (w *bulkWorker) converted(row sheet.Row) values {
	rec := w.convert.convert(row.Line, row.Cells)
	if rec.rejected || len(rec.problems) > 0 || len(rec.rows) != 1 {
		return nil
	}
	for at, value := range rec.rows[0] {
		if _, ok := bulkText(value); !ok || value != nil && w.untaken[at] {
			return nil
		}
	}
	return rec.rows[0]
}

// render takes a row as the converter makes it.
func (w *bulkWorker) render(row sheet.Row) bool {
	v := w.converted(row)
	if v == nil {
		return false
	}
	w.key = append(w.key[:0], w.convert.naturalKey(v)...)
	free := len(w.bulkPart.free)
	for _, f := range w.columns {
		text, _ := bulkText(v[f.at])
		w.bulkPart.free = append(w.bulkPart.free, strings.Clone(text))
	}
	w.add(row.Line, w.texts(v, w.whom), w.texts(v, w.others), free)
	return true
}

// add adds a row whose natural key and free texts are there already, the latter from the given place on.
func (w *bulkWorker) add(line int, whom, others []string, free int) {
	p := &w.bulkPart
	start := len(p.keys)
	p.keys, p.hashes = append(p.keys, w.key...), append(p.hashes, max(maphash.Bytes(w.hashing, w.key), 1))
	p.rows = append(p.rows, bulkRow{int32(line), int32(start), int32(len(p.keys)), [3][]string{whom, others, p.free[free:]}})
}

// texts are fields as the warehouse reads them.
func (w *bulkWorker) texts(v values, fields []int) []string {
	out := make([]string, len(fields))
	for i, at := range fields {
		text, _ := bulkText(v[at])
		out[i] = strings.Clone(text) // a block is not kept for it
	}
	return out
}

func (w *bulkWorker) ownerOf(v values) *ownerTemplate {
	return &ownerTemplate{texts: w.texts(v, w.whom), owner: keyText(w.convert.keyPart(v, "owner"))}
}

func (w *bulkWorker) templateOf(v values) *rowTemplate {
	t := &rowTemplate{texts: w.texts(v, w.others), blanks: make([]string, len(w.columns))}
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
