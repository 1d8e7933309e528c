package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/url"
	"os"
	"strings"

	"gopkg.in/yaml.v3"

	"github.com/perfloop/perfloop/analytics"
	"github.com/perfloop/perfloop/dashboards"
)

type settingsCommand struct {
	List    settingsListCommand    `cmd:"" help:"List the settings, what they mean and what they may be."`
	Get     settingsGetCommand     `cmd:"" help:"Print one setting."`
	Set     settingsSetCommand     `cmd:"" help:"Change one setting and remake the models."`
	Unset   settingsUnsetCommand   `cmd:"" help:"Give a setting its default again."`
	Apply   settingsApplyCommand   `cmd:"" help:"Make the settings, scales, guidelines and scoring rules what a file states."`
	Export  settingsExportCommand  `cmd:"" help:"Write the settings as a file that apply reads."`
	History settingsHistoryCommand `cmd:"" help:"List what was changed, from what to what, when and by whom."`
}

// ofCycle names the cycle that a setting is for.
type ofCycle struct {
	Cycle string `help:"Of this cycle alone. Default: the company." placeholder:"CYCLE"`
}

type settingsListCommand struct{ ofCycle }

// Run lists the settings of the published build.
func (c *settingsListCommand) Run(ctx context.Context, a *app) error {
	all, err := readSettings(ctx, a, c.Cycle)
	if err != nil {
		return err
	}
	if a.json {
		return a.writeJSON(all)
	}
	for _, s := range all {
		key := "cli.setting_default"
		if s.IsSet {
			key = "cli.setting_set"
		}
		a.print(key, "name", s.Name, "value", s.Value, "default", s.Default, "means", s.In(a.words.Lang))
	}
	return nil
}

func readSettings(ctx context.Context, a *app, cycle string) (all []analytics.Setting, err error) {
	reader, err := analytics.OpenReader(ctx, a.data, analytics.Options{})
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, reader.Close()) }()
	return analytics.Settings(ctx, reader, cycle)
}

type settingsGetCommand struct {
	ofCycle
	Name string `arg:"" help:"Name of the setting."`
}

// Run prints the value alone, for scripts.
func (c *settingsGetCommand) Run(ctx context.Context, a *app) error {
	all, err := readSettings(ctx, a, c.Cycle)
	if err != nil {
		return err
	}
	for _, s := range all {
		if s.Name != c.Name {
			continue
		}
		if a.json {
			return a.writeJSON(s)
		}
		_, err := fmt.Fprintln(a.out, s.Value)
		return err
	}
	return usage("cli.no_setting", "name", c.Name)
}

type settingsSetCommand struct {
	ofCycle
	Name  string `arg:"" help:"Name of the setting."`
	Value string `arg:"" help:"Its value: a number, a percentage or a date."`
}

// Run changes one setting.
func (c *settingsSetCommand) Run(ctx context.Context, a *app) error {
	return a.changeSettings(ctx, oneSetting(c.Name, c.Cycle, &c.Value), "")
}

type settingsUnsetCommand struct {
	ofCycle
	Name string `arg:"" help:"Name of the setting."`
}

// Run takes one setting back.
func (c *settingsUnsetCommand) Run(ctx context.Context, a *app) error {
	return a.changeSettings(ctx, oneSetting(c.Name, c.Cycle, nil), "")
}

// oneSetting is the settings file that states one value; nil: none.
func oneSetting(name, cycle string, value *string) []byte {
	values := &yaml.Node{Kind: yaml.MappingNode}
	cell := &yaml.Node{Kind: yaml.ScalarNode, Tag: "!!null", Value: "null"}
	if value != nil {
		cell = &yaml.Node{Kind: yaml.ScalarNode, Tag: "!!str", Value: *value, Style: yaml.DoubleQuotedStyle}
	}
	values.Content = []*yaml.Node{{Kind: yaml.ScalarNode, Value: name}, cell}
	section := "settings"
	if cycle != "" {
		section = "cycles"
		values = &yaml.Node{Kind: yaml.MappingNode, Content: []*yaml.Node{{Kind: yaml.ScalarNode, Tag: "!!str", Value: cycle}, values}}
	}
	text, err := yaml.Marshal(&yaml.Node{Kind: yaml.MappingNode, Content: []*yaml.Node{{Kind: yaml.ScalarNode, Value: section}, values}})
	if err != nil {
		panic(err) // the node is ours
	}
	return text
}

type settingsApplyCommand struct {
	File string `arg:"" help:"YAML file; - for the standard input." type:"path"`
}

// Run makes the settings what the file states.
func (c *settingsApplyCommand) Run(ctx context.Context, a *app) error {
	read := func() ([]byte, error) { return os.ReadFile(c.File) }
	if c.File == "-" {
		read = func() ([]byte, error) { return io.ReadAll(os.Stdin) }
	}
	text, err := read()
	if err != nil {
		return usage("cli.no_file", "file", c.File)
	}
	return a.changeSettings(ctx, text, c.File)
}

// changeSettings hands a settings file to the running server, or applies it.
func (a *app) changeSettings(ctx context.Context, text []byte, file string) error {
	edit, err := analytics.ReadSettings(text)
	if err != nil {
		return a.badSettings(err, file)
	}
	var changed dashboards.ChangedSettings
	s, err := openStore(ctx, a.data)
	switch {
	case errors.Is(err, analytics.ErrLocked):
		q := question{path: "/api/settings?" + url.Values{"by": {currentUser()}}.Encode(), contentType: "application/yaml", body: strings.NewReader(string(text))}
		err = a.askServer(ctx, q, &changed)
	case err == nil:
		var built analytics.Build
		changed.Changes, built, err = s.db.ChangeSettings(ctx, edit, currentUser())
		changed.Build = built.ID
		err = errors.Join(err, built.Unpublished, s.close())
	}
	if err != nil {
		return a.badSettings(err, file)
	}
	if a.json {
		return a.writeJSON(changed)
	}
	for _, c := range changed.Changes {
		a.print("cli.setting_changed", "name", c.Name, "cycle", c.Cycle, "before", settingText(c.Before), "after", settingText(c.After))
	}
	key := "cli.settings_done"
	if len(changed.Changes) == 0 {
		key = "cli.settings_same"
	}
	a.print(key, "build", changed.Build)
	return nil
}

// badSettings says all that is wrong with a settings file, a line each.
func (a *app) badSettings(err error, file string) error {
	sentences := dashboards.SettingsSentences(err, a.words.Lang)
	if sentences == nil {
		return err
	}
	return usage("cli.bad_settings", "file", file, "problem", strings.Join(sentences, "\n"))
}

func settingText(value *string) string {
	if value == nil {
		return "–"
	}
	return *value
}

type settingsExportCommand struct {
	File string `arg:"" optional:"" help:"File to write. Default: the standard output." type:"path"`
}

// Run writes the settings of the published build.
func (c *settingsExportCommand) Run(ctx context.Context, a *app) (err error) {
	reader, err := analytics.OpenReader(ctx, a.data, analytics.Options{})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, reader.Close()) }()
	text, err := analytics.ExportSettings(ctx, reader, a.words.Lang)
	if err != nil {
		return err
	}
	if c.File == "" {
		_, err = io.WriteString(a.out, text)
		return err
	}
	if err := os.WriteFile(c.File, []byte(text), 0o644); err != nil {
		return usage("cli.no_folder", "file", c.File)
	}
	a.print("cli.exported", "file", c.File)
	return nil
}

type settingsHistoryCommand struct{}

// Run lists the record of changes.
func (c *settingsHistoryCommand) Run(ctx context.Context, a *app) (err error) {
	reader, err := analytics.OpenReader(ctx, a.data, analytics.Options{})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, reader.Close()) }()
	all, err := analytics.SettingHistory(ctx, reader)
	if err != nil {
		return err
	}
	if a.json {
		return a.writeJSON(all)
	}
	for _, r := range all {
		a.print("cli.setting_record", "change", r.ID, "at", r.At, "by", r.By, "name", r.Name, "cycle", r.Cycle,
			"before", settingText(r.Before), "after", settingText(r.After), "build", r.Build)
	}
	if len(all) == 0 {
		a.print("cli.no_setting_changes")
	}
	return nil
}
