package index

import (
	"context"
	"errors"
	"fmt"
	"math"
	"slices"

	"github.com/blevesearch/bleve/v2/mapping"
	"github.com/blevesearch/bleve/v2/search"
	bleveindex "github.com/blevesearch/bleve_index_api"
)

// wordsQuery finds a word, or words at the distances from each other that they
// have here. It implements the library's query.Query.
type wordsQuery struct {
	field string
	words []term // one at least
	boost float64
}

// Searcher opens a reader for each word. A context with BM25 statistics is that
// of a search that ranks.
func (q *wordsQuery) Searcher(ctx context.Context, r bleveindex.IndexReader, _ mapping.IndexMapping, o search.SearcherOptions) (search.Searcher, error) {
	s := &wordsSearcher{}
	stats, ranks := ctx.Value(search.BM25StatsKey).(*search.BM25Stats)
	ranks = ranks && o.Score != "none"
	for _, w := range q.words {
		reader, err := r.TermFieldReader(ctx, []byte(w.text), q.field, ranks || len(q.words) > 1, ranks, len(q.words) > 1)
		if err != nil {
			return nil, errors.Join(fmt.Errorf("read postings: %w", err), s.Close())
		}
		s.words = append(s.words, &wordReader{reader: reader, offset: w.pos - q.words[0].pos})
	}
	if ranks {
		s.rank(q, stats)
	}
	slices.SortStableFunc(s.words, func(a, b *wordReader) int { return int(a.reader.Count()) - int(b.reader.Count()) })
	return s, nil
}

// wordReader is a word and the document at which its reader stands.
type wordReader struct {
	reader    bleveindex.TermFieldReader
	offset    int                      // from the first word, in positions
	rank      *bm25                    // nil when nothing is ranked
	doc       *bleveindex.TermFieldDoc // nil at the end
	room      bleveindex.TermFieldDoc  // what doc points to
	positions []int
}

// advance moves to the first document that is not before id.
func (w *wordReader) advance(id bleveindex.IndexInternalID) (err error) {
	w.doc, err = w.reader.Advance(id, w.room.Reset())
	return err
}

// wordsSearcher finds the documents that have all words in place, the rarest
// word first. It scores like the library's, which takes the sum of the words.
type wordsSearcher struct {
	words []*wordReader // by the number of documents that have them
}

// rank prepares scoring.
func (s *wordsSearcher) rank(q *wordsQuery, stats *search.BM25Stats) {
	mean := math.Ceil(float64(stats.FieldCardinality[q.field]) / max(1, stats.DocCount))
	for _, w := range s.words {
		w.rank = newBM25(q.boost, mean, stats.DocCount, float64(w.reader.Count()))
	}
	s.SetQueryNorm(1 / math.Sqrt(s.Weight()))
}

// Next is the next document with the words, nil at the end.
func (s *wordsSearcher) Next(ctx *search.SearchContext) (*search.DocumentMatch, error) {
	rarest := s.words[0]
	var err error
	if rarest.doc, err = rarest.reader.Next(rarest.room.Reset()); err != nil {
		return nil, err
	}
	return s.search(ctx)
}

// Advance is the first document with the words that is not before id.
func (s *wordsSearcher) Advance(ctx *search.SearchContext, id bleveindex.IndexInternalID) (*search.DocumentMatch, error) {
	if err := s.words[0].advance(id); err != nil {
		return nil, err
	}
	return s.search(ctx)
}

// search looks from where the rarest word stands.
func (s *wordsSearcher) search(ctx *search.SearchContext) (*search.DocumentMatch, error) {
	if rarest := s.words[0]; len(s.words) == 1 && rarest.doc != nil {
		return s.match(ctx), nil
	}
	for rarest := s.words[0]; rarest.doc != nil; {
		all, err := s.align()
		switch {
		case err != nil:
			return nil, err
		case all && s.inPlace():
			return s.match(ctx), nil
		case !all: // the rarest word has been moved on
			continue
		}
		if rarest.doc, err = rarest.reader.Next(rarest.room.Reset()); err != nil {
			return nil, err
		}
	}
	return nil, nil
}

// align moves the other words to the document of the rarest and reports whether
// all have it. If not, it moves the rarest to the next that can be.
func (s *wordsSearcher) align() (bool, error) {
	rarest := s.words[0]
	for _, w := range s.words[1:] {
		if w.doc == nil || w.doc.ID.Compare(rarest.doc.ID) < 0 {
			if err := w.advance(rarest.doc.ID); err != nil {
				return false, err
			}
		}
		if w.doc == nil {
			rarest.doc = nil
			return false, nil
		}
		if w.doc.ID.Compare(rarest.doc.ID) > 0 {
			return false, rarest.advance(w.doc.ID)
		}
	}
	return true, nil
}

// inPlace reports whether the document has the words at their distances.
func (s *wordsSearcher) inPlace() bool {
	for _, w := range s.words {
		w.positions = appendPositions(w.positions[:0], w.doc)
	}
	rarest := s.words[0]
	return slices.ContainsFunc(rarest.positions, func(at int) bool {
		for _, w := range s.words[1:] {
			if _, ok := slices.BinarySearch(w.positions, at-rarest.offset+w.offset); !ok {
				return false
			}
		}
		return true
	})
}

// match is the document as a hit with its score.
func (s *wordsSearcher) match(ctx *search.SearchContext) *search.DocumentMatch {
	out := ctx.DocumentMatchPool.Get()
	out.IndexInternalID = bleveindex.NewIndexInternalIDFrom(out.IndexInternalID, s.words[0].doc.ID)
	for _, w := range s.words {
		if w.rank != nil {
			out.Score += w.rank.score(w.doc)
		}
	}
	return out
}

// Close lets the readers go.
func (s *wordsSearcher) Close() error {
	var all []error
	for _, w := range s.words {
		all = append(all, w.reader.Close())
	}
	return errors.Join(all...)
}

// Weight is the sum of the words' weights, squared; 1 when nothing is ranked.
func (s *wordsSearcher) Weight() float64 {
	sum := 0.0
	for _, w := range s.words {
		if w.rank == nil {
			return 1
		}
		sum += w.rank.base * w.rank.base
	}
	return sum
}

// SetQueryNorm scales the scores so that parts of a query compare.
func (s *wordsSearcher) SetQueryNorm(norm float64) {
	for _, w := range s.words {
		if w.rank != nil {
			w.rank.weight = w.rank.base * norm
		}
	}
}

// Count is how many documents there can be.
func (s *wordsSearcher) Count() uint64 { return s.words[0].reader.Count() }

// Min is for the library's disjunctions.
func (s *wordsSearcher) Min() int { return 0 }

// Size is a guess at the memory in bytes.
func (s *wordsSearcher) Size() int { return 1024 * len(s.words) }

// DocumentMatchPoolSize is how many hits are used at a time.
func (s *wordsSearcher) DocumentMatchPoolSize() int { return 2 }
