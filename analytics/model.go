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

// create is the statement that makes the model. The file's first line stands on the statement's, so that the
// engine's line numbers are the file's. Marts are the warehouse's tables. Staging and intermediate models are
// scaffolding of one build: temporary tables, read by several models, gone when the build is done and never
// published. A macro's text is the whole statement.
func (m model) create() string {
	switch m.layer {
	case sqltext.Macros:
		return m.Text
	case sqltext.Marts:
		return "create table main." + m.Name + " as " + m.Text
	}
	return "create temp table " + m.Name + " as " + m.Text
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

// inOrder sorts models so that each comes after those its text names. The texts themselves are the only
// place that says what depends on what: file names carry no numbers. Models that name each other in a
// ring are an error.
func inOrder(all []model) ([]model, error) {
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
	for _, m := range all {
		if err := visit(m); err != nil {
			return nil, err
		}
	}
	return ordered, nil
}
