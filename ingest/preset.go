package ingest

import (
	"bytes"
	"embed"
	"fmt"
	"math"
	"path"
	"slices"
	"strings"
	"sync"

	"gopkg.in/yaml.v3"
)

//go:embed presets/*.yaml
var presetFiles embed.FS

// What a preset's headers were checked against.
const (
	AgainstRealFile      = "real_file"
	AgainstDocumentation = "documentation"
)

// Preset is an export or template of another system that is known: by which headers it is recognised, and how it is read.
type Preset struct {
	Name           string            `json:"name" yaml:"-"` // of its file in presets/
	System         string            `json:"system" yaml:"system"`
	What           map[string]string `json:"what" yaml:"what"`     // language: what the export or template holds
	Source         string            `json:"source" yaml:"source"` // where its headers are written down
	CheckedAgainst string            `json:"checked_against" yaml:"checked_against"`
	Headers        []string          `json:"headers" yaml:"headers"`       // its signature: all of them stand in its header row
	Exact          bool              `json:"exact,omitempty" yaml:"exact"` // and no others, as they are everyday ones
	Text           string            `json:"mapping" yaml:"-"`             // the mapping, as ReadMapping takes it
	Mapping        *Mapping          `json:"-" yaml:"-"`

	keys []string // Headers as they are compared
}

// Presets lists the presets by name. They are everybody's: nothing may change them.
func Presets() []*Preset { return presets() }

// presets are embedded: one that cannot be read is a bug.
var presets = sync.OnceValue(func() []*Preset {
	entries, err := presetFiles.ReadDir("presets")
	if err != nil {
		panic(fmt.Errorf("list presets: %w", err))
	}
	var all []*Preset
	for _, e := range entries {
		p, err := readPreset(e.Name())
		if err != nil {
			panic(fmt.Errorf("read preset %s: %w", e.Name(), err))
		}
		all = append(all, p)
	}
	return all
})

func readPreset(file string) (*Preset, error) {
	data, err := presetFiles.ReadFile(path.Join("presets", file))
	if err != nil {
		return nil, err
	}
	var read struct {
		Preset  `yaml:",inline"`
		Mapping yaml.Node
	}
	decoder := yaml.NewDecoder(bytes.NewReader(data))
	decoder.KnownFields(true)
	if err := decoder.Decode(&read); err != nil {
		return nil, err
	}
	text, err := yaml.Marshal(&read.Mapping)
	if err != nil {
		return nil, err
	}
	p := read.Preset
	p.Name, p.Text = strings.TrimSuffix(file, ".yaml"), string(text)
	for _, h := range p.Headers {
		p.keys = append(p.keys, foldWhole(h))
	}
	p.Mapping, err = ReadMapping(text)
	return &p, err
}

// presetFor is the preset whose headers all stand in the row: of several the one with most; where two have as many, none.
func presetFor(row []string) *Preset {
	if !presetHeaders().mayStandIn(row) {
		return nil
	}
	stands := standing(row)
	var best *Preset
	tied := false
	for _, p := range presets() {
		switch {
		case best != nil && len(p.Headers) < len(best.Headers) || !p.fits(stands):
		case best != nil && len(p.Headers) == len(best.Headers):
			tied = true
		default:
			best, tied = p, false
		}
	}
	if tied {
		return nil
	}
	return best
}

// headerWords are the headers of all presets, as they are compared, and how many of them the shortest preset has.
type headerWords struct {
	keys  map[string]bool
	least int
}

var presetHeaders = sync.OnceValue(func() headerWords {
	words := headerWords{keys: map[string]bool{}, least: math.MaxInt}
	for _, p := range presets() {
		words.least = min(words.least, len(p.keys))
		for _, key := range p.keys {
			words.keys[key] = true
		}
	}
	return words
})

// mayStandIn says whether enough cells of a row are headers of presets. Rows of data hardly have any.
func (w headerWords) mayStandIn(row []string) bool {
	count := 0
	for _, cell := range row {
		if w.keys[foldWhole(cell)] {
			count++
		}
	}
	return count >= w.least
}

// standing is the set of a row's cells as headers are compared.
func standing(row []string) map[string]bool {
	stands := map[string]bool{}
	for _, cell := range row {
		if key := foldWhole(cell); key != "" {
			stands[key] = true
		}
	}
	return stands
}

// fits says whether the preset's headers all stand in a row, and no others where they must not.
func (p *Preset) fits(stands map[string]bool) bool {
	if p.Exact && len(stands) != len(p.Headers) {
		return false
	}
	return !slices.ContainsFunc(p.keys, func(key string) bool { return !stands[key] })
}

// over is the preset's mapping for a row: a column that an export may leave out is not asked for.
func (p *Preset) over(row []string) *Mapping {
	stands := standing(row)
	m := *p.Mapping
	m.preset, m.Columns = p, map[string]string{}
	for name, header := range p.Mapping.Columns {
		if stands[foldWhole(header)] {
			m.Columns[name] = header
		}
	}
	return &m
}
