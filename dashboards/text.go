package dashboards

import (
	"strings"
	"unicode/utf8"
)

// clipAt is how many characters of a text from a file or an address a page shows in running text.
const clipAt = 80

// clip shortens a text that somebody else wrote, and takes out the marks that would turn round what stands after it.
func clip(s string) string {
	s = strings.Map(func(letter rune) rune {
		if letter >= '\u202a' && letter <= '\u202e' || letter >= '\u2066' && letter <= '\u2069' {
			return -1
		}
		return letter
	}, s)
	if utf8.RuneCountInString(s) <= clipAt {
		return s
	}
	return string([]rune(s)[:clipAt-1]) + "…"
}

// text is a cell as a text; "" for what is none.
func text(v any) string {
	s, _ := v.(string)
	return s
}

// trimList takes the separator off a list's end, whichever the language uses.
func trimList(s string) string { return strings.TrimRight(s, ", 、;；") }

// dotted is a panel's name as words have it, dashed as an element's id has it.
func dotted(panel string) string { return strings.ReplaceAll(panel, "/", ".") }
func dashed(panel string) string { return strings.NewReplacer("/", "-", "_", "-").Replace(panel) }
