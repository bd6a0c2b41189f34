package index

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"

	bleveindex "github.com/blevesearch/bleve_index_api"

	"jianbao/index/query"
)

// column is what one field says of each document of a generation: numbers of
// its values, which are sorted. It is made of the words of the index and their
// documents, which takes some ten nanoseconds a document, and kept.
type column struct {
	values []string
	first  []int32            // by document; none where it says nothing
	more   map[uint32][]int32 // the values behind the first
}

// none stands where a document has no value.
const none int32 = -1

func (c *column) at(doc uint32) int32 {
	if int(doc) < len(c.first) {
		return c.first[doc]
	}
	return none
}

func (c *column) set(doc uint32, value int32) {
	for int(doc) >= len(c.first) {
		c.first = append(c.first, none)
	}
	if c.first[doc] == none {
		c.first[doc] = value
		return
	}
	if c.more == nil {
		c.more = map[uint32][]int32{}
	}
	c.more[doc] = append(c.more[doc], value)
}

// each calls f with the values of a document.
func (c *column) each(doc uint32, f func(int32)) {
	v := c.at(doc)
	if v == none {
		return
	}
	f(v)
	for _, v := range c.more[doc] {
		f(v)
	}
}

// columns keeps what was asked for once.
type columns struct {
	mu   sync.Mutex
	made map[string]*column
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

// column is what a field of keys says of each document.
func (r *Reader) column(ctx context.Context, i bleveindex.IndexReader, field string) (*column, error) {
	return r.columns.get(field, func() (*column, error) {
		words, err := pattern{match: func(string) bool { return true }}.words(ctx, i, field)
		if err != nil {
			return nil, err
		}
		c := &column{values: words}
		for n, word := range words {
			err := eachDoc(ctx, i, field, word, func(doc uint64) { c.set(uint32(doc), int32(n)) })
			if err = errors.Join(err, ctx.Err()); err != nil {
				return nil, err
			}
		}
		return c, nil
	})
}

// valueColumn orders documents by the greatest value of their counted mentions
// of a category. Its values are not kept: their numbers grow with them.
func (r *Reader) valueColumn(ctx context.Context, i bleveindex.IndexReader, category string) (*column, error) {
	return r.columns.get(mentionField+keySeparator+category, func() (*column, error) {
		var m query.Mention
		p := pattern{prefix: normal(category) + keySeparator, match: func(key string) bool {
			return readMention(key, &m) && m.Counted && m.Value.Valid
		}}
		keys, err := p.words(ctx, i, mentionField)
		if err != nil {
			return nil, err
		}
		c, last, rank := &column{}, "", int32(len(keys))
		for n := len(keys) - 1; n >= 0; n-- { // the greatest first: it stays
			if number, _, _ := strings.Cut(keys[n][len(p.prefix):], keySeparator); number != last {
				last, rank = number, rank-1
			}
			err := eachDoc(ctx, i, mentionField, keys[n], func(doc uint64) {
				if c.at(uint32(doc)) == none {
					c.set(uint32(doc), rank)
				}
			})
			if err = errors.Join(err, ctx.Err()); err != nil {
				return nil, fmt.Errorf("values of %s: %w", category, err)
			}
		}
		return c, nil
	})
}
