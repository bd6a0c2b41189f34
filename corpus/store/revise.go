package store

import (
	"errors"
	"fmt"
	"path/filepath"
	"time"
)

// newBatch is a batch of the next manifest, still without content.
func (w *Writer) newBatch(version, fingerprint string) Batch {
	return Batch{
		ID:              newBatchID(w.manifest.Number + 1),
		RunID:           w.opts.RunID,
		PipelineVersion: version,
		Fingerprint:     fingerprint,
		CommittedAt:     time.Now().UTC(),
	}
}

// revise makes rev the next manifest, in one step, and sweeps what is retired
// for long enough. The added batches are whole and durable already. When the
// manifest cannot be written it is not known which one is there: the writer is
// broken then.
func (w *Writer) revise(rev revision) error {
	rev.grace = w.opts.Grace
	next := w.manifest.next(rev, time.Now().UTC())
	if err := next.write(w.disk, w.dir); err != nil {
		w.broken = fmt.Errorf("%w: %w", ErrBroken, err)
		return err
	}
	w.manifest = next
	return w.sweep()
}

// sweep removes what is not live and not within the grace that it was given
// when it was retired; all of it when this writer gives none.
func (w *Writer) sweep() (err error) {
	now := time.Now()
	if w.opts.Grace < 0 {
		now = now.AddDate(1000, 0, 0)
	}
	if w.manifest.Retired, err = sweepBatches(w.disk, w.dir, w.manifest, now); err != nil {
		return fmt.Errorf("sweep corpus: %w", err)
	}
	return nil
}

// discard removes batches that were written but not listed.
func (w *Writer) discard(batches []Batch) error {
	var errs []error
	for _, b := range batches {
		errs = append(errs, w.disk.RemoveAll(filepath.Join(w.dir, batchesDir, b.ID)))
	}
	return errors.Join(errs...)
}
