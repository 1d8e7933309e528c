package dashboards

import (
	"slices"
	"strconv"

	"github.com/go-echarts/go-echarts/v2/charts"
	"github.com/go-echarts/go-echarts/v2/opts"
)

// openNodes is how many nodes a tree shows before somebody opens more, mostSiblings how many stand below one.
const (
	openNodes    = 30
	mostSiblings = 12
)

// drawTree hangs each row below its parent's. Rows whose parent is not there are roots; where there are
// several, or a ring without one, they hang below a root that is not drawn.
func drawTree(c *Chart, d drawing) {
	g := grower{tree: treeOf(d), values: d.first(), names: slices.Clone(d.names), more: func(count int) string { return d.Words.T("chart.rest", "count", count) }}
	g.open = g.openLevels()
	root := opts.TreeData{Name: "-1", Children: g.grow(g.roots)}
	if len(g.roots) == 1 {
		root = *root.Children[0]
	}
	tree := charts.NewTree()
	tree.AddSeries(d.series(d.panel.lead().Column), []opts.TreeData{root}, charts.WithItemStyleOpts(opts.ItemStyle{Color: d.hue()}),
		charts.WithTreeOpts(opts.TreeChart{Layout: "orthogonal", Orient: "LR", ExpandAndCollapse: opts.Bool(true)}))
	c.Option, c.Names = tree.JSON(), g.names
}

// grower makes the nodes of a tree. A node is named by its row's number; one that stands for the siblings after
// the first few by a number beyond the rows.
type grower struct {
	tree
	values []any
	names  []string
	open   int // levels
	more   func(count int) string
}

func (g *grower) grow(rows []int) []*opts.TreeData {
	var nodes []*opts.TreeData
	for i, row := range rows {
		if i == mostSiblings && len(rows) > mostSiblings+1 {
			rest := &opts.TreeData{Name: strconv.Itoa(len(g.names)), Collapsed: opts.Bool(true)}
			g.names = append(g.names, g.more(len(rows)-i))
			for _, row := range rows[i:] {
				rest.Children = append(rest.Children, g.node(row))
			}
			return append(nodes, rest)
		}
		nodes = append(nodes, g.node(row))
	}
	return nodes
}

func (g *grower) node(row int) *opts.TreeData {
	return &opts.TreeData{Name: strconv.Itoa(row), Value: g.values[row], Children: g.grow(g.children[row]),
		Collapsed: opts.Bool(g.depths[row] >= g.open && len(g.children[row]) > 0)}
}

// tree is a result's rows by their parents; every row is in it once.
type tree struct {
	roots    []int
	children [][]int
	depths   []int
}

func treeOf(d drawing) tree {
	t := tree{children: make([][]int, len(d.names)), depths: make([]int, len(d.names))}
	rows := map[string]int{}
	for i, row := range d.result.Rows {
		if key := value(d.result, row, "node_key"); key != "" {
			if _, ok := rows[key]; !ok {
				rows[key] = i
			}
		}
	}
	parents := make([]int, len(d.names))
	for i, row := range d.result.Rows {
		parent, ok := rows[value(d.result, row, "parent_key")]
		if !ok || parent == i {
			parent = -1
			t.roots = append(t.roots, i)
		}
		parents[i] = parent
	}
	below := make([][]int, len(d.names))
	for i, parent := range parents {
		if parent >= 0 {
			below[parent] = append(below[parent], i)
		}
	}
	t.walk(below)
	return t
}

// walk takes the rows from the roots down. What is left goes round in a ring: its first row becomes a root.
func (t *tree) walk(below [][]int) {
	seen := make([]bool, len(below))
	visit := func(start int) {
		seen[start] = true
		for queue := []int{start}; len(queue) > 0; queue = queue[1:] {
			for _, child := range below[queue[0]] {
				if !seen[child] {
					seen[child] = true
					t.depths[child] = t.depths[queue[0]] + 1
					t.children[queue[0]] = append(t.children[queue[0]], child)
					queue = append(queue, child)
				}
			}
		}
	}
	for _, root := range t.roots {
		visit(root)
	}
	for i := range below {
		if !seen[i] {
			t.roots = append(t.roots, i)
			visit(i)
		}
	}
}

// openLevels is how many levels stand open: two at most, fewer where they hold too much.
func (t *tree) openLevels() int {
	for level := 2; level > 0; level-- {
		if t.shown(t.roots, level) <= openNodes {
			return level
		}
	}
	return 0
}

// shown is how many nodes are seen where so many levels below the rows stand open.
func (t *tree) shown(rows []int, levels int) int {
	count := len(rows)
	if count > mostSiblings+1 {
		rows, count = rows[:mostSiblings], mostSiblings+1
	}
	if levels > 0 {
		for _, row := range rows {
			count += t.shown(t.children[row], levels-1)
		}
	}
	return count
}
