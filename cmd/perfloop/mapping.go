package main

import (
	"context"
	"strings"

	"github.com/perfloop/perfloop/ingest"
)

type mappingCommand struct {
	File  string `arg:"" help:"File whose reading is wanted." type:"path"`
	Sheet string `help:"Only this sheet." placeholder:"SHEET"`
	Kind  string `help:"What the file holds, instead of finding out." placeholder:"KIND"`
}

// Run prints the mapping by which the file would be read.
func (c *mappingCommand) Run(ctx context.Context, a *app) error {
	try := importCommand{Paths: []string{c.File}, Kind: c.Kind, DryRun: true}
	reports, err := try.load(ctx, a)
	if err != nil {
		return err
	}
	report := reports[0]
	var sheets []ingest.SheetReport
	for _, s := range report.Sheets {
		if c.Sheet == "" || c.Sheet == s.Sheet {
			sheets = append(sheets, s)
		}
	}
	text, err := ingest.RecognisedYAML(sheets, func(column ingest.Column) string {
		return a.words.T("cli.confidence_" + column.Confidence)
	})
	if err != nil {
		return err
	}
	if len(text) == 0 {
		return &userError{key: "cli.nothing_recognised", args: map[string]any{"file": report.File, "reason": a.refusal(report)}, code: exitNothing}
	}
	_, err = a.out.Write(text)
	return err
}

// refusal is why a file, or its first sheet that was not recognised, cannot be read.
func (a *app) refusal(r ingest.Report) string {
	if r.Refused != nil {
		return a.words.Say(problemKey(r.Refused.Key), r.Refused.Args)
	}
	for _, s := range r.Sheets {
		if s.Kind == "" && len(s.Problems) > 0 {
			return a.words.Say(problemKey(s.Problems[0].Key), s.Problems[0].Args)
		}
	}
	return ""
}

type mappingsCommand struct {
	Forget string `help:"Forget the mapping of this fingerprint." placeholder:"FINGERPRINT"`
}

// Run lists the remembered mappings, or forgets one. Files of the data folder hold them: a running server sees it.
func (c *mappingsCommand) Run(a *app) error {
	archive, err := ingest.OpenArchive(archiveDir(a.data))
	if err != nil {
		return err
	}
	if c.Forget != "" {
		found, err := archive.Forget(c.Forget)
		if err == nil && !found {
			err = &userError{key: "cli.unknown_mapping", args: map[string]any{"fingerprint": c.Forget}, code: exitNothing}
		}
		if err == nil {
			a.print("cli.forgotten", "fingerprint", c.Forget)
		}
		return err
	}
	all, err := archive.Remembered()
	if err != nil {
		return a.wordsFault(err)
	}
	if a.json {
		return a.writeJSON(all)
	}
	for _, r := range all {
		a.print("cli.mapping_line_of", "fingerprint", r.Fingerprint, "file", r.Label, "by", r.By, "at", r.At, "headers", strings.Join(r.Headers, ", "))
	}
	if len(all) == 0 {
		a.print("cli.no_mappings")
	}
	return nil
}
