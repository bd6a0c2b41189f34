package index

import (
	"context"
	"errors"
	"fmt"
	"iter"

	"jianbao/index/query"
)

// Match yields the ids of all documents that match q, in no set order. It ranks
// nothing and holds one set of documents, not their ids, however many match. An
// error ends it.
func (r *Reader) Match(ctx context.Context, q query.Node) iter.Seq2[string, error] {
	return func(yield func(string, error) bool) {
		wanted := true
		err := r.eachMatch(ctx, q, func(id string) bool {
			wanted = yield(id, nil)
			return wanted
		})
		if err != nil && wanted {
			yield("", err)
		}
	}
}

// eachMatch calls f with ids until it returns false.
func (r *Reader) eachMatch(ctx context.Context, q query.Node, f func(string) bool) (err error) {
	v, m, err := r.prepare(ctx, q)
	if v != nil {
		defer func() { err = errors.Join(err, v.Close()) }()
	}
	if m == nil || err != nil {
		return errors.Join(err, ctx.Err())
	}
	for _, s := range v.segments {
		ids, err := r.ids(ctx, s, m)
		if err != nil {
			return err
		}
		for id, err := ids(); id != "" || err != nil; id, err = ids() {
			if err = errors.Join(err, ctx.Err()); err != nil {
				return err
			}
			if !f(id) {
				return nil
			}
		}
	}
	return nil
}

// prepare opens the generation and compiles q for it. The view is to be closed,
// also after an error, if there is one.
func (r *Reader) prepare(ctx context.Context, q query.Node) (v *view, m matcher, err error) {
	defer guard(r.path, &err)
	if v, err = r.view(); err != nil {
		return nil, nil, err
	}
	m, err = r.compile(ctx, v, q)
	return v, m, err
}

// ids returns a function that gives one id of a segment after the other, ""
// behind the last. Only the library is guarded, not who takes the ids.
func (r *Reader) ids(ctx context.Context, s segmentView, m matcher) (next func() (string, error), err error) {
	defer guard(r.path, &err)
	found, err := m.match(ctx, s, nil)
	if err != nil {
		return nil, fmt.Errorf("search: %w", err)
	}
	docs := found.docs.Iterator()
	return func() (id string, err error) {
		defer guard(r.path, &err)
		if !docs.HasNext() {
			return "", nil
		}
		b, err := s.Segment().DocID(uint64(docs.Next()))
		if err != nil {
			return "", fmt.Errorf("search: read id: %w", err)
		}
		return string(b), nil
	}, nil
}
