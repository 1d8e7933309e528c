package analytics

import (
	"slices"
	"strings"
	"sync"

	sqltext "github.com/perfloop/perfloop/sql"
)

// catalogue is read once: it is part of the program.
var catalogue = sync.OnceValues(Catalogue)

// grains are the columns that name one row of a mart, where neither the catalogue nor the columns' order says so.
var grains = map[string][]string{
	"dim_cycle_setting":     {"cycle_id"},
	"dim_cycle":             {"cycle_id"},
	"dim_employee":          {"employee_id", "valid_from"},
	"dim_rating_label":      {"cycle_id", "code"},
	"dim_setting":           {},
	"dim_unit":              {"unit_id"},
	"fct_forecast_backtest": {"cycle_id", "elapsed_share"},
	"fct_award":             {"employee_id", "cycle_id"},
	"fct_award_cycle":       {"cycle_id"},
	"fct_award_label":       {"cycle_id", "rating_label"},
	"fct_employee_cycle":    {"employee_id", "cycle_id"},
	"fct_feedback":          {"employee_id", "cycle_id"},
	"fct_goal":              {"natural_key"},
	"fct_loop":              {"employee_id", "cycle_id"},
	"fct_rater":             {"reviewer_id", "cycle_id"},
	"fct_rating":            {"employee_id", "cycle_id"},
	"fct_rating_migration":  {"cycle_id", "unit_id", "from_state", "from_label", "to_state", "to_label"},
	"fct_rating_residual":   {"employee_id", "cycle_id"},
	"fct_step":              {"employee_id", "cycle_id", "step"},
	"fct_step_unit":         {"cycle_id", "unit_id", "step"},
}

// grainOf are the columns that name one row of the mart; columns are all it has. A mart that neither the list nor the catalogue has,
// has a natural_key or begins with them: a goal's id, else all that stands before the first figure.
func grainOf(mart string, columns []string) []string {
	if grain, ok := grains[mart]; ok {
		return grain
	}
	if d, err := catalogue(); err == nil && d.Model(mart) != nil && len(d.Model(mart).Grain) > 0 {
		return d.Model(mart).Grain
	}
	if slices.Contains(columns, "natural_key") {
		return []string{"natural_key"}
	}
	if len(columns) > 0 && columns[0] == "goal_id" {
		return columns[:1]
	}
	if at := slices.IndexFunc(columns, isFigure); at > 0 {
		return columns[:at]
	}
	return columns
}

// isFigure reports that a column's name says a unit.
func isFigure(name string) bool {
	return strings.HasSuffix(name, "_reason") || unitOf(name, "VARCHAR") != "text"
}

// marts lists the mart models.
func marts() []model {
	var all []model
	for _, f := range sqltext.Files(sqltext.Marts) {
		all = append(all, model{File: f, layer: sqltext.Marts})
	}
	return all
}
