package ingest

import (
	"strings"
	"testing"
	"unicode"

	"pgregory.net/rapid"
)

// TestFoldingInOneGoIsFolding holds the short way for everyday texts against what folding means, character by character.
func TestFoldingInOneGoIsFolding(t *testing.T) {
	isKept := func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) || r == '#' || r == '%' {
			return r
		}
		return -1
	}
	whole := func(s string) string { return strings.Map(isKept, inSimplified(foldText(s))) }
	header := func(s string) string {
		name, _ := cutHint(s)
		return first([]string{strings.ReplaceAll(whole(name), "%", ""), whole(s)})
	}
	texts := rapid.OneOf(rapid.StringMatching(`[a-zA-Z0-9 _:#%()\-./績效考核员工姓名]{0,12}`), rapid.String())
	rapid.Check(t, func(t *rapid.T) {
		s := texts.Draw(t, "text")
		if got, want := foldWhole(s), whole(s); got != want {
			t.Errorf("foldWhole(%q): got %q, want %q", s, got, want)
		}
		if got, want := foldHeader(s), header(s); got != want {
			t.Errorf("foldHeader(%q): got %q, want %q", s, got, want)
		}
	})
}
