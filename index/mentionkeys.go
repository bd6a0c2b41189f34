package index

import (
	"context"
	"fmt"

	"github.com/RoaringBitmap/roaring/v2"
	"github.com/blevesearch/bleve/v2/index/scorch"
	bleveindex "github.com/blevesearch/bleve_index_api"
	segment "github.com/blevesearch/scorch_segment_api/v2"
)

// mentionReader reads the keys of mentions in one block of one segment.
type mentionReader struct {
	keys  segment.TermDictionary
	docs  int // in the segment
	block string
	heads []head // those in the block; none behind the last block

	list segment.PostingsList
	hits segment.PostingsIterator
}

// enter goes to a block; false when it and all behind it have no mentions.
func (r *mentionReader) enter(ctx context.Context, block int) (bool, error) {
	r.block, r.heads = blockKey(block), nil
	err := r.walk(ctx, keySpan{headKeys, headKeys}, func(key string) error {
		h, _ := cutHead(key[len(headKeys):])
		r.heads = append(r.heads, h)
		return nil
	})
	return len(r.heads) > 0, err
}

// uncounted is a dictionary that can leave out how many documents have a key,
// for which it would open the list of each.
type uncounted interface {
	AutomatonIteratorOmitCount(segment.Automaton, []byte, []byte) segment.DictionaryIterator
}

// walk calls f with the keys of the block in a span.
func (r *mentionReader) walk(ctx context.Context, s keySpan, f func(key string) error) error {
	from, end := []byte(r.block+s.from), behind(r.block+s.to)
	var walk segment.DictionaryIterator
	if keys, ok := r.keys.(uncounted); ok {
		walk = keys.AutomatonIteratorOmitCount(nil, from, end)
	} else {
		walk = r.keys.AutomatonIterator(nil, from, end)
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
		if err := f(keyOf(entry, r.block)); err != nil {
			return err
		}
	}
}

func keyOf(e *bleveindex.DictEntry, block string) string { return e.Term[len(block):] }

// postings opens the documents of a key.
func (r *mentionReader) postings(key string, sets bool) (segment.OptimizablePostingsIterator, error) {
	var err error
	if r.list, err = r.keys.PostingsList([]byte(r.block+key), nil, r.list); err != nil {
		return nil, fmt.Errorf("open a key of mentions: %w", err)
	}
	r.hits = r.list.Iterator(sets, false, false, r.hits)
	hits, ok := r.hits.(segment.OptimizablePostingsIterator)
	if !ok {
		return nil, fmt.Errorf("open a key of mentions: a %T has no set of documents", r.hits)
	}
	return hits, nil
}

// having are the documents that have one of the keys of a.
func (r *mentionReader) having(ctx context.Context, a atom) (*roaring.Bitmap, error) {
	out := roaring.New()
	err := a.keys(ctx, r, func(key string) error { return r.add(out, key) })
	return out, err
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

// marked is which mentions have one of the keys of a, by document: a set of bits
// for each that is within, none for the others.
func (r *mentionReader) marked(ctx context.Context, a atom, within *roaring.Bitmap) ([]uint32, error) {
	out := make([]uint32, r.docs)
	err := a.keys(ctx, r, func(key string) error {
		hits, err := r.postings(key, true)
		if err != nil {
			return err
		}
		if doc, ok := hits.DocNum1Hit(); ok {
			if within.Contains(uint32(doc)) {
				out[doc] |= 1 // what is kept so has the frequency 1
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
			if err != nil || hit == nil {
				return err
			}
			out[hit.Number()] |= uint32(hit.Frequency())
		}
	})
	return out, err
}

// eachValue calls f with the documents of a segment that have mentions with the
// head h, and the value of each, in any order.
func eachValue(ctx context.Context, s *scorch.SegmentSnapshot, h head, f func(doc uint32, value int64)) error {
	return eachBlock(ctx, s, func(r *mentionReader) error {
		before := numberKeys + h.key() + wholeNumber
		return r.walk(ctx, keySpan{before, before}, func(key string) error {
			value := readSortable(key[len(before) : len(key)-len(alike)])
			docs := roaring.New()
			if err := r.add(docs, key); err != nil {
				return err
			}
			for it := docs.Iterator(); it.HasNext(); {
				f(it.Next(), value.N)
			}
			return nil
		})
	})
}

// eachBlock calls f with a reader in each block of a segment.
func eachBlock(ctx context.Context, s *scorch.SegmentSnapshot, f func(*mentionReader) error) error {
	keys, err := s.Segment().Dictionary(mentionField)
	if err != nil {
		return fmt.Errorf("open keys of mentions: %w", err)
	}
	r := &mentionReader{keys: keys, docs: int(s.Segment().Count())}
	for block := 0; ; block++ {
		if ok, err := r.enter(ctx, block); err != nil || !ok {
			return err
		}
		if err := f(r); err != nil {
			return err
		}
	}
}
