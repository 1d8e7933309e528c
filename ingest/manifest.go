package ingest

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"

	"github.com/perfloop/perfloop/ingest/sheet"
)

// manifest is what is kept beside the original file, so that reading it again gives the same rows.
type manifest struct {
	ImportID   int64     `json:"import_id"`
	FileName   string    `json:"file_name"`
	StoredAs   string    `json:"stored_as"`
	SHA256     string    `json:"sha256"`
	ImportedAt time.Time `json:"imported_at"`
	ImportedBy string    `json:"imported_by,omitempty"`
	Kind       string    `json:"kind,omitempty"` // forced
	Mapping    *Mapping  `json:"mapping,omitempty"`
	Words      Words     `json:"words,omitempty"` // that held for all imports then
	Plans      []*plan   `json:"sheets"`

	References sheet.References `json:"references,omitempty"` // of a database dump: names of the records that it refers to
	Undone     *undone          `json:"undone,omitempty"`
}

// undone says when an import was taken back, and by whom.
type undone struct {
	At time.Time `json:"at"`
	By string    `json:"by,omitempty"`
}

// checksum is the SHA-256 of a file's bytes.
func checksum(path string) (string, error) {
	f, err := os.Open(path)
	if err != nil {
		return "", fmt.Errorf("read file: %w", err)
	}
	defer f.Close()
	sum := sha256.New()
	if _, err := io.Copy(sum, f); err != nil {
		return "", fmt.Errorf("read file: %w", err)
	}
	return hex.EncodeToString(sum.Sum(nil)), nil
}

// sameReading says whether options ask for what the manifest's import did.
func (m *manifest) sameReading(o Options) bool {
	return m.Kind == o.Kind && toJSON(m.Mapping) == toJSON(o.Mapping) && toJSON(m.Words) == toJSON(o.words)
}

// Archive is the folder of original files and manifests, one folder an import.
type Archive struct {
	dir    string
	Limits sheet.Limits // of every import that states none
}

// OpenArchive opens the folder and makes it where it is missing.
func OpenArchive(dir string) (*Archive, error) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, fmt.Errorf("open archive: %w", err)
	}
	return &Archive{dir: dir}, nil
}

const (
	manifestName  = "manifest.json"
	nextManifest  = "manifest.json.next" // takes the manifest's place once the warehouse has committed
	pendingSuffix = ".pending"
)

func (a *Archive) path(id int64) string { return filepath.Join(a.dir, fmt.Sprintf("%06d", id)) }

// open makes the import's pending folder with its manifest.
func (a *Archive) open(m *manifest) error {
	dir := a.path(m.ImportID) + pendingSuffix
	if err := os.RemoveAll(dir); err != nil {
		return fmt.Errorf("clear %s: %w", dir, err)
	}
	if err := os.Mkdir(dir, 0o700); err != nil {
		return fmt.Errorf("make import folder: %w", err)
	}
	return writeManifest(filepath.Join(dir, manifestName), m)
}

// copyOriginal copies the file at path to the place in a pending folder.
func copyOriginal(path, to string) error {
	original, err := os.Open(path)
	if err != nil {
		return fmt.Errorf("read file: %w", err)
	}
	defer original.Close()
	return writeSynced(to, original)
}

func writeManifest(path string, m *manifest) error {
	var b bytes.Buffer
	encoder := json.NewEncoder(&b)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "  ")
	if err := encoder.Encode(m); err != nil {
		return fmt.Errorf("encode manifest: %w", err)
	}
	return writeSynced(path, &b)
}

func writeSynced(path string, from io.Reader) error {
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o600)
	if err != nil {
		return fmt.Errorf("archive file: %w", err)
	}
	_, err = io.Copy(f, from)
	if err == nil {
		err = f.Sync()
	}
	if closed := f.Close(); err == nil {
		err = closed
	}
	if err != nil {
		return fmt.Errorf("write %s: %w", path, err)
	}
	return nil
}

// finish makes a pending import a kept one.
func (a *Archive) finish(id int64) error {
	if err := os.Rename(a.path(id)+pendingSuffix, a.path(id)); err != nil {
		return fmt.Errorf("keep import %d: %w", id, err)
	}
	return nil
}

func (a *Archive) drop(id int64) error { return os.RemoveAll(a.path(id) + pendingSuffix) }

// ids lists the imports whose folders have the suffix, in order.
func (a *Archive) ids(suffix string) ([]int64, error) {
	entries, err := os.ReadDir(a.dir)
	if err != nil {
		return nil, fmt.Errorf("list archive: %w", err)
	}
	var ids []int64
	for _, e := range entries {
		name, found := strings.CutSuffix(e.Name(), suffix)
		id, err := strconv.ParseInt(name, 10, 64)
		if found && err == nil && e.IsDir() {
			ids = append(ids, id)
		}
	}
	slices.Sort(ids)
	return ids, nil
}

// manifest reads the manifest of a kept import.
func (a *Archive) manifest(id int64) (*manifest, error) { return a.readManifest(id, manifestName) }

func (a *Archive) readManifest(id int64, name string) (*manifest, error) {
	data, err := os.ReadFile(filepath.Join(a.path(id), name))
	if err != nil {
		return nil, fmt.Errorf("read manifest of import %d: %w", id, err)
	}
	m := &manifest{}
	if err := json.Unmarshal(data, m); err != nil {
		return nil, fmt.Errorf("read manifest of import %d: %w", id, err)
	}
	return m, nil
}

// Original is the file of an import as it was handed in. It fails where its bytes are not the same any more.
func (a *Archive) Original(importID int64) (Source, error) {
	m, err := a.manifest(importID)
	if err != nil {
		return Source{}, err
	}
	original := Source{Name: m.FileName, Path: filepath.Join(a.path(importID), filepath.Base(m.StoredAs))}
	sum, err := checksum(original.Path)
	if err != nil {
		return Source{}, fmt.Errorf("find file of import %d: %w", importID, err)
	}
	if sum != m.SHA256 {
		return Source{}, fmt.Errorf("find file of import %d: its bytes have changed since the import", importID)
	}
	return original, nil
}

// storedName is a file name that every file system takes and that cannot leave the folder.
func storedName(name string) string {
	name = strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) || strings.ContainsRune("-_. ()", r) {
			return r
		}
		return '_'
	}, filepath.Base(strings.ReplaceAll(name, `\`, "/")))
	name = strings.Trim(name, ". ")
	for len(name) > 120 {
		_, size := decodeFirst(name)
		name = name[size:]
	}
	if name == "" || strings.HasPrefix(strings.ToLower(name), manifestName) {
		name = "file_" + name
	}
	return name
}

func decodeFirst(s string) (rune, int) {
	for i, r := range s {
		if i > 0 {
			return r, i
		}
	}
	return 0, len(s)
}

// lastID is the highest id that archive or warehouse have given away.
func (a *Archive) lastID(ctx context.Context, q querier) (int64, error) {
	var last int64
	if err := q.QueryRowContext(ctx, "select coalesce(max(import_id), 0) from raw.import").Scan(&last); err != nil {
		return 0, fmt.Errorf("find last import: %w", err)
	}
	ids, err := a.ids("")
	if len(ids) > 0 {
		last = max(last, ids[len(ids)-1])
	}
	return last, err
}
