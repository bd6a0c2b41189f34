package pipeline

import (
	"context"
	"errors"
	"iter"
	"runtime"

	"golang.org/x/sync/errgroup"

	"jianbao/corpus"
	"jianbao/ingest"
)

// Result is one document that went through the stages. Doc is nil when it was
// passed over or when Bad says why it could not be taken.
type Result struct {
	Raw *corpus.Raw // nil when Bad comes from reading
	Doc *corpus.Document
	Bad *ingest.Bad
}

// Each takes a stream of documents through the stages, on all processors, and
// calls emit with the results in the order in which the documents were read.
// It ends with the first error of the stream or of emit.
func (p *Pipeline) Each(ctx context.Context, docs iter.Seq2[*corpus.Raw, error], emit func(Result) error) error {
	return p.each(ctx, docs, 0, func(*corpus.Raw) bool { return false }, emit)
}

// job is a result that a worker still has to fill in.
type job struct {
	Result
	done chan struct{}
}

// each is Each with a number of workers (0 is one a processor) and documents
// that are passed over.
func (p *Pipeline) each(ctx context.Context, docs iter.Seq2[*corpus.Raw, error], workers int, skip func(*corpus.Raw) bool, emit func(Result) error) error {
	if workers == 0 {
		workers = runtime.GOMAXPROCS(0)
	}
	group, ctx := errgroup.WithContext(ctx)
	work, order := make(chan *job), make(chan *job, 4*workers)
	group.Go(func() error {
		defer close(work)
		defer close(order)
		return feed(ctx, docs, skip, work, order)
	})
	for range workers {
		group.Go(func() error {
			for j := range work {
				doc, err := p.Document(j.Raw)
				if !errors.As(err, &j.Bad) && err != nil {
					return err
				}
				j.Doc = doc
				close(j.done)
			}
			return nil
		})
	}
	group.Go(func() error {
		for j := range order {
			select {
			case <-j.done:
			case <-ctx.Done():
				return ctx.Err()
			}
			if err := emit(j.Result); err != nil {
				return err
			}
		}
		return nil
	})
	return group.Wait()
}

// feed hands out documents twice: to the collector, which keeps their order,
// and to the workers, unless there is nothing to do for them.
func feed(ctx context.Context, docs iter.Seq2[*corpus.Raw, error], skip func(*corpus.Raw) bool, work, order chan<- *job) error {
	for raw, err := range docs {
		j := &job{Result: Result{Raw: raw}, done: make(chan struct{})}
		if err != nil && !errors.As(err, &j.Bad) {
			return err
		}
		idle := j.Bad != nil || skip(raw)
		if idle {
			close(j.done)
		}
		select {
		case order <- j:
		case <-ctx.Done():
			return ctx.Err()
		}
		if idle {
			continue
		}
		select {
		case work <- j:
		case <-ctx.Done():
			return ctx.Err()
		}
	}
	return nil
}
