package main

import (
	"encoding/json"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	sqltext "github.com/perfloop/perfloop/sql"
)

const module = "github.com/perfloop/perfloop/"

// root of the repository, seen from this package's folder.
const root = "../.."

func TestTheTopLevelIsTheArchitecture(t *testing.T) {
	want := "LICENSE README.md analytics cmd dashboards go.mod go.sum ingest sql test.sh testdata"
	out, err := exec.Command("git", "-c", "core.quotepath=off", "-C", root, "ls-files", "--cached", "--others", "--exclude-standard").Output()
	if err != nil {
		t.Fatalf("git ls-files: %v", err)
	}
	seen := map[string]bool{}
	for _, path := range strings.Split(strings.TrimSpace(string(out)), "\n") {
		top, _, _ := strings.Cut(path, "/")
		if !strings.HasPrefix(top, ".") {
			seen[top] = true
		}
	}
	for _, name := range strings.Fields(want) {
		if !seen[name] {
			t.Errorf("%s is missing", name)
		}
		delete(seen, name)
	}
	for name := range seen {
		t.Errorf("%s does not belong at the top level", name)
	}
}

// may lists which of our packages a folder's packages may import; within a folder all may.
var may = map[string][]string{
	"cmd":        {"dashboards", "analytics", "ingest", "sql"},
	"dashboards": {"analytics", "ingest", "sql"},
	"analytics":  {"sql"},
	"ingest":     {"sql"},
	"sql":        {},
}

// only lists the outside modules that one folder alone may import.
var only = map[string]string{
	"github.com/labstack/echo/v4":          "dashboards",
	"github.com/go-echarts/go-echarts/v2/": "dashboards",
	"github.com/dop251/goja":               "dashboards",
}

type listed struct {
	ImportPath string
	Imports    []string
}

func listPackages(t *testing.T) []listed {
	t.Helper()
	cmd := exec.Command("go", "list", "-json=ImportPath,Imports", "./...")
	cmd.Dir = root
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("go list: %v", err)
	}
	var packages []listed
	decoder := json.NewDecoder(strings.NewReader(string(out)))
	for {
		var p listed
		err := decoder.Decode(&p)
		if err == io.EOF {
			return packages
		}
		if err != nil {
			t.Fatal(err)
		}
		packages = append(packages, p)
	}
}

func TestImportsPointOneWay(t *testing.T) {
	packages := listPackages(t)
	if len(packages) < 5 {
		t.Fatalf("go list names only %d packages", len(packages))
	}
	for _, p := range packages {
		from := folder(p.ImportPath)
		for _, imported := range p.Imports {
			if to := folder(imported); to != "" && to != from && !slices.Contains(may[from], to) {
				t.Errorf("%s imports %s", p.ImportPath, imported)
			}
			for prefix, owner := range only {
				if strings.HasPrefix(imported+"/", strings.TrimSuffix(prefix, "/")+"/") && from != owner {
					t.Errorf("%s imports %s, which is for %s", p.ImportPath, imported, owner)
				}
			}
		}
	}
}

// folder is the top-level folder of one of our packages, "" for others.
func folder(importPath string) string {
	rest, ours := strings.CutPrefix(importPath, module)
	if !ours {
		return ""
	}
	top, _, _ := strings.Cut(rest, "/")
	return top
}

// The ceilings of the house style. An exception stands here with its reason.
const (
	functionLines = 60
	fileLines     = 400
	parameters    = 4
	sqlLines      = 80
)

func TestGoStaysUnderTheCeilings(t *testing.T) {
	for _, path := range filesUnder(t, root, ".go") {
		text, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if lines := strings.Count(string(text), "\n"); lines > fileLines {
			t.Errorf("%s has %d lines, ceiling %d", path, lines, fileLines)
		}
		set := token.NewFileSet()
		file, err := parser.ParseFile(set, path, text, 0)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(file, func(n ast.Node) bool {
			if f, ok := n.(*ast.FuncDecl); ok {
				checkFunction(t, set, f)
			}
			return true
		})
	}
}

func checkFunction(t *testing.T, set *token.FileSet, f *ast.FuncDecl) {
	t.Helper()
	at := set.Position(f.Pos())
	if lines := set.Position(f.End()).Line - at.Line + 1; lines > functionLines {
		t.Errorf("%s: %s has %d lines, ceiling %d", at, f.Name.Name, lines, functionLines)
	}
	if n := f.Type.Params.NumFields(); n > parameters {
		t.Errorf("%s: %s takes %d parameters, ceiling %d", at, f.Name.Name, n, parameters)
	}
}

func TestSQLKeepsItsHouseStyle(t *testing.T) {
	layers := []sqltext.Layer{sqltext.Raw, sqltext.Macros, sqltext.Staging, sqltext.Intermediate, sqltext.Marts}
	files := sqltext.Panels()
	for _, l := range layers {
		files = append(files, sqltext.Files(l)...)
	}
	for _, f := range files {
		if f.Grain() == "" || !strings.HasPrefix(f.Text, "-- ") {
			t.Errorf("%s does not begin with a comment", f.Path)
		}
		if strings.Contains(f.Path, "/macros/") || strings.HasPrefix(f.Path, "macros/") {
			continue
		}
		if !strings.HasPrefix(f.Text, "-- One row") {
			t.Errorf("%s: the first line does not say what one row is: %q", f.Path, f.Grain())
		}
	}
	for _, f := range append(files, sqltext.Files(sqltext.Checks)...) {
		if lines := strings.Count(f.Text, "\n"); lines > sqlLines {
			t.Errorf("%s has %d lines, ceiling %d", f.Path, lines, sqlLines)
		}
		if strings.ContainsAny(f.Text, "\t\r") {
			t.Errorf("%s has tabs or carriage returns", f.Path)
		}
	}
}

func TestNothingIsLeftOpen(t *testing.T) {
	words := []string{"TO" + "DO", "FIX" + "ME", "not " + "implemented", "t.Skip" + "(", "<<<<" + "<<< ", ">>>>" + ">>> "}
	for _, ending := range []string{".go", ".sql", ".js", ".html", ".css", ".json", ".yaml", ".md", ".golden"} {
		for _, path := range filesUnder(t, root, ending) {
			text, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			for _, word := range words {
				if strings.Contains(string(text), word) {
					t.Errorf("%s says %s", path, word)
				}
			}
		}
	}
}

// filesUnder lists our own files with an ending; vendored assets are others' work.
func filesUnder(t *testing.T, dir, ending string) []string {
	t.Helper()
	var found []string
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		name := d.Name()
		if d.IsDir() && path != dir && (name == "vendor" || name == "node_modules" || strings.HasPrefix(name, ".") || strings.HasPrefix(name, "perfloop-data")) {
			return fs.SkipDir
		}
		if !d.IsDir() && strings.HasSuffix(name, ending) && !strings.HasSuffix(name, ".min.js") {
			found = append(found, path)
		}
		return nil
	})
	if err != nil {
		t.Fatal(fmt.Errorf("list %s: %w", ending, err))
	}
	return found
}
