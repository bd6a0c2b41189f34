package frequency

import (
	"bufio"
	"cmp"
	"container/heap"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"maps"
	"math"
	"os"
	"slices"
)

// spill writes the counts in memory to a file, sorted, and forgets them.
func (c *counter) spill() error {
	if len(c.index) == 0 {
		return nil
	}
	f, err := os.CreateTemp(c.dir, "jianbao-counts-*")
	if err != nil {
		return fmt.Errorf("keep counts: %w", err)
	}
	c.runs = append(c.runs, f)
	out := bufio.NewWriterSize(f, 1<<16)
	var b []byte
	for _, e := range slices.SortedFunc(maps.Values(c.index), func(a, b *counted) int { return cmp.Compare(a.Word, b.Word) }) {
		b = e.append(b[:0])
		if _, err := out.Write(b); err != nil {
			return fmt.Errorf("keep counts: %w", err)
		}
	}
	if err := out.Flush(); err != nil {
		return fmt.Errorf("keep counts: %w", err)
	}
	c.blocks, c.bytes = nil, 0
	clear(c.index)
	return nil
}

// append writes an entry: the length of the word, the word, the counts.
func (e *Entry) append(b []byte) []byte {
	b = binary.AppendUvarint(b, uint64(len(e.Word)))
	b = append(b, e.Word...)
	for side := range e.Frequency {
		b = binary.AppendUvarint(b, uint64(e.Frequency[side]))
		b = binary.AppendUvarint(b, uint64(e.Texts[side]))
	}
	return b
}

// run reads a file that spill wrote.
type run struct {
	in   *bufio.Reader
	head Entry
}

// next reads an entry into head; false at the end.
func (r *run) next() (bool, error) {
	n, err := binary.ReadUvarint(r.in)
	if errors.Is(err, io.EOF) {
		return false, nil
	}
	if err != nil {
		return false, fmt.Errorf("read counts: %w", err)
	}
	word := make([]byte, n)
	if _, err := io.ReadFull(r.in, word); err != nil {
		return false, fmt.Errorf("read counts: %w", err)
	}
	r.head = Entry{Word: string(word)}
	for side := range r.head.Frequency {
		for _, to := range []*int64{&r.head.Frequency[side], &r.head.Texts[side]} {
			x, err := binary.ReadUvarint(r.in)
			if err != nil {
				return false, fmt.Errorf("read counts: %w", err)
			}
			*to = int64(x)
		}
	}
	return true, nil
}

// merge yields the entries of all files, those of one word as one.
func (c *counter) merge(yield func(Entry, error) bool) {
	var h runHeap
	for _, f := range c.runs {
		r := &run{in: bufio.NewReaderSize(io.NewSectionReader(f, 0, math.MaxInt64), 1<<16)}
		if err := h.push(r); err != nil {
			yield(Entry{}, err)
			return
		}
	}
	for len(h) > 0 {
		sum := Entry{Word: h[0].head.Word}
		for len(h) > 0 && h[0].head.Word == sum.Word {
			r := heap.Pop(&h).(*run)
			for side := range sum.Frequency {
				sum.Frequency[side] += r.head.Frequency[side]
				sum.Texts[side] += r.head.Texts[side]
			}
			if err := h.push(r); err != nil {
				yield(Entry{}, err)
				return
			}
		}
		if !yield(sum, nil) {
			return
		}
	}
}

// runHeap has the run with the least word first.
type runHeap []*run

// push takes a run with its next entry, unless it has none.
func (h *runHeap) push(r *run) error {
	more, err := r.next()
	if more {
		heap.Push(h, r)
	}
	return err
}

func (h runHeap) Len() int           { return len(h) }
func (h runHeap) Less(i, j int) bool { return h[i].head.Word < h[j].head.Word }
func (h runHeap) Swap(i, j int)      { h[i], h[j] = h[j], h[i] }
func (h *runHeap) Push(x any)        { *h = append(*h, x.(*run)) }
func (h *runHeap) Pop() any {
	last := len(*h) - 1
	r := (*h)[last]
	*h = (*h)[:last]
	return r
}
