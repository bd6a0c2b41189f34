package cluster

import (
	"iter"
	"slices"
)

// candidates finds the pairs of texts that share a band, and sorts them.
type candidates struct {
	catalog    *catalog
	neighbours int
	pairs      *sorter // key: the later document in the upper half, the earlier one in the lower
	bucket     []uint32
}

// collect goes through the sorted bands of all documents. A text is stood for by
// its least document.
func (c *candidates) collect(bands iter.Seq2[record, error]) error {
	var key uint64
	for r, err := range bands {
		if err != nil {
			return err
		}
		if r.key != key {
			if err := c.pair(); err != nil {
				return err
			}
			key, c.bucket = r.key, c.bucket[:0]
		}
		if n := c.catalog.number[r.doc]; c.catalog.same[n] == n {
			c.bucket = append(c.bucket, n)
		}
	}
	if err := c.pair(); err != nil {
		return err
	}
	c.catalog.number = nil
	return c.pairs.finish()
}

// pair makes pairs of the bucket: all of a small one; in a large one, each text
// with its neighbours before it and with the first.
func (c *candidates) pair() error {
	slices.Sort(c.bucket)
	c.bucket = slices.Compact(c.bucket)
	for i, late := range c.bucket {
		from := max(i-c.neighbours, 0)
		for _, early := range c.bucket[from:i] {
			if err := c.add(late, early); err != nil {
				return err
			}
		}
		if from > 0 {
			if err := c.add(late, c.bucket[0]); err != nil {
				return err
			}
		}
	}
	return nil
}

func (c *candidates) add(late, early uint32) error {
	return c.pairs.add(record{key: uint64(late)<<32 | uint64(early)})
}

// each yields every text that has candidates before it, in order, with these. The
// slice is valid until the next step. It may be called again.
func (c *candidates) each() iter.Seq2[text, error] {
	return func(yield func(text, error) bool) {
		var t text
		for r, err := range c.pairs.all() {
			if err != nil {
				yield(text{}, err)
				return
			}
			if late := uint32(r.key >> 32); late != t.number {
				if len(t.earlier) > 0 && !yield(t, nil) {
					return
				}
				t.number, t.earlier = late, t.earlier[:0]
			}
			t.earlier = append(t.earlier, uint32(r.key))
		}
		if len(t.earlier) > 0 {
			yield(t, nil)
		}
	}
}

// text is a text with its candidates, in ascending order.
type text struct {
	number  uint32
	earlier []uint32
}
