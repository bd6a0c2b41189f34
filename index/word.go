package index

import (
	"context"
	"fmt"

	"github.com/RoaringBitmap/roaring/v2"
)

// wordMatcher matches documents that have a word in a field with positions.
type wordMatcher struct {
	postings
	rank bm25
}

func (wordMatcher) cost() cost { return ofSets }

func (m wordMatcher) match(_ context.Context, s segmentView, within *roaring.Bitmap) (matched, error) {
	docs := m.in(s, within)
	return matched{docs, func(ctx context.Context, sum *scores) error { return m.score(ctx, s, sum) }}, nil
}

// score walks the word's postings in those documents that are hits.
func (m wordMatcher) score(ctx context.Context, s segmentView, sum *scores) error {
	c, add := newCursor(m.lists[s.n], sum.set, false), sum.adder()
	for n := 0; ; n++ {
		if n%1024 == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
		p, err := c.Next()
		if err != nil {
			return fmt.Errorf("rank: %w", err)
		}
		if p == nil {
			return nil
		}
		add(uint32(p.Number()), m.rank.score(occurrences(p.Frequency()), p.Norm()))
	}
}
