package pipeline

import (
	"context"
	"errors"
	"runtime"

	"golang.org/x/sync/errgroup"

	"jianbao/corpus"
	"jianbao/corpus/store"
	"jianbao/corpus/table"
)

// article is what is read of an article whose words are looked at.
type article struct {
	DocID              string           `parquet:"doc_id"`
	Title              string           `parquet:"title"`
	Source             string           `parquet:"source"`
	Published          *corpus.Date     `parquet:"published,date"`
	PublishedAt        *table.Timestamp `parquet:"published_at,timestamp(microsecond:utc)"`
	PublishedPrecision string           `parquet:"published_precision"`
	Text               string           `parquet:"text"`
}

// published is the day or the moment as text, empty when unknown.
func (a *article) published() string {
	d := table.Document{Published: a.Published, PublishedAt: a.PublishedAt, PublishedPrecision: a.PublishedPrecision}
	return d.Moment().String()
}

// ahead is how many articles of a batch wait for those before them.
const ahead = 256

// errEnough ends a walk over articles early.
var errEnough = errors.New("enough")

// overArticles calls work with the articles whose doc_id is wanted, on all
// processors, a batch each, and emit with what it returns in the order of the
// tables. When emit reports false it ends.
func overArticles[T any](ctx context.Context, r *store.Reader, wanted func(docID string) bool, work func(*article) T, emit func(T) (more bool, err error)) error {
	group, ctx := errgroup.WithContext(ctx)
	type job struct {
		batch store.Batch
		out   chan T
	}
	jobs := make(chan job)
	order := make(chan chan T, runtime.GOMAXPROCS(0))
	group.Go(func() error {
		defer close(jobs)
		defer close(order)
		for _, b := range r.Manifest().Batches {
			j := job{b, make(chan T, ahead)}
			for _, send := range []func() bool{
				func() bool { return offer(ctx, order, j.out) },
				func() bool { return offer(ctx, jobs, j) },
			} {
				if !send() {
					return ctx.Err()
				}
			}
		}
		return nil
	})
	for range runtime.GOMAXPROCS(0) {
		group.Go(func() error {
			for j := range jobs {
				if err := overBatch(ctx, r, j.batch, wanted, work, j.out); err != nil {
					return err
				}
			}
			return nil
		})
	}
	group.Go(func() error { return drain(ctx, order, emit) })
	if err := group.Wait(); !errors.Is(err, errEnough) {
		return err
	}
	return nil
}

// offer sends x unless ctx ends before.
func offer[T any](ctx context.Context, to chan<- T, x T) bool {
	select {
	case to <- x:
		return true
	case <-ctx.Done():
		return false
	}
}

// overBatch sends what work makes of the articles of a batch. Of a batch that
// failed the channel stays open: nothing that was not read is taken for read.
func overBatch[T any](ctx context.Context, r *store.Reader, b store.Batch, wanted func(string) bool, work func(*article) T, out chan<- T) error {
	for a, err := range store.BatchRowsWhere[article](ctx, r, b, table.Documents, wanted) {
		if err != nil {
			return err
		}
		if !offer(ctx, out, work(&a)) {
			return ctx.Err()
		}
	}
	close(out)
	return nil
}

// drain empties one channel after the other.
func drain[T any](ctx context.Context, order <-chan chan T, emit func(T) (bool, error)) error {
	for {
		var out chan T
		select {
		case next, ok := <-order:
			if !ok {
				return ctx.Err()
			}
			out = next
		case <-ctx.Done():
			return ctx.Err()
		}
		for open := true; open; {
			var x T
			select {
			case x, open = <-out:
			case <-ctx.Done():
				return ctx.Err()
			}
			if !open {
				break
			}
			more, err := emit(x)
			if err != nil {
				return err
			}
			if !more {
				return errEnough
			}
		}
	}
}
