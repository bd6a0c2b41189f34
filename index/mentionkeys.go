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

	found map[*atomNode][]string // keys in the block
	list  segment.PostingsList
	hits  segment.PostingsIterator
}

// maxFound is how many keys of an atom are kept, since they may be needed again.
const maxFound = 4096

// eachBlock calls f with a reader in each block of a segment.
func eachBlock(ctx context.Context, s *scorch.SegmentSnapshot, f func(*mentionReader) error) error {
	keys, err := s.Segment().Dictionary(mentionField)
	if err != nil {
		return fmt.Errorf("open keys of mentions: %w", err)
	}
	r := &mentionReader{keys: keys, docs: int(s.Segment().Count())}
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
		r.block, r.heads, r.found = block, heads, map[*atomNode][]string{}
		if err := f(r); err != nil {
			return err
		}
	}
	return nil
}

// uncounted is a dictionary that can leave out how many documents have a key,
// for which it would open the list of each.
type uncounted interface {
	AutomatonIteratorOmitCount(segment.Automaton, []byte, []byte) segment.DictionaryIterator
}

// walkKeys calls f with the keys from one to another and all that begin so.
func (r *mentionReader) walkKeys(ctx context.Context, from, to string, f func(key string) error) error {
	var walk segment.DictionaryIterator
	if keys, ok := r.keys.(uncounted); ok {
		walk = keys.AutomatonIteratorOmitCount(nil, []byte(from), behind(to))
	} else {
		walk = r.keys.AutomatonIterator(nil, []byte(from), behind(to))
	}
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

// eachKey calls f with the keys of a.
func (r *mentionReader) eachKey(ctx context.Context, a *atomNode, f func(key string) error) error {
	if found, ok := r.found[a]; ok {
		for _, key := range found {
			if err := f(key); err != nil {
				return err
			}
		}
		return nil
	}
	var found []string
	n := 0
	err := a.keys(ctx, r, func(key string) error {
		if n++; n <= maxFound {
			found = append(found, key)
		}
		return f(key)
	})
	if n <= maxFound && err == nil {
		r.found[a] = found
	}
	return err
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

// add adds the documents of a key.
func (r *mentionReader) add(docs *roaring.Bitmap, key string) error {
	hits, err := r.postings(key, false)
	if err != nil {
		return err
	}
	if doc, ok := hits.DocNum1Hit(); ok {
		docs.Add(uint32(doc))
	} else if all := hits.ActualBitmap(); all != nil {
		docs.Or(all)
	}
	return nil
}

// mark adds the mentions of a key to those of each document that is within.
func (r *mentionReader) mark(marks []uint32, key string, within *roaring.Bitmap) error {
	hits, err := r.postings(key, true)
	if err != nil {
		return err
	}
	if doc, ok := hits.DocNum1Hit(); ok {
		if within.Contains(uint32(doc)) {
			marks[doc] |= 1 // the library keeps a list so when its frequency is 1
		}
		return nil
	}
	docs := hits.ActualBitmap()
	if docs == nil || !docs.Intersects(within) {
		return nil
	}
	hits.ReplaceActual(roaring.And(docs, within))
	for {
		hit, err := r.hits.Next()
		if err != nil {
			return fmt.Errorf("read a key of mentions: %w", err)
		}
		if hit == nil {
			return nil
		}
		marks[hit.Number()] |= uint32(hit.Frequency())
	}
}

// eachValue calls f with the documents of a segment that have counted mentions
// of a category with a value, and with the value, in any order.
func eachValue(ctx context.Context, s *scorch.SegmentSnapshot, category string, f func(doc uint32, value int64)) error {
	return eachBlock(ctx, s, func(r *mentionReader) error {
		all := category + keySeparator + wholeNumber
		return r.walk(ctx, numberKeys, keySpan{all, all}, func(key, rest string) error {
			end := len(rest) - markLength
			if end < len(all) || !readMark(rest[end:]).counted {
				return nil
			}
			docs, value := roaring.New(), readSortable(rest[len(all):end])
			err := r.add(docs, key)
			for it := docs.Iterator(); it.HasNext(); {
				f(it.Next(), value.N)
			}
			return err
		})
	})
}
