package pipeline

import (
	"context"
	"fmt"

	"jianbao/corpus"
	"jianbao/corpus/concordance"
	"jianbao/index"
	"jianbao/index/query"
)

// hitFinder finds the lines of one article after the other. It may be used from
// several goroutines at once.
type hitFinder struct {
	idx    *index.Reader
	marker *index.Highlighter
	opts   KWICOptions
}

// lines are those of an article, whose text the index keeps. Words are cut
// around its hits alone: as many as the window shows, and those of the piece for
// the order.
func (f *hitFinder) lines(ctx context.Context, id articleID) ([]concordance.Line, error) {
	a, err := f.idx.Stored(ctx, id.String())
	if err != nil {
		return nil, fmt.Errorf("read hits: %w", err)
	}
	t := &concordance.Text{DocID: a.ID, Title: a.Title, Source: a.Source, Published: a.Published, Printed: a.Text, Folded: fold(a.Text)}
	beside := 0
	if f.opts.Window.Words {
		beside = f.opts.Window.Size
	}
	var spans []corpus.Span
	spans, t.Tokens = f.marker.Around(query.Text, t.Folded, t.Printed, beside)
	return concordance.Cut(t, spans, f.opts.Window, f.opts.Lines.Order), nil
}
