// Package words holds every sentence a person reads, in English and Chinese, and writes numbers and
// dates as each language does. The sentences are flat JSON files, one an area and language.
package words

import (
	"embed"
	"encoding/json"
	"fmt"
	"io/fs"
	"path"
	"regexp"
	"strings"
	"sync"

	"golang.org/x/text/language"
)

//go:embed en zh
var files embed.FS

// Languages in the order in which they are offered.
var Languages = []string{"en", "zh"}

// Words speaks one language.
type Words struct {
	Lang      string
	sentences map[string]string
}

var load = sync.OnceValue(func() map[string]*Words {
	all := make(map[string]*Words, len(Languages))
	for _, lang := range Languages {
		all[lang] = &Words{Lang: lang, sentences: mustRead(lang)}
	}
	return all
})

// For returns the words of a language; English for one we do not speak.
func For(lang string) *Words {
	if w, ok := load()[lang]; ok {
		return w
	}
	return load()["en"]
}

var matcher = language.NewMatcher([]language.Tag{language.English, language.SimplifiedChinese})

// Match picks the language for an Accept-Language header or a POSIX locale such as zh_CN.UTF-8.
func Match(wish string) string {
	posix, _, _ := strings.Cut(wish, ".")
	tags, _, err := language.ParseAcceptLanguage(strings.ReplaceAll(posix, "_", "-"))
	if err != nil {
		return "en"
	}
	_, index, _ := matcher.Match(tags...)
	return Languages[index]
}

// T says the sentence of a key with its {name} placeholders filled: T("page.rows", "count", 12).
// Numbers are written as the language does. A key without a sentence is returned as it is; a test finds it.
func (w *Words) T(key string, pairs ...any) string {
	args := make(map[string]any, len(pairs)/2)
	for i := 0; i+1 < len(pairs); i += 2 {
		args[fmt.Sprint(pairs[i])] = pairs[i+1]
	}
	return w.Say(key, args)
}

// plural is a word that goes with a number: {count} {count|row|rows}.
var plural = regexp.MustCompile(`\{([a-z_]+)\|([^{}|]*)\|([^{}|]*)\}`)

// Say is T with the arguments in a map. Of {name|one|other} it says one where the argument is 1.
func (w *Words) Say(key string, args map[string]any) string {
	sentence, ok := w.sentences[key]
	if !ok {
		return key
	}
	if len(args) == 0 {
		return sentence
	}
	pairs := make([]string, 0, 2*len(args))
	for name, value := range args {
		pairs = append(pairs, "{"+name+"}", w.value(value))
	}
	sentence = plural.ReplaceAllStringFunc(sentence, func(form string) string {
		parts := plural.FindStringSubmatch(form)
		if w.value(args[parts[1]]) == "1" {
			return parts[2]
		}
		return parts[3]
	})
	return strings.NewReplacer(pairs...).Replace(sentence)
}

// Has reports whether there is a sentence for key.
func (w *Words) Has(key string) bool {
	_, ok := w.sentences[key]
	return ok
}

// Keys lists every key, unsorted.
func (w *Words) Keys() []string {
	keys := make([]string, 0, len(w.sentences))
	for key := range w.sentences {
		keys = append(keys, key)
	}
	return keys
}

// mustRead joins a language's files. They are embedded: an error or a key said twice is a bug.
func mustRead(lang string) map[string]string {
	names, err := fs.Glob(files, path.Join(lang, "*.json"))
	if err != nil {
		panic(err)
	}
	all := map[string]string{}
	for _, name := range names {
		text, err := files.ReadFile(name)
		if err != nil {
			panic(err)
		}
		var area map[string]string
		if err := json.Unmarshal(text, &area); err != nil {
			panic(fmt.Errorf("words %s: %w", name, err))
		}
		for key, sentence := range area {
			if _, twice := all[key]; twice {
				panic("words " + name + ": key said twice: " + key)
			}
			all[key] = sentence
		}
	}
	return all
}
