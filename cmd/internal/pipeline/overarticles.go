package pipeline

import (
	"context"
	"errors"
	"iter"
	"runtime"

	"golang.org/x/sync/errgroup"

	"jianbao/corpus"
	"jianbao/corpus/store"
	"jianbao/corpus/table"
)

// article is what is read of an article whose words are counted.
type article struct {
	DocID     string       `parquet:"doc_id"`
	Published *corpus.Date `parquet:"published,date"`
	Source    string       `parquet:"source"`
	Text      string       `parquet:"text"`
}

const (
	ahead  = 4  // handfuls of a batch that wait for those before them
	handed = 64 // rows in a handful
)

// errEnough ends a walk over rows early.
var errEnough = errors.New("enough")

// overArticles calls work with the articles whose doc_id is wanted, on all
// processors, a batch each, and emit with what it returns in the order of the
// tables. When emit reports false it ends.
func overArticles[T any](ctx context.Context, r *store.Reader, wanted func(docID string) bool, work func(*article) T, emit func(T) (more bool, err error)) error {
	rows := func(ctx context.Context, b store.Batch) iter.Seq2[article, error] {
		return store.BatchRowsWhere[article](ctx, r, b, table.Documents, wanted)
	}
	return overBatches(ctx, r, rows, func(a *article) (T, bool) { return work(a), true }, emit)
}

// overBatches calls work with the rows of each batch, on all processors, a batch
// each, and emit with what it returns, unless it reports false, in the order of
// the tables. When emit reports false it ends.
func overBatches[R, T any](ctx context.Context, r *store.Reader, rows func(context.Context, store.Batch) iter.Seq2[R, error], work func(*R) (x T, ok bool), emit func(T) (more bool, err error)) error {
	group, ctx := errgroup.WithContext(ctx)
	type job struct {
		batch store.Batch
		out   chan []T
	}
	jobs := make(chan job)
	order := make(chan chan []T, runtime.GOMAXPROCS(0))
	group.Go(func() error {
		defer close(jobs)
		defer close(order)
		for _, b := range r.Manifest().Batches {
			if j := (job{b, make(chan []T, ahead)}); !offer(ctx, order, j.out) || !offer(ctx, jobs, j) {
				return ctx.Err()
			}
		}
		return nil
	})
	for range runtime.GOMAXPROCS(0) {
		group.Go(func() error {
			for j := range jobs {
				if err := overBatch(ctx, rows(ctx, j.batch), work, j.out); err != nil {
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

// overBatch sends what work makes of the rows of a batch. Of a batch that failed
// the channel stays open: nothing that was not read is taken for read.
func overBatch[R, T any](ctx context.Context, rows iter.Seq2[R, error], work func(*R) (T, bool), out chan<- []T) error {
	var some []T
	for row, err := range rows {
		if err != nil {
			return err
		}
		x, ok := work(&row)
		if !ok {
			continue
		}
		if some = append(some, x); len(some) == handed {
			if !offer(ctx, out, some) {
				return ctx.Err()
			}
			some = make([]T, 0, handed)
		}
	}
	if len(some) > 0 && !offer(ctx, out, some) {
		return ctx.Err()
	}
	close(out)
	return nil
}

// drain empties one channel after the other.
func drain[T any](ctx context.Context, order <-chan chan []T, emit func(T) (bool, error)) error {
	for {
		out, ok, err := receive(ctx, order)
		if !ok || err != nil {
			return err
		}
		for {
			some, ok, err := receive(ctx, out)
			if err != nil {
				return err
			}
			if !ok {
				break
			}
			if err := emitAll(some, emit); err != nil {
				return err
			}
		}
	}
}

// receive is the next of a channel; false when that was closed. The error is
// that of ctx.
func receive[T any](ctx context.Context, from <-chan T) (x T, ok bool, err error) {
	select {
	case x, ok = <-from:
		return x, ok, ctx.Err()
	case <-ctx.Done():
		return x, false, ctx.Err()
	}
}
