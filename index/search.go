package index

import (
	"context"
	"errors"
	"fmt"
	"time"

	bleveindex "github.com/blevesearch/bleve_index_api"

	"jianbao/index/query"
)

// SearchOptions says which of the matching documents to return, and what to
// count.
type SearchOptions struct {
	Size     int       // how many; 0 for none but the total, negative for all
	From     int       // how many of the best to pass over
	Order    Order     // the zero value is by relevance
	Facets   []string  // names that ParseFacets gave
	Reprints *Reprints // if given, documents of one cluster are one hit: the one that comes first
}

// Hit is a document that matches.
type Hit struct {
	ID        string
	Score     float64 // BM25; comparable within one search only; 0 when sorted otherwise
	URI       string
	Title     string // as printed
	Source    string // as printed
	Published string // 2020-03-20 or 2020-03-20T10:52:00+08:00; empty when unknown
	Reprints  int    // other documents of its cluster that match
}

// Result is the answer to a search.
type Result struct {
	Total  int                     // hits
	Hits   []Hit                   // in the order that was asked for
	Facets map[string][]FacetCount // by name, over all hits
	Took   time.Duration
}

// Search finds the documents that match q. A word is found in either script,
// in any case, and inside a longer word; a term that is several words is found
// where they stand side by side. It fails with ErrTooBroad.
func (r *Reader) Search(ctx context.Context, q query.Node, opts SearchOptions) (Result, error) {
	var hits []Hit
	res, err := r.Each(ctx, q, opts, func(h Hit) error {
		hits = append(hits, h)
		return nil
	})
	res.Hits = hits
	return res, err
}

// Each is Search for results of any size: emit gets the hits in their order, and
// the result has none. Of what matches only numbers are held. It fails with
// ErrTooBroad or the error of emit.
func (r *Reader) Each(ctx context.Context, q query.Node, opts SearchOptions, emit func(Hit) error) (res Result, err error) {
	defer guard(r.path, &err)
	start := time.Now()
	defer func() { res.Took = time.Since(start) }()
	res.Facets = map[string][]FacetCount{}
	v, err := r.view()
	if err != nil {
		return res, err
	}
	defer func() { err = errors.Join(err, v.Close()) }()
	scored := opts.Size != 0 && (opts.Order.By == "" || opts.Order.By == ByRelevance)
	found, err := r.find(ctx, v, q, scored)
	if err != nil {
		return res, err
	}
	if err := r.rank(ctx, v, opts.Order, found); err != nil {
		return res, err
	}
	found, others := opts.Reprints.fold(found)
	res.Total = len(found)
	if res.Facets, err = r.facets(ctx, v, opts.Facets, found); err != nil {
		return res, err
	}
	from, to := opts.page(len(found))
	chosen, err := best(found, from, to, ties{
		days: func(found []ranked) error { return r.setDays(ctx, v, found) },
		id:   func(doc uint32) (string, error) { return v.ExternalID(internal(doc)) },
	})
	if err != nil {
		return res, fmt.Errorf("search: %w", err)
	}
	for _, f := range chosen {
		hit, err := readHit(v, f)
		if err = errors.Join(err, ctx.Err()); err != nil {
			return res, err
		}
		hit.Reprints = others(f.doc)
		if err := emit(hit); err != nil {
			return res, err
		}
	}
	return res, nil
}

// page is the range of hits that is asked for.
func (o SearchOptions) page(total int) (from, to int) {
	from = min(max(0, o.From), total)
	if o.Size < 0 || o.Size > total-from {
		return from, total
	}
	return from, from + o.Size
}

func internal(doc uint32) bleveindex.IndexInternalID {
	return bleveindex.NewIndexInternalID(nil, uint64(doc))
}

// find collects the numbers of all documents that match, with their scores if
// scored.
func (r *Reader) find(ctx context.Context, v *view, q query.Node, scored bool) ([]ranked, error) {
	m, err := r.compile(ctx, v, q)
	if m == nil || err != nil {
		return nil, errors.Join(err, ctx.Err())
	}
	found := make([]*scores, len(v.segments))
	err = v.each(ctx, r.path, func(ctx context.Context, s segmentView) error {
		matched, err := m.match(ctx, s, nil)
		if err != nil {
			return err
		}
		found[s.n] = newScores(matched.docs)
		if !scored || matched.score == nil {
			return nil
		}
		return matched.score(ctx, found[s.n])
	})
	if err != nil {
		return nil, fmt.Errorf("search: %w", err)
	}
	total := 0
	for _, f := range found {
		total += len(f.docs)
	}
	out := make([]ranked, 0, total)
	for n, f := range found {
		first := v.segments[n].first
		for i, doc := range f.docs {
			out = append(out, ranked{doc: first + doc, score: f.of[i]})
		}
	}
	return out, nil
}

// readHit reads what is stored of a document.
func readHit(i bleveindex.IndexReader, f ranked) (Hit, error) {
	id, err := i.ExternalID(internal(f.doc))
	if err != nil {
		return Hit{}, fmt.Errorf("read hit: %w", err)
	}
	doc, err := i.Document(id)
	if err != nil {
		return Hit{}, fmt.Errorf("read hit %s: %w", id, err)
	}
	if doc == nil {
		return Hit{}, fmt.Errorf("read hit %s: %w", id, ErrCorrupt)
	}
	hit := Hit{ID: id, Score: f.score}
	doc.VisitFields(func(field bleveindex.Field) {
		switch value := string(field.Value()); field.Name() {
		case uriField:
			hit.URI = value
		case query.Title:
			hit.Title = value
		case query.Source:
			hit.Source = value
		case query.Published:
			hit.Published = value
		}
	})
	return hit, nil
}
