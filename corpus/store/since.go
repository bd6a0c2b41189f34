package store

import (
	"context"
	"iter"

	"jianbao/corpus/table"
)

// Content is the number of the last manifest that changed what the corpus
// holds. Those after it only laid the same rows out in other batches: what was
// derived from Content or later needs nothing.
func (m Manifest) Content() (n int64) {
	for _, b := range m.Batches {
		n = max(n, b.content())
	}
	for _, f := range m.Forgotten {
		n = max(n, f.Number)
	}
	return n
}

// Changes are what happened to the documents of a corpus.
type Changes struct {
	Batches []Batch  // that hold new or changed documents, perhaps beside others
	Removed []string // doc_ids
}

// Since is what changed after the manifest of that number. It reports false
// when m is older than that: what was derived then must be derived anew.
func (m Manifest) Since(number int64) (c Changes, ok bool) {
	if number < 0 || number > m.Number {
		return Changes{}, false
	}
	for _, b := range m.Batches {
		if b.content() > number {
			c.Batches = append(c.Batches, b)
		}
	}
	for _, f := range m.Forgotten {
		if f.Number > number {
			c.Removed = append(c.Removed, f.DocID)
		}
	}
	return c, true
}

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
