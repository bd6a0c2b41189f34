package index

import (
	"context"

	"github.com/RoaringBitmap/roaring/v2"
)

// phraseMatcher matches documents in which all parts stand close together.
type phraseMatcher struct {
	parts []partPostings
	near  nearness
	rank  bm25
}

func (phraseMatcher) cost() cost { return ofPositions }

// match reads positions only where all words are in a document that the rest of
// the query has left.
func (m phraseMatcher) match(ctx context.Context, s segmentView, within *roaring.Bitmap) (matched, error) {
	for _, p := range m.parts {
		for _, w := range p.slots {
			if within = w.in(s, within); within.IsEmpty() {
				return matched{docs: within}, nil
			}
		}
	}
	places := make([]*partPlaces, len(m.parts))
	for i, p := range m.parts {
		places[i] = p.open(s, within)
	}
	var found phraseHits
	for n, docs := 0, within.Iterator(); docs.HasNext(); n++ {
		if n%1024 == 0 && ctx.Err() != nil {
			return matched{}, ctx.Err()
		}
		doc := docs.Next()
		times, err := m.near.count(places, doc)
		if err != nil {
			return matched{}, err
		}
		if times > 0 {
			found.docs = append(found.docs, doc)
			found.scores = append(found.scores, m.rank.score(uint64(times), places[0].norm()))
		}
	}
	docs := roaring.New()
	docs.AddMany(found.docs)
	return matched{docs, found.add}, nil
}

// phraseHits are documents of a segment, ascending, with the score of each: it
// is known once the positions are read.
type phraseHits struct {
	docs   []uint32
	scores []float64
}

func (h phraseHits) add(_ context.Context, sum *scores) error {
	add := sum.adder()
	for i, doc := range h.docs {
		add(doc, h.scores[i])
	}
	return nil
}
