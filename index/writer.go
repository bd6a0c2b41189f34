package index

import (
	"context"
	"errors"
	"fmt"
	"os"
	"sync"

	"github.com/blevesearch/bleve/v2"
	"github.com/blevesearch/bleve/v2/document"
)

// Options is how a writer works. The zero value is good.
type Options struct {
	// BatchDocs bounds a batch by documents. Default 1024: small batches are
	// merged more often, thousands take a gigabyte.
	BatchDocs int

	// BatchBytes bounds a batch by the bytes of its texts. Default 4 MB.
	BatchBytes int

	// SegmentDocs bounds what merges make of smaller segments, in documents.
	// Default 25,000: a merge maps what it reads, some 150 MB of bulletins then.
	// Without a bound that is the whole index at last.
	SegmentDocs int

	// Keep is how many generations stay, the newest included. Default 2.
	Keep int

	// Rebuild throws the live index away and begins with an empty one. The
	// generations stay readable until the next Publish.
	Rebuild bool
}

// Writer adds documents to the index of a corpus and publishes generations of
// it. Its methods may be called from several goroutines; they take turns.
type Writer struct {
	dir  string
	lang Language
	opts Options

	mu     sync.Mutex // held by every exported method
	live   bleve.Index
	packer *packer // nil until there was a text to take samples of
	state  state   // Lengths run ahead of the disk until Publish
	failed error   // a failed batch: what is on disk is not known
}

// OpenWriter opens the index in dir, which is made if there is none. It fails
// with ErrLocked, ErrStale or ErrCorrupt.
func OpenWriter(dir string, lang Language, opts Options) (*Writer, error) {
	if err := lang.check(); err != nil {
		return nil, err
	}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return nil, fmt.Errorf("open index: %w", err)
	}
	if opts.Rebuild {
		if err := discard(dir, liveName); err != nil {
			return nil, err
		}
	}
	w := &Writer{dir: dir, lang: lang, opts: opts.withDefaults()}
	live, st, err := openLive(dir, &w.lang, w.opts.SegmentDocs)
	if err != nil {
		return nil, err
	}
	w.live, w.state = live, st
	if w.packer, err = openPacker(live); err != nil {
		return nil, errors.Join(err, live.Close())
	}
	if err := clearTemp(dir); err != nil { // only now: the lock is ours
		return nil, errors.Join(err, live.Close())
	}
	return w, nil
}

func (o Options) withDefaults() Options {
	if o.BatchDocs <= 0 {
		o.BatchDocs = 1024
	}
	if o.BatchBytes <= 0 {
		o.BatchBytes = 4 << 20
	}
	if o.SegmentDocs <= 0 {
		o.SegmentDocs = 25_000
	}
	if o.Keep <= 0 {
		o.Keep = 2
	}
	return o
}

// Index adds documents, each in place of an earlier one with its id. When it
// returns nil they are on disk; readers see them after Publish. After an error
// some may have been added: index them again. An error of the disk stays: the
// writer must be closed.
func (w *Writer) Index(ctx context.Context, docs []Doc) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.failed != nil {
		return w.failed
	}
	for len(docs) > 0 {
		if err := ctx.Err(); err != nil {
			return err
		}
		n := w.opts.batch(docs)
		if err := w.batch(docs[:n]); err != nil {
			return err
		}
		docs = docs[n:]
	}
	return nil
}

// batch is how many of docs make one batch; at least one.
func (o Options) batch(docs []Doc) int {
	bytes := 0
	for i := range docs {
		bytes += len(docs[i].Text)
		if i == o.BatchDocs || i > 0 && bytes > o.BatchBytes {
			return i
		}
	}
	return len(docs)
}

// batch indexes docs in one transaction. The library analyses them side by
// side; two batches at once were no faster on two cores.
func (w *Writer) batch(docs []Doc) error {
	b := w.live.NewBatch()
	packer, err := w.packerFor(b, docs)
	if err != nil {
		return err
	}
	made := make([]*document.Document, len(docs))
	for i := range docs {
		doc, err := w.lang.document(&docs[i], packer)
		if err != nil {
			return err
		}
		if err := b.IndexAdvanced(doc); err != nil {
			return fmt.Errorf("index document %s: %w", docs[i].ID, err)
		}
		made[i] = doc
	}
	if err := w.commit(b); err != nil {
		return err
	}
	w.packer = packer
	for _, doc := range made {
		w.state.count(doc)
	}
	return nil
}

// packerFor is the packer of the index. Its samples are committed with the
// first texts, from which they are taken.
func (w *Writer) packerFor(b *bleve.Batch, docs []Doc) (*packer, error) {
	if w.packer != nil {
		return w.packer, nil
	}
	samples := w.lang.samplesOf(docs, maxSampleBytes)
	b.SetInternal([]byte(samplesKey), samples)
	return newPacker(samples)
}

// commit brings a batch to disk. After a failure nothing more may be written:
// a segment could be half there, and Publish would link it.
func (w *Writer) commit(b *bleve.Batch) error {
	if err := w.live.Batch(b); err != nil {
		w.failed = fmt.Errorf("write to index: %w", err)
	}
	return w.failed
}

// Delete takes documents out. An id that is not there is no error. As with
// Index, readers see it after Publish.
func (w *Writer) Delete(ctx context.Context, ids []string) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.failed != nil {
		return w.failed
	}
	for len(ids) > 0 {
		if err := ctx.Err(); err != nil {
			return err
		}
		n := min(len(ids), w.opts.BatchDocs)
		b := w.live.NewBatch()
		for _, id := range ids[:n] {
			b.Delete(id)
		}
		if err := w.commit(b); err != nil {
			return err
		}
		ids = ids[n:]
	}
	return nil
}

// LastManifest is the manifest that was published last; 0 when none was. What
// the corpus committed since then must be indexed again: some of it may be
// here already, which does no harm.
func (w *Writer) LastManifest() int64 {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.state.Manifest
}

// Close gives the index free for another writer. What was indexed but not
// published stays.
func (w *Writer) Close() error {
	w.mu.Lock()
	defer w.mu.Unlock()
	if err := w.live.Close(); err != nil {
		return fmt.Errorf("close index: %w", err)
	}
	return nil
}
