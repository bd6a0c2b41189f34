package index

import (
	"context"
	"fmt"
	"strconv"
	"strings"

	"github.com/RoaringBitmap/roaring/v2"
	"github.com/blevesearch/bleve/v2/index/scorch"
	segment "github.com/blevesearch/scorch_segment_api/v2"
)

// mentionReader reads the keys of mentions in one block of one segment.
type mentionReader struct {
	keys  segment.TermDictionary
	docs  int // in the segment
	block int
	heads []head // those in the block, ordered

	sets  bool // that documents have of mentions are needed
	found map[*atomNode]*atomFound
	room  int // how much more may be kept in found
	list  segment.PostingsList
	hits  segment.PostingsIterator
}

// eachBlock calls f with a reader in each block of a segment, for sets of
// mentions too if sets.
func eachBlock(ctx context.Context, s *scorch.SegmentSnapshot, sets bool, f func(*mentionReader) error) error {
	keys, err := s.Segment().Dictionary(mentionField)
	if err != nil {
		return fmt.Errorf("open keys of mentions: %w", err)
	}
	r := &mentionReader{keys: keys, docs: int(s.Segment().Count()), sets: sets}
	blocks := map[int][]head{}
	err = r.walkKeys(ctx, headKeys, headKeys, func(key string) error {
		number, rest, _ := strings.Cut(key[len(headKeys):], keySeparator)
		block, err := strconv.Atoi(number)
		if err != nil {
			return fmt.Errorf("read a key of mentions: %w", err)
		}
		h, _ := readHead(rest)
		blocks[block] = append(blocks[block], h)
		return nil
	})
	if err != nil {
		return err
	}
	for block, heads := range blocks {
		r.block, r.heads, r.found, r.room = block, heads, map[*atomNode]*atomFound{}, maxKept
		if err := f(r); err != nil {
			return err
		}
	}
	return nil
}

// walkKeys calls f with the keys from one to another and all that begin so.
func (r *mentionReader) walkKeys(ctx context.Context, from, to string, f func(key string) error) error {
	walk := wordsBetween(r.keys, []byte(from), behind(to))
	for n := 0; ; n++ {
		if n%1024 == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
		entry, err := walk.Next()
		if err != nil {
			return fmt.Errorf("list keys of mentions: %w", err)
		}
		if entry == nil {
			return nil
		}
		if err := f(entry.Term); err != nil {
			return err
		}
	}
}

// walk calls f with the keys of a letter in the block, from one to another and
// all that begin so: with each whole, and without its letter and block.
func (r *mentionReader) walk(ctx context.Context, letter string, s keySpan, f func(key, rest string) error) error {
	if s.from > s.to {
		return nil
	}
	before := mentionKey(letter, r.block, "")
	return r.walkKeys(ctx, before+s.from, before+s.to, func(key string) error { return f(key, key[len(before):]) })
}

// postings opens the documents of a key, with their sets of mentions if sets.
func (r *mentionReader) postings(key string, sets bool) (segment.OptimizablePostingsIterator, error) {
	var err error
	if r.list, err = r.keys.PostingsList([]byte(key), nil, r.list); err != nil {
		return nil, fmt.Errorf("open a key of mentions: %w", err)
	}
	r.hits = r.list.Iterator(sets, false, false, r.hits)
	hits, ok := r.hits.(segment.OptimizablePostingsIterator)
	if !ok {
		return nil, fmt.Errorf("open a key of mentions: a %T has no set of documents", r.hits)
	}
	return hits, nil
}

// mark adds the mentions of a key to those of each document that is within, and
// maybe of others.
func (r *mentionReader) mark(marks []uint32, key string, within *roaring.Bitmap) error {
	hits, err := r.postings(key, true)
	if err != nil {
		return err
	}
	docs := hits.ActualBitmap()
	if many := within.GetCardinality() > uint64(r.docs)/4; docs != nil && !many { // many are read faster than sought
		if !docs.Intersects(within) {
			return nil
		}
		hits.ReplaceActual(roaring.And(docs, within))
	}
	return r.eachSet(func(doc, set uint32) { marks[doc] |= set })
}

// eachSet calls f with the documents of what postings opened last, and the
// mentions of each.
func (r *mentionReader) eachSet(f func(doc, set uint32)) error {
	for {
		hit, err := r.hits.Next()
		if err != nil {
			return fmt.Errorf("read a key of mentions: %w", err)
		}
		if hit == nil {
			return nil
		}
		f(uint32(hit.Number()), uint32(hit.Frequency()))
	}
}

// eachValue calls f with the documents of a segment that have counted mentions
// of a category with a value, and with the value, in any order.
func eachValue(ctx context.Context, s *scorch.SegmentSnapshot, category string, f func(doc uint32, value int64)) error {
	return eachBlock(ctx, s, false, func(r *mentionReader) error {
		all := category + keySeparator + wholeNumber
		return r.walk(ctx, numberKeys, keySpan{all, all}, func(key, rest string) error {
			end := len(rest) - markLength
			if end < len(all) || !readMark(rest[end:]).counted {
				return nil
			}
			if _, err := r.postings(key, false); err != nil {
				return err
			}
			value := readSortable(rest[len(all):end])
			return r.eachSet(func(doc, _ uint32) { f(doc, value.N) })
		})
	})
}
