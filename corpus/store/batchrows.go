package store

import (
	"context"
	"iter"

	"jianbao/corpus/table"
)

// BatchRows yields the rows of a table in one batch. T is as in [Rows].
func BatchRows[T any](ctx context.Context, r *Reader, b Batch, name string) iter.Seq2[T, error] {
	return overBatches(ctx, r.only(b), name, table.ReadFile[T])
}

// FindInBatch is [Find] in one batch.
func FindInBatch[T any](ctx context.Context, r *Reader, b Batch, name string, docIDs ...string) iter.Seq2[T, error] {
	return Find[T](ctx, r.only(b), name, docIDs...)
}

// only is r with one batch.
func (r *Reader) only(b Batch) *Reader {
	return &Reader{dir: r.dir, manifest: Manifest{Batches: []Batch{b}}}
}

// only reads batches that are whole, listed or not.
func (w *Writer) only(batches ...Batch) *Reader {
	return &Reader{dir: w.dir, manifest: Manifest{Batches: batches}}
}

// Batches yields the batches to which the rows of the corpus say that they
// belong, by their batch_id: a live batch that was made of others stands for
// several.
func Batches(ctx context.Context, r *Reader) iter.Seq2[table.Batch, error] {
	return func(yield func(table.Batch, error) bool) {
		for _, b := range r.manifest.Batches {
			for row, err := range origins(ctx, r, b) {
				if !yield(row, err) || err != nil {
					return
				}
			}
		}
	}
}

// origins are the batches that b was made of, or b itself.
func origins(ctx context.Context, r *Reader, b Batch) iter.Seq2[table.Batch, error] {
	if _, ok := b.Files[table.Batches]; ok {
		return BatchRows[table.Batch](ctx, r, b, table.Batches)
	}
	return sorted([]table.Batch{b.Row()})
}

// BatchRowsWhere is [BatchRows] of the rows that belong to wanted documents.
func BatchRowsWhere[T any](ctx context.Context, r *Reader, b Batch, name string, wanted func(docID string) bool) iter.Seq2[T, error] {
	return overBatches(ctx, r.only(b), name, func(path string) iter.Seq2[T, error] { return table.WhereFile[T](path, wanted) })
}
