package index

import (
	"cmp"
	"context"
	"slices"

	"github.com/RoaringBitmap/roaring/v2"
)

// matcher is a compiled query. It is asked segment by segment, from several
// goroutines at once: first which documents match, as a set, and then what those
// score that the whole query found. Sets are joined a thousand documents at a
// time; a score is reckoned for no document that is not a hit.
type matcher interface {
	// match finds those documents within that match; nil is all of the segment.
	match(ctx context.Context, s segmentView, within *roaring.Bitmap) (matched, error)

	// cost tells what is asked last.
	cost() cost
}

// cost is of finding the documents within a set.
type cost int

const (
	ofSets      cost = iota // sets are at hand
	ofPositions             // positions of each document within are read
)

// matched is what a matcher finds in a segment.
type matched struct {
	docs  *roaring.Bitmap                      // not to be changed: it may be the segment's own
	score func(context.Context, *scores) error // adds to the scores of documents that are hits; nil for nothing
}

// scores are the hits of a segment, ascending, and what each scores.
type scores struct {
	set  *roaring.Bitmap
	docs []uint32
	of   []float64
}

func newScores(set *roaring.Bitmap) *scores {
	docs := set.ToArray()
	return &scores{set, docs, make([]float64, len(docs))}
}

// adder returns a function that adds to the score of a document, if it is a hit.
// Documents must be given in ascending order.
func (s *scores) adder() func(doc uint32, score float64) {
	at := 0
	return func(doc uint32, score float64) {
		for at < len(s.docs) && s.docs[at] < doc {
			at++
		}
		if at < len(s.docs) && s.docs[at] == doc {
			s.of[at] += score
		}
	}
}

// everything matches all documents.
type everything struct{}

func (everything) cost() cost { return ofSets }

func (everything) match(_ context.Context, s segmentView, within *roaring.Bitmap) (matched, error) {
	if within == nil {
		within = s.all()
	}
	return matched{docs: within}, nil
}

// allOf matches documents that all of with and none of without match.
type allOf struct{ with, without []matcher }

// newAllOf puts first what is cheap.
func newAllOf(with, without []matcher) allOf {
	byCost := func(a, b matcher) int { return cmp.Compare(a.cost(), b.cost()) }
	slices.SortStableFunc(with, byCost)
	slices.SortStableFunc(without, byCost)
	return allOf{with, without}
}

func (a allOf) cost() cost { return dearest(a.with, a.without) }

func dearest(groups ...[]matcher) cost {
	out := ofSets
	for _, group := range groups {
		for _, m := range group {
			out = max(out, m.cost())
		}
	}
	return out
}

func (a allOf) match(ctx context.Context, s segmentView, within *roaring.Bitmap) (matched, error) {
	if len(a.with) == 0 && within == nil {
		within = s.all()
	}
	var found []matched
	for _, m := range a.with {
		one, err := m.match(ctx, s, within)
		if err != nil || one.docs.IsEmpty() {
			return one, err
		}
		within, found = one.docs, append(found, one)
	}
	for _, m := range a.without {
		one, err := m.match(ctx, s, within)
		if err != nil {
			return one, err
		}
		within = roaring.AndNot(within, one.docs)
	}
	return matched{within, scoreEach(found)}, nil
}

// anyOf matches documents that one of its matchers does.
type anyOf []matcher

func (a anyOf) cost() cost { return dearest(a) }

func (a anyOf) match(ctx context.Context, s segmentView, within *roaring.Bitmap) (matched, error) {
	docs := roaring.New()
	var found []matched
	for _, m := range a {
		one, err := m.match(ctx, s, within)
		if err != nil {
			return one, err
		}
		if !one.docs.IsEmpty() {
			docs = roaring.Or(docs, one.docs)
			found = append(found, one)
		}
	}
	return matched{docs, scoreEach(found)}, nil
}

// scoreEach scores by the sum of all.
func scoreEach(found []matched) func(context.Context, *scores) error {
	return func(ctx context.Context, s *scores) error {
		for _, m := range found {
			if m.score == nil {
				continue
			}
			if err := m.score(ctx, s); err != nil {
				return err
			}
		}
		return nil
	}
}

// setMatcher matches documents that are told for each segment. All of them
// score the same: how rare a word is that a pattern happens to match, or a
// value of a field, says nothing of what a text is about.
type setMatcher func(context.Context, segmentView) (*roaring.Bitmap, error)

func (setMatcher) cost() cost { return ofSets }

func (m setMatcher) match(ctx context.Context, s segmentView, within *roaring.Bitmap) (matched, error) {
	docs, err := m(ctx, s)
	if err != nil {
		return matched{}, err
	}
	if within != nil {
		docs = roaring.And(docs, within)
	}
	score := func(_ context.Context, sum *scores) error {
		add := sum.adder()
		for hits := roaring.And(docs, sum.set).Iterator(); hits.HasNext(); {
			add(hits.Next(), 1)
		}
		return nil
	}
	return matched{docs, score}, nil
}
