package dashboards

import (
	"math"
	"strconv"

	"github.com/perfloop/perfloop/analytics"
	"github.com/perfloop/perfloop/dashboards/words"
)

// Ring is the loop: its steps in order, what is lost between them, and what comes back as goals.
type Ring struct {
	Steps    []StepTile
	Closed   string // share of people all the way round
	People   string
	Carried  string // how many improvements came back as goals, in a sentence that names the cycles; "" where nothing tells
	Back     string // that share alone
	IsOnward bool   // the improvements of the cycle shown, in the next one's goals; else those before in this one's
}

// StepTile is one step of the loop with the people in each state.
type StepTile struct {
	Step, Path    string
	Number        int
	Done          string // share of people done, in words
	IsUnknown     bool   // no file is about this step: missed would be a guess
	State         string // the one that most people are in
	Segments      []Segment
	Reached       string // share of people who have done it and all before
	Lost, LostAt  string // how many missed it first, and who they are
	Leak, Between string // share lost here; days since the step before
	X, Y          string // of its circle in the drawing
	Name          Place  // of its name beside the circle
	Arc           Arc    // from the step before
}

// Place is where two lines of text stand, and how they are aligned.
type Place struct{ X, Y, Next, Anchor string }

// Arc leads to a step from the one before; its width is the share of people who get there.
type Arc struct {
	Path, Width string
	Text        Place
}

// Segment is one state's part of a tile's bar, in hundredths.
type Segment struct {
	State, X, Width, Link, Label, Share, Count string
}

// ringOf reads rows of step, state, people_count, people_share in the order of the loop.
func ringOf(r *request, p Panel, result *analytics.Result) *Ring {
	ring := &Ring{Steps: make([]StepTile, len(steps())), Closed: words.None}
	byStep := map[string]*StepTile{}
	for i, step := range steps() {
		ring.Steps[i] = StepTile{Step: step, Number: i + 1, Done: words.None, Path: r.Filter.Scope().URL(stepPaths()[step])}
		ring.Steps[i].place(i)
		byStep[step] = &ring.Steps[i]
	}
	done, x, most := map[string]float64{}, map[string]float64{}, map[string]float64{}
	for _, row := range result.Rows {
		at := func(column string) any { return row[result.Index(column)] }
		step, state := text(at("step")), text(at("state"))
		tile, share := byStep[step], number(at("people_share"))
		if tile == nil || math.IsNaN(share) {
			continue
		}
		ring.tell(r, at)
		if has, _ := at("has_evidence").(bool); !has {
			tile.IsUnknown = true
			continue
		}
		tile.Segments = append(tile.Segments, Segment{
			State: state, X: hundredths(x[step]), Width: hundredths(share), Link: drillURL(r.Filter, p, result, row),
			Label: r.Words.T("state." + state), Share: r.Words.Share(share), Count: r.Words.Value(at("people_count"), "count"),
		})
		x[step] += share
		if share > most[step] {
			most[step], tile.State = share, state
		}
		if state == "on_time" || state == "late" {
			done[step] += share
		}
		tile.Done = r.Words.Share(done[step])
		tile.tell(r, at)
	}
	return ring
}

// tell notes what every row says of the whole loop.
func (ring *Ring) tell(r *request, at func(string) any) {
	if closed := number(at("closed_share")); closed > 0 || r.Cycle.IsClosed {
		ring.Closed = r.Words.Share(closed)
	}
	ring.People = r.Words.T("figure.of", "count", at("total_count"))
	if at("carried_over_share") == nil {
		return
	}
	ring.Back, ring.IsOnward = r.Words.Value(at("carried_over_share"), "share"), text(at("carried_from")) == r.Cycle.Name
	ring.Carried = r.Words.T("ring.carried", "share", ring.Back, "count", at("focus_count"),
		"from", clip(text(at("carried_from"))), "to", clip(text(at("carried_to"))))
}

// tell notes what every row of a step says of it.
func (t *StepTile) tell(r *request, at func(string) any) {
	t.Leak = r.Words.Value(at("leak_share"), "share")
	if reached := number(at("reached_share")); reached > 0 || r.Cycle.IsClosed { // else nobody could have got there yet
		t.Reached = r.Words.Share(reached)
	}
	t.Arc.Width = strconv.FormatFloat(1.5+8.5*max(number(at("reached_share")), 0), 'f', 1, 64)
	if number(at("leak_count")) > 0 {
		t.Lost = r.Words.T("ring.lost", "count", at("leak_count"), "share", t.Leak)
		t.LostAt = r.Filter.Scope().With("leak", t.Step).URL("/people")
	}
	if at("median_days") != nil {
		t.Between = r.Words.T("ring.days", "days", r.Words.Value(at("median_days"), "days"))
	}
}

// The drawing is 800 wide and 540 high: circles on an ellipse, clockwise from the upper left.
const (
	ringX, ringY          = 400.0, 266.0
	ringWidth, ringHeight = 252.0, 188.0
	ringGap               = 0.27 // of a turn in radians that an arc leaves free at a circle
)

// textAt is where two lines of text stand beside a point.
type textAt struct {
	x, y   float64
	anchor string
}

func (at textAt) from(x, y float64) Place {
	return Place{X: coordinate(x + at.x), Y: coordinate(y + at.y), Next: coordinate(y + at.y + 18), Anchor: at.anchor}
}

// nameTexts are those of the steps' names beside their circles.
func nameTexts() []textAt {
	above, below := textAt{0, -76, "middle"}, textAt{0, 66, "middle"}
	return []textAt{above, above, {-54, 8, "end"}, below, below, {54, 8, "start"}}
}

// arcTexts are those of the arcs to the steps beside their middles.
func arcTexts() []textAt {
	return []textAt{{-18, -14, "end"}, {0, 28, "middle"}, {18, -14, "start"}, {18, 12, "start"}, {0, -34, "middle"}, {-18, 12, "end"}}
}

// place puts the circle of a step, and the arc that leads to it, in the drawing.
func (t *StepTile) place(i int) {
	angle := (float64(i) - 2) * math.Pi / 3
	before := angle - math.Pi/3
	t.X, t.Y = ringPoint(angle)
	fromX, fromY := ringPoint(before + ringGap)
	toX, toY := ringPoint(angle - ringGap)
	t.Arc.Path = "M" + fromX + " " + fromY + "A" + coordinate(ringWidth) + " " + coordinate(ringHeight) + " 0 0 1 " + toX + " " + toY
	middle := (before + angle) / 2
	t.Arc.Text = arcTexts()[i].from(ringX+ringWidth*math.Cos(middle), ringY+ringHeight*math.Sin(middle))
	t.Name = nameTexts()[i].from(0, 0)
}

func ringPoint(angle float64) (x, y string) {
	return coordinate(ringX + ringWidth*math.Cos(angle)), coordinate(ringY + ringHeight*math.Sin(angle))
}

func coordinate(x float64) string { return strconv.FormatFloat(x, 'f', 1, 64) }

func hundredths(share float64) string { return strconv.FormatFloat(100*share, 'f', 2, 64) }
