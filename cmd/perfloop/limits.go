package main

import (
	"strings"

	"github.com/perfloop/perfloop/ingest/sheet"
)

// limitFlags are for the commands that read files.
type limitFlags struct {
	Limit []string `help:"What a file may cost, as rows=5000000: bytes, unzipped, ratio, entries, sheets, rows, columns, cell, seconds or memory." env:"PERFLOOP_LIMITS" placeholder:"NAME=N"`
}

// limits reads the flags. Its error is the user's.
func (f limitFlags) limits() (sheet.Limits, error) {
	text := strings.Join(f.Limit, ",")
	l, err := sheet.ParseLimits(text)
	if err != nil {
		return l, usage("cli.bad_limit", "limit", text, "names", strings.Join(sheet.LimitNames(), ", "))
	}
	return l, nil
}
