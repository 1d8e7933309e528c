package dashboards

import (
	"container/list"
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"sync"

	"github.com/perfloop/perfloop/analytics"
)

// answerBytes bounds what is kept of answers, by an estimate of their size in memory.
const answerBytes = 128 << 20

// answers keeps what queries answered for as long as there is room, the least used going first, and asks equal questions
// that come together once. What it hands out is shared: nobody changes it.
type answers struct {
	room int

	mu       sync.Mutex
	size     int
	byUse    list.List // of *kept, the last used first
	kept     map[string]*list.Element
	underWay map[string]*asking
}

// kept is an answer with its estimated size.
type kept struct {
	key    string
	result *analytics.Result
	size   int
}

// asking is a question under way. It ends when it is answered or when all who wait for it have gone.
type asking struct {
	done    chan struct{}
	stop    context.CancelFunc
	waiting int
	result  *analytics.Result
	err     error
}

func newAnswers(room int) *answers {
	return &answers{room: room, kept: map[string]*list.Element{}, underWay: map[string]*asking{}}
}

// question names what is asked, of which build and by whose scope: only an equal one has its answer.
type question struct {
	build  int64
	viewer Viewer
	panel  string
	args   analytics.Args
}

// key is the same for equal questions only: JSON sorts names and quotes values.
func (q question) key() (string, error) {
	text, err := json.Marshal([]any{q.build, q.viewer.Scope, q.viewer.May, q.panel, map[string]any(q.args)})
	if err != nil {
		return "", fmt.Errorf("name question: %w", err)
	}
	return string(text), nil
}

// get answers a question with what is kept, else by asking. An answer of another build than the question's is handed
// out, being the newest, and not kept.
func (a *answers) get(ctx context.Context, q question, ask func(context.Context) (*analytics.Result, error)) (*analytics.Result, error) {
	q.args = maps.Clone(q.args)
	key, err := q.key()
	if err != nil {
		return nil, err
	}
	a.mu.Lock()
	if found, ok := a.kept[key]; ok {
		a.byUse.MoveToFront(found)
		a.mu.Unlock()
		return found.Value.(*kept).result, nil
	}
	one, ok := a.underWay[key]
	if !ok {
		one = &asking{done: make(chan struct{})}
		var own context.Context
		own, one.stop = context.WithCancel(context.WithoutCancel(ctx))
		a.underWay[key] = one
		go a.run(own, keyed{key, q.build}, one, ask)
	}
	one.waiting++
	a.mu.Unlock()
	select {
	case <-one.done:
		return one.result, one.err
	case <-ctx.Done():
		a.leave(key, one)
		return nil, ctx.Err()
	}
}

// keyed is a key and the build that it is of.
type keyed struct {
	key   string
	build int64
}

func (a *answers) run(ctx context.Context, k keyed, one *asking, ask func(context.Context) (*analytics.Result, error)) {
	defer one.stop()
	defer close(one.done)
	defer func() {
		if cause := recover(); cause != nil {
			one.err = fmt.Errorf("panic: %v", cause)
		}
		a.mu.Lock()
		defer a.mu.Unlock()
		if a.underWay[k.key] == one {
			delete(a.underWay, k.key)
		}
		if one.err == nil && one.result.Build.ID == k.build {
			a.keep(&kept{key: k.key, result: one.result, size: sizeOf(one.result) + len(k.key)})
		}
	}()
	one.result, one.err = ask(ctx)
}

// leave ends a question that nobody waits for any more.
func (a *answers) leave(key string, one *asking) {
	a.mu.Lock()
	defer a.mu.Unlock()
	if one.waiting--; one.waiting == 0 {
		one.stop()
		if a.underWay[key] == one {
			delete(a.underWay, key) // whoever comes now asks anew
		}
	}
}

// keep takes an answer in and lets the least used go. One that would fill a quarter of the room is not kept.
func (a *answers) keep(k *kept) {
	if _, ok := a.kept[k.key]; ok || k.size > a.room/4 {
		return
	}
	a.kept[k.key] = a.byUse.PushFront(k)
	a.size += k.size
	for a.size > a.room {
		last := a.byUse.Back()
		old := a.byUse.Remove(last).(*kept)
		delete(a.kept, old.key)
		a.size -= old.size
	}
}

// sizeOf estimates what a result takes in memory: an interface a cell, and its text.
func sizeOf(r *analytics.Result) int {
	size := 512 + 64*len(r.Columns)
	for _, row := range r.Rows {
		size += 24 + 24*len(row)
		for _, v := range row {
			if text, ok := v.(string); ok {
				size += 16 + len(text)
			}
		}
	}
	return size
}
