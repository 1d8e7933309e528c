package analytics

import (
	"fmt"
	"strings"
	"sync"
)

var catalogueOnce = sync.OnceValues(Catalogue)

// comments are the statements that hang the catalogue's words, English and Chinese, on a built mart and its columns, so that
// any SQL client shows them. Of a mart that the catalogue does not know the file's first line is hung on it.
func comments(m model, columns []martColumn) (string, error) {
	known, err := catalogueOnce()
	if err != nil {
		return "", err
	}
	kind, what := "table", m.Grain()
	if m.isView() {
		kind = "view"
	}
	if entry := known.Model(m.Name); entry != nil {
		what = entry.both()
	}
	var b strings.Builder
	fmt.Fprintf(&b, "comment on %s main.%s is '%s'", kind, m.Name, escaped(what))
	for _, c := range columns {
		if entry, ok := known.Column(m.Name, c.name); ok {
			fmt.Fprintf(&b, ";\ncomment on column main.%s.%q is '%s'", m.Name, c.name, escaped(entry.both()))
		}
	}
	return b.String(), nil
}

func (s Said) both() string { return s.En + " · " + s.Zh }

func escaped(text string) string { return strings.ReplaceAll(text, "'", "''") }
