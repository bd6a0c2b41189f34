package index

import (
	"context"
	"fmt"
	"math"
	"time"

	"github.com/blevesearch/bleve/v2"
	"github.com/blevesearch/bleve/v2/search"

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
	compiled := c.root(q)
	if compiled == nil {
		return Result{Took: time.Since(start)}, nil
	}
	size := min(opts.Size, count)
	if size < 0 {
		size = count
	}
	req := bleve.NewSearchRequestOptions(compiled, size, max(0, min(opts.From, count)), false)
	req.SortBy([]string{"-_score", "_id"})
	req.Fields = []string{uriField, query.Title, query.Source, query.Published}
	req.PreSearchData = map[string]any{search.BM25PreSearchDataKey: r.lengths(c.fields, count)}
	found, err := r.idx.SearchInContext(ctx, req)
	if err != nil {
		return res, fmt.Errorf("search: %w", err)
	}
	return Result{int(found.Total), hits(found.Hits), time.Since(start)}, nil
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

func hits(found search.DocumentMatchCollection) []Hit {
	out := make([]Hit, len(found))
	for i, m := range found {
		stored := func(name string) string {
			s, _ := m.Fields[name].(string) // absent when it was empty
			return s
		}
		out[i] = Hit{
			ID: m.ID, Score: m.Score, URI: stored(uriField), Title: stored(query.Title),
			Source: stored(query.Source), Published: stored(query.Published),
		}
	}
	return out
}
