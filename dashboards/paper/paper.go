// Package paper prints pages with the Chromium that is installed on the machine.
package paper

import (
	"context"
	"errors"
	"fmt"
	"html"
	"os"
	"os/exec"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/chromedp"
)

// ErrNoBrowser says that no browser is installed that could print.
var ErrNoBrowser = errors.New("no Chromium or Chrome is installed")

// Sheet is one thing to print.
type Sheet struct {
	URL     string
	Headers map[string]string // of every request that the browser makes for it
	Ready   string            // a condition in the page that holds when everything is drawn
	Foot    string            // stands at the bottom of every page, beside its number
}

// Browser is the path of the browser that prints; ErrNoBrowser where there is none.
func Browser() (string, error) {
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"} {
		if path, err := exec.LookPath(name); err == nil {
			return path, nil
		}
	}
	return "", ErrNoBrowser
}

// Print is the sheet as PDF on A4. It starts a browser of its own, without a profile, and ends it.
func Print(ctx context.Context, s Sheet) ([]byte, error) {
	path, err := Browser()
	if err != nil {
		return nil, err
	}
	options := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath(path), chromedp.Flag("disable-gpu", true),
		chromedp.Flag("disable-background-networking", true), chromedp.Flag("force-prefers-reduced-motion", true))
	if os.Geteuid() == 0 {
		options = append(options, chromedp.NoSandbox) // Chromium has no sandbox for root
	}
	ctx, release := chromedp.NewExecAllocator(ctx, options...)
	defer release()
	ctx, done := chromedp.NewContext(ctx)
	defer done()
	if err := chromedp.Do(ctx, chromedp.EmulateViewport(1240, 1754), s.sendHeaders, chromedp.Navigate(s.URL)); err != nil {
		return nil, fmt.Errorf("open page to print: %w", err)
	}
	if err := s.wait(ctx); err != nil {
		return nil, err
	}
	pdf, err := chromedp.Run(ctx, chromedp.PrintToPDF(chromedp.PDFPaper(chromedp.PaperA4), chromedp.PDFMargin(0.5), chromedp.PDFPrintBackground(),
		chromedp.PDFHeaderTemplate("<span></span>"), chromedp.PDFFooterTemplate(s.foot())))
	if err != nil {
		return nil, fmt.Errorf("print page: %w", err)
	}
	return pdf, nil
}

func (s Sheet) sendHeaders(ctx context.Context, t *chromedp.Target) (chromedp.Void, error) {
	headers := network.Headers{}
	for name, value := range s.Headers {
		headers[name] = value
	}
	if _, err := cdp.Call(ctx, t, network.Enable, network.EnableParams{}); err != nil {
		return chromedp.Void{}, err
	}
	_, err := cdp.Call(ctx, t, network.SetExtraHTTPHeaders, network.SetExtraHTTPHeadersParams{Headers: headers})
	return chromedp.Void{}, err
}

// wait asks from outside until the page is drawn: its policy forbids evaluating text inside.
func (s Sheet) wait(ctx context.Context) error {
	for {
		if is, err := chromedp.Run(ctx, chromedp.Evaluate[bool]("Boolean("+s.Ready+")")); err == nil && is {
			return nil
		}
		select {
		case <-ctx.Done():
			return fmt.Errorf("wait for page to be drawn: %w", ctx.Err())
		case <-time.After(100 * time.Millisecond):
		}
	}
}

func (s Sheet) foot() string {
	return `<div style="font-size:7px;width:100%;margin:0 0.5in;display:flex;justify-content:space-between;color:#555"><span>` + html.EscapeString(s.Foot) +
		`</span><span><span class="pageNumber"></span> / <span class="totalPages"></span></span></div>`
}
