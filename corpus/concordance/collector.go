package concordance

import (
	"cmp"
	"container/heap"
	"encoding/binary"
	"errors"
	"fmt"
	"hash/fnv"
	"slices"
)

// ErrTooMany says that the lines that have to be kept take too much memory.
var ErrTooMany = errors.New("too many lines to sort")

// Options say which lines are kept. The zero value keeps all as they come.
type Options struct {
	Order  Order
	Limit  int    // how many of the first of the order; 0 for all
	Sample int    // how many are drawn before that; 0 for all
	Seed   uint64 // of the draw
	Memory int64  // bytes for the lines that are kept; 0 for 512 MiB
}

// Streams reports whether lines can be written as they come, so that none has to
// be kept: no other can come to stand before them.
func (o Options) Streams() bool { return len(o.Order) == 0 && o.Sample == 0 }

// Collector keeps the lines that [Options] ask for.
//
// A draw keeps the lines whose hash of seed, article and place is the least.
// So the lines of a seed do not depend on the order in which lines come, those
// of a smaller draw are among those of a larger one, and new articles leave
// most of them.
type Collector struct {
	opts  Options
	kept  lineHeap // the worst on top once Limit or Sample are reached
	bytes int64
	added int
}

// NewCollector returns a collector without lines.
func NewCollector(o Options) *Collector {
	o.Memory = cmp.Or(o.Memory, 512<<20)
	c := &Collector{opts: o}
	c.kept.worse = func(a, b *ranked) bool { return c.compare(a, b) > 0 }
	if o.Sample > 0 {
		c.kept.worse = func(a, b *ranked) bool {
			return cmp.Or(cmp.Compare(a.draw, b.draw), compare(&a.Line, &b.Line)) > 0
		}
	}
	return c
}

// ranked is a line with what decides whether it stays.
type ranked struct {
	Line
	came int
	draw uint64
}

// compare orders two lines as they are shown.
func (c *Collector) compare(a, b *ranked) int {
	if len(c.opts.Order) == 0 {
		return a.came - b.came
	}
	return compare(&a.Line, &b.Line)
}

// capacity is how many lines are kept; 0 for all.
func (c *Collector) capacity() int { return cmp.Or(c.opts.Sample, c.opts.Limit) }

// Add takes a line. The error is ErrTooMany.
func (c *Collector) Add(l Line) error {
	r := &ranked{Line: l, came: c.added}
	c.added++
	if c.opts.Sample > 0 {
		r.draw = draw(c.opts.Seed, &l)
	}
	if limit := c.capacity(); limit == 0 || len(c.kept.lines) < limit {
		heap.Push(&c.kept, r)
		return c.grow(r)
	}
	if worst := c.kept.lines[0]; c.kept.worse(worst, r) {
		c.bytes -= worst.size()
		c.kept.lines[0] = r
		heap.Fix(&c.kept, 0)
		return c.grow(r)
	}
	return nil
}

func (c *Collector) grow(r *ranked) error {
	if c.bytes += r.size(); c.bytes > c.opts.Memory {
		return fmt.Errorf("%w: %d of them take more than %d MiB", ErrTooMany, len(c.kept.lines), c.opts.Memory>>20)
	}
	return nil
}

// Lines are the lines that were kept, in their order.
func (c *Collector) Lines() []Line {
	all := slices.Clone(c.kept.lines)
	slices.SortFunc(all, c.compare)
	if c.opts.Limit > 0 {
		all = all[:min(c.opts.Limit, len(all))]
	}
	lines := make([]Line, len(all))
	for i, r := range all {
		lines[i] = r.Line
	}
	return lines
}

// draw is a number that stands for chance.
func draw(seed uint64, l *Line) uint64 {
	h := fnv.New64a()
	b := binary.LittleEndian.AppendUint64(nil, seed)
	b = binary.LittleEndian.AppendUint64(b, uint64(l.Start))
	h.Write(append(b, l.DocID...))
	x := h.Sum64() // FNV alone leaves neighbours near each other
	x = (x ^ x>>30) * 0xbf58476d1ce4e5b9
	x = (x ^ x>>27) * 0x94d049bb133111eb
	return x ^ x>>31
}

// lineHeap has the worst line first.
type lineHeap struct {
	lines []*ranked
	worse func(a, b *ranked) bool
}

func (h *lineHeap) Len() int           { return len(h.lines) }
func (h *lineHeap) Less(i, j int) bool { return h.worse(h.lines[i], h.lines[j]) }
func (h *lineHeap) Swap(i, j int)      { h.lines[i], h.lines[j] = h.lines[j], h.lines[i] }
func (h *lineHeap) Push(x any)         { h.lines = append(h.lines, x.(*ranked)) }
func (h *lineHeap) Pop() any {
	end := len(h.lines) - 1
	r := h.lines[end]
	h.lines = h.lines[:end]
	return r
}
