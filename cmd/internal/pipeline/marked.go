package pipeline

import (
	"context"
	"errors"
	"strings"

	"jianbao/corpus"
	"jianbao/index"
	"jianbao/index/query"
)

// Marked is an article with what a query finds in it.
type Marked struct {
	Shown
	Hits []corpus.Span // in bytes of the printed text
}

// ShowMarked reads an article and marks what a query finds in it; an empty query
// marks nothing. It fails with a *query.SyntaxError or store.ErrNoDocument.
func (c *Corpus) ShowMarked(ctx context.Context, docID, text string) (m Marked, err error) {
	var marked query.Node
	if strings.TrimSpace(text) != "" {
		if marked, err = query.Parse(text, c.p.categories...); err != nil {
			return m, err
		}
	}
	if m.Shown, err = c.Show(ctx, docID); err != nil || marked == nil {
		return m, err
	}
	m.Hits, err = c.hits(marked, m.Document.Text)
	return m, err
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
	spans := idx.Highlighter(withSynonyms(marked)).Spans(query.Text, folded, text)
	for i, s := range spans {
		spans[i] = inText.Bytes(inFolded.Range(s))
	}
	return spans, nil
}
