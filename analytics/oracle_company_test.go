package analytics_test

import (
	"context"
	"database/sql"
	"fmt"
	"math"
	"reflect"
	"strings"
	"time"

	"github.com/perfloop/perfloop/analytics"
)

// day counts days; never stands for a day that is not known.
type day int

const never day = math.MinInt32

func on(text string) day {
	at, err := time.Parse(time.DateOnly, text)
	if err != nil {
		panic(err)
	}
	return day(at.Unix() / 86400)
}

func (d day) String() string {
	return time.Unix(int64(d)*86400, 0).UTC().Format(time.DateOnly)
}

// none stands for a number that is not known.
var none = math.NaN()

func known(x float64) bool { return !math.IsNaN(x) }

// The raw rows of a company, as files would state them. An empty text, none and never are empty cells.
type (
	unitRow struct {
		id     string `raw:"unit_id"`
		name   string `raw:"unit"`
		parent string `raw:"parent_unit"`
	}
	employeeRow struct {
		id      string  `raw:"employee_id"`
		name    string  `raw:"employee_name"`
		from    day     `raw:"effective_on"`
		unit    string  `raw:"unit"`
		family  string  `raw:"job_family"`
		manager string  `raw:"manager_id"`
		status  string  `raw:"employment_status"`
		hired   day     `raw:"hired_on"`
		left    day     `raw:"left_on"`
		pay     float64 `raw:"base_pay_amount"`
	}
	cycleRow struct {
		id          string  `raw:"cycle"`
		kind        string  `raw:"cycle_kind"`
		starts      day     `raw:"starts_on"`
		ends        day     `raw:"ends_on"`
		goalsDue    day     `raw:"goals_due_on"`
		plansDue    day     `raw:"plans_due_on"`
		watchDue    day     `raw:"monitoring_due_on"`
		ratingDue   day     `raw:"appraisal_due_on"`
		feedbackDue day     `raw:"feedback_due_on"`
		followDue   day     `raw:"improvement_due_on"`
		period      float64 `raw:"check_in_days"`
	}
	goalRow struct {
		cycle      string  `raw:"cycle"`
		id         string  `raw:"goal_id"`
		owner      string  `raw:"employee_id"`
		unit       string  `raw:"unit"`
		parent     string  `raw:"parent_goal_id"`
		title      string  `raw:"title"`
		direction  string  `raw:"direction"`
		baseline   float64 `raw:"baseline"`
		target     float64 `raw:"target"`
		lower      float64 `raw:"target_lower"`
		upper      float64 `raw:"target_upper"`
		actual     float64 `raw:"actual"`
		progress   float64 `raw:"progress"`
		weight     float64 `raw:"weight"`
		commitment string  `raw:"commitment"`
		strategic  string  `raw:"is_strategic"`
		level      string  `raw:"is_level"`
		starts     day     `raw:"starts_on"`
		due        day     `raw:"due_on"`
		status     string  `raw:"status"`
	}
	itemRow struct {
		cycle  string  `raw:"cycle"`
		id     string  `raw:"plan_item_id"`
		goal   string  `raw:"goal_id"`
		owner  string  `raw:"employee_id"`
		weight float64 `raw:"weight"`
		starts day     `raw:"starts_on"`
		due    day     `raw:"due_on"`
		doneOn day     `raw:"done_on"`
		isDone string  `raw:"is_done"`
	}
	checkInRow struct {
		goal     string  `raw:"goal_id"`
		owner    string  `raw:"employee_id"`
		on       day     `raw:"checked_on"`
		value    float64 `raw:"value"`
		progress float64 `raw:"progress"`
		status   string  `raw:"status"`
	}
	labelRow struct {
		code  string  `raw:"code"`
		en    string  `raw:"label_en"`
		zh    string  `raw:"label_zh"`
		rank  float64 `raw:"rank"`
		value float64 `raw:"value"`
	}
	appraisalRow struct {
		cycle    string  `raw:"cycle"`
		employee string  `raw:"employee_id"`
		role     string  `raw:"reviewer_role"`
		reviewer string  `raw:"reviewer_id"`
		label    string  `raw:"label"`
		score    float64 `raw:"score"`
		on       day     `raw:"appraised_on"`
	}
	calibrationRow struct {
		cycle    string  `raw:"cycle"`
		employee string  `raw:"employee_id"`
		from     string  `raw:"from_label"`
		to       string  `raw:"to_label"`
		score    float64 `raw:"to_score"`
		on       day     `raw:"calibrated_on"`
	}
	conversationRow struct {
		cycle        string `raw:"cycle"`
		employee     string `raw:"employee_id"`
		kind         string `raw:"conversation_kind"`
		on           day    `raw:"held_on"`
		strengths    string `raw:"strengths"`
		improvements string `raw:"improvements"`
		response     string `raw:"response"`
		acknowledged string `raw:"is_acknowledged"`
		ackOn        day    `raw:"acknowledged_on"`
	}
	planRow struct {
		cycle    string `raw:"cycle"`
		id       string `raw:"plan_id"`
		employee string `raw:"employee_id"`
		kind     string `raw:"plan_kind"`
		focus    string `raw:"focus"`
		starts   day    `raw:"starts_on"`
		ends     day    `raw:"ends_on"`
		outcome  string `raw:"outcome"`
		ended    day    `raw:"outcome_on"`
	}
	incentiveRow struct {
		cycle    string  `raw:"cycle"`
		employee string  `raw:"employee_id"`
		kind     string  `raw:"incentive_kind"`
		amount   float64 `raw:"amount"`
		share    float64 `raw:"base_share"`
		on       day     `raw:"awarded_on"`
	}
	readingRow struct {
		metric    string  `raw:"metric"`
		employee  string  `raw:"employee_id"`
		on        day     `raw:"read_on"`
		value     float64 `raw:"value"`
		direction string  `raw:"direction"`
	}
	settingRow struct {
		name  string `raw:"name"`
		value string `raw:"value"`
		cycle string `raw:"cycle"`
	}
)

// company is what files say of a company, and the date of the report.
type company struct {
	asOf          day
	units         []unitRow
	employees     []employeeRow
	cycles        []cycleRow
	goals         []goalRow
	items         []itemRow
	checkIns      []checkInRow
	labels        []labelRow
	appraisals    []appraisalRow
	calibrations  []calibrationRow
	conversations []conversationRow
	plans         []planRow
	incentives    []incentiveRow
	readings      []readingRow
	settings      []settingRow
}

// load replaces what is stored by the company.
func (c *company) load(ctx context.Context, conn *sql.Conn) error {
	if err := analytics.ClearRaw(ctx, conn); err != nil {
		return err
	}
	for _, statement := range []string{"delete from raw.setting"} {
		if _, err := conn.ExecContext(ctx, statement); err != nil {
			return err
		}
	}
	for _, kind := range []struct {
		table string
		rows  any
	}{
		{"unit", c.units}, {"employee", c.employees}, {"cycle", c.cycles}, {"goal", c.goals}, {"plan_item", c.items},
		{"check_in", c.checkIns}, {"rating_scale", c.labels}, {"appraisal", c.appraisals}, {"calibration", c.calibrations},
		{"conversation", c.conversations}, {"improvement_plan", c.plans}, {"incentive", c.incentives}, {"reading", c.readings}, {"setting", c.settings},
	} {
		if err := insert(ctx, conn, kind.table, reflect.ValueOf(kind.rows)); err != nil {
			return fmt.Errorf("insert into raw.%s: %w", kind.table, err)
		}
	}
	return nil
}

// insert writes rows two hundred at a time, each with a place and a key of its own.
func insert(ctx context.Context, conn *sql.Conn, table string, rows reflect.Value) error {
	isPlaced := table != "setting"
	kind := rows.Type().Elem()
	var columns []string
	for i := range kind.NumField() {
		columns = append(columns, kind.Field(i).Tag.Get("raw"))
	}
	if isPlaced {
		columns = append(columns, "natural_key", "import_id", "sheet", "line")
	}
	for from := 0; from < rows.Len(); from += 200 {
		var lines []string
		var values []any
		for i := from; i < min(from+200, rows.Len()); i++ {
			for f := range kind.NumField() {
				values = append(values, cell(rows.Index(i).Field(f)))
			}
			if isPlaced {
				values = append(values, fmt.Sprintf("%s:%d", table, i+2), 1, table, i+2)
			}
			lines = append(lines, "("+strings.TrimSuffix(strings.Repeat("?, ", len(columns)), ", ")+")")
		}
		statement := fmt.Sprintf("insert into raw.%s (%s) values %s", table, strings.Join(columns, ", "), strings.Join(lines, ", "))
		if _, err := conn.ExecContext(ctx, statement, values...); err != nil {
			return err
		}
	}
	return nil
}

// cell is a field's value in a raw table, nil where nothing is known.
func cell(v reflect.Value) any {
	switch {
	case v.Type() == reflect.TypeFor[day]() && day(v.Int()) != never:
		return day(v.Int()).String()
	case v.Kind() == reflect.Float64 && known(v.Float()):
		return v.Float()
	case v.Kind() == reflect.String && v.String() != "":
		return v.String()
	}
	return nil
}
