package analytics

import (
	"encoding/json"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"gopkg.in/yaml.v3"

	sqltext "github.com/perfloop/perfloop/sql"
)

// SettingsEdit is what a settings file states. What it does not name stays as it is.
type SettingsEdit struct {
	Values []StatedSetting
	Tables map[string][]map[string]any // raw table to all its rows
	lines  map[string]int              // of the tables
}

// StatedSetting is one setting, of the company or of one cycle. Without a value it goes back to its default.
type StatedSetting struct {
	Name, Cycle string
	Value       *string
	line        int
}

// SettingFault is one thing wrong with a settings file, as a key of words.
type SettingFault struct {
	Line int
	Key  string
	Args map[string]any
}

// SettingsError lists what is wrong with a settings file. Nothing was changed.
type SettingsError struct{ Faults []SettingFault }

func (e *SettingsError) Error() string {
	parts := make([]string, len(e.Faults))
	for i, f := range e.Faults {
		parts[i] = fmt.Sprintf("line %d: %s %v", f.Line, f.Key, f.Args)
	}
	return "settings: " + strings.Join(parts, "; ")
}

// settingSection is a part of a settings file that fills a whole table, and what each of its rows must name.
type settingSection struct{ section, table, required string }

var settingSections = []settingSection{
	{"rating_scales", "rating_scale", "code"},
	{"guidelines", "guideline", "label"},
	{"scoring_rules", "scoring_rule", "kind"},
	{"score_parts", "score_part", "part"},
	{"score_labels", "score_label", "label"},
}

type settingsReader struct {
	known  *Descriptions
	edit   SettingsEdit
	faults []SettingFault
}

func (r *settingsReader) fault(line int, key string, pairs ...any) {
	args := map[string]any{}
	for i := 0; i+1 < len(pairs); i += 2 {
		args[pairs[i].(string)] = pairs[i+1]
	}
	r.faults = append(r.faults, SettingFault{Line: line, Key: key, Args: args})
}

// ReadSettings reads a settings file. Its error is a SettingsError with all that is wrong.
func ReadSettings(text []byte) (*SettingsEdit, error) {
	known, err := catalogueOnce()
	if err != nil {
		return nil, err
	}
	r := &settingsReader{known: known, edit: SettingsEdit{Tables: map[string][]map[string]any{}, lines: map[string]int{}}}
	var root yaml.Node
	if err := yaml.Unmarshal(text, &root); err != nil {
		r.fault(yamlLine(err), "setting_not_yaml")
	} else if len(root.Content) > 0 {
		r.sections(root.Content[0])
	}
	if len(r.faults) > 0 {
		return nil, &SettingsError{r.faults}
	}
	return &r.edit, nil
}

var lineInError = regexp.MustCompile(`line (\d+)`)

func yamlLine(err error) int {
	if found := lineInError.FindStringSubmatch(err.Error()); found != nil {
		line, _ := strconv.Atoi(found[1]) // digits only
		return line
	}
	return 1
}

// pairs are the names and values of a mapping, each name once.
func (r *settingsReader) pairs(node *yaml.Node, visit func(name, value *yaml.Node)) {
	if node.Kind == yaml.ScalarNode && node.Tag == "!!null" {
		return
	}
	if node.Kind != yaml.MappingNode {
		r.fault(node.Line, "setting_not_names")
		return
	}
	seen := map[string]bool{}
	for i := 0; i+1 < len(node.Content); i += 2 {
		if name := node.Content[i]; seen[name.Value] {
			r.fault(name.Line, "setting_twice", "name", name.Value)
		} else {
			seen[name.Value] = true
			visit(name, node.Content[i+1])
		}
	}
}

func (r *settingsReader) sections(root *yaml.Node) {
	r.pairs(root, func(name, value *yaml.Node) {
		switch name.Value {
		case "settings":
			r.values(value, "")
		case "cycles":
			r.pairs(value, func(cycle, values *yaml.Node) { r.values(values, strings.TrimSpace(cycle.Value)) })
		default:
			for _, s := range settingSections {
				if s.section == name.Value {
					r.table(s.table, s.required, value)
					return
				}
			}
			r.fault(name.Line, "setting_unknown_section", "name", name.Value)
		}
	})
}

func (r *settingsReader) values(node *yaml.Node, cycle string) {
	r.pairs(node, func(name, value *yaml.Node) {
		entry := r.known.Setting(name.Value)
		switch {
		case entry == nil:
			r.fault(name.Line, "setting_unknown", "name", name.Value)
		case cycle != "" && !entry.PerCycle:
			r.fault(name.Line, "setting_not_per_cycle", "name", name.Value)
		case value.Tag == "!!null":
			r.edit.Values = append(r.edit.Values, StatedSetting{Name: name.Value, Cycle: cycle, line: name.Line})
		default:
			r.value(entry, StatedSetting{Name: name.Value, Cycle: cycle, line: value.Line}, value)
		}
	})
}

func (r *settingsReader) value(entry *SettingEntry, v StatedSetting, node *yaml.Node) {
	if entry.Unit == "date" {
		day, err := time.Parse(time.DateOnly, node.Value)
		if err != nil {
			r.fault(v.line, "setting_not_date", "name", v.Name, "value", node.Value)
			return
		}
		text := day.Format(time.DateOnly)
		v.Value = &text
		r.edit.Values = append(r.edit.Values, v)
		return
	}
	if entry.Unit == "text" {
		text := strings.TrimSpace(node.Value)
		if isLike, err := regexp.MatchString(entry.Pattern, text); err != nil || !isLike || node.Kind != yaml.ScalarNode {
			r.fault(v.line, "setting_not_like", "name", v.Name, "value", node.Value)
			return
		}
		v.Value = &text
		r.edit.Values = append(r.edit.Values, v)
		return
	}
	text, number := plainNumber(node.Value)
	switch isWhole := entry.Unit == "count" || entry.Unit == "days"; {
	case text == "" || node.Kind != yaml.ScalarNode:
		r.fault(v.line, "setting_not_number", "name", v.Name, "value", node.Value)
	case isWhole && number != float64(int64(number)):
		r.fault(v.line, "setting_not_whole", "name", v.Name, "value", node.Value)
	case number < entry.Min || number > entry.Max:
		r.fault(v.line, "setting_out_of_range", "name", v.Name, "value", node.Value, "min", entry.Min, "max", entry.Max)
	default:
		v.Value = &text
		r.edit.Values = append(r.edit.Values, v)
	}
}

// plainNumber reads a number or a percentage; its text is the shortest, empty where it is none.
func plainNumber(text string) (string, float64) {
	text, isPercent := strings.CutSuffix(strings.TrimSpace(text), "%")
	number, err := strconv.ParseFloat(strings.TrimSpace(text), 64)
	if err != nil || number != number || number-number != 0 {
		return "", 0
	}
	if isPercent {
		number /= 100
	}
	return strconv.FormatFloat(number, 'f', -1, 64), number
}

func (r *settingsReader) table(table, required string, node *yaml.Node) {
	r.edit.lines[table] = node.Line
	rows := []map[string]any{}
	if node.Tag != "!!null" && node.Kind != yaml.SequenceNode {
		r.fault(node.Line, "setting_not_rows")
		return
	}
	columns := settingColumns(table)
	for _, item := range node.Content {
		row := map[string]any{}
		r.pairs(item, func(name, value *yaml.Node) {
			at := slices.IndexFunc(columns, func(c rawColumn) bool { return c.name == name.Value })
			if at < 0 {
				r.fault(name.Line, "setting_unknown_field", "name", name.Value, "table", table)
			} else if value.Tag != "!!null" {
				row[name.Value] = r.cell(columns[at], value)
			}
		})
		if row[required] == nil {
			r.fault(item.Line, "setting_missing_field", "name", required)
		}
		rows = append(rows, row)
	}
	r.edit.Tables[table] = rows
}

func (r *settingsReader) cell(c rawColumn, node *yaml.Node) any {
	if c.kind == "varchar" && node.Kind == yaml.ScalarNode {
		return strings.TrimSpace(node.Value)
	}
	text, number := plainNumber(node.Value)
	switch {
	case text == "" || node.Kind != yaml.ScalarNode || (c.kind == "integer" && number != float64(int64(number))):
		r.fault(node.Line, "setting_not_number", "name", c.name, "value", node.Value)
	case (c.name == "share" || c.name == "weight") && (number < 0 || number > 1):
		r.fault(node.Line, "setting_out_of_range", "name", c.name, "value", node.Value, "min", 0.0, "max", 1.0)
	}
	return json.Number(text)
}

// rawColumn is a column as the text of its raw table declares it.
type rawColumn struct{ name, kind string }

var rawColumnLine = regexp.MustCompile(`(?m)^    (\w+) (varchar|double|integer)\b`)

// settingColumns are the columns that a row of settings may name: all but its place in a file.
func settingColumns(table string) []rawColumn {
	var columns []rawColumn
	for _, f := range sqltext.Files(sqltext.Raw) {
		if f.Name != table {
			continue
		}
		for _, match := range rawColumnLine.FindAllStringSubmatch(f.Text, -1) {
			if !slices.Contains([]string{"sheet", "line", "natural_key"}, match[1]) {
				columns = append(columns, rawColumn{match[1], match[2]})
			}
		}
	}
	return columns
}

// isPlaced reports whether the table is filled by imports too; rows of settings have no import_id there.
func isPlaced(table string) bool { return table == "rating_scale" || table == "guideline" }
