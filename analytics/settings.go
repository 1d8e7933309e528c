package analytics

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
)

// SettingChange is one setting, or one whole table of them, that was changed.
type SettingChange struct {
	Name   string  `json:"name"`
	Cycle  string  `json:"cycle,omitempty"`
	Before *string `json:"before"` // null: the default; of a table its rows
	After  *string `json:"after"`
}

// errNoChange ends an update that had nothing to do.
var errNoChange = errors.New("no setting changes")

// ChangeSettings makes the settings what an edit states, remakes the models and answers what was changed: nothing where all
// was so already. The edit's mistakes are a SettingsError; then, and where a check stops the build, everything stays.
func (db *DB) ChangeSettings(ctx context.Context, edit *SettingsEdit, by string) ([]SettingChange, Build, error) {
	record := settingsRecord{By: by, At: db.opts.Now().UTC().Truncate(time.Microsecond)}
	built, err := db.Update(ctx, func(ctx context.Context, conn *sql.Conn) error {
		changes, err := applyEdit(ctx, conn, edit)
		if err != nil {
			return err
		}
		record.Changes = changes
		if len(changes) == 0 {
			return errNoChange
		}
		if err := db.number(ctx, conn, &record); err != nil {
			return err
		}
		return errors.Join(record.note(ctx, conn), db.settingsLog().write(record.ID, record))
	})
	if errors.Is(err, errNoChange) {
		return []SettingChange{}, db.Published(), nil
	}
	if err != nil {
		return nil, Build{}, errors.Join(err, db.settingsLog().drop(record.ID))
	}
	return record.Changes, built, db.settingsLog().keep(record.ID)
}

// applyEdit writes the edit to the raw tables and answers what is not as it was.
func applyEdit(ctx context.Context, conn *sql.Conn, edit *SettingsEdit) ([]SettingChange, error) {
	var changes []SettingChange
	if err := cyclesExist(ctx, conn, edit); err != nil {
		return nil, err
	}
	for _, v := range edit.Values {
		c := SettingChange{Name: v.Name, Cycle: v.Cycle, After: v.Value}
		var before sql.NullString
		err := conn.QueryRowContext(ctx, "select max(value) from raw.setting where name = $1 and coalesce(cycle, '') = $2", v.Name, v.Cycle).Scan(&before)
		if err != nil {
			return nil, fmt.Errorf("read setting %s: %w", v.Name, err)
		}
		if before.Valid {
			c.Before = &before.String
		}
		if equal(c.Before, c.After) {
			continue
		}
		if err := c.apply(ctx, conn); err != nil {
			return nil, err
		}
		changes = append(changes, c)
	}
	for _, table := range slices.Sorted(maps.Keys(edit.Tables)) {
		c, err := applyTable(ctx, conn, table, edit.Tables[table])
		if err != nil {
			return nil, err
		}
		if !equal(c.Before, c.After) {
			changes = append(changes, c)
		}
	}
	return changes, inRightOrder(ctx, conn, edit)
}

func equal(a, b *string) bool { return (a == nil) == (b == nil) && (a == nil || *a == *b) }

func applyTable(ctx context.Context, conn *sql.Conn, table string, rows []map[string]any) (SettingChange, error) {
	c := SettingChange{Name: table}
	var err error
	if c.Before, err = settingRows(ctx, conn, table); err != nil {
		return c, err
	}
	text, err := json.Marshal(rows)
	if err != nil {
		return c, fmt.Errorf("write rows of %s: %w", table, err)
	}
	after := string(text)
	c.After = &after
	if err := c.apply(ctx, conn); err != nil {
		return c, err
	}
	c.After, err = settingRows(ctx, conn, table)
	return c, err
}

// settingRows are the rows of a table that settings state, as JSON; nil: none.
func settingRows(ctx context.Context, conn *sql.Conn, table string) (*string, error) {
	var names []string
	for _, c := range settingColumns(table) {
		names = append(names, c.name)
	}
	where := ""
	if isPlaced(table) {
		where = "where import_id is null"
	}
	var text sql.NullString
	err := conn.QueryRowContext(ctx, fmt.Sprintf("select to_json(list(stated order by stated))::varchar from (select %s from raw.%s %s) as stated",
		strings.Join(names, ", "), table, where)).Scan(&text)
	if err != nil {
		return nil, fmt.Errorf("read rows of %s: %w", table, err)
	}
	if !text.Valid {
		return nil, nil
	}
	return &text.String, nil
}

// apply makes the setting, or the table, what the change says.
func (c SettingChange) apply(ctx context.Context, conn *sql.Conn) error {
	if slices.ContainsFunc(settingSections, func(s settingSection) bool { return s.table == c.Name }) {
		return c.applyRows(ctx, conn)
	}
	_, err := conn.ExecContext(ctx, "delete from raw.setting where name = $1 and coalesce(cycle, '') = $2", c.Name, c.Cycle)
	if err == nil && c.After != nil {
		_, err = conn.ExecContext(ctx, "insert into raw.setting (name, value, cycle) values ($1, $2, nullif($3, ''))", c.Name, *c.After, c.Cycle)
	}
	if err != nil {
		return fmt.Errorf("set %s: %w", c.Name, err)
	}
	return nil
}

func (c SettingChange) applyRows(ctx context.Context, conn *sql.Conn) error {
	var kinds []string
	for _, column := range settingColumns(c.Name) {
		kinds = append(kinds, fmt.Sprintf(`"%s": "%s"`, column.name, strings.ToUpper(column.kind)))
	}
	from, where := "", ""
	if isPlaced(c.Name) {
		from = ", 'settings' as sheet, concat_ws(':', 'settings', row_of.cycle, " + settingKey(c.Name) + ") as natural_key"
		where = " where import_id is null"
	}
	rows := "[]"
	if c.After != nil {
		rows = *c.After
	}
	_, err := conn.ExecContext(ctx, "delete from raw."+c.Name+where)
	if err == nil {
		_, err = conn.ExecContext(ctx, fmt.Sprintf("insert into raw.%s by name select unnest(row_of)%s from (select unnest(from_json($1::json, '[{%s}]')) as row_of)",
			c.Name, from, strings.Join(kinds, ", ")), rows)
	}
	if err != nil {
		return fmt.Errorf("fill %s: %w", c.Name, err)
	}
	return nil
}

// settingKey is what tells the rows of one cycle apart.
func settingKey(table string) string {
	if table == "guideline" {
		return "row_of.unit, row_of.label"
	}
	return "row_of.code"
}

var cycleLabel = regexp.MustCompile(`^\d{4}(H[12]|Q[1-4]|-(0[1-9]|1[0-2]))?$`)

// cyclesExist refuses settings of cycles that no file names, unless they are periods of a calendar: those may be yet to come.
func cyclesExist(ctx context.Context, conn *sql.Conn, edit *SettingsEdit) error {
	var faults []SettingFault
	for _, v := range edit.Values {
		if v.Cycle == "" || cycleLabel.MatchString(v.Cycle) {
			continue
		}
		var isKnown bool
		err := conn.QueryRowContext(ctx, "select exists (from raw.cycle where cycle = $1) or exists (from raw.goal where cycle = $1) or exists (from raw.appraisal where cycle = $1)", v.Cycle).Scan(&isKnown)
		if err != nil {
			return fmt.Errorf("look up cycle: %w", err)
		}
		if !isKnown {
			faults = append(faults, SettingFault{Line: v.line, Key: "setting_not_a_cycle", Args: map[string]any{"cycle": v.Cycle}})
		}
	}
	if len(faults) > 0 {
		return &SettingsError{faults}
	}
	return nil
}

// inRightOrder refuses thresholds that would stand the wrong way round.
func inRightOrder(ctx context.Context, conn *sql.Conn, edit *SettingsEdit) error {
	known, err := catalogueOnce()
	if err != nil {
		return err
	}
	rows, err := conn.QueryContext(ctx, "select name, value, coalesce(cycle, '') from raw.setting")
	if err != nil {
		return fmt.Errorf("read settings: %w", err)
	}
	defer rows.Close()
	set := map[[2]string]string{}
	cycles := map[string]bool{"": true}
	for rows.Next() {
		var name, value, cycle string
		if err := rows.Scan(&name, &value, &cycle); err != nil {
			return fmt.Errorf("read settings: %w", err)
		}
		set[[2]string{name, cycle}], cycles[cycle] = value, true
	}
	holds := func(name, cycle string) float64 {
		for _, text := range []string{set[[2]string{name, cycle}], set[[2]string{name, ""}], known.Setting(name).Default} {
			if number, err := strconv.ParseFloat(text, 64); err == nil {
				return number
			}
		}
		return 0
	}
	var faults []SettingFault
	for _, s := range known.Settings {
		for _, cycle := range slices.Sorted(maps.Keys(cycles)) {
			if s.AtLeast != "" && holds(s.Name, cycle) < holds(s.AtLeast, cycle) {
				faults = append(faults, SettingFault{Line: edit.lineOf(s.Name, s.AtLeast), Key: "setting_below", Args: map[string]any{"name": s.Name, "other": s.AtLeast}})
			}
		}
	}
	if err := rows.Err(); err != nil || len(faults) == 0 {
		return err
	}
	return &SettingsError{faults}
}

func (e *SettingsEdit) lineOf(names ...string) int {
	for _, v := range e.Values {
		if slices.Contains(names, v.Name) {
			return v.line
		}
	}
	return 0
}
