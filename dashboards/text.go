package dashboards

import (
	"strings"
	"unicode/utf8"
)

// clipAt is how many characters of a text from a file or an address a page shows in running text.
const clipAt = 80

// clip shortens a text that somebody else wrote.
func clip(s string) string {
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
