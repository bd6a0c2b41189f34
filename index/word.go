package index

import (
	"context"
	"fmt"
	"math"

	"github.com/blevesearch/bleve/v2/mapping"
	"github.com/blevesearch/bleve/v2/search"
	bleveindex "github.com/blevesearch/bleve_index_api"
)

// wordQuery finds a word in a field with positions. The library's own would take
// what stands for the position for a frequency. It implements its query.Query.
type wordQuery struct {
	field, word string
	boost       float64
}

// Searcher opens the word's postings.
func (q wordQuery) Searcher(ctx context.Context, i bleveindex.IndexReader, _ mapping.IndexMapping, o search.SearcherOptions) (search.Searcher, error) {
	return newWordSearcher(ctx, i, q, o)
}

// wordSearcher walks the postings of a word. It implements the library's
// Searcher.
type wordSearcher struct {
	reader bleveindex.TermFieldReader
	room   bleveindex.TermFieldDoc
	rank   *bm25 // nil when nothing is ranked
}

// newWordSearcher ranks where the context has statistics for BM25.
func newWordSearcher(ctx context.Context, i bleveindex.IndexReader, q wordQuery, o search.SearcherOptions) (*wordSearcher, error) {
	stats, ranks := ctx.Value(search.BM25StatsKey).(*search.BM25Stats)
	ranks = ranks && o.Score != "none"
	reader, err := i.TermFieldReader(ctx, []byte(q.word), q.field, ranks, ranks, false)
	if err != nil {
		return nil, fmt.Errorf("find %s: %w", q.word, err)
	}
	s := &wordSearcher{reader: reader}
	if ranks {
		mean := math.Ceil(float64(stats.FieldCardinality[q.field]) / max(1, stats.DocCount))
		s.rank = newBM25(q.boost, mean, stats.DocCount, float64(reader.Count()))
	}
	return s, nil
}

func (s *wordSearcher) Next(ctx *search.SearchContext) (*search.DocumentMatch, error) {
	doc, err := s.reader.Next(s.room.Reset())
	return s.match(ctx, doc), err
}

func (s *wordSearcher) Advance(ctx *search.SearchContext, id bleveindex.IndexInternalID) (*search.DocumentMatch, error) {
	doc, err := s.reader.Advance(id, s.room.Reset())
	return s.match(ctx, doc), err
}

// match is a document as a hit with its score.
func (s *wordSearcher) match(ctx *search.SearchContext, doc *bleveindex.TermFieldDoc) *search.DocumentMatch {
	if doc == nil {
		return nil
	}
	m := ctx.DocumentMatchPool.Get()
	m.IndexInternalID = append(m.IndexInternalID[:0], doc.ID...)
	if s.rank != nil {
		m.Score = s.rank.score(doc)
	}
	return m
}

// Weight is the square of the word's weight; 1 when nothing is ranked.
func (s *wordSearcher) Weight() float64 {
	if s.rank == nil {
		return 1
	}
	return s.rank.base * s.rank.base
}

// SetQueryNorm scales the scores so that the words of a query compare.
func (s *wordSearcher) SetQueryNorm(norm float64) {
	if s.rank != nil {
		s.rank.weight = s.rank.base * norm
	}
}

// Optimize lets the library join unranked postings as bitmaps.
func (s *wordSearcher) Optimize(kind string, o bleveindex.OptimizableContext) (bleveindex.OptimizableContext, error) {
	if r, ok := s.reader.(bleveindex.Optimizable); ok {
		return r.Optimize(kind, o)
	}
	return nil, nil
}

func (s *wordSearcher) Close() error               { return s.reader.Close() }
func (s *wordSearcher) Count() uint64              { return s.reader.Count() }
func (s *wordSearcher) Min() int                   { return 0 }
func (s *wordSearcher) Size() int                  { return s.reader.Size() }
func (s *wordSearcher) DocumentMatchPoolSize() int { return 1 }
