package index

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"unicode/utf8"

	"github.com/blevesearch/bleve/v2/mapping"
	"github.com/blevesearch/bleve/v2/search"
	"github.com/blevesearch/bleve/v2/search/searcher"
	bleveindex "github.com/blevesearch/bleve_index_api"
)

// part is words side by side.
type part struct {
	slots  []slot
	length int // positions from the start of its first word to the end of its last
}

// slot is one word of a part.
type slot struct {
	field, text string
	pos         int   // behind that of the first word
	not         *slot // words that begin with its text may not stand at the same place
}

// newPart makes a part of words that are found in field.
func newPart(field string, words []term) part {
	first, last := words[0], words[len(words)-1]
	p := part{length: last.pos - first.pos + utf8.RuneCountInString(last.text)}
	for _, w := range words {
		p.slots = append(p.slots, slot{field: field, text: w.text, pos: w.pos - first.pos})
	}
	return p
}

// phraseQuery finds documents in which all parts stand close together. It reads
// positions only where all words are in a document, which the library's own
// phrases do for every document that has one of them.
type phraseQuery struct {
	parts []part
	near  nearness
	boost float64
}

// nearness is how the parts of a phrase must stand to each other.
type nearness struct {
	distance int // how many other characters may stand between
	ordered  bool
}

// Searcher implements the library's Query.
func (q phraseQuery) Searcher(ctx context.Context, i bleveindex.IndexReader, _ mapping.IndexMapping, options search.SearcherOptions) (search.Searcher, error) {
	options.IncludeTermVectors = false
	s := &phraseSearcher{near: q.near}
	var all []search.Searcher
	err := func() error {
		for _, p := range q.parts {
			places, err := openPart(ctx, i, p)
			s.parts = append(s.parts, places)
			if err != nil {
				return err
			}
			for _, w := range p.slots {
				one, err := newWordSearcher(ctx, i, wordQuery{w.field, w.text, q.boost}, options)
				if err != nil {
					return fmt.Errorf("find %s: %w", w.text, err)
				}
				all = append(all, one)
			}
		}
		var err error
		s.Searcher, err = searcher.NewConjunctionSearcher(ctx, i, all, options)
		return err
	}()
	if err != nil {
		for _, one := range all {
			err = errors.Join(err, one.Close())
		}
		return nil, errors.Join(err, s.closePlaces())
	}
	return s, nil
}

// phraseSearcher passes those documents of a conjunction in which the words
// stand as they must.
type phraseSearcher struct {
	search.Searcher // of the documents that have all words
	parts           []*partPlaces
	near            nearness
}

func (s *phraseSearcher) Next(ctx *search.SearchContext) (*search.DocumentMatch, error) {
	return s.accepted(ctx, func() (*search.DocumentMatch, error) { return s.Searcher.Next(ctx) })
}

func (s *phraseSearcher) Advance(ctx *search.SearchContext, id bleveindex.IndexInternalID) (*search.DocumentMatch, error) {
	m, err := s.Searcher.Advance(ctx, id)
	if err != nil || m == nil {
		return nil, err
	}
	if ok, err := s.accepts(m.IndexInternalID); ok || err != nil {
		return m, err
	}
	ctx.DocumentMatchPool.Put(m)
	return s.Next(ctx)
}

// accepted is the first of the candidates that is accepted.
func (s *phraseSearcher) accepted(ctx *search.SearchContext, next func() (*search.DocumentMatch, error)) (*search.DocumentMatch, error) {
	for {
		m, err := next()
		if err != nil || m == nil {
			return nil, err
		}
		if ok, err := s.accepts(m.IndexInternalID); ok || err != nil {
			return m, err
		}
		ctx.DocumentMatchPool.Put(m)
	}
}

// accepts looks where the words stand in a document.
func (s *phraseSearcher) accepts(id bleveindex.IndexInternalID) (bool, error) {
	for _, p := range s.parts {
		if err := p.find(id); err != nil {
			return false, err
		}
		if len(p.starts) == 0 {
			return false, nil
		}
	}
	return s.near.holds(s.parts), nil
}

// Close closes the conjunction and what was opened for positions.
func (s *phraseSearcher) Close() error { return errors.Join(s.Searcher.Close(), s.closePlaces()) }

func (s *phraseSearcher) closePlaces() error {
	var err error
	for _, p := range s.parts {
		err = errors.Join(err, p.close())
	}
	return err
}

// holds reports whether the parts stand close enough somewhere: each at a place
// of its own, the next of each behind the first.
func (n nearness) holds(parts []*partPlaces) bool {
	if len(parts) == 1 {
		return true
	}
	for lead := range parts {
		if n.ordered && lead > 0 {
			break
		}
		for _, start := range parts[lead].starts {
			if n.holdsAt(parts, lead, start) {
				return true
			}
		}
	}
	return false
}

// holdsAt is holds with one part at the front of all.
func (n nearness) holdsAt(parts []*partPlaces, lead, start int) bool {
	end := start + parts[lead].length
	others := -parts[lead].length // characters that belong to no part
	taken := [][2]int{{start, end}}
	for i, p := range parts {
		if i == lead {
			continue
		}
		from := start
		if n.ordered {
			from = end
		}
		at, ok := p.free(from, taken)
		if !ok {
			return false
		}
		taken = append(taken, [2]int{at, at + p.length})
		others -= p.length
		end = max(end, at+p.length)
	}
	return others+end-start <= n.distance
}

// free is the first start of a part from a position on that overlaps none of
// the places that are taken.
func (p *partPlaces) free(from int, taken [][2]int) (int, bool) {
	i, _ := slices.BinarySearch(p.starts, from)
	for ; i < len(p.starts); i++ {
		at := p.starts[i]
		if !slices.ContainsFunc(taken, func(t [2]int) bool { return at < t[1] && t[0] < at+p.length }) {
			return at, true
		}
	}
	return 0, false
}
