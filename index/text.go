package index

import (
	"context"
	"errors"
	"fmt"

	bleveindex "github.com/blevesearch/bleve_index_api"

	"jianbao/index/query"
)

// Text is the printed body of a document; "" when there is no such document or
// it was indexed without one.
func (r *Reader) Text(ctx context.Context, id string) (text string, err error) {
	defer guard(r.path, &err)
	if err := ctx.Err(); err != nil || r.packer == nil {
		return "", err
	}
	doc, err := r.idx.Document(id)
	if err != nil {
		return "", fmt.Errorf("read document %s: %w", id, err)
	}
	if doc == nil {
		return "", nil
	}
	doc.VisitFields(func(f bleveindex.Field) {
		if f.Name() == query.Text && err == nil {
			text, err = r.packer.unpack(f.Value())
		}
	})
	if err != nil {
		return "", fmt.Errorf("%s: document %s: %w", r.path, id, errors.Join(ErrCorrupt, err))
	}
	return text, nil
}
