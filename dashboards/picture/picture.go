// Package picture draws charts without a browser: the browser's own ECharts and the modules that dress an
// option, run by an engine written in Go that knows no document, no network and no files.
package picture

import (
	"context"
	"fmt"
	"io/fs"
	"regexp"
	"strings"
	"sync"
	"time"

	"github.com/dop251/goja"
)

// Chart is what to draw: the option as JSON, and how it is to look.
type Chart struct {
	JSON   []byte
	Width  int
	Height int                                 // 0: as high as the chart asks for
	Font   string                              // the families, as in CSS
	Format func(value any, unit string) string // writes a value of an axis or label
}

// Drawer draws one chart at a time; it may be asked from everywhere.
type Drawer struct {
	files  fs.FS
	colors map[string]string

	mu   sync.Mutex // held while drawing: the engine is for one at a time
	load func() (*engine, error)
}

type engine struct {
	runtime *goja.Runtime
	draw    goja.Callable
}

// New takes the folder of the browser's files. The engine starts with the first picture.
func New(files fs.FS) (*Drawer, error) {
	d := &Drawer{files: files}
	sheet, err := fs.ReadFile(files, "style.css")
	if err != nil {
		return nil, fmt.Errorf("read colors: %w", err)
	}
	d.colors = colorsOf(string(sheet))
	d.load = sync.OnceValues(d.start)
	return d, nil
}

var variable = regexp.MustCompile(`--([a-z-]+):\s*([^;]+);`)

// colorsOf are the variables of the first rule: the light theme's.
func colorsOf(sheet string) map[string]string {
	first, _, _ := strings.Cut(sheet, "}")
	colors := map[string]string{}
	for _, found := range variable.FindAllStringSubmatch(first, -1) {
		colors[found[1]] = strings.TrimSpace(found[2])
	}
	return colors
}

// Color is a color of the light theme by its name in style.css; ink for a name that it lacks.
func (d *Drawer) Color(name string) string {
	if color, ok := d.colors[name]; ok {
		return color
	}
	return d.colors["ink"]
}

// modules that dress an option, each after those that it imports.
func modules() []string {
	return []string{"chart_text.js", "chart_axes.js", "chart_shapes.js", "chart_kinds.js", "chart_option.js"}
}

var (
	importLine = regexp.MustCompile(`(?m)^import .*;$`)
	exportWord = regexp.MustCompile(`(?m)^export `)
)

// frame draws one chart with the modules in front of it.
const frame = `
echarts.setPlatformAPI({ measureText: (text, font) => ({ width: widthOf(text) * (parseFloat(/([\d.]+)px/.exec(font)?.[1] ?? "12") / 12) }) });
const draw = (json, look) => {
  const chart = JSON.parse(json);
  const height = look.height || heightOf(chart, look.width);
  const plot = echarts.init(null, null, { renderer: "svg", ssr: true, width: look.width, height });
  try {
    const option = optionOf(chart, look);
    for (const series of option.series) series.silent = true;
    plot.setOption(option);
    return [plot.renderToSVGString(), height];
  } finally {
    plot.dispose();
  }
};
return draw;`

func (d *Drawer) start() (*engine, error) {
	library, err := fs.ReadFile(d.files, "vendor/echarts/echarts.min.js")
	if err != nil {
		return nil, fmt.Errorf("read echarts: %w", err)
	}
	var text strings.Builder
	text.WriteString("(function () { \"use strict\";\n")
	for _, name := range modules() {
		module, err := fs.ReadFile(d.files, name)
		if err != nil {
			return nil, fmt.Errorf("read module: %w", err)
		}
		text.Write(exportWord.ReplaceAll(importLine.ReplaceAll(module, nil), nil))
	}
	text.WriteString(frame + "\n})()")
	runtime := goja.New()
	// Nothing is animated, so nothing that is put off is missed.
	for _, name := range []string{"setTimeout", "clearTimeout"} {
		if err := runtime.Set(name, func() int { return 0 }); err != nil {
			return nil, fmt.Errorf("start engine: %w", err)
		}
	}
	if _, err := runtime.RunScript("echarts.min.js", string(library)); err != nil {
		return nil, fmt.Errorf("load echarts: %w", err)
	}
	made, err := runtime.RunScript("charts.js", text.String())
	if err != nil {
		return nil, fmt.Errorf("load charts: %w", err)
	}
	draw, ok := goja.AssertFunction(made)
	if !ok {
		return nil, fmt.Errorf("load charts: they make %s", made)
	}
	return &engine{runtime, draw}, nil
}

// longest is how long one chart may take.
const longest = 20 * time.Second

// SVG draws a chart and says how high it became. It stops when ctx ends.
func (d *Drawer) SVG(ctx context.Context, c Chart) (text string, height int, err error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	e, err := d.load()
	if err != nil {
		return "", 0, err
	}
	ctx, stop := context.WithTimeout(ctx, longest)
	defer stop()
	done := context.AfterFunc(ctx, func() { e.runtime.Interrupt(ctx.Err()) })
	defer func() {
		done()
		e.runtime.ClearInterrupt()
	}()
	look := e.runtime.NewObject()
	for name, value := range map[string]any{
		"width": c.Width, "height": c.Height, "font": c.Font, "color": d.Color,
		"format": func(unit string) func(value any) string {
			return func(value any) string { return c.Format(value, unit) }
		},
	} {
		if err := look.Set(name, value); err != nil {
			return "", 0, fmt.Errorf("draw chart: %w", err)
		}
	}
	drawn, err := e.draw(goja.Undefined(), e.runtime.ToValue(string(c.JSON)), look)
	if err != nil {
		return "", 0, fmt.Errorf("draw chart: %w", err)
	}
	pair := drawn.ToObject(e.runtime)
	return pair.Get("0").String(), int(pair.Get("1").ToInteger()), nil
}
