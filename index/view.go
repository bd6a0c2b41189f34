package index

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"runtime"
	"slices"

	"github.com/RoaringBitmap/roaring/v2"
	"github.com/blevesearch/bleve/v2/index/scorch"
	"golang.org/x/sync/errgroup"
)

// view is a generation as one search sees it. Documents are numbered through
// its segments.
type view struct {
	*scorch.IndexSnapshot
	segments []segmentView
	count    float64 // of documents
}

// segmentView is one segment, whose documents count from 0.
type segmentView struct {
	*scorch.SegmentSnapshot
	n     int    // which of the view
	first uint32 // the number of its document 0 in the view
}

// view opens the generation for a search.
func (r *Reader) view() (*view, error) {
	snapshot, err := r.snapshot()
	if err != nil {
		return nil, err
	}
	inner, ok := snapshot.(*scorch.IndexSnapshot)
	if !ok {
		return nil, errors.Join(errors.New("open index: it has no segments"), snapshot.Close())
	}
	v := &view{IndexSnapshot: inner}
	first := uint64(0)
	for n, s := range inner.Segments() {
		v.segments = append(v.segments, segmentView{s, n, uint32(first)})
		first += s.Segment().Count()
	}
	count, err := inner.DocCount()
	if err != nil {
		return nil, errors.Join(fmt.Errorf("open index: %w", err), snapshot.Close())
	}
	v.count = float64(count)
	return v, nil
}

// each calls f with the segments, the largest first, so that nobody waits for
// one that began last.
func (v *view) each(ctx context.Context, path string, f func(context.Context, segmentView) error) error {
	segments := slices.SortedFunc(slices.Values(v.segments), func(a, b segmentView) int {
		return cmp.Compare(b.Segment().Count(), a.Segment().Count())
	})
	return inParallel(ctx, path, len(segments), func(ctx context.Context, n int) error { return f(ctx, segments[n]) })
}

// inParallel calls f with the numbers below n, with as many at a time as there
// are processors. A panic of the library over a damaged file in the index at path
// becomes ErrCorrupt.
func inParallel(ctx context.Context, path string, n int, f func(context.Context, int) error) error {
	workers, ctx := errgroup.WithContext(ctx)
	workers.SetLimit(runtime.GOMAXPROCS(0))
	for i := range n {
		workers.Go(func() (err error) {
			defer guard(path, &err)
			return errors.Join(ctx.Err(), f(ctx, i))
		})
	}
	return workers.Wait()
}

// all are the documents of a segment.
func (s segmentView) all() *roaring.Bitmap {
	docs := roaring.New()
	docs.AddRange(0, s.Segment().Count())
	if deleted := s.Deleted(); deleted != nil {
		docs.AndNot(deleted)
	}
	return docs
}
