package pipeline

import (
	"context"
	"errors"
	"runtime"

	"golang.org/x/sync/errgroup"
)

// maxRun is up to how many of many items are handed to a worker at once.
const maxRun = 32

// inOrder calls work with the items, on all processors, and emit with what it
// returns in the order of the items. When emit reports false it ends.
func inOrder[J, T any](ctx context.Context, items []J, work func(context.Context, J) (T, error), emit func(T) (more bool, err error)) error {
	type job struct {
		items []J
		done  chan []T // holds one
	}
	workers := runtime.GOMAXPROCS(0)
	group, ctx := errgroup.WithContext(ctx)
	jobs, order := make(chan job), make(chan (<-chan []T), 4*workers)
	group.Go(func() error {
		defer close(jobs)
		defer close(order)
		n := max(1, min(maxRun, len(items)/(8*workers)))
		for len(items) > 0 {
			n := min(n, len(items))
			j := job{items[:n], make(chan []T, 1)}
			if items = items[n:]; !offer(ctx, order, (<-chan []T)(j.done)) || !offer(ctx, jobs, j) {
				return ctx.Err()
			}
		}
		return nil
	})
	for range workers {
		group.Go(func() error {
			for j := range jobs {
				out := make([]T, len(j.items))
				for i, item := range j.items {
					var err error
					if out[i], err = work(ctx, item); err != nil {
						return err
					}
				}
				j.done <- out
			}
			return nil
		})
	}
	group.Go(func() error {
		for done := range order {
			select {
			case out := <-done:
				if err := emitAll(out, emit); err != nil {
					return err
				}
			case <-ctx.Done():
				return ctx.Err()
			}
		}
		return ctx.Err()
	})
	if err := group.Wait(); !errors.Is(err, errEnough) {
		return err
	}
	return nil
}

// emitAll calls emit with each of some results; errEnough when it reports false.
func emitAll[T any](out []T, emit func(T) (more bool, err error)) error {
	for _, x := range out {
		more, err := emit(x)
		if err != nil {
			return err
		}
		if !more {
			return errEnough
		}
	}
	return nil
}
