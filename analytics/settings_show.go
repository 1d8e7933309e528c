package analytics

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"time"
)

// Setting is a setting as it stands in the published build.
type Setting struct {
	Name    string  `json:"name"`
	Cycle   string  `json:"cycle,omitempty"` // empty: of the company
	Value   string  `json:"value"`
	Default string  `json:"default"`
	IsSet   bool    `json:"is_set"`
	Unit    string  `json:"unit"`
	Min     float64 `json:"min"`
	Max     float64 `json:"max"`
	Said    `json:"means"`
}

// Settings lists what holds: of a cycle those that a cycle may have of its own, of the company all.
func Settings(ctx context.Context, q Querier, cycle string) ([]Setting, error) {
	known, err := catalogueOnce()
	if err != nil {
		return nil, err
	}
	set, err := q.Query(ctx, "select name, coalesce(cycle, ''), value from raw.setting", nil, 0)
	if err != nil {
		return nil, fmt.Errorf("read settings: %w", err)
	}
	values := map[[2]string]string{}
	for _, row := range set.Rows {
		values[[2]string{row[0].(string), row[1].(string)}] = row[2].(string)
	}
	all := []Setting{}
	for _, entry := range known.Settings {
		if cycle != "" && !entry.PerCycle {
			continue
		}
		s := Setting{Name: entry.Name, Cycle: cycle, Value: entry.Default, Default: entry.Default, Unit: entry.Unit, Min: entry.Min, Max: entry.Max, Said: entry.Said}
		if s.Unit == "date" {
			s.Value, s.Default = set.Build.AsOf.Format(time.DateOnly), ""
		}
		if value, ok := values[[2]string{entry.Name, ""}]; ok {
			s.Value, s.IsSet = value, cycle == ""
		}
		if value, ok := values[[2]string{entry.Name, cycle}]; ok {
			s.Value, s.IsSet = value, true
		}
		all = append(all, s)
	}
	return all, nil
}

// SettingRecord is a row of the record of changes.
type SettingRecord struct {
	ID int64     `json:"change_id"`
	At time.Time `json:"changed_at"`
	By string    `json:"changed_by"`
	SettingChange
	Build int64 `json:"build_id"`
}

// SettingHistory lists the changes of settings, the newest first.
func SettingHistory(ctx context.Context, q Querier) ([]SettingRecord, error) {
	found, err := q.Query(ctx, `
		select change_id, changed_at, changed_by, name, coalesce(cycle, ''), before, after, build_id
		from raw.setting_change order by change_id desc, name, cycle`, nil, 0)
	if err != nil {
		return nil, fmt.Errorf("read changes of settings: %w", err)
	}
	all := []SettingRecord{}
	for _, row := range found.Rows {
		all = append(all, SettingRecord{ID: row[0].(int64), At: row[1].(time.Time), By: row[2].(string), Build: row[7].(int64),
			SettingChange: SettingChange{Name: row[3].(string), Cycle: row[4].(string), Before: text(row[5]), After: text(row[6])}})
	}
	return all, nil
}

func text(v any) *string {
	if s, ok := v.(string); ok {
		return &s
	}
	return nil
}

// ExportSettings writes a settings file: what is set, and every other setting as a comment with its default and meaning.
func ExportSettings(ctx context.Context, q Querier, lang string) (string, error) {
	all, err := Settings(ctx, q, "")
	if err != nil {
		return "", err
	}
	var b strings.Builder
	b.WriteString("settings:\n")
	for _, s := range all {
		mark, value := "  ", s.Value
		if !s.IsSet {
			mark, value = "  # ", s.Default
		}
		fmt.Fprintf(&b, "  # %s\n%s%s: %s\n", s.In(lang), mark, s.Name, value)
	}
	if err := exportCycles(ctx, q, &b); err != nil {
		return "", err
	}
	for _, section := range settingSections {
		if err := exportTable(ctx, q, &b, section); err != nil {
			return "", err
		}
	}
	return b.String(), nil
}

func exportCycles(ctx context.Context, q Querier, b *strings.Builder) error {
	found, err := q.Query(ctx, "select cycle, name, value from raw.setting where cycle is not null order by cycle, name", nil, 0)
	if err != nil {
		return fmt.Errorf("read settings of cycles: %w", err)
	}
	last := ""
	for i, row := range found.Rows {
		if i == 0 {
			b.WriteString("cycles:\n")
		}
		if cycle := row[0].(string); cycle != last {
			fmt.Fprintf(b, "  %s:\n", quoted(cycle))
			last = cycle
		}
		fmt.Fprintf(b, "    %s: %s\n", row[1], row[2])
	}
	return nil
}

func exportTable(ctx context.Context, q Querier, b *strings.Builder, s settingSection) error {
	section, table := s.section, s.table
	where := ""
	if isPlaced(table) {
		where = " where import_id is null"
	}
	var names []string
	for _, c := range settingColumns(table) {
		names = append(names, c.name)
	}
	found, err := q.Query(ctx, "select "+strings.Join(names, ", ")+" from raw."+table+where+" order by all", nil, 0)
	if err != nil {
		return fmt.Errorf("read rows of %s: %w", table, err)
	}
	for i, row := range found.Rows {
		if i == 0 {
			b.WriteString(section + ":\n")
		}
		var parts []string
		for j, v := range row {
			if v != nil {
				parts = append(parts, names[j]+": "+quoted(v))
			}
		}
		fmt.Fprintf(b, "  - {%s}\n", strings.Join(parts, ", "))
	}
	return nil
}

// quoted is a value as YAML reads it back: text as JSON, which is YAML too.
func quoted(v any) string {
	text, err := json.Marshal(v)
	if err != nil {
		return fmt.Sprint(v)
	}
	return string(text)
}
