package index

import (
	"context"
	"errors"
	"fmt"
	"slices"

	segment "github.com/blevesearch/scorch_segment_api/v2"
)

// column is what a field of keys says of each document.
func (r *Reader) column(ctx context.Context, v *view, field string) (*column, error) {
	return r.columns.get(field, func() (*column, error) {
		c := &columnReader{field: field, numbers: map[string]int32{}}
		for _, s := range v.segments {
			if err := c.segment(ctx, s); err != nil {
				return nil, fmt.Errorf("read column %s: %w", field, err)
			}
		}
		return c.column(), nil
	})
}

// columnReader reads a column segment by segment, in each of which the words
// are a third of the work that they are in all at once.
type columnReader struct {
	field   string
	numbers map[string]int32 // of words, as they were met
	cells   []cell

	list segment.PostingsList
	docs segment.PostingsIterator
}

// segment adds the cells of a segment, by word.
func (c *columnReader) segment(ctx context.Context, s segmentView) error {
	words, walk, err := listWords(s, c.field)
	if err != nil {
		return err
	}
	for {
		word, err := walk.Next()
		if err = errors.Join(err, ctx.Err()); err != nil {
			return err
		}
		if word == nil {
			return nil
		}
		if c.list, err = words.PostingsList([]byte(word.Term), s.Deleted(), c.list); err != nil {
			return err
		}
		if err := c.add(s.first, c.number(word.Term)); err != nil {
			return err
		}
	}
}

// number is the number of a word. The library makes a string of each, so that
// it can be kept.
func (c *columnReader) number(word string) int32 {
	n, ok := c.numbers[word]
	if !ok {
		n = int32(len(c.numbers))
		c.numbers[word] = n
	}
	return n
}

// add adds a cell for each document in the list of a segment.
func (c *columnReader) add(first uint32, number int32) error {
	c.docs = c.list.Iterator(false, false, false, c.docs)
	for {
		doc, err := c.docs.Next()
		if err != nil || doc == nil {
			return err
		}
		c.cells = append(c.cells, cell{first + uint32(doc.Number()), number})
	}
}

// column gives words their numbers in order.
func (c *columnReader) column() *column {
	words := make([]string, len(c.numbers))
	for word, n := range c.numbers {
		words[n] = word
	}
	sorted := slices.Sorted(slices.Values(words))
	place := make([]int32, len(words))
	for n, word := range sorted {
		place[c.numbers[word]] = int32(n)
	}
	for n := range c.cells {
		c.cells[n].value = place[c.cells[n].value]
	}
	return newColumn(sorted, c.cells)
}
