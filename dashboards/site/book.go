package site

import (
	"context"
	"slices"
	"strings"

	"github.com/perfloop/perfloop/analytics"
	"github.com/perfloop/perfloop/dashboards/words"
	sqltext "github.com/perfloop/perfloop/sql"
)

// book is all that the site tells.
type book struct {
	known  *analytics.Descriptions
	models []*model // each after those it reads
	kinds  []*kind
	checks []check
}

// model is a page about one model.
type model struct {
	Entry   *analytics.ModelEntry
	Text    string // its SQL
	Columns []column
	Inputs  []*node
	Readers []*node
	Metrics []*analytics.MetricEntry
}

// Path of the model's page below the language's folder.
func (m *model) Path() string { return "models/" + m.Entry.Name + ".html" }

// node is a neighbour of a model.
type node struct{ Name, Path string }

// column is one of a model's, and the columns that its value is made from.
type column struct {
	Name  string
	Entry analytics.ColumnEntry
	From  []source
}

type source struct{ Table, Column, Path string }

// kind is a raw table: the rows of files as they were read.
type kind struct {
	Name    string // without raw.
	Text    string
	Readers []*node
}

// check is one that every build runs.
type check struct{ Name, Severity, Text string }

func readBook(ctx context.Context, q analytics.Querier) (*book, error) {
	known, err := analytics.Catalogue()
	if err != nil {
		return nil, err
	}
	lineage, err := analytics.ReadLineage(ctx, q)
	if err != nil {
		return nil, err
	}
	b := &book{known: known}
	texts := map[string]string{}
	for _, layer := range []sqltext.Layer{sqltext.Staging, sqltext.Intermediate, sqltext.Marts} {
		for _, f := range sqltext.Files(layer) {
			texts[f.Name] = f.Text
		}
	}
	for _, f := range sqltext.Files(sqltext.Raw) {
		b.kinds = append(b.kinds, &kind{Name: f.Name, Text: f.Text})
	}
	for _, read := range lineage.Models {
		b.models = append(b.models, b.model(read, texts[read.Name]))
	}
	for _, m := range b.models {
		for _, input := range m.Inputs {
			b.isReadBy(input.Name, &node{m.Entry.Name, m.Path()})
		}
	}
	for _, f := range sqltext.Files(sqltext.Checks) {
		severity, _, _ := strings.Cut(f.Grain(), ":")
		b.checks = append(b.checks, check{Name: f.Name, Severity: severity, Text: f.Text})
	}
	return b, nil
}

func (b *book) model(read analytics.ModelLineage, text string) *model {
	m := &model{Entry: b.known.Model(read.Name), Text: text}
	for _, input := range read.Inputs {
		m.Inputs = append(m.Inputs, &node{input, pathOf(input)})
	}
	for _, c := range read.Columns {
		entry, _ := b.known.Column(read.Name, c.Name)
		one := column{Name: c.Name, Entry: entry}
		for _, from := range c.From {
			one.From = append(one.From, source{Table: from.Table, Column: from.Column, Path: pathOf(from.Table)})
		}
		m.Columns = append(m.Columns, one)
	}
	for _, metric := range b.known.Metrics {
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

func (b *book) isReadBy(table string, reader *node) {
	if name, isRaw := strings.CutPrefix(table, "raw."); isRaw {
		if at := slices.IndexFunc(b.kinds, func(k *kind) bool { return k.Name == name }); at >= 0 {
			b.kinds[at].Readers = append(b.kinds[at].Readers, reader)
		}
		return
	}
	if at := slices.IndexFunc(b.models, func(m *model) bool { return m.Entry.Name == table }); at >= 0 {
		b.models[at].Readers = append(b.models[at].Readers, reader)
	}
}

// metricPage is what a metric's page tells.
type metricPage struct {
	*analytics.MetricEntry
	Mart, Name string // the column that holds it
	From       []source
}

// pages in the language of the words, whose templates bear the first part of their paths as a name.
func (b *book) pages(w *words.Words) []page {
	all := []page{
		{Path: "index.html", Title: w.T("site.title"), Body: b.byMart()},
		{Path: "settings.html", Title: w.T("site.settings"), Body: b.known.Settings},
		{Path: "checks.html", Title: w.T("site.checks"), Body: b.checks},
		{Path: "raw.html", Title: w.T("site.raw"), Body: b.kinds},
		{Path: "models.html", Title: w.T("site.models"), Body: b.byLayer()},
	}
	for _, m := range b.known.Metrics {
		one := metricPage{MetricEntry: m}
		one.Mart, one.Name, _ = strings.Cut(m.Column, ".")
		for _, of := range b.models {
			at := slices.IndexFunc(of.Columns, func(c column) bool { return c.Name == one.Name })
			if of.Entry.Name == one.Mart && at >= 0 {
				one.From = of.Columns[at].From
			}
		}
		all = append(all, page{Path: "metrics/" + m.ID + ".html", Title: m.Name.In(w.Lang), Body: one})
	}
	for _, m := range b.models {
		all = append(all, page{Path: m.Path(), Title: m.Entry.Name, Body: m})
	}
	return all
}

// byMart are the marts that metrics are read from.
func (b *book) byMart() []*model {
	return slices.DeleteFunc(slices.Clone(b.models), func(m *model) bool { return len(m.Metrics) == 0 })
}

// layer is one of the pipeline's, with its models.
type layer struct {
	Name   string
	Models []*model
}

// byLayer has the marts first: they are what is asked.
func (b *book) byLayer() []layer {
	var all []layer
	for _, name := range []sqltext.Layer{sqltext.Marts, sqltext.Intermediate, sqltext.Staging} {
		one := layer{Name: string(name)}
		for _, m := range b.models {
			if m.Entry.Layer == one.Name {
				one.Models = append(one.Models, m)
			}
		}
		all = append(all, one)
	}
	return all
}
