package cluster

import (
	"context"
	"fmt"
	"io"
	"iter"
	"math"
)

// MergeRuns writes one run with the documents of those at paths. It opens all of
// them at once and holds their documents, 36 bytes each, in memory.
func MergeRuns(ctx context.Context, w io.Writer, paths []string) error {
	runs, docs, err := openRuns(paths)
	defer closeRuns(runs)
	if err != nil {
		return err
	}
	var records int64
	for _, r := range runs {
		records += r.records
	}
	return writeRun(w, docs, records, cancellable(ctx, mergeRuns(runs)))
}

// mergeRuns yields the records of all runs; documents are numbered on from run to
// run.
func mergeRuns(runs []*run) iter.Seq2[record, error] {
	readers := make([]*recordReader, len(runs))
	var base int64
	for i, r := range runs {
		readers[i] = r.reader(uint32(base))
		base += r.nDocs
	}
	return merge(readers)
}

// openRuns opens all runs and reads their documents. What it opened is returned
// with an error too.
func openRuns(paths []string) (runs []*run, docs []doc, err error) {
	var total int64
	for _, path := range paths {
		r, err := openRun(path)
		if err != nil {
			return runs, nil, err
		}
		runs = append(runs, r)
		total += r.nDocs
	}
	if total > math.MaxInt32 {
		return runs, nil, fmt.Errorf("%d documents are more than can be grouped", total)
	}
	docs = make([]doc, 0, total)
	for _, r := range runs {
		if docs, err = r.appendDocs(docs); err != nil {
			return runs, nil, err
		}
	}
	return runs, docs, nil
}

func closeRuns(runs []*run) {
	for _, r := range runs {
		r.f.Close()
	}
}

// cancellable ends a sequence with the error of ctx.
func cancellable[T any](ctx context.Context, in iter.Seq2[T, error]) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		n := 0
		for v, err := range in {
			if n%4096 == 0 && err == nil {
				err = ctx.Err()
			}
			n++
			if !yield(v, err) || err != nil {
				return
			}
		}
	}
}

// values yields the elements of s without an error.
func values[T any](s []T) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		for _, v := range s {
			if !yield(v, nil) {
				return
			}
		}
	}
}
