package ingest

import (
	"maps"
	"regexp"
	"slices"
	"strings"
)

const (
	ownersKept   = 5_000 // different owners that are looked at
	ownerSharers = 6     // more parts than these are no list of owners
)

var (
	ownerParts = regexp.MustCompile(`\s*[&＆/,，、;；+]\s*|\s+(?:and|und|et)\s+|\s*[和与及]\s*`)
	nameParts  = regexp.MustCompile(`\s*、\s*`)
)

// ownerProfile is the owners that a column names, as written: the first of them.
type ownerProfile struct {
	known map[string]bool
	names []string // in their order
}

func (p *ownerProfile) add(cell string) {
	if len(p.names) >= ownersKept || p.known[cell] {
		return
	}
	if name := plain(cell); len(name) < 200 && name != "" {
		p.addName(name)
	}
}

func (p *ownerProfile) addName(name string) {
	if p.known[name] || len(p.names) >= ownersKept {
		return
	}
	if p.known == nil {
		p.known = map[string]bool{}
	}
	name = strings.Clone(name)
	p.known[name], p.names = true, append(p.names, name)
}

// isOwner says whether a column names the owners of rows that a unit may own.
func isOwner(kindName string, c planColumn) bool {
	return ownerKinds[kindName] && (c.Field == "unit" || c.Field == "employee_name")
}

// settleOwners finds owners that are several: LTD & DRD where LTD and DRD own something alone as well, so that Research &
// Development is not taken for two; and names in a row, 张三、李四. They are one shared owner, whatever their order: a
// shared goal counts once.
func settleOwners(p *plan, types []string, profiles []profile) {
	for i := range p.Columns {
		c := &p.Columns[i]
		if len(profiles[i].owners.names) == 0 {
			continue
		}
		alone := map[string]bool{}
		for name := range profiles[i].owners.known {
			alone[foldText(name)] = true
		}
		for _, name := range slices.Sorted(maps.Keys(profiles[i].owners.known)) {
			parts := sharers(name, alone, types[i] == "name")
			if shared := strings.Join(parts, " & "); len(parts) > 1 && shared != name {
				if p.Shared == nil {
					p.Shared = map[string]string{}
				}
				p.Shared[name] = shared
			}
			if len(parts) > 1 {
				p.decide(c.Field, "shared_owner", map[string]any{"header": c.Header, "owner": name, "shared": strings.Join(parts, " & ")})
			}
		}
	}
}

// sharers are the owners that one text names, in a fixed order; none where it names one.
func sharers(name string, alone map[string]bool, isPerson bool) []string {
	parts := ownerParts.Split(name, -1)
	known := !slices.ContainsFunc(parts, func(part string) bool { return !alone[foldText(part)] })
	if isPerson && !known {
		parts = nameParts.Split(name, -1)
		known = true
	}
	if !known || len(parts) < 2 || len(parts) > ownerSharers || slices.Contains(parts, "") {
		return nil
	}
	slices.Sort(parts)
	return slices.Compact(parts)
}
