package ingest

import (
	"regexp"
	"strings"
)

const okrNumber = `\s*([0-9]{1,2}|[一二三四五六七八九十])(?:\.[0-9]{1,2})?\s*(?:[:：.、，,)）-]|\s)\s*\S`

var (
	objectiveMark = regexp.MustCompile(`^(?:o|objective|目标)` + okrNumber)
	keyResultMark = regexp.MustCompile(`^(?:kr|key result|关键结果|关键成果)` + okrNumber)
	dottedMark    = regexp.MustCompile(`^\D+[0-9]{1,2}\.[0-9]`)
)

// hanNumbers are the numbers of objectives in Chinese.
var hanNumbers = strings.NewReplacer("十", "10", "一", "1", "二", "2", "三", "3", "四", "4", "五", "5", "六", "6", "七", "7", "八", "8", "九", "9")

// okrs are the objectives of one owner and cycle that stood above in a column of objectives and key results.
type okrs struct {
	cycle, owner string
	byNumber     map[string]any
	last         any // what its key results call the objective: its id, else its title
}

// joinKeyResult gives a goal whose title says that it is a key result its objective: KR1.1 has O1, 关键结果1 the one above.
// The objective is the owner's own, or the last above if the number says so.
func (c *converter) joinKeyResult(v values) {
	title := foldText(c.text(v, "title"))
	if c.kind.Name != "goal" || c.text(v, "parent_goal_id") != "" {
		return
	}
	cycle, owner := c.text(v, "cycle"), c.keyPart(v, "owner")
	isOwn := c.okrs.cycle == cycle && c.okrs.owner == owner && c.okrs.byNumber != nil
	if m := objectiveMark.FindStringSubmatch(title); m != nil {
		if !isOwn {
			c.okrs = okrs{cycle: cycle, owner: owner, byNumber: map[string]any{}}
		}
		c.okrs.last = first([]string{c.text(v, "goal_id"), c.text(v, "title")})
		c.okrs.byNumber[hanNumbers.Replace(m[1])] = c.okrs.last
		return
	}
	m := keyResultMark.FindStringSubmatch(title)
	if m == nil || c.okrs.cycle != cycle {
		return
	}
	if dottedMark.MatchString(title) {
		numbered := c.okrs.byNumber[hanNumbers.Replace(m[1])]
		if isOwn || numbered == c.okrs.last {
			c.fill(v, "parent_goal_id", numbered)
		}
	} else if isOwn {
		c.fill(v, "parent_goal_id", c.okrs.last)
	}
}
