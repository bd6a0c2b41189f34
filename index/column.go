package index

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"sync"
)

// column is what one field says of each document of a generation: numbers of
// its values, which are sorted. It is made of the words of the index and their
// documents, which takes some ten nanoseconds a document, and kept.
type column struct {
	values []string
	first  []int32 // by document; none where it says nothing
	more   []int32 // by document, where the values behind the first begin in rest; nil when there are none
	rest   []int32 // values, each list ended by none
}

// none stands where a document has no value.
const none int32 = -1

func (c *column) at(doc uint32) int32 {
	if int(doc) < len(c.first) {
		return c.first[doc]
	}
	return none
}

// newColumn makes a column of pairs of a document and a value. Those of one
// document are ordered by value.
func newColumn(values []string, pairs []cell) *column {
	c := &column{values: values}
	more := map[uint32][]int32{}
	for _, p := range pairs {
		if n := int(p.doc) + 1 - len(c.first); n > 0 {
			c.first = append(c.first, slices.Repeat([]int32{none}, n)...)
		}
		if c.first[p.doc] == none {
			c.first[p.doc] = p.value
		} else {
			more[p.doc] = append(more[p.doc], p.value)
		}
	}
	if len(more) == 0 {
		return c
	}
	c.more = slices.Repeat([]int32{none}, len(c.first))
	for doc, values := range more {
		c.more[doc] = int32(len(c.rest))
		c.rest = append(append(c.rest, values...), none)
	}
	return c
}

// cell is one value of one document.
type cell struct {
	doc   uint32
	value int32
}

// count adds the values of documents to counts.
func (c *column) count(found []ranked, counts []int) {
	for _, f := range found {
		v := c.at(f.doc)
		if v == none {
			continue
		}
		counts[v]++
		if c.more == nil || c.more[f.doc] == none {
			continue
		}
		for _, v := range c.rest[c.more[f.doc]:] {
			if v == none {
				break
			}
			counts[v]++
		}
	}
}

// columns keeps what was asked for once.
type columns struct {
	mu   sync.Mutex
	made map[string]*column
}

// has reports whether a column was made.
func (c *columns) has(name string) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	_, ok := c.made[name]
	return ok
}

// get is the column of a name, made by make if need be.
func (c *columns) get(name string, make func() (*column, error)) (*column, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if col, ok := c.made[name]; ok {
		return col, nil
	}
	col, err := make()
	if err != nil {
		return nil, err
	}
	if c.made == nil {
		c.made = map[string]*column{}
	}
	c.made[name] = col
	return col, nil
}

// valueColumn orders documents by the greatest value of their counted mentions
// of a category. Its values are not kept: their numbers grow with them.
func (r *Reader) valueColumn(ctx context.Context, v *view, category string) (*column, error) {
	return r.columns.get(mentionField+keySeparator+category, func() (*column, error) {
		greatest := map[uint32]int64{}
		for _, s := range v.segments {
			err := eachValue(ctx, s.SegmentSnapshot, normal(category), func(doc uint32, value int64) {
				doc += s.first
				greatest[doc] = max(greatest[doc], value)
			})
			if err != nil {
				return nil, fmt.Errorf("values of %s: %w", category, err)
			}
		}
		values := slices.Compact(slices.Sorted(maps.Values(greatest)))
		cells := make([]cell, 0, len(greatest))
		for doc, value := range greatest {
			rank, _ := slices.BinarySearch(values, value)
			cells = append(cells, cell{doc, int32(rank)})
		}
		return newColumn(nil, cells), nil
	})
}
