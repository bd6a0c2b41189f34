package pipeline

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"runtime"
	"time"

	"golang.org/x/sync/errgroup"

	"jianbao/corpus"
	"jianbao/corpus/store"
	"jianbao/corpus/table"
	"jianbao/ingest"
)

// ReprocessOptions says what is made anew.
type ReprocessOptions struct {
	UpkeepOptions
	DryRun   bool                   // count what would be made anew, and change nothing
	Retry    bool                   // try all of the quarantine again, also what failed under this fingerprint
	Workers  int                    // default: one a processor
	Progress func(ReprocessSummary) // called after some documents, from one goroutine
}

// ReprocessSummary counts what was made anew, or would be.
type ReprocessSummary struct {
	RunID     string  `json:"run_id"`
	DryRun    bool    `json:"dry_run"`
	Batches   int     `json:"batches"`   // with documents of another fingerprint
	Read      int     `json:"read"`      // the sum of the next three
	Cleaned   int     `json:"cleaned"`   // through all stages, from the raw bytes
	Extracted int     `json:"extracted"` // counts only: body and edits stay
	Failed    int     `json:"failed"`    // keep their old rows
	Retried   int     `json:"retried"`   // of the quarantine
	Recovered int     `json:"recovered"` // of those: taken in
	Seconds   float64 `json:"seconds"`
}

// Reprocess puts the documents of a corpus that were made by another pipeline
// through p. Each batch is replaced in one commit; a run that was interrupted goes
// on where it stopped. Index and clusters follow at the end.
func (p *Pipeline) Reprocess(ctx context.Context, dir string, opts ReprocessOptions) (sum ReprocessSummary, err error) {
	start := time.Now()
	sum.RunID, sum.DryRun = opts.RunID, opts.DryRun
	defer func() { sum.Seconds = time.Since(start).Seconds() }()
	if opts.DryRun {
		return sum, p.foresee(ctx, dir, opts, &sum)
	}
	u, err := p.openUpkeep(ctx, dir, opts.UpkeepOptions)
	if err != nil {
		return sum, err
	}
	defer func() { err = errors.Join(err, u.close()) }()
	r, err := store.OpenReader(dir)
	if err != nil {
		return sum, err
	}
	re := &reprocess{upkeep: u, opts: opts, corpus: r, sum: &sum}
	for _, b := range p.outdated(r.Manifest()) {
		if err := re.batch(ctx, b); err != nil {
			return sum, err
		}
	}
	if err := re.retry(ctx); err != nil {
		return sum, err
	}
	return sum, u.derive(ctx)
}

// outdated are the batches with documents that another pipeline made.
func (p *Pipeline) outdated(m store.Manifest) (old []store.Batch) {
	for _, b := range m.Batches {
		if b.Fingerprint != p.fingerprint && b.Counts().Documents > 0 {
			old = append(old, b)
		}
	}
	return old
}

// foresee counts without a lock and without a change.
func (p *Pipeline) foresee(ctx context.Context, dir string, opts ReprocessOptions, sum *ReprocessSummary) error {
	r, err := store.OpenReader(dir)
	if err != nil {
		return err
	}
	for _, b := range p.outdated(r.Manifest()) {
		n := int(b.Counts().Documents)
		sum.Batches++
		sum.Read += n
		if b.PipelineVersion == Version {
			sum.Extracted += n
		} else {
			sum.Cleaned += n
		}
	}
	for _, err := range p.retryable(ctx, r, opts.Retry) {
		if err != nil {
			return err
		}
		sum.Retried++
	}
	return nil
}

// reprocess is the state of one run.
type reprocess struct {
	*upkeep
	opts   ReprocessOptions
	corpus *store.Reader // as it was when the run began
	sum    *ReprocessSummary
}

// renewal is a document on its way through the stages.
type renewal struct {
	row   table.Document
	edits []table.Edit
	doc   *corpus.Document
	err   error // why it keeps its old rows
}

// batch replaces the rows of one batch.
func (re *reprocess) batch(ctx context.Context, b store.Batch) error {
	rw := re.store.Rewrite(b)
	whole := b.PipelineVersion != Version
	for some, err := range re.portions(ctx, b, whole) {
		if err == nil {
			err = re.renew(ctx, some, whole)
		}
		if err == nil {
			err = re.keep(ctx, rw, some, whole)
		}
		if err != nil {
			return errors.Join(fmt.Errorf("reprocess batch %s: %w", b.ID, err), rw.Discard())
		}
	}
	if err := rw.Commit(ctx); err != nil {
		return err
	}
	re.sum.Batches++
	re.log.Info("reprocessed", "batch", b.ID, "documents", b.Counts().Documents, "whole", whole)
	return nil
}

// portionBytes bounds the texts that are worked on at a time.
const portionBytes = 8 << 20

// portions are the documents of a batch, some at a time; with their edits
// unless they go through all stages.
func (re *reprocess) portions(ctx context.Context, b store.Batch, whole bool) iter.Seq2[[]renewal, error] {
	return func(yield func([]renewal, error) bool) {
		var some []renewal
		bytes := 0
		for row, err := range store.BatchRows[table.Document](ctx, re.corpus, b, table.Documents) {
			if err != nil {
				yield(nil, err)
				return
			}
			some = append(some, renewal{row: row})
			if bytes += len(row.RawText) + len(row.Raw); len(some) < chunk && bytes < portionBytes {
				continue
			}
			if !yield(some, re.addEdits(ctx, b, some, whole)) {
				return
			}
			some, bytes = nil, 0
		}
		if len(some) > 0 {
			yield(some, re.addEdits(ctx, b, some, whole))
		}
	}
}

// addEdits fetches the edits of documents, which their table has in order.
func (re *reprocess) addEdits(ctx context.Context, b store.Batch, some []renewal, whole bool) error {
	if whole {
		return nil
	}
	at, ids := make(map[string]int, len(some)), make([]string, len(some))
	for i := range some {
		at[some[i].row.DocID], ids[i] = i, some[i].row.DocID
	}
	for e, err := range store.FindInBatch[table.Edit](ctx, re.corpus, b, table.Edits, ids...) {
		if err != nil {
			return err
		}
		r := &some[at[e.DocID]]
		r.edits = append(r.edits, e)
	}
	return nil
}

// renew puts documents through the stages, on all processors.
func (re *reprocess) renew(ctx context.Context, some []renewal, whole bool) error {
	group, ctx := errgroup.WithContext(ctx)
	workers := re.opts.Workers
	if workers <= 0 {
		workers = runtime.GOMAXPROCS(0)
	}
	group.SetLimit(workers)
	for i := range some {
		group.Go(func() error {
			if err := ctx.Err(); err != nil {
				return err
			}
			r := &some[i]
			if whole {
				r.doc, r.err = re.p.fromRaw(&r.row)
			} else if r.doc, r.err = table.ToDocument(&r.row, r.edits); r.err == nil {
				re.p.readAgain(r.doc)
			}
			return nil
		})
	}
	return group.Wait()
}

// fromRaw takes the raw bytes of a row through all stages.
func (p *Pipeline) fromRaw(row *table.Document) (*corpus.Document, error) {
	raw, err := table.ToRaw(row)
	if err != nil {
		return nil, err
	}
	if id := corpus.DocID(raw.Bytes); id != row.DocID {
		return nil, fmt.Errorf("its raw bytes are those of document %s", id)
	}
	return p.Document(raw)
}

// keep hands new rows to the store and counts.
func (re *reprocess) keep(ctx context.Context, rw *store.Rewrite, some []renewal, whole bool) error {
	for _, r := range some {
		re.sum.Read++
		switch {
		case r.err != nil:
			re.sum.Failed++
			re.log.Warn("keeps its old rows", "doc_id", r.row.DocID, "error", r.err)
			continue
		case whole:
			re.sum.Cleaned++
		default:
			re.sum.Extracted++
		}
		if err := rw.Add(ctx, r.doc, r.row.IngestedAt.Time()); err != nil {
			return err
		}
	}
	if re.opts.Progress != nil {
		re.opts.Progress(*re.sum)
	}
	return nil
}

// retryable are the entries of the quarantine that may fare better now.
func (p *Pipeline) retryable(ctx context.Context, r *store.Reader, all bool) iter.Seq2[store.Bad, error] {
	return func(yield func(store.Bad, error) bool) {
		for b, err := range r.Quarantine(ctx) {
			if err == nil && (!b.Retryable() || !all && b.Fingerprint == p.fingerprint) {
				continue
			}
			if !yield(b, err) {
				return
			}
		}
	}
}

// retry tries the quarantine again and commits what can be taken now.
func (re *reprocess) retry(ctx context.Context) error {
	for entry, err := range re.p.retryable(ctx, re.corpus, re.opts.Retry) {
		if err == nil {
			err = re.tryAgain(ctx, entry)
		}
		if err != nil {
			return fmt.Errorf("retry quarantine: %w", err)
		}
	}
	return re.store.Commit(ctx)
}

func (re *reprocess) tryAgain(ctx context.Context, entry store.Bad) error {
	bytes, err := re.corpus.BadRaw(entry)
	if err != nil {
		return err
	}
	re.sum.Retried++
	raw := entry.Input.Raw(bytes)
	raw.URI, raw.Container = entry.URI, entry.Container
	doc, err := re.p.Document(raw)
	var bad *ingest.Bad
	if errors.As(err, &bad) {
		again := entryOf(bad)
		again.Input, again.Container = entry.Input, entry.Container
		_, err = re.store.Quarantine(ctx, again)
		return err
	}
	if err != nil {
		return err
	}
	re.sum.Recovered++
	return re.store.Add(ctx, doc, corpus.Sighting{DocID: doc.ID, URI: entry.URI, Container: entry.Container, SeenAt: entry.At})
}
