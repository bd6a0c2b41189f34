package index

import (
	"context"
	"errors"
	"fmt"

	bleveindex "github.com/blevesearch/bleve_index_api"

	"jianbao/index/query"
)

// Stored is what the index keeps of a document besides its words.
type Stored struct {
	ID        string
	Title     string // as printed
	Source    string // as printed
	Published string // 2020-03-20 or 2020-03-20T10:52:00+08:00; empty when unknown
	Text      string // the body as printed; "" when it was indexed without

	body keptReader // behind the text
}

// Mentions are the counts in the document, with folded texts. It fails with
// ErrCorrupt.
func (s Stored) Mentions() ([]Mention, error) {
	mentions, err := s.body.mentions()
	if err != nil {
		return nil, fmt.Errorf("document %s: %w", s.ID, errors.Join(ErrCorrupt, err))
	}
	return mentions, nil
}

// Stored reads a document. One that is not there has nothing but its id.
func (r *Reader) Stored(ctx context.Context, id string) (s Stored, err error) {
	defer guard(r.path, &err)
	s.ID = id
	if err := ctx.Err(); err != nil {
		return s, err
	}
	doc, err := r.idx.Document(id)
	if err != nil {
		return s, fmt.Errorf("read document %s: %w", id, err)
	}
	if doc == nil {
		return s, nil
	}
	doc.VisitFields(func(f bleveindex.Field) {
		switch f.Name() {
		case query.Title:
			s.Title = string(f.Value())
		case query.Source:
			s.Source = string(f.Value())
		case query.Published:
			s.Published = string(f.Value())
		case query.Text:
			if r.packer != nil {
				s.body.rest, err = r.packer.unpack(f.Value())
				s.Text = s.body.text()
				err = errors.Join(err, s.body.err)
			}
		}
	})
	if err != nil {
		return s, fmt.Errorf("%s: document %s: %w", r.path, id, errors.Join(ErrCorrupt, err))
	}
	return s, nil
}
