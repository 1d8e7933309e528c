package dashboards

import (
	"context"
	"encoding/json"
	"encoding/xml"
	"fmt"
	"math"
	"strings"

	"github.com/labstack/echo/v4"

	"github.com/perfloop/perfloop/analytics"
	"github.com/perfloop/perfloop/dashboards/picture"
)

// pictureWidth is how wide a picture of a chart is, in pixels of a screen.
const pictureWidth = 800

// pictureFont is used where a picture is shown; widths are guessed so that no one family is needed.
const pictureFont = "system-ui, Segoe UI, Roboto, Helvetica Neue, PingFang SC, Microsoft YaHei, Noto Sans CJK SC, sans-serif"

// exportPicture answers a panel's chart as a picture.
func (s *server) exportPicture(c echo.Context, r *request, x exported) error {
	text, err := s.svg(c.Request().Context(), r, x.panel, x.result)
	if err != nil {
		return err
	}
	name := "perfloop-" + strings.ReplaceAll(x.panel.Name, "/", "-") + ".svg"
	return attach(c, attachment{name: name, contentType: "image/svg+xml; charset=utf-8", body: strings.NewReader(text)})
}

// svg draws a panel's chart without a browser, under its title and above what it is about. A panel that is no
// chart, or has no rows, has no picture: a mistake of the user's.
func (s *server) svg(ctx context.Context, r *request, p Panel, result *analytics.Result) (string, error) {
	d := newDrawing(r, p, result)
	var chart *Chart
	if len(result.Rows) > 0 {
		chart = draw(d)
	}
	title := r.Words.T(dotted(p.Name) + ".title")
	if chart == nil {
		return "", notFound("error.no_picture", map[string]any{"panel": title})
	}
	chart.Links, chart.Tips, chart.Whole = make([]string, len(chart.Links)), nil, nil // nobody can press or hover
	text, err := json.Marshal(chart)
	if err != nil {
		return "", fmt.Errorf("draw %s: %w", p.Name, err)
	}
	drawn, height, err := s.pictures.SVG(ctx, picture.Chart{JSON: text, Width: pictureWidth - 2*margin, Font: pictureFont, Format: r.axisValue})
	if err != nil {
		return "", fmt.Errorf("draw %s: %w", p.Name, err)
	}
	f := framed{chart: drawn, height: height, title: title, meaning: r.Words.T(dotted(p.Name) + ".meaning"), summary: summary(d), note: r.exportNote()}
	return f.svg(s.pictures.Color), nil
}

// axisValue writes a value of an axis or label, shorter than a sentence does: 40 %, not 40.0 %.
func (r *request) axisValue(v any, unit string) string {
	x := number(v)
	text := r.Words.Value(v, unit)
	switch {
	case math.IsNaN(x):
		return r.Words.Value(nil, unit)
	case unit == "share":
		text = r.Words.Number(100*x, 1) + "\u00a0%"
	case unit == "points" && x > 0:
		text = "+" + r.Words.Number(100*x, 1)
	case unit == "points":
		text = r.Words.Number(100*x, 1)
	}
	return strings.Replace(text, "-", "−", 1)
}

// framed is a drawn chart with the words around it.
type framed struct {
	chart                         string
	height                        int
	title, meaning, summary, note string
}

// margin is what a picture leaves free at each side; headHeight and footHeight hold the words.
const (
	margin     = 16
	headHeight = 56
	footHeight = 28
)

func (f framed) svg(color func(string) string) string {
	height := f.height + headHeight + footHeight
	var b strings.Builder
	fmt.Fprintf(&b, `<svg xmlns="http://www.w3.org/2000/svg" width="%d" height="%d" viewBox="0 0 %d %d" role="img" font-family="%s">`,
		pictureWidth, height, pictureWidth, height, pictureFont)
	fmt.Fprintf(&b, "<title>%s</title><desc>%s</desc>", escaped(f.title), escaped(f.summary))
	fmt.Fprintf(&b, `<rect width="%d" height="%d" fill="%s"/>`, pictureWidth, height, color("surface"))
	line := func(y, size int, attributes, text string) {
		fmt.Fprintf(&b, `<text x="%d" y="%d" font-size="%d" %s>%s</text>`, margin, y, size, attributes, escaped(fitted(text, (pictureWidth-2*margin)*12/size)))
	}
	line(24, 15, `font-weight="650" fill="`+color("ink")+`"`, f.title)
	line(44, 12, `fill="`+color("secondary")+`"`, f.meaning)
	fmt.Fprintf(&b, `<svg x="%d" y="%d"%s`, margin, headHeight, strings.TrimPrefix(f.chart, "<svg"))
	line(height-10, 11, `fill="`+color("secondary")+`"`, f.note)
	return b.String() + "</svg>\n"
}

func escaped(text string) string {
	var b strings.Builder
	if err := xml.EscapeText(&b, []byte(text)); err != nil {
		return "" // a strings.Builder takes everything
	}
	return b.String()
}

// fitted shortens a text of 12 pixels to a width, as static/chart_text.js does.
func fitted(text string, width int) string {
	room := float64(width)
	for i, letter := range text {
		if letter > '\u2e80' {
			room -= 12
		} else {
			room -= 7
		}
		if room < 0 {
			return text[:i] + "…"
		}
	}
	return text
}
