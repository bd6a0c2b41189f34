package table

import (
	"container/heap"
	"iter"
)

// Merge yields the rows of sources, each in the order of [Sort], in that order.
// It holds one row of each. The first error ends the sequence.
func Merge[T Row[T]](sources ...iter.Seq2[T, error]) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		var heads headHeap[T]
		for i, s := range sources {
			next, stop := iter.Pull2(s)
			defer stop()
			h := &head[T]{next: next, source: i}
			if !h.advance() {
				continue
			}
			heads = append(heads, h)
		}
		heap.Init(&heads)
		for len(heads) > 0 {
			h := heads[0]
			if !yield(h.row, h.err) || h.err != nil {
				return
			}
			if h.advance() {
				heap.Fix(&heads, 0)
			} else {
				heap.Pop(&heads)
			}
		}
	}
}

// head is the next row of a source, or its error.
type head[T Row[T]] struct {
	row    T
	err    error
	next   func() (T, error, bool)
	source int
}

// advance reports whether there is something to yield.
func (h *head[T]) advance() (ok bool) {
	h.row, h.err, ok = h.next()
	return ok
}

// headHeap has errors first, then the least row; of equals that of the first
// source.
type headHeap[T Row[T]] []*head[T]

func (h headHeap[T]) Len() int      { return len(h) }
func (h headHeap[T]) Swap(i, j int) { h[i], h[j] = h[j], h[i] }
func (h *headHeap[T]) Push(x any)   { *h = append(*h, x.(*head[T])) }

func (h headHeap[T]) Less(i, j int) bool {
	a, b := h[i], h[j]
	if (a.err != nil) != (b.err != nil) {
		return a.err != nil
	}
	if c := a.row.compare(b.row); c != 0 {
		return c < 0
	}
	return a.source < b.source
}

func (h *headHeap[T]) Pop() any {
	old := *h
	last := old[len(old)-1]
	*h = old[:len(old)-1]
	return last
}
