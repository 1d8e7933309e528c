package site

import (
	"context"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	cdplog "github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"

	"github.com/perfloop/perfloop/analytics"
	"github.com/perfloop/perfloop/dashboards/words"
)

func written(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	db, err := analytics.Open(t.Context(), "", analytics.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	if err := Write(t.Context(), db, dir); err != nil {
		t.Fatal(err)
	}
	return dir
}

var (
	link   = regexp.MustCompile(`(?:href|src)="([^"]*)"`)
	anchor = regexp.MustCompile(` id="([^"]*)"`)
	unsaid = regexp.MustCompile(`\b(?:site|unit_of|check)\.[a-z_]+\b`)
)

// readPages are the texts of all pages by their path below the folder, and the places that a link may lead to.
func readPages(t *testing.T, dir string) (pages map[string]string, places map[string]bool) {
	t.Helper()
	pages, places = map[string]string{}, map[string]bool{}
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		text, err := os.ReadFile(path)
		name := filepath.ToSlash(strings.TrimPrefix(path, dir+string(filepath.Separator)))
		places[name] = true
		if filepath.Ext(name) == ".html" {
			pages[name] = string(text)
			for _, found := range anchor.FindAllStringSubmatch(string(text), -1) {
				places[name+"#"+found[1]] = true
			}
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return pages, places
}

func TestEveryLinkOfTheSiteLeadsSomewhere(t *testing.T) {
	pages, places := readPages(t, written(t))
	links := 0
	for name, text := range pages {
		for _, found := range link.FindAllStringSubmatch(text, -1) {
			to, err := (&url.URL{Path: name}).Parse(found[1])
			if err != nil || to.Host != "" || strings.HasPrefix(found[1], "/") {
				t.Errorf("%s: %s leads out of the site", name, found[1])
				continue
			}
			target := strings.TrimPrefix(to.Path, "/")
			if to.Fragment != "" {
				target += "#" + to.Fragment
			}
			links++
			if !places[target] {
				t.Errorf("%s: nothing is at %s", name, found[1])
			}
		}
		if found := unsaid.FindString(strings.ReplaceAll(text, "</code>", "")); found != "" && !strings.Contains(name, "models/") {
			t.Errorf("%s: %s has no words", name, found)
		}
	}
	if links < 5000 {
		t.Errorf("only %d links", links)
	}
}

func TestTheSiteTellsEverythingInBothLanguages(t *testing.T) {
	pages, places := readPages(t, written(t))
	known, err := analytics.Catalogue()
	if err != nil {
		t.Fatal(err)
	}
	for _, lang := range words.Languages {
		for _, m := range known.Metrics {
			if text := pages[lang+"/metrics/"+m.ID+".html"]; !strings.Contains(text, ">"+strings.ReplaceAll(m.Name.In(lang), "'", "&#39;")+"</h1>") {
				t.Errorf("%s: no page on metric %s", lang, m.ID)
			}
		}
		for _, m := range known.Models {
			if m.Layer != "" && pages[lang+"/models/"+m.Name+".html"] == "" {
				t.Errorf("%s: no page on model %s", lang, m.Name)
			}
		}
		for _, s := range known.Settings {
			if !places[lang+"/settings.html#"+s.Name] {
				t.Errorf("%s: setting %s is missing", lang, s.Name)
			}
		}
		if text := pages[lang+"/models/fct_goal.html"]; !strings.Contains(text, `href="../../`+lang+`/models/int_goal_status.html"`) || !strings.Contains(text, `id="attainment"`) {
			t.Errorf("%s: the page on fct_goal lacks what it is made from", lang)
		}
	}
}

// TestTheSiteIsSearchedFromAFolder opens pages in Chromium as files, as whoever is sent the folder would.
func TestTheSiteIsSearchedFromAFolder(t *testing.T) {
	dir := written(t)
	options := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.NoSandbox, chromedp.Flag("disable-gpu", true), chromedp.Flag("disable-background-networking", true), chromedp.WindowSize(390, 844))
	parent, stop := context.WithTimeout(t.Context(), 3*time.Minute)
	t.Cleanup(stop)
	allocator, release := chromedp.NewExecAllocator(parent, options...)
	t.Cleanup(release)
	ctx, done := chromedp.NewContext(allocator)
	t.Cleanup(done)
	complaints := make(chan string, 100)
	if err := chromedp.Listen(ctx, func(event any) {
		switch e := event.(type) {
		case *cdplog.EventEntryAdded:
			complaints <- e.Entry.Text
		case *runtime.EventExceptionThrown:
			complaints <- e.ExceptionDetails.Text
		}
	}); err != nil {
		t.Fatalf("start Chromium: %v", err)
	}
	for lang, wanted := range map[string]string{"en": "cadence", "zh": "达标率"} {
		if _, err := chromedp.Run(ctx, chromedp.Navigate("file://"+dir+"/"+lang+"/models/fct_goal.html")); err != nil {
			t.Fatal(err)
		}
		found, err := chromedp.Run(ctx, chromedp.Evaluate[string](fmt.Sprintf(`(() => {
			const box = document.getElementById('search');
			box.value = %q;
			box.dispatchEvent(new Event('input'));
			return document.querySelector('#found li:first-child a').textContent + ' at ' + document.querySelector('#found li:first-child a').href;
		})()`, wanted)))
		if err != nil {
			t.Fatal(err)
		}
		name, address, _ := strings.Cut(found, " at ")
		if !strings.Contains(strings.ToLower(name), wanted) {
			t.Errorf("%s: %q was found", lang, found)
		}
		if _, err := chromedp.Run(ctx, chromedp.Navigate(address)); err != nil {
			t.Fatal(err)
		}
		told, err := chromedp.Run(ctx, chromedp.Evaluate[string]("document.title + ' ' + (document.documentElement.scrollWidth > innerWidth ? 'too wide' : 'fits')"))
		if err != nil || strings.HasPrefix(told, "fct_goal ") || !strings.HasSuffix(told, "fits") {
			t.Errorf("%s: the page found: %q, %v", lang, told, err)
		}
	}
	close(complaints)
	for c := range complaints {
		t.Errorf("the browser complains: %s", c)
	}
}
