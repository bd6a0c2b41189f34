package pipeline

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"jianbao/corpus"
	"jianbao/corpus/store"
	"jianbao/corpus/table"
	"jianbao/index"
	"jianbao/index/query"
)

// Article is one article with all that is known of it. Offsets of rows are code
// points, those of spans bytes.
type Article struct {
	Row       table.Document
	Mentions  []table.Mention // in the order of the text
	Edits     []table.Edit    // marks included
	Sightings []table.Sighting
	Cluster   table.Cluster // empty until it is grouped
	Parsed    string        // the query whose hits are marked
	Hits      []corpus.Span // in the printed text
}

// Article reads an article and marks what a query finds in it; an empty query
// marks nothing. It fails with a *query.SyntaxError or [store.ErrNoDocument].
func (c *Corpus) Article(ctx context.Context, docID, text string) (Article, error) {
	var marked query.Node
	var a Article
	var err error
	if strings.TrimSpace(text) != "" {
		if marked, err = query.Parse(text, c.p.categories...); err != nil {
			return a, err
		}
		a.Parsed = marked.String()
	}
	if a.Row, err = c.store.Document(ctx, docID); err != nil {
		return a, err
	}
	if a.Mentions, err = rowsOfArticle[table.Mention](ctx, c.store, table.Mentions, docID); err != nil {
		return a, err
	}
	slices.SortStableFunc(a.Mentions, func(x, y table.Mention) int { return cmp.Or(cmp.Compare(x.Start, y.Start), cmp.Compare(x.End, y.End)) })
	if a.Edits, err = rowsOfArticle[table.Edit](ctx, c.store, table.Edits, docID); err != nil {
		return a, err
	}
	if a.Sightings, err = rowsOfArticle[table.Sighting](ctx, c.store, table.Sightings, docID); err != nil {
		return a, err
	}
	slices.SortStableFunc(a.Sightings, func(x, y table.Sighting) int { return x.SeenAt.Time().Compare(y.SeenAt.Time()) })
	clusters, err := c.clusters()
	if err != nil {
		return a, err
	}
	a.Cluster = clusters[docID]
	if marked != nil {
		a.Hits, err = c.hits(marked, a.Row.Text)
	}
	return a, err
}

// hits are the places in a printed text that a query finds. Without an index
// there are none.
func (c *Corpus) hits(marked query.Node, text string) ([]corpus.Span, error) {
	idx, err := c.Index()
	if errors.Is(err, index.ErrNoIndex) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	folded := fold(text)
	inFolded, inText := corpus.NewCodePoints(folded), corpus.NewCodePoints(text)
	spans := idx.Highlighter(withSynonyms(marked)).Spans(query.Text, folded)
	for i, s := range spans {
		spans[i] = inText.Bytes(inFolded.Range(s))
	}
	return spans, nil
}

// rowsOfArticle are the rows of a table that belong to an article.
func rowsOfArticle[T any](ctx context.Context, r *store.Reader, name, docID string) ([]T, error) {
	rows := []T{}
	for row, err := range store.Find[T](ctx, r, name, docID) {
		if err != nil {
			return nil, fmt.Errorf("read %s of %s: %w", name, docID, err)
		}
		rows = append(rows, row)
	}
	return rows, nil
}
