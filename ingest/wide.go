package ingest

import (
	"regexp"
	"slices"
	"strings"
)

// aspect is what the labels over one column say of it: which field it holds, and of which period, role, item, part or
// number.
type aspect struct {
	kind    *kind
	field   *field
	period  string
	planned bool // the period is a year of a plan
	number  int
	sets    map[string]string
	rest    []string // labels that say none of this
	other   bool     // it holds something that is the same for all of these
	grouped bool     // several labels stand over it
	isWhat  bool     // its label is that of a thing to reach: it must hold figures
}

// byPeriods are the kinds of which one row may state several periods.
var byPeriods = []string{"goal", "reading", "appraisal", "incentive"}

// aspectOf reads the labels of a column for a kind.
func aspectOf(k *kind, labels []string) *aspect {
	a := &aspect{kind: k, sets: map[string]string{}, grouped: len(labels) > 1}
	for _, label := range labels {
		a.read(label, len(labels) > 1)
	}
	return a
}

// read takes one label; grouped says that there are others over the same column.
func (a *aspect) read(label string, grouped bool) {
	if p := periodOf(label); p != "" {
		a.addPeriod(p, label)
		return
	}
	if role := roleOf(a.kind, label); grouped && role != "" {
		a.sets["reviewer_role"] = role
		return
	}
	if f := a.kind.named(label); f != nil {
		a.addField(f)
		return
	}
	if p, rest := splitPeriod(label); p != "" && rest != "" {
		a.addPeriod(p, label)
		a.read(rest, true)
		return
	}
	if n, f := splitNumber(a.kind, label); n > 0 {
		a.number = n
		a.addField(f)
		return
	}
	if role, rest := splitRole(a.kind, label); role != "" {
		a.sets["reviewer_role"] = role
		if dictionary().isOverall(rest) || dictionary().isTotal(rest) {
			return
		}
		a.other = a.other || !a.kind.items[foldHeader(rest)] && dictionary().isLabel(rest)
		a.rest = append(a.rest, rest)
		return
	}
	if a.kind.Name == "appraisal" && grouped && dictionary().isOverall(label) {
		return
	}
	if part, known := dictionary().words["part"][foldWord(label)]; known && a.kind.Name == "appraisal" && grouped {
		a.sets["part"] = part
		return
	}
	if grouped && a.kind.field("unit") != nil && unitIn(label) == label {
		a.sets["unit"] = label
		return
	}
	a.rest = append(a.rest, label)
}

func (a *aspect) addPeriod(p, label string) {
	a.planned = a.planned || isPlanned(label)
	if joined := joinPeriods(a.period, p); joined != "" {
		a.period = joined
	} else {
		a.other = true
	}
}

// addField takes the field of the column. What says who or where is the same for all columns of a row.
func (a *aspect) addField(f *field) {
	if f.isWhat() && a.number == 0 && a.kind.field("target") != nil {
		f, a.isWhat = a.kind.field("target"), true
	}
	switch {
	case !f.isMeasure() && (a.number == 0 || f.Name != "title" && f.Name != "metric") || a.field != nil:
		a.other = true
	case f.Emit != nil:
		a.field = a.kind.field("label")
		for name, value := range f.Emit {
			a.sets[name] = value
		}
	default:
		a.field = f
	}
}

// isMeasure says whether a field may be stated once a period, role or item.
func (f *field) isMeasure() bool {
	switch f.Type {
	case "number", "target", "bound", "share", "integer", "rating", "word:goal_status":
		return true
	}
	return false
}

// named is the field that a label names, or nil.
func (k *kind) named(label string) *field {
	if f := k.strongly(label); f != nil {
		return f
	}
	return namedBy(func(key string) *field {
		if weak := k.weak[key]; len(weak) > 0 {
			return weak[0]
		}
		return nil
	}, label)
}

// strongly is the field that a label names and nothing else, or nil.
func (k *kind) strongly(label string) *field {
	return namedBy(func(key string) *field { return k.strong[key] }, label)
}

// weakly says whether a label may name the field.
func (k *kind) weakly(label, name string) bool {
	return namedBy(func(key string) *field {
		if i := slices.IndexFunc(k.weak[key], func(f *field) bool { return f.Name == name }); i >= 0 {
			return k.weak[key][i]
		}
		return nil
	}, label) != nil
}

// settle says whether the column is one of several that state the same of different things, and completes it: ratings
// are the appraisals' measure, values the readings'.
func (a *aspect) settle(looksRated func() bool) bool {
	item := strings.Join(a.rest, " ")
	switch {
	case a.other || a.period != "" && !slices.Contains(byPeriods, a.kind.Name):
		return false
	case a.kind.Name == "appraisal":
		return a.settleRating(item, looksRated)
	case a.kind.Name == "reading":
		if dictionary().isLabel(item) {
			return false
		}
		if item != "" {
			a.sets["metric"] = item
		}
		if a.field == nil {
			a.field = a.kind.field("value")
		}
		return a.period != "" && !a.planned && a.field.Name == "value"
	case a.kind.Name == "goal" && a.planned && a.field == nil:
		a.field = a.kind.field("target")
	case a.kind.Name == "goal" && a.field != nil && a.grouped && item != "" && a.number == 0 && !dictionary().isLabel(item):
		a.sets["title"] = item // 销售额 over 目标 and 实际
		return true
	}
	return item == "" && a.field != nil && (a.period != "" || a.number > 0)
}

// settleRating completes a column of ratings of one period, role or item.
func (a *aspect) settleRating(item string, looksRated func() bool) bool {
	if a.field == nil && item == "" && a.sets["reviewer_role"] == "" && !looksRated() {
		return false
	}
	if a.field == nil {
		a.field = a.kind.field("label")
	}
	tells := a.period != "" || a.sets["reviewer_role"] != "" || a.sets["part"] != ""
	if !a.field.isRating() || !tells {
		return false
	}
	if item != "" {
		if !a.kind.items[foldHeader(item)] && !looksRated() {
			return false
		}
		a.sets["item"] = item
		if a.sets["part"] == "" {
			a.sets["part"] = "competencies"
		}
	}
	return true
}

// roleOf is the reviewer's role that a label of appraisals names, "" for none.
func roleOf(k *kind, label string) string {
	if k.Name != "appraisal" {
		return ""
	}
	if role := dictionary().words["reviewer_role"][foldWord(label)]; role != "" {
		return role
	}
	if f := k.strong[foldWhole(label)]; f != nil && f.Emit != nil {
		return f.Emit["reviewer_role"]
	}
	return ""
}

var roleMark = regexp.MustCompile(`^(.+?)\s*[-–—_/:：(（\[]\s*([^-–—_/:：()（）\[\]]+?)\s*[)）\]]?$`)

// splitRole cuts a reviewer's role from the end or the start of an item: 沟通能力-自评, Communication (Manager), 沟通能力自评.
func splitRole(k *kind, label string) (role, rest string) {
	if k.Name != "appraisal" {
		return "", label
	}
	if m := roleMark.FindStringSubmatch(label); m != nil {
		if role := roleOf(k, m[2]); role != "" {
			return role, plain(m[1])
		}
		if role := roleOf(k, m[1]); role != "" {
			return role, plain(m[2])
		}
	}
	runes := []rune(label)
	for n := 5; n >= 2; n-- {
		if len(runes) < n+2 {
			continue
		}
		cut := len(runes) - n
		if role := roleOf(k, string(runes[cut:])); role != "" && isHan(string(runes[cut:])) {
			return role, strings.TrimRight(string(runes[:cut]), " 的-")
		}
	}
	for _, words := range []int{2, 1} {
		parts := strings.Fields(label)
		if len(parts) > words {
			if role := roleOf(k, strings.Join(parts[len(parts)-words:], " ")); role != "" {
				return role, strings.Join(parts[:len(parts)-words], " ")
			}
		}
	}
	return "", label
}

var numberIn = regexp.MustCompile(`^([^0-9]*?)([1-9]|1\d|20)([^0-9]*)$`)

// numberedStems open the names of things that a row states several of.
var numberedStems = []string{"keyresult", "kr", "goal", "objective", "kpi", "milestone", "task", "关键结果", "关键成果", "目标", "指标", "任务", "里程碑", "重点工作"}

// splitNumber cuts a number from the name of one of several goals, key results or milestones: key_result_1_title, 权重2.
func splitNumber(k *kind, label string) (number int, f *field) {
	if k.Name != "goal" && k.Name != "plan_item" {
		return 0, nil
	}
	m := numberIn.FindStringSubmatch(foldWhole(label))
	if m == nil || m[1] == "" && m[3] == "" {
		return 0, nil
	}
	f = k.named(m[1] + m[3])
	if f == nil && slices.Contains(numberedStems, m[1]) {
		f = k.named(m[3])
	}
	if f == nil {
		return 0, nil
	}
	for _, digit := range m[2] {
		number = 10*number + int(digit-'0')
	}
	return number, f
}

// isKeyResult says whether a numbered label names a key result, whose parent is the row's objective.
func isKeyResult(label string) bool {
	key := foldWhole(label)
	return slices.ContainsFunc([]string{"keyresult", "kr", "关键结果", "关键成果"}, func(stem string) bool { return strings.HasPrefix(key, stem) })
}

// saysWhich says whether a label over several columns tells which of several things they hold.
func saysWhich(label string) bool {
	appraisal := dictionary().kind("appraisal")
	return periodOf(label) != "" || roleOf(appraisal, label) != "" || appraisal.items[foldHeader(label)] ||
		unitIn(label) == label && label != "" || splitsPeriod(label)
}

func splitsPeriod(label string) bool {
	p, _ := splitPeriod(label)
	return p != ""
}
