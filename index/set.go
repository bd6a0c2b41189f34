package index

import (
	"context"
	"math/bits"

	"github.com/blevesearch/bleve/v2/mapping"
	"github.com/blevesearch/bleve/v2/search"
	bleveindex "github.com/blevesearch/bleve_index_api"
)

// docSet is a set of documents by their numbers in one generation.
type docSet []uint64

func (s *docSet) add(doc uint64) {
	for doc/64 >= uint64(len(*s)) {
		*s = append(*s, 0)
	}
	(*s)[doc/64] |= 1 << (doc % 64)
}

func (s docSet) has(doc uint64) bool {
	return doc/64 < uint64(len(s)) && s[doc/64]>>(doc%64)&1 != 0
}

// from is the first document of the set that is not before doc.
func (s docSet) from(doc uint64) (uint64, bool) {
	for i := doc / 64; i < uint64(len(s)); i++ {
		word := s[i]
		if i == doc/64 {
			word = word >> (doc % 64) << (doc % 64)
		}
		if word != 0 {
			return i*64 + uint64(bits.TrailingZeros64(word)), true
		}
	}
	return 0, false
}

func (s docSet) count() int {
	n := 0
	for _, word := range s {
		n += bits.OnesCount64(word)
	}
	return n
}

// setQuery finds the documents that fill says. All of them score the same: how
// rare a word is that a pattern happens to match says nothing.
type setQuery struct {
	fill func(context.Context, bleveindex.IndexReader, *docSet) error
}

// Searcher implements the library's Query.
func (q setQuery) Searcher(ctx context.Context, i bleveindex.IndexReader, _ mapping.IndexMapping, _ search.SearcherOptions) (search.Searcher, error) {
	s := &setSearcher{}
	return s, q.fill(ctx, i, &s.set)
}

// setSearcher walks a set. It implements the library's Searcher.
type setSearcher struct {
	set  docSet
	next uint64
}

func (s *setSearcher) Next(ctx *search.SearchContext) (*search.DocumentMatch, error) {
	doc, ok := s.set.from(s.next)
	if !ok {
		return nil, nil
	}
	s.next = doc + 1
	m := ctx.DocumentMatchPool.Get()
	m.IndexInternalID = bleveindex.NewIndexInternalID(m.IndexInternalID, doc)
	m.Score = 1
	return m, nil
}

func (s *setSearcher) Advance(ctx *search.SearchContext, id bleveindex.IndexInternalID) (*search.DocumentMatch, error) {
	s.next = max(s.next, id.Value())
	return s.Next(ctx)
}

func (s *setSearcher) Close() error               { return nil }
func (s *setSearcher) Weight() float64            { return 1 }
func (s *setSearcher) SetQueryNorm(float64)       {}
func (s *setSearcher) Count() uint64              { return uint64(s.set.count()) }
func (s *setSearcher) Min() int                   { return 0 }
func (s *setSearcher) Size() int                  { return 8 * len(s.set) }
func (s *setSearcher) DocumentMatchPoolSize() int { return 1 }
