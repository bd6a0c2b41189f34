package index

import (
	"context"
	"fmt"

	"github.com/RoaringBitmap/roaring/v2"
	"github.com/blevesearch/bleve/v2/index/scorch"

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
	err := eachBlock(ctx, s, !c.tree.exact(), func(r *mentionReader) error {
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
	for it := docs.Iterator(); it.HasNext(); {
		if doc := it.Next(); marks[doc] != 0 {
			out.Add(doc)
		}
	}
	return out, nil
}

// mentioned matches documents with a mention that c describes.
func (l *Language) mentioned(c query.Count) matcher {
	q := l.countQuery(c)
	return setMatcher(func(ctx context.Context, s segmentView) (*roaring.Bitmap, error) {
		docs, err := q.docs(ctx, s.SegmentSnapshot)
		if err != nil {
			return nil, fmt.Errorf("find mentions: %w", err)
		}
		return docs, nil
	})
}
