package main

import (
	"fmt"
	"io"
	"os"
	"strings"
	"time"

	"github.com/mattn/go-isatty"

	"github.com/perfloop/perfloop/ingest"
)

// progress draws a bar on a terminal and writes nothing elsewhere: the report says it all there.
type progress struct {
	a      *app
	w      io.Writer
	drawn  time.Time
	isLive bool
}

func newProgress(a *app) *progress {
	f, ok := a.err.(*os.File)
	return &progress{a: a, w: a.err, isLive: ok && isatty.IsTerminal(f.Fd()) && !a.json}
}

// step redraws at most ten times a second.
func (p *progress) step(at ingest.Progress) {
	if !p.isLive || time.Since(p.drawn) < 100*time.Millisecond {
		return
	}
	p.drawn = time.Now()
	const width = 24
	filled := int(width * at.Share())
	bar := strings.Repeat("█", filled) + strings.Repeat("░", width-filled)
	key := "cli.progress"
	if at.RowCount == 0 {
		key = "cli.progress_looking"
	}
	fmt.Fprintf(p.w, "\r\x1b[K%s %s", bar, p.a.words.T(key,
		"number", at.FileNumber, "count", at.FileCount, "file", at.File, "rows", at.Row, "total", at.RowCount))
}

// done clears the bar.
func (p *progress) done() {
	if p.isLive {
		fmt.Fprint(p.w, "\r\x1b[K")
	}
}
