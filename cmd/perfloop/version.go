package main

import (
	"fmt"
	"runtime"
	"runtime/debug"
)

// version is set by the linker in a release; the commit comes from the build itself.
var version = "0.1.0-dev"

type versionCommand struct{}

// Run names the program's version, its commit, and the versions of Go and the engine it was built with.
func (c *versionCommand) Run(a *app) error {
	v := map[string]string{"version": version, "go": runtime.Version(), "commit": "", "engine": ""}
	if info, ok := debug.ReadBuildInfo(); ok {
		for _, s := range info.Settings {
			if s.Key == "vcs.revision" {
				v["commit"] = s.Value
			}
		}
		for _, m := range info.Deps {
			if m.Path == "github.com/duckdb/duckdb-go/v2" {
				v["engine"] = m.Version
			}
		}
	}
	if a.json {
		return a.writeJSON(v)
	}
	_, err := fmt.Fprintf(a.out, "perfloop %s %s (%s, duckdb-go %s)\n", v["version"], v["commit"], v["go"], v["engine"])
	return err
}
