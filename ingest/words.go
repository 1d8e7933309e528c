package ingest

import (
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// Words are words of closed columns that files write for ours: table, our word, theirs. They come before the dictionary's.
type Words map[string]map[string][]string

// ReadWords reads a file of words. Its errors are *MappingError: all faults with their lines.
func ReadWords(data []byte) (Words, error) {
	var w Words
	f := &faults{}
	w.check(f.read(data, &w), f)
	if err := f.err(); err != nil {
		return nil, err
	}
	return w, nil
}

// check notes the tables and words of ours that do not exist.
func (w Words) check(at *yamlPlace, f *faults) {
	tables := dictionary().words
	for table := range w {
		here := at.under(table)
		if tables[table] == nil {
			f.at(here.line, "mapping_unknown_table", table).Args["tables"] = strings.Join(slices.Sorted(maps.Keys(tables)), ", ")
			continue
		}
		for ours := range w[table] {
			if tables[table][foldWord(ours)] != ours {
				f.at(here.under(ours).line, "mapping_unknown_word", ours).Args["words"] = dictionary().ourWords(table)
			}
		}
	}
}

// with is the dictionary with words of the user's; the later ones win.
func (b *book) with(extra ...Words) *book {
	extra = slices.DeleteFunc(extra, func(w Words) bool { return len(w) == 0 })
	if len(extra) == 0 {
		return b
	}
	own := *b
	own.words = maps.Clone(b.words)
	for _, words := range extra {
		for table, byOurs := range words {
			own.words[table] = maps.Clone(own.words[table])
			for ours, theirs := range byOurs {
				for _, word := range theirs {
					own.words[table][foldWord(word)] = ours
				}
			}
		}
	}
	return &own
}

// under is w without the words that the user's own explain: a preset's words come before the dictionary's alone.
func (w Words) under(own Words) Words {
	left := Words{}
	for table, byOurs := range w {
		left[table] = map[string][]string{}
		explained := map[string]bool{}
		for _, theirs := range own[table] {
			for _, word := range theirs {
				explained[foldWord(word)] = true
			}
		}
		for ours, theirs := range byOurs {
			left[table][ours] = slices.DeleteFunc(slices.Clone(theirs), func(word string) bool { return explained[foldWord(word)] })
		}
	}
	return left
}

// wordsFile stands beside the archive's folder and holds for every import.
const wordsFile = "words.yaml"

// words reads the user's words for all imports; none where there is no file.
func (a *Archive) words() (Words, error) {
	data, err := os.ReadFile(filepath.Join(filepath.Dir(a.dir), wordsFile))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("read words: %w", err)
	}
	words, err := ReadWords(data)
	var fault *MappingError
	if errors.As(err, &fault) {
		return nil, fault.inFile(wordsFile)
	}
	return words, err
}
