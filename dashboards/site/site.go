// Package site writes the catalogue as a static site: every metric, model, column, setting, check and raw table in English and
// Chinese, with what is made from what. The pages stand alone: relative links, no address outside, readable from a folder.
package site

import (
	"bytes"
	"context"
	"embed"
	"encoding/json"
	"fmt"
	"html/template"
	"os"
	"path/filepath"
	"strings"

	"github.com/perfloop/perfloop/analytics"
	"github.com/perfloop/perfloop/dashboards/words"
)

//go:embed all:templates style.css search.js
var files embed.FS

// assets are copied beside the languages' folders.
var assets = []string{"style.css", "search.js"}

// Write writes the site into a folder, a folder a language below it. q is any warehouse: the engine's parser is asked what the models read.
func Write(ctx context.Context, q analytics.Querier, dir string) error {
	book, err := Read(ctx, q)
	if err != nil {
		return err
	}
	for _, name := range assets {
		text, err := files.ReadFile(name)
		if err != nil {
			return fmt.Errorf("read asset: %w", err)
		}
		if err := put(dir, name, text); err != nil {
			return err
		}
	}
	for _, lang := range words.Languages {
		if err := book.write(filepath.Join(dir, lang), words.For(lang)); err != nil {
			return err
		}
	}
	var start bytes.Buffer
	if err := parsed(words.For("en")).ExecuteTemplate(&start, "start", words.Languages); err != nil {
		return fmt.Errorf("write start page: %w", err)
	}
	return put(dir, "index.html", start.Bytes())
}

func put(dir, name string, text []byte) error {
	path := filepath.Join(dir, filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return fmt.Errorf("make folder of the site: %w", err)
	}
	if err := os.WriteFile(path, text, 0o644); err != nil {
		return fmt.Errorf("write page: %w", err)
	}
	return nil
}

// page is what every template gets.
type page struct {
	Path  string // below the language's folder, with slashes
	Title string
	Lang  string
	Other string // the other language
	Body  any
}

// Up leads from the page to the site's folder.
func (p page) Up() string { return strings.Repeat("../", 1+strings.Count(p.Path, "/")) }

func parsed(w *words.Words) *template.Template {
	return template.Must(template.New("").Funcs(template.FuncMap{
		"T":    w.T,
		"in":   func(s analytics.Said) string { return s.In(w.Lang) },
		"unit": func(unit string) string { return w.T("unit_of." + unit) },
		"name": func(lang string) string { return words.For(lang).T("site.language") },
	}).ParseFS(files, "templates/*.html"))
}

// hit is what the search finds.
type hit struct {
	Name string `json:"n"`
	Text string `json:"t"`
	Path string `json:"p"`
}

// write writes all pages in one language.
func (b *Book) write(dir string, w *words.Words) error {
	pages := parsed(w)
	var hits []hit
	for _, p := range b.pages(w) {
		p.Lang, p.Other = w.Lang, other(w.Lang)
		var text bytes.Buffer
		if err := pages.ExecuteTemplate(&text, strings.SplitN(p.Path, "/", 2)[0], p); err != nil {
			return fmt.Errorf("write %s: %w", p.Path, err)
		}
		if err := put(dir, p.Path, text.Bytes()); err != nil {
			return err
		}
	}
	for _, m := range b.Known.Metrics {
		hits = append(hits, hit{Name: m.Name.In(w.Lang), Text: m.Definition.In(w.Lang), Path: "metrics/" + m.ID + ".html"})
	}
	for _, m := range b.Models {
		hits = append(hits, hit{Name: m.Entry.Name, Text: m.Entry.In(w.Lang), Path: m.Path()})
		for _, c := range m.Columns {
			hits = append(hits, hit{Name: m.Entry.Name + "." + c.Name, Text: c.Entry.In(w.Lang), Path: m.Path() + "#" + c.Name})
		}
	}
	for _, s := range b.Known.Settings {
		hits = append(hits, hit{Name: s.Name, Text: s.In(w.Lang), Path: "settings.html#" + s.Name})
	}
	index, err := json.Marshal(hits)
	if err != nil {
		return fmt.Errorf("write search index: %w", err)
	}
	return put(dir, "search-index.js", append([]byte("window.hits = "), append(index, ';', '\n')...))
}

func other(lang string) string {
	if lang == "zh" {
		return "en"
	}
	return "zh"
}
