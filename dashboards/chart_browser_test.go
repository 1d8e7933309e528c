package dashboards

import (
	"fmt"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/labstack/echo/v4"
)

// serveGallery serves pages that show the cases: /gallery as they are, /hostile with names that try to be code.
func serveGallery(t *testing.T) *site {
	t.Helper()
	s := &server{Config: Config{DB: openWarehouse(t, nil)}, answers: newAnswers(answerBytes)}
	var err error
	if s.assets, err = readAssets(); err != nil {
		t.Fatal(err)
	}
	if s.pages, err = parseTemplates(); err != nil {
		t.Fatal(err)
	}
	e := echo.New()
	e.Use(secure())
	e.GET("/static/:hash/*", s.assets.serve)
	e.GET("/:page", func(c echo.Context) error {
		p := boardPage{page: s.bare(c), State: "full"}
		p.Section = "loop"
		for _, one := range chartCases() {
			p.Panels = append(p.Panels, panelSlot{ID: dashed(one.panel.Name), Title: one.panel.Name, Width: one.panel.Width,
				URL: "/" + c.Param("page") + "/" + strings.TrimPrefix(one.panel.Name, "gallery/")})
		}
		return s.render(c, 200, "board.html", p)
	})
	e.GET("/:page/:name", func(c echo.Context) error {
		for _, one := range chartCases() {
			if one.panel.Name != "gallery/"+c.Param("name") {
				continue
			}
			if c.Param("page") == "hostile" {
				one = hostileCase(one)
			}
			r := wordsOnly(language(c))
			return s.render(c, 200, "_panel.html", s.view(c, r, one.panel, one.result))
		}
		return notFound("error.no_page", nil)
	})
	web := httptest.NewServer(e)
	t.Cleanup(web.Close)
	return &site{t: t, url: web.URL}
}

// ink counts the colours in a panel's picture: an empty one has one or two.
const ink = `(id) => { const c = document.querySelector("#gallery-" + id + " canvas"); const d = c.getContext("2d").getImageData(0, 0, c.width, c.height).data;
	const seen = new Set(); for (let i = 0; i < d.length; i += 4) if (d[i + 3] > 200) seen.add(d[i] << 16 | d[i + 1] << 8 | d[i + 2]); return seen.size; }`

// TestEveryKindIsDrawn shows every kind in both themes and languages and moves the mouse all over each.
func TestEveryKindIsDrawn(t *testing.T) {
	b := openTab(t, serveGallery(t))
	for _, look := range []string{"lang=en&theme=light", "lang=zh&theme=dark"} {
		for _, width := range []int64{1440, 390} {
			b.size(width, 900)
			b.open("/gallery?" + look)
			for _, c := range chartCases() {
				id := strings.TrimPrefix(c.panel.Name, "gallery/")
				if n := eval[int](b, fmt.Sprintf("(%s)(%q)", ink, id)); n < 8 {
					t.Errorf("%s %s at %d: only %d colours: nothing is drawn", id, look, width, n)
				}
				b.sweep("#gallery-" + id + " canvas")
				if eval[bool](b, fmt.Sprintf(`echarts.getInstanceByDom(document.querySelector("#gallery-%s .canvas")).getOption().animation`, id)) {
					t.Errorf("%s moves though the reader asked for stillness", id)
				}
			}
			if got := eval[int64](b, "document.documentElement.scrollWidth"); got > width {
				t.Errorf("%s: %d pixels wide at %d", look, got, width)
			}
			for _, complaint := range b.taken() {
				t.Errorf("%s at %d: %s", look, width, complaint)
			}
		}
		for _, violation := range b.violations() {
			t.Errorf("%s: %s", look, violation)
		}
		b.taken()
	}
}

// sweep hovers over a grid of points of an element.
func (b *tab) sweep(element string) {
	b.t.Helper()
	eval[bool](b, fmt.Sprintf(`document.querySelector(%q).scrollIntoView({block: "center"}); true`, element))
	box := eval[[]float64](b, fmt.Sprintf(`(() => { const r = document.querySelector(%q).getBoundingClientRect(); return [r.x, r.y, r.width, r.height]; })()`, element))
	for across := 0.1; across < 1; across += 0.2 {
		for down := 0.15; down < 1; down += 0.2 {
			if err := chromedp.Do(b.ctx, chromedp.MouseEvent(chromedp.MouseMoved, box[0]+across*box[2], box[1]+down*box[3])); err != nil {
				b.t.Fatal(err)
			}
		}
	}
}

// TestAClickOnAMarkFollowsItsLink clicks a mark of every kind that leads somewhere.
func TestAClickOnAMarkFollowsItsLink(t *testing.T) {
	b := openTab(t, serveGallery(t))
	for _, c := range chartCases() {
		if len(c.panel.Drill.Columns) == 0 {
			continue
		}
		id := strings.TrimPrefix(c.panel.Name, "gallery/")
		b.open("/gallery")
		b.clickMark("#gallery-" + id)
		b.until(`location.pathname === "/people"`)
	}
}

// clickMark clicks where a chart's first drawn row is, found by asking ECharts for its pixel.
func (b *tab) clickMark(panel string) {
	b.t.Helper()
	at := eval[[]float64](b, fmt.Sprintf(`(() => {
		const box = document.querySelector(%q + " .canvas");
		box.scrollIntoView({block: "center"});
		const plot = echarts.getInstanceByDom(box);
		const series = plot.getModel().getSeriesByIndex(0);
		const data = series.subType === "sankey" ? series.getEdgeData() : series.getData();
		const last = series.subType === "tree" ? data.count() - 1 : 0;
		const shape = data.getItemGraphicEl(last);
		const label = shape.getTextContent?.() ?? shape.childAt?.(0)?.getTextContent?.();
		const target = series.subType === "tree" && label ? label : shape;
		target.updateTransform?.();
		const rect = target.getBoundingRect().clone();
		rect.applyTransform(target.transform ?? target.getComputedTransform?.());
		const frame = box.getBoundingClientRect();
		return [frame.x + rect.x + rect.width / 2, frame.y + rect.y + rect.height / 2];
	})()`, panel))
	if err := chromedp.Do(b.ctx, chromedp.MouseClickXY(at[0], at[1])); err != nil {
		b.t.Fatal(err)
	}
}

func TestTheRestOpensAndCloses(t *testing.T) {
	b := openTab(t, serveGallery(t))
	b.open("/gallery")
	high := `document.querySelector("#gallery-bars .canvas").clientHeight`
	before := eval[int](b, high)
	press := `document.querySelector("#gallery-bars button.rest").click(); true`
	eval[bool](b, press)
	b.until(fmt.Sprintf(`%s > %d && document.querySelector("#gallery-bars button.rest").getAttribute("aria-expanded") === "true"`, high, before+80))
	eval[bool](b, press)
	b.until(fmt.Sprintf(`%s === %d`, high, before))
	for _, complaint := range b.taken() {
		t.Error(complaint)
	}
}

func TestHostileNamesInEveryKindDoNothing(t *testing.T) {
	b := openTab(t, serveGallery(t))
	for _, width := range []int64{1440, 390} {
		b.size(width, 900)
		b.open("/hostile")
		for _, c := range chartCases() {
			b.sweep("#" + dashed(c.panel.Name) + " canvas")
		}
		if eval[bool](b, `"hacked" in window || document.querySelector("main img") !== null`) {
			t.Errorf("at %d a name became code or markup", width)
		}
		if got := eval[int64](b, "document.documentElement.scrollWidth"); got > width {
			t.Errorf("%d pixels wide at %d", got, width)
		}
		for _, complaint := range b.taken() {
			t.Errorf("at %d: %s", width, complaint)
		}
	}
}

// TestPrintedChartsFitThePaper: in the light theme's colours and no wider than a page.
func TestPrintedChartsFitThePaper(t *testing.T) {
	b := openTab(t, serveGallery(t))
	b.open("/gallery?theme=dark")
	widest := `Math.max(...[...document.querySelectorAll(".canvas canvas")].map((c) => c.clientWidth))`
	before := eval[int](b, widest)
	eval[bool](b, `dispatchEvent(new Event("beforeprint")); true`)
	if got := eval[int](b, widest); got > 650 || before <= 650 {
		t.Errorf("on paper the widest chart has %d pixels, on the screen %d", got, before)
	}
	if theme := eval[string](b, `document.documentElement.dataset.theme`); theme != "light" {
		t.Errorf("printed in the %s theme", theme)
	}
	eval[bool](b, `dispatchEvent(new Event("afterprint")); true`)
	if got, theme := eval[int](b, widest), eval[string](b, `document.documentElement.dataset.theme`); got != before || theme != "dark" {
		t.Errorf("after printing %d pixels in the %s theme, before %d in the dark", got, theme, before)
	}
	for _, complaint := range b.taken() {
		t.Error(complaint)
	}
}

// TestEveryChartIsOneCanvas: of several canvases one above the other, paper shows the uppermost only.
func TestEveryChartIsOneCanvas(t *testing.T) {
	b := openTab(t, serveGallery(t))
	b.open("/gallery")
	for _, id := range eval[[]string](b, `[...document.querySelectorAll(".canvas")].filter((c) => c.querySelectorAll("canvas").length !== 1).map((c) => c.closest("section").id)`) {
		t.Errorf("%s is drawn on several canvases", id)
	}
}

// TestATreeOpens: the mark of a node opens what is below it, the node for the other siblings gives way to them.
func TestATreeOpens(t *testing.T) {
	b := openTab(t, serveGallery(t))
	b.open("/gallery")
	for _, c := range []struct {
		id, node    string
		most, later int
	}{{"tree", "3", 7, 8}, {"wide", "20", 13, 20}} {
		seen := fmt.Sprintf(`(() => { const s = echarts.getInstanceByDom(document.querySelector("#gallery-%s .canvas")).getModel().getSeriesByIndex(0);
			let n = 0; s.getData().tree.root.eachNode((node) => { if (node.getModel().get("name") === "-1") return; for (let p = node.parentNode; p; p = p.parentNode) if (!p.isExpand) return; n += node.depth > 0 ? 1 : 0; }); return n; })()`, c.id)
		if got := eval[int](b, seen); got != c.most {
			t.Errorf("%s shows %d nodes at first, want %d", c.id, got, c.most)
		}
		at := eval[[]float64](b, fmt.Sprintf(`(() => {
			const box = document.querySelector("#gallery-%s .canvas");
			box.scrollIntoView({block: "center"});
			const data = echarts.getInstanceByDom(box).getModel().getSeriesByIndex(0).getData();
			const to = data.getItemGraphicEl(data.indexOfName(%q)).getComputedTransform();
			const frame = box.getBoundingClientRect();
			return [frame.x + to[4], frame.y + to[5]];
		})()`, c.id, c.node))
		if err := chromedp.Do(b.ctx, chromedp.MouseClickXY(at[0], at[1])); err != nil {
			t.Fatal(err)
		}
		b.until(fmt.Sprintf("%s === %d", seen, c.later))
	}
	for _, complaint := range b.taken() {
		t.Error(complaint)
	}
}
