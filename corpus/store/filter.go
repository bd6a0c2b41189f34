package store

import (
	"context"
	"iter"
	"time"

	"jianbao/corpus/table"
)

// filtered writes the rows of b whose doc_id is kept as a batch of its own, not
// yet listed. They keep their batch_id. It reports false when there are none;
// then nothing is written.
func (w *Writer) filtered(ctx context.Context, b Batch, keep func(docID string) bool) (Batch, bool, error) {
	r := w.only(b)
	c := content{
		documents: kept(Rows[table.Document](ctx, r, table.Documents), keep, func(d *table.Document) string { return d.DocID }),
		mentions:  kept(Rows[table.Mention](ctx, r, table.Mentions), keep, func(m *table.Mention) string { return m.DocID }),
		edits:     kept(Rows[table.Edit](ctx, r, table.Edits), keep, func(e *table.Edit) string { return e.DocID }),
		sentences: kept(Rows[table.Sentence](ctx, r, table.Sentences), keep, func(s *table.Sentence) string { return s.DocID }),
		sightings: kept(Rows[table.Sighting](ctx, r, table.Sightings), keep, func(s *table.Sighting) string { return s.DocID }),
		origins:   origins(ctx, r, b),
	}
	some, err := anyOf(c.sightings)
	if err == nil && !some {
		some, err = anyOf(c.documents)
	}
	if err != nil || !some {
		return Batch{}, false, err
	}
	rest := w.newBatch(b.PipelineVersion, b.Fingerprint)
	rest.StartedAt, rest.Content = rest.CommittedAt, b.content()
	err = writeBatch(w.disk, w.dir, &rest, c)
	rest.CommittedAt = time.Now().UTC()
	return rest, true, err
}

// kept are the rows whose document is kept.
func kept[T any](rows iter.Seq2[T, error], keep func(docID string) bool, docID func(*T) string) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		for row, err := range rows {
			if err == nil && !keep(docID(&row)) {
				continue
			}
			if !yield(row, err) {
				return
			}
		}
	}
}

// anyOf reports whether there is a row.
func anyOf[T any](rows iter.Seq2[T, error]) (bool, error) {
	for _, err := range rows {
		return err == nil, err
	}
	return false, nil
}
