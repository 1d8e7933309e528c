package dashboards

import (
	"net/http"
	"net/url"
	"testing"

	"github.com/chromedp/chromedp"

	"github.com/perfloop/perfloop/dashboards/words"
)

// hostileFile has headers, names and a file name that try to be markup.
var hostileFile = map[string]string{"<img src=x onerror=window.hacked=1>.csv": "Employee ID,Goal,\"<svg onload=window.hacked=2>\",Due Date,Cycle\nE1,<script>window.hacked=3</script>,40,31/03/2026,2026H1\nE2,Save,50,soon,2026H1\n"}

// TestUploadsInTheBrowser looks at an upload in each state: no complaint, no barrier, no wider than a phone, nothing hacked.
func TestUploadsInTheBrowser(t *testing.T) {
	s := serve(t, openWarehouse(t, nil))
	b := openTab(t, s)
	look := func(path string) {
		t.Helper()
		b.open(path)
		for _, complaint := range append(b.taken(), b.violations()...) {
			t.Errorf("%s: %s", path, complaint)
		}
		b.taken()
		b.size(390, 844)
		if width := eval[int](b, "document.documentElement.scrollWidth"); width > 390 {
			t.Errorf("%s is %d pixels wide", path, width)
		}
		b.size(1440, 900)
		if eval[bool](b, `"hacked" in window || document.querySelector("main img, main svg[onload], main script:not([type])") !== null`) {
			t.Errorf("%s: a name became markup", path)
		}
	}
	for _, lang := range words.Languages {
		for _, theme := range []string{"light", "dark"} {
			choice := "?lang=" + lang + "&theme=" + theme
			u := sendFiles(t, s, hostileFile)
			u.wait(jobChecked)
			look(u.path + choice)
			u.post("/check", url.Values{"field.0.0.2": {"target"}})
			u.wait(jobChecked)
			look(u.path + choice)
			u.post("/discard", nil)
		}
	}
	u := sendFiles(t, s, hostileFile)
	u.wait(jobChecked)
	u.post("/import", nil)
	u.wait(jobImported)
	for _, path := range []string{u.path, "/data/imports/1", "/data/imports/1/undo", "/data"} {
		look(path)
	}
}

// TestDroppedFilesAreCheckedAndImported sends files as a browser does, from the drop on the page to the import.
func TestDroppedFilesAreCheckedAndImported(t *testing.T) {
	s := serve(t, openWarehouse(t, nil))
	b := openTab(t, s)
	b.open("/data")
	eval[bool](b, `(() => {
		const files = new DataTransfer();
		files.items.add(new File(["Employee ID,Name,Department\nE1,Ann,Sales\n"], "one.csv"));
		files.items.add(new File(["Employee ID,Name,Department\nE2,Bo,Sales\n"], "two.csv"));
		document.querySelector("main").dispatchEvent(new DragEvent("drop", {dataTransfer: files, bubbles: true, cancelable: true}));
		return true;
	})()`)
	b.until(`document.querySelector("[data-state=checked]") && document.querySelectorAll(".file").length === 2`)
	at := eval[[]float64](b, `(() => { const box = document.querySelector("button.first").getBoundingClientRect(); return [box.left + 8, box.top + 8]; })()`)
	if err := chromedp.Do(b.ctx, chromedp.MouseClickXY(at[0], at[1])); err != nil {
		t.Fatal(err)
	}
	b.until(`document.querySelector("[data-state=imported]") && document.querySelectorAll(".reports li").length === 2`)
	if got := s.get("/people/E2"); got.StatusCode != http.StatusOK {
		t.Errorf("E2: %d", got.StatusCode)
	}
	for _, complaint := range b.taken() {
		t.Error(complaint)
	}
}

// TestAConflictIsConfirmedFromTheKeyboard: Enter on its button confirms a name, and Enter in a field checks again.
func TestAConflictIsConfirmedFromTheKeyboard(t *testing.T) {
	s := serve(t, openWarehouse(t, nil))
	u := sendFiles(t, s, map[string]string{"people.csv": "Title\n\nEmployee ID,Name,Department\nE1,Ann Lee,Sales\nE1,Ann Chen,Service\n"})
	u.wait(jobChecked)
	b := openTab(t, s)
	enter := func(at, until string) {
		t.Helper()
		b.open(u.path)
		eval[bool](b, `(window.isBefore = true, document.querySelector('`+at+`').focus(), true)`)
		if err := chromedp.Do(b.ctx, chromedp.KeyEvent("\r")); err != nil {
			t.Fatal(err)
		}
		b.until(`!window.isBefore && document.querySelector("[data-state=checked]") && ` + until)
	}
	enter(`[name="confirm.0.0"]`, `document.querySelector('[name="unconfirm.0.0"]')`)
	for _, complaint := range append(b.taken(), b.violations()...) {
		t.Error(complaint)
	}
	enter(`[name="row.0.0"]`, `document.querySelector('[name="unconfirm.0.0"]')`)
}
