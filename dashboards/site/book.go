package site

import (
	"context"
	"slices"
	"strings"

	"github.com/perfloop/perfloop/analytics"
	"github.com/perfloop/perfloop/dashboards/words"
	sqltext "github.com/perfloop/perfloop/sql"
)

// Book is all that the site tells, and the server's pages about the catalogue.
type Book struct {
	Known  *analytics.Descriptions
	Models []*Model // each after those it reads
	Kinds  []*Kind
	Checks []Check
}

// Model is a page about one model.
type Model struct {
	Entry   *analytics.ModelEntry
	Text    string // its SQL
	Columns []Column
	Inputs  []*Node
	Readers []*Node
	Metrics []*analytics.MetricEntry
}

// Path of the model's page below the language's folder.
func (m *Model) Path() string { return "models/" + m.Entry.Name + ".html" }

// Node is a neighbour of a model.
type Node struct{ Name, Path string }

// Column is one of a model's, and the columns that its value is made from.
type Column struct {
	Name  string
	Entry analytics.ColumnEntry
	From  []Source
}

// Source is a column of a table.
type Source struct{ Table, Column, Path string }

// Kind is a raw table: the rows of files as they were read.
type Kind struct {
	Name    string // without raw.
	Text    string
	Readers []*Node
}

// Check is one that every build runs.
type Check struct{ Name, Severity, Text string }

// Read puts the book together. q is any warehouse: the engine's parser is asked what the models read.
func Read(ctx context.Context, q analytics.Querier) (*Book, error) {
	known, err := analytics.Catalogue()
	if err != nil {
		return nil, err
	}
	lineage, err := analytics.ReadLineage(ctx, q)
	if err != nil {
		return nil, err
	}
	b := &Book{Known: known}
	texts := map[string]string{}
	for _, layer := range []sqltext.Layer{sqltext.Staging, sqltext.Intermediate, sqltext.Marts} {
		for _, f := range sqltext.Files(layer) {
			texts[f.Name] = f.Text
		}
	}
	for _, f := range sqltext.Files(sqltext.Raw) {
		b.Kinds = append(b.Kinds, &Kind{Name: f.Name, Text: f.Text})
	}
	for _, read := range lineage.Models {
		b.Models = append(b.Models, b.model(read, texts[read.Name]))
	}
	for _, m := range b.Models {
		for _, input := range m.Inputs {
			b.isReadBy(input.Name, &Node{m.Entry.Name, m.Path()})
		}
	}
	for _, f := range sqltext.Files(sqltext.Checks) {
		severity, _, _ := strings.Cut(f.Grain(), ":")
		b.Checks = append(b.Checks, Check{Name: f.Name, Severity: severity, Text: f.Text})
	}
	return b, nil
}

func (b *Book) model(read analytics.ModelLineage, text string) *Model {
	m := &Model{Entry: b.Known.Model(read.Name), Text: text}
	for _, input := range read.Inputs {
		m.Inputs = append(m.Inputs, &Node{input, pathOf(input)})
	}
	for _, c := range read.Columns {
		entry, _ := b.Known.Column(read.Name, c.Name)
		one := Column{Name: c.Name, Entry: entry}
		for _, from := range c.From {
			one.From = append(one.From, Source{Table: from.Table, Column: from.Column, Path: pathOf(from.Table)})
		}
		m.Columns = append(m.Columns, one)
	}
	for _, metric := range b.Known.Metrics {
		if mart, _, _ := strings.Cut(metric.Column, "."); mart == read.Name {
			m.Metrics = append(m.Metrics, metric)
		}
	}
	return m
}

// pathOf is the page about a table below the language's folder.
func pathOf(table string) string {
	if name, isRaw := strings.CutPrefix(table, "raw."); isRaw {
		return "raw.html#" + name
	}
	return "models/" + table + ".html"
}

func (b *Book) isReadBy(table string, reader *Node) {
	name, isRaw := strings.CutPrefix(table, "raw.")
	if k := b.Kind(name); isRaw && k != nil {
		k.Readers = append(k.Readers, reader)
	}
	if m := b.Model(table); m != nil {
		m.Readers = append(m.Readers, reader)
	}
}

// metricPage is what a metric's page tells.
type metricPage struct {
	*analytics.MetricEntry
	Mart, Name string // the column that holds it
	From       []Source
}

// pages in the language of the words, whose templates bear the first part of their paths as a name.
func (b *Book) pages(w *words.Words) []page {
	all := []page{
		{Path: "index.html", Title: w.T("site.title"), Body: b.ByMart()},
		{Path: "settings.html", Title: w.T("site.settings"), Body: b.Known.Settings},
		{Path: "checks.html", Title: w.T("site.checks"), Body: b.Checks},
		{Path: "raw.html", Title: w.T("site.raw"), Body: b.Kinds},
		{Path: "models.html", Title: w.T("site.models"), Body: b.ByLayer()},
	}
	for _, m := range b.Known.Metrics {
		one := metricPage{MetricEntry: m}
		one.Mart, one.Name, _ = strings.Cut(m.Column, ".")
		for _, of := range b.Models {
			at := slices.IndexFunc(of.Columns, func(c Column) bool { return c.Name == one.Name })
			if of.Entry.Name == one.Mart && at >= 0 {
				one.From = of.Columns[at].From
			}
		}
		all = append(all, page{Path: "metrics/" + m.ID + ".html", Title: m.Name.In(w.Lang), Body: one})
	}
	for _, m := range b.Models {
		all = append(all, page{Path: m.Path(), Title: m.Entry.Name, Body: m})
	}
	return all
}

// Model so named, or nil.
func (b *Book) Model(name string) *Model {
	if at := slices.IndexFunc(b.Models, func(m *Model) bool { return m.Entry.Name == name }); at >= 0 {
		return b.Models[at]
	}
	return nil
}

// Kind so named, or nil.
func (b *Book) Kind(name string) *Kind {
	if at := slices.IndexFunc(b.Kinds, func(k *Kind) bool { return k.Name == name }); at >= 0 {
		return b.Kinds[at]
	}
	return nil
}

// RawOf are the kinds of file that a model is made from in the end.
func (b *Book) RawOf(name string) []*Kind {
	reached := map[string]bool{name: true}
	for _, m := range slices.Backward(b.Models) { // each stands after those it reads
		if !reached[m.Entry.Name] {
			continue
		}
		for _, input := range m.Inputs {
			reached[input.Name] = true
		}
	}
	return slices.DeleteFunc(slices.Clone(b.Kinds), func(k *Kind) bool { return !reached["raw."+k.Name] })
}

// ByMart are the marts that metrics are read from.
func (b *Book) ByMart() []*Model {
	return slices.DeleteFunc(slices.Clone(b.Models), func(m *Model) bool { return len(m.Metrics) == 0 })
}

// Layer is one of the pipeline's, with its models.
type Layer struct {
	Name   string
	Models []*Model
}

// ByLayer has the marts first: they are what is asked.
func (b *Book) ByLayer() []Layer {
	var all []Layer
	for _, name := range []sqltext.Layer{sqltext.Marts, sqltext.Intermediate, sqltext.Staging} {
		one := Layer{Name: string(name)}
		for _, m := range b.Models {
			if m.Entry.Layer == one.Name {
				one.Models = append(one.Models, m)
			}
		}
		all = append(all, one)
	}
	return all
}
