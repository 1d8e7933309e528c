package dashboards

import (
	"context"
	"database/sql"
	"fmt"
	"os"
	"strings"
	"sync"
	"testing"
	"time"

	cdplog "github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"

	"github.com/perfloop/perfloop/analytics"
	"github.com/perfloop/perfloop/dashboards/words"
)

// tab is a browser tab that keeps what the page complains of.
type tab struct {
	t   *testing.T
	ctx context.Context
	url string

	mu         sync.Mutex
	complaints []string
}

// openTab starts Chromium. Where there is none the test fails: what it shows cannot be shown without.
func openTab(t *testing.T, s *site) *tab {
	t.Helper()
	options := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.NoSandbox, chromedp.Flag("disable-gpu", true),
		chromedp.Flag("disable-background-networking", true), chromedp.Flag("force-prefers-reduced-motion", true))
	parent, stop := context.WithTimeout(t.Context(), 12*time.Minute)
	t.Cleanup(stop)
	allocator, release := chromedp.NewExecAllocator(parent, options...)
	t.Cleanup(release)
	ctx, done := chromedp.NewContext(allocator)
	t.Cleanup(done)
	b := &tab{t: t, ctx: ctx, url: s.url}
	if err := chromedp.Listen(ctx, b.note); err != nil {
		t.Fatalf("start Chromium: %v", err)
	}
	b.size(1440, 900)
	return b
}

func (b *tab) note(event any) {
	b.mu.Lock()
	defer b.mu.Unlock()
	switch e := event.(type) {
	case *cdplog.EventEntryAdded:
		b.complaints = append(b.complaints, fmt.Sprintf("%s: %s %s", e.Entry.Level, e.Entry.Text, e.Entry.URL))
	case *runtime.EventConsoleAPICalled:
		b.complaints = append(b.complaints, fmt.Sprintf("console.%s %s", e.Type, b.said(e.Args)))
	case *runtime.EventExceptionThrown:
		b.complaints = append(b.complaints, "exception "+e.ExceptionDetails.Text+" "+b.said([]*runtime.RemoteObject{e.ExceptionDetails.Exception}))
	}
}

func (b *tab) said(args []*runtime.RemoteObject) string {
	var words []string
	for _, a := range args {
		if a == nil {
			continue
		}
		words = append(words, string(a.Value)+a.Description)
	}
	return strings.Join(words, " ")
}

// taken returns the complaints so far and forgets them.
func (b *tab) taken() []string {
	b.mu.Lock()
	defer b.mu.Unlock()
	taken := b.complaints
	b.complaints = nil
	return taken
}

func (b *tab) size(width, height int64) {
	b.t.Helper()
	if err := chromedp.Do(b.ctx, chromedp.EmulateViewport(width, height)); err != nil {
		b.t.Fatal(err)
	}
}

// open goes to a path and waits until every panel has come and every chart is drawn.
func (b *tab) open(path string) {
	b.t.Helper()
	if err := chromedp.Do(b.ctx, chromedp.Navigate(b.url+path)); err != nil {
		b.t.Fatalf("%s: %v", path, err)
	}
	b.until(`document.readyState === "complete" && !document.querySelector("[aria-busy]") && !document.querySelector("figure.chart:not([data-drawn])")`)
}

// until waits for a condition. It asks from outside, since the page's policy forbids evaluating text inside.
func (b *tab) until(condition string) {
	b.t.Helper()
	for range 150 {
		if is, err := chromedp.Run(b.ctx, chromedp.Evaluate[bool]("Boolean("+condition+")")); err == nil && is {
			return
		}
		time.Sleep(100 * time.Millisecond)
	}
	where, _ := chromedp.Run(b.ctx, chromedp.Location())
	b.t.Fatalf("waited in vain at %s for %s\n%s", where, condition, strings.Join(b.taken(), "\n"))
}

func eval[T any](b *tab, expression string) T {
	b.t.Helper()
	value, err := chromedp.Run(b.ctx, chromedp.Evaluate[T](expression, chromedp.EvalAwaitPromise))
	if err != nil {
		b.t.Fatalf("%.200s: %v", expression, err)
	}
	return value
}

// violations of accessibility rules that axe-core finds.
func (b *tab) violations() []string {
	b.t.Helper()
	source, err := os.ReadFile("../testdata/pages/axe/axe.min.js")
	if err != nil {
		b.t.Fatal(err)
	}
	eval[bool](b, string(source)+"; true")
	return eval[[]string](b, `axe.run(document, {resultTypes: ["violations"]}).then((r) =>
		r.violations.map((v) => v.id + ": " + v.help + " " + v.nodes.slice(0, 3).map((n) => n.html.slice(0, 160) + " " + n.failureSummary.slice(0, 200)).join(" | ")))`)
}

// pointed shows the tip of a mark of every chart on the page, drawn on its canvas, and returns how many charts there are and which stay silent.
func (b *tab) pointed() (charts int, silent []string) {
	b.t.Helper()
	silent = eval[[]string](b, `[...document.querySelectorAll("figure.chart .canvas")].filter((box) => {
		const plot = echarts.getInstanceByDom(box);
		const drawn = () => { plot.getZr().flush(); return box.querySelector("canvas").toDataURL(); };
		const before = drawn();
		const all = plot.getOption().series;
		const isMark = (d) => d !== null && (typeof d !== "object" || Array.isArray(d) || d.name !== undefined || (d.value ?? null) !== null);
		const seriesIndex = all.findIndex((s) => (s.data ?? s.links ?? []).some(isMark));
		const dataIndex = (all[seriesIndex]?.data ?? []).findIndex(isMark);
		const isTree = all[seriesIndex]?.type === "tree"; // its first two nodes may be roots that are not drawn
		plot.dispatchAction({type: "showTip", seriesIndex, dataIndex: isTree ? 2 : Math.max(0, dataIndex)});
		return drawn() === before;
	}).map((box) => box.closest("section, article, .panel")?.id ?? "a chart")`)
	return eval[int](b, `document.querySelectorAll("figure.chart .canvas").length`), silent
}

// everyPage is a path of every page there is, of the generated company.
func everyPage() []string {
	paths := []string{"/people?cycle=2026H1", "/goals/score?cycle=2026H1", "/people/E7?cycle=2026H1", "/people/E7/brief?cycle=2026H1", "/data?"}
	for _, b := range pages() {
		paths = append(paths, "/"+b.Name+"?cycle=2026H1")
	}
	for _, tab := range dataTabs()[1:] {
		paths = append(paths, "/data/"+tab+"?")
	}
	return paths
}

// TestPagesInTheBrowser opens every page in both languages and themes: nothing is complained of, axe-core finds nothing, and
// every chart tells of its marks when they are pointed at.
func TestPagesInTheBrowser(t *testing.T) {
	s := serve(t, openWarehouse(t, scale(120)))
	b := openTab(t, s)
	told := 0
	for _, lang := range words.Languages {
		for _, theme := range []string{"light", "dark"} {
			for _, path := range everyPage() {
				b.open(path + "&lang=" + lang + "&theme=" + theme)
				for _, violation := range b.violations() {
					t.Errorf("%s %s %s: %s", path, lang, theme, violation)
				}
				charts, silent := b.pointed()
				told += charts
				for _, chart := range silent {
					t.Errorf("%s %s %s: %s tells nothing when pointed at", path, lang, theme, chart)
				}
				for _, complaint := range b.taken() {
					t.Errorf("%s %s %s: %s", path, lang, theme, complaint)
				}
			}
		}
	}
	if told < 100 {
		t.Errorf("only %d charts were pointed at: the generated company shows too little", told)
	}
	if n := eval[int](b, `document.querySelectorAll("*").length`); n < 50 {
		t.Errorf("the page has only %d elements", n)
	}
	eval[bool](b, `document.body.setAttribute("style", "color: red"); true`)
	time.Sleep(200 * time.Millisecond)
	if len(b.taken()) == 0 {
		t.Error("an inline style raised no complaint: the watch is blind")
	}
}

// TestAMarkLeadsToThePeopleBehindIt clicks a bar with the mouse, then goes back.
func TestAMarkLeadsToThePeopleBehindIt(t *testing.T) {
	s := serve(t, openWarehouse(t, scale(120)))
	b := openTab(t, s)
	b.open("/appraisal?cycle=2026H1&location=Berlin")
	at := eval[[]float64](b, `(() => {
		const box = document.querySelector("#loop-rating .canvas");
		box.scrollIntoView({block: "center"});
		const plot = echarts.getInstanceByDom(box);
		const series = plot.getOption().series[0];
		const row = series.data.findIndex((d) => d.value > 0.05);
		const [x, y] = plot.convertToPixel({seriesIndex: 0}, [row, series.data[row].value / 2]);
		const frame = box.getBoundingClientRect();
		return [frame.left + x, frame.top + y];
	})()`)
	if err := chromedp.Do(b.ctx, chromedp.MouseClickXY(at[0], at[1])); err != nil {
		t.Fatal(err)
	}
	b.until(`location.pathname === "/people" && location.search.includes("label=") && location.search.includes("location=Berlin")`)
	b.until(`document.querySelectorAll("#people-list tbody tr").length > 0`)
	eval[bool](b, "setTimeout(() => history.back(), 20); true") // a page kept whole by the browser loads nothing that could be waited for
	b.until(`location.pathname === "/appraisal" && document.querySelector("#loop-rating figure[data-drawn]")`)
}

func TestNothingIsWiderThanAPhone(t *testing.T) {
	s := serve(t, openWarehouse(t, scale(120)))
	b := openTab(t, s)
	b.size(390, 844)
	for _, path := range append(everyPage(), "/loop?cycle=2026H1&lang=en", "/loop?cycle=2026H1&lang=zh", "/loop?cycle=none") {
		b.open(path)
		if width := eval[int](b, "document.documentElement.scrollWidth"); width > 390 {
			t.Errorf("%s is %d pixels wide", path, width)
		}
		if over := eval[int](b, `[...document.querySelectorAll(".canvas canvas")].filter((c) => c.getBoundingClientRect().right > 390).length`); over > 0 {
			t.Errorf("%s: %d charts reach beyond the screen", path, over)
		}
	}
}

// hostile puts names into the generated company that try to be markup, script, formula or layout.
func hostile(ctx context.Context, conn *sql.Conn) error {
	if err := scale(120)(ctx, conn); err != nil {
		return err
	}
	for _, statement := range []string{
		`update raw.unit set unit = '<img src=x onerror=window.hacked=1>' where unit_id = 'D1'`,
		`update raw.unit set unit = '__f__window.hacked=2__f__' where unit_id = 'D2'`,
		`update raw.unit set unit = '{a|b}{{.Words}}</script><script>window.hacked=3</script>' where unit_id = 'D3'`,
		`update raw.unit set unit = repeat('宽', 10000) where unit_id = 'D4'`,
		`update raw.cycle set cycle_name = '</script><script>window.hacked=4</script>' where cycle = '2025H2'`,
		`update raw.rating_scale set label_en = '__f__(function(){window.hacked=5})__f__', label_zh = '@ink' where code = 'A'`,
		`update raw.goal set title = '<img src=x onerror=window.hacked=7>', parent_goal_id = null where goal_id like '%-1' and employee_id = 'E6'`,
		`update raw.goal set title = repeat('宽', 10000) where goal_id = '2026H1-D1'`,
		`update raw.goal set title = '__f__window.hacked=8__f__{{.Words}}' where goal_id = '2026H1-D2'`,
		`update raw.plan_item set title = chr(8238) || '</script><script>window.hacked=9</script>', done_on = null where employee_id = 'E6'`,
		`update raw.employee set employee_name = '"><svg onload=window.hacked=6>' where employee_id = 'E3'`,
		`update raw.employee set employee_name = chr(8238) || 'gnp.exe' where employee_id = 'E4'`,
		`update raw.employee set employee_name = '=HYPERLINK("x")' where employee_id = 'E5'`,
		`update raw.employee set employee_name = repeat('W', 10000) where employee_id = 'E1'`,
	} {
		if _, err := conn.ExecContext(ctx, statement); err != nil {
			return fmt.Errorf("%s: %w", statement, err)
		}
	}
	return nil
}

func TestHostileNamesDoNothing(t *testing.T) {
	s := serve(t, openWarehouse(t, analytics.Load(hostile)))
	b := openTab(t, s)
	for _, width := range []int64{390, 1440} {
		b.size(width, 900)
		for _, path := range []string{"/loop?cycle=2026H1&lang=en", "/loop?cycle=2026H1&lang=zh", "/people?cycle=2026H1", "/people/E3", "/people/E1",
			"/goals?cycle=2026H1", "/plans?cycle=2026H1"} {
			b.open(path)
			if eval[bool](b, `"hacked" in window || document.querySelector("main img, main svg[onload]") !== null`) {
				t.Errorf("%s: a name became code or markup", path)
			}
			if got := eval[int64](b, "document.documentElement.scrollWidth"); got > width {
				t.Errorf("%s at %d: %d pixels wide", path, width, got)
			}
			for _, complaint := range b.taken() {
				t.Errorf("%s: %s", path, complaint)
			}
		}
	}
	if got := s.get("/panels/people/list.csv?cycle=2026H1"); strings.Contains(got.body, "\n=HYPERLINK") || strings.Contains(got.body, "\n\"=HYPERLINK") {
		t.Error("a formula went into the CSV as it was")
	}
}
