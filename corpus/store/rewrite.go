package store

import (
	"context"
	"errors"
	"fmt"
	"time"

	"jianbao/corpus"
	"jianbao/corpus/table"
)

// Rewrite puts what a newer pipeline makes of the documents of one batch in
// their place:
//
//	rw := w.Rewrite(batch)
//	err := rw.Add(ctx, doc, row.IngestedAt.Time()) // for each that was made anew
//	err = rw.Commit(ctx)                           // or rw.Discard()
//
// Documents that are not added keep their rows, their batch_id and the
// fingerprint of their batch. Sightings stay as they are.
type Rewrite struct {
	w       *Writer
	old     Batch
	pending pending
	done    map[string]bool // doc_ids that were added
	made    []Batch         // written, not listed
}

// Rewrite begins the replacement of a live batch. Nothing else may be committed
// until it ends.
func (w *Writer) Rewrite(b Batch) *Rewrite {
	return &Rewrite{w: w, old: b, done: make(map[string]bool)}
}

// Add gives the new form of a document of the batch, which was ingested at that
// time. Do not change d afterwards.
func (r *Rewrite) Add(ctx context.Context, d *corpus.Document, ingestedAt time.Time) error {
	if r.w.broken != nil {
		return r.w.broken
	}
	if r.done[d.ID] || !r.w.Has(d.ID) {
		return fmt.Errorf("rewrite batch %s: document %q is not in it, or comes twice", r.old.ID, d.ID)
	}
	r.done[d.ID] = true
	r.w.known.addDocument(d.ID, d.TextSHA256)
	r.pending.addDocument(d)
	r.pending.ingestedAt(d.ID, ingestedAt)
	if len(r.pending.documents) < r.w.opts.BatchDocuments && r.pending.bytes < r.w.opts.BatchBytes {
		return nil
	}
	return r.flush(ctx)
}

// flush writes what is buffered as a batch with the sightings of its documents.
func (r *Rewrite) flush(ctx context.Context) error {
	if len(r.pending.documents) == 0 {
		return nil
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	w := r.w
	b := w.newBatch(w.opts.PipelineVersion, w.opts.Fingerprint)
	b.StartedAt = r.pending.started
	meta := table.Meta{BatchID: b.ID, PipelineVersion: b.PipelineVersion, IngestedAt: b.CommittedAt, Fold: w.opts.Fold}
	ids := r.pending.ids() // they are all that stays of the documents
	c := r.pending.content(meta)
	c.sightings = Find[table.Sighting](ctx, w.only(r.old), table.Sightings, ids...)
	if err := writeBatch(w.disk, w.dir, &b, c); err != nil {
		return fmt.Errorf("rewrite batch %s: %w", r.old.ID, err)
	}
	r.made = append(r.made, b)
	r.pending = pending{}
	return nil
}

// Commit makes the new rows part of the corpus in place of the old ones, in one
// step. When nothing was added no file changes. After an error the old batch
// stays.
func (r *Rewrite) Commit(ctx context.Context) error {
	if r.w.broken != nil {
		return r.w.broken
	}
	if len(r.done) == 0 {
		return nil
	}
	if err := r.commit(ctx); err != nil {
		if r.w.broken != nil { // which manifest is there is not known: the next writer sweeps
			return fmt.Errorf("rewrite batch %s: %w", r.old.ID, err)
		}
		return errors.Join(fmt.Errorf("rewrite batch %s: %w", r.old.ID, err), r.Discard())
	}
	return nil
}

func (r *Rewrite) commit(ctx context.Context) error {
	if err := r.flush(ctx); err != nil {
		return err
	}
	rest, some, err := r.w.filtered(ctx, r.old, func(id string) bool { return !r.done[id] })
	if err != nil {
		return err
	}
	if some {
		r.made = append(r.made, rest)
	}
	if err := r.check(); err != nil {
		return err
	}
	err = r.w.revise(revision{add: r.made, retire: []Batch{r.old}})
	if err == nil {
		r.made = nil
	}
	return err
}

// check wants each document and each sighting of the old batch in the new ones.
func (r *Rewrite) check() error {
	var sum Counts
	for _, b := range r.made {
		sum = sum.add(b.Counts())
	}
	old := r.old.Counts()
	if sum.Documents != old.Documents || sum.Sightings != old.Sightings {
		return fmt.Errorf("%d documents with %d sightings take the place of %d with %d", sum.Documents, sum.Sightings, old.Documents, old.Sightings)
	}
	return nil
}

// Discard removes what was written and not committed.
func (r *Rewrite) Discard() error {
	made := r.made
	r.made, r.pending, r.done = nil, pending{}, nil
	return r.w.discard(made)
}
