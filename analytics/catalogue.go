package analytics

import (
	"fmt"
	"io/fs"
	"path"
	"regexp"
	"slices"
	"strings"

	"gopkg.in/yaml.v3"

	sqltext "github.com/perfloop/perfloop/sql"
)

// Said is a sentence in both languages.
type Said struct {
	En string `yaml:"en" json:"en"`
	Zh string `yaml:"zh" json:"zh"`
}

// In is the sentence in a language; English where it is not known.
func (s Said) In(lang string) string {
	if lang == "zh" {
		return s.Zh
	}
	return s.En
}

// Descriptions is the catalogue: what every model, column, metric and setting means.
type Descriptions struct {
	Models   []*ModelEntry
	Metrics  []*MetricEntry
	Settings []*SettingEntry
	shared   map[string]ColumnEntry
}

// ModelEntry describes a model.
type ModelEntry struct {
	Name    string                 `yaml:"-"`
	Layer   string                 `yaml:"-"` // staging, intermediate or marts; empty: there is no such model
	Said    `yaml:",inline"`       // what one row is
	Grain   []string               `yaml:"grain"` // the columns that name one row
	Limits  Said                   `yaml:"limits"`
	Columns map[string]ColumnEntry `yaml:"columns"` // those that mean something of their own here
}

// ColumnEntry describes a column.
type ColumnEntry struct {
	Said    `yaml:",inline"`
	Unit    string `yaml:"unit"`
	Formula string `yaml:"formula"`
}

// MetricEntry describes a number that pages show.
type MetricEntry struct {
	ID         string `yaml:"-"`
	Name       Said   `yaml:"name"`
	Definition Said   `yaml:"definition"`
	Formula    string `yaml:"formula"`
	Unit       string `yaml:"unit"`
	Limits     Said   `yaml:"limits"`
	Column     string `yaml:"column"`  // mart.column
	Example    string `yaml:"example"` // a folder of testdata/models
	Worked     Said   `yaml:"worked"`
}

// SettingEntry describes a setting: what values it may have, and which is its default.
type SettingEntry struct {
	Name     string `yaml:"-"`
	Said     `yaml:",inline"`
	Unit     string  `yaml:"unit"`
	Min      float64 `yaml:"min"`
	Max      float64 `yaml:"max"`
	PerCycle bool    `yaml:"per_cycle"` // a cycle may have its own
	AtLeast  string  `yaml:"at_least"`  // a setting that it may not be below
	Pattern  string  `yaml:"pattern"`   // what a text must look like
	Default  string  `yaml:"-"`         // empty: as_of, whose default is the day of the build
}

// columnUnits are those that a column may have.
var columnUnits = []string{"share", "points", "count", "days", "date", "text", "flag", "number", "amount", "key"}

// Model so named, or nil.
func (d *Descriptions) Model(name string) *ModelEntry {
	return found(d.Models, func(m *ModelEntry) bool { return m.Name == name })
}

// Setting so named, or nil.
func (d *Descriptions) Setting(name string) *SettingEntry {
	return found(d.Settings, func(s *SettingEntry) bool { return s.Name == name })
}

func found[T any](all []*T, is func(*T) bool) *T {
	if at := slices.IndexFunc(all, is); at >= 0 {
		return all[at]
	}
	return nil
}

// Column describes a column of a model, by its own entry, by the one that all models share, or as the setting it holds.
func (d *Descriptions) Column(model, column string) (ColumnEntry, bool) {
	if m := d.Model(model); m != nil {
		if c, ok := m.Columns[column]; ok {
			return c, true
		}
	}
	if c, ok := d.shared[column]; ok {
		return c, true
	}
	if s := d.Setting(column); s != nil {
		return ColumnEntry{Said: s.Said, Unit: s.Unit}, true
	}
	return ColumnEntry{}, false
}

// Catalogue reads the descriptions that the program carries.
func Catalogue() (*Descriptions, error) {
	d := &Descriptions{}
	files := sqltext.Catalogue()
	err := fs.WalkDir(files, ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || path.Ext(name) != ".yaml" {
			return err
		}
		text, err := fs.ReadFile(files, name)
		if err != nil {
			return err
		}
		if err := d.read(name, text); err != nil {
			return fmt.Errorf("read catalogue/%s: %w", name, err)
		}
		return nil
	})
	return d, err
}

func (d *Descriptions) read(name string, text []byte) error {
	id := strings.TrimSuffix(path.Base(name), ".yaml")
	switch {
	case name == "shared.yaml":
		return strictly(text, &d.shared)
	case name == "settings.yaml":
		return d.readSettings(text)
	case path.Dir(name) == "metrics":
		m := &MetricEntry{ID: id}
		d.Metrics = append(d.Metrics, m)
		return strictly(text, m)
	}
	m := &ModelEntry{Name: id, Layer: layerOf(id)}
	d.Models = append(d.Models, m)
	return strictly(text, m)
}

// strictly refuses names that nothing reads.
func strictly(text []byte, into any) error {
	decoder := yaml.NewDecoder(strings.NewReader(string(text)))
	decoder.KnownFields(true)
	return decoder.Decode(into)
}

func layerOf(name string) string {
	for _, m := range models() {
		if m.Name == name && m.layer != sqltext.Macros {
			return string(m.layer)
		}
	}
	return ""
}

var (
	settingDefault     = regexp.MustCompile(`setting\('(\w+)', (-?[\d.]+)\)`)
	settingTextDefault = regexp.MustCompile(`setting_text\('(\w+)', '([^']*)'\)`)
)

// readSettings keeps the order of the file, by which settings are listed, and takes the defaults from where models have them.
func (d *Descriptions) readSettings(text []byte) error {
	var root yaml.Node
	if err := yaml.Unmarshal(text, &root); err != nil {
		return err
	}
	entries := map[string]*SettingEntry{}
	if err := strictly(text, &entries); err != nil {
		return err
	}
	for _, m := range marts() {
		for _, match := range settingDefault.FindAllStringSubmatch(m.Text, -1) {
			if entry := entries[match[1]]; entry != nil {
				entry.Default, _ = plainNumber(match[2])
			}
		}
		for _, match := range settingTextDefault.FindAllStringSubmatch(m.Text, -1) {
			if entry := entries[match[1]]; entry != nil {
				entry.Default = match[2]
			}
		}
	}
	names := root.Content[0].Content
	for i := 0; i < len(names); i += 2 {
		entry := entries[names[i].Value]
		entry.Name = names[i].Value
		d.Settings = append(d.Settings, entry)
	}
	return nil
}
