package ingest

import (
	"embed"
	"fmt"
	"slices"
	"strings"
	"sync"

	"gopkg.in/yaml.v3"
)

//go:embed dictionary/*.yaml
var dictionaryFiles embed.FS

// kindOrder is the order in which kinds are listed and, at equal scores, preferred.
var kindOrder = []string{
	"employee", "unit", "cycle", "rating_scale", "guideline", "goal", "plan_item", "check_in",
	"reading", "conversation", "appraisal", "calibration", "improvement_plan", "incentive",
}

// headers are the names of a column: in the two languages that all have, and in others as far as they are known.
type headers struct{ En, Zh, De, Ja []string }

// with are the headers and those of another list.
func (h headers) with(o headers) headers {
	return headers{
		En: slices.Concat(h.En, o.En), Zh: slices.Concat(h.Zh, o.Zh),
		De: slices.Concat(h.De, o.De), Ja: slices.Concat(h.Ja, o.Ja),
	}
}

func (h headers) all() []string { return slices.Concat(h.En, h.Zh, h.De, h.Ja) }

// field is one column of a kind, as dictionary/<kind>.yaml describes it.
type field struct {
	Name    string
	Type    string              // text, name, id, number, target, bound, band, integer, share, date, boolean, cycle, rating, attributes, word:<table>, alias:<table>
	Into    string              // the field of raw it is folded into; it has no column of its own
	Emit    map[string]string   // the column makes a row of its own with these values
	Score   string              // rating: the field that takes a number
	Default string              // where the sheet has no such column
	Names   map[string][]string // words in the name of the sheet or file that say it where the sheet has no such column
	Month   string              // date: a month means its first (default) or last day
	Scales  []float64           // share: what 1 may be written as; default 1 and 100
	Weight  float64             // what a matching header says for the kind; default 2
	Headers headers
	Weak    headers // headers that count only where no other column names the field
}

// stored says whether raw has a column of the field's name.
func (f *field) stored() bool { return f.Into == "" && f.Emit == nil }

// table is the table of words of a closed column.
func (f *field) table() string {
	_, table, _ := strings.Cut(f.Type, ":")
	return table
}

// group is a requirement: at least one of the fields.
type group struct {
	Name string
	Any  []string
}

// kind is one import kind.
type kind struct {
	Name       string   `yaml:"kind"`
	Words      []string // in names of files and sheets
	Required   []group  // of every row, and so of the columns
	ColumnsAny []string `yaml:"columns_any"` // at least one of these columns
	ColumnsAll []string `yaml:"columns_all"`
	Fields     []*field
	Items      headers // columns that are items of an appraisal
	NoItems    headers `yaml:"no_items"` // words of columns of numbers that are none

	strong map[string]*field   // folded header to field
	weak   map[string][]*field // to those that it may mean: the first that no other column names
	index  map[string]int      // name to place in Fields
	items  map[string]bool
}

// book is the whole dictionary. Nothing changes it after it is read.
type book struct {
	kinds                       []*kind
	words                       map[string]map[string]string // table, folded word: our word
	sensitiveParts              []string
	sensitiveExact              map[string]bool
	symbols, nothings, absences map[string]bool
	nothingOpenings             []string
	magnitudes                  map[string]float64
	units, currencies           map[string]bool

	labels     map[string]bool // headers of all kinds
	totals     map[string]bool
	overalls   map[string]bool
	formLabels map[string]bool
	fillHints  map[string]bool

	attributeNames, valueNames, measures map[string]bool // of sheets with a row an attribute
	attendance, paid, payroll            map[string]bool
	goalLevels, goalBounds               map[string]bool

	endings []string
	notes   []string
}

func (b *book) kind(name string) *kind {
	for _, k := range b.kinds {
		if k.Name == name {
			return k
		}
	}
	return nil
}

// dictionary is embedded: what cannot be read is a bug.
var dictionary = sync.OnceValue(func() *book {
	b := &book{}
	var shared map[string]*field
	readYAML("shared", &shared)
	for _, name := range kindOrder {
		b.kinds = append(b.kinds, readKind(name, shared))
	}
	b.readWords()
	b.readNothing()
	b.readUnits()
	b.readLayout()
	return b
})

func readYAML(name string, into any) {
	data, err := dictionaryFiles.ReadFile("dictionary/" + name + ".yaml")
	if err == nil {
		err = yaml.Unmarshal(data, into)
	}
	if err != nil {
		panic(fmt.Errorf("read dictionary %s: %w", name, err))
	}
}

func readKind(name string, shared map[string]*field) *kind {
	k := &kind{strong: map[string]*field{}, weak: map[string][]*field{}, index: map[string]int{}, items: map[string]bool{}}
	readYAML(name, k)
	for i, f := range k.Fields {
		if common := shared[f.Name]; common != nil && f.Type == "" {
			name, weight, weak := f.Name, f.Weight, f.Weak
			*f = *common
			f.Name, f.Weak = name, common.Weak.with(weak)
			if weight > 0 {
				f.Weight = weight
			}
		}
		if f.Weight == 0 {
			f.Weight = 2
		}
		k.index[f.Name] = i
		addHeaders(k.strong, f.Headers.all(), f)
		for _, h := range f.Weak.all() {
			k.weak[foldWhole(h)] = append(k.weak[foldWhole(h)], f)
		}
	}
	for _, item := range k.Items.all() {
		k.items[foldHeader(item)] = true
	}
	return k
}

// field is the field of that name, or nil.
func (k *kind) field(name string) *field {
	if i, found := k.index[name]; found {
		return k.Fields[i]
	}
	return nil
}

func addHeaders(into map[string]*field, names []string, f *field) {
	for _, n := range names {
		if key := foldWhole(n); into[key] == nil {
			into[key] = f
		}
	}
}

func (b *book) readWords() {
	var tables map[string]map[string][]string
	readYAML("words", &tables)
	b.words = map[string]map[string]string{}
	for table, words := range tables {
		b.words[table] = map[string]string{}
		for ours, theirs := range words {
			b.words[table][foldWord(ours)] = ours
			for _, w := range theirs {
				b.words[table][foldWord(w)] = ours
			}
		}
	}
}

func (b *book) readNothing() {
	var nothing struct{ Symbols, Absences, Everywhere, Openings []string }
	readYAML("nothing", &nothing)
	b.symbols, b.nothings, b.absences = map[string]bool{}, map[string]bool{}, map[string]bool{}
	for _, s := range nothing.Absences {
		b.absences[foldText(s)] = true
	}
	for _, s := range nothing.Symbols {
		b.symbols[foldText(s)], b.nothings[foldText(s)] = true, true
	}
	b.nothingOpenings = nothing.Openings
	for _, s := range nothing.Everywhere {
		b.nothings[foldText(s)] = true
	}
	var sensitive struct{ Contains, Exact headers }
	readYAML("sensitive", &sensitive)
	for _, s := range sensitive.Contains.all() {
		b.sensitiveParts = append(b.sensitiveParts, foldHeader(s))
	}
	b.sensitiveExact = map[string]bool{}
	for _, s := range sensitive.Exact.all() {
		b.sensitiveExact[foldHeader(s)] = true
	}
}

func (b *book) readUnits() {
	var u struct {
		Magnitudes        map[string]float64
		Units, Currencies []string
	}
	readYAML("units", &u)
	b.magnitudes, b.units, b.currencies = u.Magnitudes, map[string]bool{}, map[string]bool{}
	for _, w := range u.Units {
		b.units[w] = true
	}
	for _, w := range u.Currencies {
		b.currencies[foldText(w)] = true
	}
}

// sensitive says whether a column of this header must not be stored.
func (b *book) sensitive(header string) bool {
	key := foldWhole(header)
	if b.sensitiveExact[key] || b.sensitiveExact[foldHeader(header)] {
		return true
	}
	return slices.ContainsFunc(b.sensitiveParts, func(part string) bool { return strings.Contains(key, part) })
}
