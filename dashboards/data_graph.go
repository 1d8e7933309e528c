package dashboards

import (
	"fmt"
	"strings"
)

// graph is a table in the middle, what it reads at the left and what reads it at the right.
type graph struct {
	Height          int
	Left, Right     []graphNode
	Middle          graphNode
	LeftTo, RightTo []string // paths of the lines
}

// graphNode is a table's box.
type graphNode struct {
	Name, Layer, Link string
	Y                 int // of its middle
}

// A row of the graph is 28 high; the boxes at the left end at graphLeft, those at the right begin at graphRight.
const (
	graphRow             = 28
	graphLeft, graphIn   = 270, 355
	graphOut, graphRight = 645, 730
)

func graphOf(name string, inputs, readers []string) graph {
	most := max(len(inputs), len(readers), 1)
	g := graph{Height: most*graphRow + 8, Middle: nodeOf(name)}
	g.Middle.Y = g.Height / 2
	g.Left, g.Right = stack(inputs, g.Height), stack(readers, g.Height)
	for _, n := range g.Left {
		g.LeftTo = append(g.LeftTo, bend(graphLeft, n.Y, graphIn, g.Middle.Y))
	}
	for _, n := range g.Right {
		g.RightTo = append(g.RightTo, bend(graphOut, g.Middle.Y, graphRight, n.Y))
	}
	return g
}

// stack puts boxes one below the other, around the middle.
func stack(tables []string, height int) []graphNode {
	nodes := make([]graphNode, len(tables))
	for i, table := range tables {
		nodes[i] = nodeOf(table)
		nodes[i].Y = height/2 + (2*i-len(tables)+1)*graphRow/2
	}
	return nodes
}

func nodeOf(table string) graphNode {
	return graphNode{Name: table, Layer: layerOf(table), Link: lineageURL(table)}
}

// layerOf tells the layer of a table by the beginning of its name.
func layerOf(table string) string {
	for prefix, layer := range map[string]string{"raw.": "raw", "stg_": "staging", "int_": "intermediate"} {
		if strings.HasPrefix(table, prefix) {
			return layer
		}
	}
	return "marts"
}

func bend(fromX, fromY, toX, toY int) string {
	middle := (fromX + toX) / 2
	return fmt.Sprintf("M%d %dC%d %d %d %d %d %d", fromX, fromY, middle, fromY, middle, toY, toX, toY)
}
