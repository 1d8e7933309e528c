package dashboards

import (
	"context"

	"github.com/perfloop/perfloop/analytics"
)

// filterBar is the line of filters above a page: the cycles, what is filtered by, what could be.
type filterBar struct {
	Cycles, Compare []Option
	Chips           []Chip
	Menus           []Menu
	Kept            []Param // the rest of the address, for the form
	Notice          string  // what to know about the cycle shown
	Calibration     string  // address of the calibration workbook; "" without a cycle
}

// Option is one choice of a menu.
type Option struct {
	Value, Label string
	IsChosen     bool
}

// Chip is an active filter and the address without it.
type Chip struct{ Name, Value, Without string }

// Menu is a filter that can be set.
type Menu struct {
	Name, Label string
	Options     []Option
}

// filterBar reads what can be chosen.
func (s *server) filterBar(ctx context.Context, r *request, path string) (*filterBar, error) {
	bar := &filterBar{}
	if r.Cycle == nil {
		return bar, nil
	}
	for _, c := range r.Cycles {
		bar.Cycles = append(bar.Cycles, Option{Value: c.ID, Label: clip(c.Name), IsChosen: c.ID == r.Cycle.ID})
		if c.ID != r.Cycle.ID && c.Kind == r.Cycle.Kind {
			bar.Compare = append(bar.Compare, Option{Value: c.ID, Label: clip(c.Name), IsChosen: r.Compare != nil && c.ID == r.Compare.ID})
		}
	}
	bar.Notice = cycleNotice(r)
	bar.Calibration = Filter{Cycle: r.Filter.Cycle, Unit: r.Filter.Unit}.URL("/export/calibration")
	args, err := r.args()
	if err != nil {
		return nil, err
	}
	options, err := s.ask(ctx, r.Viewer, "data/options", args)
	if err != nil {
		return nil, err
	}
	bar.menus(r, options)
	bar.chips(r, path)
	return bar, r.knows(bar)
}

// cycleNotice warns that figures of a running or guessed cycle are not final.
func cycleNotice(r *request) string {
	switch {
	case !r.Cycle.HasBegun:
		return r.Words.T("cycle.not_begun", "starts", r.Cycle.StartsOn)
	case !r.Cycle.IsClosed:
		return r.Words.T("cycle.running", "ends", r.Cycle.EndsOn)
	case r.Cycle.IsInferred:
		return r.Words.T("cycle.inferred")
	}
	return ""
}

// menus groups rows of field, value, label by field.
func (b *filterBar) menus(r *request, options *analytics.Result) {
	values := r.Filter.Values()
	for _, row := range options.Rows {
		name := text(row[options.Index("field")])
		if len(b.Menus) == 0 || b.Menus[len(b.Menus)-1].Name != name {
			b.Menus = append(b.Menus, Menu{Name: name, Label: filterTitle(r, name)})
		}
		menu := &b.Menus[len(b.Menus)-1]
		value := text(row[options.Index("value")])
		menu.Options = append(menu.Options, Option{
			Value: value, Label: clip(text(row[options.Index("option")])), IsChosen: values.Get(name) == value && value != ""})
	}
}

// filterTitle is a filter's name in words; an attribute's is its heading in the file.
func filterTitle(r *request, name string) string {
	if len(name) > len(attributePrefix) && name[:len(attributePrefix)] == attributePrefix {
		return clip(name[len(attributePrefix):])
	}
	if r.Filter.Measure != "" && (name == "from" || name == "to") {
		name = "measure_" + name
	}
	return r.Words.T("filter." + name)
}

// chips are the filters set, without the cycles, which are always there.
func (b *filterBar) chips(r *request, path string) {
	names := []string{}
	for _, f := range fields() {
		names = append(names, f.name)
	}
	for _, attribute := range r.Filter.attributeNames() {
		names = append(names, attributePrefix+attribute)
	}
	values := r.Filter.Values()
	for _, name := range names {
		value := values.Get(name)
		if value == "" || name == "cycle" || name == "compare" {
			continue
		}
		b.Kept = append(b.Kept, Param{Name: name, Value: value})
		b.Chips = append(b.Chips, Chip{Name: filterTitle(r, name), Value: b.valueTitle(r, name, value), Without: r.Filter.With(name, "").URL(path)})
	}
}

// valueTitle is a filter's value as a person knows it.
func (b *filterBar) valueTitle(r *request, name, value string) string {
	for _, menu := range b.Menus {
		for _, option := range menu.Options {
			if menu.Name == name && option.Value == value {
				return option.Label
			}
		}
	}
	area := map[string]string{"leak": "step", "step": "step", "state": "state", "status": "status", "owner_status": "status", "reason": "reason_name",
		"measure": "measure", "sign": "sign", "alarm": "alarm", "cause": "cause", "waiting": "waiting"}[name]
	if key := area + "." + value; r.Words.Has(key) {
		return r.Words.T(key)
	}
	return clip(value)
}

// knows refuses a unit that no menu has: a mistyped address must not look like an empty company.
func (r *request) knows(b *filterBar) error {
	if r.Filter.Unit == "" {
		return nil
	}
	known := ""
	for _, menu := range b.Menus {
		if menu.Name != "unit" {
			continue
		}
		for i, option := range menu.Options {
			if option.Value == r.Filter.Unit {
				return nil
			}
			if i < 12 {
				known += r.Words.T("list.item", "item", option.Value)
			}
		}
	}
	return notFound("error.no_unit", map[string]any{"unit": clip(r.Filter.Unit), "known": trimList(known)})
}
