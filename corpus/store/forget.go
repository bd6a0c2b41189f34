package store

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"

	"jianbao/corpus/table"
)

// Forget removes documents from all tables and from the quarantine, in one
// commit, and remembers their doc_ids: when they are crawled again they count as
// present and nothing of them is kept. The old files stay for the grace period.
// Those that were forgotten before are passed over. It fails with
// [ErrNoDocument] when one is not known, before anything is changed.
func (w *Writer) Forget(ctx context.Context, docIDs ...string) error {
	if w.broken != nil {
		return w.broken
	}
	if !w.pending.empty() {
		return errors.New("forget: documents wait for a commit")
	}
	gone := make(map[string]bool)
	for _, id := range docIDs {
		if len(id) != 32 || !w.known.isForgotten(id) && !w.known.hasDocument(id) && !w.quarantine.hasDocument(id) {
			return fmt.Errorf("forget %q: %w", id, ErrNoDocument)
		}
		if !w.known.isForgotten(id) {
			gone[id] = true
		}
	}
	if len(gone) == 0 {
		return nil
	}
	if err := w.forget(ctx, gone); err != nil {
		return fmt.Errorf("forget: %w", err)
	}
	return nil
}

func (w *Writer) forget(ctx context.Context, gone map[string]bool) error {
	rev := revision{forget: slices.Sorted(maps.Keys(gone))}
	for _, b := range w.manifest.Batches {
		held, err := w.holds(ctx, b, rev.forget)
		if err == nil && held {
			rev.retire = append(rev.retire, b)
			var rest Batch
			var some bool
			if rest, some, err = w.filtered(ctx, b, func(id string) bool { return !gone[id] }); some && err == nil {
				rev.add = append(rev.add, rest)
			}
		}
		if err != nil {
			return errors.Join(err, w.discard(rev.add))
		}
	}
	if err := w.revise(rev); err != nil {
		return err
	}
	w.known.forget(rev.forget)
	return w.quarantine.remove(rev.forget)
}

// holds reports whether some row of b belongs to one of the documents.
func (w *Writer) holds(ctx context.Context, b Batch, docIDs []string) (bool, error) {
	type key struct {
		DocID string `parquet:"doc_id"`
	}
	r := w.only(b)
	for _, name := range []string{table.Documents, table.Sightings} {
		if held, err := anyOf(Find[key](ctx, r, name, docIDs...)); held || err != nil {
			return held, err
		}
	}
	return false, nil
}
