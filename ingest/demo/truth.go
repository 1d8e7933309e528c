package demo

import "time"

// What is planted, in the units an analysis reports.
const (
	ratingGap  = 0.5  // labels
	planEffect = 0.10 // attainment in the next cycle
	marketFall = 0.30 // part of the orders
	personFall = 0.70
)

// Truth is what was planted, for analyses to be judged by. Effects are in the unit their text names;
// an Interval is where a sound analysis of the files should come out. The intervals hold from 600 people and
// six cycles on; in a smaller company chance can be larger than what is planted.
type Truth struct {
	Seed           int64          `json:"seed"`
	Employees      int            `json:"employees"`
	Cycles         []string       `json:"cycles"` // the last one is running
	Lang           string         `json:"lang"`
	AsOf           string         `json:"as_of"`
	People         int            `json:"people"` // leavers included
	LenientManager Rater          `json:"lenient_manager"`
	SevereManager  Rater          `json:"severe_manager"`
	FeedbackLeak   FeedbackLeak   `json:"feedback_leak"`
	MarketFall     Fall           `json:"market_fall"`
	PersonFall     Fall           `json:"person_fall"`
	PlanEffect     PlanEffect     `json:"improvement_plan_effect"`
	NullEffect     PlanEffect     `json:"development_action_effect"`
	RatingGap      RatingGap      `json:"rating_gap"`
	GamedTargets   GamedTargets   `json:"gamed_targets"`
	Files          []FileTruth    `json:"files"`
	Dirt           []Dirt         `json:"dirt"`
	Kinds          map[string]int `json:"rows_by_kind"` // rejected ones included
}

// Interval is closed: a figure on either bound is inside.
type Interval struct {
	Lower float64 `json:"lower"`
	Upper float64 `json:"upper"`
}

// Rater is a manager whose labels are shifted in every cycle. Simulated is the mean difference, over all
// closed cycles, between the labels given and those that attainment, by the company's own line, would give.
type Rater struct {
	EmployeeID string         `json:"employee_id"`
	Name       string         `json:"name"`
	Unit       string         `json:"unit"`
	Shift      float64        `json:"shift_labels"`
	Rated      map[string]int `json:"rated_by_cycle"`
	Simulated  float64        `json:"simulated_mean_residual_labels"`
	Interval   Interval       `json:"interval_mean_residual_labels"` // not shrunk, all cycles together
}

// FeedbackLeak is a unit most of whose rated people have no acknowledged feedback conversation.
type FeedbackLeak struct {
	UnitID         string   `json:"unit_id"`
	Unit           string   `json:"unit"`
	Cycles         []string `json:"cycles"`
	Rated          int      `json:"rated_count"`
	MissingShare   float64  `json:"simulated_missing_share"`
	Interval       Interval `json:"interval_missing_share"`
	OthersMissing  float64  `json:"simulated_missing_share_elsewhere"`
	OthersInterval Interval `json:"interval_missing_share_elsewhere"`
}

// Fall is a drop in weekly orders. PeerShift is where the median z of the job family lies in every week of it: far
// down where the market falls, where it was where one person falls, whose own z Z is.
type Fall struct {
	Metric      string   `json:"metric"`
	JobFamily   string   `json:"job_family"`
	EmployeeIDs []string `json:"employee_ids"`
	From        string   `json:"from"`
	To          string   `json:"to"`
	Fall        float64  `json:"fall_share"`
	Z           Interval `json:"interval_z,omitzero"`
	PeerShift   Interval `json:"interval_peer_shift"`
	Cause       string   `json:"cause"` // environment, individual
}

// PlanEffect is what plans of a kind did to the attainment of the next cycle, compared with people of the
// same label who had no improvement plan. NaiveChange is the mean change of the treated before against
// after, which regression to the mean makes positive by itself.
type PlanEffect struct {
	PlanKind        string   `json:"plan_kind"`
	Effect          float64  `json:"effect_attainment"`
	Treated         int      `json:"treated_count"`
	Untreated       int      `json:"untreated_count"`
	NaiveChange     float64  `json:"simulated_naive_change"`
	UntreatedChange float64  `json:"simulated_untreated_change"`
	Difference      float64  `json:"simulated_difference"` // same label and fifth of attainment, weighted by the treated
	Interval        Interval `json:"interval_effect"`
}

// RatingGap is how much lower one gender is rated in one job family at equal attainment.
type RatingGap struct {
	JobFamily string   `json:"job_family"`
	Lower     string   `json:"rated_lower"` // F: women
	Gap       float64  `json:"gap_labels"`
	Rated     int      `json:"rated_count"`
	Simulated float64  `json:"simulated_gap_labels"` // given attainment, in that family
	Interval  Interval `json:"interval_gap_labels"`
	Elsewhere float64  `json:"simulated_gap_elsewhere_labels"`
	Others    Interval `json:"interval_gap_elsewhere_labels"`
}

// GamedTargets is a unit whose targets ask for no more than the last actual and are met by a hair.
type GamedTargets struct {
	UnitID        string   `json:"unit_id"`
	Unit          string   `json:"unit"`
	BunchedShare  float64  `json:"simulated_bunched_share"` // goals with a metric at 1.00 to 1.02
	Bunched       Interval `json:"interval_bunched_share"`
	OthersBunched float64  `json:"simulated_bunched_share_elsewhere"`
	SoftShare     float64  `json:"simulated_soft_share"` // targets no better than the last actual, of those with one
	Soft          Interval `json:"interval_soft_share"`
	OthersSoft    float64  `json:"simulated_soft_share_elsewhere"`
}

// FileTruth is a file and what its sheets hold.
type FileTruth struct {
	File     string       `json:"file"`
	Language string       `json:"language"`
	Encoding string       `json:"encoding,omitempty"`
	Quirks   []string     `json:"quirks,omitempty"`
	Sheets   []SheetTruth `json:"sheets"`
}

// SheetTruth counts the rows of a sheet below its header; lines that are no rows are not among them.
type SheetTruth struct {
	Sheet string `json:"sheet,omitempty"`
	Kind  string `json:"kind"`
	Rows  int    `json:"rows"`
}

// Dirt is a row that must be rejected, with the cell that is the reason.
type Dirt struct {
	File   string `json:"file"`
	Sheet  string `json:"sheet,omitempty"`
	Line   int    `json:"line"`
	Kind   string `json:"kind"`
	Cell   string `json:"cell"`
	Reason string `json:"reason"`
}

// truth gathers what was planted and what came of it.
func (c *company) truth(d *disk) Truth {
	t := Truth{
		Seed: c.Seed, Employees: c.Employees, Lang: c.Lang, AsOf: iso(c.AsOf), People: len(c.people),
		Files: d.files, Dirt: d.dirt, Kinds: map[string]int{},
	}
	for _, cy := range c.cycles {
		t.Cycles = append(t.Cycles, cy.label)
	}
	for _, f := range d.files {
		for _, s := range f.Sheets {
			t.Kinds[s.Kind] += s.Rows
		}
	}
	t.LenientManager = c.raterTruth(c.planted.lenient, Interval{0.6, 1.35})
	t.SevereManager = c.raterTruth(c.planted.severe, Interval{-1.35, -0.6})
	t.FeedbackLeak = c.leakTruth()
	t.MarketFall, t.PersonFall = c.fallTruths()
	t.PlanEffect = c.planTruth("improvement", planEffect)
	t.NullEffect = c.planTruth("development", 0)
	t.RatingGap = c.gapTruth()
	t.GamedTargets = c.gamedTruth()
	return t
}

func iso(t time.Time) string { return t.Format(time.DateOnly) }
