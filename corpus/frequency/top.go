package frequency

import (
	"container/heap"
	"iter"
	"slices"
)

// Top is the first n of the rows in the order of compare, sorted, and never nil. It
// holds n rows.
func Top[R any](rows iter.Seq2[R, error], n int, compare func(a, b R) int) ([]R, error) {
	h := &rowHeap[R]{rows: []R{}, compare: compare}
	for row, err := range rows {
		switch {
		case err != nil:
			return nil, err
		case len(h.rows) < n:
			heap.Push(h, row)
		case n > 0 && compare(row, h.rows[0]) < 0:
			h.rows[0] = row
			heap.Fix(h, 0)
		}
	}
	slices.SortFunc(h.rows, compare)
	return h.rows, nil
}

// rowHeap has the last row first.
type rowHeap[R any] struct {
	rows    []R
	compare func(a, b R) int
}

func (h *rowHeap[R]) Len() int           { return len(h.rows) }
func (h *rowHeap[R]) Less(i, j int) bool { return h.compare(h.rows[i], h.rows[j]) > 0 }
func (h *rowHeap[R]) Swap(i, j int)      { h.rows[i], h.rows[j] = h.rows[j], h.rows[i] }
func (h *rowHeap[R]) Push(x any)         { h.rows = append(h.rows, x.(R)) }
func (h *rowHeap[R]) Pop() any {
	last := len(h.rows) - 1
	row := h.rows[last]
	h.rows = h.rows[:last]
	return row
}
