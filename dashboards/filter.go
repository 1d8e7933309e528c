package dashboards

import (
	"encoding/json"
	"fmt"
	"net/url"
	"sort"
	"strings"

	"github.com/perfloop/perfloop/analytics"
)

// Filter is which people a page is about. The zero value is everybody in the default cycle.
// It is the URL: two pages with the same address show the same people.
type Filter struct {
	Cycle, Compare                              string
	Unit, JobFamily, Location, Grade, Manager   string
	Attributes                                  map[string]string
	Step, State, Leak, Label, Status, Reason    string // drills: which of those people a list shows
	From, To, Reviewer, Metric, Search, Problem string
	Measure, Sign, OwnerStatus, Alarm, Cause    string
	Employee                                    string
	Waiting                                     string // the kind of thing that a worklist shows
}

// field is one filter: its name in the URL and in queries, and where it is kept.
type field struct {
	name    string
	at      func(*Filter) *string
	isDrill bool
}

// fields of a filter in the order in which they are written.
func fields() []field {
	return []field{
		{name: "cycle", at: func(f *Filter) *string { return &f.Cycle }},
		{name: "compare", at: func(f *Filter) *string { return &f.Compare }},
		{name: "unit", at: func(f *Filter) *string { return &f.Unit }},
		{name: "job_family", at: func(f *Filter) *string { return &f.JobFamily }},
		{name: "location", at: func(f *Filter) *string { return &f.Location }},
		{name: "grade", at: func(f *Filter) *string { return &f.Grade }},
		{name: "manager", at: func(f *Filter) *string { return &f.Manager }},
		{name: "step", at: func(f *Filter) *string { return &f.Step }, isDrill: true},
		{name: "state", at: func(f *Filter) *string { return &f.State }, isDrill: true},
		{name: "leak", at: func(f *Filter) *string { return &f.Leak }, isDrill: true},
		{name: "label", at: func(f *Filter) *string { return &f.Label }, isDrill: true},
		{name: "status", at: func(f *Filter) *string { return &f.Status }, isDrill: true},
		{name: "reason", at: func(f *Filter) *string { return &f.Reason }, isDrill: true},
		{name: "from", at: func(f *Filter) *string { return &f.From }, isDrill: true},
		{name: "to", at: func(f *Filter) *string { return &f.To }, isDrill: true},
		{name: "reviewer", at: func(f *Filter) *string { return &f.Reviewer }, isDrill: true},
		{name: "metric", at: func(f *Filter) *string { return &f.Metric }, isDrill: true},
		{name: "measure", at: func(f *Filter) *string { return &f.Measure }, isDrill: true},
		{name: "sign", at: func(f *Filter) *string { return &f.Sign }, isDrill: true},
		{name: "owner_status", at: func(f *Filter) *string { return &f.OwnerStatus }, isDrill: true},
		{name: "alarm", at: func(f *Filter) *string { return &f.Alarm }, isDrill: true},
		{name: "cause", at: func(f *Filter) *string { return &f.Cause }, isDrill: true},
		{name: "employee_id", at: func(f *Filter) *string { return &f.Employee }, isDrill: true},
		{name: "waiting", at: func(f *Filter) *string { return &f.Waiting }, isDrill: true},
		{name: "search", at: func(f *Filter) *string { return &f.Search }, isDrill: true},
		{name: "problem", at: func(f *Filter) *string { return &f.Problem }, isDrill: true},
	}
}

const attributePrefix = "attr."

// readFilter takes the filter out of an address; what it does not know it leaves.
func readFilter(values url.Values) Filter {
	var f Filter
	for _, field := range fields() {
		*field.at(&f) = values.Get(field.name)
	}
	for name := range values {
		if attribute, ok := strings.CutPrefix(name, attributePrefix); ok && values.Get(name) != "" {
			if f.Attributes == nil {
				f.Attributes = map[string]string{}
			}
			f.Attributes[attribute] = values.Get(name)
		}
	}
	return f
}

// Values are the filter as an address has it.
func (f Filter) Values() url.Values {
	values := url.Values{}
	for _, field := range fields() {
		if value := *field.at(&f); value != "" {
			values.Set(field.name, value)
		}
	}
	for name, value := range f.Attributes {
		values.Set(attributePrefix+name, value)
	}
	return values
}

// URL is path with the filter.
func (f Filter) URL(path string) string {
	if query := f.Values().Encode(); query != "" {
		return path + "?" + query
	}
	return path
}

// With is the filter with one field set, "" to clear it: with("unit", "U7") or with("attr.City", "").
func (f Filter) With(name, value string) Filter {
	if attribute, ok := strings.CutPrefix(name, attributePrefix); ok {
		kept := make(map[string]string, len(f.Attributes)+1)
		for k, v := range f.Attributes {
			kept[k] = v
		}
		kept[attribute] = value
		if value == "" {
			delete(kept, attribute)
		}
		f.Attributes = kept
		return f
	}
	for _, field := range fields() {
		if field.name == name {
			*field.at(&f) = value
		}
	}
	return f
}

// Scope is the filter without its drills: what every panel of a page shares.
func (f Filter) Scope() Filter {
	for _, field := range fields() {
		if field.isDrill {
			*field.at(&f) = ""
		}
	}
	return f
}

// kept is the scope with one drill that narrows it; "" for none.
func (f Filter) kept(drill string) Filter {
	return f.Scope().With(drill, f.Values().Get(drill))
}

// Args are the filter as queries take it: null where nothing was asked.
func (f Filter) Args() (analytics.Args, error) {
	args := analytics.Args{"attributes": nil}
	for _, field := range fields() {
		args[field.name] = nil
		if value := *field.at(&f); value != "" {
			args[field.name] = value
		}
	}
	if len(f.Attributes) > 0 {
		text, err := json.Marshal(f.Attributes)
		if err != nil {
			return nil, fmt.Errorf("write attribute filter: %w", err)
		}
		args["attributes"] = string(text)
	}
	return args, nil
}

// attributeNames are the attributes filtered by, in order.
func (f Filter) attributeNames() []string {
	names := make([]string, 0, len(f.Attributes))
	for name := range f.Attributes {
		names = append(names, name)
	}
	sort.Strings(names)
	return names
}
