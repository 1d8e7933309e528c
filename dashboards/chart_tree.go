package dashboards

import (
	"strconv"

	"github.com/go-echarts/go-echarts/v2/charts"
	"github.com/go-echarts/go-echarts/v2/opts"
)

// openNodes is how many nodes a tree shows before somebody opens more.
const openNodes = 30

// drawTree hangs each row below its parent's. Rows whose parent is not there are roots; where there are
// several, or a ring without one, they hang below a root that is not drawn.
func drawTree(c *Chart, d drawing) {
	t := treeOf(d)
	open := t.openLevels()
	all := make([]*opts.TreeData, len(d.names))
	values := d.first()
	for i := range all {
		all[i] = &opts.TreeData{Name: strconv.Itoa(i), Value: values[i], Collapsed: opts.Bool(t.depths[i] >= open && len(t.children[i]) > 0)}
	}
	for i, children := range t.children {
		for _, child := range children {
			all[i].Children = append(all[i].Children, all[child])
		}
	}
	root := opts.TreeData{Name: "-1"}
	for _, i := range t.roots {
		root.Children = append(root.Children, all[i])
	}
	if len(t.roots) == 1 {
		root = *all[t.roots[0]]
	}
	tree := charts.NewTree()
	tree.AddSeries(d.series(d.panel.lead().Column), []opts.TreeData{root}, charts.WithItemStyleOpts(opts.ItemStyle{Color: d.hue()}),
		charts.WithTreeOpts(opts.TreeChart{Layout: "orthogonal", Orient: "LR", ExpandAndCollapse: opts.Bool(true)}))
	c.Option, c.Names = tree.JSON(), d.names
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
	var within [3]int
	for _, depth := range t.depths {
		for level := depth; level < len(within); level++ {
			within[level]++
		}
	}
	for level := 2; level > 0; level-- {
		if within[level] <= openNodes {
			return level
		}
	}
	return 0
}
