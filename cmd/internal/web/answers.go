package web

import (
	"container/list"
	"context"
	"fmt"
	"sync"

	"jianbao/cmd/internal/pipeline"
)

// What is kept of the answers to one state of the corpus.
const (
	maxAnswers = 32 << 20 // bytes, about
	maxKept    = 100      // hits of an answer that is worth keeping
)

// answers keeps what was found lately, since analysts go back, reload, turn
// pages and send each other links. A state of the corpus never changes, so an answer
// holds as long as it. The zero value is empty.
type answers struct {
	mu    sync.Mutex
	all   map[string]*list.Element // of *kept
	order list.List                // the one that was asked for last in front
	size  int                      // bytes
}

type kept struct {
	key    string
	answer pipeline.Answer // shared: not to be changed
	size   int
}

func (a *answers) get(key string) (pipeline.Answer, bool) {
	a.mu.Lock()
	defer a.mu.Unlock()
	e, ok := a.all[key]
	if !ok {
		return pipeline.Answer{}, false
	}
	a.order.MoveToFront(e)
	return e.Value.(*kept).answer, true
}

// put keeps an answer, and lets go of those that nobody has asked for the
// longest.
func (a *answers) put(key string, answer pipeline.Answer) {
	k := &kept{key, answer, len(key) + sizeOf(answer)}
	if len(answer.Hits) > maxKept || k.size > maxAnswers/16 {
		return
	}
	a.mu.Lock()
	defer a.mu.Unlock()
	if _, ok := a.all[key]; ok {
		return // found twice at once
	}
	if a.all == nil {
		a.all = map[string]*list.Element{}
	}
	a.all[key] = a.order.PushFront(k)
	for a.size += k.size; a.size > maxAnswers; {
		last := a.order.Remove(a.order.Back()).(*kept)
		delete(a.all, last.key)
		a.size -= last.size
	}
}

// sizeOf is about how many bytes an answer takes.
func sizeOf(a pipeline.Answer) int {
	const each = 64 // of a string, a slice or a number and what holds it
	n := each + len(a.Query) + len(a.Parsed)
	for _, h := range a.Hits {
		n += 4*each + len(h.DocID) + len(h.URI) + len(h.Title) + len(h.Source)
		for _, s := range h.Snippets {
			n += each + len(s.Text) + 16*len(s.Highlights)
		}
	}
	for _, values := range a.Facets {
		for _, v := range values {
			n += each + len(v.Value)
		}
	}
	return n
}

// Search is that of the corpus, or what it gave before.
func (v *volume) Search(ctx context.Context, q string, o pipeline.SearchOptions) (pipeline.Answer, error) {
	key := fmt.Sprintf("%q %+v", q, o)
	if a, ok := v.answers.get(key); ok {
		return a, nil
	}
	a, err := v.Corpus.Search(ctx, q, o)
	if err == nil {
		v.answers.put(key, a)
	}
	return a, err
}
