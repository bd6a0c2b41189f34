package store

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"time"

	"jianbao/corpus"
	"jianbao/corpus/table"
)

// WriterOptions of [OpenWriter]. The zero value is useful.
type WriterOptions struct {
	RunID           string // these three go to every batch
	PipelineVersion string
	Fingerprint     string

	// Fold is how texts were folded before they were segmented; see
	// [table.Meta]. Nil means that they were not.
	Fold func(text string) string

	BatchDocuments  int           // commit when so many are buffered; 0 means 8,192
	BatchBytes      int64         // or about so many bytes; 0 means 64 MB
	Grace           time.Duration // how long batches stay that this writer retires; 0 means an hour, less than 0 that all go at once
	QuarantineBytes int64         // how much of bad bytes is kept; 0 means 1 MB

	// OnCommit is called after each commit, from the goroutine that caused
	// it. Its error is returned to that caller; the commit stands.
	OnCommit func(context.Context, Committed) error

	disk disk // nil is the file system
}

func (o WriterOptions) withDefaults() WriterOptions {
	o.BatchDocuments = cmp.Or(o.BatchDocuments, 8192)
	o.BatchBytes = cmp.Or(o.BatchBytes, 64<<20)
	o.Grace = cmp.Or(o.Grace, time.Hour)
	o.QuarantineBytes = cmp.Or(o.QuarantineBytes, 1<<20)
	if o.disk == nil {
		o.disk = osDisk{}
	}
	return o
}

// Committed is a batch that has just become part of the corpus.
type Committed struct {
	Number int64 // of the manifest that lists it
	Batch  Batch
	DocIDs []string // in the order in which they were added; the documents themselves are let go
}

// Writer adds documents to a corpus. Has, HasSighting, HasText and
// Quarantined may be called from any goroutine; all else from one at a time.
type Writer struct {
	dir        string
	opts       WriterOptions
	disk       disk
	lock       *lock
	manifest   Manifest
	known      *known
	quarantine *quarantine
	pending    pending
	broken     error
}

// OpenWriter opens the corpus in dir for writing, and creates it when dir is
// missing or empty. It sweeps what an interrupted writer left. It fails with
// [ErrNotCorpus] when dir holds something else, with [ErrLocked] when another
// writer is there, with [ErrNewerFormat] or [ErrDamaged]; nothing is changed
// then.
func OpenWriter(ctx context.Context, dir string, opts WriterOptions) (*Writer, error) {
	dir, err := filepath.Abs(dir)
	if err != nil {
		return nil, fmt.Errorf("open corpus: %w", err)
	}
	opts = opts.withDefaults()
	if err := prepare(opts.disk, dir); err != nil {
		return nil, err
	}
	l, err := acquire(dir)
	if err != nil {
		return nil, err
	}
	w := &Writer{dir: dir, opts: opts, disk: opts.disk, lock: l}
	if err := w.load(ctx); err != nil {
		return nil, errors.Join(err, l.release())
	}
	return w, nil
}

// load brings the directory into the state that its manifest describes, and
// reads what the writer must know.
func (w *Writer) load(ctx context.Context) error {
	var err error
	if w.manifest, err = openOrCreateManifest(w.disk, w.dir); err != nil {
		return err
	}
	r := &Reader{dir: w.dir, manifest: w.manifest}
	if err := r.CheckFiles(); err != nil {
		return err
	}
	if w.known, err = loadKnown(ctx, r); err != nil {
		return err
	}
	if err := w.sweep(); err != nil {
		return err
	}
	w.quarantine, err = openQuarantine(w.disk, w.dir, w.opts.QuarantineBytes, w.known)
	return err
}

// Manifest is the last committed one.
func (w *Writer) Manifest() Manifest { return w.manifest }

// Has reports whether the document need not be taken in: it is in the corpus,
// waits for a commit, or was forgotten and must not come back.
func (w *Writer) Has(docID string) bool {
	return w.known.hasDocument(docID) || w.known.isForgotten(docID)
}

// HasSighting reports whether the document was seen at uri.
func (w *Writer) HasSighting(docID, uri string) bool { return w.known.hasSighting(docID, uri) }

// HasText reports whether some document has this text_sha256: whether the next
// one is a reprint.
func (w *Writer) HasText(sha256 string) bool { return w.known.hasText(sha256) }

// Add buffers a document and where it was seen, and commits a batch when the
// buffer is full. A document that is there already is not added again, but its
// sighting is. The writer keeps d: do not change it afterwards.
func (w *Writer) Add(ctx context.Context, d *corpus.Document, s corpus.Sighting) error {
	if w.broken != nil {
		return w.broken
	}
	if _, ok := keyOf(d.ID); !ok || len(d.ID) != 32 {
		return fmt.Errorf("add document: %q is no doc_id", d.ID)
	}
	s.DocID = cmp.Or(s.DocID, d.ID)
	if s.DocID != d.ID {
		return fmt.Errorf("add document %s: sighting of %s", d.ID, s.DocID)
	}
	if !w.Has(d.ID) {
		w.known.addDocument(d.ID, d.TextSHA256)
		w.pending.addDocument(d)
	}
	return w.Sight(ctx, s)
}

// Sight buffers a sighting of a document that is there or buffered. One that is
// known changes nothing, nor does one of a document that was forgotten.
func (w *Writer) Sight(ctx context.Context, s corpus.Sighting) error {
	if w.broken != nil {
		return w.broken
	}
	if !w.Has(s.DocID) {
		return fmt.Errorf("add sighting of %q: %w", s.DocID, ErrNoDocument)
	}
	if !w.HasSighting(s.DocID, s.URI) && !w.known.isForgotten(s.DocID) {
		w.known.addSighting(s.DocID, s.URI)
		w.pending.addSighting(s)
	}
	if len(w.pending.documents) < w.opts.BatchDocuments && w.pending.bytes < w.opts.BatchBytes {
		return nil
	}
	return w.Commit(ctx)
}

// Commit makes all that is buffered part of the corpus. With nothing buffered
// it changes no file. When ctx is done nothing is written and the buffer
// stays; after any other error the writer is broken.
func (w *Writer) Commit(ctx context.Context) error {
	if w.broken != nil {
		return w.broken
	}
	if w.pending.empty() {
		return nil
	}
	if err := ctx.Err(); err != nil {
		return fmt.Errorf("commit batch: %w", err)
	}
	done, err := w.commit()
	if err != nil {
		w.broken = fmt.Errorf("%w: %w", ErrBroken, err)
		return fmt.Errorf("commit batch: %w", err)
	}
	w.pending = pending{}
	if err := w.quarantine.remove(done.DocIDs); err != nil {
		return fmt.Errorf("after commit of batch %s: %w", done.Batch.ID, err)
	}
	if w.opts.OnCommit == nil {
		return nil
	}
	if err := w.opts.OnCommit(ctx, done); err != nil {
		return fmt.Errorf("after commit of batch %s: %w", done.Batch.ID, err)
	}
	return nil
}

func (w *Writer) commit() (Committed, error) {
	b := w.newBatch(w.opts.PipelineVersion, w.opts.Fingerprint)
	b.StartedAt = w.pending.started
	meta := table.Meta{BatchID: b.ID, PipelineVersion: b.PipelineVersion, IngestedAt: b.CommittedAt, Fold: w.opts.Fold}
	ids := w.pending.ids() // they are all that stays of the documents
	if err := writeBatch(w.disk, w.dir, &b, w.pending.content(meta)); err != nil {
		return Committed{}, err
	}
	next := w.manifest.next(revision{add: []Batch{b}}, b.CommittedAt)
	if err := next.write(w.disk, w.dir); err != nil {
		return Committed{}, err
	}
	w.manifest = next
	return Committed{Number: next.Number, Batch: b, DocIDs: ids}, nil
}

// Stats counts what is committed.
func (w *Writer) Stats() Stats { return statsOf(w.manifest, w.quarantine.len()) }

// Close releases the lock. What was not committed is discarded. Closing twice
// is no error.
func (w *Writer) Close() error {
	if w.lock == nil {
		return nil
	}
	l := w.lock
	w.lock = nil
	w.broken = fmt.Errorf("%w: it is closed", ErrBroken)
	return l.release()
}
