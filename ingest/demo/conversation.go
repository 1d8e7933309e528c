package demo

import (
	"fmt"
	"iter"
	"time"
)

// conversationFile holds feedback on a cycle's rating and what was said during the cycle. Every third file
// knows people by e-mail alone.
func (c *company) conversationFile(i int) file {
	cy, lang := c.cycles[i], c.turns(i)
	byMail := i%3 == 1
	fields, label := cy.cells(i, lang)
	if byMail {
		fields = append(fields, "employee_email")
	} else {
		fields = append(fields, whoFields()...)
	}
	fields = append(fields,
		"conversation_kind", "held_on", "held_by_id", "held_by_name", "strengths", "improvements", "response", "is_acknowledged", "acknowledged_on",
	)
	s := sheet{kind: "conversation", fields: fields, rows: c.conversations(cy, label, byMail)}
	if i == c.lastClosed() {
		s.rows = spoil(s.rows, 12, map[int]any{len(fields) - 8: bad{text{"last week", "上周"}.in(lang), "not_a_date"}})
	}
	return file{name: fileName(lang, text{"conversations_", "绩效面谈_"}, cy.label+".csv"), lang: lang, sheets: []sheet{s}}
}

func (c *company) conversations(cy *cycle, label []any, byMail bool) iter.Seq[[]any] {
	return func(yield func([]any) bool) {
		for _, e := range cy.entries {
			who := e.who()
			if byMail {
				who = []any{e.p.email()}
			}
			for _, row := range c.talks(e) {
				if !yield(join(label, who, row)) {
					return
				}
			}
		}
	}
}

// talks are one person's conversations in a cycle and about it.
func (c *company) talks(e *entry) [][]any {
	var rows [][]any
	r := stream(c.Seed, "talks", e.p.id, e.cy.label)
	add := func(kind text, t, acknowledged time.Time) {
		var by [2]string
		if m := e.post.manager; m != nil {
			by = [2]string{m.id, m.name}
		}
		good, better := pick(r, praise()).in(e.p.lang), pick(r, shortfalls()).in(e.p.lang)
		reply := pick(r, replies()).in(e.p.lang)
		if chance(r, 0.2) {
			better = ""
		}
		if acknowledged.IsZero() || chance(r, 0.3) {
			reply = ""
		}
		rows = append(rows, []any{kind, t, by[0], by[1], good, better, reply, !acknowledged.IsZero(), acknowledged})
	}
	for _, x := range []struct {
		kind text
		p    float64
	}{
		{text{"One-on-one", "一对一"}, 0.8}, {text{"One-on-one", "一对一"}, 0.7}, {text{"Observation", "现场观察"}, 0.1},
		{text{"Suggestion", "合理化建议"}, 0.04}, {text{"Appeal", "申诉"}, 0.008},
	} {
		t := e.start.AddDate(0, 0, 5+r.IntN(150))
		if chance(r, x.p) && c.known(t) && e.p.activeOn(t) {
			add(x.kind, t, t)
		}
	}
	if !e.talk.held.IsZero() {
		add(text{"Feedback", "绩效面谈"}, e.talk.held, e.talk.acknowledged)
	}
	return distinct(rows)
}

// distinct drops a second conversation of the same kind on the same day.
func distinct(rows [][]any) [][]any {
	seen, kept := map[string]bool{}, rows[:0]
	for _, row := range rows {
		key := fmt.Sprint(row[0], row[1])
		if !seen[key] {
			seen[key], kept = true, append(kept, row)
		}
	}
	return kept
}

func praise() []text {
	return []text{
		{"Met the targets in a hard market", "市场困难时仍完成目标"}, {"Helps colleagues without being asked", "主动帮助同事"},
		{"Reports problems early", "能及早反映问题"}, {"Careful, complete work", "工作细致、交付完整"},
	}
}

func shortfalls() []text {
	return []text{
		{"Customers complain about late answers", "客户反映回复不及时"}, {"Plans too little ahead", "计划性不足"},
		{"Shares too little with the team", "与团队分享较少"}, {"Documentation is thin", "文档记录不完整"},
	}
}

func replies() []text {
	return []text{
		{"Agreed, I will start with the open points", "同意，先从遗留问题着手"}, {"I would like training on this", "希望得到相关培训"},
		{"The market made it harder than planned", "市场变化比预期更大"},
	}
}
