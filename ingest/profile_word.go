package ingest

import (
	"maps"
	"slices"
	"strings"
)

// wordProfile counts which words of theirs stand for each of ours in one column: our word, folded word, as first written.
type wordProfile map[string]map[string]string

// addStatus takes a cell of a column of states; the same cell again says nothing new.
func (p *profile) addStatus(dict *book, cell string) {
	if p.seen[cell] {
		return
	}
	if p.seen == nil {
		p.seen = map[string]bool{}
	}
	if len(p.seen) < maxKnownCells {
		p.seen[strings.Clone(cell)] = true
	}
	p.words.add(dict, "goal_status", cell)
}

func (p *wordProfile) add(dict *book, table, cell string) {
	folded := foldWord(cell)
	ours, known := dict.words[table][folded]
	if !known {
		return
	}
	p.put(ours, folded, plain(cell))
}

// severe are the states whose degree matters: two words for one of them may be two degrees of it. In one system's list
// Behind is milder than At Risk, in another's neither comes first.
var severe = []string{"at_risk", "off_track"}

// settleWords says where a status column's words were merged into one of ours.
func settleWords(p *plan, types []string, profiles []profile) {
	for i := range p.Columns {
		c := &p.Columns[i]
		if types[i] != statusType {
			continue
		}
		for _, ours := range slices.Sorted(maps.Keys(profiles[i].words)) {
			theirs := profiles[i].words[ours]
			if len(theirs) < 2 {
				continue
			}
			shown := strings.Join(slices.Sorted(maps.Values(theirs)), ", ")
			args := map[string]any{"header": c.Header, "ours": ours, "words": shown}
			if !slices.Contains(severe, ours) {
				p.decide(c.Field, "words_merged", args)
				continue
			}
			p.Findings = append(p.Findings, Problem{
				Sheet: p.Sheet, Kind: p.Kind, Severity: Finding, Field: c.Field, Header: c.Header, Key: "words_merged", Args: args,
			})
		}
	}
}

const statusType = "word:goal_status"
