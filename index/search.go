package index

import (
	"context"
	"fmt"
	"math"
	"time"

	"github.com/blevesearch/bleve/v2/search"
	bleveindex "github.com/blevesearch/bleve_index_api"

	"jianbao/index/query"
)

// SearchOptions says which of the matching documents to return.
type SearchOptions struct {
	Size int // how many; 0 for none but the total, negative for all
	From int // how many of the best to pass over
}

// Hit is a document that matches.
type Hit struct {
	ID        string
	Score     float64 // BM25; comparable within one search only
	URI       string
	Title     string // as printed
	Source    string // as printed
	Published string // 2020-03-20 or 2020-03-20T10:52:00+08:00; empty when unknown
}

// Result is the answer to a search.
type Result struct {
	Total int   // matching documents
	Hits  []Hit // the best first; by id where scores are equal
	Took  time.Duration
}

// Search finds the documents that match q. A word is found in either script,
// in any case, and inside a longer word; a term that is several words is found
// where they stand side by side.
func (r *Reader) Search(ctx context.Context, q query.Node, opts SearchOptions) (res Result, err error) {
	defer guard(r.path, &err)
	start := time.Now()
	count, err := r.Count(ctx)
	if err != nil {
		return res, err
	}
	c := &compiler{lang: &r.lang, fields: map[string]bool{}}
	compiled := c.node(q)
	if compiled == nil {
		return Result{Took: time.Since(start)}, nil
	}
	size := min(opts.Size, count)
	if size < 0 {
		size = count
	}
	from := max(0, min(opts.From, count))
	found, total, err := r.best(ctx, compiled, r.lengths(c.fields, count), min(from+size, count))
	if err != nil {
		return res, fmt.Errorf("search: %w", err)
	}
	return Result{total, found[min(from, len(found)):], time.Since(start)}, nil
}

// lengths is what BM25 must know of the fields. Left to itself the library
// takes the number of different terms for the number of all terms, and so
// holds the mean text to be a few words long.
func (r *Reader) lengths(fields map[string]bool, count int) *search.BM25Stats {
	stats := &search.BM25Stats{DocCount: float64(count), FieldCardinality: map[string]int{}}
	for name := range fields {
		stats.FieldCardinality[name] = int(math.Round(r.state.mean(name) * float64(count)))
	}
	return stats
}

// hit is a document with what is stored of it.
func hit(x candidate, doc bleveindex.Document) Hit {
	h := Hit{ID: x.id, Score: x.score}
	doc.VisitFields(func(f bleveindex.Field) {
		switch f.Name() {
		case uriField:
			h.URI = string(f.Value())
		case query.Title:
			h.Title = string(f.Value())
		case query.Source:
			h.Source = string(f.Value())
		case publishedField:
			h.Published = string(f.Value())
		}
	})
	return h
}
