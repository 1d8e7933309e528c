package dashboards

import (
	"bytes"
	"encoding/json"
	"flag"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/perfloop/perfloop/dashboards/words"
)

var update = flag.Bool("update", false, "rewrite the expected charts of testdata/charts")

// drawnChart is what a golden file holds: the chart, and its text alternative in each language.
type drawnChart struct {
	Chart   *Chart            `json:"chart"`
	Summary map[string]string `json:"summary"`
}

func TestCharts(t *testing.T) {
	known := map[string]bool{}
	for _, c := range chartCases() {
		known[c.file()] = true
		got := drawnChart{Summary: map[string]string{}}
		for _, lang := range words.Languages {
			d := newDrawing(wordsOnly(lang), c.panel, c.result)
			got.Summary[lang] = summary(d)
			if lang == "en" {
				got.Chart = draw(d)
			}
		}
		var text bytes.Buffer
		encoder := json.NewEncoder(&text)
		encoder.SetEscapeHTML(false)
		encoder.SetIndent("", " ")
		if err := encoder.Encode(got); err != nil {
			t.Fatalf("%s: %v", c.panel.Name, err)
		}
		if *update {
			if err := os.WriteFile(c.file(), text.Bytes(), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		want, err := os.ReadFile(c.file())
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(string(want), text.String()); diff != "" {
			t.Errorf("%s (-want +got):\n%s", c.file(), diff)
		}
	}
	files, err := filepath.Glob("testdata/charts/*.json")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range files {
		if !known[filepath.ToSlash(name)] {
			t.Errorf("%s belongs to no case", name)
		}
	}
}

func (c chartCase) file() string {
	return "testdata/charts/" + strings.TrimPrefix(c.panel.Name, "gallery/") + ".json"
}

// TestEveryKindOfChartHasACase keeps the golden files complete.
func TestEveryKindOfChartHasACase(t *testing.T) {
	drawn := map[Kind]bool{}
	for _, c := range chartCases() {
		drawn[c.panel.Kind] = true
		if draw(newDrawing(wordsOnly("en"), c.panel, c.result)) == nil {
			t.Errorf("%s is not drawn", c.panel.Name)
		}
	}
	for _, p := range panels() {
		switch p.Kind {
		case KindFigures, KindSteps, KindRanking, KindTable:
		default:
			if !drawn[p.Kind] {
				t.Errorf("%s: no case for kind %s", p.Name, p.Kind)
			}
		}
	}
}

// TestEveryColorIsInTheStyleSheet: a name that style.css lacks would be drawn as ink.
func TestEveryColorIsInTheStyleSheet(t *testing.T) {
	sheet, err := staticFiles.ReadFile("static/style.css")
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range panels() {
		for _, s := range p.Series {
			if s.Color != "" && !strings.Contains(string(sheet), "--"+s.Color+":") {
				t.Errorf("%s: style.css has no color %q", p.Name, s.Color)
			}
		}
	}
}

func TestNamesInTheOrderOfTheirValuesAreFolded(t *testing.T) {
	c := chartCases()[1]
	d := newDrawing(wordsOnly("en"), c.panel, c.result)
	folded := draw(d)
	if folded.Rows != 8 || folded.Rest != 7 || folded.Tips[7] != "5 more" || folded.Links[7] != "" || folded.Whole == nil || folded.Whole.Rows != 12 || folded.Whole.Rest != -1 {
		t.Errorf("12 sorted bars: %d rows, rest %d, tips %q, whole %v", folded.Rows, folded.Rest, folded.Tips, folded.Whole)
	}
	c.result.Rows[0], c.result.Rows[5] = c.result.Rows[5], c.result.Rows[0]
	if unsorted := draw(newDrawing(wordsOnly("en"), c.panel, c.result)); unsorted.Rows != 12 || unsorted.Whole != nil {
		t.Errorf("12 bars in an order of their own: %d rows, whole %v", unsorted.Rows, unsorted.Whole)
	}
	if got := len(tableOf(d.request, c.panel, c.result).Rows); got != 12 {
		t.Errorf("the table has %d rows, want all 12", got)
	}
}

func TestStackedBarsAreOrderedByAllTheirParts(t *testing.T) {
	c := chartCase{Panel{Kind: KindStacked, X: "unit", Series: []Series{{Column: "late_count"}, {Column: "missed_count"}}}, resultOf("unit:text late_count:count missed_count:count")}
	for i := range 12 {
		c.result.Rows = append(c.result.Rows, []any{fmt.Sprint(i), int64(i % 3), int64(30 - 2*i)})
	}
	if chart := draw(newDrawing(wordsOnly("en"), c.panel, c.result)); chart.Rest != 7 {
		t.Errorf("falling totals are not folded: rest %d", chart.Rest)
	}
	c.result.Rows[11][2] = int64(99)
	if chart := draw(newDrawing(wordsOnly("en"), c.panel, c.result)); chart.Rest != -1 {
		t.Errorf("unordered totals are folded: rest %d", chart.Rest)
	}
}

// TestATreeHoldsEveryRowOnce: also rows that go round in a ring, and those whose parent is missing.
func TestATreeHoldsEveryRowOnce(t *testing.T) {
	for _, c := range chartCases() {
		if c.panel.Kind != KindTree {
			continue
		}
		tree := treeOf(newDrawing(wordsOnly("en"), c.panel, c.result))
		seen := map[int]int{}
		var walk func(rows []int)
		walk = func(rows []int) {
			for _, row := range rows {
				seen[row]++
				walk(tree.children[row])
			}
		}
		walk(tree.roots)
		for row := range c.result.Rows {
			if seen[row] != 1 {
				t.Errorf("row %d is in the tree %d times", row, seen[row])
			}
		}
	}
}

// TestManySiblingsAreFolded: a tree of a thousand roots opens with a screenful.
func TestManySiblingsAreFolded(t *testing.T) {
	c := chartCase{Panel{Name: "gallery/wide", Kind: KindTree, X: "title"}, resultOf("title:text node_key:text parent_key:text")}
	for i := range 1000 {
		c.result.Rows = append(c.result.Rows, []any{fmt.Sprint("Goal ", i), fmt.Sprint(i), nil})
	}
	chart := draw(newDrawing(wordsOnly("en"), c.panel, c.result))
	text, err := json.Marshal(chart.Option["series"])
	if err != nil {
		t.Fatal(err)
	}
	var series []struct {
		Data []struct{ Children []struct{ Children []any } }
	}
	if err := json.Unmarshal(text, &series); err != nil {
		t.Fatal(err)
	}
	roots := series[0].Data[0].Children
	if len(roots) != mostSiblings+1 || len(roots[mostSiblings].Children) != 1000-mostSiblings || chart.Names[1000] != "988 more" {
		t.Errorf("%d roots, the last with %d below it, named %q", len(roots), len(roots[len(roots)-1].Children), chart.Names[len(chart.Names)-1])
	}
}

// TestHostileNamesStayLabels: they are drawn, summed up and never become keys of nodes or cells.
func TestHostileNamesStayLabels(t *testing.T) {
	for _, c := range chartCases() {
		c = hostileCase(c)
		d := newDrawing(wordsOnly("en"), c.panel, c.result)
		chart := draw(d)
		chart.Links = nil // as long as the values they narrow by
		text, err := json.Marshal(chart)
		if err != nil {
			t.Fatalf("%s: %v", c.panel.Name, err)
		}
		if bytes.Contains(text, []byte("</script")) || bytes.Contains(text, []byte("<img")) {
			t.Errorf("%s: markup stands in the page as it is", c.panel.Name)
		}
		if len(text) > 60_000 {
			t.Errorf("%s: a long name makes %d bytes", c.panel.Name, len(text))
		}
		if said := summary(d); len(said) > 2000 {
			t.Errorf("%s: the summary has %d bytes", c.panel.Name, len(said))
		}
	}
}

// TestEveryMarkThatLeadsOnDoesSoInTheTable: without a mouse the table is the way.
func TestEveryMarkThatLeadsOnDoesSoInTheTable(t *testing.T) {
	for _, c := range chartCases() {
		r := wordsOnly("en")
		inTable := map[string]bool{}
		for _, row := range tableOf(r, c.panel, c.result).Rows {
			for _, cell := range row {
				inTable[cell.Link] = true
			}
		}
		chart := draw(newDrawing(r, c.panel, c.result))
		for _, link := range chart.Links {
			if !inTable[link] && link != "" {
				t.Errorf("%s: %s is in the chart only", c.panel.Name, link)
			}
		}
	}
}

func TestIncompleteListsMakeOneOrder(t *testing.T) {
	list := func(text string) (made []any) {
		for _, word := range strings.Fields(text) {
			made = append(made, word)
		}
		return made
	}
	for _, c := range []struct{ lists, want string }{
		{"low high | low middle high", "low middle high"},
		{"a c | b c d | a d e", "a b c d e"},
		{"b | a b | c", "a b c"},
		{"a b | a x", "a x b"},
		{"a a b | b a", "a b"},
		{"c d | a b", "c d a b"},
	} {
		var got []any
		for _, one := range strings.Split(c.lists, "|") {
			got = merged(got, list(one))
		}
		if diff := cmp.Diff(list(c.want), got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", c.lists, diff)
		}
	}
}

// TestColorsStandOut: texts at 4.5 to 1 and marks at 3 to 1 from the surface, in each block of colors.
func TestColorsStandOut(t *testing.T) {
	sheet, err := staticFiles.ReadFile("static/style.css")
	if err != nil {
		t.Fatal(err)
	}
	blocks := strings.Split(string(sheet), "--page:")[1:]
	if len(blocks) != 3 {
		t.Fatalf("style.css has %d blocks of colors, want light, dark and dark by the system's wish", len(blocks))
	}
	for i, block := range blocks {
		block, _, _ = strings.Cut(block, "}")
		colors := map[string]string{}
		for _, found := range regexp.MustCompile(`--([a-z-]+): (#[0-9a-f]{6})`).FindAllStringSubmatch(block, -1) {
			colors[found[1]] = found[2]
		}
		for name, color := range colors {
			want := 3.0
			switch name {
			case "ink", "secondary", "accent":
				want = 4.5
			case "surface", "line", "exempt": // no meaning of their own: exempt is nobody's fault and stands beside a word
				continue
			}
			if got := contrast(t, color, colors["surface"]); got < want {
				t.Errorf("block %d: %s %s has contrast %.2f on the surface, want %.1f", i, name, color, got, want)
			}
		}
	}
}

// contrast of two colors as WCAG counts it.
func contrast(t *testing.T, a, b string) float64 {
	light := func(hex string) float64 {
		var rgb [3]int
		if _, err := fmt.Sscanf(hex, "#%02x%02x%02x", &rgb[0], &rgb[1], &rgb[2]); err != nil {
			t.Fatalf("%q: %v", hex, err)
		}
		sum := 0.0
		for i, part := range []float64{0.2126, 0.7152, 0.0722} {
			x := float64(rgb[i]) / 255
			if x <= 0.03928 {
				x /= 12.92
			} else {
				x = math.Pow((x+0.055)/1.055, 2.4)
			}
			sum += part * x
		}
		return sum
	}
	x, y := light(a), light(b)
	return (max(x, y) + 0.05) / (min(x, y) + 0.05)
}
