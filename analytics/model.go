package analytics

import (
	"fmt"
	"regexp"

	sqltext "github.com/perfloop/perfloop/sql"
)

// model is one thing that a build makes.
type model struct {
	sqltext.File
	layer sqltext.Layer
}

// create is the statement that makes the model of all rows. The file's first line stands on the statement's, so that
// the engine's line numbers are the file's. Marts are the warehouse's tables. Staging and intermediate models are
// scaffolding of one build, gone when the build is done and never published: staging models and those whose comment says
// so are temporary views, for copying millions of rows costs more than reading them through a view, the others temporary
// tables; those with a scope are kept for the next build. A macro's text is the whole statement.
func (m model) create() string {
	switch {
	case m.layer == sqltext.Macros:
		return m.Text
	case m.layer == sqltext.Marts && m.isView():
		return "create or replace view " + m.table() + " as " + m.Text
	case m.isStored():
		return "create table " + m.table() + " as " + m.Text
	}
	return m.createTemp(m.Name)
}

func (m model) createTemp(name string) string {
	if m.isView() {
		return "create or replace temp view " + name + " as " + m.Text
	}
	return "create temp table " + name + " as " + m.Text
}

var viewLine = regexp.MustCompile(`(?m)^-- view\b`)

// isView reports whether the model is read through a view.
func (m model) isView() bool { return m.layer == sqltext.Staging || viewLine.MatchString(m.Text) }

var asWrittenLine = regexp.MustCompile(`(?m)^-- joins as written\b`)

// isJoinedAsWritten reports whether the engine is to keep the order of the model's joins: what stands first is streamed past hash
// tables of what is joined to it. The engine's own choice follows estimates, which after some left joins are so low that it puts
// millions of wide rows into a hash table to look few narrow ones up in it.
func (m model) isJoinedAsWritten() bool { return asWrittenLine.MatchString(m.Text) }

// table is where a stored model's rows are.
func (m model) table() string {
	if m.layer == sqltext.Marts {
		return "main." + m.Name
	}
	return "kept." + m.Name
}

// isStored reports whether the model outlives the build.
func (m model) isStored() bool { return m.layer == sqltext.Marts || m.scope() != "" }

var scopeLine = regexp.MustCompile(`(?m)^-- scope: (.+)$`)

// scope says how a stored model follows raw rows that were added, as its file's comment says.
func (m model) scope() string {
	if found := scopeLine.FindStringSubmatch(m.Text); found != nil {
		return found[1]
	}
	return ""
}

// models lists macros and models.
func models() []model {
	var all []model
	for _, layer := range []sqltext.Layer{sqltext.Macros, sqltext.Staging, sqltext.Intermediate, sqltext.Marts} {
		for _, f := range sqltext.Files(layer) {
			all = append(all, model{File: f, layer: layer})
		}
	}
	return all
}

var (
	comment  = regexp.MustCompile(`--.*`)
	wordInIt = regexp.MustCompile(`\b[a-z][a-z0-9_]*\b`)
)

// inOrder lists the wanted models and what they need, each after those its text names. The texts themselves are the only
// place that says what depends on what: file names carry no numbers. Models that name each other in a
// ring are an error.
func inOrder(all []model, wanted ...model) ([]model, error) {
	byName := make(map[string]model, len(all))
	for _, m := range all {
		byName[m.Name] = m
	}
	const visiting, done = 1, 2
	state := map[string]int{}
	ordered := make([]model, 0, len(all))
	var visit func(m model) error
	visit = func(m model) error {
		switch state[m.Name] {
		case done:
			return nil
		case visiting:
			return fmt.Errorf("model %s depends on itself", m.Path)
		}
		state[m.Name] = visiting
		for _, name := range wordInIt.FindAllString(comment.ReplaceAllString(m.Text, ""), -1) {
			if needed, ok := byName[name]; ok && name != m.Name {
				if err := visit(needed); err != nil {
					return err
				}
			}
		}
		state[m.Name] = done
		ordered = append(ordered, m)
		return nil
	}
	for _, m := range wanted {
		if err := visit(m); err != nil {
			return nil, err
		}
	}
	return ordered, nil
}
