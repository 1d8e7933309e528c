package dashboards

import (
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"sync"
	"testing"

	"github.com/perfloop/perfloop/dashboards/picture"
	"github.com/perfloop/perfloop/dashboards/words"
)

func pictures(t *testing.T) *server {
	t.Helper()
	files, err := readAssets()
	if err != nil {
		t.Fatal(err)
	}
	drawer, err := picture.New(files.files)
	if err != nil {
		t.Fatal(err)
	}
	return &server{pictures: drawer}
}

// TestEveryKindHasAPicture draws every kind in both languages, with plain and with hostile names.
func TestEveryKindHasAPicture(t *testing.T) {
	s := pictures(t)
	for _, lang := range words.Languages {
		for _, plain := range chartCases() {
			for _, c := range []chartCase{plain, hostileCase(plain)} {
				r := wordsOnly(lang)
				text, err := s.svg(t.Context(), r, c.panel, c.result)
				if err != nil {
					t.Errorf("%s: %v", c.panel.Name, err)
					continue
				}
				said := checkPicture(t, c.panel.Name, text)
				if !strings.Contains(said, r.exportNote()) || !strings.Contains(said, dotted(c.panel.Name)) {
					t.Errorf("%s: title or note is missing in %q", c.panel.Name, said)
				}
			}
			names := sideNames(wordsOnly(lang), plain.result, plain.panel.X)
			text, err := s.svg(t.Context(), wordsOnly(lang), plain.panel, plain.result)
			if err != nil {
				t.Fatal(err)
			}
			if said := checkPicture(t, plain.panel.Name, text); !strings.Contains(said, names[0]) {
				t.Errorf("%s in %s: %q is not written in %q", plain.panel.Name, lang, names[0], said)
			}
		}
	}
}

// checkPicture reads a picture as XML, refuses all that could run or fetch, and returns its texts.
func checkPicture(t *testing.T, name, text string) string {
	t.Helper()
	var said strings.Builder
	var inText int
	for decoder := xml.NewDecoder(strings.NewReader(text)); ; {
		token, err := decoder.Token()
		if errors.Is(err, io.EOF) {
			return said.String()
		}
		if err != nil {
			t.Errorf("%s is no XML: %v", name, err)
			return ""
		}
		switch x := token.(type) {
		case xml.StartElement:
			switch x.Name.Local {
			case "svg", "g", "defs", "pattern", "clipPath", "rect", "path", "circle", "ellipse", "line", "polygon", "polyline", "title", "desc", "text", "tspan", "linearGradient", "stop", "style":
			default:
				t.Errorf("%s holds <%s>", name, x.Name.Local)
			}
			for _, a := range x.Attr {
				isLocal := strings.Contains(a.Value, "url(#") && !strings.Contains(a.Value, "://")
				if strings.HasPrefix(a.Name.Local, "on") || a.Name.Local == "href" || strings.Contains(a.Value, "url(") && !isLocal {
					t.Errorf("%s holds %s=%q", name, a.Name.Local, a.Value)
				}
			}
			if x.Name.Local == "text" {
				inText++
			}
		case xml.EndElement:
			if x.Name.Local == "text" {
				inText--
			}
		case xml.CharData:
			if inText > 0 {
				said.Write(x)
				said.WriteByte('\n')
			}
		}
	}
}

// TestPartsSayTheirValueWhereThereIsRoom: also those of a whole.
func TestPartsSayTheirValueWhereThereIsRoom(t *testing.T) {
	c := chartCase{Panel{Name: "gallery/parts", Kind: KindStacked, X: "unit", Series: []Series{{Column: "on_time_share", Color: "on-time"}, {Column: "late_share", Color: "late"}}},
		resultOf("unit:text on_time_share:share late_share:share", []any{"Sales", 0.62, 0.38}, []any{"Legal", 0.43, 0.004})}
	text, err := pictures(t).svg(t.Context(), wordsOnly("en"), c.panel, c.result)
	if err != nil {
		t.Fatal(err)
	}
	said := checkPicture(t, c.panel.Name, text)
	for value, want := range map[string]bool{"62": true, "38": true, "43": true, "0.4": false} {
		if got := strings.Contains(said, "\n"+value+"\u00a0%"); got != want {
			t.Errorf("%s %% is said: %t, want %t, in %q", value, got, want, said)
		}
	}
}

func TestAPictureIsServedAndATableHasNone(t *testing.T) {
	s := serve(t, openWarehouse(t, scale(120)))
	got := s.get("/panels/loop/rating.svg?cycle=2026H1&lang=zh")
	if got.StatusCode != http.StatusOK || !strings.HasPrefix(got.Header.Get("Content-Type"), "image/svg+xml") || !strings.HasPrefix(got.Header.Get("Content-Disposition"), "attachment") {
		t.Fatalf("%s %v\n%.300s", got.Status, got.Header, got.body)
	}
	if said := checkPicture(t, "loop/rating", got.body); !strings.Contains(said, words.For("zh").T("loop.rating.title")) || !strings.Contains(said, "%") {
		t.Errorf("the picture says %q", said)
	}
	if got := s.get("/panels/people/list.svg?cycle=2026H1"); got.StatusCode != http.StatusNotFound || !strings.Contains(got.body, "CSV") {
		t.Errorf("a table's picture: %s %s", got.Status, got.body)
	}
}

// TestPicturesAreDrawnForSeveralAtOnce: the engine serves one at a time, callers need not know.
func TestPicturesAreDrawnForSeveralAtOnce(t *testing.T) {
	s := pictures(t)
	c := chartCases()[0]
	want, err := s.svg(t.Context(), wordsOnly("en"), c.panel, c.result)
	if err != nil {
		t.Fatal(err)
	}
	var all sync.WaitGroup
	for i := range 8 {
		all.Go(func() {
			got, err := s.svg(t.Context(), wordsOnly("en"), c.panel, c.result)
			if err != nil || len(got) != len(want) {
				t.Error(fmt.Errorf("picture %d: %d bytes, want %d: %w", i, len(got), len(want), err))
			}
		})
	}
	all.Wait()
}
