package store

import (
	"context"
	"iter"

	"jianbao/corpus/table"
)

// Since is the batches that were committed after the manifest of that number.
// It reports false when that cannot be told from m alone, because batches were
// merged or removed meanwhile: what was derived then must be derived anew.
func (m Manifest) Since(number int64) ([]Batch, bool) {
	if number < 0 || number > m.Number || int64(len(m.Batches)) != m.Number {
		return nil, false
	}
	return m.Batches[number:], true
}

// BatchRows yields the rows of a table in one batch. T is as in [Rows].
func BatchRows[T any](ctx context.Context, r *Reader, b Batch, name string) iter.Seq2[T, error] {
	one := &Reader{dir: r.dir, manifest: Manifest{Batches: []Batch{b}}}
	return overBatches(ctx, one, name, table.ReadFile[T])
}
