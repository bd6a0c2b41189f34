package index

import (
	"context"
	"errors"
	"fmt"

	"github.com/RoaringBitmap/roaring/v2"
	"github.com/blevesearch/bleve/v2/index/scorch"
	blevequery "github.com/blevesearch/bleve/v2/search/query"
	bleveindex "github.com/blevesearch/bleve_index_api"

	"jianbao/index/query"
)

// countQuery finds the documents with a mention that count( ) describes. It
// finds what [query.Count.Matcher] says of each of their mentions.
type countQuery struct{ tree mentionNode }

// countQuery compiles c.
func (l *Language) countQuery(c query.Count) countQuery {
	return countQuery{countCompiler{l.normalText}.node(c.Node, nil)}
}

// docs are the documents of a segment, numbered from 0. The set may share
// memory with the segment.
func (c countQuery) docs(ctx context.Context, s *scorch.SegmentSnapshot) (*roaring.Bitmap, error) {
	out := roaring.New()
	err := eachBlock(ctx, s, func(r *mentionReader) error {
		docs, err := c.inBlock(ctx, r)
		if err == nil {
			out.Or(docs)
		}
		return err
	})
	if err != nil {
		return nil, err
	}
	if deleted := s.Deleted(); deleted != nil {
		out.AndNot(deleted)
	}
	return out, nil
}

// inBlock are the documents with such a mention in the block of r.
func (c countQuery) inBlock(ctx context.Context, r *mentionReader) (*roaring.Bitmap, error) {
	docs, err := c.tree.docs(ctx, r)
	if err != nil || docs.IsEmpty() || c.tree.exact() {
		return docs, err
	}
	marks, err := c.tree.marks(ctx, r, docs)
	if err != nil {
		return nil, err
	}
	out := roaring.New()
	for doc, m := range marks {
		if m != 0 {
			out.Add(uint32(doc))
		}
	}
	return out, nil
}

// mentioned is c as the library takes it.
func (l *Language) mentioned(c query.Count) blevequery.Query {
	q := l.countQuery(c)
	return setQuery{func(ctx context.Context, i bleveindex.IndexReader, set *docSet) error {
		return bySegment(i, func(first uint64, s *scorch.SegmentSnapshot) error {
			docs, err := q.docs(ctx, s)
			if err != nil {
				return fmt.Errorf("find mentions: %w", err)
			}
			for it := docs.Iterator(); it.HasNext(); {
				set.add(first + uint64(it.Next()))
			}
			return nil
		})
	}}
}

// bySegment calls f with each segment and the number of its first document.
func bySegment(i bleveindex.IndexReader, f func(first uint64, s *scorch.SegmentSnapshot) error) error {
	snapshot, ok := i.(*scorch.IndexSnapshot)
	if !ok {
		return errors.New("the index has no segments")
	}
	first := uint64(0)
	for _, s := range snapshot.Segments() {
		if err := f(first, s); err != nil {
			return err
		}
		first += s.Segment().Count()
	}
	return nil
}
