package index

import (
	"context"
	"fmt"

	"github.com/RoaringBitmap/roaring/v2"
	segment "github.com/blevesearch/scorch_segment_api/v2"
)

// keysLike finds documents with a key like p, of which there may be any number.
// It walks the keys segment by segment.
func keysLike(field string, p pattern) matcher {
	return setMatcher(func(ctx context.Context, s segmentView) (*roaring.Bitmap, error) {
		docs, err := documentsLike(ctx, s, field, p)
		if err != nil {
			return nil, fmt.Errorf("list keys of %s: %w", field, err)
		}
		return docs, nil
	})
}

func documentsLike(ctx context.Context, s segmentView, field string, p pattern) (*roaring.Bitmap, error) {
	keys, err := s.Segment().Dictionary(field)
	if err != nil {
		return nil, err
	}
	docs := roaring.New()
	var list segment.PostingsList
	walk := wordsBetween(keys, []byte(p.prefix), behind(p.prefix))
	for n := 0; ; n++ {
		if n%1024 == 0 && ctx.Err() != nil {
			return nil, ctx.Err()
		}
		key, err := walk.Next()
		if err != nil || key == nil {
			return docs, err
		}
		if !p.match(key.Term) {
			continue
		}
		if list, err = keys.PostingsList([]byte(key.Term), s.Deleted(), list); err != nil {
			return nil, err
		}
		docs.Or(documents(list, nil))
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
