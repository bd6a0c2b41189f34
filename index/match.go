package index

import (
	"context"
	"fmt"
	"iter"

	"github.com/blevesearch/bleve/v2"

	"jianbao/index/query"
)

// matchPage is how many ids are fetched at a time.
const matchPage = 20_000

// Match yields the ids of all documents that match q, in their order. It ranks
// nothing and takes the memory of a page, however many match. An error ends it.
func (r *Reader) Match(ctx context.Context, q query.Node) iter.Seq2[string, error] {
	return r.match(ctx, q, matchPage)
}

func (r *Reader) match(ctx context.Context, q query.Node, page int) iter.Seq2[string, error] {
	return func(yield func(string, error) bool) {
		for after := ""; ; {
			ids, err := r.matchAfter(ctx, q, after, page)
			if err != nil {
				yield("", err)
				return
			}
			for _, id := range ids {
				if !yield(id, nil) {
					return
				}
			}
			if len(ids) < page {
				return
			}
			after = ids[len(ids)-1]
		}
	}
}

// matchAfter is the next ids behind one; the first when it is empty.
func (r *Reader) matchAfter(ctx context.Context, q query.Node, after string, page int) (ids []string, err error) {
	defer guard(r.path, &err)
	c := &compiler{lang: &r.lang, fields: map[string]bool{}}
	compiled := c.root(q)
	if compiled == nil {
		return nil, nil
	}
	req := bleve.NewSearchRequestOptions(compiled, page, 0, false)
	req.SortBy([]string{"_id"})
	req.Score = "none"
	if after != "" {
		req.SetSearchAfter([]string{after})
	}
	found, err := r.idx.SearchInContext(ctx, req)
	if err != nil {
		return nil, fmt.Errorf("search: %w", err)
	}
	for _, hit := range found.Hits {
		ids = append(ids, hit.ID)
	}
	return ids, nil
}
