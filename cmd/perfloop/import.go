package main

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/perfloop/perfloop/analytics"
	"github.com/perfloop/perfloop/ingest"
)

type importCommand struct {
	limitFlags
	Paths   []string `arg:"" name:"file" help:"Files or folders." type:"path"`
	Kind    string   `help:"What the files hold, instead of finding out." placeholder:"KIND"`
	Mapping string   `help:"YAML file that says which column is which." placeholder:"FILE" type:"path"`
	DryRun  bool     `help:"Say what would happen and keep nothing."`

	Remember bool `help:"Keep the mapping for later files with the same headers."`
}

// Run imports through the running server where there is one, else itself.
func (c *importCommand) Run(ctx context.Context, a *app) error {
	reports, err := c.load(ctx, a)
	if err != nil {
		return err
	}
	return a.report(reports, c.DryRun)
}

// load imports or previews the files, through the running server where there is one.
func (c *importCommand) load(ctx context.Context, a *app) ([]ingest.Report, error) {
	options, mapping, err := c.options(a)
	if err != nil {
		return nil, err
	}
	sources, err := readSources(c.Paths)
	if err != nil {
		return nil, err
	}
	bar := newProgress(a)
	defer bar.done()
	s, err := openStore(ctx, a.data)
	if errors.Is(err, analytics.ErrLocked) {
		return a.importThroughServer(ctx, sources, remoteOptions{kind: c.Kind, mapping: mapping, dryRun: c.DryRun, remember: c.Remember, progress: bar.step})
	}
	if err != nil {
		return nil, err
	}
	options.Progress = bar.step
	load, update := s.archive.Import, s.update
	if c.DryRun {
		load, update = s.archive.Preview, s.preview
	}
	reports, err := load(ctx, update, sources, options)
	return reports, a.wordsFault(errors.Join(err, s.close()))
}

// wordsFault says in words what is wrong with the data folder's words.yaml, where that is the error.
func (a *app) wordsFault(err error) error {
	var fault *ingest.MappingError
	if errors.As(err, &fault) {
		return a.badMapping("words.yaml", fault)
	}
	return err
}

// badMapping says all that is wrong with a mapping, a line each.
func (a *app) badMapping(file string, e *ingest.MappingError) error {
	var sentences []string
	for _, fault := range e.All() {
		sentences = append(sentences, a.words.Say("problem."+fault.Key, fault.Args))
	}
	return usage("cli.bad_mapping", "file", file, "problem", strings.Join(sentences, "\n"))
}

// options reads the mapping and refuses a kind nobody knows. It gives the mapping's text as well.
func (c *importCommand) options(a *app) (ingest.Options, []byte, error) {
	limits, err := c.limits()
	if err != nil {
		return ingest.Options{}, nil, err
	}
	options := ingest.Options{Kind: c.Kind, Limits: limits, By: currentUser(), Now: time.Now, Remember: c.Remember}
	if c.Remember && c.Mapping == "" {
		return options, nil, usage("cli.remember_what")
	}
	if c.Kind != "" && !slices.Contains(ingest.Kinds(), c.Kind) {
		return options, nil, usage("cli.unknown_kind", "kind", c.Kind, "kinds", strings.Join(ingest.Kinds(), ", "))
	}
	if c.Mapping == "" {
		return options, nil, nil
	}
	text, err := os.ReadFile(c.Mapping)
	if err != nil {
		return options, nil, usage("cli.no_file", "file", c.Mapping)
	}
	options.Mapping, err = ingest.ReadMapping(text)
	var fault *ingest.MappingError
	if errors.As(err, &fault) {
		return options, nil, a.badMapping(c.Mapping, fault)
	}
	if err != nil {
		return options, nil, err
	}
	return options, text, nil
}

// readSources reads the files named and those below the folders named, in the order of their names.
// Files that begin with a dot or with the lock mark of a spreadsheet program are left out of folders.
func readSources(paths []string) ([]ingest.Source, error) {
	var sources []ingest.Source
	for _, root := range paths {
		err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
			if err != nil {
				return usage("cli.no_file", "file", path)
			}
			hidden := path != root && (strings.HasPrefix(d.Name(), ".") || strings.HasPrefix(d.Name(), "~$"))
			if d.IsDir() {
				if hidden {
					return fs.SkipDir
				}
				return nil
			}
			if hidden {
				return nil
			}
			file, err := os.Open(path)
			if err != nil {
				return usage("cli.no_file", "file", path)
			}
			sources = append(sources, ingest.Source{Name: filepath.Base(path), Path: path})
			return file.Close()
		})
		if err != nil {
			return nil, err
		}
	}
	if len(sources) == 0 {
		return nil, usage("cli.no_files", "paths", strings.Join(paths, ", "))
	}
	return sources, nil
}

// currentUser names who imports, for the history.
func currentUser() string {
	for _, name := range []string{"USER", "LOGNAME", "USERNAME"} {
		if user := os.Getenv(name); user != "" {
			return user
		}
	}
	return "local"
}
