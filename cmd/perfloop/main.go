// Command perfloop imports HR spreadsheets, builds the performance loop's models and serves its dashboards.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"strings"
	"syscall"

	"github.com/alecthomas/kong"

	"github.com/perfloop/perfloop/analytics"
	"github.com/perfloop/perfloop/dashboards/words"
	"github.com/perfloop/perfloop/dashboards/workbook"
	"github.com/perfloop/perfloop/ingest"
)

// The exit codes of every command; they are part of the product's contract.
const (
	exitDone     = 0  // all rows in
	exitNothing  = 1  // nothing imported, or the command did not do its work
	exitRejected = 2  // imported with rejected rows or refused files
	exitUsage    = 64 // the words of the call are wrong
)

// cli is the whole command line.
type cli struct {
	Data string `help:"Folder that holds everything Perfloop keeps." default:"./perfloop-data" type:"path" placeholder:"DIR"`
	JSON bool   `name:"json" help:"Write the answer as JSON."`
	Lang string `help:"Language of messages, and of what is written: en or zh (demo: or both). Default: the system's." enum:",en,zh,both" default:"" placeholder:"en|zh"`

	Serve    serveCommand    `cmd:"" help:"Serve the dashboards."`
	Import   importCommand   `cmd:"" help:"Import spreadsheets and CSV files, or folders of them."`
	Imports  importsCommand  `cmd:"" help:"List the imports, the newest first."`
	Undo     undoCommand     `cmd:"" help:"Take an import back, as if it had never been made; --dry-run shows what that changes."`
	Redo     redoCommand     `cmd:"" help:"Bring back an import that was taken back."`
	Mapping  mappingCommand  `cmd:"" help:"Print the mapping by which a file would be read, to change it and give it to --mapping."`
	Mappings mappingsCommand `cmd:"" help:"List the mappings that are remembered, or forget one."`
	Token    tokenCommand    `cmd:"" help:"Tokens by which other programs import over HTTP."`
	Presets  presetsCommand  `cmd:"" help:"List the exports of other systems that are known, or print the mapping of one."`
	Build    buildCommand    `cmd:"" help:"Remake the models; with --from-files the whole warehouse from the imported files."`
	Check    checkCommand    `cmd:"" help:"Show what the checks found in the last build."`
	Settings settingsCommand `cmd:"" help:"Thresholds, the date of the report, scales, guidelines and scoring rules: show and change them."`
	Export   exportCommand   `cmd:"" help:"Write a workbook."`
	Explain  explainCommand  `cmd:"" help:"Say what a value is made of: formulas, thresholds, rows, down to file, sheet and line."`
	Builds   buildsCommand   `cmd:"" help:"List the published builds that can be asked again."`
	Changes  changesCommand  `cmd:"" help:"List the people and figures that moved since a build, and the import that moved them."`
	Report   reportCommand   `cmd:"" help:"Write a table as a build published it."`
	Docs     docsCommand     `cmd:"" help:"Write what every metric, model, column, setting and check means as a site of plain files, in both languages."`
	SQL      sqlCommand      `cmd:"" name:"sql" help:"Answer one select over the published tables."`
	Demo     demoCommand     `cmd:"" help:"Write the demo company's spreadsheets."`
	Version  versionCommand  `cmd:"" help:"Show the version."`
}

// app is what every command gets: where the data is, how to speak, where to write.
type app struct {
	data     string
	json     bool
	lang     string // as asked for; empty: the system's
	words    *words.Words
	out, err io.Writer
}

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	code := run(ctx, os.Args[1:], os.Stdout, os.Stderr)
	stop()
	os.Exit(code)
}

// run is the program: it never exits and never touches the process's own streams.
func run(ctx context.Context, args []string, out, err io.Writer) int {
	var c cli
	exited := -1
	parser, problem := kong.New(&c, kong.Name("perfloop"), kong.Description("The performance loop, visible and measured."),
		kong.Writers(out, err), kong.Exit(func(code int) { exited = code }), kong.UsageOnError())
	if problem != nil {
		fmt.Fprintln(err, problem)
		return exitNothing
	}
	call, problem := parser.Parse(args)
	if exited >= 0 { // --help was answered
		return exited
	}
	a := &app{data: c.Data, json: c.JSON, lang: c.Lang, words: words.For(language(c.Lang)), out: out, err: err}
	if problem != nil {
		fmt.Fprintln(err, a.words.T("cli.usage", "problem", problem.Error()))
		return exitUsage
	}
	call.BindTo(ctx, (*context.Context)(nil))
	return a.exitCode(call.Run(a))
}

// language picks the language of messages: the flag, else the system's locale.
func language(flag string) string {
	if flag == "en" || flag == "zh" {
		return flag
	}
	for _, name := range []string{"LC_ALL", "LC_MESSAGES", "LANG"} {
		if locale := os.Getenv(name); locale != "" {
			return words.Match(locale)
		}
	}
	return "en"
}

// exitError carries an exit code; what there is to say was said already.
type exitError int

func (e exitError) Error() string { return fmt.Sprintf("exit %d", int(e)) }

// userError is the user's to mend: a key of the words and its arguments.
type userError struct {
	key  string
	args map[string]any
	code int
}

func (e *userError) Error() string { return e.key }

// usage is a userError about the words of the call.
func usage(key string, pairs ...any) error {
	args := map[string]any{}
	for i := 0; i+1 < len(pairs); i += 2 {
		args[pairs[i].(string)] = pairs[i+1]
	}
	return &userError{key: key, args: args, code: exitUsage}
}

// exitCode says what went wrong in the user's language and turns it into the exit code.
func (a *app) exitCode(err error) int {
	var exit exitError
	var theirs *userError
	var history *ingest.HistoryError
	var told *toldError
	var book *workbook.UserError
	var statement *analytics.StatementError
	switch {
	case err == nil:
		return exitDone
	case errors.As(err, &exit):
		return int(exit)
	case errors.As(err, &theirs):
		return a.say(theirs.code, theirs.key, theirs.args)
	case errors.As(err, &history):
		return a.say(exitNothing, "problem."+history.Key, history.Args)
	case errors.As(err, &told):
		fmt.Fprintln(a.err, told.Message)
		return exitNothing
	case errors.As(err, &book):
		return a.say(exitNothing, "workbook."+book.Key, book.Args)
	case errors.As(err, &statement):
		return a.say(exitUsage, "cli.not_one_select", map[string]any{"reason": statement.Reason})
	case errors.Is(err, analytics.ErrLocked):
		return a.say(exitNothing, "cli.locked", map[string]any{"data": a.data})
	case errors.Is(err, analytics.ErrNothingPublished):
		return a.say(exitNothing, "cli.nothing_published", map[string]any{"data": a.data})
	case errors.Is(err, context.Canceled):
		return a.say(exitNothing, "cli.cancelled", nil)
	}
	return a.say(exitNothing, "cli.internal", map[string]any{"problem": err.Error()})
}

func (a *app) say(code int, key string, args map[string]any) int {
	fmt.Fprintln(a.err, strings.TrimSpace(a.words.Say(key, args)))
	return code
}

// print writes a sentence to the standard output.
func (a *app) print(key string, pairs ...any) { fmt.Fprintln(a.out, a.words.T(key, pairs...)) }
