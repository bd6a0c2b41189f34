package index

import (
	"context"
	"errors"
	"fmt"
	"math"
	"time"

	"github.com/blevesearch/bleve/v2/search"
	blevequery "github.com/blevesearch/bleve/v2/search/query"
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
func (r *Reader) Search(ctx context.Context, q query.Node, opts SearchOptions) (res Result, err error) {
	defer guard(r.path, &err)
	start := time.Now()
	defer func() { res.Took = time.Since(start) }()
	res.Facets = map[string][]FacetCount{}
	snapshot, err := r.snapshot()
	if err != nil {
		return res, err
	}
	defer func() { err = errors.Join(err, snapshot.Close()) }()
	scored := opts.Size != 0 && (opts.Order.By == "" || opts.Order.By == ByRelevance)
	found, err := r.find(ctx, snapshot, q, scored)
	if err != nil {
		return res, err
	}
	if err := r.rank(ctx, snapshot, opts.Order, found); err != nil {
		return res, err
	}
	found, others := opts.Reprints.fold(found)
	res.Total = len(found)
	if res.Facets, err = r.facets(ctx, snapshot, opts.Facets, found); err != nil {
		return res, err
	}
	from, to := opts.page(len(found))
	chosen, err := best(found, from, to, ties{
		days: func(found []ranked) error { return r.setDays(ctx, snapshot, found) },
		id:   func(doc uint32) (string, error) { return snapshot.ExternalID(internal(doc)) },
	})
	if err != nil {
		return res, fmt.Errorf("search: %w", err)
	}
	for _, f := range chosen {
		hit, err := readHit(snapshot, f)
		if err = errors.Join(err, ctx.Err()); err != nil {
			return res, err
		}
		hit.Reprints = others(f.doc)
		res.Hits = append(res.Hits, hit)
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
func (r *Reader) find(ctx context.Context, i bleveindex.IndexReader, q query.Node, scored bool) (found []ranked, err error) {
	c := &compiler{lang: &r.lang, fields: map[string]bool{}}
	compiled := c.root(q)
	if compiled == nil {
		return nil, ctx.Err()
	}
	searcher, err := r.searcher(ctx, i, compiled, c.fields, scored)
	if err != nil {
		return nil, fmt.Errorf("search: %w", err)
	}
	defer func() { err = errors.Join(err, searcher.Close()) }()
	count, err := i.DocCount()
	if err != nil {
		return nil, fmt.Errorf("search: %w", err)
	}
	found = make([]ranked, 0, min(searcher.Count(), count)) // at most so many
	within := &search.SearchContext{DocumentMatchPool: search.NewDocumentMatchPool(searcher.DocumentMatchPoolSize()+1, 0), IndexReader: i}
	for n := 0; ; n++ {
		if n%1024 == 0 && ctx.Err() != nil {
			return nil, ctx.Err()
		}
		m, err := searcher.Next(within)
		if err != nil {
			return nil, fmt.Errorf("search: %w", err)
		}
		if m == nil {
			return found, nil
		}
		found = append(found, ranked{doc: uint32(m.IndexInternalID.Value()), score: m.Score})
		within.DocumentMatchPool.Put(m)
	}
}

// searcher opens a compiled query.
func (r *Reader) searcher(ctx context.Context, i bleveindex.IndexReader, q blevequery.Query, fields map[string]bool, scored bool) (search.Searcher, error) {
	count, err := i.DocCount()
	if err != nil {
		return nil, err
	}
	ctx = context.WithValue(ctx, search.GetScoringModelCallbackKey,
		search.GetScoringModelCallbackFn(func() string { return bleveindex.BM25Scoring }))
	ctx = context.WithValue(ctx, search.BM25StatsKey, r.lengths(fields, int(count)))
	options := search.SearcherOptions{}
	if !scored {
		options.Score = "none"
	}
	return q.Searcher(ctx, i, r.idx.Mapping(), options)
}

// lengths is what BM25 must know of the fields. Left to itself the library
// takes the number of different terms for the number of all terms, and so
// holds the mean text to be a few words long.
func (r *Reader) lengths(fields map[string]bool, count int) *search.BM25Stats {
	stats := &search.BM25Stats{DocCount: float64(count), FieldCardinality: map[string]int{"*": 0}} // * is several fields at once, when nothing is scored
	for name := range fields {
		stats.FieldCardinality[name] = int(math.Round(r.state.mean(name) * float64(count)))
	}
	return stats
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
