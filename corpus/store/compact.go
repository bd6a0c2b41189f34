package store

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"time"

	"jianbao/corpus/table"
)

// Merged is a batch that took the place of others.
type Merged struct {
	Batch Batch
	Of    []Batch
}

// roundBytes is how much is merged between two commits.
const roundBytes = 1 << 30

// Compact merges small batches into large ones. No row changes: it keeps the
// batch_id of the batch in which it was committed first, of which [Batches] knows.
// Each round is one commit, after which merged is called with what it did; nil is
// no function. When there is nothing to merge, no file changes. It fails with
// [ErrBroken] when documents are buffered.
func (w *Writer) Compact(ctx context.Context, opts CompactOptions, merged func([]Merged) error) error {
	if w.broken != nil {
		return w.broken
	}
	if !w.pending.empty() {
		return errors.New("compact: documents wait for a commit")
	}
	opts = opts.withDefaults()
	for {
		sets := opts.plan(w.manifest.Batches)
		if len(sets) == 0 {
			return nil
		}
		round, err := w.mergeRound(ctx, sets)
		if err != nil {
			return fmt.Errorf("compact: %w", err)
		}
		if merged == nil {
			continue
		}
		if err := merged(round); err != nil {
			return fmt.Errorf("after compaction: %w", err)
		}
	}
}

// mergeRound merges as many of sets as make one commit.
func (w *Writer) mergeRound(ctx context.Context, sets [][]Batch) ([]Merged, error) {
	var done []Merged
	var rev revision
	var size int64
	for _, set := range sets {
		b, err := w.mergeSet(ctx, set)
		if err != nil {
			return nil, errors.Join(err, w.discard(rev.add))
		}
		done = append(done, Merged{Batch: b, Of: set})
		rev.add, rev.retire = append(rev.add, b), append(rev.retire, set...)
		for _, part := range set {
			size += part.Bytes()
		}
		if size >= roundBytes {
			break
		}
	}
	return done, w.revise(rev)
}

// mergeSet writes the rows of a set of batches as one, not yet listed.
func (w *Writer) mergeSet(ctx context.Context, set []Batch) (Batch, error) {
	b := w.newBatch(set[0].PipelineVersion, set[0].Fingerprint)
	b.StartedAt = b.CommittedAt
	for _, part := range set {
		b.Content = max(b.Content, part.content())
	}
	r := w.only(set...)
	c := content{
		documents: mergeTable[table.Document](ctx, r, table.Documents),
		mentions:  mergeTable[table.Mention](ctx, r, table.Mentions),
		edits:     mergeTable[table.Edit](ctx, r, table.Edits),
		sentences: mergeTable[table.Sentence](ctx, r, table.Sentences),
		sightings: mergeTable[table.Sighting](ctx, r, table.Sightings),
		origins:   mergeOrigins(ctx, r),
	}
	if err := writeBatch(w.disk, w.dir, &b, c); err != nil {
		return Batch{}, err
	}
	b.CommittedAt = time.Now().UTC()
	var sum Counts
	for _, part := range set {
		sum = sum.add(part.Counts())
	}
	if b.Counts() != sum {
		return Batch{}, errors.Join(fmt.Errorf("%w: merged %+v, the manifest counts %+v", ErrDamaged, b.Counts(), sum), w.discard([]Batch{b}))
	}
	return b, nil
}

func mergeTable[T table.Row[T]](ctx context.Context, r *Reader, name string) iter.Seq2[T, error] {
	sources := make([]iter.Seq2[T, error], len(r.manifest.Batches))
	for i, b := range r.manifest.Batches {
		sources[i] = BatchRows[T](ctx, r, b, name)
	}
	return table.Merge(sources...)
}

func mergeOrigins(ctx context.Context, r *Reader) iter.Seq2[table.Batch, error] {
	sources := make([]iter.Seq2[table.Batch, error], len(r.manifest.Batches))
	for i, b := range r.manifest.Batches {
		sources[i] = origins(ctx, r, b)
	}
	return table.Merge(sources...)
}
