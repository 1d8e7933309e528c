package dashboards

import (
	"strconv"

	"github.com/go-echarts/go-echarts/v2/charts"
	"github.com/go-echarts/go-echarts/v2/opts"
)

// drawFlow draws a stream a row from X to Y. Nodes are numbers, those of Y after those of X, so that the same
// name on both sides is two nodes.
func drawFlow(c *Chart, d drawing) {
	from, to := sideOf(d, d.panel.X, d.panel.Y), sideOf(d, d.panel.Y, d.panel.X)
	used := map[int]bool{}
	var links []opts.SankeyLink
	for i, v := range d.first() {
		x := number(v)
		if !(x > 0) {
			continue
		}
		source, target := from.at(i), len(from.names)+to.at(i)
		used[source], used[target] = true, true
		links = append(links, opts.SankeyLink{Source: strconv.Itoa(source), Target: strconv.Itoa(target), Value: float32(x)})
		c.Marks = append(c.Marks, i)
	}
	c.Names = append(append(c.Names, from.names...), to.names...)
	var nodes []opts.SankeyNode
	for i := range c.Names {
		if used[i] {
			side := 0
			if i >= len(from.names) {
				side = 1
			}
			nodes = append(nodes, opts.SankeyNode{Name: strconv.Itoa(i), Depth: opts.Int(side), ItemStyle: &opts.ItemStyle{Color: d.hue()}})
		}
	}
	flow := charts.NewSankey()
	flow.AddSeries(d.series(d.panel.lead().Column), nodes, links)
	c.Option = flow.JSON()
	c.Axes = [2]string{columnTitle(d.Words, d.panel.X), columnTitle(d.Words, d.panel.Y)}
	c.Rows = max(len(from.names), len(to.names))
}
