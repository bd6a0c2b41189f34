package index

import (
	"context"
	"errors"
	"fmt"

	"github.com/blevesearch/bleve/v2/index/scorch"
	bleveindex "github.com/blevesearch/bleve_index_api"
	segment "github.com/blevesearch/scorch_segment_api/v2"
)

// eachMatch calls f with the number of each document that has a key like p, as
// often as it has one. It walks the keys segment by segment: most keys of
// mentions belong to one document, and to open each of them in all segments
// takes five times as long.
func eachMatch(ctx context.Context, i bleveindex.IndexReader, field string, p pattern, f func(doc uint64)) error {
	snapshot, ok := i.(*scorch.IndexSnapshot)
	if !ok {
		return errors.New("list keys: the index has no segments")
	}
	first := uint64(0)
	for _, s := range snapshot.Segments() {
		if err := eachInSegment(ctx, s, field, p, func(doc uint64) { f(first + doc) }); err != nil {
			return fmt.Errorf("list keys of %s: %w", field, err)
		}
		first += s.Segment().Count()
	}
	return nil
}

// eachInSegment is eachMatch in one segment, whose documents count from 0.
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
