package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/perfloop/perfloop/dashboards"
)

type tokenCommand struct {
	New    tokenNewCommand    `cmd:"" help:"Make a token for a program and print it, this once."`
	List   tokenListCommand   `cmd:"" help:"List the tokens' names."`
	Revoke tokenRevokeCommand `cmd:"" help:"Make a token worthless."`
}

type tokenNewCommand struct {
	Name string `arg:"" help:"Whose token it is; imports made with it bear this name."`
}

type tokenListCommand struct{}

type tokenRevokeCommand struct {
	Name string `arg:"" help:"Whose token it is."`
}

// tokensOf is the file of tokens of a data folder. A running server reads it anew for each request.
func tokensOf(data string) dashboards.Tokens {
	return dashboards.Tokens{Path: filepath.Join(data, "tokens.json")}
}

// Run prints the new token alone, so that a script can take it.
func (c *tokenNewCommand) Run(a *app) error {
	if !isTokenName(c.Name) {
		return usage("cli.token_bad_name", "most", mostTokenName)
	}
	if err := os.MkdirAll(a.data, 0o700); err != nil {
		return fmt.Errorf("make data folder: %w", err)
	}
	token, err := tokensOf(a.data).New(c.Name, time.Now())
	if err != nil {
		return err
	}
	if token == "" {
		return &userError{key: "cli.token_taken", args: map[string]any{"name": c.Name}, code: exitNothing}
	}
	if a.json {
		return a.writeJSON(map[string]string{"name": c.Name, "token": token})
	}
	_, err = fmt.Fprintln(a.out, token)
	return err
}

// mostTokenName is how many characters a token's name may have: it stands in the list of imports.
const mostTokenName = 60

func isTokenName(name string) bool {
	return name != "" && strings.TrimSpace(name) == name && utf8.RuneCountInString(name) <= mostTokenName &&
		!strings.ContainsFunc(name, func(r rune) bool { return !unicode.IsPrint(r) })
}

// Run lists names and days.
func (c *tokenListCommand) Run(a *app) error {
	all, err := tokensOf(a.data).List()
	if err != nil {
		return err
	}
	if a.json {
		for i := range all {
			all[i].Hash = ""
		}
		return a.writeJSON(all)
	}
	if len(all) == 0 {
		a.print("cli.no_tokens")
	}
	for _, t := range all {
		a.print("cli.token", "name", t.Name, "at", t.At)
	}
	return nil
}

// Run revokes.
func (c *tokenRevokeCommand) Run(a *app) error {
	found, err := tokensOf(a.data).Revoke(c.Name)
	if err == nil && !found {
		err = &userError{key: "cli.token_unknown", args: map[string]any{"name": c.Name}, code: exitNothing}
	}
	if err == nil {
		a.print("cli.token_revoked", "name", c.Name)
	}
	return err
}
