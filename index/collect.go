package index

import (
	"cmp"
	"container/heap"
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/blevesearch/bleve/v2/search"
	blevequery "github.com/blevesearch/bleve/v2/search/query"
	bleveindex "github.com/blevesearch/bleve_index_api"
)

// checkEvery is after how many documents a search looks whether it is wanted
// still.
const checkEvery = 1024

// best is the first documents in the order of their scores, and how many there
// are in all. The library's own collector reads the id of every document that
// matches; this one only those of documents that come among the best.
func (r *Reader) best(ctx context.Context, q blevequery.Query, stats *search.BM25Stats, size int) (hits []Hit, total int, err error) {
	inner, err := r.idx.Advanced()
	if err != nil {
		return nil, 0, err
	}
	snapshot, err := inner.Reader()
	if err != nil {
		return nil, 0, err
	}
	defer func() { err = errors.Join(err, snapshot.Close()) }()
	ctx = context.WithValue(ctx, search.GetScoringModelCallbackKey,
		search.GetScoringModelCallbackFn(func() string { return bleveindex.BM25Scoring }))
	ctx = context.WithValue(ctx, search.BM25StatsKey, stats)
	s, err := q.Searcher(ctx, snapshot, r.idx.Mapping(), search.SearcherOptions{})
	if err != nil {
		return nil, 0, err
	}
	defer func() { err = errors.Join(err, s.Close()) }()
	c := &collector{snapshot: snapshot, size: size}
	if err := c.collect(ctx, s); err != nil {
		return nil, 0, err
	}
	hits, err = c.hits()
	return hits, c.total, err
}

// candidate is a document that may be among the best.
type candidate struct {
	number bleveindex.IndexInternalID
	score  float64
	id     string
}

// compare puts the better first: the one with more points, or else with the
// smaller id.
func (a candidate) compare(b candidate) int {
	if c := cmp.Compare(b.score, a.score); c != 0 {
		return c
	}
	return cmp.Compare(a.id, b.id)
}

// collector keeps the best of many documents: a heap with the worst of them on
// top. It implements heap.Interface.
type collector struct {
	snapshot bleveindex.IndexReader
	size     int
	total    int
	best     []candidate
}

func (c *collector) Len() int           { return len(c.best) }
func (c *collector) Less(i, j int) bool { return c.best[i].compare(c.best[j]) > 0 }
func (c *collector) Swap(i, j int)      { c.best[i], c.best[j] = c.best[j], c.best[i] }
func (c *collector) Push(x any)         { c.best = append(c.best, x.(candidate)) }

// Pop is never called.
func (c *collector) Pop() any { return nil }

func (c *collector) collect(ctx context.Context, s search.Searcher) error {
	sc := &search.SearchContext{DocumentMatchPool: search.NewDocumentMatchPool(s.DocumentMatchPoolSize()+1, 0), IndexReader: c.snapshot}
	for {
		if c.total%checkEvery == 0 {
			if err := ctx.Err(); err != nil {
				return err
			}
		}
		m, err := s.Next(sc)
		if err != nil || m == nil {
			return err
		}
		c.total++
		if err := c.offer(m); err != nil {
			return err
		}
		sc.DocumentMatchPool.Put(m)
	}
}

// offer keeps a document if it is among the best so far.
func (c *collector) offer(m *search.DocumentMatch) (err error) {
	full := len(c.best) == c.size
	if c.size == 0 || full && m.Score < c.best[0].score {
		return nil
	}
	x := candidate{score: m.Score, number: slices.Clone(m.IndexInternalID)}
	if x.id, err = c.snapshot.ExternalID(x.number); err != nil {
		return fmt.Errorf("read an id: %w", err)
	}
	switch {
	case !full:
		heap.Push(c, x)
	case x.compare(c.best[0]) < 0:
		c.best[0] = x
		heap.Fix(c, 0)
	}
	return nil
}

// hits are the best in their order.
func (c *collector) hits() ([]Hit, error) {
	slices.SortFunc(c.best, candidate.compare)
	out := make([]Hit, len(c.best))
	for i, x := range c.best {
		doc, err := c.snapshot.Document(x.id)
		if err != nil {
			return nil, fmt.Errorf("read document %s: %w", x.id, err)
		}
		out[i] = hit(x, doc)
	}
	return out, nil
}
