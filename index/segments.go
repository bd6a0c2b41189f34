package index

import (
	"context"
	"fmt"

	"github.com/RoaringBitmap/roaring/v2"
	"github.com/blevesearch/bleve/v2/index/scorch"
	segment "github.com/blevesearch/scorch_segment_api/v2"
)

// keysLike finds documents with a key like p, of which there may be any number.
// It walks the keys segment by segment.
func keysLike(field string, p pattern) matcher {
	return setMatcher(func(ctx context.Context, s segmentView) (*roaring.Bitmap, error) {
		docs := roaring.New()
		if err := eachInSegment(ctx, s.SegmentSnapshot, field, p, func(doc uint64) { docs.Add(uint32(doc)) }); err != nil {
			return nil, fmt.Errorf("list keys of %s: %w", field, err)
		}
		return docs, nil
	})
}

// eachInSegment calls f with the number of each document of a segment that has a
// key like p, as often as it has one.
func eachInSegment(ctx context.Context, s *scorch.SegmentSnapshot, field string, p pattern, f func(doc uint64)) error {
	keys, err := s.Segment().Dictionary(field)
	if err != nil {
		return err
	}
	var list segment.PostingsList
	var docs segment.PostingsIterator
	walk := keys.AutomatonIterator(nil, []byte(p.prefix), behind(p.prefix))
	for n := 0; ; n++ {
		if n%1024 == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
		key, err := walk.Next()
		if err != nil || key == nil {
			return err
		}
		if !p.match(key.Term) {
			continue
		}
		if list, err = keys.PostingsList([]byte(key.Term), s.Deleted(), list); err != nil {
			return err
		}
		docs = list.Iterator(false, false, false, docs)
		for {
			doc, err := docs.Next()
			if err != nil {
				return err
			}
			if doc == nil {
				break
			}
			f(doc.Number())
		}
	}
}

// behind is the first key behind all that begin with prefix; nil when there is
// none.
func behind(prefix string) []byte {
	end := []byte(prefix)
	for n := len(end) - 1; n >= 0; n-- {
		if end[n]++; end[n] != 0 {
			return end[:n+1]
		}
	}
	return nil
}
