package main

import (
	"fmt"
	"slices"
	"strings"

	"github.com/perfloop/perfloop/ingest"
)

type presetsCommand struct {
	Name string `arg:"" optional:"" help:"Print this preset's mapping, to start a mapping of one's own from."`
}

// Run lists the exports and templates of other systems that are known by their headers, or prints the mapping of one.
func (c *presetsCommand) Run(a *app) error {
	if c.Name != "" {
		return c.printOne(a)
	}
	if a.json {
		return a.writeJSON(ingest.Presets())
	}
	for _, p := range ingest.Presets() {
		a.print("cli.preset", "name", p.Name, "system", p.System, "what", p.What[a.words.Lang],
			"against", a.words.T("cli.preset_"+p.CheckedAgainst))
	}
	return nil
}

func (c *presetsCommand) printOne(a *app) error {
	at := slices.IndexFunc(ingest.Presets(), func(p *ingest.Preset) bool { return p.Name == c.Name })
	if at < 0 {
		return usage("cli.unknown_preset", "name", c.Name)
	}
	p := ingest.Presets()[at]
	if a.json {
		return a.writeJSON(p)
	}
	_, err := fmt.Fprintf(a.out, "# %s: %s\n# %s\n%s", p.System, strings.Join(p.Headers, ", "), p.Source, p.Text)
	return err
}
