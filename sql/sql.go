// Package sql is the text of the warehouse: raw tables, macros, models, panels and checks.
// A file's folder says what it is and its name is the thing it makes.
package sql

import (
	"embed"
	"io/fs"
	"path"
	"sort"
	"strings"
)

//go:embed raw macros staging intermediate marts scope panels checks catalogue
var files embed.FS

// Layer names a folder of models, in the order they are built.
type Layer string

// The layers of the warehouse. Macros come first because models call them.
const (
	Raw          Layer = "raw"
	Macros       Layer = "macros"
	Staging      Layer = "staging"
	Intermediate Layer = "intermediate"
	Marts        Layer = "marts"
	Checks       Layer = "checks"
	Scope        Layer = "scope"
)

// File is one statement: its name without folder and ending, its path below sql/, its text.
type File struct{ Name, Path, Text string }

// Grain is the file's first line without the comment mark: what one row is.
func (f File) Grain() string {
	first, _, _ := strings.Cut(f.Text, "\n")
	return strings.TrimSpace(strings.TrimPrefix(first, "--"))
}

// Files lists a layer by name.
func Files(l Layer) []File { return list(string(l)) }

// Panel returns the query of a panel, named page/panel, and whether there is one.
func Panel(name string) (File, bool) {
	text, err := files.ReadFile(path.Join("panels", name+".sql"))
	if err != nil {
		return File{}, false
	}
	return File{Name: name, Path: "panels/" + name + ".sql", Text: string(text)}, true
}

// Panels lists every panel, named page/panel.
func Panels() []File {
	found := list("panels")
	for i := range found {
		found[i].Name = strings.TrimSuffix(strings.TrimPrefix(found[i].Path, "panels/"), ".sql")
	}
	return found
}

// Catalogue is the folder of descriptions: of models, columns, metrics and settings.
func Catalogue() fs.FS {
	sub, err := fs.Sub(files, "catalogue")
	if err != nil {
		panic(err)
	}
	return sub
}

// list reads every .sql file below dir, sorted by path. The files are embedded: an error is a bug.
func list(dir string) []File {
	var found []File
	err := fs.WalkDir(files, dir, func(p string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || path.Ext(p) != ".sql" {
			return err
		}
		text, err := files.ReadFile(p)
		found = append(found, File{Name: strings.TrimSuffix(path.Base(p), ".sql"), Path: p, Text: string(text)})
		return err
	})
	if err != nil {
		panic(err)
	}
	sort.Slice(found, func(i, j int) bool { return found[i].Path < found[j].Path })
	return found
}
