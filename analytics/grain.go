package analytics

import sqltext "github.com/perfloop/perfloop/sql"

// grains are the columns that name one row of a mart. Facts that are not listed are named by their natural_key.
var grains = map[string][]string{
	"dim_cycle":           {"cycle_id"},
	"dim_employee":        {"employee_id", "valid_from"},
	"dim_rating_label":    {"cycle_id", "code"},
	"dim_setting":         {},
	"dim_unit":            {"unit_id"},
	"fct_employee_cycle":  {"employee_id", "cycle_id"},
	"fct_goal":            {"natural_key"},
	"fct_loop":            {"employee_id", "cycle_id"},
	"fct_rater":           {"reviewer_id", "cycle_id"},
	"fct_rating":          {"employee_id", "cycle_id"},
	"fct_rating_residual": {"employee_id", "cycle_id"},
	"fct_step":            {"employee_id", "cycle_id", "step"},
}

// grainOf are the columns that name one row of the mart; columns are all it has. Where nothing is known they all do.
func grainOf(mart string, columns []string) []string {
	if grain, ok := grains[mart]; ok {
		return grain
	}
	for _, c := range columns {
		if c == "natural_key" {
			return []string{c}
		}
	}
	return columns
}

// marts lists the mart models.
func marts() []model {
	var all []model
	for _, f := range sqltext.Files(sqltext.Marts) {
		all = append(all, model{File: f, layer: sqltext.Marts})
	}
	return all
}
