package ingest

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"gopkg.in/yaml.v3"
)

// Remembered is a mapping that holds for every later file with the same headers, in whatever order they stand.
type Remembered struct {
	Fingerprint string    `yaml:"-" json:"fingerprint"`
	Label       string    `yaml:"label" json:"label"` // the file it was made for
	By          string    `yaml:"by,omitempty" json:"by,omitempty"`
	At          time.Time `yaml:"at" json:"at"`
	Headers     []string  `yaml:"headers" json:"headers"`
	Mapping     *Mapping  `yaml:"mapping" json:"mapping"`
}

// mappingsFolder stands beside the archive's folder.
const mappingsFolder = "mappings"

func (a *Archive) mappingPath(fingerprint string) string {
	return filepath.Join(filepath.Dir(a.dir), mappingsFolder, fingerprint+".yaml")
}

// fingerprintOf is the same for the same headers in any order, case and width.
func fingerprintOf(headers []string) string {
	var keys []string
	for _, h := range headers {
		if key := foldWhole(h); key != "" {
			keys = append(keys, key)
		}
	}
	slices.Sort(keys)
	sum := sha256.Sum256([]byte(strings.Join(keys, "\x00")))
	return hex.EncodeToString(sum[:8])
}

// Remembered lists the remembered mappings by their labels. The file of one that cannot be read is named in the error,
// which is a *MappingError.
func (a *Archive) Remembered() ([]Remembered, error) {
	paths, err := filepath.Glob(a.mappingPath("*"))
	if err != nil {
		return nil, fmt.Errorf("list mappings: %w", err)
	}
	var all []Remembered
	for _, path := range paths {
		r, err := readRemembered(path)
		if err != nil {
			return nil, err
		}
		all = append(all, r)
	}
	slices.SortFunc(all, func(x, y Remembered) int { return strings.Compare(x.Label+x.Fingerprint, y.Label+y.Fingerprint) })
	return all, nil
}

func readRemembered(path string) (Remembered, error) {
	r := Remembered{Fingerprint: strings.TrimSuffix(filepath.Base(path), ".yaml")}
	data, err := os.ReadFile(path)
	if err != nil {
		return r, fmt.Errorf("read mapping: %w", err)
	}
	f := &faults{}
	at := f.read(data, &r)
	if r.Mapping == nil {
		r.Mapping = &Mapping{}
	}
	r.Mapping.check(at.under("mapping"), f)
	var fault *MappingError
	if errors.As(f.err(), &fault) {
		return r, fault.inFile(mappingsFolder + "/" + filepath.Base(path))
	}
	return r, nil
}

// Forget drops a remembered mapping; false where there is none of the fingerprint.
func (a *Archive) Forget(fingerprint string) (bool, error) {
	err := os.Remove(a.mappingPath(filepath.Base(fingerprint)))
	if errors.Is(err, fs.ErrNotExist) {
		return false, nil
	}
	if err != nil {
		return false, fmt.Errorf("forget mapping: %w", err)
	}
	return true, nil
}

// remember keeps the mapping that an import was made with under the headers of each sheet that it read.
func (a *Archive) remember(m *manifest) error {
	for _, p := range m.Plans {
		if p.Refused != nil || p.mapping == nil || p.mapping.preset != nil || len(p.header) == 0 {
			continue
		}
		r := Remembered{Label: m.FileName, By: m.ImportedBy, At: m.ImportedAt, Headers: p.header, Mapping: p.mapping.lasting()}
		data, err := yaml.Marshal(r)
		if err != nil {
			return fmt.Errorf("write mapping: %w", err)
		}
		path := a.mappingPath(fingerprintOf(p.header))
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			return fmt.Errorf("make folder of mappings: %w", err)
		}
		if err := writeSynced(path+".part", strings.NewReader(string(data))); err != nil {
			return err
		}
		if err := os.Rename(path+".part", path); err != nil {
			return fmt.Errorf("keep mapping: %w", err)
		}
	}
	return nil
}

// lasting is what of a mapping holds for the next file with the same headers too: not where they stood, not whose and of
// when its rows were, and no name that was confirmed.
func (m *Mapping) lasting() *Mapping {
	l := *m
	l.Sheet, l.HeaderRow, l.ColumnRange, l.Form = "", 0, "", false
	l.Sheets, l.Confirm, l.Constants = nil, nil, map[string]string{}
	for name, value := range m.Constants {
		if !isContext(name) {
			l.Constants[name] = value
		}
	}
	return &l
}
