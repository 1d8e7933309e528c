package dashboards

import (
	"crypto/rand"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"
)

// Tokens is the file of tokens by which other programs import. It holds hashes only, without salt: no guessing
// finds more than 256 random bits.
type Tokens struct{ Path string }

// Token is one program's.
type Token struct {
	Name string    `json:"name"`
	Hash string    `json:"sha256,omitempty"`
	At   time.Time `json:"at"`
}

// List lists the tokens by name; none where there is no file.
func (t Tokens) List() ([]Token, error) {
	text, err := os.ReadFile(t.Path)
	if errors.Is(err, fs.ErrNotExist) || t.Path == "" {
		return []Token{}, nil
	}
	var all []Token
	if err == nil {
		err = json.Unmarshal(text, &all)
	}
	if err != nil {
		return nil, fmt.Errorf("read tokens: %w", err)
	}
	return all, nil
}

// New makes a token under a name and answers it, this once. It answers "" where the name is taken.
func (t Tokens) New(name string, now time.Time) (string, error) {
	all, err := t.List()
	if err != nil || slices.ContainsFunc(all, func(one Token) bool { return one.Name == name }) {
		return "", err
	}
	token := rand.Text() + rand.Text()
	all = append(all, Token{Name: name, Hash: hashOf(token), At: now.UTC().Truncate(time.Second)})
	slices.SortFunc(all, func(a, b Token) int { return strings.Compare(a.Name, b.Name) })
	return token, t.write(all)
}

// Revoke drops the token of that name; false where there is none.
func (t Tokens) Revoke(name string) (bool, error) {
	all, err := t.List()
	if err != nil {
		return false, err
	}
	left := slices.DeleteFunc(slices.Clone(all), func(one Token) bool { return one.Name == name })
	if len(left) == len(all) {
		return false, nil
	}
	return true, t.write(left)
}

// owner is the name under which a token was made; "" for none.
func (t Tokens) owner(token string) (string, error) {
	all, err := t.List()
	if err != nil {
		return "", err
	}
	hash := []byte(hashOf(token))
	for _, one := range all {
		if subtle.ConstantTimeCompare(hash, []byte(one.Hash)) == 1 {
			return one.Name, nil
		}
	}
	return "", nil
}

func hashOf(token string) string {
	sum := sha256.Sum256([]byte(token))
	return hex.EncodeToString(sum[:])
}

// write replaces the file at once, so that nobody reads half of it.
func (t Tokens) write(all []Token) error {
	text, err := json.MarshalIndent(all, "", "  ")
	if err != nil {
		return fmt.Errorf("write tokens: %w", err)
	}
	part, err := os.CreateTemp(filepath.Dir(t.Path), "tokens-*.part") // for its owner alone to read
	if err != nil {
		return fmt.Errorf("write tokens: %w", err)
	}
	_, err = part.Write(text)
	if err = errors.Join(err, part.Close()); err == nil {
		err = os.Rename(part.Name(), t.Path)
	}
	if err != nil {
		return fmt.Errorf("write tokens: %w", errors.Join(err, os.Remove(part.Name())))
	}
	return nil
}
