package pipeline

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"iter"
	"log/slog"
	"time"

	"jianbao/corpus"
	"jianbao/corpus/store"
	"jianbao/ingest"
)

// IngestOptions says how documents are taken in. The zero value has the
// defaults of corpus/store.
type IngestOptions struct {
	RunID          string
	BatchDocuments int
	BatchBytes     int64
	Workers        int // default: one a processor
	Fan            int // merge where so many batches of about one size are; 0 means 16, negative never
	Log            *slog.Logger
	Progress       func(Summary) // called after each document, from one goroutine
}

// Summary counts what a run did. Read is always the sum of Committed, Present
// and Quarantined.
type Summary struct {
	RunID       string  `json:"run_id"`
	Batches     int     `json:"batches"`
	Read        int     `json:"read"`
	Committed   int     `json:"committed"`
	Present     int     `json:"present"`     // were in the corpus already
	Duplicate   int     `json:"duplicate"`   // of the committed: reprints as known then
	Quarantined int     `json:"quarantined"` // not taken, now or before
	Seconds     float64 `json:"seconds"`

	NewlyQuarantined int `json:"-"`
	Unreadable       int `json:"-"` // of the quarantined: the system gave no bytes to keep
}

// Ingest takes a stream of documents into the corpus in dir, which is made if
// there is none. When it fails or is interrupted, every committed batch stays;
// the summary counts what became part of the corpus.
func (p *Pipeline) Ingest(ctx context.Context, dir string, docs iter.Seq2[*corpus.Raw, error], opts IngestOptions) (sum Summary, err error) {
	start := time.Now()
	if opts.Log == nil {
		opts.Log = slog.New(slog.DiscardHandler)
	}
	docs, stop, err := begun(docs)
	defer stop()
	if err != nil {
		return sum, err
	}
	in := &intake{p: p, opts: opts, sum: Summary{RunID: opts.RunID}}
	defer func() {
		in.sum.Seconds = time.Since(start).Seconds()
		sum = in.sum
	}()
	in.store, err = store.OpenWriter(ctx, dir, store.WriterOptions{
		RunID: opts.RunID, PipelineVersion: Version, Fingerprint: p.fingerprint, Fold: fold,
		BatchDocuments: opts.BatchDocuments, BatchBytes: opts.BatchBytes,
		OnCommit: in.committed,
	})
	if err != nil {
		return sum, err
	}
	defer func() { err = errors.Join(err, in.store.Close()) }()
	in.grouper = &grouper{corpus: dir, store: in.store, log: opts.Log}
	in.indexer = newIndexer(dir, p, opts.Log)
	defer func() { err = errors.Join(err, in.indexer.close()) }()
	if err := in.indexer.catchUp(ctx); err != nil {
		return sum, err
	}
	known := func(raw *corpus.Raw) bool { return in.store.Has(corpus.DocID(raw.Bytes)) }
	take := func(r Result) error {
		if err := in.take(ctx, r); err != nil {
			return err
		}
		return in.tidy(ctx)
	}
	err = p.each(ctx, docs, opts.Workers, known, take)
	// What was read is kept, also when the run was interrupted.
	commit := in.store.Commit(context.WithoutCancel(ctx))
	if commit != nil {
		in.discount()
	}
	if err != nil || commit != nil {
		return sum, errors.Join(err, commit)
	}
	if err := in.tidy(ctx); err != nil {
		return sum, err
	}
	if err := in.grouper.catchUp(ctx); err != nil {
		return sum, err
	}
	return sum, in.indexer.saveReprints(ctx, in.store)
}

// begun reads ahead to the first document: when there is none to be had, that
// is known before a corpus is made or opened. The sequence that it returns
// begins with that document; stop lets go of it.
func begun(docs iter.Seq2[*corpus.Raw, error]) (_ iter.Seq2[*corpus.Raw, error], stop func(), _ error) {
	next, stop := iter.Pull2(docs)
	raw, err, ok := next()
	var bad *ingest.Bad
	if err != nil && !errors.As(err, &bad) {
		return nil, stop, err
	}
	return func(yield func(*corpus.Raw, error) bool) {
		for ok && yield(raw, err) {
			raw, err, ok = next()
		}
	}, stop, nil
}

// intake is the state of one run.
type intake struct {
	p       *Pipeline
	opts    IngestOptions
	store   *store.Writer
	indexer *indexer
	grouper *grouper
	sum     Summary
	safe    Summary // as of the last commit
	tidied  int     // batches that were there when the corpus was tidied last
}

// defaultFan is small enough for a manifest that is short, and large enough
// that a row is written anew only some times in the life of a corpus.
const defaultFan = 16

// tidy merges small batches once there are many, after a commit.
func (in *intake) tidy(ctx context.Context) error {
	if in.opts.Fan < 0 || in.tidied == in.sum.Batches {
		return nil
	}
	in.tidied = in.sum.Batches
	return in.store.Compact(ctx, store.CompactOptions{Fan: cmp.Or(in.opts.Fan, defaultFan)}, in.grouper.merged(ctx))
}

// discount takes back what was counted as committed when its commit failed.
func (in *intake) discount() {
	in.sum.Read -= in.sum.Committed - in.safe.Committed
	in.sum.Committed, in.sum.Duplicate = in.safe.Committed, in.safe.Duplicate
}

// take stores one result.
func (in *intake) take(ctx context.Context, r Result) error {
	in.sum.Read++
	defer func() {
		if in.opts.Progress != nil {
			in.opts.Progress(in.sum)
		}
	}()
	if r.Bad != nil {
		return in.quarantine(ctx, r)
	}
	seen := corpus.Sighting{
		DocID: corpus.DocID(r.Raw.Bytes), URI: r.Raw.URI, FetchedAt: r.Raw.FetchedAt,
		Container: r.Raw.Container, ContainerOffset: r.Raw.ContainerOffset, SeenAt: time.Now().UTC(),
	}
	if r.Doc == nil || in.store.Has(r.Doc.ID) {
		in.sum.Present++
		return in.store.Sight(ctx, seen)
	}
	in.sum.Committed++
	if in.store.HasText(r.Doc.TextSHA256) {
		in.sum.Duplicate++
	}
	return in.store.Add(ctx, r.Doc, seen)
}

func (in *intake) quarantine(ctx context.Context, r Result) error {
	in.sum.Quarantined++
	bad := r.Bad
	if bad.Reason == ingest.Unreadable {
		in.sum.Unreadable++
		in.opts.Log.Error("cannot read", "uri", bad.URI, "error", bad.Err)
		return nil
	}
	entry := entryOf(bad)
	if r.Raw != nil {
		entry.Input, entry.Container = r.Raw.Input(), r.Raw.Container
	}
	isNew, err := in.store.Quarantine(ctx, entry)
	if err != nil {
		return fmt.Errorf("quarantine %s: %w", bad.URI, err)
	}
	if isNew {
		in.sum.NewlyQuarantined++
		in.opts.Log.Warn("quarantined", "uri", bad.URI, "stage", bad.Stage, "reason", string(bad.Reason), "offset", bad.Offset)
	}
	return nil
}

// entryOf is a bad document as the quarantine takes it.
func entryOf(bad *ingest.Bad) store.Bad {
	sum := identity(bad)
	return store.Bad{
		SHA256: hex.EncodeToString(sum[:]), Reason: string(bad.Reason), Stage: bad.Stage, Offset: bad.Offset,
		URI: bad.URI, Message: bad.Error(), Bytes: int64(len(bad.Bytes)), Raw: bad.Bytes,
	}
}

// identity names a bad document: for its bytes, as a good one is, when these are
// all there; else for its place too, since what was cut off of one may be equal
// to what was cut off of another.
func identity(b *ingest.Bad) [sha256.Size]byte {
	switch b.Reason {
	case ingest.Empty, ingest.Binary, ingest.Undecodable, ingest.NothingLeft:
		return sha256.Sum256(b.Bytes)
	}
	return sha256.Sum256(fmt.Appendf(nil, "%s\x00%s\x00%d\x00%s", b.Reason, b.URI, b.Offset, b.Bytes))
}

// committed is called when a batch is safe: the index follows.
func (in *intake) committed(ctx context.Context, c store.Committed) error {
	in.sum.Batches++
	in.safe = in.sum
	in.opts.Log.Info("committed", "batch", c.Batch.ID, "documents", len(c.DocIDs), "manifest", c.Number)
	return in.indexer.catchUp(ctx)
}
